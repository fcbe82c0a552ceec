"""What a configuration says, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from empathy_lint.globs import NOWHERE, Globs
from empathy_lint.model import Channel, Level
from empathy_lint.sources.options import ReadOptions
from empathy_lint.suppress.routes import ByRoute

FailOn = Literal["error", "warning", "hint", "never"]
# A rule id, a family or the beginning of an id, with the level that it gets.
Levels = tuple[tuple[str, Level], ...]


class Origin(NamedTuple):
    """Where a value was written: the file and its 1-based line."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Override:
    """What is different for some files. An empty `select` changes nothing."""

    files: Globs
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    levels: Levels
    channel: Channel | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class SourceTable:
    """How some files are read: the fields of `ReadOptions` that are given."""

    files: Globs
    fields: tuple[tuple[str, Any], ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Settings:
    """All that holds for the files under one configuration file; the defaults are those of `--isolated`.

    `path` is that file, empty where there is none. Empty `select` is every rule. `thresholds` holds only
    what is set. `origins` says where each key was written: `levels.closed-door`, `sources[0].files`.
    """

    path: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Levels = ()
    rules: tuple[Path, ...] = ()
    exclude: Globs = NOWHERE
    respect_gitignore: bool = True
    fail_on: FailOn = "warning"
    pipeline: str = ""
    baseline: Path | None = None
    thresholds: Mapping[str, float] = field(default_factory=dict)
    channels: tuple[tuple[Globs, Channel, Origin], ...] = ()
    overrides: tuple[Override, ...] = ()
    sources: tuple[SourceTable, ...] = ()
    suppress: tuple[ByRoute, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for one file; hashable, so that files with the same rules can share a linter."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    levels: Levels
    options: ReadOptions
