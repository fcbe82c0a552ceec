"""What is heard in messages written for these tests: facts, wants, feelings."""

from __future__ import annotations

import time

import pytest

from empathy_lint.listening import Notes, listen


def heard(text: str, notes: Notes) -> tuple[list[str], list[str], list[str]]:
    facts, wants, feelings = ([text[a:b] for a, b in part] for part in (notes.facts, notes.wants, notes.feelings))
    return facts, wants, feelings


@pytest.mark.parametrize(
    ("text", "facts", "wants", "feelings"),
    [
        (
            "My March invoice was charged twice. I want a refund.",
            ["My March invoice was charged twice"],
            ["I want a refund"],
            [],
        ),
        ("I can't log in since the update.", ["I can't log in since the update"], [], []),
        (
            "The kettle arrived yesterday but the lid is cracked. Can you send me a new one?",
            ["the lid is cracked", "The kettle arrived yesterday"],
            ["Can you send me a new one"],
            [],
        ),
        (
            "Hello, I ordered two lamps last week and only one came. I'm really disappointed.",
            ["I ordered two lamps last week", "only one came"],
            [],
            ["I'm really disappointed"],
        ),
        ("How do I change the colour of my calendar?", [], ["How do I change the colour of my calendar"], []),
        ("Please cancel my subscription.", [], ["cancel my subscription"], []),
        ("Thanks for your help!", [], [], []),
        ("Is it possible to export my notes?", [], ["export my notes"], []),
        ("Any suggestions?", [], ["Any suggestions"], []),
    ],
)
def test_hears(text: str, facts: list[str], wants: list[str], feelings: list[str]) -> None:
    assert heard(text, listen(text)) == (facts, wants, feelings)


def test_facts_are_at_most_four_the_trouble_first() -> None:
    text = (
        "I bought a desk in May. It came in June. I live on the third floor. My neighbour helped me. "
        "One of the legs is broken. The drawer doesn't close."
    )
    notes = listen(text)
    assert len(notes.facts) == 4
    assert {text[a:b] for a, b in notes.facts[:2]} == {"One of the legs is broken", "The drawer doesn't close"}


def test_a_subject_line_counts_only_where_the_message_does_not_say_it() -> None:
    again = "The printer is jammed\n\nThe printer is jammed again and I need it today."
    assert all(a > again.index("\n\n") for a, _ in listen(again).facts)
    alone = "My screen goes dark all day\n\nPlease advise."
    assert [alone[a:b] for a, b in listen(alone).facts] == ["My screen goes dark all day"]


def test_offsets_are_those_of_the_message_with_curly_quotes_and_emoji() -> None:
    text = "😡😡 @Shop I can’t open the box…  https://shop.example/x"
    assert [text[a:b] for a, b in listen(text).facts] == ["I can’t open the box"]


def test_chat_spelling_is_read() -> None:
    text = "i cant log in pls help"
    facts, wants, _ = heard(text, listen(text))
    assert facts == ["i cant log in"]
    assert wants == ["pls help"] or wants == ["help"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "…", "@shop", "ok", "😡", "'", '"'])
def test_next_to_nothing_is_no_error(text: str) -> None:
    notes = listen(text)
    assert notes.facts == notes.wants == ()
    assert notes.blank


def test_a_message_takes_well_under_fifty_milliseconds() -> None:
    text = "My parcel did not come. I waited all day and nobody rang. Can you send it again? " * 2
    listen(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.05


def _seconds(text: str) -> float:
    start = time.perf_counter()
    listen(text)
    return time.perf_counter() - start


def test_time_grows_no_faster_than_the_text() -> None:
    """A message without a full stop must not cost the square of its length."""
    once = 'my box "is here" and the dog ran off with my lunch, ' * 50
    listen(once)
    short, long = _seconds(once), _seconds(once * 8)
    assert long < 8 * 4 * max(short, 0.01)
