"""`markdown`: a comment for a pull request, within GitHub's limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from empathy_lint.model import Finding, Report
from empathy_lint.report.groups import Group, by_reply
from empathy_lint.report.statistics import rows as statistics_rows
from empathy_lint.report.terminal import one_line, visible
from empathy_lint.report.words import LABELS, PERHAPS, UNPROVED, could_not, left_alone, plural, summary

LIMIT = 65_536  # characters of a comment's body that GitHub's API accepts
MARKER = "<!-- empathy-lint -->"  # lets a workflow find its own comment and bring it up to date
AROUND = 160  # characters shown before and after the words
MARK = 600  # and of the words themselves

_SPECIAL = re.compile(r"([\\`*_\[\]#|~$]|:(?=[\w+-]+:))")
_PING = re.compile(r"(?<=[@#])(?=\w)")


def render(report: Report) -> str:
    """Heading, a block for each reply, a table, what could not be checked."""
    head = f"{MARKER}\n### {escape(summary(report))}\n"
    tail = "".join(_tail(report))
    blocks = [_reply(group) for group in by_reply(report)]
    room = LIMIT - _length(head) - _length(tail) - 200  # for the sentence about what was cut
    kept = _fitting(blocks, room)
    cut = len(blocks) - kept
    more = f"\n… and {plural(cut, 'more reply', 'more replies')}; `empathy-lint check` shows all.\n" if cut else ""
    return head + "".join(blocks[:kept]) + more + tail


def _length(text: str) -> int:
    """In UTF-16 units: the stricter way to count what the API calls characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(blocks: list[str], room: int) -> int:
    """How many of the blocks fit."""
    for index, block in enumerate(blocks):
        room -= _length(block)
        if room < 0:
            return index
    return len(blocks)


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, nobody is called by an @."""
    plain = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return _PING.sub("\u200b", _SPECIAL.sub(r"\\\1", plain))


def code(text: str) -> str:
    """A path or an id as code; a backtick inside would end it."""
    return f"`{one_line(text).replace('`', 'ˋ')}`"


def _reply(group: Group) -> str:
    first = group.first
    name = f"{escape(one_line(group.name))} · " if group.name else ""
    head = f"\n#### {name}{code(f'{first.path}:{first.location[0].line}')}\n"
    checks = "".join("\n".join(_finding(finding, group.text)) + "\n" for finding in group.findings)
    return f"{head}{checks}\n_{escape(one_line(group.question))}_\n"


def _finding(finding: Finding, text: str) -> Iterator[str]:
    yield f"\n> {_quote(finding, text)}\n"
    yield f"**{LABELS[finding.level]}** ({code(finding.rule)}): {escape(one_line(finding.message))}"
    for rewrite in finding.rewrites:
        yield f"- {PERHAPS}: {escape(one_line(rewrite))}"
    if not finding.exact:
        yield f"- {escape(UNPROVED)}"


def _quote(finding: Finding, text: str) -> str:
    """The words in bold with their surroundings, in one paragraph."""
    start, end = finding.span
    if not 0 <= start <= end <= len(text) or not text:
        text, start, end = finding.text, 0, len(finding.text)
    words = text[start:end].strip()
    start = text.index(words, start)
    end = start + len(words)
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    marked = f"<strong>{escape(one_line(_cut(words)))}</strong>" if words else "▸"
    cut = ("…" * (start > AROUND), "…" * (end + AROUND < len(text)))
    return "".join((cut[0], _side(before), marked, _side(after), cut[1]))


def _cut(words: str) -> str:
    return words if len(words) <= MARK else f"{words[: MARK // 2]} … {words[-MARK // 2 :]}"


def _side(text: str) -> str:
    """What stands beside the words, with the blank that parts them."""
    left, right = text[:1].isspace(), text[-1:].isspace()
    inner = escape(one_line(text))
    return f"{' ' * left}{inner}{' ' * right}" if inner else " " * (left or right)


def _tail(report: Report) -> Iterator[str]:
    if report.findings:
        yield from _table(report)
    problems = list(could_not(report))
    yield from (f"\n{escape(line[:500])}\n" for line in problems[:20])
    if problems[20:]:
        yield f"\nCould not check {len(problems) - 20:,} more files.\n"
    if report.skipped:
        yield f"\n{escape(left_alone(report))}\n"


def _table(report: Report) -> Iterator[str]:
    yield "\n<details><summary>By family and rule</summary>\n\n| findings | replies | |\n| ---: | ---: | --- |\n"
    for found, replies, name in statistics_rows(report):
        bold = "" if name.startswith(" ") else "**"
        yield f"| {found} | {replies} | {bold}{code(name.strip())}{bold} |\n"
    yield "\n</details>\n"
