"""Which slip of the hand a broken placeholder is, where there is only one that it can be."""

from __future__ import annotations

import re
from typing import NamedTuple

from empathy_lint.model import Reply
from empathy_lint.offsets import Span
from empathy_lint.sources.placeholders import TemplateFault
from empathy_lint.sources.systems import System, system

# The rules whose findings may have a mend.
RULES = ("malformed-placeholder", "unclosed-placeholder", "unknown-variable")

_NAME = r"[A-Za-z_][\w-]*(?:\.[\w-]+)*"
_ONE_BRACE = re.compile(rf"\{{\{{\s*{_NAME}\s*\}}|\{{\s*{_NAME}\s*\}}\}}")
_ONE_ANGLE = re.compile(r"<<\s*[A-Za-z]\w*\.\w+\s*>")
_OPEN_ENDED = re.compile(rf"(?P<mark>\{{\{{\s*|[#%]\{{)(?P<name>{_NAME})(?![^{{}}]*\|)")
_OPENLESS = re.compile(rf"(?P<name>{_NAME})\s?\}}\}}")
_PAIRED = re.compile(rf"\{{\{{\s*{_NAME}[^{{}}\n]*\}}\}}")
_SINGLE = re.compile(rf"(?<!\{{)\{{{_NAME}\}}(?!\}})")
_MALFORMED = re.compile(r"(?P<open>\{\{\s*)(?P<name>[A-Za-z_][\w.-]*?)(?P<tail>\.*)(?P<pipe>\s*\|)?(?P<close>\s*\}\})")
_DOUBLE_BRACED = ("liquid", "intercom", "freshdesk", "front")


class Mend(NamedTuple):
    """`new` belongs at `span` of the reply's own text."""

    span: Span
    new: str


def mend_of(reply: Reply, fault: TemplateFault) -> Mend | None:
    """The only mend of a fault; None where there is none, or a choice."""
    home = system(reply.format, reply.syntax)
    match fault.rule:
        case "malformed-placeholder":
            return _malformed(reply, fault.span, home)
        case "unclosed-placeholder":
            return _unclosed(reply, fault.span, home)
        case "unknown-variable":
            return _misspelt(reply, fault, home)
    return None


def _malformed(reply: Reply, span: Span, home: System | None) -> Mend | None:
    """`{{a..b}}`, `{{a.b.}}` and `{{a.b | }}`; empty braces could have meant anything."""
    match = _MALFORMED.fullmatch(reply.text, *span)
    if match is None:
        return None
    name = re.sub(r"\.{2,}", ".", match["name"])
    if home is not None and home.mistaken(name) is not None:
        return None
    return Mend(span, match["open"] + name + match["close"])


def _unclosed(reply: Reply, span: Span, home: System | None) -> Mend | None:
    written = reply.text[span.start : span.end]
    if _ONE_ANGLE.fullmatch(written):
        return Mend(span, written + ">")
    if _ONE_BRACE.fullmatch(written):
        if not _writes_two_braces(reply, home):
            return None
        return Mend(span, written + "}" if written.startswith("{{") else "{" + written)
    return _open_ended(reply.text, span, home) if home is not None else None


def _writes_two_braces(reply: Reply, home: System | None) -> bool:
    """Whether variables are `{{x}}` here and never `{x}`: else a brace too few may be a brace too many."""
    if _SINGLE.search(reply.source):
        return False
    return (home is not None and home.syntax in _DOUBLE_BRACED) or _PAIRED.search(reply.source) is not None


def _open_ended(text: str, span: Span, home: System) -> Mend | None:
    """One half of a pair is missing altogether. Where a name ends, only a known variable says."""
    match = _OPENLESS.fullmatch(text, *span)
    if match and match["name"] in home.known:
        return Mend(span, "{{" + text[span.start : span.end])
    match = _OPEN_ENDED.match(text, *span)
    if match is None or match["name"] not in home.known:
        return None
    braces = match["mark"].count("{")
    space = match["mark"][len(match["mark"].rstrip()) :]
    return Mend(Span(span.start, match.end()), match.group() + space + "}" * braces)


def _misspelt(reply: Reply, fault: TemplateFault, home: System | None) -> Mend | None:
    """A variable that is one slip away from exactly one known variable."""
    name = fault.slots.get("variable", "")
    close = [known for known in (home.known if home else ()) if "*" not in known and one_slip(name, known)]
    at = reply.text.find(name, *fault.span)
    if not name or len(close) != 1 or at < 0:
        return None
    return Mend(Span(at, at + len(name)), close[0])


def one_slip(written: str, meant: str) -> bool:
    """Whether two names differ by capitals only, or by one letter more, less, changed or swapped.

    A digit is no slip: `name2` may be a field of the account.
    """
    if written == meant:
        return False
    if written.lower() == meant.lower():
        return True
    a, b = _apart(written, meant)
    if not all(letter.isalpha() or letter == "_" for letter in a + b):
        return False
    return max(len(a), len(b)) <= 1 or (len(a) == 2 and a == b[::-1])


def _apart(a: str, b: str) -> tuple[str, str]:
    """Two words without what they begin and end with in common."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return a, b
