"""Speech acts of whole sentences: the learned score of a sentence decides, at a threshold set for precision.

Refusals and offers, which depend on each other, are heard in `answer.py`. The thresholds were chosen by the figures
of cross-validation on the labelled corpus in `tools/corpus` (`tools/train_ears.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from empathy_lint.signals.learned import sentences_above
from empathy_lint.signals.match import Hit

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

ACKNOWLEDGEMENT = 0.5
BAD_NEWS = 0.5


def acknowledgement(heard: Heard) -> list[Hit]:
    """Sentences that show this customer was heard (GUIDELINE §2)."""
    return sentences_above(heard, "acknowledgement", ACKNOWLEDGEMENT)


def bad_news(heard: Heard) -> list[Hit]:
    """Sentences from which alone one knows that the situation is difficult (GUIDELINE §1)."""
    return sentences_above(heard, "bad-news", BAD_NEWS)
