"""Places are right: every map against a plain table of characters, every line against plain counting."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from empathy_lint.offsets import LineIndex, Location, MapBuilder, Piece, Span, TextMap

# One stretch of a text: (characters in the text, characters in the source, unread source before it, verbatim?).
Stretch = tuple[int, int, int, bool]
Table = list[Span]

verbatim = st.tuples(st.integers(1, 4), st.integers(0, 2)).map(lambda s: (s[0], s[0], s[1], True))
decoded = st.tuples(st.integers(1, 4), st.integers(0, 4), st.integers(0, 2), st.just(False))
stretches = st.lists(st.one_of(verbatim, decoded), max_size=8)


def built(parts: list[Stretch], start: int = 0) -> tuple[TextMap, Table]:
    """A map by `MapBuilder`, and the same as a table: the source range of each character of the text."""
    builder, table, at = MapBuilder(), [], start
    for length, width, gap, plain in parts:
        at += gap
        builder.put("x" * length, Span(at, at + width), verbatim=plain)
        table += [Span(at + i, at + i + 1) if plain else Span(at, at + width) for i in range(length)]
        at += width
    return builder.build()[1], table


def hull(spans: list[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def spans_of(length: int) -> list[Span]:
    return [Span(start, end) for start in range(length) for end in range(start + 1, length + 1)]


@given(stretches)
def test_a_range_holds_all_its_characters_came_from_and_no_more(parts: list[Stretch]) -> None:
    text_map, table = built(parts)
    assert text_map.length == len(table)
    for span in spans_of(len(table)):
        assert text_map.source(span) == hull(table[span.start : span.end])


@given(stretches)
def test_pieces_cover_the_text_without_holes(parts: list[Stretch]) -> None:
    text_map, table = built(parts)
    edges = [piece.text for piece in text_map.pieces]
    assert all(one.end == other.start for one, other in pairwise(edges))
    assert (edges[0].start, edges[-1].end) == (0, len(table)) if edges else not table
    assert all(piece.text.start < piece.text.end for piece in text_map.pieces)


@given(stretches, stretches)
def test_two_maps_in_a_row_are_one_map(below: list[Stretch], above: list[Stretch]) -> None:
    inner, inner_table = built(above)
    outer, outer_table = built([*below, (8 * 6, 8 * 6, 0, True)])  # long enough for any inner map
    assume(inner_table)
    assert inner_table[-1].end <= len(outer_table)
    whole = inner.then(outer)
    assert whole.length == inner.length
    through = [outer.source(middle) for middle in inner_table]
    for span in spans_of(len(through)):
        assert whole.source(span) == hull(through[span.start : span.end])


@given(stretches, st.data())
def test_identity_changes_nothing(parts: list[Stretch], data: st.DataObject) -> None:
    text_map, table = built(parts)
    length = max((span.end for span in table), default=0)
    after, before = text_map.then(TextMap.identity(length)), TextMap.identity(len(table)).then(text_map)
    for span in spans_of(len(table)):
        assert after.source(span) == before.source(span) == text_map.source(span)
    at = data.draw(st.integers(0, 9)) if length else 0
    moved = text_map.then(TextMap.identity(length, at))
    for span in spans_of(len(table)):
        there = text_map.source(span)
        assert moved.source(span) == Span(there.start + at, there.end + at)


@given(st.integers(1, 6), st.integers(0, 6))
def test_whole_never_pretends_to_know_more(length: int, width: int) -> None:
    source = Span(10, 10 + width)
    text_map = TextMap.whole(length, source)
    assert text_map.length == length
    assert {text_map.source(span) for span in spans_of(length)} == {source}


@given(stretches)
def test_an_empty_range_is_a_place_between_its_neighbours(parts: list[Stretch]) -> None:
    text_map, table = built(parts)
    for offset in range(len(table) + 1):
        place = text_map.source(Span(offset, offset))
        assert place.start == place.end
        if table:
            near = table[max(offset - 1, 0) : offset + 1]
            assert min(s.start for s in near) <= place.start <= max(s.end for s in near)


@pytest.mark.parametrize("span", [(-1, 1), (0, 4), (2, 1), (4, 4)])
def test_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside a text of 3 characters"):
        TextMap.identity(3).source(Span(*span))


def test_an_empty_text_has_one_place() -> None:
    assert TextMap.identity(0) == TextMap(())
    assert TextMap(()).source(Span(0, 0)) == Span(0, 0)
    assert MapBuilder().build() == ("", TextMap(()))


def test_an_entity_is_one_character_and_six_of_the_file() -> None:
    source = "caf&eacute; now"
    builder = MapBuilder()
    builder.copy("caf", 0)
    builder.put("é", Span(3, 11))
    builder.copy(" now", 11)
    text, text_map = builder.build()
    assert text == "café now"
    start, end = text_map.source(Span(0, 4))
    assert source[start:end] == "caf&eacute;"
    start, end = text_map.source(Span(5, 8))
    assert source[start:end] == "now"


def test_neighbours_are_joined_and_others_are_not() -> None:
    builder = MapBuilder()
    builder.copy("ab", 4)
    builder.copy("cd", 6)
    builder.copy("ef", 9)
    builder.put("", Span(0, 3))
    assert builder.build()[1].pieces == (Piece(Span(0, 4), Span(4, 8)), Piece(Span(4, 6), Span(9, 11)))


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_overlaps_and_holds(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    inside, there = set(range(*one)), set(range(*other))
    if inside and there:
        assert one.overlaps(other) == other.overlaps(one) == bool(inside & there)
        assert one.holds(other) == (there <= inside)


@given(st.text(alphabet="a\t\r\n\x0b\x0c\x85\u2028é😀", max_size=30))
def test_lines_and_columns_by_plain_counting(source: str) -> None:
    index, line, column = LineIndex(source), 1, 1
    for offset in range(len(source) + 1):
        assert index.location(offset) == Location(line, column)
        ended = source[offset : offset + 1] == "\n" or (
            source[offset : offset + 1] == "\r" and source[offset + 1 : offset + 2] != "\n"
        )
        line, column = (line + 1, 1) if ended else (line, column + 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_line_end(end: str) -> None:
    source = f"one{end}two{end}{end}\tfour 😀!"
    index = LineIndex(source)
    assert index.location(source.index("two")) == (2, 1)
    assert index.location(source.index("four")) == (4, 2)
    assert index.location(source.index("!")) == (4, 8)
    assert index.location(len(source)) == (4, 9)
