"""What the customer asks for, needs or wishes: questions, requests, "I'd like…", "this needs to be…"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from empathy_lint.listening.clauses import AUX, WH, Clause

WantKind = Literal["how", "question", "request", "desire", "noun", "need", "help", "act"]

# Request verbs: an order with one of these asks the reader for something; others may be steps or quotations.
ORDERS = frozenset(
    """help fix advise tell send give explain let do get stop make refund cancel return call contact reply respond
    check look show provide resolve solve sort change remove add update bring restore replace credit ship deliver
    answer confirm assist suggest allow unlock delete improve investigate recommend address enable disable
    compensate reimburse unsubscribe pay keep put clarify share point guide take consider follow""".split()
)
_WISH = re.compile(
    r"(?:(?:i|we)(?: \w+| 'd| really| just| also| still| do| need){0,2}? (?:would like|would love|want|wanted|wish|hope|need|needed|require|would prefer|would appreciate)"
    r"|(?:i|we) (?:'d|would) (?:\w+ )?(?:like|love|prefer|appreciate)"
    r"|(?:i|we) (?:am|are|'m|'re) (?:\w+ )?(?:looking (?:for|to)|asking (?:for|to)|requesting|wanting|hoping|after)"
    r"|(?:really )?(?:hope|need|want|wish|looking (?:for|to)|would like|would love)) "
)
_NEEDED = re.compile(r" (?:needs? to|must|should|has to|have to) (?:really |also )?be \w+|would (?:really |also )?be (?:\w+ )?(?:appreciated|helpful|great|nice|good)|(?:is|are) appreciated")
_REASON = re.compile(r"^ (?:i|we) (?:really )?need (?:it|this|that|them) (?:for|by|because|as) ")
_CHANCE = re.compile(r"^ (?:is there )?any (?:chance|way|ideas?|suggestions?|thoughts?|advice|help|solutions?|update|news|plans?|tips?|word|eta)\b")
_SHORT = re.compile(r"^ (?:thoughts|ideas|suggestions|advice|solutions|help|any ?one|any ?body|some ?one|why not|if only|what about|how about)\b")
_GREETING = re.compile(r"^(?:hi|hello|hey|hiya|dear|there|ok|okay|so|well|and|but|or|also|question|sorry|please|yo|lol|team|guys|acme|bruh|,|:|!|-|\?|is(?= :)|just wondering|wondering if)$")
_WORK = re.compile(r"^ (?:how to|how can|how do|how would|how could|how should) ")
_ANAPHOR = frozenset("this that it do can i possible is how what why does did so to we you will could would there be work done".split())


MOST = 3
_PLAIN = {"request": 3.0, "act": 3.0, "how": 3.0, "desire": 2.8, "need": 2.5, "noun": 2.2, "help": 2.0}


@dataclass(frozen=True, slots=True)
class Want:
    """Tokens `start` to `end` of a clause that ask for something, and how they ask."""

    clause: Clause
    start: int
    end: int
    kind: WantKind


def wants(said: tuple[Clause, ...]) -> tuple[Want, ...]:
    """All of them, the plainest first (`MOST` are shown); those of a subject line only where the message has none."""
    found = [want for clause in said if (want := want_of(clause))]
    body = [want for want in found if not want.clause.titled]
    return tuple(sorted(_distinct(body or found), key=lambda want: (-_plain(want), want.start)))


def _plain(want: Want) -> float:
    """How plainly it is asked. No unit; equal ones stay in the order of the text."""
    words = [token.lower_ for token in want.clause.reading.doc[want.start : want.end]]
    if want.kind == "question":
        return 2.5 if words[0] in ("can", "could", "will", "would", "what", "do", "does") and words[1:2] != ["else"] else 2.0
    return _PLAIN[want.kind]


def want_of(clause: Clause) -> Want | None:
    """What one clause asks for, or None."""
    start = _asking(clause, opening(clause))
    if start >= clause.end:
        return None
    doc = clause.reading.doc
    words = [token.lower_ for token in doc[start : clause.end]]
    low = f" {' '.join(words)} "
    polite = any(word == "please" for word in clause.lower[: start - clause.start])
    kind = _kind(clause, words, low, polite, doc[start].tag_)
    if kind == "help" and polite:
        start = next(i for i in range(clause.start, start) if doc[i].lower_ == "please")
    if kind is None and words[-1] == "help" and len(words) > 3 and doc[clause.end - 2].pos_ != "VERB" and doc[clause.end - 2].tag_ not in ("DT", "JJ", "IN", "TO", "PRP$"):
        return Want(clause, clause.end - 1, clause.end, "help")
    return Want(clause, start, _ending(clause, start), kind) if kind else None


_ASKING = re.compile(
    r"^ (?:(?:is it possible (?:for (?:me|us|you) )?to|the question is :|question is :|my question is :?) "
    r"|(?:any ?one|any ?body|some ?one|some ?body)(?: \w+){0,3}? (?:want to |able to |can |please )+(?=help ))"
)
_WISHED = re.compile(r"^ .* so \w+ (?:\w+ )?that (?=(?:i|we) (?:really |just )?(?:want|need|would like) )")
_ANYONE = re.compile(r"^ (?:any ?one|any ?body|some ?one)(?: else)? (?:have|has|had|know|knows|seen|see|got|else|able|experienced|here|out) ")


def _asking(clause: Clause, start: int) -> int:
    """Past what only introduces the want: "is it possible to", "so often that"."""
    low = f" {' '.join(token.lower_ for token in clause.reading.doc[start : clause.end])} "
    match = _ASKING.match(low) or _WISHED.match(low)
    return start + len(match.group().split()) if match else start


def opening(clause: Clause) -> int:
    """The first token after greetings, "please", "so" and the like."""
    doc, i = clause.reading.doc, clause.start
    while i < clause.end and (_GREETING.match(doc[i].lower_) or doc[i].is_space or doc[i].pos_ == "INTJ" and doc[i].lower_ not in ("help", "please", "how", "what", "any")):
        i += 1
    return i


def _kind(clause: Clause, words: list[str], low: str, polite: bool, tag: str) -> WantKind | None:
    if words[0] in ("help", "halp"):
        return "help" if not clause.titled else None
    if _WORK.match(low) and (words[1] != "to" or len(words) > 3 or clause.asked):
        return "how"
    if _asked_for(clause, start_word=words[0]):
        return "act"
    if _ANYONE.match(low):
        return "question"
    if _question(clause, words):
        return "question"
    if _NEEDED.search(low) and words[0] in ("any", "some", "a"):
        return "need"
    if _CHANCE.match(low) or (_SHORT.match(low) and (clause.asked or words[0] in ("if", "why"))):
        return "noun" if words[0] not in ("why", "if") else "question"
    if _WISH.match(low[1:]) and not _REASON.match(low):
        return "desire"
    if _NEEDED.search(low) and words[0] not in ("it", "i", "you", "if") and "n't" not in words and len(words) < 14:
        return "need"
    orders = words[0] in ORDERS and tag in ("VB", "VBP", "NN", "NNP")
    if (polite and tag in ("VB", "VBP", "NN") and words[0] not in ("see", "find", "note", "verify", "be")) or (orders and not clause.titled):
        return "request"
    return None


def _asked_for(clause: Clause, start_word: str) -> bool:
    """Whether "is it possible to" was cut off before a verb."""
    return f" is it possible to {start_word} " in clause.low


def _question(clause: Clause, words: list[str]) -> bool:
    if words[0] in WH and len(words) > 1:
        if words[0] in ("which", "who", "when", "where", "whose"):
            return (clause.asked and words[0] in ("which", "whose", "who")) or words[1] in AUX
        told = words[0] == "what" and words[1] in ("is", "'s", "are") and not clause.asked and sum(word in AUX for word in words) > 1
        if told:
            return False
        return clause.asked or words[1] in AUX or (words[0] == "what" and len(words) > 2 and (clause.reading.doc[clause.start + 1].tag_ != "NN" or words[2] in AUX))
    if words[0] in AUX - {"'s", "'re", "'m"} and len(words) > 1:
        return clause.asked or words[1] in ("i", "you", "we", "it", "there", "this", "that", "my", "the", "someone", "anyone", "any")
    return clause.asked and any(word in WH or word in AUX for word in words[:1])


def _ending(clause: Clause, start: int) -> int:
    """Without "please", "thanks" or a name hanging on behind."""
    doc, end = clause.reading.doc, clause.end
    while end > start + 1 and (doc[end - 1].lower_ in ("please", "thanks", "asap", "man", "lol", ",") or doc[end - 1].is_punct) and doc[end - 1].text not in '")':
        if doc[end - 1].lower_ == "asap" and end - start < 4:
            break
        end -= 1
    return end


def _distinct(found: list[Want]) -> list[Want]:
    """Without "How can I do that?" and "Is that possible?" where something fuller was asked."""
    full = [want for want in found if not _hollow(want)]
    return full or found


def _hollow(want: Want) -> bool:
    doc = want.clause.reading.doc
    return all(token.lower_ in _ANAPHOR or token.is_punct for token in doc[want.start : want.end])
