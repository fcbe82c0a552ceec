"""Hearing phrase patterns: each is tried only on sentences that hold a word of each kind it needs.

A pattern is filed under its rarest needed words; its other needed words are checked against the sentence as
a set, and only then the pattern itself runs. So the cost of a sentence hardly grows with the number of patterns
(`tools/bench` measures it).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from empathy_lint.rulebook.frequent import commonness
from empathy_lint.rulebook.phrases import TAG_MARK, Needs, Pattern
from empathy_lint.signals.regexes import compiled


class Hit(NamedTuple):
    """Half-open range of token indices in the document."""

    start: int
    end: int


def within(hits: Sequence[Hit], window: Hit) -> Sequence[Hit]:
    """Those of `hits`, which are in text order, that start in `window`. Cheap in texts of any length."""
    return hits[bisect_left(hits, (window.start,)) : bisect_left(hits, (window.end,))]


def touched(hit: Hit, others: Sequence[Hit]) -> bool:
    """Whether a hit overlaps one of `others`, which are in text order and don't overlap each other."""
    at = bisect_left(others, (hit.end,))
    return at > 0 and others[at - 1].end > hit.start


def merged(hits: Iterable[Hit]) -> list[Hit]:
    """The same ground as `hits`, in text order and without overlaps."""
    kept: list[Hit] = []
    for hit in sorted(hits):
        if kept and hit.start < kept[-1].end:
            kept[-1] = Hit(kept[-1].start, max(kept[-1].end, hit.end))
        else:
            kept.append(hit)
    return kept


class Entry(NamedTuple):
    """One pattern of one signal; `excepts` marks those that take a hit back."""

    signal: str
    excepts: bool
    pattern: Pattern
    others: Needs


Index = Mapping[str, tuple[Entry, ...]]


class Line(NamedTuple):
    """One sentence as patterns read it: its NORMs without white space, and the token each came from."""

    text: str
    tokens: tuple[int, ...]
    words: frozenset[str]


def build_index(patterns: Iterable[tuple[str, bool, Pattern]]) -> Index:
    """File every (signal, is it an exception, pattern) under its rarest needed words."""
    by_word: defaultdict[str, list[Entry]] = defaultdict(list)
    for signal, excepts, pattern in patterns:
        anchor = min(pattern.needs, key=commonness)
        others = tuple(need for need in pattern.needs if need is not anchor)
        for word in anchor:
            by_word[word].append(Entry(signal, excepts, pattern, others))
    return {word: tuple(entries) for word, entries in by_word.items()}


def line(norms: Sequence[str], start: int, tags: Sequence[str] = ()) -> Line:
    """The line of one sentence, whose first token has the index `start`; with word classes if given."""
    kept = [index for index, norm in enumerate(norms) if norm and not norm.isspace()]
    shown = [f"{norms[i]}{TAG_MARK}{tags[i]}" for i in kept] if tags else [norms[i] for i in kept]
    text = "".join(f" {word}" for word in shown)
    return Line(text, tuple(start + i for i in kept), frozenset(norms[i] for i in kept))


def candidates(index: Index, sentence: Line) -> Iterator[Entry]:
    """Entries of which every needed word occurs in the sentence."""
    seen: set[int] = set()
    words = sentence.words
    for word in words & index.keys():
        for entry in index[word]:
            # A loop and no `any`: there are dozens of entries for each sentence, and few needs.
            for need in entry.others:
                if need.isdisjoint(words):
                    break
            else:
                if id(entry.pattern) not in seen:
                    seen.add(id(entry.pattern))
                    yield entry


def matches(pattern: Pattern, sentence: Line) -> Iterator[Hit]:
    """Where the pattern stands in the sentence, from left to right, not overlapping."""
    at = first = 0
    for match in compiled(pattern.regex).finditer(sentence.text):
        first += sentence.text.count(" ", at, match.start(1))
        at = match.start(1)
        count = sentence.text.count(" ", match.start(1), match.end(1))
        if count:
            yield Hit(sentence.tokens[first], sentence.tokens[first + count - 1] + 1)
