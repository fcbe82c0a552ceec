"""`jsonl`: the rows of `json` one by one, each an object with its `type`, for pipes and logs."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Report
from empathy_lint.report.json import (
    VERSION,
    Row,
    finding_row,
    line,
    problem_rows,
    reply_row,
    skipped_rows,
    summary,
    tool,
)


def render(report: Report) -> str:
    """`report` first, `summary` last; between them `reply`, `finding`, `problem` and `skipped` rows."""
    return "".join(line(row) + "\n" for row in _rows(report))


def _rows(report: Report) -> Iterator[Row]:
    yield {"type": "report", "version": VERSION, "tool": tool(report)}
    for row in report.replies:
        yield {"type": "reply", **reply_row(row, report.with_signals)}
    for finding in report.findings:
        yield {"type": "finding", **finding_row(finding)}
    yield from ({"type": "problem", **row} for row in problem_rows(report))
    yield from ({"type": "skipped", **row} for row in skipped_rows(report))
    yield {"type": "summary", **summary(report)}
