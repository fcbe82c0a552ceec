"""What a reply takes up, with pronouns the other way round."""

from __future__ import annotations

from empathy_lint.listening import listen
from empathy_lint.listening.taken import new_words, not_answered, not_reflected, taken_up
from empathy_lint.model import Turn

MESSAGE = "My March invoice was charged twice. I want a refund. How do I change my card?"


def test_a_fact_said_back_is_reflected() -> None:
    notes = listen(MESSAGE)
    taken = taken_up(notes, MESSAGE, "I'm hearing that your March invoice was charged twice. I have refunded you.")
    assert not_reflected(notes, taken) == ()
    assert [MESSAGE[a:b] for a, b in not_answered(notes, taken)] == ["How do I change my card"]


def test_a_reply_about_nothing_reflects_nothing() -> None:
    notes = listen(MESSAGE)
    taken = taken_up(notes, MESSAGE, "Thanks for reaching out! We value your feedback.")
    assert not_reflected(notes, taken) == notes.facts
    assert len(not_answered(notes, taken)) == 2


def test_another_word_for_the_same_thing_counts() -> None:
    notes = listen("I want my money back.")
    taken = taken_up(notes, "I want my money back.", "I have issued the refund today.")
    assert not_answered(notes, taken) == ()


def test_a_want_without_content_is_never_held_against_a_reply() -> None:
    notes = listen("My lamp flickers. Any suggestions?")
    taken = taken_up(notes, "My lamp flickers. Any suggestions?", "Have a nice day.")
    assert not_answered(notes, taken) == ()


def test_only_what_is_new_since_the_agent_spoke() -> None:
    turns = (Turn("customer", "one"), Turn("agent", "two"), Turn("customer", "three"), Turn("customer", "four"))
    assert new_words(turns) == "three\n\nfour"
    assert new_words((), "all of it") == "all of it"
