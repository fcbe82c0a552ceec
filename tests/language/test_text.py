"""Quotes are straightened one character for one."""

from hypothesis import given
from hypothesis import strategies as st

from empathy_lint.language.text import CURLY, STRAIGHT, straighten


def test_every_curly_mark_has_its_plain_one() -> None:
    assert straighten(CURLY) == STRAIGHT


def test_the_rest_stays() -> None:
    assert straighten("“Don’t” … – ünïcode 👋🏽\r\n") == '"Don\'t" … – ünïcode 👋🏽\r\n'


@given(st.text())
def test_the_length_never_changes(text: str) -> None:
    assert len(straighten(text)) == len(text)
