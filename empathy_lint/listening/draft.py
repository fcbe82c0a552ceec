"""The sentence that shows you heard: facts and wants in the agent's voice, for email and for chat.

Nothing is invented: apart from the frame, every word is the customer's. What can't be turned around safely is left
out; when nothing is left, the frame holds a gap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from empathy_lint.listening.asks import KNOW, ask
from empathy_lint.listening.clauses import FINITE, Clause
from empathy_lint.listening.facts import Fact
from empathy_lint.listening.turn import left_over, tidy, turn
from empathy_lint.listening.wants import Want

LONGEST = 22  # words of one clause; longer ones tangle when said again
TOGETHER = 40  # words of two facts
GAP = "___"

_RUDE = re.compile(
    r"\b(?:ass|asses|arse|shit\w*|bullshit|fuck\w*|bitch\w*|bastard\w*|idiot\w*|moron\w*|stupid|crap\w*|wtf|scum\w*|liars?|thieves|"
    r"crooks?|incompetent|retard\w*|dumb\w*|sucks?|hell|useless|worthless|pathetic|screw(?:ed|ing)?|s\.o\.b\S*|piss\w*|lazy|clowns?|jokers?)\b",
    re.IGNORECASE,
)
_TANGLED = re.compile(r"[<>{}\[\]|\\*_]|\d\)|: | :|\?|!|https?:|www\.|\.\.|[^\x00-\u024f\u2010-\u2044\u20a0-\u20bf\u2122]")
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
    asked = [said for want in wants if (said := _sound(ask(want)))]
    if not told and not asked:
        told = [(0.0, clause.start, said, clause) for clause in felt if (said := _felt(clause))][:1]
    if not told and not asked:
        return Draft(f"I'm hearing that {GAP}, and what you'd like is {GAP}. Did I get that right?", f"So {GAP}, is that right?", True)
    return Draft(_email(told, asked), _chat(told, asked), False)


Told = tuple[float, int, str, Clause]


def _told(facts: Sequence[Fact]) -> list[Told]:
    """At most two facts that can be said again, in the order of the text."""
    usable = [(fact.score, fact.start, said, fact.clause) for fact in facts if (said := statement(fact))]
    usable.sort(key=lambda one: (-_worth(one, usable), one[1]))
    chosen = usable[:1]
    chosen += [one for one in usable[1:] if _fits(one, chosen)][:1]
    return sorted(chosen, key=lambda one: one[1])


def _worth(one: Told, others: Sequence[Told]) -> float:
    """A fact that starts with "it" needs the one before it."""
    dangling = one[2].split()[0] in _ANAPHOR
    return one[0] - 2.0 * dangling


def _fits(one: Told, chosen: Sequence[Told]) -> bool:
    first = chosen[0]
    dangling = one[2].split()[0] in _ANAPHOR and one[1] < first[1]
    return not dangling and one[0] > 0 and len(one[2].split()) + len(first[2].split()) <= TOGETHER


def statement(fact: Fact) -> str:
    """A fact in the agent's voice, or "" when it is not safe to say."""
    clause = fact.clause
    subject = _missing_subject(clause, fact.start, fact.end)
    if subject is None:
        return ""
    return _sound(f"{subject}{turn(clause.reading, fact.start, fact.end)}")


def _missing_subject(clause: Clause, start: int, end: int) -> str | None:
    """What a clause without its subject begins with: "Tried to…" → "you "; None when it has no finite verb."""
    tokens = clause.reading.doc[start:end]
    first, low = tokens[0], tokens[0].lower_
    finite = [token for token in tokens if token.tag_ in FINITE]
    if low in ("been", "being"):
        return "it's " if any(token.lower_ in ("going", "happening", "like") for token in tokens[1:3]) else "you've "
    if first.tag_ == "VBG":
        own = any(token.dep_.startswith(("nsubj", "csubj")) and token.head.tag_ in FINITE for token in tokens) or (finite and not any(t.dep_ == "cc" or t.text == "," for t in tokens))
        return "" if own else "you're "
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
    unsafe = left_over(text) or _RUDE.search(text) or _TANGLED.search(text) or text.count('"') % 2 or "(" in text or ")" in text
    return "" if unsafe or not 2 <= len(text.split()) <= LONGEST + 6 * text.startswith(KNOW) else text


def _email(told: Sequence[Told], asked: Sequence[str]) -> str:
    wants = _listed(asked[:2])
    if not told:
        return f"I'm hearing that {wants}. Did I get that right?"
    facts = _joined(told)
    if not wants:
        return f"I'm hearing that {facts}. Did I get that right?"
    if len(told) == 1 and len(asked) == 1:
        return f"I'm hearing that {facts}, and {wants}. Did I get that right?"
    return f"I'm hearing that {facts}. {wants[0].upper()}{wants[1:]}. Did I get that right?"


def _chat(told: Sequence[Told], asked: Sequence[str]) -> str:
    best = max(told)[2] if told else ""
    parts = [part for part in (best, *asked[:1]) if part]
    return f"So {', and '.join(parts)}. Is that right?"


def _joined(told: Sequence[Told]) -> str:
    """Two facts with the customer's own "but" between neighbours."""
    if len(told) == 1:
        return told[0][2]
    (_, _, first, one), (_, _, second, two) = told
    word = two.joint.replace(",", "").strip()
    near = one.sentence == two.sentence and word in ("but", "yet", "so") and two.start - one.end <= 3
    return f"{first}, {word} {second}" if near else f"{first}, and that {second}"


def _listed(asked: Sequence[str]) -> str:
    if len(asked) == 2 and asked[0].startswith(KNOW) and asked[1].startswith(KNOW):
        return f"{asked[0]}, and{asked[1].removeprefix(KNOW)}"
    return ", and ".join(asked)
