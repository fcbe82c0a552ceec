"""Whole processes, measured from outside: seconds, and the most memory that they had together."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PYTHON = (sys.executable,)
LINTER = (*PYTHON, "-m", "empathy_lint")
# Seconds between two looks at the memory of processes.
LOOK = 0.1


class Run(NamedTuple):
    """Seconds by the clock, seconds of processor, MB of memory at most."""

    seconds: float
    cpu: float
    memory: float


def once(argv: Sequence[str], environment: Mapping[str, str]) -> Run:
    """One process, its output thrown away. Raises RuntimeError where it could not do its work."""
    # An installed package is compiled; a checkout must be allowed to be, or it is compiled in every run.
    passed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**passed, **environment})
    assert child.stderr
    most = Most(child.pid)
    said = child.stderr.read().decode(errors="replace")
    most.done.set()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(argv[:6])}: {said[-500:]}")
    alone = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(alone, most.together))


class Most(threading.Thread):
    """Looks every now and then how many MB a process and its children have, what they share counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.together, self.done = pid, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.done.wait(LOOK):
            self.together = max(self.together, sum(map(_share, _family(self.pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # no such system, or it has ended
        return
    for child in children:
        yield from _family(int(child))


def _share(pid: int) -> float:
    """MB of memory; of what several processes share, each counts its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:")), 0.0)


def medians(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(statistics.median(column) for column in zip(*runs, strict=True)))


def compare(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], rounds: int) -> dict[str, Run]:
    """The median of each command. They take turns, so that a busy moment of the machine hits all alike."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, argv in commands.items():
            runs[name].append(once(argv, environment))
    return {name: medians(each) for name, each in runs.items()}
