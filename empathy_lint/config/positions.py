"""On which line each key of a TOML file stands. `tomllib` reads the values but keeps no places.

The text has been through `tomllib`, so it is known to be valid: this scan only has to find its way.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Place = tuple[str | int, ...]
Lines = dict[Place, int]

_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_KEY_PART = re.compile(r'[ \t]*("(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+)[ \t]*')
_SPACE = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[^,\]}#\r\n]+")


class _Scan(NamedTuple):
    """The text, the lines found so far, how many tables each array of tables has, by its place."""

    text: str
    lines: Lines
    tables: dict[Place, int]


def key_lines(text: str) -> Lines:
    """The 1-based line of every key, table and list item: `("sources", 0, "files")` → 12."""
    scan, table, at = _Scan(text, {}, {}), Place(), _skip(text, 0)
    while at < len(text):
        if text[at] == "[":
            table, at = _header(scan, at)
        else:
            at = _pair(scan, table, at)
        at = _skip(text, at)
    return scan.lines


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _header(scan: _Scan, at: int) -> tuple[Place, int]:
    """`[a.b]` or `[[a.b]]` → the place of the table that it opens."""
    double = scan.text.startswith("[[", at)
    keys, end = _dotted(scan.text, at + 1 + double)
    place = _into_arrays(scan, keys)
    _note(scan, place, at)
    if double:
        index = scan.tables.get(place, 0)
        scan.tables[place] = index + 1
        place = (*place, index)
        _note(scan, place, at)
    return place, end + 1 + double


def _into_arrays(scan: _Scan, keys: Place) -> Place:
    """A header's keys mean the last table of each array of tables on their way."""
    place = Place()
    for index, key in enumerate(keys):
        place = (*place, key)
        if index < len(keys) - 1 and place in scan.tables:
            place = (*place, scan.tables[place] - 1)
    return place


def _dotted(text: str, at: int) -> tuple[Place, int]:
    keys: list[str | int] = []
    while True:
        match = _KEY_PART.match(text, at)
        if match is None:
            return tuple(keys), at
        keys.append(_plain(match[1]))
        at = match.end()
        if text[at : at + 1] != ".":
            return tuple(keys), at
        at += 1


def _plain(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"':
        import tomllib

        return str(tomllib.loads(f"key = {key}")["key"])
    return key


def _pair(scan: _Scan, table: Place, at: int) -> int:
    """`key = value`; gives where the value ends."""
    keys, end = _dotted(scan.text, at)
    place = (*table, *keys)
    _note(scan, place, at)
    return _value(scan, place, _skip(scan.text, end + 1))


def _value(scan: _Scan, place: Place, at: int) -> int:
    mark = scan.text[at : at + 1]
    if mark in ("[", "{"):
        return _items(scan, place, at, "]" if mark == "[" else "}")
    match = (_STRING if mark in ("'", '"') else _BARE).match(scan.text, at)
    return match.end() if match else at + 1


def _items(scan: _Scan, place: Place, at: int, closing: str) -> int:
    index, at = 0, _skip(scan.text, at + 1)
    while at < len(scan.text) and scan.text[at] != closing:
        if closing == "]":
            _note(scan, (*place, index), at)
            at = _value(scan, (*place, index), at)
        else:
            at = _pair(scan, place, at)
        index, at = index + 1, _skip(scan.text, at)
        if scan.text[at : at + 1] == ",":
            at = _skip(scan.text, at + 1)
    return at + 1


def _note(scan: _Scan, place: Place, at: int) -> None:
    """A place and, where they have none yet, the tables around it."""
    line = scan.text.count("\n", 0, at) + 1
    for length in range(1, len(place) + 1):
        scan.lines.setdefault(place[:length], line)
