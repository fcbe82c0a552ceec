"""What is in force for a path, and where each value came from: the rows of `empathy-lint config`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from empathy_lint.config.force import in_force
from empathy_lint.config.keys import KEYS
from empathy_lint.config.read import settings_for
from empathy_lint.config.settings import Settings
from empathy_lint.globs import Globs, matches, near

BUILT_IN = "built in"
TOGETHER = "all of the above"


class Row(NamedTuple):
    """A key, its value as TOML would write it, and `file:line` or “built in”."""

    key: str
    value: str
    origin: str


def explain_settings(path: str, given: str | Path | None = None, isolated: bool = False) -> tuple[Row, ...]:
    """Every key that holds for a file or folder. Overrides and tables that don't touch it are left out."""
    settings = settings_for(path, given, isolated)
    return (*_plain(settings), *_maps(settings, path), *_tables(settings, path))


def _plain(settings: Settings) -> Iterator[Row]:
    """Keys with one value; one that nobody set shows its default."""
    for key in KEYS:
        if key.kind in ("map", "table", "tables") or key.name == "extend":
            continue
        value = getattr(settings, key.name.replace("-", "_")) if key.name in settings.origins else key.default
        yield Row(key.name, toml(value), _origin(settings, key.name))


def _maps(settings: Settings, path: str) -> Iterator[Row]:
    for name, level in settings.levels:
        yield Row(f"levels.{name}", toml(level), _origin(settings, f"levels.{name}"))
    for name, limit in settings.thresholds.items():
        yield Row(f"thresholds.{name}", toml(limit), _origin(settings, f"thresholds.{name}"))
    for globs, channel, origin in settings.channels:
        if matches(globs, path):
            yield Row(f'channels."{globs.patterns[0]}"', toml(channel), _place(origin.path, origin.line))


def _tables(settings: Settings, path: str) -> Iterator[Row]:
    """What overrides and sources say of this path, then what comes of it."""
    for index, override in enumerate(settings.overrides):
        if matches(override.files, path):
            said = _fields(override, "select", "ignore", "levels", "channel")
            yield from _said(settings, f"overrides[{index}]", said)
    for index, table in enumerate(settings.sources):
        if matches(table.files, path):
            yield from _said(settings, f"sources[{index}]", dict(table.fields))
    for index, route in enumerate(settings.suppress):
        if matches(route.files, path):
            yield from _said(settings, f"suppress[{index}]", _fields(route, "route", "id", "rules", "reason"))
    yield from _result(settings, path)


def _fields(table: object, *names: str) -> dict[str, Any]:
    return {name: dict(getattr(table, name)) if name == "levels" else getattr(table, name) for name in names}


def _said(settings: Settings, place: str, said: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in said.items():
        key = f"{place}.{name.replace('_', '-')}"
        if value not in ("", (), None, {}):
            yield Row(key, toml(value), _origin(settings, key))


def _result(settings: Settings, path: str) -> Iterator[Row]:
    if Path(path).is_dir():
        return
    force = in_force(settings, path)
    yield Row("in force: select", toml(force.select or ("all",)), TOGETHER)
    yield Row("in force: ignore", toml(force.ignore), TOGETHER)
    yield Row("in force: levels", toml(dict(force.levels)), TOGETHER)
    yield Row("in force: channel", toml(force.options.channel or "said by the file"), TOGETHER)


def _origin(settings: Settings, key: str) -> str:
    origin = settings.origins.get(key)
    return _place(origin.path, origin.line) if origin else BUILT_IN


def _place(path: str, line: int) -> str:
    return f"{near(path)}:{line}"


def toml(value: Any) -> str:
    """A value as it would stand in TOML; `-` for one that is not set."""
    import json

    match value:
        case None:
            return "-"
        case bool():
            return str(value).lower()
        case Globs(patterns=patterns):
            return toml(patterns)
        case tuple() | list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)} = {toml(item)}" for name, item in value.items()) + "}"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case Path():
            return json.dumps(near(value).replace("\\", "/"))
    return json.dumps(str(value), ensure_ascii=False)
