"""JSON Lines: a reply a row, with what the customer wrote beside it."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import InputError, Reply, Skipped
from empathy_lint.sources import json_scan
from empathy_lint.sources.bodies import body, channel_of, composed
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.tree import Document, Leaf, Node, text_of

SHAPE = "{id, channel, customer, reply, first_reply}"


def read_jsonl(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """A reply for each row `{id, channel, customer, reply, first_reply}`, in order and lazily.

    An empty `reply` is still a reply. A row of another shape is read like a JSON file of its own.
    Raises InputError at the line of broken JSON, or of a row in which no reply can be found.
    """
    start, line = 0, 0
    while start < len(source):
        line += 1
        end = source.find("\n", start)
        end = len(source) if end < 0 else end
        if not source[start:end].isspace() and start < end:
            row = json_scan.parse(path, source, start, end)
            yield from _row(path, source, row, line, options)
        start = end + 1


def single(path: str, source: str, line: int, options: ReadOptions) -> Reply:
    """The reply of a row that came by itself, as line number `line`; its places are places in the row.

    Raises InputError for broken JSON, and for any other shape than `{id, channel, customer, reply, first_reply}`.
    """
    row = json_scan.parse(path, source)
    if not isinstance(row, dict) or "reply" not in row:
        raise InputError(path, f"a JSON object was expected, {SHAPE}", line)
    return _reply(path, source, row, _leaf(path, row, line), line, options)


def _row(path: str, source: str, row: Node, line: int, options: ReadOptions) -> Iterator[Reply | Skipped]:
    if not isinstance(row, dict):
        raise InputError(path, "a JSON object with a `reply` was expected", line)
    if options.routes or "reply" not in row:
        yield from _other_shape(path, source, row, line, options)
        return
    yield _reply(path, source, row, _leaf(path, row, line), line, options)


def _leaf(path: str, row: dict[str, Node], line: int) -> Leaf:
    reply = row["reply"]
    if not isinstance(reply, Leaf):
        raise InputError(path, "`reply` must be a string", line)
    return reply


def _reply(path: str, source: str, row: dict[str, Node], leaf: Leaf, line: int, options: ReadOptions) -> Reply:
    text, mapped, parts = body(leaf.text, "plain", options.syntax)
    first = row.get("first_reply")
    return Reply(
        text=text,
        map=composed(mapped, json_scan.text_map(source, leaf)),
        source=source,
        path=path,
        id=text_of(row.get("id")) or f"{path}#{line}",
        route=f"[{line - 1}].reply",
        title=text_of(row.get("title")),
        channel=channel_of(options, text_of(row.get("channel"))),
        customer=text_of(row.get("customer")) or options.customer,
        first=first if isinstance(first, bool) else None,
        language=text_of(row.get("language")),
        format="jsonl",
        syntax=options.syntax,
        parts=parts,
    )


def _other_shape(path: str, source: str, row: Node, line: int, options: ReadOptions) -> Iterator[Reply | Skipped]:
    from empathy_lint.sources.records import replies

    document = Document(path, source, row, json_scan.exact_map, "jsonl", prefix=f"[{line - 1}]")
    found = list(replies(document, options))
    if not found:
        raise InputError(path, f"a row without `reply`; expected {SHAPE}", line)
    yield from found
