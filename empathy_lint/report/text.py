"""`text`: what a considerate colleague would say, reply by reply."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from empathy_lint.model import Finding, Report
from empathy_lint.report.excerpt import excerpt
from empathy_lint.report.groups import Group, by_reply
from empathy_lint.report.statistics import table
from empathy_lint.report.terminal import one_line, style
from empathy_lint.report.words import LABELS, PERHAPS, UNPROVED, could_not, left_alone, summary

INDENT = "    "
WIDTH = 104


def render(report: Report, *, color: bool = False, statistics: bool = False) -> str:
    """The report for a person; the last line sums it up."""
    blocks = ["\n".join(_reply(group, color)) for group in by_reply(report)]
    blocks += ["\n".join(style(line, "error", color) for line in could_not(report))] if report.problems else []
    blocks += [left_alone(report)] if report.skipped else []
    if statistics and report.findings:
        blocks.append(table(report))
    return "\n\n".join([*blocks, style(summary(report), "bold" if report.findings else "good", color)]) + "\n"


def _reply(group: Group, color: bool) -> Iterator[str]:
    for finding in group.findings:
        yield from _finding(finding, group, color)
        yield ""
    yield INDENT + one_line(group.question)


def _finding(finding: Finding, group: Group, color: bool) -> Iterator[str]:
    yield _head(finding, group, color)
    for line, marks in excerpt(finding, group.text):
        yield INDENT + line
        if marks:
            yield INDENT + style(marks, finding.level, color)
    label = f"{LABELS[finding.level]}:"
    said = _hanging(f"{label} ", finding.message)
    yield said.replace(label, style(label, finding.level, color), 1)
    for rewrite in finding.rewrites:
        yield _hanging(f"{PERHAPS}: ", rewrite)
    if not finding.exact:
        yield style(f"{INDENT}({UNPROVED})", "dim", color)


def _head(finding: Finding, group: Group, color: bool) -> str:
    """`path:line:column  title  [rule]`"""
    line, column = finding.location[0]
    place = style(f"{one_line(finding.path)}:{line}:{column}", "bold", color)
    rule = style(f"[{one_line(finding.rule)}]", "dim", color)
    return "  ".join(filter(None, [place, one_line(group.name), rule]))


def _hanging(label: str, text: str) -> str:
    """The text after its label, wrapped below itself."""
    lines = wrap(label + one_line(text), WIDTH - len(INDENT), break_long_words=False, break_on_hyphens=False,
                 subsequent_indent=" " * len(label) if len(label) < 18 else "  ")
    return "\n".join(INDENT + line for line in lines)
