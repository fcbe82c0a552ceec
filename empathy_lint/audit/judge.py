"""Records → rows of results. The linter is built once in each process."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_lint import hearing
from empathy_lint.audit.columns import FINDING, Record, Row
from empathy_lint.model import Channel, Finding, Reply, ReplyRow
from empathy_lint.request import Ruleset
from empathy_lint.rulebook import bundled_folder, recalled
from empathy_lint.scorecard import HEARD, MEASURES, answers
from empathy_lint.signals.regexes import remember
from empathy_lint.sources.bodies import BodyFormat, body, channel_of, form_of
from empathy_lint.sources.options import ReadOptions

if TYPE_CHECKING:
    from empathy_lint.linter import Checked

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


def judged(packed: bytes, records: Sequence[Record]) -> Iterator[Row]:
    """A row for each record, in order. `packed` is a `Task`; the first call in a process builds its linter."""
    task, judge = _judge(packed)
    replies = [_reply(each, task) for each in records if each.reply is not None]
    checked = hearing.judged(judge, replies, signals=True)
    for each in records:
        yield _unheard(each) if each.reply is None else _row(each, next(checked))
    remember([task.ruleset.book.key])


@lru_cache(maxsize=1)
def _judge(packed: bytes) -> tuple[Task, hearing.Judge]:
    task: Task = pickle.loads(packed)
    told = tuple(name for name in HEARD if name in task.ruleset.book.signals)
    return task, hearing.Judge(task.ruleset, told)


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
