"""A parsed TOML table against the table of keys: plain values out, or an error that shows the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from empathy_lint.config.keys import Key, Kind
from empathy_lint.config.positions import Lines, Place
from empathy_lint.globs import near
from empathy_lint.model import ConfigError
from empathy_lint.rulebook.strict import did_you_mean


@dataclass(frozen=True, slots=True)
class Document:
    """A configuration file: its lines, and where in it our table lies (`("tool", "empathy-lint")`)."""

    path: str
    text: str
    lines: Lines
    table: Place = ()

    def line(self, place: Place) -> int:
        """The 1-based line of a key inside our table, or of the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if line := self.lines.get((*self.table, *place[:length])):
                return line
        return 0

    def error(self, place: Place, message: str) -> ConfigError:
        """An error that shows the line of `place`."""
        line, lines = self.line(place), self.text.splitlines()
        shown = f"\n    {line} | {lines[line - 1].rstrip()}" if 0 < line <= len(lines) else ""
        return ConfigError(near(self.path), message + shown, line)


def checked_table(document: Document, value: Any, keys: Iterable[Key], place: Place = ()) -> dict[str, Any]:
    """The known keys of a table, each checked. Raises ConfigError for an unknown or a missing one."""
    if not isinstance(value, Mapping):
        raise document.error(place, f"{_named(place)} must be a table of keys and values")
    known = {key.name: key for key in keys}
    for name in value:
        if name not in known:
            raise document.error((*place, name), _unknown(name, known, place))
    for key in known.values():
        if key.required and key.name not in value:
            raise document.error(place, f"{_named(place)} lacks “{key.name}”")
    return {name: checked(document, item, known[name], (*place, name)) for name, item in value.items()}


def checked(document: Document, value: Any, key: Key, place: Place) -> Any:
    """One value of the right type: lists as tuples, tables as dicts."""
    return _CHECKS[key.kind](document, value, key, place)


def _unknown(name: str, known: Iterable[str], place: Place) -> str:
    if name == "tool" and not place:
        return "in empathy-lint.toml keys stand at the top, without [tool.empathy-lint]"
    hint = did_you_mean(name.replace("_", "-"), known) or f" Known keys: {', '.join(known)}."
    return f"unknown key “{name}”{f' in {_named(place)}' if place else ''}.{hint}"


def _named(place: Place) -> str:
    """`("sources", 0, "files")` → sources[0].files."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).lstrip(".") or "the configuration"


def _text(document: Document, value: Any, key: Key, place: Place) -> str:
    if not isinstance(value, str) or not value.strip():
        raise document.error(place, f"{_named(place)} must be text in quotes, not {_shown(value)}")
    if key.choices and value not in key.choices:
        hint = did_you_mean(value, key.choices)
        raise document.error(place, f"{_named(place)} can't be “{value}”; one of: {', '.join(key.choices)}.{hint}")
    return value


def _texts(document: Document, value: Any, key: Key, place: Place) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise document.error(place, f"{_named(place)} must be a list of texts, not {_shown(value)}")
    return tuple(_text(document, item, key, (*place, index)) for index, item in enumerate(items))


def _flag(document: Document, value: Any, _key: Key, place: Place) -> bool:
    if not isinstance(value, bool):
        raise document.error(place, f"{_named(place)} must be true or false, not {_shown(value)}")
    return value


def _number(document: Document, value: Any, key: Key, place: Place) -> float:
    whole = key.kind == "count"
    right = isinstance(value, int) if whole else isinstance(value, int | float)
    # The comparison is the right way round for nan too.
    if isinstance(value, bool) or not right or not 0 < value < float("inf"):
        kind = "a whole number" if whole else "a number"
        raise document.error(place, f"{_named(place)} must be {kind} above 0, not {_shown(value)}")
    return float(value) if not whole else value


def _map(document: Document, value: Any, key: Key, place: Place) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise document.error(place, f"{_named(place)} must be a table, not {_shown(value)}")
    return {name: checked(document, item, key.keys[0], (*place, name)) for name, item in value.items()}


def _table(document: Document, value: Any, key: Key, place: Place) -> dict[str, Any]:
    return checked_table(document, value, key.keys, place)


def _tables(document: Document, value: Any, key: Key, place: Place) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list):
        raise document.error(place, f"{_named(place)} must be a list of tables: write [[…{_named(place)}]]")
    return tuple(checked_table(document, item, key.keys, (*place, index)) for index, item in enumerate(value))


def _shown(value: Any) -> str:
    """A wrong value in the words of TOML, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:60] + "…"


_CHECKS: dict[Kind, Callable[[Document, Any, Key, Place], Any]] = {
    "text": _text,
    "texts": _texts,
    "flag": _flag,
    "number": _number,
    "count": _number,
    "map": _map,
    "table": _table,
    "tables": _tables,
}
