"""Work shared by processes: answers in the order of the tasks, few of them in memory, and no process left behind.

`check` forks its workers where it can, with spaCy and the rules in memory already; `audit` starts them anew.
Python's own modules for this take 15 ms to import, so they are imported where processes are started.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from empathy_lint.model import EmpathyLintError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Method = Literal["fork", "spawn"]
Answer = TypeVar("Answer")
# Tasks for each process that are on their way: the next one lies ready when one is done.
AHEAD = 2


class StoppedError(EmpathyLintError):
    """A worker was stopped from outside, or broke so badly that nothing else can be told."""


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def method() -> Method:
    """Forking takes a twentieth of a second, starting anew half a one. A Mac's own libraries don't live through it."""
    return "fork" if hasattr(os, "fork") and sys.platform != "darwin" else "spawn"


@contextmanager
def pool(jobs: int, how: Method, begin: Callable[..., None], *setup: Any) -> Iterator[ProcessPoolExecutor]:
    """`jobs` processes, each of which has called `begin(*setup)`; all have ended afterwards, however that came."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    workers = ProcessPoolExecutor(jobs, multiprocessing.get_context(how), _begin, (begin, setup))
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def in_order(
    workers: ProcessPoolExecutor, jobs: int, do: Callable[..., Answer], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[Answer]:
    """`do(*task)` for each task, lazily and in order. Raises EmpathyLintError as `do` does; StoppedError."""
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[Answer]] = deque()
    try:
        for task in tasks:
            waiting.append(_submitted(workers, do, task))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise StoppedError("a worker process was stopped from outside, perhaps for want of memory") from error


def _submitted(workers: ProcessPoolExecutor, do: Callable[..., Answer], task: tuple[Any, ...]) -> Future[Answer]:
    """The first one starts the processes."""
    import warnings

    with _deaf(), warnings.catch_warnings():
        # Python 3.12 warns of any thread beside a fork; those of the pool itself begin after it.
        warnings.simplefilter("ignore", DeprecationWarning)
        return workers.submit(_done, do, task)


@contextmanager
def _deaf() -> Iterator[None]:
    """What an interruption means is for the parent to decide: processes that start here hear of none, from the first
    moment. What comes meanwhile the parent hears a moment later.
    """
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows, where a console tells them all
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What follows runs in a worker.


def _begin(begin: Callable[..., None], setup: tuple[Any, ...]) -> None:
    """The worker's own setup."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    begin(*setup)


def _outlive_nobody() -> None:
    """A worker of a parent that was killed would wait for work for ever."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _done(do: Callable[..., Answer], task: tuple[Any, ...]) -> Answer:
    try:
        return do(*task)
    except EmpathyLintError as error:
        # Those that take more than a message don't come through to the parent.
        raise EmpathyLintError(str(error)) from None
