"""Archives made of our own templates: as many rows as a test wants, the same ones every time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_OPENINGS = ("Hi {name},", "Hello {name}!", "Dear customer,", "", "Hey {name} 👋🏽")
_MIDDLES = (
    "I'm sorry your {thing} came without its lid, and that nobody picked up when you called.",
    "I'm sorry you feel that way about the {thing}.",
    "As I already told you, the {thing} is not covered by our policy.",
    "We can't send another {thing}.",
    "We can't send another {thing}, but I can refund the {price} today.",
    "Your {thing} left our depot at noon; it's with you by Thursday.",
    "Please write to [NAME] about the {thing} — it “never” arrived at the café.",
    "We apologise for any inconvenience. You should have read the page about the {thing}.",
    "We open at nine and close at six.",
)
_ENDINGS = ("Is that right?", "Someone will be in touch as soon as possible.", "Best,\nMaya", "", "READ THE TERMS!!")
_CUSTOMERS = (
    "My {thing} arrived broken and I paid {price} for it. I want my money back.",
    "When do you open?",
    "This is the third time I write about the {thing}. I'm really upset.",
    None,
)
_CHANNELS = ("email", "chat", "macro", None)


def rows(number: int) -> Iterator[dict[str, Any]]:
    """Every twentieth reply is missing or empty; no two templates repeat in step."""
    for each in range(number):
        words = {"name": f"Kim{each % 97}", "thing": f"kettle no. {each % 101}", "price": f"£{each % 89}.50"}

        def of(templates: Sequence[str | None], step: int, words: dict[str, str] = words, at: int = each) -> str | None:
            template = templates[at // step % len(templates)]
            return template and template.format(**words)

        parts = (of(_OPENINGS, 3), of(_MIDDLES, 1), of(_ENDINGS, 2))
        yield {
            "id": f"t-{each}",
            "channel": of(_CHANNELS, 7),
            "customer": of(_CUSTOMERS, 5),
            "reply": ("", None)[each % 2] if each % 20 > 18 else "\n\n".join(part for part in parts if part),
            "first_reply": (True, False, None)[each % 3],
        }


def write(path: Path, found: Sequence[dict[str, Any]]) -> Path:
    """The same rows in the format that the name asks for."""
    match path.suffix:
        case ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
        case ".csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, found[0])
                writer.writeheader()
                writer.writerows({name: _cell(value) for name, value in row.items()} for row in found)
        case _:
            import pyarrow as pa
            import pyarrow.parquet as pq

            pq.write_table(pa.Table.from_pylist(list(found)), path)
    return path


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def results(folder: Path) -> list[dict[str, Any]]:
    """The rows of all part files, in the order of the ids' numbers."""
    found = [row for part in sorted(folder.glob("part-*")) for row in _part(part)]
    return sorted(found, key=lambda row: (len(row["id"]), row["id"]))


def _part(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [_plain(row) for row in csv.DictReader(file)]
    if path.suffix in (".json", ".jsonl"):
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    import pyarrow.parquet as pq

    table: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()
    return table


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    nested = {name: json.loads(row[name]) for name in ("findings", "measures")}
    return {**row, **nested, "problem": row["problem"] or None}
