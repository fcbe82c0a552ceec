"""Verb forms for a question said as a statement: "does it work" → "it works"."""

from __future__ import annotations

import re

_PAST = {
    "get": "got", "go": "went", "take": "took", "send": "sent", "make": "made", "have": "had", "do": "did",
    "say": "said", "tell": "told", "give": "gave", "come": "came", "lose": "lost", "put": "put", "find": "found",
    "buy": "bought", "pay": "paid", "see": "saw", "leave": "left", "become": "became", "break": "broke",
}  # fmt: skip


def third(verb: str) -> str:
    """Third person singular."""
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "s"


def past(verb: str) -> str:
    """Simple past; with "did" where the form isn't sure."""
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb) or not verb.isalpha():
        return f"did {verb}"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else verb + "ed"
