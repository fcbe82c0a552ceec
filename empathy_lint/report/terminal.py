"""How wide text stands on a terminal, and what must never reach one.

A reply is somebody else's text: an escape sequence in it could move the cursor, change the title or
hide a line. Control characters are shown as pictures, direction overrides as a replacement mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_TAB = 4
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"

STYLES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "hint": "36", "good": "32"}


def style(text: str, name: str, color: bool) -> str:
    """`text` in one of `STYLES`, or as it is where there is no colour."""
    return f"\x1b[{STYLES[name]}m{text}\x1b[0m" if color and text else text


def visible(text: str, keep: str = "") -> str:
    """The text with every control and direction character as a harmless mark; `keep` names exceptions."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else _picture(match[0]), text)


def one_line(text: str) -> str:
    """The text in one line, blanks joined, safe to print."""
    return visible(_SPACES.sub(" ", text).strip())


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "␤" if code in (0x2028, 0x2029) else "\ufffd"


class Cell(NamedTuple):
    """One character as it is shown, its columns, and its offset in the text it came from."""

    shown: str
    width: int
    offset: int


def cells(line: str, start: int = 0) -> Iterator[Cell]:
    """The characters of one line; `start` is the offset of the first. Tabs become spaces."""
    column, before, last = 0, "", 0
    for offset, char in enumerate(line, start):
        if char == "\t":
            shown, width = " " * (_TAB - column % _TAB), _TAB - column % _TAB
        else:
            shown, width = visible(char), _width(char, before, last)
        yield Cell(shown, width, offset)
        column, before, last = column + width, char, width or last


def width(text: str) -> int:
    """Columns that a line takes."""
    return sum(cell.width for cell in cells(text))


def _width(char: str, before: str, last: int) -> int:
    """Columns of a character after `before`, where `last` is the width of the last one that had any."""
    if char.isascii():
        return 1
    if char == _EMOJI_STYLE:  # asks for the wide picture of a narrow sign
        return 1 if last == 1 and before else 0
    if before == _JOINER or ("\U0001f3fb" <= char <= "\U0001f3ff" and last == 2):
        return 0
    if _UNSAFE.match(char):
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
