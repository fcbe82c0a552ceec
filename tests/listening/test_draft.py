"""Drafts: short, grammatical, nothing invented; a gap where the words are too tangled."""

from __future__ import annotations

import re

import pytest

from empathy_lint.listening import listen
from empathy_lint.listening.inflect import past, third


@pytest.mark.parametrize(
    ("text", "email"),
    [
        (
            "My March invoice was charged twice. I want a refund.",
            "your March invoice was charged twice, and what you'd like is a refund",
        ),
        (
            "I can't log in since the update.",
            "you can't log in since the update",
        ),
        (
            "I WAS CHARGED TWICE!!! Please refund me.",
            "you were charged twice, and you'd like us to refund you",
        ),
        (
            "Your driver left my parcel in the rain.",
            "our driver left your parcel in the rain",
        ),
        (
            "How do I change the colour of my calendar?",
            "you'd like to know how to change the colour of your calendar",
        ),
        (
            "Does the blue lamp work with a dimmer?",
            "you'd like to know whether the blue lamp works with a dimmer",
        ),
        (
            "Why is my account locked?",
            "you'd like to know why your account is locked",
        ),
        (
            "Could you send me the manual?",
            "you'd like us to send you the manual",
        ),
        (
            "Tried to pay with my card and it was refused.",
            "you tried to pay with your card, and it was refused",
        ),
        (
            "I'm locked out. Any ideas?",
            "you're locked out, and you'd like ideas",
        ),
        (
            "Is there a way to print my labels myself?",
            "you'd like to know whether there is a way to print your labels yourself",
        ),
    ],
)
def test_email(text: str, email: str) -> None:
    notes = listen(text)
    assert notes.draft_email == f"I'm hearing that {email}. Did I get that right?"
    assert not notes.blank


def test_chat_is_shorter() -> None:
    notes = listen("My order never came. I rang twice and nobody answered. I want a refund. Can you cancel my plan?")
    assert len(notes.draft_chat) < len(notes.draft_email)
    assert notes.draft_chat.startswith("So ")


@pytest.mark.parametrize("text", ["You useless idiots!!!", "asdf qwer zxcv", "Thank you so much."])
def test_a_gap_where_nothing_can_be_said_again(text: str) -> None:
    notes = listen(text)
    assert notes.blank
    assert "___" in notes.draft_email
    assert "___" in notes.draft_chat


def test_insults_are_read_past_and_facts_kept() -> None:
    notes = listen("You useless idiots!!! My parcel is lost.")
    assert notes.draft_email == "I'm hearing that your parcel is lost. Did I get that right?"


def test_no_content_word_is_invented() -> None:
    text = "I bought a heater on Monday but it doesn't turn on. Can you tell me where the nearest shop is?"
    frame = set(
        re.findall(r"\S+", "i'm hearing that you'd like us to and did i get right know whether our we your you is")
    )
    words = set(re.findall(r"[\w']+", listen(text).draft_email.lower())) - frame
    assert words <= set(re.findall(r"[\w']+", text.lower()))


@pytest.mark.parametrize(("verb", "form"), [("work", "works"), ("try", "tries"), ("have", "has"), ("reach", "reaches")])
def test_third(verb: str, form: str) -> None:
    assert third(verb) == form


@pytest.mark.parametrize(
    ("verb", "form"), [("go", "went"), ("change", "changed"), ("stop", "did stop"), ("try", "tried")]
)
def test_past(verb: str, form: str) -> None:
    assert past(verb) == form


@pytest.mark.parametrize("message", ["How?", "Anyone?", "My lamp broke. Anyone?", "Why", "Anybody else?", "Is there?"])
def test_a_question_of_one_word_is_no_stumble(message: str) -> None:
    assert listen(message).draft_email
