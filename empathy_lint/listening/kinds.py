"""How a clause asks for something: a question, a request, a wish, a need."""

from __future__ import annotations

import re
from typing import Literal

from empathy_lint.listening.clauses import AUX, WH, Clause
from empathy_lint.listening.vocabulary import words

# An order with one of these asks the reader for something; others may be steps or quotations.
WantKind = Literal["how", "question", "request", "desire", "noun", "need", "help", "act"]
ORDERS = words(
    """
    help fix advise tell send give explain let do get stop make refund cancel return call contact reply
    respond check look show provide resolve solve sort change remove add update bring restore replace credit
    ship deliver answer confirm assist suggest allow unlock delete improve investigate recommend address
    enable disable compensate reimburse unsubscribe pay keep put clarify share point guide take consider
    follow book schedule reserve search find unblock replace
    """
)
_WISH = re.compile(
    r"(?:(?:i|we)(?: \w+| 'd| really| just| also| still| do| need){0,2}? (?:would like|would love|"
    r"want|wanted|wish|hope|need|needed|require|would prefer|would appreciate)"
    r"|(?:i|we) (?:'d|would) (?:\w+ )?(?:like|love|prefer|appreciate)"
    r"|(?:i|we) (?:am|are|'m|'re) (?:\w+ )?(?:looking (?:for|to)|asking (?:for|to)|requesting|wanting|hoping|after)"
    r"|(?:really )?(?:hope|need|want|wish|looking (?:for|to)|would like|would love)) "
)
_NEEDED = re.compile(
    r" (?:needs? to|must|should|has to|have to) (?:really |also )?be \w+|would (?:really |"
    r"also )?be (?:\w+ )?(?:appreciated|helpful|great|nice|good)|(?:greatly |much |is |"
    r"are )?appreciated "
)
_REASON = re.compile(r"^ (?:i|we) (?:really )?need (?:it|this|that|them) (?:for|by|because|as) ")
_CHANCE = re.compile(
    r"^ (?:is there )?any (?:chance|way|ideas?|suggestions?|thoughts?|advice|help|solutions?|update|"
    r"news|plans?|tips?|word|eta)\b"
)
_SHORT = re.compile(
    r"^ (?:thoughts|ideas|suggestions|advice|solutions|help|any ?one|any ?body|some ?one|why not|"
    r"if only|what about|how about)\b"
)
_HOW = re.compile(r"^ (?:how to|how can|how do|how would|how could|how should) ")
_ANYONE = re.compile(
    r"^ (?:any ?one|any ?body|some ?one)(?: else)? (?:have|has|had|know|knows|seen|see|got|else|able|"
    r"experienced|here|out) "
)
_ANY = words("any some a help suggestions advice thoughts ideas")
# Orders that only point at something, or tell the steps that were taken.
_NOT_ORDERS = words("see find note verify be click select open press enter tick try go")
_INVERTED = words("i you we it there this that my the someone anyone any")


def kind_of(clause: Clause, start: int) -> WantKind | None:
    """How the clause asks from token `start` on, or None when it doesn't."""
    said = [token.lower_ for token in clause.reading.doc[start : clause.end]]
    low = f" {' '.join(said)} "
    if said[0] in _ANY and _NEEDED.search(low):
        return "need"
    if said[0] in ("help", "halp"):
        return "help" if not clause.titled else None
    return _asked(clause, said, low) or _told(clause, start, said, low)


def _asked(clause: Clause, said: list[str], low: str) -> WantKind | None:
    """A question of some kind."""
    if _HOW.match(low) and (said[1] != "to" or len(said) > 3 or clause.asked):
        return "how"
    if f" is it possible to {said[0]} " in clause.low:
        return "act"  # the introduction was passed by `wants.opening`
    if _ANYONE.match(low) or _question(clause, said):
        return "question"
    if _CHANCE.match(low) or (_SHORT.match(low) and (clause.asked or said[0] in ("if", "why"))):
        return "question" if said[0] in ("why", "if") else "noun"
    return None


def _told(clause: Clause, start: int, said: list[str], low: str) -> WantKind | None:
    """A wish, a need or an order."""
    if _WISH.match(low[1:]) and not _REASON.match(low):
        return "desire"
    if _NEEDED.search(low) and said[0] not in ("it", "i", "you", "if") and "n't" not in said and len(said) < 14:
        return "need"
    tag = clause.reading.doc[start].tag_
    polite = any(word == "please" for word in clause.lower[: start - clause.start])
    if polite and tag in ("VB", "VBP", "NN") and said[0] not in _NOT_ORDERS:
        return "request"
    return "request" if not clause.titled and _orders(clause, said, tag) else None


def _orders(clause: Clause, said: list[str], tag: str) -> bool:
    """ "Fix my…", "Cancel it"; not "Address?", nor "don't like it" without its subject, nor a step ("Click on…")."""
    if len(said) < 2 or clause.asked:
        return False
    if said[1] == "n't":
        return said[2:3] != [] and said[2] in ORDERS
    follows = clause.tokens[-len(said) + 1]
    object_ = follows.pos_ in ("DET", "PRON") or follows.tag_ == "PRP$"
    if said[0] in ORDERS:
        return tag in ("VB", "VBP") or (tag in ("NN", "NNP") and object_)
    return tag == "VB" and follows.lower_ in ("me", "us", "it", "them", "my", "our") and said[0] not in _NOT_ORDERS


def _question(clause: Clause, said: list[str]) -> bool:
    if len(said) < 2:
        return False
    if said[0] in WH:
        return _wh_question(clause, said)
    return said[0] in AUX - {"'s", "'re", "'m"} and (clause.asked or said[1] in _INVERTED)


def _wh_question(clause: Clause, said: list[str]) -> bool:
    """By its order or its mark; "what's left are crumbs" is a statement."""
    if said[0] in ("which", "who", "whose"):
        return clause.asked or said[1] in AUX
    if said[0] in ("when", "where") or clause.asked:
        return said[1] in AUX or (clause.asked and said[0] not in ("when", "where"))
    if said[0] == "what" and said[1] in ("is", "'s", "are") and sum(word in AUX for word in said) > 1:
        return False
    noun = clause.reading.doc[clause.start + 1].tag_ == "NN"
    return said[1] in AUX or (said[0] == "what" and len(said) > 2 and (not noun or said[2] in AUX))
