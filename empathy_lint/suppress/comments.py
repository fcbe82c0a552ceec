"""Suppressions as they are written: `empathy-lint: ignore closed-door -- legal wording` in a comment.

YAML has `#`, HTML and Markdown have `<!-- -->`, Liquid has `{% comment %}`. Where a format has no such
comment the customer would read the words, so there it is reported instead of obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from empathy_lint.offsets import Span
from empathy_lint.rulebook.strict import did_you_mean

Reach = Literal["line", "macro", "file"]
Style = Literal["hash", "html", "liquid"]

MARKER = "empathy-lint"
REACHES: dict[str, Reach] = {"ignore": "line", "ignore-macro": "macro", "ignore-file": "file"}
PATTERN = "empathy-lint: ignore RULE -- REASON"

# Only what is meant as an order: a comment may well speak of empathy-lint.
_BODY = r"(?P<body>empathy-lint(?:[ \t]*:|[ \t]+ignore)"
_STYLES: dict[Style, re.Pattern[str]] = {
    "hash": re.compile(rf"(?:^|(?<=[ \t]))#[ \t]*{_BODY}[^\r\n]*)", re.MULTILINE),
    "html": re.compile(rf"<!--\s*{_BODY}(?s:.){{0,1000}}?)\s*-->"),
    "liquid": re.compile(rf"\{{%-?\s*comment\s*-?%\}}\s*{_BODY}(?s:.){{0,1000}}?)\s*\{{%-?\s*endcomment\s*-?%\}}"),
}
_ORDER = re.compile(
    r"empathy-lint(?P<colon>\s*:)?\s*(?P<word>[\w-]*)\s*(?P<rules>.*?)(?:(?<!\S)--(?!\S)\s*(?P<reason>.*))?", re.DOTALL
)
_NONE = frozenset(("eml", "mbox"))


@dataclass(frozen=True, slots=True)
class Comment:
    """One suppression and its place in the source. `wrong` says what is wrong with it, if anything."""

    span: Span
    style: Style
    reach: Reach
    rules: tuple[str, ...]
    reason: str
    wrong: str = ""


def comments(source: str, path: str, form: str, shown: Iterable[Span] = ()) -> Iterator[Comment]:
    """The suppressions of a file in order. `shown` are the ranges of its replies' text."""
    styles, visible = _styles(path, form), tuple(shown)
    found = [(match, style) for style, pattern in _STYLES.items() for match in pattern.finditer(source)]
    for match, style in sorted(found, key=lambda item: item[0].start()):
        span = Span(*match.span())
        comment = _read(span, style, match["body"])
        if style not in styles or (style == "hash" and any(reply.holds(span) for reply in visible)):
            yield Comment(span, style, comment.reach, (), "", "this is no comment here: customers would read it")
        else:
            yield comment


def _styles(path: str, form: str) -> frozenset[Style]:
    if form in _NONE:
        return frozenset()
    if form == "yaml" or PurePath(path).suffix.lower() in (".yaml", ".yml"):
        return frozenset(("hash", "html", "liquid"))
    return frozenset(("liquid",)) if form == "text" else frozenset(("html", "liquid"))


def _read(span: Span, style: Style, body: str) -> Comment:
    order = _ORDER.fullmatch(body)
    assert order is not None
    rules = tuple(order["rules"].replace(",", " ").split())
    reason = " ".join((order["reason"] or "").split())
    return Comment(span, style, REACHES.get(order["word"], "line"), rules, reason, _wrong(order, rules, reason))


def _wrong(order: re.Match[str], rules: tuple[str, ...], reason: str) -> str:
    if not order["colon"]:
        return f"a colon belongs after the name: {PATTERN}"
    if order["word"] not in REACHES:
        hint = did_you_mean(order["word"], REACHES)
        return f"“{order['word']}” is none of {', '.join(REACHES)}.{hint}"
    if not rules:
        return f"it names no rule: {PATTERN}"
    return "" if reason else f"it gives no reason after “ -- ”: {PATTERN}"
