"""Noun chunks from Universal Dependencies labels; spaCy's own iterator knows another scheme.

Set as `vocab.get_noun_chunks` by `load`, so `doc.noun_chunks` works as usual. The figure is in
`MODEL_CARD.md`: chunks of parsed raw text against chunks of the gold trees.
"""

from collections.abc import Iterator

from spacy.errors import Errors
from spacy.tokens import Doc, Span, Token

NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
# A nominal with one of these labels is a part of another chunk, not a chunk.
INSIDE = frozenset(("compound", "flat", "fixed", "goeswith", "det", "nmod:poss", "amod"))
LEFT = INSIDE | {"nummod", "det:predet", "nmod:desc", "advmod:emph"}
RIGHT = frozenset(("flat", "fixed", "goeswith", "nummod"))


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """(start, end, label) of base noun phrases, in order, never overlapping. ValueError without a parse."""
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(Errors.E029)
    label = doc.vocab.strings.add("NP")
    last = 0
    for word in doclike:
        if word.pos_ in NOMINAL and word.dep_ not in INSIDE and word.dep:
            start, end = _left(word), _right(word)
            if start >= last:
                yield start, end, label
                last = end


def _left(word: Token) -> int:
    """Where the determiners, adjectives and compounds of `word` begin, their own dependents with them."""
    return min((t.left_edge.i for t in word.lefts if t.dep_ in LEFT), default=word.i)


def _right(word: Token) -> int:
    """The end of a name or number that goes on after its head ("Anna Smith", "room 5")."""
    return max((t.right_edge.i for t in word.rights if t.dep_ in RIGHT), default=word.i) + 1
