"""A look at a repository: which files hold replies, how they were recognised, and a configuration to start with.

Nothing is written here. A file is taken for a library when it is an export of a helpdesk, or when several
of its texts speak to a reader; a text file only in a folder whose name says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from empathy_lint import discovery
from empathy_lint.config.keys import BASELINE
from empathy_lint.model import Channel, InputError, Reply, Skipped
from empathy_lint.sources import ReadOptions, read
from empathy_lint.sources.shapes import SHAPE_NAMES

Kind = Literal["replies", "other", "unread"]

# Larger files are data of another kind, or worth a person's look.
MOST_BYTES = 20_000_000
ATTRIBUTES = f"{BASELINE} merge=union\n"

_SPEAKS = re.compile(r"\b(?:you|your|yours|we|our|us|thanks?|hi|hello|dear|sorry)\b", re.IGNORECASE)
# Below this many a file of mappings may be anything, even if it speaks to its reader.
_FEWEST = 2
_SINGLE = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".eml", ".mbox"))
_DOCUMENTS = frozenset((".yaml", ".yml", ".json"))
_MACROS = re.compile(r"macro|canned|saved|snippet|template|response", re.IGNORECASE)
_DRAFTS = re.compile(r"draft|repl(?:y|ies)|outbox|sent|chat", re.IGNORECASE)
_NOT_REPLIES = re.compile(
    r"(?:readme|changelog|contributing|licen[cs]e|code_of_conduct|requirements|robots)\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a file seems to be. `route` is where its replies are, `[*]` for any; empty where that differs."""

    path: str
    kind: Kind
    format: str = ""
    route: str = ""
    replies: int = 0
    skipped: int = 0
    channel: Channel | None = None
    message: str = ""


class Table(NamedTuple):
    """One `[[sources]]` table: patterns, and what is not guessed in the same way without it."""

    files: tuple[str, ...]
    format: str
    route: str
    channel: Channel | None
    replies: int


def look_around(root: Path) -> tuple[Look, ...]:
    """Every recognised file below `root` that git does not ignore; paths start from `root`."""
    return tuple(_look(root, Path(file).relative_to(root)) for file in discovery.files([str(root)]))


def _look(root: Path, path: Path) -> Look:
    try:
        data = discovery.load(str(root / path))
        found = list(read(path.as_posix(), data, ReadOptions(max_bytes=MOST_BYTES)))
    except InputError as error:
        return Look(path.as_posix(), "unread", message=error.message)
    replies = [item for item in found if isinstance(item, Reply) and item.text.strip()]
    skipped = sum(isinstance(item, Skipped) for item in found)
    if not (replies or skipped) or not _is_library(path, replies):
        return Look(path.as_posix(), "other")
    form = replies[0].format if replies else ""
    known = form in SHAPE_NAMES
    return Look(
        path.as_posix(),
        "replies",
        form,
        "" if known else _route(replies),
        len(replies),
        skipped,
        _channel(path) if path.suffix.lower() in _SINGLE else None,
    )


def _is_library(path: Path, replies: list[Reply]) -> bool:
    if _NOT_REPLIES.fullmatch(path.name):
        return False
    if any(reply.format in SHAPE_NAMES for reply in replies):
        return True
    if path.suffix.lower() in _SINGLE:
        return any(pattern.search(part) for part in path.parts[:-1] for pattern in (_MACROS, _DRAFTS))
    speaking = sum(bool(_SPEAKS.search(reply.text)) for reply in replies)
    return len(replies) >= _FEWEST and speaking * 2 >= len(replies)


def _channel(path: Path) -> Channel | None:
    """What the folder's name says; a mail is a mail without being told."""
    folders = "/".join(path.parts[:-1])
    if _MACROS.search(folders):
        return "macro"
    return "chat" if "chat" in folders.lower() else None


def _route(replies: Iterable[Reply]) -> str:
    """The one route that all replies share, their numbers aside."""
    routes = {re.sub(r"\[\d+\]", "[*]", reply.route) for reply in replies}
    return routes.pop() if len(routes) == 1 else ""


def tables(looks: Iterable[Look]) -> tuple[Table, ...]:
    """A table for each folder and kind of file of which there is something to say beside its name.

    It has one pattern where that means no other file.
    """
    everything = list(looks)
    found = sorted((look for look in everything if look.kind == "replies"), key=_alike)
    made = (_table(list(group), everything) for _, group in groupby(found, _alike))
    return tuple(table for table in made if table.format or table.route or table.channel)


def _alike(look: Look) -> tuple[str, str, str, str, str]:
    return (*_place(look), look.format, look.route, look.channel or "")


def _place(look: Look) -> tuple[str, str]:
    """(folder, extension)"""
    path = PurePath(look.path)
    return path.parent.as_posix(), path.suffix


def _table(group: list[Look], everything: Iterable[Look]) -> Table:
    first = group[0]
    beside = [look for look in everything if _place(look) == _place(first)]
    folder, suffix = _place(first)
    alone = len(beside) > len(group) or (len(group) == 1 and suffix.lower() not in _SINGLE)
    files = tuple(f"/{_escaped(look.path)}" for look in group)
    pattern = f"/{_escaped(folder)}/*{suffix}" if folder != "." else f"/*{suffix}"
    replies = sum(look.replies for look in group)
    return Table(files if alone else (pattern,), _forced(first), _proved(first), first.channel, replies)


def _forced(look: Look) -> str:
    return look.format if look.format in SHAPE_NAMES else ""


def _proved(look: Look) -> str:
    """A route is worth naming only where it is a place in a document: a whole file has none."""
    return look.route if "[*]" in look.route and PurePath(look.path).suffix.lower() in _DOCUMENTS else ""


def _escaped(path: str) -> str:
    """A path as a gitignore pattern that means itself."""
    return re.sub(r"([\\*?\[\]!#])", r"\\\1", path)


def folders(looks: Iterable[Look]) -> tuple[str, ...]:
    """What to name on the command line: the top folders and files with replies in them."""
    parts = (PurePath(look.path).parts for look in looks if look.kind == "replies")
    return tuple(dict.fromkeys(each[0] + "/" * (len(each) > 1) for each in parts))


def starter(looks: Iterable[Look]) -> str:
    """The text of an `empathy-lint.toml`."""
    everything = list(looks)
    return "\n".join((*_head(_strangers(everything)), *map(_written, tables(everything))))


def _strangers(looks: Iterable[Look]) -> tuple[str, ...]:
    """Files that hold no replies, in folders that are checked."""
    everything = list(looks)
    mine = {folder for folder in folders(everything) if folder.endswith("/")}
    others = (look.path for look in everything if look.kind == "other")
    return tuple(f"/{_escaped(path)}" for path in others if f"{PurePath(path).parts[0]}/" in mine)


def _head(strangers: tuple[str, ...]) -> Iterator[str]:
    yield "# `empathy-lint config PATH` shows what is in force for a file, and where each value came from."
    yield ""
    yield "# The least level that fails a check: error, warning, hint or never."
    yield 'fail-on = "warning"'
    if strangers:
        yield "\n# No replies were seen in these."
        yield f"exclude = [{', '.join(map(_quoted, strangers))}]"
    yield ""


def _written(table: Table) -> str:
    lines = ["[[sources]]", f"files = {_listed(table.files)}"]
    lines += [f"format = {_quoted(table.format)}"] * bool(table.format)
    lines += [f"routes = {_quoted(table.route)}"] * bool(table.route)
    lines += [f"channel = {_quoted(table.channel)}"] if table.channel else []
    return "\n".join(lines) + "\n"


def _listed(values: tuple[str, ...]) -> str:
    return _quoted(values[0]) if len(values) == 1 else f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, DEL apart."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
