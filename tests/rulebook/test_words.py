"""Words are cut, and their forms made, as the real tokenizer and English have them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from empathy_lint.language.load import blank
from empathy_lint.rulebook import bundled_folder, words
from empathy_lint.rulebook.phrases import _lex


def norms(text: str) -> tuple[str, ...]:
    return tuple(token.norm_ for token in _nlp()(text))


@cache
def _nlp():
    return blank()


def phrases() -> Iterator[str]:
    """Every phrase of the bundled rules."""
    for file in sorted(Path(bundled_folder(), "signals").glob("*.yaml")):
        signal = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key in ("patterns", "except"):
            written = signal.get(key) or []
            yield from [written] if isinstance(written, str) else written
    for entries in yaml.safe_load(Path(bundled_folder(), "words.yaml").read_text(encoding="utf-8")).values():
        yield from entries


def marks() -> set[str]:
    return {mark for phrase in phrases() for mark in _lex(phrase)}


def test_every_word_of_the_rulebook_is_cut_as_the_tokenizer_cuts_it() -> None:
    plain = {mark for mark in marks() if mark[0] not in "(){}<|?^$.~*" and not mark.startswith(("'", "’"))}
    assert len(plain) > 500
    assert {mark: norms(mark.lower()) for mark in plain if norms(mark.lower()) != words.split(mark)} == {}


def test_a_bare_ending_is_what_it_is_after_a_word() -> None:
    bare = {mark for mark in marks() if mark.startswith("'") and len(mark) > 1}
    assert {"'re", "'ll", "'ve", "'m"} <= bare
    assert {mark: norms(f"you{mark}")[1:] for mark in bare if norms(f"you{mark}")[1:] != words.split(mark)} == {}
    assert words.split("n't") == ("not",) == norms("don't")[1:]


def test_every_form_is_one_word_to_the_tokenizer() -> None:
    forms = {form for mark in marks() if mark.startswith("~") for form in words.forms(mark[1:].lower())}
    assert len(forms) > 200
    assert {form: norms(form) for form in forms if norms(form) != (form,)} == {}


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("ask", "ask asks asked asking"),
        ("refuse", "refuse refuses refused refusing"),
        ("apply", "apply applies applied applying"),
        ("delay", "delay delays delayed delaying"),
        ("stop", "stop stops stopped stopping"),
        ("refer", "refer refers referred referring"),
        ("offer", "offer offers"),
        ("fix", "fix fixes fixed fixing"),
        ("miss", "miss misses missed missing"),
        ("die", "die dies died dying"),
        ("agree", "agree agrees agreed agreeing"),
        ("wait", "wait waits waited waiting"),
        ("be", "be am is are was were been being"),
        ("go", "go goes went gone going"),
        ("read", "read reads reading"),
    ],
)
def test_forms(word: str, forms: str) -> None:
    assert set(forms.split()) <= set(words.forms(word))
    assert words.forms(word)[0] == word
    assert len(words.forms(word)) == len(set(words.forms(word)))


@pytest.mark.parametrize(
    "text",
    ["can't", "Won’t", "shan't", "cannot", "I'm", "you're", "we'll", "they've", "it's", "let's", "mix-up", "e-mail",
     "10-year-old", "don't", "isn't", "couldn't"],
)  # fmt: skip
def test_split_agrees_with_the_tokenizer(text: str) -> None:
    assert words.split(text) == norms(text)
