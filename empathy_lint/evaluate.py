"""Rules × what was heard → findings. One evaluator for every scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from empathy_lint.model import Finding, Situation
from empathy_lint.offsets import LineIndex
from empathy_lint.rulebook import Rule
from empathy_lint.signals.hear import Heard
from empathy_lint.signals.match import Hit
from empathy_lint.signals.window import satisfied, windows

_SLOT = re.compile(r"\{([^{}]+)\}")
# Findings show the words they saw; more than this many characters is no longer pointing.
MOST_SHOWN = 160


def situation(heard: Heard) -> Situation:
    """Difficult or routine, from both sides (GUIDELINE §1): the signal `difficult`."""
    return "difficult" if heard.has("difficult") else "routine"


def evaluate(rules: Iterable[Rule], heard: Heard) -> Iterator[Finding]:
    """The findings of one reply, rule by rule, one for each window that meets the rule."""
    for rule in rules:
        if heard.reply.channel in rule.channels and rule.situation in (None, situation(heard)):
            for hit in _places(rule, heard):
                yield finding(rule, heard, hit)


def _places(rule: Rule, heard: Heard) -> Iterator[Hit]:
    if rule.scope == "thread" and heard.customer is None:
        return
    for window in windows(heard, rule.scope):
        marks = satisfied(heard, rule.find, window, rule.mark)
        if marks:
            yield marks[0]


def finding(rule: Rule, heard: Heard, hit: Hit) -> Finding:
    """A complete finding at `hit`."""
    reply, span = heard.reply, heard.span(hit)
    place = reply.map.source(span)
    lines = _line_index(reply.source)
    words = shortened(reply.text[span.start : span.end])
    return Finding(
        rule=rule.id,
        family=rule.family,
        level=rule.level,
        certainty=rule.certainty,
        reply_id=reply.id,
        path=reply.path,
        route=reply.route,
        span=span,
        location=(lines.location(place.start), lines.location(place.end)),
        source_span=place,
        exact=reply.exact,
        text=reply.text[span.start : span.end],
        message=_filled(rule.says, heard, words),
        rewrites=tuple(_filled(rewrite, heard, words) for rewrite in rule.rewrites),
        question=rule.question,
        channel=reply.channel,
        title=reply.title,
    )


def shortened(text: str) -> str:
    """One line of at most `MOST_SHOWN` characters, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN].rsplit(" ", 1)[0] + "…"


@lru_cache(maxsize=1)
def _line_index(source: str) -> LineIndex:
    """The replies of one file come one after another, so its lines are counted once."""
    return LineIndex(source)


def _filled(template: str, heard: Heard, words: str) -> str:
    """Slots named after a signal show what was heard; others are left as [blanks] for the agent."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "mark":
            return words
        if name in heard.ears.signals and heard.has(name):
            span = heard.span(heard.hits(name)[0])
            return shortened(heard.reply.text[span.start : span.end])
        return str(heard.facts.get(name) or f"[{name}]")

    return _SLOT.sub(fill, template)
