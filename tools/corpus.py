"""The labelled corpus: our own texts in full; for the pool, which is not ours to print, only labels by id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "corpus"
POOL = Path(__file__).parents[2] / "shared" / "eval" / "pool.jsonl"


def items(pool: Path = POOL) -> list[dict[str, Any]]:
    """Labelled replies: `reply`, `customer`, `channel`, `first`, `sit`, `ack`, `offer`, and character spans
    C (trouble, in the customer's text), A, G, Q, R, O, B and T (in the reply). Pool rows come only where the
    pool lies at `pool`; many of them were read a second time, by somebody else, and come twice."""
    return [*_rows(HERE / "written.jsonl"), *_pool(pool, "pool.labels.jsonl"), *_pool(pool, "pool.second.jsonl")]


def sentences() -> list[tuple[str, str]]:
    """Our own single sentences with their tone: (kind, or `ok`; sentence)."""
    return [(row["k"], row["s"]) for file in sorted(HERE.glob("tone*.jsonl")) for row in _rows(file)]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _pool(pool: Path, labels: str) -> Iterator[dict[str, Any]]:
    if not pool.is_file():
        return
    texts = {row["id"]: row for row in _rows(pool)}
    for label in _rows(HERE / labels):
        text = texts[label["id"]]
        yield {**label, "reply": text["reply"], "customer": text["customer"], "channel": text["channel"],
               "first": text["first_reply"]}
