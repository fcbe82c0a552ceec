"""Findings → findings: those that a team has silenced, with a reason, are taken out.

A suppression that is malformed, names an unknown rule or silences nothing is a finding itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from empathy_lint.model import Finding, RulePage
from empathy_lint.suppress.comments import Comment, comments
from empathy_lint.suppress.own import PAGES, of_comment, of_route
from empathy_lint.suppress.routes import ByRoute, silences, speaks_of
from empathy_lint.suppress.seen import File, Seen
from empathy_lint.suppress.targets import target

__all__ = ["PAGES", "ByRoute", "Seen", "Silenced", "silence"]

# The ids of the rules that ran on a file, by its path.
Ran = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Silenced:
    """What is left to report, and what was silenced for which reason."""

    findings: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, str], ...]


def silence(
    findings: Iterable[Finding],
    seen: Seen,
    known: Collection[str],
    ran: Ran,
    by_route: Sequence[ByRoute] = (),
    pages: Mapping[str, RulePage] = PAGES,
    unused: bool = True,
) -> Silenced:
    """Take out what comments and `suppress` tables silence, and add findings about these themselves.

    `known` are all rule ids; a rule that did not run on a file is never called unused. `pages` are the
    rules of our own that are in force, with their levels. `unused` False when not every reply was looked at.
    Findings come file by file in the order seen, and in the order of their places within a file.
    """
    if not unused:
        pages = {name: page for name, page in pages.items() if name != "unused-suppression"}
    by_path: dict[str, list[Finding]] = {path: [] for path in seen.files}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    kept: list[Finding] = []
    taken: list[tuple[Finding, str]] = []
    used: set[tuple[ByRoute, str]] = set()
    for path, mine in by_path.items():
        left, gone, own = _in_file(seen.files.get(path), mine, known, ran, pages)
        left, gone_too = _by_route(left, by_route, used)
        kept += sorted((*left, *own), key=lambda finding: finding.location[0])
        taken += [*gone, *gone_too]
    for table in by_route:
        rules = [rule for rule in table.rules if (table, rule) not in used]
        kept += of_route(table, rules, known, speaks_of(table, rules, seen.files, ran), pages)
    return Silenced(tuple(kept), tuple(taken))


def _in_file(
    file: File | None, findings: list[Finding], known: Collection[str], ran: Ran, pages: Mapping[str, RulePage]
) -> tuple[list[Finding], list[tuple[Finding, str]], list[Finding]]:
    """(findings left, silenced ones with the reason, findings about the comments themselves)."""
    if file is None or not file.source:
        return findings, [], []
    orders = list(comments(file.source, file.path, file.format, (place.span for place in file.places)))
    taken: dict[int, str] = {}
    own: list[Finding] = []
    for comment in orders:
        hit = _hits(file, comment, findings)
        taken |= dict.fromkeys(hit, comment.reason)
        idle = set(comment.rules) & set(ran(file.path)) - {findings[index].rule for index in hit}
        own += of_comment(file, comment, known, idle, pages)
    left = [finding for index, finding in enumerate(findings) if index not in taken]
    return left, [(findings[index], reason) for index, reason in sorted(taken.items())], own


def _hits(file: File, comment: Comment, findings: Sequence[Finding]) -> list[int]:
    if comment.wrong:
        return []
    meant = target(file, comment)
    return [
        index for index, finding in enumerate(findings) if finding.rule in comment.rules and meant.covers(finding)
    ]


def _by_route(
    findings: Iterable[Finding], tables: Sequence[ByRoute], used: set[tuple[ByRoute, str]]
) -> tuple[list[Finding], list[tuple[Finding, str]]]:
    left, gone = list[Finding](), list[tuple[Finding, str]]()
    for finding in findings:
        tables_here = [table for table in tables if silences(table, finding)]
        used |= {(table, finding.rule) for table in tables_here}
        if tables_here:
            gone.append((finding, tables_here[0].reason))
        else:
            left.append(finding)
    return left, gone
