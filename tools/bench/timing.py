"""Whole processes, measured from outside: seconds, and the most memory they had."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

PYTHON = (sys.executable,)
LINTER = (*PYTHON, "-m", "empathy_lint")


class Run(NamedTuple):
    """Seconds by the clock, seconds of processor, MB of memory at most."""

    seconds: float
    cpu: float
    memory: float


def once(argv: Sequence[str], environment: Mapping[str, str]) -> Run:
    """One process, its output thrown away. Raises RuntimeError where it could not do its work."""
    began = time.perf_counter()
    child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **environment})
    assert child.stderr
    said = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(argv[:6])}: {said[-500:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))


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
