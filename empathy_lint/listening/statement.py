"""One clause in the agent's voice, or "" where that isn't safe: too long, rude, half a quotation, no verb."""

from __future__ import annotations

import re

from empathy_lint.listening.asks import KNOW
from empathy_lint.listening.clauses import FINITE, JOINING, Clause, finite, opens
from empathy_lint.listening.facts import Fact
from empathy_lint.listening.turn import tidy, turn
from empathy_lint.listening.vocabulary import words

LONGEST = 25  # words of one clause; longer ones tangle when said again
_RUDE = re.compile(
    r"\b(?:ass|asses|arse|shit\w*|bullshit|fuck\w*|bitch\w*|bastard\w*|idiot\w*|moron\w*|stupid|"
    r"crap\w*|wtf|scum\w*|liars?|thieves|"
    r"crooks?|incompetent|retard\w*|dumb(?:ass\w*)?|sucks?|hell|useless|worthless|pathetic|screw(?:ed|"
    r"ing)?|s\.o\.b\S*|piss\w*|lazy)\b",
    re.IGNORECASE,
)
_TANGLED = re.compile(
    r"[<>{}\[\]|\\*_]|\. |\d\)|: | :|\?|!|https?:|www\.|\.\.|[^\x00-\u024f\u2010-\u2044\u20a0-\u20bf\u2122]"
)
_STOPS = words("because since which when until although while unless")
_ANAPHOR = words("it this that they them these those he she its")
_SCENES = words("when if because which once while until whenever")
_PLACEHOLDER = re.compile(r"<[\w. -]{1,40}>|\{\{?[^{}]*\}?\}")
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def statement(fact: Fact) -> str:
    """A fact in the agent's voice, or "" when it is not safe to say."""
    clause = fact.clause
    empty = (
        dangling(fact)
        and fact.end - fact.start < 5
        and not any(t.tag_ in ("VBG", "VBN", "VBD") for t in clause.tokens[1:])
    )
    if empty or _inside_quotation(fact) or _scene_alone(fact):
        return ""
    subject = _missing_subject(clause, fact.start, fact.end)
    if subject is None:
        return ""
    for end in (fact.end, _sooner(fact)):
        turned = turn(clause.reading, fact.start, end) if end else ""
        if turned and (said := sound(f"{subject}{turned}")):
            return said
    return ""


def _sooner(fact: Fact) -> int:
    """Where a clause too long to say again may stop: before its last "because" or "which"; 0 where it can't."""
    doc = fact.clause.reading.doc
    stops = [
        k
        for k in range(fact.start + 6, fact.end)
        if doc[k].lower_ in _STOPS and doc[k - 1].lower_ not in ("especially", "even")
    ]
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
    first, second = doc[fact.start].lower_, doc[fact.start + 1]
    if first not in _SCENES or second.lower_ == "again" or second.tag_ == "VBG":
        return False
    subjects = sum(token.dep_.startswith(("nsubj", "expl")) for token in doc[fact.start : fact.end])
    if first == "when" and subjects > 1:
        return False
    return not any(doc[k].text == "," and opens(doc, k + 1, fact.end) for k in range(fact.start, fact.end))


def _missing_subject(clause: Clause, start: int, end: int) -> str | None:
    """What a clause without its subject begins with: "Tried to…" → "you "; None when it has no finite verb."""
    tokens = clause.reading.doc[start:end]
    first = next((token for token in tokens if token.pos_ != "ADV" or token.tag_ in FINITE), tokens[0])
    low = first.lower_
    verbs = [token for token in tokens if finite(token)]
    if low in ("been", "being"):
        return "it's " if any(token.lower_ in ("going", "happening", "like") for token in tokens[1:3]) else "you've "
    if first.tag_ == "VBG" and low != "going":
        parted = verbs and any(t.lower_ in JOINING or t.text == "," for t in tokens[: verbs[0].i - start])
        return "" if verbs and not parted else "you're "
    if low in ("didn't", "doesn't", "did", "does", "is", "was", "has", "keeps", "won't", "wo") or first.tag_ == "VBZ":
        return "it "
    if first.tag_ in ("VBD", "VBP") or low in ("ca", "have", "do", "need", "want", "can't", "couldn't", "don't"):
        return "you " if low != "'s" else None
    if first.tag_ in ("MD", "VB"):
        return None
    return "" if verbs else None


def felt_aloud(clause: Clause) -> str:
    """A feeling of the customer's own, said again; insults never are."""
    own = any(token.lower_ in ("i", "my", "me", "we", "our", "us", "i'm") for token in clause.tokens)
    return (
        sound(turn(clause.reading, clause.start, clause.end))
        if own and any(t.tag_ in FINITE for t in clause.tokens)
        else ""
    )


def sound(text: str) -> str:
    """The words without brackets when they are safe to send, or ""."""
    text = tidy(_BRACKETS.sub("", text))
    unsafe = (
        _RUDE.search(text)
        or _TANGLED.search(_PLACEHOLDER.sub("x", text))
        or text.count('"') % 2
        or "(" in text
        or ")" in text
    )
    text = re.sub(r"(?<=[^.\s])(?<!\.[A-Za-z])\.$", "", text)
    return "" if unsafe or not 2 <= len(text.split()) <= LONGEST + 6 * text.startswith(KNOW) else text


def dangling(fact: Fact) -> bool:
    """Whether it starts with "it", "they", "this" and so needs what was said before."""
    first = fact.clause.reading.doc[fact.start]
    follows = fact.clause.reading.doc[fact.start + 1]
    own = first.lower_ in ("this", "that", "these", "those", "his", "its") and follows.pos_ in ("NOUN", "PROPN", "ADJ")
    return (
        first.lower_ in _ANAPHOR
        and not own
        and " ".join((first.lower_, follows.lower_)) not in ("it keeps", "it takes")
        and not _lasting(fact)
    )


def _lasting(fact: Fact) -> bool:
    """ "it's been a week": an "it" that stands for nothing."""
    return [token.lower_ for token in fact.clause.reading.doc[fact.start : fact.start + 3]] in (
        ["it", "'s", "been"],
        ["it", "has", "been"],
    )
