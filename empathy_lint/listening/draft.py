"""The sentence that shows you heard: facts and wants in the agent's voice, for email and for chat.

Nothing is invented: apart from the frame, every word is the customer's. What can't be turned around safely is left
out; when nothing is left, the frame holds a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from empathy_lint.listening.asks import KNOW, ask
from empathy_lint.listening.clauses import FINITE, JOINING, Clause, opens
from empathy_lint.listening.facts import Fact
from empathy_lint.listening.turn import tidy, turn
from empathy_lint.listening.wants import Want

LONGEST = 25  # words of one clause; longer ones tangle when said again
TOGETHER = 32  # words of two facts
IN_ALL = 45  # words of all that is said again in an email
GAP = "___"

_RUDE = re.compile(
    r"\b(?:ass|asses|arse|shit\w*|bullshit|fuck\w*|bitch\w*|bastard\w*|idiot\w*|moron\w*|stupid|crap\w*|wtf|scum\w*|liars?|thieves|"
    r"crooks?|incompetent|retard\w*|dumb\w*|sucks?|hell|useless|worthless|pathetic|screw(?:ed|ing)?|s\.o\.b\S*|piss\w*|lazy|clowns?|jokers?)\b",
    re.IGNORECASE,
)
_TANGLED = re.compile(r"[<>{}\[\]|\\*_]|\. |\d\)|: | :|\?|!|https?:|www\.|\.\.|[^\x00-\u024f\u2010-\u2044\u20a0-\u20bf\u2122]")
_STOPS = frozenset("because since which when until although while unless".split())
_ANAPHOR = frozenset("it this that they them these those he she its".split())
_BRACKETS = re.compile(r"\s*\([^()]*\)")


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
        told = [Told(0.0, clause.start, said, False) for clause in felt if (said := _felt(clause))][:1]
    if not told and not asked:
        return Draft(f"I'm hearing that {GAP}, and what you'd like is {GAP}. Did I get that right?", f"So {GAP}, is that right?", True)
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
        one = Told(_worth(fact, text), fact.start, text, _dangling(fact))
        if last and units and (word := _between(last, fact)) and _size(units[-1], one) <= LONGEST and f" {word} " not in units[-1].text:
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
    return fact.score - 2.0 * _dangling(fact) - long - 0.7 * bool(re.search(r"\bwould\b|^there goes", text))


def _dangling(fact: Fact) -> bool:
    """Whether it starts with "it", "they", "this" and so needs what was said before."""
    first = fact.clause.reading.doc[fact.start]
    follows = fact.clause.reading.doc[fact.start + 1]
    own = first.lower_ in ("this", "that", "these", "those", "his", "its") and follows.pos_ in ("NOUN", "PROPN", "ADJ")
    return first.lower_ in _ANAPHOR and not own and " ".join((first.lower_, follows.lower_)) not in ("it keeps", "it takes") and not _lasting(fact)


def _lasting(fact: Fact) -> bool:
    """ "it's been two months": an "it" that stands for nothing."""
    return [token.lower_ for token in fact.clause.reading.doc[fact.start : fact.start + 3]] in (["it", "'s", "been"], ["it", "has", "been"])


def _fits(one: Told, first: Told) -> bool:
    early = one.dangling and one.start < first.start
    return not early and one.worth > 0.3 and one.worth > first.worth - 3.0 and _size(one, first) <= TOGETHER


def _asked(wants: Sequence[Want]) -> list[str]:
    """At most two wants that can be said again; "avoid that" and a second go at the first come last or not at all."""
    found = [(want, said) for want in wants if (said := _sound(ask(want)))]
    found.sort(key=lambda pair: (pair[1].split()[-1] in ("that", "this", "it") and len(pair[1].split()) < 8) or " what else " in pair[1])
    kept: list[tuple[set[str], str]] = []
    for want, said in found:
        words = {token.lemma_.lower() for token in want.clause.reading.doc[want.start : want.end] if token.pos_ in ("NOUN", "VERB", "PROPN", "ADJ")}
        if not any(len(words & known) * 2 > min(len(words), len(known)) for known, _ in kept):
            kept.append((words, said))
    return [said for _, said in kept][:2]


def statement(fact: Fact) -> str:
    """A fact in the agent's voice, or "" when it is not safe to say."""
    clause = fact.clause
    if _inside_quotation(fact) or _scene_alone(fact):
        return ""
    subject = _missing_subject(clause, fact.start, fact.end)
    if subject is None:
        return ""
    for end in (fact.end, _sooner(fact)):
        turned = turn(clause.reading, fact.start, end) if end else ""
        if turned and (said := _sound(f"{subject}{turned}")):
            return said
    return ""


def _sooner(fact: Fact) -> int:
    """Where a clause too long to say again may stop: before its last "because", "which", "especially when"; 0 if nowhere."""
    doc = fact.clause.reading.doc
    stops = [k for k in range(fact.start + 6, fact.end) if doc[k].lower_ in _STOPS and doc[k - 1].lower_ not in ("especially", "even")]
    short = [k for k in stops if k - fact.start <= LONGEST]
    return short[-1] if short and fact.end - fact.start > LONGEST else 0


def _inside_quotation(fact: Fact) -> bool:
    """Whether a quotation (an error message, say) is open where the fact starts."""
    doc = fact.clause.reading.doc
    opened = sum(token.text == '"' for token in doc[: fact.start]) % 2 == 1
    return opened and any(token.text == '"' for token in doc[fact.start :])


def _scene_alone(fact: Fact) -> bool:
    """ "when it was updated" without what happened then."""
    doc = fact.clause.reading.doc
    if doc[fact.start].lower_ not in ("when", "if", "because", "which", "once", "while", "until", "whenever"):
        return False
    if doc[fact.start + 1].tag_ == "VBG":
        return False
    return not any(doc[k].text == "," and opens(doc, k + 1, fact.end) for k in range(fact.start, fact.end))


def _missing_subject(clause: Clause, start: int, end: int) -> str | None:
    """What a clause without its subject begins with: "Tried to…" → "you "; None when it has no finite verb."""
    tokens = clause.reading.doc[start:end]
    first, low = tokens[0], tokens[0].lower_
    finite = [token for token in tokens if token.tag_ in FINITE]
    if low in ("been", "being"):
        return "it's " if any(token.lower_ in ("going", "happening", "like") for token in tokens[1:3]) else "you've "
    if first.tag_ == "VBG":
        parted = finite and any(t.lower_ in JOINING or t.text == "," for t in tokens[: finite[0].i - start])
        return "" if finite and not parted else "you're "
    if low in ("didn't", "did", "does", "is", "was", "has", "keeps", "won't", "wo") or first.tag_ == "VBZ":
        return "it "
    if first.tag_ in ("VBD", "VBP") or low in ("ca", "can", "have", "do"):
        return "you " if low != "'s" else None
    return "" if finite else None


def _felt(clause: Clause) -> str:
    """A feeling of the customer's own, said again; insults never are."""
    own = any(token.lower_ in ("i", "my", "me", "we", "our", "us", "i'm") for token in clause.tokens)
    return _sound(turn(clause.reading, clause.start, clause.end)) if own and any(t.tag_ in FINITE for t in clause.tokens) else ""


def _sound(text: str) -> str:
    """The words without brackets when they are safe to send, or ""."""
    text = tidy(_BRACKETS.sub("", text))
    unsafe = _RUDE.search(text) or _TANGLED.search(text) or text.count('"') % 2 or "(" in text or ")" in text
    text = re.sub(r"(?<=[^.\s])(?<!\.[A-Za-z])\.$", "", text)
    return "" if unsafe or not 2 <= len(text.split()) <= LONGEST + 6 * text.startswith(KNOW) else text


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
    return ", and that ".join(one.text for one in told).replace("and that that", "and that")


def _points_back(told: Sequence[Told]) -> bool:
    """A lone "you need it for work" only makes sense after what is needed."""
    return len(told) == 1 and len(told[0].text.split()) < 7 and bool(re.search(r" (?:it|this|that|them)\b", told[0].text))


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
