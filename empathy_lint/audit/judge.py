"""Records → rows of results. The linter is built once in each process, and anew when it has heard enough."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_lint.audit.columns import FINDING, Record, Row
from empathy_lint.model import Channel, Finding, Reply, ReplyRow
from empathy_lint.request import Ruleset
from empathy_lint.rulebook import bundled_folder, recalled
from empathy_lint.scorecard import HEARD, MEASURES, answers
from empathy_lint.sources.bodies import BodyFormat, body, channel_of, form_of
from empathy_lint.sources.options import ReadOptions

if TYPE_CHECKING:
    from empathy_lint.linter import Checked, Linter

# A vocabulary remembers every word it has met. After so many replies a new one is begun: a second of work
# in ten minutes, and the memory stays where it is.
MOST_HEARD = 100_000
MEASURE_NAMES = {name: name.replace(" ", "_") for name in MEASURES}


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker has to know. `channel` is that of replies that don't say theirs; `html` the replies' format."""

    ruleset: Ruleset
    channel: Channel = "email"
    html: bool = False

    def packed(self) -> bytes:
        """For other processes and machines. The rules go along, so nobody else needs their files."""
        return pickle.dumps(self)


def ruleset(folders: Sequence[Path] = ()) -> Ruleset:
    """All bundled rules, with those of your own folders on top. Raises RuleError."""
    from empathy_lint.signals.names import DETECTOR_NAMES

    book = recalled([bundled_folder(), *folders], DETECTOR_NAMES)
    return Ruleset(book, tuple(book.rules.values()))


@dataclass(slots=True)
class _Ready:
    """The linter of this process, made from `packed`, and how many replies it has heard."""

    packed: bytes
    task: Task
    linter: Linter
    heard: int = 0


_ready: _Ready | None = None


def judged(packed: bytes, records: Sequence[Record]) -> Iterator[Row]:
    """A row for each record, in order. `packed` is a `Task`; the first call in a process builds its linter."""
    from empathy_lint.linter import lint

    ready = _linter(packed)
    ready.heard += len(records)
    checked = lint(ready.linter, (_reply(each, ready.task) for each in records if each.reply is not None), True)
    for each in records:
        yield _unheard(each) if each.reply is None else _row(each, next(checked))


def _linter(packed: bytes) -> _Ready:
    global _ready
    if _ready is None or _ready.packed != packed or _ready.heard >= MOST_HEARD:
        from empathy_lint.linter import make_linter
        from empathy_lint.listening.reading import pipeline

        _ready = None  # two at a time would need twice the memory
        pipeline.cache_clear()  # the one that reads customers' messages
        gc.collect()  # a pipeline and its vocabulary hold each other
        task: Task = pickle.loads(packed)
        rules = task.ruleset
        linter = make_linter(rules.book, rules.rules, rules.thresholds, rules.pipeline)
        told = tuple(name for name in HEARD if name in rules.book.signals)
        _ready = _Ready(packed, task, replace(linter, told=told))
    return _ready


def _reply(record: Record, task: Task) -> Reply:
    value = record.reply or ""
    text, mapped, parts = body(value, _form(value, task))
    return Reply(
        text=text,
        map=mapped,
        source=value,
        path="archive",
        id=record.id,
        channel=channel_of(ReadOptions(), record.channel, task.channel),
        customer=body(record.customer, _form(record.customer, task))[0],
        first={"true": True, "false": False}.get(record.first.lower()),
        format="archive",
        parts=parts,
    )


def _form(value: str, task: Task) -> BodyFormat:
    return form_of(value, "html") if task.html else "plain"


def _row(record: Record, checked: Checked) -> Row:
    row = checked.row
    if checked.problem:
        # What follows the colon may quote the reply.
        return _said(record, row, checked.problem.message.partition(": ")[0])
    return _said(record, row, None, checked.findings)


def _unheard(record: Record) -> Row:
    row = ReplyRow(record.id, "", "", channel_of(ReadOptions(), record.channel), "routine")
    return _said(record, row, record.problem or None)


def _said(record: Record, row: ReplyRow, problem: str | None, findings: Iterable[Finding] = ()) -> Row:
    empty = problem or not (record.reply or "").strip()
    said = dict.fromkeys(MEASURES) if empty else answers(row)
    return {
        "id": record.id,
        "channel": row.channel,
        "situation": row.situation,
        "findings": [_finding(each) for each in findings],
        "measures": {MEASURE_NAMES[name]: answer for name, answer in said.items()},
        "problem": problem,
    }


def _finding(finding: Finding) -> dict[str, str | int]:
    values = (finding.rule, finding.family, finding.level, *finding.source_span)
    return dict(zip(FINDING, values, strict=True))
