"""The sentence that shows you heard: facts and wants in the agent's voice, for email and for chat.

Nothing is invented: apart from the frame, every word is the customer's. What can't be turned around safely is left
out; when nothing is left, the frame holds a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from empathy_lint.listening.asks import KNOW, ask
from empathy_lint.listening.clauses import Clause
from empathy_lint.listening.facts import Fact
from empathy_lint.listening.statement import LONGEST, dangling, felt_aloud, sound, statement
from empathy_lint.listening.wants import Want

TOGETHER = 32  # words of two facts
IN_ALL = 45  # words of all that is said again in an email
_WISHING = frozenset(("want", "like", "need", "please", "love"))
GAP = "___"


@dataclass(frozen=True, slots=True)
class Draft:
    """Both drafts. `blank` when they hold a gap."""

    email: str
    chat: str
    blank: bool


def draft(facts: Sequence[Fact], wants: Sequence[Want], felt: Sequence[Clause] = ()) -> Draft:
    """What to say before anything else. `facts` and `wants` come the most important first."""
    told = _told(facts)
    asked = _asked(wants)
    if asked:
        told = [one for one in told if one.worth >= 0]
    if not told and not asked:
        told = [Told(0.0, clause.start, said, False) for clause in felt if (said := felt_aloud(clause))][:1]
    if not told and not asked:
        return Draft(
            f"I'm hearing that {GAP}, and what you'd like is {GAP}. Did I get that right?",
            f"So {GAP}, is that right?",
            True,
        )
    return Draft(_email(told, asked), _chat(told, asked), False)


@dataclass(frozen=True, slots=True)
class Told:
    """One or two neighbouring facts in the agent's voice. `worth` has no unit; `start` is a token."""

    worth: float
    start: int
    text: str
    dangling: bool


def _told(facts: Sequence[Fact]) -> list[Told]:
    """At most two units that can be said again, in the order of the text."""
    units = sorted(_units(sorted(facts, key=lambda fact: fact.start)), key=lambda one: -one.worth)
    chosen = units[:1]
    if chosen and chosen[0].dangling:
        before = [one for one in units if one.start < chosen[0].start and not one.dangling]
        chosen += [one for one in sorted(before, key=lambda one: -one.start) if _size(one, chosen[0]) <= TOGETHER][:1]
        return sorted(chosen, key=lambda one: one.start)
    chosen += [one for one in units[1:] if _fits(one, chosen[0])][:1]
    return sorted(chosen, key=lambda one: one.start)


def _units(facts: Sequence[Fact]) -> list[Told]:
    """Facts of one sentence that stand side by side are said together: "you paid, yet it stays locked"."""
    units: list[Told] = []
    last: Fact | None = None
    for fact in facts:
        text = statement(fact)
        if not text:
            last = None
            continue
        one = Told(_worth(fact, text), fact.start, text, dangling(fact))
        if (
            last
            and units
            and (word := _between(last, fact))
            and _size(units[-1], one) <= LONGEST
            and f" {word} " not in units[-1].text
        ):
            units[-1] = _together(units[-1], word, one)
        else:
            units.append(one)
        last = fact
    return units


def _together(first: Told, word: str, second: Told) -> Told:
    return Told(max(first.worth, second.worth), first.start, f"{first.text}, {word} {second.text}", first.dangling)


def _between(first: Fact, second: Fact) -> str:
    """The customer's own word between two neighbours, "and" for a mark; "" when they aren't neighbours."""
    one, two = first.clause, second.clause
    if one.sentence != two.sentence or not 0 <= two.start - one.end <= 3:
        return ""
    word = re.sub(r"[^a-z ]", "", two.joint).strip()
    return word if word in ("but", "yet", "so", "and", "and yet", "but then") else "and"


def _size(*units: Told) -> int:
    return sum(len(one.text.split()) for one in units)


def _worth(fact: Fact, text: str) -> float:
    """How well it tells the story when said aloud: long ones, lists and loose ends count less."""
    long = 0.5 * (len(text.split()) > 20) + 0.2 * text.count(",")
    return fact.score - 2.0 * dangling(fact) - long - 0.7 * (" would " in text) - 1.5 * text.startswith("there goes")


def _fits(one: Told, first: Told) -> bool:
    early = one.dangling and one.start < first.start
    return not early and one.worth > 0.3 and one.worth > first.worth - 3.0 and _size(one, first) <= TOGETHER


def _asked(wants: Sequence[Want]) -> list[str]:
    """At most two wants that can be said again; never a second go at the first."""
    found = [(want, said) for want in wants if (said := sound(ask(want)))]
    full = [pair for pair in found if not _vague(*pair)] or found
    kept: list[tuple[set[str], str]] = []
    for want, said in full:
        known = _content(want)
        if not any(len(known & other) * 2 > min(len(known), len(other)) for other, _ in kept):
            kept.append((known, said))
    return [said for _, said in kept][:2]


def _vague(want: Want, said: str) -> bool:
    """ "avoid that", "what else there is", "advise": nothing to hold the customer to."""
    last = said.split()[-1]
    return (
        (last in ("that", "this", "it") and len(said.split()) < 8) or " what else " in said or want.end - want.start < 2
    )


def _content(want: Want) -> set[str]:
    tokens = want.clause.reading.doc[want.start : want.end]
    return {token.lemma_.lower() for token in tokens if token.is_alpha and not token.is_stop} - _WISHING


def _email(told: Sequence[Told], asked: Sequence[str]) -> str:
    told, asked = _short(told, asked)
    wants, facts = _listed(asked), _reported(told)
    if not told or not asked:
        return f"I'm hearing that {facts or wants}. Did I get that right?"
    if told[0].dangling or _points_back(told):
        return f"I'm hearing that {wants}, and that {facts}. Did I get that right?"
    if len(told) == 1 and len(asked) == 1:
        return f"I'm hearing that {facts}, and {wants}. Did I get that right?"
    return f"I'm hearing that {facts}. {wants[0].upper()}{wants[1:]}. Did I get that right?"


def _short(told: Sequence[Told], asked: Sequence[str]) -> tuple[Sequence[Told], Sequence[str]]:
    """Within `IN_ALL` words: the second want goes first, then the lesser fact."""
    size = _size(*told) + sum(len(want.split()) for want in asked)
    if size > IN_ALL and len(asked) > 1:
        return _short(told, asked[:1])
    if size > IN_ALL and len(told) > 1:
        return [max(told, key=lambda one: one.worth)], asked
    return told, asked


def _reported(told: Sequence[Told]) -> str:
    """ "a, and that b"; never "and that that"."""
    return re.sub(r"\bthat that\b", "that", ", and that ".join(one.text for one in told))


def _points_back(told: Sequence[Told]) -> bool:
    """A lone "you need it for work" only makes sense after what is needed."""
    return (
        len(told) == 1 and len(told[0].text.split()) < 7 and bool(re.search(r" (?:it|this|that|them)\b", told[0].text))
    )


def _chat(told: Sequence[Told], asked: Sequence[str]) -> str:
    best = max(told, key=lambda one: one.worth) if told else None
    parts = [part for part in (best.text if best else "", *asked[:1]) if part]
    if best and (best.dangling or _points_back(told)):
        parts.reverse()
    return f"So {', and '.join(parts)}. Is that right?"


def _listed(asked: Sequence[str]) -> str:
    if len(asked) == 2 and asked[0].startswith(KNOW) and asked[1].startswith(KNOW):
        return f"{asked[0]}, and{asked[1].removeprefix(KNOW)}"
    return ", and ".join(asked)
