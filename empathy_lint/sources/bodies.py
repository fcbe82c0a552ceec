"""A body as it lies in a field or a file → the reply's text, its map and its parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal

from empathy_lint.model import Channel, Part
from empathy_lint.offsets import Piece, Span, TextMap
from empathy_lint.sources.options import ReadOptions

BodyFormat = Literal["plain", "html", "markdown", "rt"]
Body = tuple[str, TextMap, tuple[Part, ...]]

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|table|h[1-6]|blockquote|attribute)\b[^<>]*>", re.IGNORECASE
)


def body(text: str, form: BodyFormat, syntax: str = "") -> Body:
    """The prose of a body; the map leads back to `text`. Parts are in text order and don't overlap."""
    if form == "html":
        from empathy_lint.sources.html import html_text

        words, mapped, parts = html_text(text)
        return with_parts(words, mapped, parts, syntax)
    if form == "markdown":
        from empathy_lint.sources.markdown import prose

        words, mapped, parts = prose(text)
        return with_parts(words, mapped, parts, syntax)
    if form == "rt":
        from empathy_lint.sources.rt import split_template

        start, inner = split_template(text)
        words, mapped, parts = body(text[start:], inner, syntax)
        return words, mapped.then(TextMap.identity(len(text) - start, start)), parts
    return with_parts(text, TextMap.identity(len(text)), (), syntax)


def with_parts(text: str, mapped: TextMap, parts: tuple[Part, ...], syntax: str) -> Body:
    """A body with placeholders, links and the like found where `parts` has nothing yet."""
    from empathy_lint.sources.parts import find_parts

    found = find_parts(text, syntax)
    if not parts:
        return text, mapped, found
    known = sorted(parts, key=lambda part: part.span)
    starts = [part.span.start for part in known]
    free = [part for part in found if not _touches(part.span, known, starts)]
    return text, mapped, tuple(sorted((*known, *free), key=lambda part: part.span))


def _touches(span: Span, known: list[Part], starts: list[int]) -> bool:
    """Whether one of the parts, which are in order and apart, overlaps `span`."""
    before = bisect_left(starts, span.end)
    return before > 0 and known[before - 1].span.end > span.start


def channel_of(options: ReadOptions, said: str = "", default: Channel = "email") -> Channel:
    """The configured channel, else the row's own, else the default of the format."""
    if options.channel:
        return options.channel
    match said.strip().lower():
        case "email":
            return "email"
        case "chat":
            return "chat"
        case "macro":
            return "macro"
    return default


def composed(mapped: TextMap, outer: TextMap) -> TextMap:
    """`mapped.then(outer)`, at no cost for a body that is its own text and in one walk for any other."""
    first = mapped.pieces[0] if mapped.pieces else None
    if first is None or not outer.pieces:
        return mapped.then(outer)
    if first.text == first.source and len(mapped.pieces) == 1 and first.text.end == outer.length:
        return outer
    return TextMap(tuple(_walked(mapped, outer)))


def _walked(mapped: TextMap, outer: TextMap) -> Iterator[Piece]:
    """Both lists of pieces side by side; a search for each piece would be most of the cost of reading HTML."""
    last, index = len(outer.pieces) - 1, 0
    for inner in mapped.pieces:
        start, end = inner.source
        if start < outer.pieces[index].text.start:
            index = bisect_right(outer.pieces, start, key=lambda piece: piece.text.start) - 1
        while index < last and outer.pieces[index].text.end <= start:
            index += 1
        over = outer.pieces[index]
        if over.verbatim and end <= over.text.end:
            by = over.source.start - over.text.start
            yield Piece(inner.text, Span(start + by, end + by))
        else:
            yield from TextMap((inner,)).then(outer).pieces


def shifted(mapped: TextMap, length: int, at: int) -> TextMap:
    """The map of a text that stands verbatim in the file from `at`, after a map into that text."""
    return mapped.then(TextMap.identity(length, at)) if at else mapped


_NO = {"false", "no", "off", "0", "inactive", "disabled", "draft", "archived", "n"}


def why_skipped(language: str, active: str, languages: tuple[str, ...]) -> str:
    """Why a macro is left alone (`inactive`, `language: de`); empty when it is read.

    A language is known by the part before `-` or `_`; one that is not given is read.
    """
    if active.strip().lower() in _NO:
        return "inactive"
    tag = language.strip().lower().replace("_", "-")
    if not tag or "*" in languages or tag.split("-")[0] in languages or tag in languages:
        return ""
    return f"language: {language.strip()}"


def form_of(text: str, said: BodyFormat | None) -> BodyFormat:
    """The format of a body; text without any mark of HTML is plain whatever its field is called."""
    if said == "html" or said is None:
        marked = ("<" in text and (said or _MARKUP.search(text))) or (said and "&" in text)
        return "html" if marked else "plain"
    return said
