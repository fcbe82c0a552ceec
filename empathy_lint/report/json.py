"""`json`: the contract that other programs read, version 1 (docs/schema/report-v1.schema.json).

One row a line, so that a diff of two reports reads well and a hundred thousand rows stay quick: the C
encoder of the standard library works only without indentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from empathy_lint import __version__
from empathy_lint.model import Finding, Problem, ReplyRow, Report
from empathy_lint.report.groups import by_family, by_rule

VERSION = 1
Row = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(report: Report) -> str:
    """The whole report as one JSON object."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same, row by row."""
    yield f'{{"version": {_encode(VERSION)},\n "tool": {_encode(tool(report))}'
    yield from _array("replies", (reply_row(row, report.with_signals) for row in report.replies))
    yield from _array("findings", map(finding_row, report.findings))
    yield from _array("problems", map(problem_row, report.problems))
    yield from _array("skipped", skipped_rows(report))
    yield f',\n "summary": {_encode(summary(report))}}}\n'


def line(row: Row) -> str:
    """One row as JSON in one line. Half a surrogate pair, which UTF-8 cannot hold, stays an escape."""
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", _encode(row))


def _array(name: str, rows: Iterable[Row]) -> Iterator[str]:
    yield f',\n "{name}": ['
    empty = True
    for row in rows:
        yield ("\n  " if empty else ",\n  ") + line(row)
        empty = False
    yield "]" if empty else "\n ]"


def tool(report: Report) -> Row:
    return {"name": "empathy-lint", "version": __version__, "pipeline": report.pipeline}


def reply_row(row: ReplyRow, with_signals: bool) -> Row:
    """One reply that was read; its text is not repeated."""
    signals = [{"name": heard.name, "start": heard.span.start, "end": heard.span.end} for heard in row.signals]
    return {
        "id": row.id,
        "path": row.path,
        "route": row.route,
        "title": row.title,
        "channel": row.channel,
        "situation": row.situation,
        **({"signals": signals} if with_signals else {}),
    }


def finding_row(finding: Finding) -> Row:
    """One reality check. `exact` false: the location is that of the whole value."""
    start, end = finding.location
    return {
        "rule": finding.rule,
        "family": finding.family,
        "level": finding.level,
        "certainty": finding.certainty,
        "reply_id": finding.reply_id,
        "path": finding.path,
        "route": finding.route,
        "title": finding.title,
        "start": finding.span.start,
        "end": finding.span.end,
        "location": {
            "start": {"line": start.line, "column": start.column},
            "end": {"line": end.line, "column": end.column},
        },
        "exact": finding.exact,
        "text": finding.text,
        "message": finding.message,
        "rewrites": finding.rewrites,
        "question": finding.question,
    }


def problem_row(problem: Problem) -> Row:
    return {"path": problem.path, "line": problem.line, "column": problem.column, "message": problem.message}


def skipped_rows(report: Report) -> list[Row]:
    return [{"path": each.path, "route": each.route, "why": each.why} for each in report.skipped]


def summary(report: Report) -> Row:
    return {
        "replies": len(report.replies),
        "findings": len(report.findings),
        "by_family": by_family(report),
        "by_rule": by_rule(report),
    }
