"""Text → HTML text. The only way by which anything from outside reaches the page."""

from __future__ import annotations

import re
from html import escape

from empathy_lint.report.terminal import visible

_LINE_END = re.compile(r"\r\n?")


def safe(text: str) -> str:
    """Fit for element content and quoted attributes; control characters are shown as marks."""
    return escape(visible(_LINE_END.sub("\n", text), keep="\n\t"), quote=True)


def clipped(text: str, room: int, keep_end: bool = False) -> str:
    """At most `room` characters; of a path the end says most."""
    if len(text) <= room:
        return text
    return "…" + text[-room + 1 :] if keep_end else text[: room - 1] + "…"
