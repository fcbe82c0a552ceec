"""HTML → text as a reader sees it, with an exact map back to the source.

A scanner of our own: places come for free, broken markup is text, and no tag costs more than its own
length. Whatever is not shown (comments, styles, hidden elements) leaves no trace in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from empathy_lint.model import Part, PartKind, Reply
from empathy_lint.offsets import MapBuilder, Span, TextMap
from empathy_lint.sources.html_tags import HTML_TAGS, PARAGRAPHS, RAW, VOID, Role, block, role
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.quoted import attribution_before

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:._-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+|[^<>]*)>")
_HIDDEN = re.compile(
    r"<!--(?:-?>|(?s:.*?)(?:-->|--!>|\Z))|<!\[CDATA\[|<![A-Za-z\[][^<>]*>|<\?[^<>]*>|</[^A-Za-z<>][^<>]*>"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?")
_TEXT = re.compile(r"[^<&]+")
# Soft hyphens and zero-width spaces are not seen; the zero-width joiner stays, it holds emoji together.
_UNSEEN = "\u00ad\u200b\u200c\u2060\ufeff\u034f"
_SHOWN: dict[int, str | None] = {**dict.fromkeys(map(ord, _UNSEEN)), 0xA0: " "}
_WORDS = re.compile(rf"[^\s{_UNSEEN}]+(?: [^\s{_UNSEEN}]+)*")
_SEEN = re.compile(rf"[^{_UNSEEN}]+")
_SEEN_CHAR = re.compile(r"\S")
_FILL_IN = re.compile(r"[\w ./'#-]*")
_DEFAULT = re.compile(r"\bdefault\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_KEY = re.compile(r"\bkey\s*=\s*[\"']([^\"']+)[\"']")


def html_text(source: str) -> tuple[str, TextMap, tuple[Part, ...]]:
    """The text of an HTML body or page, its map, and the parts that markup shows: quotes, code, signatures.

    Links keep their words. Intercom's `<attribute key default/>` is written as its plain twin,
    `{{key|fallback:"default"}}`. Never raises; time grows with the length of the source.
    """
    page = _Page(source)
    at = 0
    while at < len(source):
        at = _step(page, at)
    for element in reversed(page.open):
        _ended(page, element)
    text, mapped = page.out.build()
    return text, mapped, tuple(_outermost(text, page.spans))


def read_html(path: str, source: str, options: ReadOptions) -> Iterator[Reply]:
    """One reply; mail quoted in it becomes the customer's message."""
    from empathy_lint.sources.bodies import body, channel_of
    from empathy_lint.sources.quoted import customer_words

    text, mapped, parts = body(source, "html", options.syntax)
    yield Reply(
        text=text,
        map=mapped,
        source=source,
        path=path,
        id=path,
        channel=channel_of(options),
        customer=options.customer or customer_words(text, parts),
        format="html",
        syntax=options.syntax,
        parts=parts,
    )


_NOWHERE = Span(0, 0)


class _Open(NamedTuple):
    """An open element; `start` is the length of the text when it opened."""

    tag: str
    start: int
    role: Role


@dataclass(slots=True)
class _Page:
    """What has been read so far, and the white space that waits for a word to follow it."""

    source: str
    out: MapBuilder = field(default_factory=MapBuilder)
    open: list[_Open] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    spans: list[tuple[Span, PartKind, str]] = field(default_factory=list)
    hidden: int = 0
    pre: int = 0
    breaks: int = 0
    broke: Span = _NOWHERE
    gap: Span | None = None
    bullet: Span | None = None


def _step(page: _Page, at: int) -> int:
    """Read one token at `at`; where the next one starts."""
    source = page.source
    if source[at] == "<":
        if tag := _TAG.match(source, at):
            return _tag(page, tag)
        if unseen := _HIDDEN.match(source, at):
            return unseen.end()
        _words(page, at, at + 1)
        return at + 1
    if source[at] == "&":
        return _entity(page, at)
    text = _TEXT.match(source, at)
    assert text is not None
    _words(page, at, text.end())
    return text.end()


def _entity(page: _Page, at: int) -> int:
    match = _ENTITY.match(page.source, at)
    end = match.end() if match else at + 1
    written = page.source[at:end]
    shown = unescape(written)
    if shown == written:
        _words(page, at, end)
    elif shown and not shown.strip() and not page.pre:
        page.gap = page.gap or Span(at, end)
    elif not page.hidden and (shown := shown.translate(_SHOWN)):
        _flush(page)
        page.out.put(shown, Span(at, end))
    return end


def _words(page: _Page, start: int, end: int) -> None:
    """Copy source[start:end] with its white space collapsed, as a browser does outside `<pre>`."""
    if page.hidden:
        return
    if page.pre:
        for seen in _SEEN.finditer(page.source, start, end):
            _flush(page)
            page.out.copy(seen.group(), seen.start())
        return
    at = start
    for words in _WORDS.finditer(page.source, start, end):
        _white(page, at, words.start())
        _flush(page)
        page.out.copy(words.group(), words.start())
        at = words.end()
    _white(page, at, end)


def _white(page: _Page, start: int, end: int) -> None:
    if start < end and page.gap is None and page.source[start:end].strip(_UNSEEN):
        page.gap = Span(start, end)


def _flush(page: _Page) -> None:
    """Write the white space and the bullet that waited for a word."""
    if page.out.length and page.breaks:
        page.out.put("\n" * page.breaks, page.broke)
    elif page.out.length and page.gap and page.source[page.gap.start : page.gap.end] == " ":
        page.out.copy(" ", page.gap.start)
    elif page.out.length and page.gap:
        page.out.put(" ", page.gap)
    if page.bullet:
        page.out.put("- ", page.bullet)
    page.breaks, page.gap, page.bullet = 0, None, None


def _break(page: _Page, lines: int, tag: Span) -> None:
    page.breaks, page.broke, page.gap = max(page.breaks, lines), tag, None


def _tag(page: _Page, match: re.Match[str]) -> int:
    span, name, more = Span(*match.span()), match[2].lower(), match[3]
    if not match[1] and name not in HTML_TAGS and _FILL_IN.fullmatch(more) and "-" not in name and ":" not in name:
        _words(page, *span)
    elif match[1]:
        _close(page, name, span)
    elif name == "br":
        page.gap, page.broke = None, span
        page.breaks = min(page.breaks + 1, 2)
    elif name == "attribute":
        _attribute(page, span, more)
    else:
        return _open(page, name, more, span)
    return span.end


def _attribute(page: _Page, span: Span, more: str) -> None:
    key, default = _KEY.search(more), _DEFAULT.search(more)
    if page.hidden or not key:
        return
    value = unescape((default[1] or default[2] or "") if default else "")
    _flush(page)
    start = page.out.length
    page.out.put(f'{{{{{key[1]}|fallback:"{value}"}}}}' if value else f"{{{{{key[1]}}}}}", span)
    page.spans.append((Span(start, page.out.length), "placeholder", key[1]))


def _open(page: _Page, name: str, more: str, tag: Span) -> int:
    if (page.open and page.open[-1].tag == name and name in ("p", "li", "tr", "td", "th", "dt", "dd", "option")) or (
        page.open and page.open[-1].tag == "p" and name in PARAGRAPHS
    ):
        _pop(page)
    if lines := block(name):
        _break(page, lines, tag)
    what = role(name, more)
    if what == "quote-rest":
        page.spans.append((Span(page.out.length, -1), "quote", ""))
    if name in VOID or (more.endswith("/") and name not in HTML_TAGS):
        return tag.end
    if name == "li":
        page.bullet = tag
    page.open.append(_Open(name, page.out.length, what))
    page.counts[name] += 1
    page.hidden += what == "hidden"
    page.pre += name == "pre"
    return _raw_end(page, name, tag.end) if name in RAW else tag.end


def _raw_end(page: _Page, name: str, at: int) -> int:
    """Scripts, styles and the like hold no tags: on to their closing tag, or to the end."""
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(page.source, at)
    return found.start() if found else len(page.source)


def _close(page: _Page, name: str, tag: Span) -> None:
    if lines := block(name):
        _break(page, lines, tag)
    if name == "li":
        page.bullet = None
    while page.counts[name]:
        if _pop(page) == name:
            return


def _pop(page: _Page) -> str:
    element = page.open.pop()
    page.counts[element.tag] -= 1
    page.hidden -= element.role == "hidden"
    page.pre -= element.tag == "pre"
    _ended(page, element)
    return element.tag


def _ended(page: _Page, element: _Open) -> None:
    span = Span(element.start, page.out.length)
    match element.role:
        case "quote" | "signature" | "code" if span.start < span.end:
            page.spans.append((span, element.role, ""))


def _outermost(text: str, spans: list[tuple[Span, PartKind, str]]) -> list[Part]:
    """In text order without overlaps or outer white space; quotes with the line that introduces them, joined."""
    kept: list[Part] = []
    blank = _NOWHERE
    known = [(Span(start, len(text) if end < 0 else end), kind, name) for (start, end), kind, name in spans]
    for (start, end), kind, name in sorted(known, key=lambda item: (item[0].start, -item[0].end)):
        if not blank.start <= start <= blank.end:
            seen = _SEEN_CHAR.search(text, start)
            blank = Span(start, seen.start() if seen else len(text))
        first = max(start, blank.end)
        if first >= end or (kept and first < kept[-1].span.end):
            continue
        _keep(kept, Part(Span(first, end), kind, name), text)
    return kept


def _keep(kept: list[Part], part: Part, text: str) -> None:
    start, end = part.span
    if part.kind == "quote":
        start = attribution_before(text, start)
        if kept and kept[-1].kind == "quote" and not text[kept[-1].span.end : start].strip():
            start = kept.pop().span.start
    kept.append(Part(Span(start, end), part.kind, part.name))
