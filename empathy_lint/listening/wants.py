"""What the customer asks for, needs or wishes: questions, requests, "I'd like…", "this needs to be…"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from empathy_lint.listening.clauses import Clause
from empathy_lint.listening.kinds import WantKind, kind_of
from empathy_lint.listening.vocabulary import words

_GREETING = re.compile(
    r"^(?:hi|hello|hey|hiya|dear|there|ok|okay|so|well|and|but|or|also|question|sorry|please|yo|lol|"
    r"team|guys|acme|bruh|,|:|!|-|\?|is(?= :)|just wondering|wondering if)$"
)
_ANAPHOR = words(
    """
    this that it do can i possible is how what why does did so to we you will could would there be work done
    """
)


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
        return (
            2.5
            if words[0] in ("can", "could", "will", "would", "what", "do", "does") and words[1:2] != ["else"]
            else 2.0
        )
    return _PLAIN[want.kind]


def want_of(clause: Clause) -> Want | None:
    """What one clause asks for, or None."""
    start = _asking(clause, opening(clause))
    if start >= clause.end:
        return None
    doc = clause.reading.doc
    words = [token.lower_ for token in doc[start : clause.end]]
    polite = any(word == "please" for word in clause.lower[: start - clause.start])
    kind = kind_of(clause, start)
    if kind == "help" and polite:
        start = next(i for i in range(clause.start, start) if doc[i].lower_ == "please")
    if (
        kind is None
        and words[-1] == "help"
        and len(words) > 3
        and doc[clause.end - 2].pos_ != "VERB"
        and doc[clause.end - 2].tag_ not in ("DT", "JJ", "IN", "TO", "PRP$")
    ):
        return Want(clause, clause.end - 1, clause.end, "help")
    return Want(clause, start, _ending(clause, start), kind) if kind else None


_ASKING = re.compile(
    r"^ (?:(?:is it possible (?:for (?:me|us|you) )?to|the question is :|question is :|my question is :?) "
    r"|(?:any ?one|any ?body|some ?one|some ?body)(?: \w+){0,3}? (?:want to |able to |can |please )+(?=help ))"
)
_WISHED = re.compile(r"^ .* so \w+ (?:\w+ )?that (?=(?:i|we) (?:really |just )?(?:want|need|would like) )")


def _asking(clause: Clause, start: int) -> int:
    """Past what only introduces the want: "is it possible to", "so often that"."""
    low = f" {' '.join(token.lower_ for token in clause.reading.doc[start : clause.end])} "
    match = _ASKING.match(low) or _WISHED.match(low)
    return start + len(match.group().split()) if match else start


def opening(clause: Clause) -> int:
    """The first token after greetings, "please", "so" and the like."""
    doc, i = clause.reading.doc, clause.start
    while i < clause.end and (
        _GREETING.match(doc[i].lower_)
        or doc[i].is_space
        or (doc[i].pos_ == "INTJ" and doc[i].lower_ not in ("help", "please", "how", "what", "any"))
    ):
        i += 1
    return i


def _ending(clause: Clause, start: int) -> int:
    """Without "please", "thanks" or a name hanging on behind."""
    doc, end = clause.reading.doc, clause.end
    while (
        end > start + 1
        and (doc[end - 1].lower_ in ("please", "thanks", "asap", "man", "lol", ",") or doc[end - 1].is_punct)
        and doc[end - 1].text not in '")'
    ):
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
