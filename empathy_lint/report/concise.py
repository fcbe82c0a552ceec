"""`concise`: one line for each finding, as editors and `grep` like them."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Finding, Report
from empathy_lint.report.statistics import table
from empathy_lint.report.terminal import one_line, style
from empathy_lint.report.words import place, summary


def render(report: Report, *, color: bool = False, statistics: bool = False) -> str:
    """`path:line:column: level rule: message`; the last line sums up."""
    return "\n".join(_lines(report, color, statistics)) + "\n"


def _lines(report: Report, color: bool, statistics: bool) -> Iterator[str]:
    yield from (_finding(finding, color) for finding in report.findings)
    for problem in report.problems:
        yield f"{place(problem)}: {style('could not check', 'error', color)}: {one_line(problem.message)}"
    if statistics and report.findings:
        yield table(report)
    yield summary(report)


def _finding(finding: Finding, color: bool) -> str:
    line, column = finding.location[0]
    where = style(f"{one_line(finding.path)}:{line}:{column}", "bold", color)
    said = style(f"{finding.level} {one_line(finding.rule)}", finding.level, color)
    return f"{where}: {said}: {one_line(finding.message)}"
