"""Rows of results → the bytes of one part file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from empathy_lint.audit.columns import FINDING, Row, flat
from empathy_lint.audit.files import parquet
from empathy_lint.audit.judge import MEASURE_NAMES

COLUMNS = ("id", "channel", "situation", "findings", "measures", "problem")


def data(form: str, rows: Sequence[Row]) -> bytes:
    """A file of one of `files.FORMATS`. In CSV the findings and measures are JSON, for a cell holds no list."""
    return {"parquet": _parquet, "jsonl": _jsonl, "csv": _csv}[form](rows)


def _jsonl(rows: Sequence[Row]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8", "backslashreplace")


def _csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(dict(flat(row)) for row in rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _parquet(rows: Sequence[Row]) -> bytes:
    import pyarrow as pa

    out = io.BytesIO()
    parquet().write_table(pa.Table.from_pylist(list(rows), schema=_schema()), out)
    return out.getvalue()


def _schema() -> Any:
    import pyarrow as pa

    types = {"string": pa.string(), "int": pa.int32()}
    finding = pa.struct([(name, types[kind]) for name, kind in FINDING.items()])
    measures = pa.struct([(name, pa.bool_()) for name in MEASURE_NAMES.values()])
    nested = {"findings": pa.list_(finding), "measures": measures}
    return pa.schema([(name, nested.get(name, pa.string())) for name in COLUMNS])
