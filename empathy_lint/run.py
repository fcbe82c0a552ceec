"""One run over many files: read, lint, silence, hold against the baseline.

A file that can't be read is a problem, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from empathy_lint import baseline, discovery
from empathy_lint.changed import since
from empathy_lint.memory import BUNDLED, Memory, remembered
from empathy_lint.model import EmpathyLintError, Finding, InputError, Problem, Reply, Report, Skipped
from empathy_lint.offsets import Span
from empathy_lint.request import Gathered, Outcome, Request, Ruleset, Source
from empathy_lint.share import batches, checked
from empathy_lint.sources import ReadOptions, read
from empathy_lint.suppress import Silenced, silence

__all__ = ["Gathered", "Outcome", "Request", "Ruleset", "Source", "examine"]

# Sees the replies on their way, for a progress bar.
Watch = Callable[[Iterator[Reply]], Iterable[Reply]]
# `(path, its replies, how it is read) -> those to look at`
Only = Callable[[str, Iterable[Reply], ReadOptions], Iterator[Reply]]


def examine(request: Request, watch: Watch = iter) -> Outcome:
    """Do what is asked, and gather all there is to say.

    Raises EmpathyLintError for what stops the whole run: a broken baseline, no git for `base`.
    """
    accepted = baseline.load(request.baseline) if request.baseline else None
    gathered = Gathered()
    _judge(request, gathered, watch)
    left = _silenced(request, gathered)
    read = _read_whole(request, gathered)
    outcome = Outcome(_report(request, gathered, left.findings), read, left.silenced)
    return _accepted(request, outcome, accepted) if accepted else outcome


def _report(request: Request, gathered: Gathered, findings: tuple[Finding, ...]) -> Report:
    rulesets = dict.fromkeys(source.ruleset for source in request.sources)
    return Report(
        pipeline=gathered.pipeline,
        replies=tuple(gathered.rows),
        findings=findings,
        problems=tuple(gathered.problems),
        skipped=tuple(gathered.skipped),
        rules={**{rule.id: rule.page for each in rulesets for rule in each.rules}, **request.pages},
        with_signals=request.signals,
    )


def _judge(request: Request, gathered: Gathered, watch: Watch) -> None:
    """Read and lint file by file. spaCy is imported when there is a reply of a file that is not known, not before."""
    only = since(request.base) if request.base else None
    memory = remembered(request, gathered)
    left = [source for source in request.sources if source.name not in memory.known]
    replies = gathered.seen.each(watch(chain.from_iterable(_replies(source, gathered, only) for source in left)))
    _lint(request, replies, gathered, memory)
    memory.close(gathered)
    gathered.in_order(source.name for source in request.sources)
    _add_library(gathered, memory)


def _lint(request: Request, replies: Iterable[Reply], gathered: Gathered, memory: Memory) -> None:
    of_path = {source.name: source.ruleset for source in request.sources}
    rulesets = list(dict.fromkeys(of_path.values()))
    number = {ruleset: place for place, ruleset in enumerate(rulesets)}
    work = batches((number[of_path[reply.path]], reply) for reply in _kept_macros(replies, gathered, of_path))
    for batch, found in checked(rulesets, work, request.signals, request.jobs):
        gathered.pipeline = gathered.pipeline or rulesets[batch.number].pipeline or BUNDLED
        for reply, each in zip(batch.replies, found, strict=True):
            memory.note(reply, each.row, each.findings, gathered)
            gathered.rows.append(each.row)
            gathered.findings += each.findings
            gathered.bugs += [each.problem] if each.problem else []


def _replies(source: Source, gathered: Gathered, only: Only | None) -> Iterator[Reply]:
    """The replies of one file. Whatever is wrong with it, known or a bug of ours, is told with its name."""
    found = _read(source, gathered)
    try:
        yield from only(source.name, found, source.options) if only and source.path != discovery.STDIN else found
    except InputError as error:
        gathered.problems.append(Problem(error.path, error.message, error.line, error.column))
    except EmpathyLintError:
        raise
    except Exception as error:
        message = f"could not be read, which is a bug: {type(error).__name__}: {error}"
        gathered.problems.append(Problem(source.name, message))


def _read(source: Source, gathered: Gathered) -> Iterator[Reply]:
    for item in read(source.name, discovery.load(source.path), source.options):
        if isinstance(item, Skipped):
            gathered.skipped.append(item)
        else:
            yield item


def _kept_macros(replies: Iterable[Reply], gathered: Gathered, of_path: Mapping[str, Ruleset]) -> Iterator[Reply]:
    """The same replies; macros are kept where a rule asks for a look at the whole library."""
    from empathy_lint.library import RULES

    asking = {ruleset for ruleset in {*of_path.values()} if not ruleset.ids.isdisjoint(RULES)}
    for reply in replies:
        if reply.channel == "macro" and of_path[reply.path] in asking:
            gathered.macros.setdefault(of_path[reply.path], []).append(reply)
        yield reply


def _add_library(gathered: Gathered, memory: Memory) -> None:
    """Findings of the whole library take their place among those of their file and reply.

    A report shows a reply's words from its row, so a row that had nothing to show gets them now.
    """
    found, texts = memory.library(gathered)
    if not found:
        return
    shown = {(each.path, each.route, each.reply_id) for each in found}
    order = {(row.path, row.route, row.id): number for number, row in enumerate(gathered.rows)}

    def place(each: Finding) -> tuple[int, Span, str]:
        return order[(each.path, each.route, each.reply_id)], each.span, each.rule

    gathered.findings = sorted((*gathered.findings, *found), key=place)
    gathered.rows = [
        replace(row, text=texts[key]) if (key := (row.path, row.route, row.id)) in shown else row
        for row in gathered.rows
    ]


def _silenced(request: Request, gathered: Gathered) -> Silenced:
    ran = {source.name: source.ruleset for source in request.sources}
    return silence(
        gathered.findings,
        gathered.seen,
        {name for ruleset in set(ran.values()) for name in ruleset.book.rules},
        lambda path: ran[path].ids,
        request.by_route,
        request.pages,
        unused=not request.base,
    )


def _read_whole(request: Request, gathered: Gathered) -> tuple[str, ...]:
    """The files of which nothing was left out."""
    broken = {problem.path for problem in gathered.problems}
    return () if request.base else tuple(source.name for source in request.sources if source.name not in broken)


def _accepted(request: Request, outcome: Outcome, accepted: baseline.Baseline) -> Outcome:
    """Without what the baseline accepts. What did not run on all files is never called stale."""
    report = outcome.report
    everywhere = frozenset.intersection(*{source.ruleset.ids for source in request.sources}) if request.sources else ()
    left = baseline.apply(accepted, report.findings, report.replies, outcome.read, {*everywhere, *request.pages})
    stale = {} if request.base else left.stale
    return replace(outcome, report=replace(report, findings=left.findings), accepted=left.accepted, stale=stale)
