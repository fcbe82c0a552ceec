"""The scan of key lines against `tomllib`: it must find every key and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_lint.config.positions import Place, key_lines

DOCUMENT = '''\
# first = "no key"
title = "a # is no comment here" # but this is
"odd.key" = 'it''s' # not closed early
[tool.empathy-lint]
select = [ # comment ] in a list
  "tone",
  'offer', # [brackets]
]
a.b.c = 1
text = """
[not.a.table]
key = "value" \\""" still inside
"""
raw = \'\'\'
x = 1
\'\'\'
inline = { one = 1, "two three" = [1, { deep = true }], dates = 1979-05-27 07:32:00 }

[[tool.empathy-lint.sources]]
files = "a/*.yaml"
[tool.empathy-lint.sources.extra]
x = 1
[[tool.empathy-lint.sources]]
files = ["b", "c"]
[ spaced . "out" ]
last = -inf
'''.replace("'it''s'", "'it'")


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    if isinstance(node, dict):
        for key, child in node.items():
            yield from places(child, (*place, key))
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from places(child, (*place, index))


def test_every_key_and_nothing_else() -> None:
    assert set(key_lines(DOCUMENT)) == set(places(tomllib.loads(DOCUMENT)))


@pytest.mark.parametrize(
    ("place", "beginning"),
    [
        (("title",), "title"),
        (("tool", "empathy-lint", "select", 1), "  'offer'"),
        (("tool", "empathy-lint", "raw"), "raw ="),
        (("tool", "empathy-lint", "inline", "two three", 1, "deep"), "inline"),
        (("tool", "empathy-lint", "sources", 1, "files"), 'files = ["b"'),
        (("tool", "empathy-lint", "sources", 0, "extra", "x"), "x = 1"),
        (("spaced", "out", "last"), "last"),
    ],
)
def test_lines_are_right(place: Place, beginning: str) -> None:
    line = key_lines(DOCUMENT)[place]
    assert DOCUMENT.splitlines()[line - 1].startswith(beginning)


def test_crlf_and_an_empty_file() -> None:
    assert key_lines("") == {}
    assert key_lines("a = 1\r\n\r\n[b]\r\nc = 2\r\n") == {("a",): 1, ("b",): 3, ("b", "c"): 4}


_KEYS = st.text("abc-_1", min_size=1, max_size=3)
_WORDS = st.text("ab'\"#[]{}=,. \n\\", max_size=8)
_VALUES = st.recursive(
    st.integers() | st.booleans() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=6,
)


def written(value: Any) -> str:
    """TOML of a value, tables inline."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, list):
        return "[" + ",\n # x = 1 ]\n".join(map(written, value)) + " ]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(item)}" for key, item in value.items()) + "}"
    return str(value)


_TABLES = st.dictionaries(_KEYS, st.lists(st.dictionaries(_KEYS, _VALUES), max_size=3))


@given(st.dictionaries(_KEYS, _VALUES, max_size=4), _TABLES)
def test_the_same_places_as_tomllib(plain: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> None:
    lines = [f"{key} = {written(value)}" for key, value in plain.items()]
    for name, rows in tables.items():
        for row in rows:
            lines += [f"[[t-{name}]]", *(f"{key} = {written(value)}" for key, value in row.items())]
    text = "\n".join(lines)
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a comment inside an inline table's list
        return
    assert set(key_lines(text)) == set(places(parsed))
