"""Speech acts of whole sentences: the learned score of a sentence decides, at a threshold set for precision.

The thresholds were chosen by the figures of cross-validation on the labelled corpus in `tools/corpus`
(`tools/train_ears.py`), those of offers and refusals by the dev figures of `tools/measure.py` too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from empathy_lint.signals.learned import sentences_above
from empathy_lint.signals.match import Hit

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

ACKNOWLEDGEMENT = 0.5
REFUSAL = 0.6
REFUSAL_UNSEEN = 0.9
OFFER = 0.15
# A sentence that refuses as well: only where the ear is sure, or a word turns it.
OFFER_IN_REFUSAL = 0.8
TURNS = frozenset(
    (
        *("but", "however", "though", "although", "while", "whilst", "yet", "instead", "alternatively"),
        *("unless", "until", "if", ";"),
    )
)
BAD_NEWS = 0.5


def acknowledgement(heard: Heard) -> list[Hit]:
    """Sentences that show this customer was heard (GUIDELINE §2)."""
    return sentences_above(heard, "acknowledgement", ACKNOWLEDGEMENT)


def refusal(heard: Heard) -> list[Hit]:
    """Sentences that say no to what the customer wants (GUIDELINE §4); where nobody is seen to want anything, as in
    a remark in a thread, only those of which the ear is sure."""
    return sentences_above(heard, "refusal", REFUSAL_UNSEEN if heard.is_remark else REFUSAL)


def offer(heard: Heard) -> list[Hit]:
    """Sentences that give something real to go on with (GUIDELINE §5); a no that does not turn needs more to be one."""
    sure = set(sentences_above(heard, "offer", OFFER_IN_REFUSAL))
    # Where to read why they were refused gives them nothing; where to read how to do it does.
    empty = ("empty-offer", "reasons-only") if heard.has("refusal") else ("empty-offer",)
    found = (
        hit for hit in sentences_above(heard, "offer", OFFER) if not any(_stands_in(heard, name, hit) for name in empty)
    )
    return [hit for hit in found if hit in sure or not _is_bare_no(heard, hit)]


def _is_bare_no(heard: Heard, hit: Hit) -> bool:
    """Does a sentence refuse, with no word in it that turns to something else?"""
    return _stands_in(heard, "refusal", hit) and not TURNS & set(heard.norms[hit.start : hit.end])


def _stands_in(heard: Heard, name: str, hit: Hit) -> bool:
    return any(each.start < hit.end and hit.start < each.end for each in heard.hits(name))


def bad_news(heard: Heard) -> list[Hit]:
    """Sentences from which alone one knows that the situation is difficult (GUIDELINE §1)."""
    return sentences_above(heard, "bad-news", BAD_NEWS)
