"""Rules × what was heard → findings. One evaluator for every scope."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from empathy_lint.model import EmpathyLintError, Finding, Reply, Situation
from empathy_lint.offsets import LineIndex, Span
from empathy_lint.rulebook import Rule, SignalSpec
from empathy_lint.signals.detectors.thread import draft
from empathy_lint.signals.hear import Heard
from empathy_lint.signals.match import Hit
from empathy_lint.signals.needs import needed
from empathy_lint.signals.window import may_hold, satisfied, windows

_SLOT = re.compile(r"\{([^{}]+)\}")
# Findings show the words they saw; more than this many characters is no longer pointing.
MOST_SHOWN = 160
# The slot of a rewrite that is drafted from what the customer wrote (`empathy_lint/listening`).
DRAFT = "draft"


class JudgingError(EmpathyLintError):
    """A bug met while judging one reply: which file, which reply, which rule. The other replies go on."""

    def __init__(self, reply: Reply, rule: str, error: Exception) -> None:
        self.path, self.reply_id, self.rule = reply.path, reply.id, rule
        named = f" (reply {reply.id})" if reply.id and reply.id != reply.path else ""
        judged = f" by the rule {rule}" if rule else ""
        self.message = f"could not be judged{judged}{named}: {type(error).__name__}: {error}{_frame(error)}"
        super().__init__(f"{reply.path}: {self.message}")


def _rewrites(rule: Rule, fill: Callable[[str], str], known: Callable[[str], str | None]) -> tuple[str, ...]:
    """The rule's rewrites; where a sentence was drafted from the customer's own words, that one instead."""
    slot = f"{{{DRAFT}}}"
    if slot in rule.rewrites and known(DRAFT):
        return (fill(slot),)
    return tuple(fill(rewrite) for rewrite in rule.rewrites if rewrite != slot)


def _frame(error: Exception) -> str:
    """` (signals/detectors/care.py:12)`: where in this package it broke, without the way to it."""
    import traceback

    frames = [f for f in traceback.extract_tb(error.__traceback__) if "empathy_lint" in f.filename]
    if not frames:
        return ""
    return f" ({frames[-1].filename.rpartition('empathy_lint')[2].lstrip('/')}:{frames[-1].lineno})"


def situation(heard: Heard) -> Situation:
    """Difficult or routine, from both sides (GUIDELINE §1): the signal `difficult`."""
    return "difficult" if heard.has("difficult") else "routine"


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules filed under the signals without which they have nothing to say; the others are tried on every reply.

    So a reply costs hardly more with hundreds of rules (`tools/bench` measures it). Numbers keep their order.
    """

    always: Mapping[int, Rule]
    under: Mapping[str, Mapping[int, Rule]]


def planned(rules: Iterable[Rule], signals: Mapping[str, SignalSpec]) -> Plan:
    """File each rule under signals that are heard by patterns alone, if it needs one of them."""
    always: dict[int, Rule] = {}
    under: defaultdict[str, dict[int, Rule]] = defaultdict(dict)
    for number, rule in enumerate(rules):
        cues = needed(rule.find, signals)
        if not cues:
            always[number] = rule
        for name in cues:
            under[name][number] = rule
    return Plan(always, dict(under))


def due(plan: Plan, heard: Heard) -> list[Rule]:
    """The rules that may have something to say, in their order."""
    found = dict(plan.always)
    for name in heard.cued:
        found |= plan.under.get(name, {})
    return [found[number] for number in sorted(found)]


def evaluate(rules: Iterable[Rule], heard: Heard) -> Iterator[Finding]:
    """The findings of one reply, rule by rule, one for each window that meets the rule.

    Raises JudgingError where a rule, or a signal that it asks for, breaks.
    """
    for rule in rules:
        try:
            found = _findings(rule, heard)
        except Exception as error:
            raise JudgingError(heard.reply, rule.id, error) from error
        yield from found


def _findings(rule: Rule, heard: Heard) -> list[Finding]:
    if heard.reply.channel not in rule.channels or (rule.situation and rule.situation != situation(heard)):
        return []
    return [finding(rule, heard, hit) for hit in _places(rule, heard)]


def _places(rule: Rule, heard: Heard) -> Iterator[Hit]:
    if rule.scope == "thread" and heard.customer is None:
        return
    for window in windows(heard, rule.scope) if may_hold(heard, rule.find, rule.scope) else ():
        marks = satisfied(heard, rule.find, window, rule.mark)
        # One word about a sentence's tone is enough; a broken placeholder that is not shown goes out broken.
        yield from marks if rule.family == "template" else marks[:1]


def finding(rule: Rule, heard: Heard, hit: Hit) -> Finding:
    """A complete finding at `hit`. Slots named after a signal show what was heard of it."""
    own: Mapping[str, str] = heard.slots.get(hit, {})

    def known(name: str) -> str | None:
        if name in heard.ears.signals and heard.has(name):
            span = heard.span(heard.hits(name)[0])
            return shortened(heard.reply.text[span.start : span.end])
        return draft(heard) if name == DRAFT else own.get(name)

    return finding_at(rule, heard.reply, heard.span(hit), known)


def finding_at(rule: Rule, reply: Reply, span: Span, known: Callable[[str], str | None]) -> Finding:
    """A complete finding at a place in the reply's text; `known` says what stands in a slot, if anything."""
    place = reply.map.source(span)
    lines = _line_index(reply.source)
    text = reply.text[span.start : span.end]
    told: dict[str, str] = {}

    def noted(name: str) -> str | None:
        words = known(name)
        return words if words is None else told.setdefault(name, words)

    def fill(template: str) -> str:
        return filled(template, lambda name: shortened(text) if name == "mark" else noted(name))

    message, rewrites = fill(rule.says), _rewrites(rule, fill, noted)

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
        text=text,
        message=message,
        rewrites=rewrites,
        question=rule.question,
        channel=reply.channel,
        title=reply.title,
        filled=tuple(told.items()),
    )


def located(finding: Finding, source: str) -> Finding:
    """The same finding with its lines and columns in `source`, of one whose reply came without its file."""
    lines, (start, end) = _line_index(source), finding.source_span
    return replace(finding, location=(lines.location(start), lines.location(end)))


def shortened(text: str) -> str:
    """One line of at most `MOST_SHOWN` characters, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else line[:MOST_SHOWN].rsplit(" ", 1)[0] + "…"


@lru_cache(maxsize=1)
def _line_index(source: str) -> LineIndex:
    """The replies of one file come one after another, so its lines are counted once."""
    return LineIndex(source)


def filled(template: str, known: Callable[[str], str | None]) -> str:
    """`template` with its {slots} filled; those nobody knows are left as [blanks] for the agent."""

    def fill(match: re.Match[str]) -> str:
        words = known(match.group(1))
        return f"[{match.group(1)}]" if words is None else words

    return _SLOT.sub(fill, template)
