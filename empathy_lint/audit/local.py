"""An audit on all cores of one machine: streamed in chunks, each judged and written by a worker process.

At most a few chunks are in memory at a time, however long the archive is. An interrupted audit goes on where it
was, and its results are those of one that was never interrupted.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

from empathy_lint import atomic
from empathy_lint.audit import files, state
from empathy_lint.audit.columns import Columns, Record
from empathy_lint.audit.judge import Task, judged
from empathy_lint.audit.state import Part, State
from empathy_lint.audit.tally import Kinds, kinds_of, tally
from empathy_lint.audit.write import data
from empathy_lint.model import EmpathyLintError

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


def start(audit: Audit) -> State:
    """A new audit, or what is left to do of one that was interrupted. Raises EmpathyLintError."""
    name = state.key(audit.archive, audit.columns, audit.task, f"{audit.form} {audit.results}", audit.rows)
    return state.opened(audit.output, audit.results, name)


def run(audit: Audit, done: State) -> Iterator[Progress]:
    """Judge what `done` lacks, and say after each part how far it is. Raises EmpathyLintError."""
    jobs = audit.jobs or cores()
    share, handed, waiting = 0.0, 0, set[Future[Part]]()
    # Not forked: Arrow has threads, and a fork in the middle of what they do may hang.
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (audit.task.packed(),))
    try:
        for number, share, records in _chunks(audit):
            handed += len(records)
            if number not in done.done:
                waiting.add(pool.submit(_part, done.place(number), audit.results, number, records))
            while len(waiting) >= 2 * jobs:
                waiting = _gathered(waiting, done)
                yield _progress(done, share, handed)
        while waiting:
            waiting = _gathered(waiting, done)
            yield _progress(done, share, handed)
    finally:
        pool.shutdown(cancel_futures=True)


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(audit: Audit) -> Iterator[tuple[int, float, list[Record]]]:
    """Number, share of the archive read, and the records: the same ones in every run."""
    stream = files.records(audit.archive, audit.form, audit.columns)
    for number in count():
        chunk = list(islice(stream, audit.rows))
        if not chunk:
            return
        yield number, chunk[-1].share, [each.record for each in chunk]


def _gathered(waiting: set[Future[Part]], done: State) -> set[Future[Part]]:
    """Wait for a part, and remember it. What still waits."""
    finished, left = wait(waiting, return_when=FIRST_COMPLETED)
    try:
        for each in finished:
            done.add(each.result())
    except BrokenProcessPool as error:
        message = "a worker was stopped from outside, perhaps for want of memory; the same command goes on from here"
        raise EmpathyLintError(message) from error
    return left


def _progress(done: State, share: float, handed: int) -> Progress:
    """`share` of the archive is in the `handed` rows, not all of which are judged."""
    rows = sum(part.rows for part in done.done.values())
    return Progress(rows, share * min(rows / handed, 1) if handed else 1)


# What follows runs in a worker.

_packed = b""


def _begin(packed: bytes) -> None:
    """The worker's own setup. What an interruption means is for its parent to decide."""
    global _packed
    _packed = packed
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    """A worker of a parent that was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _part(place: Path, form: str, number: int, records: Sequence[Record]) -> Part:
    """Judge a chunk, and write its part whole or not at all."""
    try:
        rows = list(judged(_packed, records))
        content = data(form, rows)
        atomic.write(place, content)
    except EmpathyLintError as error:
        # Those that take more than a message don't come through to the parent.
        raise EmpathyLintError(str(error)) from None
    return Part(number, len(rows), len(content), tally(rows, _kinds(_packed)))


@cache
def _kinds(packed: bytes) -> Kinds:
    task: Task = pickle.loads(packed)
    return kinds_of(task.ruleset)
