"""Mends that a machine may make: a broken placeholder with exactly one obvious mend.

Words are never touched: feelings are never put in by a machine. A mend that could be another one is left to
a person, and so is every place that can't be proved (an escape inside it, `Reply.exact` false).
"""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from empathy_lint.model import Finding, InputError, Reply
from empathy_lint.offsets import Location, Span
from empathy_lint.slips import RULES, mend_of
from empathy_lint.sources import ReadOptions, read
from empathy_lint.sources.placeholders import TemplateFault, check_placeholders

__all__ = ["RULES", "Edit", "diff", "mended", "mends"]


class Edit(NamedTuple):
    """`old` gives way to `new`: at `span` of the decoded file, at `inside` of the reply's own text."""

    path: str
    span: Span
    old: str
    new: str
    rule: str
    route: str
    reply_id: str
    inside: Span
    at: Location


def mends(findings: Iterable[Finding], replies: Iterable[Reply]) -> tuple[Edit, ...]:
    """The edits for those findings that have one obvious mend, file by file, in order and apart."""
    wanted: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.rule in RULES and finding.exact:
            wanted.setdefault((finding.path, finding.route, finding.reply_id), []).append(finding)
    edits = [
        edit
        for reply in replies
        for edit in _of_reply(reply, wanted.get((reply.path, reply.route, reply.id), ()))
    ]
    return tuple(_apart(edits))


def _of_reply(reply: Reply, findings: Sequence[Finding]) -> Iterator[Edit]:
    faults = [*check_placeholders(reply)] if findings and reply.exact else []
    for fault in faults:
        found = next((f for f in findings if f.rule == fault.rule and f.span.overlaps(fault.span)), None)
        edit = _edit(reply, fault, found.location[0]) if found else None
        if edit and _heals(reply, edit):
            yield edit


def _edit(reply: Reply, fault: TemplateFault, at: Location) -> Edit | None:
    mend = mend_of(reply, fault)
    if mend is None:
        return None
    place = reply.map.source(mend.span)
    old = reply.text[mend.span.start : mend.span.end]
    if reply.source[place.start : place.end] != old:  # an escape or an entity: not the same characters
        return None
    return Edit(reply.path, place, old, mend.new, fault.rule, reply.route, reply.id, mend.span, at)


def _heals(reply: Reply, edit: Edit) -> bool:
    """Whether the reply has fewer faults afterwards, looked at as if it were met for the first time."""
    before = replace(reply, parts=())
    after = replace(before, text=_put(reply.text, [(edit.inside, edit.new)]))
    return _broken(after) < _broken(before)


def _broken(reply: Reply) -> int:
    return sum(fault.rule in RULES for fault in check_placeholders(reply))


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """In order; two that touch one place are one when they agree, else only the first is made."""
    ends: dict[str, int] = {}
    for edit in sorted(edits, key=lambda edit: (edit.path, edit.span)):
        if edit.span.start >= ends.get(edit.path, 0):
            ends[edit.path] = edit.span.end
            yield edit


def mended(path: str, data: bytes, edits: Sequence[Edit], options: ReadOptions) -> bytes:
    """The file's bytes with the edits made; encoding, byte order mark, newlines and all the rest as they were.

    Raises InputError where that can't be promised: the file changed since it was read, its encoding does not
    lead back to the same bytes, or its replies would then read otherwise than meant.
    """
    replies = _read(path, data, options)
    source = replies[0].source if replies else ""
    if any(source[edit.span.start : edit.span.end] != edit.old for edit in edits):
        raise InputError(path, "changed while it was read; nothing was mended")
    mark, encoding = _encoding(path, data, source)
    new = mark + _put(source, [(edit.span, edit.new) for edit in edits]).encode(encoding, "surrogateescape")
    if not {reply.text for reply in _read(path, new, options)} <= _expected(replies, edits):
        raise InputError(path, "would read otherwise than meant; nothing was mended")
    return new


def _read(path: str, data: bytes, options: ReadOptions) -> list[Reply]:
    return [item for item in read(path, data, options) if isinstance(item, Reply)]


def _expected(replies: Iterable[Reply], edits: Iterable[Edit]) -> set[str]:
    """What the replies should say afterwards."""
    mine: dict[tuple[str, str], list[tuple[Span, str]]] = {}
    for edit in edits:
        mine.setdefault((edit.route, edit.reply_id), []).append((edit.inside, edit.new))
    return {_put(reply.text, mine.get((reply.route, reply.id), ())) for reply in replies}


def _put(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    """`text` with stretches replaced."""
    chunks, at = list[str](), 0
    for span, new in sorted(changes):
        chunks += [text[at : span.start], new]
        at = span.end
    return "".join((*chunks, text[at:]))


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "cp1252"),
    (b"", "latin-1"),
)


def _encoding(path: str, data: bytes, source: str) -> tuple[bytes, str]:
    """The byte order mark and the encoding that lead from the decoded file back to its bytes."""
    for mark, encoding in _MARKS:
        try:
            if mark + source.encode(encoding, "surrogateescape") == data:
                return mark, encoding
        except UnicodeEncodeError:
            continue
    raise InputError(path, "its encoding can't be written back byte for byte; nothing was mended")


def diff(path: str, before: str, after: str) -> str:
    """A unified diff that `git apply` and `patch -p1` take."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends, broken at LF only, as patch does."""
    return [line + "\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.split("\n")[-1]) else [])
