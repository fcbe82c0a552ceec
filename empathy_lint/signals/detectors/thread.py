"""What a reply takes up of the customer's message: their facts and wants against the reply's words.

Only what is new since the agent's last turn counts. Listening parses the message, so rules ask for these
signals last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from empathy_lint.signals.match import Hit
from empathy_lint.signals.window import telling_opening

if TYPE_CHECKING:
    from empathy_lint.listening import Notes
    from empathy_lint.listening.taken import TakenUp
    from empathy_lint.offsets import Span
    from empathy_lint.signals.hear import Heard


def unreflected_facts(heard: Heard) -> Iterator[Hit]:
    """The reply's opening, where none of the facts the customer told stands in the reply."""
    from empathy_lint.listening.taken import not_reflected

    notes = noted(heard)
    if notes and notes.facts:
        yield from _pointed(heard, not_reflected(notes, _taken(heard, notes)), "fact")


def unanswered_wants(heard: Heard) -> Iterator[Hit]:
    """The reply's opening, where a want of theirs is neither answered, refused nor taken up."""
    from empathy_lint.listening.taken import not_answered

    notes = noted(heard)
    if notes and notes.wants:
        yield from _pointed(heard, not_answered(notes, _taken(heard, notes)), "want")


def noted(heard: Heard) -> Notes | None:
    """The notes on what the customer wrote last, taken once a reply; None where nothing is known of it."""
    if "notes" not in heard.facts:
        from empathy_lint.listening import listen

        words = message(heard)
        heard.facts["notes"] = listen(words) if words.strip() else None
    known: Notes | None = heard.facts["notes"]
    return known


def message(heard: Heard) -> str:
    """What the customer wrote since the agent's last turn."""
    from empathy_lint.listening.taken import new_words

    return new_words(heard.reply.earlier, heard.reply.customer)


def draft(heard: Heard) -> str:
    """The acknowledgement drafted from the customer's own words, for the channel; empty where none is known."""
    notes = noted(heard)
    if notes is None or notes.blank:
        return ""
    return notes.draft_chat if heard.reply.channel == "chat" else notes.draft_email


def _taken(heard: Heard, notes: Notes) -> TakenUp:
    if "taken up" not in heard.facts:
        from empathy_lint.listening.taken import taken_up

        heard.facts["taken up"] = taken_up(notes, message(heard), heard.doc.text)
    known: TakenUp = heard.facts["taken up"]
    return known


def _pointed(heard: Heard, missed: tuple[Span, ...], slot: str) -> Iterator[Hit]:
    if not missed or not heard.sentences:
        return
    hit = telling_opening(heard)
    quoted = " ".join(message(heard)[missed[0].start : missed[0].end].split())
    heard.tell(hit, {slot: quoted})
    yield hit
