"""From a place in a reply's text to a place in its file. The only line and column code in the house.

A reply's text is often not a slice of its file: an HTML entity is six characters there and one here, a
folded YAML line break is a space here. A `TextMap` says for every stretch of the text which stretch of
the source it came from, and maps compose: HTML inside YAML is two of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Location(NamedTuple):
    """1-based line and column, in code points."""

    line: int
    column: int


class Piece(NamedTuple):
    """`text` came from `source`; where both have one length they agree character for character."""

    text: Span
    source: Span

    @property
    def verbatim(self) -> bool:
        return self.text.end - self.text.start == self.source.end - self.source.start


@dataclass(frozen=True, slots=True)
class TextMap:
    """Pieces in the order of the text, without holes on the text's side.

    A piece whose two sides differ in length (an entity, an escape) is atomic: any place inside it
    means the whole of it.
    """

    pieces: tuple[Piece, ...]

    @classmethod
    def identity(cls, length: int, at: int = 0) -> TextMap:
        """The map of a text that is the `length` characters of the source from `at`."""
        return cls((Piece(Span(0, length), Span(at, at + length)),) if length else ())

    @classmethod
    def whole(cls, length: int, source: Span) -> TextMap:
        """The map of a text of which nothing is known but that it came from `source`."""
        return cls(_atomic(Span(0, length), source))

    @property
    def length(self) -> int:
        return self.pieces[-1].text.end if self.pieces else 0

    def source(self, span: Span) -> Span:
        """The smallest source range that holds everything `span` came from.

        An empty span gives the empty range at that place. Raises ValueError outside the text.
        """
        if not 0 <= span.start <= span.end <= self.length:
            raise ValueError(f"{span} is outside a text of {self.length} characters")
        if not self.pieces:
            return Span(0, 0)
        if span.start == span.end:
            return self._point(span.start)
        first, last = self._at(span.start), self._at(span.end - 1)
        touched = self.pieces[first : last + 1]
        starts = [piece.source.start for piece in touched[1:]] + [self._edge(touched[0], span.start, False)]
        ends = [piece.source.end for piece in touched[:-1]] + [self._edge(touched[-1], span.end, True)]
        return Span(min(starts), max(ends))

    def then(self, outer: TextMap) -> TextMap:
        """This map (text → middle) followed by `outer` (middle → source)."""
        return TextMap(tuple(piece for inner in self.pieces for piece in _through(inner, outer)))

    def _at(self, offset: int) -> int:
        return bisect_right(self.pieces, offset, key=lambda piece: piece.text.start) - 1

    def _point(self, offset: int) -> Span:
        piece = self.pieces[min(self._at(offset), len(self.pieces) - 1)]
        at = self._edge(piece, offset, offset == piece.text.end)
        return Span(at, at)

    @staticmethod
    def _edge(piece: Piece, offset: int, end: bool) -> int:
        if piece.verbatim:
            return piece.source.start + offset - piece.text.start
        return piece.source.end if end else piece.source.start


def _atomic(text: Span, source: Span) -> tuple[Piece, ...]:
    """Pieces that mean all of `source` anywhere in `text`: two where equal lengths would look verbatim."""
    length = text.end - text.start
    if length < 2 or source.end - source.start != length:
        return (Piece(text, source),)
    return Piece(Span(text.start, text.start + 1), source), Piece(Span(text.start + 1, text.end), source)


def _through(inner: Piece, outer: TextMap) -> Iterable[Piece]:
    if not inner.verbatim:
        yield from _atomic(inner.text, outer.source(inner.source))
        return
    shift = inner.text.start - inner.source.start
    for index in range(max(outer._at(inner.source.start), 0), len(outer.pieces)):
        piece = outer.pieces[index]
        low, high = max(piece.text.start, inner.source.start), min(piece.text.end, inner.source.end)
        if low >= high:
            return
        text, source = Span(low + shift, high + shift), outer.source(Span(low, high))
        yield from (Piece(text, source),) if piece.verbatim else _atomic(text, source)


class MapBuilder:
    """Writes a text piece by piece and remembers where each came from; neighbours are joined."""

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    def copy(self, text: str, at: int) -> None:
        """Append `text`, which stands verbatim in the source from `at`."""
        self.put(text, Span(at, at + len(text)), verbatim=True)

    def put(self, text: str, source: Span, verbatim: bool = False) -> None:
        """Append `text`, which was decoded from `source`."""
        if not text:
            return
        new = Span(self.length, self.length + len(text))
        if verbatim and self._joins(source):
            last = self._pieces.pop()
            self._pieces.append(Piece(Span(last.text.start, new.end), Span(last.source.start, source.end)))
        else:
            self._pieces += (Piece(new, source),) if verbatim else _atomic(new, source)
        self._chunks.append(text)
        self.length = new.end

    def _joins(self, source: Span) -> bool:
        return bool(self._pieces) and self._pieces[-1].verbatim and self._pieces[-1].source.end == source.start

    def build(self) -> tuple[str, TextMap]:
        """The text so far and its map."""
        return "".join(self._chunks), TextMap(tuple(self._pieces))


class LineIndex:
    """Line starts of one file; lines end at CRLF, LF or CR, as editors count them."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(source))]

    def location(self, offset: int) -> Location:
        """1-based line and column of a code-point offset."""
        line = bisect_right(self._starts, offset)
        return Location(line, offset - self._starts[line - 1] + 1)
