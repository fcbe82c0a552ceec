"""A small learned ear: one linear score a sentence and speech act, where phrases alone don't reach.

The score of a speech act in a sentence is the logistic of the sum of the weights of its features (`features.py`).
The same features of a whole text, summed with other weights, are the `wording` that judgements of a reply look
at (`detectors/care.py`). The weights are written by `tools/train_ears.py`; hashes, not words, are stored, so no
training text travels with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from empathy_lint.signals.features import BUCKETS, features
from empathy_lint.signals.match import Hit
from empathy_lint.signals.window import trimmed

if TYPE_CHECKING:
    import numpy as np

    from empathy_lint.signals.hear import Heard

    Array = np.ndarray[Any, np.dtype[Any]]

# In the order of the columns of the weights. `trouble` is heard in customers' sentences, the others in replies.
ACTS = ("acknowledgement", "refusal", "bad-news", "offer", "tone", "trouble")
# What the wording of both texts speaks for: in the order of the columns, each for the reply, then the customer's.
JUDGEMENTS = ("difficult", "asks-for-care")
_WEIGHTS = "ears.npz"


class Weights(NamedTuple):
    """Weights of features for the acts of a sentence, then for the wording of a text (judgements × sides: first
    the reply's, then the customer's), as one table of columns; and the constant of each act."""

    table: Array
    constants: Array


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that come with the package."""
    import numpy as np

    with resources.as_file(resources.files("empathy_lint.signals") / _WEIGHTS) as path, np.load(path) as data:
        table = np.zeros((BUCKETS, len(ACTS) + 2 * len(JUDGEMENTS)), dtype=np.float32)
        table[data["features"], data["columns"]] = data["values"]
        return Weights(table, data["constants"].astype(np.float32))


def prepare(texts: Sequence[Heard]) -> None:
    """Work out for many texts at once what `scores` and `wording` tell of each."""
    for text, (buckets, starts) in zip(texts, features(texts), strict=True):
        _weigh(text, buckets, starts)


def _weigh(text: Heard, buckets: Array, starts: Array) -> None:
    import numpy as np

    table, constants = weights()
    rows = table[buckets]
    sums = np.add.reduceat(rows, starts) if len(starts) else np.zeros((0, table.shape[1]), dtype=np.float32)
    text.facts["scores"] = 1 / (1 + np.exp(-(sums[:, : len(ACTS)] + constants)))
    # A feature counts once in a text, however many sentences have it.
    once = rows[np.unique(buckets, return_index=True)[1], len(ACTS) :]
    text.facts["spoken"] = once.sum(axis=0).reshape(len(JUDGEMENTS), 2)


def scores(heard: Heard) -> Array:
    """Probability of each act (column) in each sentence (row) of a text."""
    return _known(heard, "scores")


def wording(heard: Heard, judgement: str) -> float:
    """How much the words of the reply, and of the customer's message, speak for a judgement; 0 is neither way."""
    of = JUDGEMENTS.index(judgement)
    customers = _known(heard.customer, "spoken")[of, 1] if heard.customer else 0.0
    return float(_known(heard, "spoken")[of, 0] + customers)


def _known(heard: Heard, what: str) -> Array:
    if what not in heard.facts:
        prepare([heard])
    found: Array = heard.facts[what]
    return found


def pooled(heard: Heard | None) -> Array:
    """For each act (column) what its scores come to in a text: the strongest, the mean, how much in all (the
    logarithm of one and the sum), and the first sentence's. Zeros for no text."""
    import numpy as np

    known = scores(heard) if heard is not None else np.zeros((0, len(ACTS)), dtype=np.float32)
    if not len(known):
        return np.zeros((4, len(ACTS)), dtype=np.float32)
    return np.array([known.max(axis=0), known.mean(axis=0), np.log1p(known.sum(axis=0)), known[0]])


def sentences_above(heard: Heard, act: str, threshold: float) -> list[Hit]:
    """The sentences whose score for an act reaches the threshold, without the white space around them."""
    column = scores(heard)[:, ACTS.index(act)]
    return [trimmed(heard, hit) for hit, score in zip(heard.sentences, column, strict=True) if score >= threshold]
