"""JSON with places: values from the standard parser, places from one pass over the string literals.

`json.loads` gives the values at C speed but no places. String literals stand in the file in the order in
which the values are met, so walking both in step gives each string its literal; the escapes inside one
are looked at only when a map is asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from empathy_lint.model import InputError
from empathy_lint.offsets import Piece, Span, TextMap
from empathy_lint.sources.tree import MAX_DEPTH, Leaf, Node

_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_BRACKET_OR_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


class _Pairs(list[tuple[str, Any]]):
    """An object as it was written, repeated keys included."""


# Control characters inside strings are refused, as JSON has it.
_decoder = json.JSONDecoder(object_pairs_hook=_Pairs)


def parse(path: str, source: str, start: int = 0, end: int | None = None) -> Node:
    """The JSON value in `source[start:end]`; places are offsets into `source`.

    Of a repeated key the last value counts, as everywhere. Raises InputError with the place of a syntax
    error, or of the bracket at which nesting goes too deep.
    """
    end = len(source) if end is None else end
    text = source if (start, end) == (0, len(source)) else source[start:end]
    try:
        value = _decoder.decode(text)
        return _placed(value, _STRING.finditer(source, start, end), MAX_DEPTH)
    except json.JSONDecodeError as error:
        raise _error(path, source, start + error.pos, f"broken JSON: {error.msg}") from None
    except RecursionError:
        raise _error(path, source, _too_deep(source, start, end), "JSON nested too deeply") from None
    except ValueError as error:  # a number with thousands of digits
        raise _error(path, source, start, f"broken JSON: {error}") from None


def _error(path: str, source: str, offset: int, message: str) -> InputError:
    line = source.count("\n", 0, offset) + 1
    return InputError(path, message, line, offset - source.rfind("\n", 0, offset))


def _too_deep(source: str, start: int, end: int) -> int:
    depth = 0
    for token in _BRACKET_OR_STRING.finditer(source, start, end):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            return token.start()
    return start


def _placed(value: Any, strings: Iterator[re.Match[str]], room: int) -> Node:
    kind = type(value)
    if kind is str:
        found = next(strings)
        if not value.isascii():
            value = _SURROGATE.sub("\ufffd", value)
        return Leaf(value, found.start(), found.end(), '"')
    if kind is not _Pairs and kind is not list:
        return value  # type: ignore[no-any-return]
    if not room:
        raise RecursionError
    if kind is list:
        return [_placed(item, strings, room - 1) for item in value]
    node: dict[str, Node] = {}
    for key, item in value:
        next(strings)
        node[key] = _placed(item, strings, room - 1)
    return node


def text_map(source: str, leaf: Leaf) -> TextMap:
    """The way from a string's decoded text to its literal, escape by escape."""
    start, end = leaf.start + 1, leaf.end - 1
    if end - start == len(leaf.text):
        return TextMap.identity(len(leaf.text), start)
    return TextMap(tuple(_pieces(source, start, end)))


def _pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    # No MapBuilder: every newline of every macro comes by here.
    length, at = 0, start
    for escape in _ESCAPE.finditer(source, start, end):
        begin, stop = escape.span()
        if begin > at:
            yield Piece(Span(length, length + begin - at), Span(at, begin))
            length += begin - at
        yield Piece(Span(length, length + 1), Span(begin, stop))
        length, at = length + 1, stop
    if end > at:
        yield Piece(Span(length, length + end - at), Span(at, end))


def exact_map(source: str, leaf: Leaf) -> tuple[TextMap, bool]:
    """`text_map` as a `Mapper`: a JSON string is always proved."""
    return text_map(source, leaf), True
