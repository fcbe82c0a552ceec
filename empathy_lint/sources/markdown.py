"""Markdown: a draft, or a library of one macro a heading or a block quote.

Marks are dropped through the map: what is linted is what the customer reads, and every character still
knows its place. Code and quoted text stay, as parts.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from empathy_lint.model import Part, PartKind, Reply, Skipped
from empathy_lint.offsets import MapBuilder, Span
from empathy_lint.sources.bodies import Body, channel_of, shifted, why_skipped, with_parts
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.quoted import customer_words

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?:.*?\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^(\w[\w -]*):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*\r?$", re.MULTILINE)
_BOLD_LINE = re.compile(r"^\*\*`?([^*`\n]+)`?\*\*:?[ \t]*\r?$", re.MULTILINE)
_FENCE = re.compile(
    r"^ {0,3}(`{3,}+|~{3,}+)[^\n]*\n(?:.*?\n)??(?: {0,3}\1[`~]*[ \t]*(?:\r?\n|\Z)|\Z)", re.MULTILINE | re.DOTALL
)
_QUOTE = re.compile(r"(?:^ {0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*\r?$", re.MULTILINE)

# What is dropped or kept as a part inside a paragraph; longest openers first.
# Bounded, or stopped by their own opener: hostile text costs no more than a constant a character.
_INLINE = re.compile(
    r"(?P<comment><!--(?:(?!<!--).){0,4000}?-->)"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n](?:[^\n`]|(?<!`)(?!(?P=ticks)(?!`))`){0,300}(?P=ticks)(?!`))"
    r"|(?P<keep>\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}|[%#$]\{[^{}\n]{0,300}\})"
    r"|(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\))"
    r"|\[(?P<label>(?:[^\[\]\n]|\n(?![ \t\r]*\n)){1,300})\]"
    r"(?P<target>\([^()\n]{0,2000}(?:\([^()\n]{0,300}\)[^()\n]{0,300}){0,3}\))"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][\da-fA-F]{1,6});)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!>~|-])"
    r"|(?P<strong>\*\*(?=\S)|(?<=\S)\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|~~)"
    r"|(?P<em>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w))"
    r"|^(?P<mark> {0,3}(?:#{1,6}[ \t]+|>[ \t]?))",
    re.DOTALL | re.MULTILINE,
)


class Section(NamedTuple):
    """One macro of a library: its title and where its body stands."""

    title: str
    start: int
    end: int


class Block(NamedTuple):
    """A stretch that is not prose."""

    kind: PartKind
    start: int
    end: int


def read_markdown(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """One reply, or one for each section when the file is a library: two or more headings of one level.

    With `blockquote_is_reply`, every block quote is a reply, named by the heading above it.
    """
    front = _FRONT.match(source)
    known = {key.lower(): value.strip("\"'") for key, value in _PAIR.findall(front[0])} if front else {}
    start = front.end() if front else 0
    sections = _sections(source, start, options, known)
    why = why_skipped(
        _of(known, options.language, "language", "lang"), known.get(options.active or "active", ""), options.languages
    )
    for index, section in enumerate(sections or [Section(known.get("title", ""), start, len(source))]):
        route = f"[{index}]" if sections else ""
        yield Skipped(path, route, why) if why else _reply(path, source, section, route, known, options)


def _of(known: dict[str, str], *keys: str) -> str:
    return next((known[key] for key in keys if known.get(key)), "")


def _sections(source: str, start: int, options: ReadOptions, known: dict[str, str]) -> list[Section]:
    if options.blockquote_is_reply:
        return _quotes(source, start)
    if options.channel in (None, "macro") and known.get("channel", "macro") == "macro":
        return _library(source, start)
    return []


def _reply(path: str, source: str, section: Section, route: str, known: dict[str, str], options: ReadOptions) -> Reply:
    raw = source[section.start : section.end]
    quotes = not options.blockquote_is_reply
    text, mapped, parts = with_parts(*prose(raw, quotes), options.syntax)
    channel = channel_of(options, known.get("channel", ""), "macro" if route else "email")
    return Reply(
        text=text,
        map=shifted(mapped, len(raw), section.start),
        source=source,
        path=path,
        id=_of(known, options.id, "id") or (f"{path}#{route}" if route else path),
        route=route,
        title=section.title,
        channel=channel,
        customer=options.customer or ("" if channel == "macro" else customer_words(text, parts)),
        language=_of(known, options.language, "language", "lang"),
        format="markdown",
        syntax=options.syntax,
        parts=parts,
    )


def _headings(source: str, start: int) -> list[re.Match[str]]:
    code = _blocks(source, False)
    starts = [block.start for block in code]
    return [match for match in _HEADING.finditer(source, start) if not _held(match.start(), code, starts)]


def _held(at: int, blocks: list[Block], starts: list[int]) -> bool:
    before = bisect_right(starts, at)
    return before > 0 and at < blocks[before - 1].end


def _library(source: str, start: int) -> list[Section]:
    """A section for each heading of the level that has most of them; a rule (`---`) ends a section too."""
    headings = _headings(source, start)
    levels = Counter(len(match[1]) for match in headings)
    level = max(levels, key=lambda depth: (levels[depth], depth), default=0)
    if levels[level] < 2:
        return []
    ends = [*(match.start() for match in headings if len(match[1]) <= level), len(source)]
    ends = sorted({*ends, *(match.start() for match in _RULE.finditer(source, start))})
    found = []
    for match in (match for match in headings if len(match[1]) == level):
        end = ends[bisect_left(ends, match.end())]
        if source[match.end() : end].strip():
            found.append(_trimmed(source, Section(match[2], match.end(), end)))
    return found


def _quotes(source: str, start: int) -> list[Section]:
    titles = sorted((*_headings(source, start), *_BOLD_LINE.finditer(source, start)), key=lambda match: match.start())
    places, found = [match.end() for match in titles], []
    for quote in _QUOTE.finditer(source, start):
        above = bisect_right(places, quote.start()) - 1
        title = titles[above][titles[above].re.groups] if above >= 0 else ""
        found.append(_trimmed(source, Section(title.strip("*`: "), quote.start(), quote.end())))
    return found


def _trimmed(source: str, section: Section) -> Section:
    """Without blank lines around it; indentation stays."""
    raw = source[section.start : section.end]
    lead = len(raw) - len(raw.lstrip("\r\n"))
    return Section(section.title, section.start + lead, section.start + len(raw.rstrip()))


def prose(source: str, quotes: bool = True) -> Body:
    """What a reader of rendered Markdown sees, and where each character stands in `source`.

    With `quotes`, block quotes are somebody else's words (a part); without, they are the prose.
    """
    builder, parts, at = MapBuilder(), list[Part](), 0
    for block in _blocks(source, quotes):
        _paragraphs(builder, parts, source[at : block.start], at)
        begin = builder.length
        builder.copy(source[block.start : block.end], block.start)
        parts.append(Part(Span(begin, builder.length), block.kind))
        at = block.end
    _paragraphs(builder, parts, source[at:], at)
    text, mapped = builder.build()
    return text, mapped, tuple(parts)


def _blocks(source: str, quotes: bool) -> list[Block]:
    """Fenced code and, with `quotes`, block quotes, in order; the one that begins first holds the other."""
    blocks = [Block("code", *match.span()) for match in _FENCE.finditer(source)]
    if quotes:
        blocks += [Block("quote", *match.span()) for match in _QUOTE.finditer(source)]
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.start):
        if not kept or block.start >= kept[-1].end:
            kept.append(block)
    return kept


def _paragraphs(builder: MapBuilder, parts: list[Part], text: str, offset: int) -> None:
    """Append `text`, which stands at `offset`, without its marks."""
    at = 0
    for mark in _INLINE.finditer(text):
        builder.copy(text[at : mark.start()], offset + at)
        _inline(builder, parts, mark, offset)
        at = mark.end()
    builder.copy(text[at:], offset + at)


def _meaning(entity: str) -> str:
    # `html.unescape` alone would read the beginning of `&nothing;` as `&not`.
    return html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)


def _inline(builder: MapBuilder, parts: list[Part], mark: re.Match[str], offset: int) -> None:
    kind = next(name for name, value in mark.groupdict().items() if value is not None)
    if kind == "label":
        _paragraphs(builder, parts, mark["label"], offset + mark.start("label"))
    elif kind == "entity":
        builder.put(_meaning(mark[kind]), Span(offset + mark.start(), offset + mark.end()))
    elif kind in ("code", "keep", "escaped"):
        begin = builder.length
        builder.copy(mark[kind], offset + mark.start(kind))
        if kind == "code":
            parts.append(Part(Span(begin, builder.length), "code"))
