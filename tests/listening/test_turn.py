"""Turning around: whatever is said, no first person of the customer's is left, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from empathy_lint.listening import listen
from empathy_lint.listening.reading import read
from empathy_lint.listening.turn import FIRST_PERSON, turn

FIRST = ["I", "my brother and I", "we", "my wife", "our office", "my account", "our two kids"]
VERBS = [
    "was charged {n} times by",
    "can't open",
    "have lost",
    "am still waiting for",
    "bought",
    "was told about",
    "do not like",
]
THINGS = [
    "my order", "our invoice", "the blue box of mine", "{{ticket.title}}", "{order_id}", '"my secret sauce"',
    "the Ravensburg parcel", "myself", "us", "me and my dog", "a mine", "item A-{n}", "<email>",
]  # fmt: skip
TAILS = ["", " since Monday", " on 3/{n}/2024", " when I log in", " because we moved to Oslo", " for me"]


@st.composite
def said(draw: st.DrawFn) -> str:
    n = str(draw(st.integers(2, 9999)))
    parts = [draw(st.sampled_from(part)) for part in (FIRST, VERBS, THINGS, TAILS)]
    return f"{parts[0]} {parts[1]} {parts[2]}{parts[3]}".replace("{n}", n) + "."


def turned(text: str) -> str:
    reading = read(text)
    return turn(reading, 0, len(reading.doc))


def unquoted(text: str) -> str:
    return re.sub(r'"[^"]*"|<\w+>', "", text)


quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(said())
def test_no_first_person_is_left(text: str) -> None:
    assert not FIRST_PERSON.search(unquoted(turned(text)).replace("a mine", ""))


@quick
@given(said())
def test_quotes_placeholders_names_and_figures_stay(text: str) -> None:
    after = turned(text)
    assert re.findall(r"\d+", after) == re.findall(r"\d+", text)
    for kept in re.findall(r'"[^"]*"|\{\{?[^{}]*\}\}?|<\w+>|Ravensburg|Monday|Oslo', text):
        assert kept in after


@quick
@given(st.text(max_size=120))
def test_any_text_at_all_gives_a_draft(text: str) -> None:
    notes = listen(text)
    assert notes.draft_email.endswith("Did I get that right?")
    assert ("___" in notes.draft_email) == notes.blank
    for span in (*notes.facts, *notes.wants, *notes.feelings):
        assert 0 <= span.start < span.end <= len(text)


@quick
@given(said())
def test_drafts_have_no_first_person_of_the_customers(text: str) -> None:
    notes = listen(text)
    own = unquoted(notes.draft_email).removeprefix("I'm hearing").replace("Did I get", "").replace("a mine", "")
    # None of these messages speaks to the company, so "us" and "our" could only be the customer's.
    assert notes.blank or not FIRST_PERSON.search(own)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("I was away and was not told", "you were away and were not told"),
        ("my phone was stolen", "your phone was stolen"),
        ("I've hurt myself", "you've hurt yourself"),
        ("that bag is mine", "that bag is yours"),
        ("you sent us the wrong size", "we sent you the wrong size"),
        ("I bought it from you", "you bought it from us"),
        ("your app deleted my list", "our app deleted your list"),
        ("you can't leave the field empty", "you can't leave the field empty"),
        ("im locked out and ive lost my keys", "you're locked out and you've lost your keys"),
        ("it says 'I am not a robot' to me", "it says 'I am not a robot' to you"),
        ("We are moving and our boxes are here", "you are moving and your boxes are here"),
    ],
)
def test_turns(text: str, after: str) -> None:
    assert turned(text) == after
