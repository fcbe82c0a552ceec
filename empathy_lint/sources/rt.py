"""Request Tracker templates: header lines, a blank line, the body."""

from __future__ import annotations

import re

from empathy_lint.sources.bodies import BodyFormat

_HEAD = re.compile(
    r"(?:[A-Za-z][A-Za-z-]*:[^\r\n]*(?:\r\n|\n|\r)(?:[ \t]+[^\r\n]*(?:\r\n|\n|\r))*)+[ \t]*(?:\r\n|\n|\r)"
)
_HTML = re.compile(r"^Content-Type:[ \t]*text/html", re.IGNORECASE | re.MULTILINE)
_MARK = re.compile(r"\{\s*\$\w+")


def split_template(text: str) -> tuple[int, BodyFormat]:
    """Where the body of a template begins, and its format. A template without headers begins with a blank line."""
    head = _HEAD.match(text)
    if head is None:
        return len(text) - len(text.lstrip("\r\n")), "plain"
    return head.end(), "html" if _HTML.search(head[0]) else "plain"


def is_template(text: str) -> bool:
    """Whether a text file is a template: headers first, Perl variables somewhere."""
    return _HEAD.match(text) is not None and _MARK.search(text) is not None
