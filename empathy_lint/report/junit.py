"""`junit`: XML that every CI server draws: a suite for each file, a case for each reply.

A hint never fails a case; it stands in the case's output. One failure a case, as most readers show only
the first: it lists all that was found in the reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from empathy_lint.model import Finding, ReplyRow, Report
from empathy_lint.report.groups import Key, by_reply, key
from empathy_lint.report.terminal import one_line, visible
from empathy_lint.report.words import LABELS, advice, could_not

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """An XML document in UTF-8."""
    root = ET.Element("testsuites", name="empathy-lint")
    found = {key(group.first): group.findings for group in by_reply(report)}
    for path, rows in _by_file(report.replies).items():
        _suite(root, path, rows, found)
    _problems(root, report)
    for count, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        root.set(count, str(len(list(root.iter(tag)))))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _by_file(rows: Iterable[ReplyRow]) -> dict[str, list[ReplyRow]]:
    files: dict[str, list[ReplyRow]] = {}
    for row in rows:
        files.setdefault(row.path, []).append(row)
    return files


def _suite(root: ET.Element, path: str, rows: list[ReplyRow], found: dict[Key, tuple[Finding, ...]]) -> None:
    suite = ET.SubElement(root, "testsuite", name=_xml(path), tests=str(len(rows)), errors="0")
    for row in rows:
        _case(suite, row, found.get(key(row), ()))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))


def _case(suite: ET.Element, row: ReplyRow, findings: tuple[Finding, ...]) -> None:
    name = row.title or row.id or row.route or row.path
    case = ET.SubElement(suite, "testcase", classname=_xml(row.path), name=_xml(name), file=_xml(row.path))
    checks = [finding for finding in findings if finding.level != "hint"]
    hints = [finding for finding in findings if finding.level == "hint"]
    if checks:
        case.set("line", str(checks[0].location[0].line))
        more = f" (and {len(checks) - 1} more)" if checks[1:] else ""
        failure = ET.SubElement(
            case, "failure", type=_xml(checks[0].rule), message=_xml(one_line(checks[0].message)) + more
        )
        failure.text = _said(checks)
    if hints:
        ET.SubElement(case, "system-out").text = _said(hints)


def _said(findings: Iterable[Finding]) -> str:
    return _xml("\n\n".join("\n".join((_head(finding), *advice(finding))) for finding in findings))


def _head(finding: Finding) -> str:
    line, column = finding.location[0]
    return f"{finding.path}:{line}:{column} {LABELS[finding.level]} [{finding.rule}]"


def _problems(root: ET.Element, report: Report) -> None:
    if not report.problems:
        return
    number = str(len(report.problems))
    suite = ET.SubElement(root, "testsuite", name="could not check", tests=number, errors=number, failures="0")
    for problem, said in zip(report.problems, could_not(report), strict=True):
        case = ET.SubElement(suite, "testcase", classname=_xml(problem.path), name="could not check")
        ET.SubElement(case, "error", type="could-not-check", message=_xml(said))


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 has no way to hold."""
    return _NOT_XML.sub("\ufffd", visible(text, keep="\n\t"))
