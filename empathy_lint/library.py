"""Findings that only several macros together show: uneven fallbacks, twins that drifted apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empathy_lint.evaluate import finding_at
from empathy_lint.model import Finding, Reply
from empathy_lint.rulebook import Rule
from empathy_lint.sources.placeholders import check_library, words_for

# The rules that ask for a look at the whole library. Where neither is in force, no reply is kept.
RULES = ("mixed-fallback", "html-plain-drift")


def library_findings(rules: Iterable[Rule], replies: Iterable[Reply]) -> Iterator[Finding]:
    """What `check_library` sees in `replies`, for the rules in force and their channels."""
    wanted = {rule.id: rule for rule in rules if rule.id in RULES}
    for reply, fault in check_library(replies) if wanted else ():
        rule = wanted.get(fault.rule)
        if rule is not None and reply.channel in rule.channels:
            yield finding_at(rule, reply, fault.span, words_for(fault).get)
