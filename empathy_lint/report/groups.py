"""Findings by reply, and the counts that every summary tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from empathy_lint.model import FAMILIES, Finding, ReplyRow, Report

GENERAL = "Would you tweak it in any way?"  # the default of `Finding.question`
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one reply. `text` is empty where the report does not carry the reply's text."""

    findings: tuple[Finding, ...]
    text: str

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def name(self) -> str:
        """What people call this reply: title, else id, else route; nothing where that is but the path."""
        name = self.first.title or self.first.reply_id or self.first.route
        return "" if name == self.first.path else name

    @property
    def question(self) -> str:
        """One question for all of them: the last that a rule asks of its own, else the general one."""
        questions = [finding.question for finding in self.findings]
        own = [question for question in questions if question != GENERAL]
        return (own or questions)[-1]


def key(item: Finding | ReplyRow) -> Key:
    """What makes a reply one reply: path, route, id."""
    return (item.path, item.route, item.reply_id if isinstance(item, Finding) else item.id)


def by_reply(report: Report) -> list[Group]:
    """The findings of each reply together, in the order in which the replies first come up."""
    texts = {key(row): row.text for row in report.replies if row.text}
    found: dict[Key, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(key(finding), []).append(finding)
    return [Group(tuple(findings), texts.get(place, "")) for place, findings in found.items()]


def counts(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes, the frequent ones first and equals by name."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def by_family(report: Report) -> dict[str, int]:
    """Findings per family, in the house's order; families without one are left out."""
    found = Counter(finding.family for finding in report.findings)
    order = [*FAMILIES, *sorted(set(found) - set(FAMILIES))]
    return {family: found[family] for family in order if found[family]}


def by_rule(report: Report) -> dict[str, int]:
    """Findings per rule, the frequent ones first."""
    return counts(finding.rule for finding in report.findings)
