"""An audit on all cores of one machine: streamed in chunks, each judged and written by a worker process.

At most a few chunks are in memory at a time, however long the archive is. An interrupted audit goes on where it
was, and its results are those of one that was never interrupted.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

from empathy_lint import atomic, workers
from empathy_lint.audit import files, state
from empathy_lint.audit.columns import Columns, Record
from empathy_lint.audit.judge import Task, judged
from empathy_lint.audit.state import Part, State
from empathy_lint.audit.tally import Kinds, kinds_of, tally
from empathy_lint.audit.write import data

# Rows of one part file. An interruption loses no more than these in each process.
ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Audit:
    """What is asked. The forms are of `files.FORMATS`; `jobs` is the number of processes, 0 for one a core."""

    archive: Path
    output: Path
    task: Task
    columns: Columns = field(default_factory=Columns)
    form: str = "jsonl"
    results: str = "jsonl"
    jobs: int = 0
    rows: int = ROWS


class Progress(NamedTuple):
    """Rows that are judged and written, and the share of the archive that they are, about, from 0 to 1."""

    rows: int
    share: float


@dataclass(slots=True)
class Handed:
    """Rows that were given to the workers, and the share of the archive that they are, from 0 to 1."""

    rows: int = 0
    share: float = 0.0


def start(audit: Audit) -> State:
    """A new audit, or what is left to do of one that was interrupted. Raises EmpathyLintError."""
    name = state.key(audit.archive, audit.columns, audit.task, f"{audit.form} {audit.results}", audit.rows)
    return state.opened(audit.output, audit.results, name)


def run(audit: Audit, done: State) -> Iterator[Progress]:
    """Judge what `done` lacks, and say after each part how far it is. Raises EmpathyLintError."""
    jobs, handed = audit.jobs or workers.cores(), Handed()
    # Not forked: Arrow has threads, and a fork in the middle of what they do may hang.
    with workers.pool(jobs, "spawn", _begin, audit.task.packed()) as pool:
        for part in workers.in_order(pool, jobs, _part, _tasks(audit, done, handed)):
            done.add(part)
            yield _progress(done, handed)


def _tasks(audit: Audit, done: State, handed: Handed) -> Iterator[tuple[Any, ...]]:
    """What is left for `_part`."""
    for number, handed.share, records in _chunks(audit):
        handed.rows += len(records)
        if number not in done.done:
            yield done.place(number), audit.results, number, records


def _chunks(audit: Audit) -> Iterator[tuple[int, float, list[Record]]]:
    """Number, share of the archive read, and the records: the same ones in every run."""
    stream = files.records(audit.archive, audit.form, audit.columns)
    for number in count():
        chunk = list(islice(stream, audit.rows))
        if not chunk:
            return
        yield number, chunk[-1].share, [each.record for each in chunk]


def _progress(done: State, handed: Handed) -> Progress:
    """Not all rows that were handed out are judged."""
    rows = sum(part.rows for part in done.done.values())
    return Progress(rows, handed.share * min(rows / handed.rows, 1) if handed.rows else 1)


# What follows runs in a worker.

_packed = b""


def _begin(packed: bytes) -> None:
    global _packed
    _packed = packed


def _part(place: Path, form: str, number: int, records: Sequence[Record]) -> Part:
    """Judge a chunk, and write its part whole or not at all."""
    rows = list(judged(_packed, records))
    content = data(form, rows)
    atomic.write(place, content)
    return Part(number, len(rows), len(content), tally(rows, _kinds(_packed)))


@cache
def _kinds(packed: bytes) -> Kinds:
    task: Task = pickle.loads(packed)
    return kinds_of(task.ruleset)
