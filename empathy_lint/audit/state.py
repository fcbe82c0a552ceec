"""What an interrupted audit has done: one line in a small file for each part that is whole.

The first line says which audit it is. A line is written after its part; one that a kill cut in half doesn't count,
and neither does a part that has not the size that its line says.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from empathy_lint import atomic, store
from empathy_lint.audit import files
from empathy_lint.audit.columns import Columns
from empathy_lint.audit.judge import Task
from empathy_lint.audit.tally import Tally
from empathy_lint.model import EmpathyLintError

NAME = "_state.jsonl"


class Part(NamedTuple):
    """One part file: its number, its rows, its size in bytes, and what was counted in it."""

    number: int
    rows: int
    size: int
    counted: Tally


@dataclass(slots=True)
class State:
    """`folder` holds the parts and this state; `done` are those that are whole, by number."""

    folder: Path
    form: str
    done: dict[int, Part] = field(default_factory=dict)

    def place(self, number: int) -> Path:
        return self.folder / f"part-{number:05}.{self.form}"

    def add(self, part: Part) -> None:
        """Remember a part that was written."""
        self.done[part.number] = part
        with (self.folder / NAME).open("a", encoding="utf-8") as file:
            file.write(_line(part))

    @property
    def counted(self) -> Tally:
        """The counts of all parts together."""
        together: Tally = Counter()
        for part in self.done.values():
            together.update(part.counted)
        return together


def key(archive: Path, columns: Columns, task: Task, form: str, rows: int) -> str:
    """One name for all that the results depend on: the archive's files, the columns, the rules, this version."""
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files.parts(archive)]
    rules = [(rule.id, rule.level) for rule in task.ruleset.rules]
    asked = (stats, columns, rules, task.ruleset.thresholds, task.ruleset.pipeline, task.channel, task.html, form, rows)
    return store.key(store.engine(), task.ruleset.book.key, repr(asked))


def opened(folder: Path, form: str, name: str) -> State:
    """The state of the audit `name` in a folder: a new one, or what an interrupted run has left.

    Raises EmpathyLintError where the folder holds anything else.
    """
    state = State(folder, form)
    folder.mkdir(parents=True, exist_ok=True)
    first, *lines = _lines(folder / NAME) or [None]
    if first is None:
        if any(folder.iterdir()):
            raise EmpathyLintError(f"{folder} is not empty; name another folder with --output")
    elif first != name:
        raise EmpathyLintError(f"{folder} holds an audit of something else, or by other rules; name another folder")
    parts = (Part(number, rows, size, _tally(counted)) for number, rows, size, counted in lines)
    state.done = {part.number: part for part in parts if _size(state.place(part.number)) == part.size}
    atomic.write(folder / NAME, "".join([json.dumps(name) + "\n", *map(_line, state.done.values())]).encode())
    for unfinished in folder.glob(".part-*"):
        unfinished.unlink(missing_ok=True)
    return state


def _line(part: Part) -> str:
    counted = [[*key, rows] for key, rows in part.counted.items()]
    return json.dumps([part.number, part.rows, part.size, counted]) + "\n"


def _tally(counted: list[list[Any]]) -> Tally:
    return Counter({(channel, name, answer): rows for channel, name, answer, rows in counted})


def _lines(path: Path) -> list[Any]:
    """The lines that are whole."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return []
    return [json.loads(line) for line in text.split("\n")[:-1]]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1
