"""`text`: what a considerate colleague would say, reply by reply."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from empathy_lint.model import Finding, Report
from empathy_lint.report.excerpt import excerpt
from empathy_lint.report.groups import Group, by_reply, counts, plural
from empathy_lint.report.statistics import table
from empathy_lint.report.terminal import one_line, style

INDENT = "    "
WIDTH = 104

UNPROVED = "(The words are in this value; the exact place inside it couldn't be proved.)"


def render(report: Report, *, color: bool = False, statistics: bool = False) -> str:
    """The report for a person; the last line sums it up."""
    blocks = ["\n".join(_reply(group, color)) for group in by_reply(report)]
    blocks += filter(None, ["\n".join(_could_not(report, color)), _left_alone(report)])
    if statistics and report.findings:
        blocks.append(table(report))
    return "\n\n".join([*blocks, style(summary(report), "bold" if report.findings else "good", color)]) + "\n"


def _reply(group: Group, color: bool) -> Iterator[str]:
    for finding in group.findings:
        yield from _finding(finding, group, color)
        yield ""
    yield INDENT + one_line(group.findings[-1].question)


def _finding(finding: Finding, group: Group, color: bool) -> Iterator[str]:
    yield _head(finding, group, color)
    for line, marks in excerpt(finding, group.text):
        yield INDENT + line
        if marks:
            yield INDENT + style(marks, finding.level, color)
    label = f"{_LABELS.get(finding.level, 'Reality check')}:"
    said = _hanging(f"{label} ", finding.message)
    yield said.replace(label, style(label, finding.level, color), 1)
    for rewrite in finding.rewrites:
        yield _hanging("Perhaps: ", rewrite)
    if not finding.exact:
        yield style(INDENT + UNPROVED, "dim", color)


_LABELS = {"hint": "Reality check, just a hint"}


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


def _could_not(report: Report, color: bool) -> Iterator[str]:
    for problem in report.problems:
        place = ":".join(str(part) for part in (one_line(problem.path), problem.line, problem.column) if part)
        yield style("Could not check", "error", color) + f" {place}: {one_line(problem.message)}"


def _left_alone(report: Report) -> str:
    """How many replies were left unread, and why."""
    if not report.skipped:
        return ""
    reasons = counts(one_line(each.why) for each in report.skipped)
    return f"Left alone: {', '.join(f'{number} {why}' for why, number in reasons.items())}."


def summary(report: Report) -> str:
    """One kind sentence: `12 replies read, 3 reality checks in 2 of them.`"""
    if not report.replies:
        return "No replies here to read."
    read = f"{plural(len(report.replies), 'reply', 'replies')} read"
    if not report.findings:
        return f"{read}. Nothing I would change{' in what I could read' if report.problems else ''}."
    touched = len(by_reply(report))
    where = "it" if len(report.replies) == 1 else f"{touched} of them"
    return f"{read}, {_amount(report)} in {where}."


def _amount(report: Report) -> str:
    """`3 reality checks and 1 hint`"""
    hints = sum(finding.level == "hint" for finding in report.findings)
    checks = len(report.findings) - hints
    amounts = [plural(checks, "reality check") if checks else "", plural(hints, "hint") if hints else ""]
    return " and ".join(filter(None, amounts))
