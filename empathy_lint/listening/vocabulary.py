"""Lists of words as they are read: in one string, white space between them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """ "a b c" → {"a", "b", "c"}."""
    return frozenset(text.split())
