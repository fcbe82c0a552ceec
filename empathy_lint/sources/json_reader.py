"""JSON: exports and hand-made libraries; JSON Lines under the wrong name are read too."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import InputError, Reply, Skipped
from empathy_lint.sources import json_scan
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.records import replies
from empathy_lint.sources.tree import Document, Node

NOTHING = "no replies found; name their place with `routes`"


def read_json(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """The replies of a JSON file; one `Skipped` when no field of it is known to hold a reply.

    Raises InputError at the place of a syntax error.
    """
    try:
        root: Node = json_scan.parse(path, source)
    except InputError as error:
        if "Extra data" not in error.message:
            raise
        from empathy_lint.sources.jsonl import read_jsonl

        yield from read_jsonl(path, source, options)
        return
    yield from or_nothing(path, replies(Document(path, source, root, json_scan.exact_map, "json"), options))


def or_nothing(path: str, found: Iterator[Reply | Skipped]) -> Iterator[Reply | Skipped]:
    """The same, and a word about it where nothing was found: never a silent pass."""
    empty = True
    for each in found:
        empty = False
        yield each
    if empty:
        yield Skipped(path, "", NOTHING)
