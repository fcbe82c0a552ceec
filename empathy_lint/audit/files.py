"""Archives on disk: a file, or a folder of part files as engines write them, streamed record by record."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple, cast

from empathy_lint.audit.columns import Columns, Record, record
from empathy_lint.model import EmpathyLintError, InputError

FORMATS = ("parquet", "jsonl", "csv")
_SUFFIXES = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv"}
# Rows taken from a Parquet file at a time.
_BATCH = 4096
# A cell as long as the longest file that `check` reads.
_LONGEST_CELL = 50_000_000
# How much of its file was read, in bytes or in rows.
Place = Callable[[], float]


class Read(NamedTuple):
    """A record, and the share of the archive that is read once it is, from 0 to 1."""

    record: Record
    share: float


def form(path: Path) -> str:
    """The format of an archive by the name of its first file. Raises InputError for an unknown one."""
    known = form_by_name(parts(path)[0].name)
    if not known:
        raise InputError(str(path), f"an archive is .{', .'.join(FORMATS)}, or a folder of such files")
    return known


def form_by_name(name: str) -> str:
    """One of `FORMATS`; empty where the name does not say it."""
    return _SUFFIXES.get(PurePath(name.removesuffix(".gz")).suffix.lower(), "")


def parts(path: Path) -> list[Path]:
    """The files of an archive in the order of their names; engines hide theirs behind `_` and `.`."""
    if not path.exists():
        raise InputError(str(path), "there is no such archive")
    found = [path] if path.is_file() else sorted(each for each in path.iterdir() if each.name[0] not in "._")
    if not found:
        raise InputError(str(path), "an empty folder is no archive")
    return found


def records(path: Path, form: str, columns: Columns) -> Iterator[Read]:
    """The records of an archive in order, one file after another.

    A row that can't be read is a record with a problem. Raises InputError for a missing column or a file that
    is no such archive, and EmpathyLintError where Parquet can't be read here.
    """
    reader = {"parquet": _parquet, "jsonl": _jsonl, "csv": _csv}[form]
    files = parts(path)
    sizes = [file.stat().st_size for file in files]
    whole, before = sum(sizes) or 1, 0
    for file, size in zip(files, sizes, strict=True):
        try:
            for each, share in reader(file, columns):
                yield Read(each, (before + size * share) / whole)
        except (ValueError, EOFError, OSError, zlib.error) as error:  # Arrow's errors are ValueErrors
            raise InputError(str(file), f"can't be read: {error}") from error
        before += size


@contextmanager
def _opened(file: Path) -> Iterator[tuple[BinaryIO, Place]]:
    """Its bytes, uncompressed, and how far it was read."""
    size = file.stat().st_size or 1
    with file.open("rb") as raw:
        if file.suffix == ".gz":
            with gzip.open(raw) as stream:
                yield cast(BinaryIO, stream), lambda: raw.tell() / size
        else:
            yield raw, lambda: raw.tell() / size


def _jsonl(file: Path, columns: Columns) -> Iterator[tuple[Record, float]]:
    with _opened(file) as (stream, place):
        lines = (line for line in stream if not line.isspace())
        first = next(lines, b"")
        where = columns.there(json_object(first) or {}, str(file)) if first else {}
        for line in chain([first] if first else [], lines):
            values = json_object(line)
            broken = Record("", None, problem="not a line of JSON")
            yield broken if values is None else record(values, where), place()


def json_object(line: bytes) -> dict[str, Any] | None:
    """One row; None where it is none. Numbers stay as they are written, for ids."""
    try:
        values = json.loads(line, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _csv(file: Path, columns: Columns) -> Iterator[tuple[Record, float]]:
    import io

    csv.field_size_limit(_LONGEST_CELL)
    with _opened(file) as (stream, place), io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text, strict=True)
        try:
            header = next(rows, [])
            where = columns.there(header, str(file))
            for row in rows:
                if row:
                    yield _cells(header, row, where), place()
        except csv.Error as error:
            raise InputError(str(file), f"broken CSV: {error}", rows.line_num) from error


def _cells(header: list[str], row: list[str], where: Mapping[str, str]) -> Record:
    if len(row) != len(header):
        return Record("", None, problem=f"a row of {len(row)} cells under a header of {len(header)}")
    return record(dict(zip(header, row, strict=True)), where)


def _parquet(file: Path, columns: Columns) -> Iterator[tuple[Record, float]]:
    with parquet().ParquetFile(file) as source:
        where = columns.there(source.schema_arrow.names, str(file))
        rows, done = source.metadata.num_rows or 1, 0
        for batch in source.iter_batches(_BATCH, columns=sorted(set(where.values()))):
            done += batch.num_rows
            yield from ((record(values, where), done / rows) for values in batch.to_pylist())


def parquet() -> Any:
    """`pyarrow.parquet`. Raises EmpathyLintError where it is not installed."""
    try:
        return import_module("pyarrow.parquet")
    except ImportError as error:
        raise EmpathyLintError("Parquet needs pyarrow: `pip install 'empathy-lint[archive]'`") from error
