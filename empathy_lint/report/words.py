"""The sentences that several formats say in the same way. Kind, concrete, short; never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Finding, Level, Problem, Report
from empathy_lint.report.groups import by_reply, counts
from empathy_lint.report.terminal import one_line

PERHAPS = "Perhaps"
UNPROVED = "The words are in this value; the exact place inside it couldn't be proved."
LABELS: dict[Level, str] = {
    "error": "Reality check, before it goes out",
    "warning": "Reality check",
    "hint": "Reality check, just a hint",
    "off": "Reality check",
}


def plural(number: int, one: str, many: str = "") -> str:
    """`1 reply`, `2 replies`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def summary(report: Report) -> str:
    """One kind sentence: `12 replies read, 3 reality checks in 2 of them.`"""
    if not report.replies:
        return "No replies here to read."
    read = f"{plural(len(report.replies), 'reply', 'replies')} read"
    if not report.findings:
        return f"{read}. Nothing I would change{' in what I could read' if report.problems else ''}."
    where = "it" if len(report.replies) == 1 else f"{len(by_reply(report)):,} of them"
    return f"{read}, {_amount(report)} in {where}."


def _amount(report: Report) -> str:
    """`3 reality checks and 1 hint`"""
    hints = sum(finding.level == "hint" for finding in report.findings)
    checks = len(report.findings) - hints
    amounts = [plural(checks, "reality check") if checks else "", plural(hints, "hint") if hints else ""]
    return " and ".join(filter(None, amounts))


def advice(finding: Finding) -> Iterator[str]:
    """Message, rewrites, doubt about the place, question: each one line."""
    yield one_line(finding.message)
    for rewrite in finding.rewrites:
        yield f"{PERHAPS}: {one_line(rewrite)}"
    if not finding.exact:
        yield f"({UNPROVED})"
    yield one_line(finding.question)


def place(problem: Problem) -> str:
    """`path:line:column`, as far as they are known."""
    return ":".join(str(part) for part in (one_line(problem.path), problem.line, problem.column) if part)


def could_not(report: Report) -> Iterator[str]:
    """`Could not check macros.yaml:3: …`"""
    for problem in report.problems:
        yield f"Could not check {place(problem)}: {one_line(problem.message)}"


def left_alone(report: Report) -> str:
    """How many replies were left unread, and why; empty where none was."""
    reasons = counts(one_line(each.why) for each in report.skipped)
    listed = ", ".join(f"{number:,} ({why})" for why, number in reasons.items())
    return f"Left alone: {listed}." if listed else ""
