"""Without whose patterns a rule, or a signal that is composed of others, hears nothing at all.

Most texts have few cues: what needs one that is not there is not worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from empathy_lint.rulebook import Find, SignalSpec


def needed(find: Find, signals: Mapping[str, SignalSpec]) -> tuple[str, ...]:
    """Signals of which one must be heard by its patterns; none where that can't be told from patterns."""
    for name in (*find.all, *find.order):
        if under := _under(name, signals):
            return under
    each = [_under(name, signals) for name in find.any]
    return tuple(chain.from_iterable(each)) if all(each) else ()


def _under(name: str, signals: Mapping[str, SignalSpec]) -> tuple[str, ...]:
    """The signals without whose patterns this one is not heard; none where it can be heard without."""
    spec = signals[name]
    if spec.detector:
        return ()
    if not spec.find:
        return (name,)
    composed = needed(spec.find, signals)
    return (*composed, name) if composed and spec.patterns else composed


def silent_without(signals: Mapping[str, SignalSpec]) -> dict[str, frozenset[str]]:
    """For each signal those without whose patterns it is not heard; signals that are heard otherwise are left out."""
    return {name: frozenset(under) for name in signals if (under := _under(name, signals))}
