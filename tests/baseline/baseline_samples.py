"""Rows and findings made by hand."""

from __future__ import annotations

import re

from empathy_lint.model import Finding, ReplyRow
from empathy_lint.offsets import Location, Span


def row(text: str, path: str = "a.yaml", route: str = "[0].body", name: str = "") -> ReplyRow:
    return ReplyRow(name or f"{path}#{route}", path, route, "macro", "routine", text=text)


def findings(reply: ReplyRow, rule: str = "closed-door", words: str = "We can't", line: int = 3) -> list[Finding]:
    """A finding of `rule` wherever `words` stand."""
    found = []
    for match in re.finditer(words, reply.text):
        place = (Location(line, 1), Location(line, 9))
        where = (reply.id, reply.path, reply.route, Span(*match.span()), place, Span(0, 0))
        found.append(Finding(rule, "offer", "warning", "high", *where, True, words, "", ()))
    return found
