"""Taking notes while a customer talks: facts, wants, feelings, and the sentence that shows you heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from empathy_lint.offsets import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Notes:
    """What was heard in one message; spans point into its text.

    `facts` come the most important first, at most four; `wants` the plainest first, at most three.
    `blank`: the words were too tangled to turn around, and the drafts hold a gap to fill in.
    """

    facts: tuple[Span, ...]
    wants: tuple[Span, ...]
    feelings: tuple[Span, ...]
    draft_email: str
    draft_chat: str
    blank: bool


def listen(message: str | Doc, nlp: Language | None = None) -> Notes:
    """The notes on one customer message. `nlp` is the bundled pipeline unless given; it needs a parser."""
    from empathy_lint.listening.clauses import clauses
    from empathy_lint.listening.draft import draft
    from empathy_lint.listening.facts import facts
    from empathy_lint.listening.feelings import feels, felt_part
    from empathy_lint.listening.reading import read
    from empathy_lint.listening.wants import MOST, wants

    reading = read(message if isinstance(message, str) else message.text, nlp)
    said = clauses(reading)
    wanted = wants(said)
    asking = {want.clause.start for want in wanted if not (want.kind == "help" and want.start > want.clause.start)}
    felt = [clause for clause in said if clause.start not in asking and feels(clause)]
    taken = asking | {clause.start for clause in felt}
    known = facts(tuple(clause for clause in said if clause.start not in taken))
    words = draft(known, wanted[:MOST], felt)
    return Notes(
        tuple(reading.span(fact.start, fact.end) for fact in known),
        tuple(reading.span(want.start, want.end) for want in wanted[:MOST]),
        tuple(reading.span(*felt_part(clause)) for clause in felt),
        words.email,
        words.chat,
        words.blank,
    )
