"""Batches of replies → what came of them: here or, where that pays, from processes. The same answers either way."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from empathy_lint import workers
from empathy_lint.hearing import Judge, judged, ready
from empathy_lint.model import Reply
from empathy_lint.request import Ruleset
from empathy_lint.signals.regexes import Codes, add, remember, taken

if TYPE_CHECKING:
    from empathy_lint.linter import Checked

# Replies of one batch, which is what a process gets at a time.
BATCH = 64
# Characters of replies above which processes pay, a quarter of a second's work: it takes a twentieth to fork two,
# and half a second and more to start them anew.
WORTH: dict[workers.Method, int] = {"fork": 80_000, "spawn": 1_500_000}


class Batch(NamedTuple):
    """Replies in order, all judged by the ruleset of this number."""

    number: int
    replies: Sequence[Reply]


Answer = tuple[Batch, Sequence["Checked"]]


def batches(replies: Iterable[tuple[int, Reply]]) -> Iterator[Batch]:
    """(number of the ruleset, reply) → batches, lazily."""
    for number, group in groupby(replies, lambda each: each[0]):
        while batch := [reply for _, reply in islice(group, BATCH)]:
            yield Batch(number, batch)


def checked(rulesets: Sequence[Ruleset], work: Iterator[Batch], signals: bool, jobs: int) -> Iterator[Answer]:
    """Each batch with what came of its replies, in order; `jobs` is the number of processes, 0 for as many as pay.

    Raises LanguageError for a pipeline that can't be used; StoppedError where a worker was stopped from outside.
    """
    judges = [Judge(ruleset) for ruleset in rulesets]
    how = _method(rulesets)
    first = list(_peeked(work, 0 if jobs else WORTH[how])) if jobs != 1 else []
    many, whole = min(jobs or _cores(rulesets), len(first)), chain(first, work)
    if many > 1:
        if how == "fork":
            _settle(judges[first[0].number])
        yield from _shared(judges, whole, signals, many, how)
    else:
        yield from ((batch, [*judged(judges[batch.number], batch.replies, signals)]) for batch in whole)
    remember({ruleset.book.key for ruleset in rulesets})


def _method(rulesets: Iterable[Ruleset]) -> workers.Method:
    """Nobody knows what threads the pipeline of somebody else has, and a fork in the middle of their work may hang."""
    return "spawn" if any(ruleset.pipeline for ruleset in rulesets) else workers.method()


def _cores(rulesets: Iterable[Ruleset]) -> int:
    """One for a pipeline of somebody else, of which nobody knows how much memory each process would want."""
    return 1 if any(ruleset.pipeline for ruleset in rulesets) else workers.cores()


def _peeked(work: Iterator[Batch], worth: int) -> Iterator[Batch]:
    """The first batches: at least two, and until there is more to do than `worth`."""
    size = 0
    for count, batch in enumerate(work, 1):
        yield batch
        size += sum(len(reply.text) + len(reply.customer) for reply in batch.replies)
        if count > 1 and size > worth:
            return


def _settle(judge: Judge) -> None:
    """Build what forks share. The collector would write into all of it, and so give each process a copy."""
    ready(judge)
    gc.freeze()


def _shared(
    judges: Sequence[Judge], work: Iterable[Batch], signals: bool, jobs: int, how: workers.Method
) -> Iterator[Answer]:
    """From `jobs` processes. A reply goes there without its file; what only the file can tell is added here."""
    sent: deque[Batch] = deque()
    with workers.pool(jobs, how, _begin, judges, signals) as pool:
        for found, codes in workers.in_order(pool, jobs, _batch, _tasks(work, sent)):
            add(codes)
            batch = sent.popleft()
            yield batch, [_placed(each, reply) for each, reply in zip(found, batch.replies, strict=True)]


def _tasks(work: Iterable[Batch], sent: deque[Batch]) -> Iterator[tuple[Any, ...]]:
    for batch in work:
        sent.append(batch)
        yield batch.number, [replace(reply, source="") for reply in batch.replies]


def _placed(each: Checked, reply: Reply) -> Checked:
    from empathy_lint.evaluate import located

    findings = tuple(located(finding, reply.source) for finding in each.findings)
    return replace(each, findings=findings) if findings else each


# What follows runs in a worker.

_judges: Sequence[Judge] = ()
_signals = False


def _begin(judges: Sequence[Judge], signals: bool) -> None:
    global _judges, _signals
    _judges, _signals = judges, signals


def _batch(number: int, replies: Sequence[Reply]) -> tuple[Sequence[Checked], Codes]:
    """What came of the replies, and the expressions that were compiled for them, which the parent remembers."""
    return [*judged(_judges[number], replies, _signals)], taken()
