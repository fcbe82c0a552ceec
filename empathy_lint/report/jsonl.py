"""`jsonl`: the rows of `json` one by one, each an object with its `type`, for pipes and logs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empathy_lint.model import Finding, Problem, ReplyRow, Report
from empathy_lint.report.json import (
    VERSION,
    Row,
    finding_row,
    line,
    problem_row,
    reply_row,
    skipped_rows,
    summary,
    tool,
)


def render(report: Report) -> str:
    """`report` first, `summary` last; between them `reply`, `finding`, `problem` and `skipped` rows."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same, row by row."""
    return (line(row) + "\n" for row in _rows(report))


def _rows(report: Report) -> Iterator[Row]:
    yield {"type": "report", "version": VERSION, "tool": tool(report)}
    for row in report.replies:
        yield {"type": "reply", **reply_row(row, report.with_signals)}
    for finding in report.findings:
        yield {"type": "finding", **finding_row(finding)}
    yield from ({"type": "problem", **row} for row in map(problem_row, report.problems))
    yield from ({"type": "skipped", **row} for row in skipped_rows(report))
    yield {"type": "summary", **summary(report)}


def result_line(row: ReplyRow, findings: Iterable[Finding], with_signals: bool) -> str:
    """One reply with its findings in one object, for a stream of answers. No line end."""
    found = [finding_row(finding) for finding in findings]
    return line({"type": "reply", "version": VERSION, **reply_row(row, with_signals), "findings": found})


def problem_line(problem: Problem) -> str:
    """The answer to a line of which nothing can be said. No line end."""
    return line({"type": "problem", "version": VERSION, **problem_row(problem)})
