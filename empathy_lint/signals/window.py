"""The `find` grammar over a window of sentences: the one way in which cues become signals and rules speak."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from empathy_lint.model import Scope
from empathy_lint.rulebook import Find
from empathy_lint.signals.match import Hit, within

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

# An acknowledgement that comes after this many words no longer opens the reply.
OPENING_WORDS = 45
CLOSING_SENTENCES = 2


def windows(heard: Heard, scope: Scope) -> list[Hit]:
    """The token ranges that a rule of this scope looks at."""
    sentences = heard.sentences
    if not sentences:
        return []
    if scope == "sentence":
        return _with_gaps(sentences, len(heard.doc))
    if scope == "opening":
        return [opening(sentences)]
    if scope == "closing":
        return [Hit(sentences[-CLOSING_SENTENCES:][0].start, sentences[-1].end)]
    return [Hit(sentences[0].start, sentences[-1].end)]


def _with_gaps(sentences: list[Hit], length: int) -> list[Hit]:
    """Sentences with the white space after each (the first: before it too), where masked tags may stand."""
    starts = [0, *(sentence.start for sentence in sentences[1:]), length]
    return [Hit(start, end) for start, end in pairwise(starts)]


def opening(sentences: list[Hit]) -> Hit:
    """The first sentences, up to the one in which the word `OPENING_WORDS` falls."""
    end = next((s.end for s in sentences if s.end - sentences[0].start >= OPENING_WORDS), sentences[-1].end)
    return Hit(sentences[0].start, end)


def may_hold(heard: Heard, find: Find, scope: Scope) -> bool:
    """False where some signal sought is nowhere in the text, so that no window needs a look.

    Only for sentences, of which there are many: one window is looked at as quickly, and in the order of `satisfied`.
    """
    if scope != "sentence":
        return True
    some = not find.any or any(heard.hits(name) for name in find.any)
    return some and all(heard.hits(name) for name in (*find.all, *find.order))


def satisfied(heard: Heard, find: Find, window: Hit, mark: str) -> tuple[Hit, ...]:
    """What to point at in this window: the hits of `mark` that meet `find`, or nothing.

    `mark` may be a signal, or `opening`, `closing` or `reply`; empty means all that `find` seeks.
    """
    if any(_inside(heard, name, window) for name in find.none):
        return ()
    if not all(_inside(heard, name, window) for name in find.all):
        return ()
    if find.any and not any(_inside(heard, name, window) for name in find.any):
        return ()
    if find.order and not _in_order(heard, find, window):
        return ()
    if find.near and not _near(heard, find, window):
        return ()
    return _marked(heard, find, window, mark)


def _inside(heard: Heard, name: str, window: Hit) -> Sequence[Hit]:
    return within(heard.hits(name), window)


def _in_order(heard: Heard, find: Find, window: Hit) -> bool:
    at = window.start
    for name in find.order:
        following = [hit for hit in _inside(heard, name, window) if hit.start >= at]
        if not following:
            return False
        at = min(hit.end for hit in following)
    return True


def _near(heard: Heard, find: Find, window: Hit) -> bool:
    """One hit of each signal sought lies within `near` words of a hit of the first."""
    first, *rest = find.sought
    wanted = [name for name in rest if name not in find.any] or rest
    return any(
        all(any(_distance(hit, other) <= find.near for other in _inside(heard, name, window)) for name in wanted)
        for hit in _inside(heard, first, window)
    )


def _distance(one: Hit, other: Hit) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _marked(heard: Heard, find: Find, window: Hit, mark: str) -> tuple[Hit, ...]:
    if mark == "reply":
        return (window,)
    if mark == "opening":
        return (first_telling(heard, window),)
    if mark == "closing":
        return (heard.sentences[-1],)
    names = (mark,) if mark else find.sought
    return tuple(hit for name in names for hit in _inside(heard, name, window))


def first_telling(heard: Heard, window: Hit) -> Hit:
    """The first sentence that is more than a greeting: at least four words."""
    inside = within(heard.sentences, window)
    alpha = heard.column("IS_ALPHA")
    return next((s for s in inside if sum(alpha[s.start : s.end]) >= 4), inside[0])


def telling_opening(heard: Heard) -> Hit:
    """The first telling sentence of a whole text, which has at least one."""
    whole = Hit(heard.sentences[0].start, heard.sentences[-1].end)
    return trimmed(heard, first_telling(heard, whole))


def trimmed(heard: Heard, hit: Hit) -> Hit:
    """A range without leading and trailing white space; unchanged where nothing else is in it."""
    start, end = hit
    blank = heard.column("IS_SPACE")
    while start < end - 1 and blank[start]:
        start += 1
    while end - 1 > start and blank[end - 1]:
        end -= 1
    return Hit(start, end)
