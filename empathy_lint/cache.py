"""What was found in a file that has not changed since, without reading it as mail or YAML and without spaCy.

An entry holds no text. Findings are offsets, and a reply's own text is put together again from the places in
the file that it came from, which must give the hash that is kept. The name of an entry is the hash of all that a
finding depends on: the file's bytes, the code, the rules in force, how the file is read. A file whose replies
can't be told by offsets (mail in base64) is never kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from empathy_lint import store
from empathy_lint.evaluate import finding_at
from empathy_lint.model import Finding, Reply, ReplyRow, Signal, Skipped
from empathy_lint.offsets import Piece, Span, TextMap
from empathy_lint.rulebook import Rule

KIND = "findings"
# A stretch that was decoded (an entity, an escape, a folded line end) is kept as it is up to this length.
MOST_GLUE = 2
# An id, or the words of a message, are looked for this many characters around their reply, and in all of a file
# that is no longer than that: else the cost of a file would grow with the square of its length.
NEAR = 20_000
MOST_SEARCHED = 1_000_000


class NotKept(Exception):  # noqa: N818  (no error: this reply just isn't kept)
    """A reply that offsets alone can't tell."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file as an earlier run saw it. `replies` have a text and a map only where something was found."""

    source: str

    replies: tuple[Reply, ...]
    rows: tuple[ReplyRow, ...]
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]


def rules_key(book: str, rules: Iterable[Rule], *rest: object) -> str:
    """One name for the rules in force with all that they judge by. Empty where the book's contents are unknown."""
    return store.key(store.engine(), book, repr(tuple(rules)), repr(rest)) if book else ""


# Mail says its encodings itself: what offsets into it mean, only its reader knows.
UNKEPT = ("eml", "mbox")


def packed(reply: Reply, row: ReplyRow, findings: Sequence[Finding], whole: bool = False) -> str:
    """One reply as a line of JSON. `whole`: keep where its text stands even if nothing was found. May raise NotKept."""
    if reply.format in UNKEPT:
        raise NotKept
    body = _body(reply) if findings or whole else None
    told = [
        *(_ref(value, reply) for value in (reply.id, reply.title)),
        *(reply.route, reply.channel, reply.format, row.situation),
        [[signal.name, *signal.span] for signal in row.signals],
        body,
        [_packed_finding(finding, reply) for finding in findings],
    ]
    return json.dumps(told, ensure_ascii=True)


def keep(name: str, source: str, rows: Iterable[str], skipped: Iterable[Skipped]) -> None:
    """Put the entry of a file away. `source` is its decoded text, `rows` its `packed` replies."""
    left = json.dumps([[each.route, each.why] for each in skipped])
    store.put(KIND, name, f'["{store.key(source)}", {left}, [{", ".join(rows)}]]'.encode())


def look_up(name: str, path: str, source: str, rules: Mapping[str, Rule]) -> Kept | None:
    """The entry of a file with this decoded text; None where there is none that holds."""
    content = store.get(KIND, name)
    if content is None:
        return None
    try:
        hashed, skipped, rows = json.loads(content)
        if hashed != store.key(source):
            return None
        found = [_unpacked(row, path, source, rules) for row in rows]
    except (ValueError, TypeError, KeyError, IndexError, NotKept):
        return None
    return Kept(
        source,
        tuple(reply for reply, _, _ in found),
        tuple(row for _, row, _ in found),
        tuple(finding for _, _, findings in found for finding in findings),
        tuple(Skipped(path, route, why) for route, why in skipped),
    )


def _ref(value: str, reply: Reply) -> Any:
    """An id or a title: made from the path, a bare number, or a place in the file."""
    if value.startswith(reply.path):
        return [value[len(reply.path) :]]
    if not value or value.isdigit():
        return value
    at = _find(value, reply)
    if at < 0:
        raise NotKept
    return [at, len(value)]


def _find(words: str, reply: Reply) -> int:
    """Where these words stand in the file, -1 where nowhere."""
    pieces = reply.map.pieces
    start, end = (pieces[0].source.start, pieces[-1].source.end) if pieces else (0, 0)
    at = reply.source.find(words, max(start - NEAR, 0), end + NEAR)
    return reply.source.find(words) if at < 0 and len(reply.source) <= MOST_SEARCHED else at


def _deref(ref: Any, path: str, source: str) -> str:
    if isinstance(ref, str):
        return ref
    return path + ref[0] if len(ref) == 1 else source[ref[0] : ref[0] + ref[1]]


def _body(reply: Reply) -> Any:
    """The pieces of the map, the decoded ones with what they say, and the hash of the whole."""
    pieces: list[tuple[int | str, ...]] = []
    for piece in reply.map.pieces:
        text = reply.text[piece.text.start : piece.text.end]
        if reply.source[piece.source.start : piece.source.end] == text:
            pieces.append((*piece.source,))
        elif len(text) <= MOST_GLUE or not any(map(str.isalnum, text)):
            pieces.append((*piece.source, text))
        else:
            raise NotKept
    return [store.key(reply.text), pieces]


def _text(body: Any, source: str) -> tuple[str, TextMap]:
    told, pieces, at = [], [], 0
    for start, end, *glue in body[1]:
        text = glue[0] if glue else source[start:end]
        pieces.append(Piece(Span(at, at + len(text)), Span(start, end)))
        told.append(text)
        at += len(text)
    text = "".join(told)
    if store.key(text) != body[0]:
        raise NotKept
    return text, TextMap(tuple(pieces))


def _packed_finding(finding: Finding, reply: Reply) -> Any:
    slots = {name: _slot(words, reply) for name, words in finding.filled}
    return [finding.rule, *finding.span, slots, finding.exact]


def _slot(words: str, reply: Reply) -> Any:
    """The words of a slot as places in the file and, where they stand nowhere in it, as they are: our own words."""
    pieces, left = list[Any](), words.split(" ")
    while left:
        size, at = _longest(left, reply)
        if size:
            pieces.append([at, at + len(" ".join(left[:size]))])
        elif left[0] in _said(reply):
            raise NotKept  # their word, only written otherwise in the file
        else:
            pieces.append(left[0])
        left = left[size or 1 :]
    return pieces


def _longest(words: Sequence[str], reply: Reply) -> tuple[int, int]:
    """How many of the first words stand in the source as they are, and where."""
    size, at = 0, -1
    while size < len(words) and (found := _find(" ".join(words[: size + 1]), reply)) >= 0:
        size, at = size + 1, found
    return size, at


def _said(reply: Reply) -> set[str]:
    """Every word that somebody wrote."""
    texts = (reply.text, reply.customer, *(turn.text for turn in reply.earlier))
    return {word for text in texts for word in text.split()}


def _words(pieces: Any, source: str) -> str:
    return " ".join(piece if isinstance(piece, str) else source[slice(*piece)] for piece in pieces)


def _unpacked(told: Any, path: str, source: str, rules: Mapping[str, Rule]) -> tuple[Reply, ReplyRow, list[Finding]]:
    id_, title, route, channel, form, situation, signals, body, findings = told
    text, mapped = _text(body, source) if body else ("", TextMap(()))
    name, title = _deref(id_, path, source), _deref(title, path, source)
    # Without a map nobody can point into a reply, so its source is not needed either, but for suppressions.
    reply = Reply(text, mapped, source, path, name, route, title, channel, format=form)
    found = [_finding(finding, reply, rules) for finding in findings]
    heard = tuple(Signal(signal, Span(start, end)) for signal, start, end in signals)
    return reply, ReplyRow(name, path, route, channel, situation, heard, text if found else "", title), found


def _finding(told: Any, reply: Reply, rules: Mapping[str, Rule]) -> Finding:
    rule, start, end, slots, exact = told
    words = {name: _words(slot, reply.source) for name, slot in slots.items()}
    return finding_at(rules[rule], replace(reply, exact=exact), Span(start, end), words.get)
