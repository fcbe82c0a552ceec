"""What the tokenizer keeps whole and what it cuts."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Make = Callable[[str], Doc]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sorry!!! Really?!", ["Sorry", "!!!", "Really", "?!"]),
        ("*** and/or ___", ["***", "and", "/", "or", "___"]),
        ("Call 555-010-0100.", ["Call", "555-010-0100", "."]),
        ("the order id, Wed 5pm", ["the", "order", "id", ",", "Wed", "5", "pm"]),
        ("an e-mail", ["an", "e-mail"]),
        ("Hi {{customer.name}}, %{agent}.", ["Hi", "{{customer.name}}", ",", "%{agent}", "."]),
        ("can't won't CAN'T", ["ca", "n't", "wo", "n't", "CA", "N'T"]),
        ("we'll I'd've Ann's", ["we", "'ll", "I", "'d", "'ve", "Ann", "'s"]),
        ("don’t it’s", ["do", "n’t", "it", "’s"]),
        ("dont cannot youre", ["do", "nt", "can", "not", "you", "re"]),
        ("e.g. Mr. Smith at 5 p.m.", ["e.g.", "Mr.", "Smith", "at", "5", "p.m."]),
        ("refunded.", ["refunded", "."]),
    ],
)
def test_words(tokens: Make, text: str, words: list[str]) -> None:
    assert [t.text for t in tokens(text)] == words


@pytest.mark.parametrize(
    ("text", "norms"),
    [("can't", ["can", "not"]), ("Won’t", ["will", "not"]), ("I'm", ["i", "am"]), ("let's", ["let", "us"])],
)
def test_contractions_have_their_norms(tokens: Make, text: str, norms: list[str]) -> None:
    assert [t.norm_ for t in tokens(text)] == norms


def test_the_pipeline_has_the_same_tokenizer(tokens: Make, nlp: Callable[[str], Doc]) -> None:
    text = "I can't; we'll see *** {{a.b}} :) e.g. 555-010-0100, and/or."
    assert [(t.text, t.norm_) for t in nlp(text)] == [(t.text, t.norm_) for t in tokens(text)]
