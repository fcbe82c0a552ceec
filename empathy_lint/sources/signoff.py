"""Where a reply signs off: the `-- ` rule, "Best regards," with a name, initials at the end of a chat message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_lint.offsets import Span

# A signature has at most this many lines below the words of farewell, each at most this long.
MOST_LINES = 8
LONGEST_LINE = 80
# Only this many characters at the end of a text are searched for words of farewell.
TAIL = 700

_FAREWELL = (
    r"(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|our) (?:regards|wishes|thanks)|all the best|best|regards"
    r"|cheers|sincerely|(?:yours|very) (?:sincerely|truly|faithfully)|respectfully|warmly|take care|talk soon"
    r"|thanks(?: (?:so much|again|a lot|in advance))?|thank you(?: (?:so much|again|very much))?|thx|ta"
    r"|mit freundlichen grüßen|(?:viele|liebe|beste|freundliche) grüße|(?:bien )?cordialement|bien à vous"
    r"|(?:un )?saludos?(?: cordiales)?|atentamente|cordiali saluti|met vriendelijke groet(?:en)?|groet(?:en|jes)?"
    r"|atenciosamente|abraços|med vänlig hälsning|hälsningar|mvh|venlig hilsen|pozdrawiam|z poważaniem)"
)
# A glance at a line's length is cheaper than to try every farewell on it.
_SHORT = rf"^(?=[^\n]{{1,{LONGEST_LINE}}}$)"
_ALONE = re.compile(rf"{_SHORT}[ \t*_]*{_FAREWELL}[ \t*_]*[,.!:–—-]{{0,3}}[ \t*_\r]*$", re.MULTILINE | re.IGNORECASE)
_WITH_NAME = re.compile(
    rf"{_SHORT}[ \t]*(?i:{_FAREWELL})[,!]?[ \t]*[–—-]?[ \t]*(?=[A-Z{{\[<%])([^\n]{{1,40}})$", re.MULTILINE
)
_RULE = re.compile(r"^(?:--[ ]?|—|–{2}|_{3,6})\r?\n", re.MULTILINE)
_DEVICE = re.compile(
    r"^[ \t]*(?:Sent from my |Sent from (?:Mail|Outlook|Yahoo|AOL|Samsung)|Get Outlook for |Sent via "
    r"|Von meinem \w+ gesendet|Envoyé de(?:puis)? mon |Enviado desde mi |Inviato da |Verstuurd vanaf )[^\n]{0,60}$",
    re.MULTILINE,
)
_INITIALS = re.compile(
    r"(?<!\S)\^[ ]?[A-Za-z][A-Za-z.]{0,24}\b\.?(?!\S)"
    r"|(?:(?<=\s)|(?<=[.!?)]))[*~/][ ]?[A-Z][A-Za-z.]{0,24}(?=[ \t\r]*(?:\s*https?://\S+[ \t\r]*)?(?:\n|\Z))"
    r"|(?:(?<=[.!?)\"'…]\s)|(?<=[.!?)\"'…])|(?<=\n)(?!- ))[-–—][ ]?"
    r"(?:[A-Z][a-z]{1,15}(?: [A-Z][a-z]*\.?)?|[A-Z]{2,3})(?=[ \t\r]*(?:\n|\Z))"
)
_FILL_IN = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|[#%$]?\{[^{}\n]*\}|<<?[^<>\n]+>>?|\[[^\[\]\n]+\]")
_NAME_WORD = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž\d][\w.'’&@+-]*|of|the|at|from|and|for|your|in|on|de|van|von|la|du|[|&·•/–—-]+)[,.:]?"
)
_POSTSCRIPT = re.compile(r"[ \t]*(?:P\.?\s?S\.?|PPS|NB)\b", re.IGNORECASE)


def signatures(text: str, end: int) -> list[Span]:
    """Signatures in text[:end], in order. `end` is where a quoted mail below the reply begins."""
    found = [Span(*match.span()) for match in _INITIALS.finditer(text, 0, end)] if _may_initial(text) else []
    if "\n" not in text:
        return found
    block = next(_blocks(text, end), None)
    found += [Span(*match.span()) for match in _DEVICE.finditer(text, max(0, end - TAIL), end)]
    return sorted([*found, block] if block else found)


def _may_initial(text: str) -> bool:
    return any(mark in text for mark in ("^", "*", "~", "/", "-", "–", "—"))


def _blocks(text: str, end: int) -> Iterator[Span]:
    """The rule if there is one, else the first farewell of the tail that nothing but a signature follows."""
    from_ = text.rfind("\n", 0, max(0, end - TAIL)) + 1
    for match in _RULE.finditer(text, from_, end):
        yield Span(match.start(), end)
    for match in _ALONE.finditer(text, from_, end):
        if match.start() and (below := _name_lines(text, match.end(), end)) is not None:
            yield Span(match.start(), below)
    for match in _WITH_NAME.finditer(text, from_, end):
        if _is_name(match.group(1)) and (below := _name_lines(text, match.end(), end)) is not None:
            yield Span(match.start(), below)


def _name_lines(text: str, at: int, end: int) -> int | None:
    """Where the signature below a farewell ends; None when prose follows at once."""
    stop, count = at, 0
    while stop < end:
        line_end = text.find("\n", stop + 1, end)
        line = text[stop : line_end if line_end >= 0 else end]
        if line.strip():
            if _POSTSCRIPT.match(line.strip()) or _reads_on(line) or count == MOST_LINES:
                break
            if count == 0 and not _is_name(line):
                return None
            count += 1
        stop = line_end if line_end >= 0 else end
    return stop if count or not text[at:end].strip() else None


def _is_name(line: str) -> bool:
    words = _FILL_IN.sub("X", line).strip(" \t\r*_-–—~").split()
    return len(words) <= 9 and all(_NAME_WORD.fullmatch(word) for word in words)


def _reads_on(line: str) -> bool:
    """A sentence, or a line too long for a signature."""
    words = line.split()
    return len(line) > LONGEST_LINE or (len(words) > 5 and line.rstrip()[-1] in ".!?" and not _is_name(line))
