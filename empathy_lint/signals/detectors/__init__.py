"""Python behind signal names, for what phrases can't say. Each takes a `Heard` and yields token ranges."""

from __future__ import annotations

from collections.abc import Mapping

from empathy_lint.signals.detectors import answer, care, shape, speech, template, thread
from empathy_lint.signals.hear import Detector

DETECTORS: Mapping[str, Detector] = {
    "acknowledgement": speech.acknowledgement,
    "refusal": answer.refusal,
    "offer": answer.offer,
    "bad-news": speech.bad_news,
    "difficult": care.difficult,
    "asks-for-care": care.asks_for_care,
    "shouting": shape.shouting,
    "curt-order": shape.curt_order,
    "question": shape.question,
    "link": shape.link,
    "overlong-sentence": shape.overlong_sentence,
    "wall-of-text": shape.wall_of_text,
    "dense-prose": shape.dense_prose,
    "unreflected-facts": thread.unreflected_facts,
    "unanswered-wants": thread.unanswered_wants,
    **template.DETECTORS,
}
