"""One run over many files: read, lint, gather. A file that can't be read is a problem; the others go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from empathy_lint import discovery
from empathy_lint.model import Finding, InputError, Problem, Reply, ReplyRow, Report, Skipped
from empathy_lint.offsets import Span
from empathy_lint.rulebook import Rule, Rulebook
from empathy_lint.sources import ReadOptions, read


@dataclass(slots=True)
class Gathered:
    """What reading brought up beside replies: files that could not be checked, macros left alone."""

    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def replies(self, paths: Iterable[str], stdin_filename: str, options: ReadOptions) -> Iterator[Reply]:
        """The replies of all files, in order, file by file."""
        for file in discovery.files(paths):
            try:
                name = stdin_filename if file == discovery.STDIN else file
                yield from self._kept(read(name, discovery.load(file), options))
            except InputError as error:
                self.problems.append(Problem(error.path, error.message, error.line, error.column))

    def _kept(self, found: Iterable[Reply | Skipped]) -> Iterator[Reply]:
        for item in found:
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                yield item


def examine(
    book: Rulebook, rules: tuple[Rule, ...], replies: Iterable[Reply], gathered: Gathered, signals: bool = False
) -> Report:
    """Lint the replies and gather all there is to say. spaCy is imported with the first reply, not before."""
    stream = iter(replies)
    first = next(stream, None)
    judged = _judge(book, rules, chain((first,), stream), gathered, signals) if first is not None else _Judged()
    return Report(
        pipeline=judged.pipeline,
        replies=tuple(judged.rows),
        findings=tuple(judged.findings),
        problems=tuple(gathered.problems),
        skipped=tuple(gathered.skipped),
        rules={rule.id: rule.page for rule in rules},
        with_signals=signals,
    )


@dataclass(slots=True)
class _Judged:
    """What judging brought up."""

    pipeline: str = ""
    rows: list[ReplyRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _judge(
    book: Rulebook, rules: tuple[Rule, ...], replies: Iterable[Reply], gathered: Gathered, signals: bool
) -> _Judged:
    from empathy_lint.linter import lint, make_linter

    linter = make_linter(book, rules)
    judged, macros = _Judged(linter.pipeline), list[Reply]()
    for checked in lint(linter, _noted(replies, macros), signals):
        judged.rows.append(checked.row)
        judged.findings += checked.findings
        gathered.problems += [checked.problem] if checked.problem else []
    _add_library(judged, rules, macros)
    return judged


def _noted(replies: Iterable[Reply], macros: list[Reply]) -> Iterator[Reply]:
    """The same replies; macros are also kept, for what only a whole library shows."""
    for reply in replies:
        if reply.channel == "macro":
            macros.append(reply)
        yield reply


def _add_library(judged: _Judged, rules: tuple[Rule, ...], macros: list[Reply]) -> None:
    """Findings of the whole library take their place among those of their file and reply.

    A report shows a reply's words from its row, so a row that had nothing to show gets them now.
    """
    from empathy_lint.library import library_findings

    found = list(library_findings(rules, macros))
    if not found:
        return
    texts = {(reply.path, reply.route, reply.id): reply.text for reply in macros}
    shown = {(each.path, each.route, each.reply_id) for each in found}
    order = {(row.path, row.route, row.id): number for number, row in enumerate(judged.rows)}

    def place(each: Finding) -> tuple[int, Span, str]:
        return order[(each.path, each.route, each.reply_id)], each.span, each.rule

    judged.findings = sorted((*judged.findings, *found), key=place)
    judged.rows = [
        replace(row, text=texts[key]) if (key := (row.path, row.route, row.id)) in shown else row for row in judged.rows
    ]
