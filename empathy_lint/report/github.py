"""`github`: workflow commands that GitHub Actions turns into annotations beside the lines.

GitHub shows ten annotations of each level a step; all of them stand in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Finding, Level, Problem, Report
from empathy_lint.report.terminal import one_line, visible
from empathy_lint.report.words import LABELS, advice, summary

COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "hint": "notice", "off": "notice"}


def render(report: Report) -> str:
    """A command a line, then a sentence for the log."""
    return "".join(f"{line}\n" for line in (*_commands(report), summary(report)))


def _commands(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield _command(COMMANDS[finding.level], _properties(finding), "\n".join(advice(finding)))
    for problem in report.problems:
        yield _command("error", _problem(problem), one_line(problem.message))


def _properties(finding: Finding) -> dict[str, str | int]:
    """Columns only within one line: GitHub refuses them otherwise."""
    start, end = finding.location
    columns = {"col": start.column, "endColumn": end.column} if start.line == end.line else {}
    return {
        "file": finding.path.replace("\\", "/"),
        "line": start.line,
        "endLine": end.line,
        **columns,
        "title": f"{LABELS[finding.level]} ({finding.rule})",
    }


def _problem(problem: Problem) -> dict[str, str | int]:
    return {"file": problem.path.replace("\\", "/"), "line": problem.line or 1, "title": "Could not check"}


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner unescapes it; anything else that controls a terminal is neutralised first."""
    safe = visible(text, keep="\r\n")
    return safe.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
