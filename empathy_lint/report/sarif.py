"""`sarif` 2.1.0: for code scanning and every editor that reads it.

GitHub refuses a run with more than 25,000 results, so the gravest are kept and the file says that it was
cut. Fingerprints hold no word of a reply. `primaryLocationLineHash` is left to the uploader, which
computes it from the file and complains about a different one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from empathy_lint import __version__
from empathy_lint.model import LEVELS, Finding, Level, Problem, Report, RulePage
from empathy_lint.report.fingerprint import fingerprints
from empathy_lint.report.json import line
from empathy_lint.report.terminal import visible
from empathy_lint.report.words import advice, could_not, left_alone

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 25_000  # results a run, rules a run: the limits of GitHub code scanning
LEVELS_THERE: dict[Level, str] = {"error": "error", "warning": "warning", "hint": "note", "off": "none"}
SEVERITIES: dict[Level, str] = {**dict.fromkeys(LEVELS, "recommendation"), "error": "error", "warning": "warning"}

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
Node = dict[str, Any]


def render(report: Report) -> str:
    """One run as a SARIF log."""
    return line({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}) + "\n"


def _run(report: Report) -> Node:
    rules = _rules(report)
    index = {page.id: number for number, page in enumerate(rules)}
    marked = list(zip(report.findings, fingerprints(report.findings), strict=True))
    if len(marked) > RESULTS:
        marked = sorted(marked, key=lambda pair: LEVELS.index(pair[0].level))[:RESULTS]
    return {
        "tool": {"driver": _driver(report, rules)},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, mark, index[finding.rule]) for finding, mark in marked],
    }


def _rules(report: Report) -> list[RulePage]:
    """The pages of the rules, and a bare one for a rule that came without."""
    pages = dict(report.rules)
    for finding in report.findings:
        if finding.rule not in pages:
            pages[finding.rule] = RulePage(finding.rule, finding.family, finding.level, finding.rule, "")
    return list(pages.values())


def _driver(report: Report, rules: Sequence[RulePage]) -> Node:
    return {
        "name": "empathy-lint",
        "version": __version__,
        "semanticVersion": __version__,
        "properties": {"pipeline": report.pipeline},
        "rules": [_rule(page) for page in rules],
    }


def _rule(page: RulePage) -> Node:
    why = page.why.strip() or page.summary
    command = f"empathy-lint explain {page.id}"
    return {
        "id": page.id,
        "name": "".join(part.capitalize() for part in page.id.split("-")),
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{page.summary}\n\n{why}\n\nMore: {command}",
            "markdown": f"**{page.summary}**\n\n{why}\n\nMore: `{command}`",
        },
        "defaultConfiguration": {"level": LEVELS_THERE[page.level], "enabled": page.level != "off"},
        "properties": {"tags": ["empathy", page.family], "problem.severity": SEVERITIES[page.level]},
    }


def _result(finding: Finding, fingerprint: str, rule: int) -> Node:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": LEVELS_THERE[finding.level],
        "message": {"text": _text("\n".join(advice(finding)))},
        "locations": [_location(finding)],
        "partialFingerprints": {"empathyLint/v1": fingerprint},
        "properties": {
            "certainty": finding.certainty,
            "channel": finding.channel,
            "replyId": finding.reply_id,
            "exact": finding.exact,
        },
    }


def _text(text: str) -> str:
    """A plain message: what looks like an embedded link is none."""
    return _LINK.sub(r"\\[", visible(text, keep="\n"))


def _location(finding: Finding) -> Node:
    start, end = finding.location
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    names = [{"fullyQualifiedName": visible(finding.route)}] if finding.route else []
    return {
        "physicalLocation": {"artifactLocation": _artifact(finding.path), "region": region},
        **({"logicalLocations": names} if names else {}),
    }


def _artifact(path: str) -> Node:
    """A URI reference: relative to the repository, or `file:` for an absolute path."""
    if PureWindowsPath(path).drive or PurePosixPath(path).is_absolute():
        return {"uri": "file:///" + quote(path.replace("\\", "/").lstrip("/"), safe="/:", errors="surrogatepass")}
    relative = path.replace("\\", "/").removeprefix("./")
    return {"uri": quote(relative, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}


def _invocation(report: Report) -> Node:
    """Whether all was checked, and what a reader must know besides the results."""
    said = [*zip(report.problems, could_not(report), strict=True)]
    notes = [_note("error", text, problem) for problem, text in said]
    if len(report.findings) > RESULTS:
        notes.append(_note("warning", f"{len(report.findings):,} findings; this file holds the {RESULTS:,} gravest."))
    if report.skipped:
        notes.append(_note("note", left_alone(report)))
    return {"executionSuccessful": not report.problems, "toolExecutionNotifications": notes}


def _note(level: str, text: str, problem: Problem | None = None) -> Node:
    if not problem:
        return {"level": level, "message": {"text": _text(text)}}
    region = {"region": {"startLine": problem.line}} if problem.line else {}
    place = {"physicalLocation": {"artifactLocation": _artifact(problem.path), **region}}
    return {"level": level, "message": {"text": _text(text)}, "locations": [place]}
