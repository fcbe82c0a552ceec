"""What of the customer's facts and wants a reply takes up: pure functions for rules over a thread.

A fact or want is held against every two neighbouring sentences of the reply by its content words, as stems:
pronouns turn around ("my invoice" → "your invoice") and carry no content, so they never count. The share found
says how far it was taken up; where to draw the line is the rule's business, `REFLECTED` and `TOUCHED` are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from empathy_lint.listening import Notes
from empathy_lint.listening.reading import pipeline, read
from empathy_lint.listening.vocabulary import words
from empathy_lint.model import Turn
from empathy_lint.offsets import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

REFLECTED = 0.5  # a fact said back to the customer
TOUCHED = 0.3  # a want answered, refused or at least spoken of; generous, so that rules stay quiet in doubt

# Words a customer and an agent use for one thing.
SAME = {
    "login": "log", "sign": "log", "signin": "log", "logon": "log", "money": "refund", "reimburse": "refund",
    "bill": "charge", "billing": "charge", "payment": "charge", "pay": "charge", "parcel": "packag",
    "package": "packag", "order": "order", "e-mail": "email", "mail": "email", "pc": "computer", "app": "applic",
    "application": "applic", "fix": "solve", "resolve": "solve", "repair": "solve", "solution": "solve",
    "delete": "remove", "gone": "lose", "lost": "lose", "miss": "lose", "missing": "lose", "disappear": "lose",
    "shipment": "deliv", "ship": "deliv", "arrive": "deliv", "phone": "phone", "telephone": "phone",
}  # fmt: skip
_EMPTY = words(
    """
    be have do get go make can will would could should want need like help please know tell let try keep
    thing way time day suggestion thought idea advice anyone someone something anything possible able really
    just again use work happen look see find give take say put think
    """
)
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV", "X", "SYM"))


@dataclass(frozen=True, slots=True)
class TakenUp:
    """For each fact and each want of the notes, in their order, the share of its content the reply has: 0 to 1.

    One without content words ("Any suggestions?") counts as 1: nothing can be said against the reply.
    """

    facts: tuple[float, ...]
    wants: tuple[float, ...]


def taken_up(notes: Notes, customer: str, reply: str, nlp: Language | None = None) -> TakenUp:
    """How far `reply` takes up what was noted in the message `customer`. A couple of milliseconds."""
    nlp = nlp or pipeline()
    said = _windows(reply, nlp)
    heard = read(customer, nlp)
    tokens = list(zip(heard.doc, heard.spans, strict=True))

    def share(span: Span) -> float:
        wanted = stems(token for token, place in tokens if span.holds(place))
        return max((len(wanted & window) / len(wanted) for window in said), default=0.0) if wanted else 1.0

    return TakenUp(tuple(map(share, notes.facts)), tuple(map(share, notes.wants)))


def not_reflected(notes: Notes, taken: TakenUp, least: float = REFLECTED) -> tuple[Span, ...]:
    """The facts of which the reply has less than `least`; empty as soon as one fact was reflected.

    Nobody repeats every fact: one said back shows that the message was read.
    """
    missed = tuple(span for span, share in zip(notes.facts, taken.facts, strict=True) if share < least)
    return missed if len(missed) == len(notes.facts) else ()


def not_answered(notes: Notes, taken: TakenUp, least: float = TOUCHED) -> tuple[Span, ...]:
    """The wants of which the reply has less than `least`."""
    return tuple(span for span, share in zip(notes.wants, taken.wants, strict=True) if share < least)


def new_words(earlier: Sequence[Turn], customer: str = "") -> str:
    """What the customer wrote since the agent's last turn, the newest last; `customer` where there are no turns."""
    fresh: list[str] = []
    for turn in reversed(earlier):
        if turn.who == "agent":
            break
        fresh.append(turn.text)
    return "\n\n".join(reversed(fresh)) or customer


def stems(tokens: Iterable[Token]) -> set[str]:
    """Content words cut to what "refund", "refunded" and "refunds" share."""
    found = set()
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.pos_ in _CONTENT and lemma not in _EMPTY and not token.is_stop and any(map(str.isalnum, lemma)):
            found.add(SAME.get(lemma, lemma if len(lemma) < 7 else lemma[:6]))
    return found


def _windows(reply: str, nlp: Language) -> list[set[str]]:
    """The stems of every two neighbouring sentences."""
    doc = _tagged(reply, nlp)
    each = [stems(sent) for sent in doc.sents]
    return [one | two for one, two in zip(each, [*each[1:], set()], strict=True)]


def _tagged(text: str, nlp: Language) -> Doc:
    from empathy_lint.language.annotate import annotate
    from empathy_lint.language.sentences import mark_sentences
    from empathy_lint.language.text import straighten

    doc = mark_sentences(nlp.make_doc(straighten(text)))
    annotate(nlp, [(doc, range(sum(1 for _ in doc.sents)))], parse=False)
    return doc
