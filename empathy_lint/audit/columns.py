"""One row of an archive: which columns are read, and what becomes of a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from empathy_lint.model import InputError

# One row of the results, ready for JSON, Arrow and pandas:
# {"id": str, "channel": str, "situation": "difficult" | "routine",
#  "findings": [{"rule": str, "family": str, "level": str, "start": int, "end": int}],
#  "measures": {name: bool | None}, "problem": str | None}
# `start` and `end` are half-open offsets, in code points, in the value of the reply's column. No text of a
# customer or an agent is in it. `measures` are the scorecard's, None where it does not ask about this reply.
Row = dict[str, Any]
FINDING = {"rule": "string", "family": "string", "level": "string", "start": "int", "end": "int"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns. `id` and `reply` must be there; of the others, those that are named otherwise."""

    id: str = "id"
    reply: str = "reply"
    customer: str = "customer"
    channel: str = "channel"
    first: str = "first_reply"

    def there(self, found: Collection[str], path: str) -> dict[str, str]:
        """What is read → its column, for the columns that are there. Raises InputError for one that must be."""
        wanted = {field.name: (getattr(self, field.name), field.default) for field in fields(self)}
        for what, (name, usual) in wanted.items():
            if name not in found and (what in ("id", "reply") or name != usual):
                raise InputError(path, _missing(what, name, found))
        return {what: name for what, (name, _) in wanted.items() if name in found}


def _missing(what: str, name: str, found: Collection[str]) -> str:
    there = ", ".join(sorted(found)) or "nothing"
    return f"no column “{name}”; there are: {there}. Name the right one with --{what}-column"


class Record(NamedTuple):
    """One row as it was read. `reply` None: it holds none. `problem`: why it could not be read."""

    id: str
    reply: str | None
    customer: str = ""
    channel: str = ""
    first: str = ""
    problem: str = ""


def record(values: Mapping[str, Any], where: Mapping[str, str]) -> Record:
    """A record from a row's values by column; `where` comes from `Columns.there`."""
    read = {what: text(values.get(name)) for what, name in where.items()}
    return Record(
        id=read["id"] or "",
        reply=read["reply"],
        customer=read.get("customer") or "",
        channel=read.get("channel") or "",
        first=read.get("first") or "",
    )


def text(value: Any) -> str | None:
    """A cell as text; None for what is missing, as JSON, Arrow and pandas say it."""
    if isinstance(value, str):
        # Half of a surrogate pair is no character: no file takes it. A question mark has its length.
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or value != value else str(value)


def flat(row: Row) -> Iterator[tuple[str, Any]]:
    """The cells of a results row where cells are plain: what is nested becomes JSON."""
    import json

    for name, value in row.items():
        yield name, json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
