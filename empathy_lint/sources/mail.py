"""Mail → replies: `.eml` and mbox. What the agent wrote is the reply, the mail quoted in it the customer's.

The MIME tree is cut by places in the file, not by the standard parser, which forgets them. A body that is
written plainly (7bit, 8bit) keeps every column; quoted-printable and base64 hide them, so there the whole
part is marked and the reply says `exact=False`. Headers are never part of a reply.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import HeaderParser
from typing import NamedTuple

from empathy_lint.model import InputError, Reply
from empathy_lint.offsets import Span, TextMap
from empathy_lint.sources.bodies import BodyFormat, body, channel_of
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.quoted import customer_words

# Deeper nesting is an attack: real mail was never seen with more than six levels.
DEEPEST = 20
# Parts looked at in one multipart, before a mail is given up.
MOST_PARTS = 1000
# Characters of headers read in one part.
LONGEST_HEADERS = 100_000

_BLANK_LINE = re.compile(r"^\r?$\n?", re.MULTILINE)
_HEADER = re.compile(r"[!-9;-~]+[ \t]*:|From ")
_ENVELOPE = re.compile(r"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d{2}:\d{2}[^\n]*\n")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*\Z")


class _Source(NamedTuple):
    """A decoded mail file; `codec` turns it back into its bytes, one stretch at a time."""

    path: str
    text: str
    codec: str

    def line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def error(self, at: int, message: str) -> InputError:
        return InputError(self.path, message, self.line(at))


class _Entity(NamedTuple):
    """A mail or a part of one: its headers, and where its body is in the file."""

    head: Message
    start: int
    body: Span


def read_eml(path: str, data: bytes, options: ReadOptions) -> Iterator[Reply]:
    """The one reply of a mail. InputError at the line of a mail that can't be read or has no text."""
    source = _decoded(path, data, options.max_bytes)
    yield _reply(source, Span(0, len(source.text)), options, path, "eml")


def read_mbox(path: str, data: bytes, options: ReadOptions) -> Iterator[Reply]:
    """A reply for each mail, in file order, with its number as route (`messages[3]`)."""
    source = _decoded(path, data, options.max_bytes)
    starts = [match.span() for match in _ENVELOPE.finditer(source.text)]
    if not starts:
        raise source.error(0, "no “From ” line; an mbox file was expected")
    ends = [start for start, _ in starts[1:]] + [len(source.text)]
    for number, ((_, start), end) in enumerate(zip(starts, ends, strict=True)):
        route = f"messages[{number}]"
        yield _reply(source, Span(start, end), options, f"{path}:{route}", "mbox", route)


def _decoded(path: str, data: bytes, most: int) -> _Source:
    """Mail that is not UTF-8 as a whole is read byte for byte; its parts say how they are encoded."""
    if len(data) > most:
        raise InputError(path, f"{len(data) / 1e6:.1f} MB; files of at most {most / 1e6:.0f} MB are read")
    data = data.removeprefix(codecs.BOM_UTF8)
    if (nul := data.find(0)) >= 0:
        raise InputError(path, "binary data (a NUL byte); a mail was expected", data.count(b"\n", 0, nul) + 1)
    try:
        return _Source(path, data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _Source(path, data.decode("latin-1"), "latin-1")


def _reply(source: _Source, span: Span, options: ReadOptions, name: str, form: str, route: str = "") -> Reply:
    mail = _entity(source, span)
    chosen = _text_part(source, mail, 0)
    if chosen is None:
        raise source.error(mail.start, "a mail without a text/plain or text/html part; there is nothing to read")
    written, to_file, exact = _content(source, chosen)
    text, to_body, parts = body(written, _form(chosen), options.syntax)
    return Reply(
        text=text,
        map=to_body.then(to_file),
        source=source.text,
        path=source.path,
        id=_header(mail.head, "message-id") or name,
        route=route,
        title=_header(mail.head, "subject"),
        channel=channel_of(options),
        customer=options.customer or customer_words(text, parts),
        format=form,
        syntax=options.syntax,
        parts=parts,
        exact=exact,
    )


def _entity(source: _Source, span: Span) -> _Entity:
    """Headers up to the first blank line, the body after it."""
    text = source.text
    if text.startswith(("\n", "\r\n"), span.start):
        blank = _BLANK_LINE.match(text, span.start)
    elif not _HEADER.match(text, span.start):
        raise source.error(span.start, "no mail headers; “Name: value” lines and a blank line were expected")
    else:
        blank = _BLANK_LINE.search(text, span.start, min(span.end, span.start + LONGEST_HEADERS))
    head_end, start = blank.span() if blank else (span.end, span.end)
    head = HeaderParser().parsestr(text[span.start : head_end])
    return _Entity(head, span.start, Span(min(start, span.end), span.end))


def _text_part(source: _Source, entity: _Entity, depth: int) -> _Entity | None:
    """The part that a reader sees: plain before HTML among alternatives, else the first that is text."""
    if entity.head.get_content_disposition() == "attachment":
        return None
    kind = entity.head.get_content_type()
    if not kind.startswith("multipart/"):
        return entity if kind in ("text/plain", "text/html") else None
    if depth == DEEPEST:
        raise source.error(entity.start, f"a mail with parts more than {DEEPEST} deep")
    found = (_text_part(source, child, depth + 1) for child in _children(source, entity))
    texts = (part for part in found if part is not None)
    if kind != "multipart/alternative":
        return next(texts, None)
    choices = list(texts)
    return next((part for part in choices if _form(part) == "plain"), choices[0] if choices else None)


def _children(source: _Source, entity: _Entity) -> Iterator[_Entity]:
    boundary = entity.head.get_boundary()
    if not boundary:
        raise source.error(entity.start, "a multipart mail that names no boundary")
    line = re.compile(rf"^--{re.escape(boundary)}(--)?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
    start = -1
    for number, match in enumerate(line.finditer(source.text, *entity.body)):
        if number > MOST_PARTS:
            raise source.error(match.start(), f"a mail with more than {MOST_PARTS} parts in one place")
        if start >= 0:
            yield _entity(source, Span(start, _before_line_end(source.text, start, match.start())))
        if match[1]:
            return
        start = match.end()
    if start < 0:
        raise source.error(entity.body.start, f"no part of this multipart mail begins with its boundary “--{boundary}”")
    yield _entity(source, Span(start, entity.body.end))


def _before_line_end(text: str, start: int, at: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    end = at - 1 if at > start and text[at - 1] == "\n" else at
    return end - 1 if end > start and text[end - 1] == "\r" else end


def _form(part: _Entity) -> BodyFormat:
    return "html" if part.head.get_content_type() == "text/html" else "plain"


def _content(source: _Source, part: _Entity) -> tuple[str, TextMap, bool]:
    """The decoded body of a part, its map into the file, and whether the map is exact."""
    written = source.text[part.body.start : part.body.end]
    coding = _header(part.head, "content-transfer-encoding").lower()
    charset = _charset(source, part)
    if coding in ("", "7bit", "8bit", "binary"):
        text = _as_text(source, part, written.encode(source.codec), charset)
        if len(text) == len(written):
            return text, TextMap.identity(len(text), part.body.start), True
    else:
        text = _as_text(source, part, _transfer_decoded(source, part, written, coding), charset)
    return text, TextMap.whole(len(text), part.body), not text


def _transfer_decoded(source: _Source, part: _Entity, written: str, coding: str) -> bytes:
    if coding == "quoted-printable":
        return quopri.decodestring(written.encode(source.codec))
    if coding != "base64":
        raise source.error(part.start, f"unknown Content-Transfer-Encoding “{coding}”")
    if not _BASE64.match(written):
        raise source.error(part.body.start, "broken base64 text")
    try:
        return binascii.a2b_base64(written.encode("ascii"))
    except binascii.Error as error:
        raise source.error(part.body.start, f"broken base64 text: {error}") from None


def _charset(source: _Source, part: _Entity) -> str:
    """The declared charset; ASCII, and none at all, are read as UTF-8, which they are where they hold."""
    name = str(part.head.get_content_charset("utf-8"))
    try:
        found = codecs.lookup(name).name
    except LookupError:
        raise source.error(part.start, f"unknown charset “{name}”") from None
    return "utf-8" if found == "ascii" else found


def _as_text(source: _Source, part: _Entity, data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        raise source.error(part.body.start, f"this part is not {charset}, as its headers say") from None


def _header(head: Message, name: str) -> str:
    """One header as a reader sees it, on one line; empty when there is none."""
    value = str(head.get(name, ""))
    with suppress(HeaderParseError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.split())
