"""`gitlab`: a Code Quality report (the Code Climate issue format as far as GitLab reads it)."""

from __future__ import annotations

from typing import Any

from empathy_lint.model import Finding, Level, Problem, Report
from empathy_lint.report.fingerprint import digest, fingerprints
from empathy_lint.report.json import line
from empathy_lint.report.terminal import one_line
from empathy_lint.report.words import advice

SEVERITIES: dict[Level, str] = {"error": "major", "warning": "minor", "hint": "info", "off": "info"}


def render(report: Report) -> str:
    """A JSON array; a file that could not be checked is a `critical` entry, not a silence."""
    rows = [_row(finding, mark) for finding, mark in zip(report.findings, fingerprints(report.findings), strict=True)]
    rows += [_problem(problem, number) for number, problem in enumerate(report.problems)]
    return "[" + ",\n ".join(map(line, rows)) + "]\n"


def _row(finding: Finding, fingerprint: str) -> dict[str, Any]:
    start, end = finding.location
    return {
        "description": " ".join(advice(finding)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.level],
        "categories": ["Style"],
        "location": {"path": _path(finding.path), "lines": {"begin": start.line, "end": end.line}},
    }


def _problem(problem: Problem, number: int) -> dict[str, Any]:
    return {
        "description": f"Could not check: {one_line(problem.message)}",
        "check_name": "could-not-check",
        "fingerprint": digest(f"could-not-check {number} {problem.path}"),
        "severity": "critical",
        "categories": ["Bug Risk"],
        "location": {"path": _path(problem.path), "lines": {"begin": problem.line or 1}},
    }


def _path(path: str) -> str:
    """Relative to the repository and without `./`, as GitLab wants it."""
    return path.replace("\\", "/").removeprefix("./")
