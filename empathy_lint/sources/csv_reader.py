"""CSV and TSV: a record a row, under the names of the header row.

Its own scanner, for the standard reader keeps no places. `;`, tab and `|` separate too; spreadsheets write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_lint.model import InputError, Reply, Skipped
from empathy_lint.offsets import MapBuilder, Span, TextMap
from empathy_lint.sources.json_reader import or_nothing
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.records import replies
from empathy_lint.sources.tree import Document, Leaf, Node

_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """The replies of a table. Raises InputError at the line of an open quote or of a row that is too long."""
    rows = _rows(path, source)
    header = [cell.text.strip() for cell in next(rows, [])]
    root: list[Node] = [_record(path, source, header, row) for row in rows]
    yield from or_nothing(path, replies(Document(path, source, root, cell_map, "csv"), options))


def _record(path: str, source: str, header: list[str], row: list[Leaf]) -> Node:
    if any(cell.text.strip() for cell in row[len(header) :]):
        line = source.count("\n", 0, row[0].start) + 1
        raise InputError(path, f"a row of {len(row)} cells under a header of {len(header)}", line)
    return dict(zip(header, row, strict=False))


def _rows(path: str, source: str) -> Iterator[list[Leaf]]:
    said = _SEP_LINE.match(source)
    at = said.end() if said else 0
    cell_pattern = _cells(said[1] if said else _separator(source))
    row: list[Leaf] = []
    while at < len(source) or row:
        match = cell_pattern.match(source, at)
        if match is None:
            line = source.count("\n", 0, at) + 1
            raise InputError(path, "broken CSV: a quote that does not end, or text after one", line)
        row.append(_cell(match))
        at = match.end()
        if match["end"] not in _SEPARATORS or not match["end"]:
            if len(row) > 1 or row[0].text:
                yield row
            row = []


def _cells(separator: str) -> re.Pattern[str]:
    sep = re.escape(separator)
    return re.compile(
        rf'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"[ \t]*|(?P<bare>[^"{sep}\r\n][^{sep}\r\n]*|))(?P<end>{sep}|\r\n|\n|\r|\Z)'
    )


def _separator(source: str) -> str:
    """The one that the header row has most of; a comma when it has none."""
    head = source[: source.find("\n") if "\n" in source else len(source)]
    return max(_SEPARATORS, key=head.count)


def _cell(match: re.Match[str]) -> Leaf:
    if match["quoted"] is not None:
        return Leaf(match["quoted"].replace('""', '"'), match.start("quoted") - 1, match.end("quoted") + 1, '"')
    return Leaf(match["bare"], *match.span("bare"))


def cell_map(source: str, leaf: Leaf) -> tuple[TextMap, bool]:
    """The way from a cell's text to the file, doubled quotes one by one."""
    quoted = leaf.style == '"'
    start, end = leaf.start + quoted, leaf.end - quoted
    if end - start == len(leaf.text):
        return TextMap.identity(len(leaf.text), start), True
    builder, at = MapBuilder(), start
    while (double := source.find('""', at, end)) >= 0:
        builder.copy(source[at:double], at)
        builder.put('"', Span(double, double + 2))
        at = double + 2
    builder.copy(source[at:end], at)
    return builder.build()[1], True
