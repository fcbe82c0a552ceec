"""Speech acts of whole sentences: the learned score of a sentence decides, at a threshold set for precision.

The thresholds are chosen by cross-validation on the labelled corpus in `tools/corpus` (`tools/train_ears.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from empathy_lint.signals.learned import sentences_above
from empathy_lint.signals.match import Hit

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

ACKNOWLEDGEMENT = 0.25
REFUSAL = 0.6
OFFER = 0.25
BAD_NEWS = 0.5
TONE = 0.6


def acknowledgement(heard: Heard) -> list[Hit]:
    """Sentences that show this customer was heard (GUIDELINE §2)."""
    return sentences_above(heard, "acknowledgement", ACKNOWLEDGEMENT)


def refusal(heard: Heard) -> list[Hit]:
    """Sentences that say no to what the customer wants (GUIDELINE §4)."""
    return sentences_above(heard, "refusal", REFUSAL)


def offer(heard: Heard) -> list[Hit]:
    """Sentences that give something real to go on with (GUIDELINE §5)."""
    return sentences_above(heard, "offer", OFFER)


def bad_news(heard: Heard) -> list[Hit]:
    """Sentences from which alone one knows that the situation is difficult (GUIDELINE §1)."""
    return sentences_above(heard, "bad-news", BAD_NEWS)


def tone(heard: Heard) -> list[Hit]:
    """Sentences whose tone a colleague would ask to reword (GUIDELINE §6)."""
    return sentences_above(heard, "tone", TONE)
