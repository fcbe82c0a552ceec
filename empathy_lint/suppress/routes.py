"""Suppressions of the configuration: by file, and by route or id where a format has no comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from empathy_lint.globs import Globs, matches
from empathy_lint.model import Finding


@dataclass(frozen=True, slots=True)
class ByRoute:
    """Rules silenced in the macros of some files; an empty `route` or `id` means any.

    `origin` is where it was written: the file and its 1-based line.
    """

    files: Globs
    route: str
    id: str
    rules: tuple[str, ...]
    reason: str
    origin: tuple[str, int]


def silences(table: ByRoute, finding: Finding) -> bool:
    """Whether a table silences a finding."""
    return (
        finding.rule in table.rules
        and (not table.route or _like(table.route, finding.route))
        and (not table.id or _like(table.id, finding.reply_id))
        and matches(table.files, finding.path)
    )


def _like(pattern: str, text: str) -> bool:
    """`*` stands for anything; brackets are those of routes, so this is no shell pattern."""
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)


def speaks_of(
    table: ByRoute, rules: Iterable[str], paths: Iterable[str], ran: Callable[[str], Collection[str]]
) -> set[str]:
    """Those of the rules that ran on a file which the table means."""
    mine = [path for path in paths if matches(table.files, path)]
    return {rule for rule in rules if any(rule in ran(path) for path in mine)}
