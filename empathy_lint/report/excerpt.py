"""The lines of a reply that a finding is about, with the words underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_lint.model import Finding
from empathy_lint.offsets import Span
from empathy_lint.report.terminal import Cell, cells

COLUMNS = 100  # what fits beside a line number and a margin on most screens
LINES = 4  # of a longer span only the beginning and the end are shown
REACH = 400  # characters beside the words that are looked at: four times what can be shown
LONG_WORD = 16

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
Shown = tuple[str, str]


def excerpt(finding: Finding, text: str) -> list[Shown]:
    """(line, underline) pairs; the underline is empty below a line that stands for left out ones.

    `text` is the reply's text; where it is empty the words that were seen stand alone.
    """
    span = finding.span
    if not 0 <= span.start <= span.end <= len(text) or not text:
        text, span = finding.text, Span(0, len(finding.text))
    lines = _touched(text, span)
    cut = len(lines) - LINES + 1 if len(lines) > LINES else 0
    shown = [*lines[: LINES - 2], lines[-1]] if cut else lines
    pairs = [_marked(_near(text, line, span), span) for line in shown]
    return [*pairs[:-1], (f"… {cut:,} more lines …", ""), pairs[-1]] if cut else pairs


def _touched(text: str, span: Span) -> list[Span]:
    """The lines that the span touches and that hold anything."""
    begin = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    lines = []
    for line in _LINE.finditer(text, begin):
        if line.start() > begin and line.start() >= span.end:
            break
        if line[1].strip():
            lines.append(Span(*line.span(1)))
    return lines


def _near(text: str, line: Span, span: Span) -> list[Cell]:
    """The line as far as it may be shown: five megabytes in one line must not be measured."""
    low, high = max(line.start, span.start - REACH), min(line.end, span.end + REACH)
    if high - low <= 4 * REACH:
        return list(cells(text[low:high], low))
    return [*cells(text[low : low + 2 * REACH], low), *cells(text[high - 2 * REACH : high], high - 2 * REACH)]


def _marked(line: list[Cell], span: Span) -> Shown:
    """One line and its underline, no wider than `COLUMNS` and a bit for the ellipses."""
    inside = [index for index, cell in enumerate(line) if span.start <= cell.offset < span.end]
    inside = _trimmed(line, inside)
    if not inside:  # an empty span: point at the place
        inside = [min(sum(cell.offset < span.start for cell in line), len(line) - 1)]
    first, last = inside[0], inside[-1] + 1
    low, high = _at_words(line, first, last, *_window(line, first, last))
    shown = "".join(_folded(line, first, last, low, high))
    before = _columns(line[low:first]) + (2 if low else 0)
    marked = _columns(line[first:last])
    return (
        ("… " if low else "") + shown + (" …" if high < len(line) else ""),
        " " * before + "^" * max(min(marked, COLUMNS), 1),
    )


def _trimmed(line: list[Cell], inside: list[int]) -> list[int]:
    """Without the blanks at either end, which nobody wants to see underlined."""
    words = [index for index in inside if line[index].shown.strip()]
    return inside[inside.index(words[0]) : inside.index(words[-1]) + 1] if words else inside


def _columns(line: list[Cell]) -> int:
    return sum(cell.width for cell in line)


def _window(line: list[Cell], first: int, last: int) -> tuple[int, int]:
    """Which cells to show: the marked ones and as much around them as `COLUMNS` allows."""
    if _columns(line) <= COLUMNS:
        return 0, len(line)
    room = max(COLUMNS - _columns(line[first:last]), 0)
    low = _back(line, first, room // 2)
    high = _forth(line, last, room - _columns(line[low:first]))
    return _back(line, low, room - _columns(line[low:first]) - _columns(line[last:high])), high


def _at_words(line: list[Cell], first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """The window without the piece of a word at either end, unless the word is a very long one."""
    blanks = [index for index in range(low, high) if line[index].shown == " "]
    if low:
        low = next((index + 1 for index in blanks if index < min(first, low + LONG_WORD)), low)
    if high < len(line):
        high = next((index for index in reversed(blanks) if index >= max(last, high - LONG_WORD)), high)
    return low, high


def _back(line: list[Cell], index: int, room: int) -> int:
    while index and room >= line[index - 1].width:
        index -= 1
        room -= line[index].width
    return index


def _forth(line: list[Cell], index: int, room: int) -> int:
    while index < len(line) and room >= line[index].width:
        room -= line[index].width
        index += 1
    return index


def _folded(line: list[Cell], first: int, last: int, low: int, high: int) -> Iterator[str]:
    """The shown characters; words wider than the window lose their middle."""
    if _columns(line[first:last]) <= COLUMNS:
        yield from (cell.shown for cell in line[low:high])
        return
    head = _forth(line, first, COLUMNS * 2 // 3)
    tail = _back(line, last, COLUMNS - _columns(line[first:head]) - 3)
    gap = COLUMNS - _columns(line[first:head]) - _columns(line[tail:last])
    yield from (cell.shown for cell in (*line[low:first], *line[first:head]))
    yield "…".center(gap)
    yield from (cell.shown for cell in (*line[tail:last], *line[last:high]))
