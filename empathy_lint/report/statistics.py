"""A small table for people: how many findings of each family and rule."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Finding, Report
from empathy_lint.report.groups import by_family, counts, key
from empathy_lint.report.terminal import one_line

Row = tuple[str, str, str]


def table(report: Report) -> str:
    """`findings  replies  family / rule`, families in the house's order, frequent rules first."""
    listed = [("findings", "replies", "family and rule"), *rows(report)]
    return "\n".join(f"{found:>8}  {replies:>7}  {name}" for found, replies, name in listed)


def rows(report: Report) -> Iterator[Row]:
    """Findings, replies with one, and the name; rules are indented below their family."""
    for family in by_family(report):
        found = [finding for finding in report.findings if finding.family == family]
        yield _row(found, family)
        for rule in counts(finding.rule for finding in found):
            yield _row([finding for finding in found if finding.rule == rule], f"  {rule}")


def _row(found: list[Finding], name: str) -> Row:
    indent = name[: len(name) - len(name.lstrip())]
    return (str(len(found)), str(len({key(finding) for finding in found})), indent + one_line(name))
