"""What a suppression comment covers: lines, a macro, or the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from empathy_lint.model import Finding
from empathy_lint.offsets import LineIndex, Span
from empathy_lint.suppress.comments import Comment, Reach
from empathy_lint.suppress.seen import File, Place

_LINE = re.compile(r"[^\r\n]*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_ONLY_COMMENT = re.compile(r"(?:#.*|<!--.*-->|\{%-?\s*comment\b.*endcomment\s*-?%\})?")
_BLOCK_SCALAR = re.compile(r".*(?:^|[\s:-])[|>][-+0-9]{0,2}[ \t]*(?:#.*)?")
# What may stand between a body and a comment that belongs to it: tags, comments, escaped line ends.
_NOTHING = re.compile(r"(?>\s+|<!--(?s:.*?)-->|</?[A-Za-z][^<>]*>|\\[nrt])*+")


@dataclass(frozen=True, slots=True)
class Target:
    """The 1-based `line` of a line comment, and the replies that a comment means.

    A line comment that is `bound` covers its line of these replies only, any other its line and all of them.
    """

    reach: Reach
    line: int
    places: tuple[Place, ...]
    bound: bool

    def covers(self, finding: Finding) -> bool:
        """Whether a finding lies in what the comment means."""
        if self.reach == "file":
            return True
        mine = any(place.holds(finding) for place in self.places)
        if self.reach == "macro":
            return mine
        start, end = finding.location
        on_line = start.line <= self.line <= end.line
        return on_line and mine if self.bound else on_line or mine


def target(file: File, comment: Comment) -> Target:
    """What a comment of a file covers.

    A line comment covers its own line or, alone on one, the line below. A `#` can't stand inside a YAML
    value, so beside or above one it covers the value; inside a body a comment covers that body's line only.
    """
    if comment.reach == "file":
        return Target("file", 0, tuple(file.places), True)
    if comment.reach == "macro":
        return Target("macro", 0, _macro(file, comment), True)
    line = _line(file.source, comment)
    if comment.style == "hash":
        return Target("line", line, _values(file, line), False)
    attached = _attached(file, comment.span)
    return Target("line", line, (attached,) if attached else (), attached is not None)


def _line(source: str, comment: Comment) -> int:
    """The line that a line comment speaks of."""
    lines, rows = lines_of(source)
    first, last = lines.location(comment.span.start), lines.location(comment.span.end)
    before = source[comment.span.start - first.column + 1 : comment.span.start]
    after = _LINE.match(source, comment.span.end)
    if before.strip() or (after and after.group().strip()):
        return last.line
    below = range(last.line, len(rows))
    return next((row + 1 for row in below if not _ONLY_COMMENT.fullmatch(rows[row].strip())), last.line)


@lru_cache(maxsize=1)
def lines_of(source: str) -> tuple[LineIndex, list[str]]:
    """The comments of one file come one after another, so its lines are counted once."""
    return LineIndex(source), _LINE_BREAK.split(source)


def _values(file: File, line: int) -> tuple[Place, ...]:
    """The YAML values that begin or lie on a line; a block scalar begins on the line of its `|`."""
    lines, rows = lines_of(file.source)
    last = line
    if line <= len(rows) and _BLOCK_SCALAR.fullmatch(rows[line - 1]):
        last = next((row + 1 for row in range(line, len(rows)) if rows[row].strip()), line)
    return tuple(
        place
        for place in file.places
        if lines.location(place.span.start).line <= last and line <= lines.location(place.span.end).line
    )


def _macro(file: File, comment: Comment) -> tuple[Place, ...]:
    """The replies of the macro in which a comment stands or, above a macro, of that one."""
    mine = _attached(file, comment.span) if comment.style != "hash" else _beside(file, comment.span)
    mine = mine or _beside(file, comment.span)
    return tuple(place for place in file.places if mine and place.macro == mine.macro)


def _attached(file: File, span: Span) -> Place | None:
    """The reply that a comment stands in, or touches: readers leave a comment out at either end of a body."""
    before, after = _neighbours(file.places, span)
    for place in file.places:
        if place.span.holds(span):
            return place
    if after and _NOTHING.fullmatch(file.source, span.end, after.span.start):
        return after
    if before and _NOTHING.fullmatch(file.source, before.span.end, span.start):
        return before
    return None


def _beside(file: File, span: Span) -> Place | None:
    """The next reply, unless a line on the way there is indented less: then the comment ends a block."""
    before, after = _neighbours(file.places, span)
    if before is None or after is None:
        return after or before
    lines, rows = lines_of(file.source)
    own, there = lines.location(span.start).line, lines.location(after.span.start).line
    between = [row for row in rows[own:there] if row.strip() and not row.lstrip().startswith("#")]
    indent = _indent(rows[own - 1])
    return before if any(_indent(row) < indent for row in between) else after


def _neighbours(places: Sequence[Place], span: Span) -> tuple[Place | None, Place | None]:
    before = [place for place in places if place.span.end <= span.start]
    after = [place for place in places if place.span.start >= span.end]
    return (
        max(before, key=lambda place: place.span.end, default=None),
        min(after, key=lambda place: place.span.start, default=None),
    )


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
