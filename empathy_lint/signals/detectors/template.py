"""Template faults as signals: one detector for each fault that a single reply can show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from empathy_lint.offsets import Span
from empathy_lint.signals.match import Hit
from empathy_lint.sources.placeholders import FAULTS, check_placeholders, words_for

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Detector, Heard

_KNOWN = "template-faults"


def _detector(rule: str) -> Detector:
    def hear(heard: Heard) -> Iterator[Hit]:
        yield from _faults(heard)[rule]

    return hear


def _faults(heard: Heard) -> dict[str, list[Hit]]:
    """All faults of a reply, worked out once. Only rules about replies ask for them."""
    if _KNOWN not in heard.facts:
        found: defaultdict[str, list[Hit]] = defaultdict(list)
        for fault in check_placeholders(heard.reply):
            hits = _hit(heard, fault.span)
            found[fault.rule] += hits
            for hit in hits:
                heard.tell(hit, words_for(fault))
        heard.facts[_KNOWN] = found
    faults: dict[str, list[Hit]] = heard.facts[_KNOWN]
    return faults


def _hit(heard: Heard, span: Span) -> list[Hit]:
    found = heard.doc.char_span(span.start, span.end, alignment_mode="expand")
    return [Hit(found.start, found.end)] if found is not None else []


DETECTORS: Mapping[str, Detector] = {rule: _detector(rule) for rule in FAULTS}
