"""A small learned ear: one linear score a sentence and speech act, where phrases alone don't reach.

Each sentence becomes a set of hashed features: its words, pairs and triples of neighbours, its place in the
text, the cue signals that stand in it (`rules/signals`), and how much of it takes up the customer's words.
The score of a speech act is the logistic of the sum of the weights of those features. The same features of a
whole text, summed with other weights, are the `wording` that judgements of a reply look at (`detectors/care.py`).
The weights are written by `tools/train_ears.py`; hashes, not words, are stored, so no training text travels
with them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from empathy_lint.signals.match import Hit, within
from empathy_lint.signals.window import trimmed

if TYPE_CHECKING:
    import numpy as np

    from empathy_lint.signals.hear import Heard

    Array = np.ndarray[Any, np.dtype[Any]]

_BITS = 16
BUCKETS = 1 << _BITS
# In the order of the columns of the weights. `trouble` is heard in customers' sentences, the others in replies.
ACTS = ("acknowledgement", "refusal", "bad-news", "offer", "tone", "trouble")
# What the wording of both texts speaks for: in the order of the columns, each for the reply, then the customer's.
JUDGEMENTS = ("difficult", "asks-for-care")
CUES = (
    *("apology", "specific-apology", "feeling-named", "hearing", "fault-owned", "gratitude", "confirmation"),
    *("refusal-words", "offer-words", "tone-words", "stock-phrase", "regret", "firm-step", "question"),
    *("brush-off", "minimising", "told-already", "read-it-yourself", "should-have", "fault-yours", "policy-wall"),
    *("records-say", "nobody-else", "talking-down", "belittling-ease", "rhetorical-jab", "ultimatum", "must-order"),
    *("shouting", "any-inconvenience", "feelings-apology", "conditional-apology", "passed-on", "vague-promise"),
)
_WEIGHTS = "ears.npz"
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_NUMBER, _LINK, _NAME = (crc32(name.encode()) for name in ("<number>", "<link>", "<name>"))
_EDGE = crc32(b"<edge>")
_CUE_IDS = {name: crc32(b"cue " + name.encode()) for name in CUES}
# What kind of word a hash stands for, each asked once; spaCy's hashes are the same in every vocabulary.
_KINDS: dict[int, int | None] = {}
# Grammar words say nothing of whether a sentence takes up the customer's matter.
_GRAMMAR = """
the a an and or but if so as of to in on at by for from with about into over than then i me my we us our you your he
she it its they them their this that these those is are was were be been being am do does did have has had will would
can could should may might must not no yes please thanks thank hi hello hey there here what when where which who how
why just also very really 's 'd , . ? ! : ; - ( ) " ' ... & get got help need want know like
"""
_LIGHT = frozenset(_GRAMMAR.split())


class Weights(NamedTuple):
    """Weights of features for the acts of a sentence (features × acts), with the constant of each act, and for
    the wording of a text (features × judgements × sides)."""

    acts: Array
    constants: Array
    wording: Array


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that come with the package."""
    import numpy as np

    with resources.as_file(resources.files("empathy_lint.signals") / _WEIGHTS) as path, np.load(path) as data:
        table = np.zeros((BUCKETS, len(ACTS) + 2 * len(JUDGEMENTS)), dtype=np.float32)
        table[data["features"], data["columns"]] = data["values"]
        acts, wording = np.split(table, [len(ACTS)], axis=1)
        return Weights(
            np.ascontiguousarray(acts),
            data["constants"].astype(np.float32),
            np.ascontiguousarray(wording).reshape(BUCKETS, len(JUDGEMENTS), 2),
        )


def features(heard: Heard) -> tuple[Array, Array]:
    """The buckets of all sentences, one after another, and where each begins. Worked out once a text."""
    known: tuple[Array, Array] | None = heard.facts.get("features")
    if known is None:
        known = heard.facts["features"] = _features(heard, in_place=True)
    return known


def scores(heard: Heard) -> Array:
    """Probability of each act (column) in each sentence (row) of a text. Worked out once a text."""
    known = heard.facts.get("scores")
    if known is None:
        import numpy as np

        known = np.zeros((len(heard.sentences), len(ACTS)), dtype=np.float32)
        if heard.sentences:
            buckets, starts = features(heard)
            known[:] = 1 / (1 + np.exp(-(np.add.reduceat(weights().acts[buckets], starts) + weights().constants)))
        heard.facts["scores"] = known
    return known


def wording(heard: Heard, judgement: str) -> float:
    """How much the words of the reply, and of the customer's message, speak for a judgement; 0 is neither way."""
    known = heard.facts.get("wording")
    if known is None:
        known = heard.facts["wording"] = _wording(heard)
    return float(known[JUDGEMENTS.index(judgement)])


def _wording(heard: Heard) -> Array:
    """One number a judgement."""
    import numpy as np

    sides = [side for side in (heard, heard.customer) if side is not None and side.sentences]
    sums = [weights().wording[np.unique(features(side)[0]), :, int(side is not heard)].sum(axis=0) for side in sides]
    found: Array = np.sum(sums, axis=0) if sums else np.zeros(len(JUDGEMENTS))
    return found


def pooled(heard: Heard | None) -> Array:
    """For each act (column) what its scores come to in a text: the strongest, the mean, how much in all (the
    logarithm of one and the sum), and the first sentence's. Zeros for no text."""
    import numpy as np

    known = scores(heard) if heard is not None else np.zeros((0, len(ACTS)), dtype=np.float32)
    if not len(known):
        return np.zeros((4, len(ACTS)), dtype=np.float32)
    return np.array([known.max(axis=0), known.mean(axis=0), np.log1p(known.sum(axis=0)), known[0]])


def best(heard: Heard | None, act: str) -> list[float]:
    """The scores of one act, highest first; empty for no text."""
    return sorted((float(value) for value in scores(heard)[:, ACTS.index(act)]), reverse=True) if heard else []


def sentences_above(heard: Heard, act: str, threshold: float) -> list[Hit]:
    """The sentences whose score for an act reaches the threshold, without the white space around them."""
    column = scores(heard)[:, ACTS.index(act)]
    return [trimmed(heard, hit) for hit, score in zip(heard.sentences, column, strict=True) if score >= threshold]


def sentence_features(heard: Heard, in_place: bool = True) -> list[Array]:
    """For each sentence the sorted, distinct buckets of its features; without its place in the text on demand."""
    import numpy as np

    if not heard.sentences:
        return []
    buckets, starts = features(heard) if in_place else _features(heard, in_place)
    return np.split(buckets, starts[1:])


def _features(heard: Heard, in_place: bool) -> tuple[Array, Array]:
    """The buckets of all sentences, one after another, and where each begins: one pass for the whole text."""
    import numpy as np

    ids = _ids(heard)
    words = [[i for i in ids[hit.start : hit.end] if i] for hit in heard.sentences]
    marks = _marks(heard, [len(row) for row in words], in_place)
    rows, values = _grams(words)
    marked = np.repeat(np.arange(len(marks)), [len(row) for row in marks])
    told = np.array([mark for row in marks for mark in row], dtype=np.uint64)
    keys = np.sort(np.concatenate([rows, marked]) << _BITS | _bucket(np.concatenate([values, told])))
    keys = keys[np.diff(keys, prepend=-1) > 0]
    return keys & (BUCKETS - 1), np.searchsorted(keys, np.arange(len(words)) << _BITS)


def _marks(heard: Heard, lengths: list[int], in_place: bool) -> list[list[int]]:
    """What each sentence shows beside its words: its place, the customer's words in it, its cues."""
    cues = [(_CUE_IDS[name], hits) for name in CUES if name in heard.ears.signals and (hits := heard.hits(name))]
    topic = _topic(heard)
    rows = []
    for index, hit in enumerate(heard.sentences):
        marks = [*_place(heard, index, lengths[index]), *_taken_up(heard, hit, index, topic)] if in_place else []
        rows.append(marks + [cue for cue, hits in cues if within(hits, hit)])
    return rows


def _ids(heard: Heard) -> list[int]:
    """One number a token: its NORM's hash, a class for numbers, links and names, 0 for white space."""
    keys, norms = heard.column("ORTH"), heard.column("NORM")
    for key in keys:
        if key not in _KINDS:
            _KINDS[key] = _kind(heard.doc.vocab[key])
    return [norm if (kind := _KINDS[key]) is None else kind for key, norm in zip(keys, norms, strict=True)]


def _kind(word: Any) -> int | None:
    """The class of a word (a lexeme of spaCy's), None where it stands for itself."""
    if word.is_space:
        return 0
    if word.like_num:
        return _NUMBER
    if word.text.startswith("Xx") and not word.text.strip("Xx"):
        return _NAME
    return _LINK if word.like_url else None


def _grams(words: list[list[int]]) -> tuple[Array, Array]:
    """Words, pairs and triples of neighbours in each sentence: for each the sentence's row, and its number."""
    import numpy as np

    sizes = [len(row) + 2 for row in words]
    framed = np.array([i for row in words for i in (_EDGE, *row, _EDGE)], dtype=np.uint64)
    rows, ends = np.repeat(np.arange(len(words)), sizes), np.cumsum(sizes)
    inner = np.ones(len(framed), dtype=bool)
    inner[ends - 1] = inner[ends - sizes] = False
    near, far = rows[:-1] == rows[1:], rows[:-2] == rows[2:]
    one, two, three = (np.uint64(m) for m in _MULTIPLIERS)
    pairs = framed[:-1] * one + framed[1:] * two
    skips = framed[:-2] * two + framed[2:] * one
    triples = framed[:-2] * three + framed[1:-1] * one + framed[2:] * two
    values = np.concatenate([framed[inner], pairs[near], skips[far], triples[far]])
    return np.concatenate([rows[inner], rows[1:][near], rows[2:][far], rows[2:][far]]), values


def _bucket(values: Array) -> Array:
    import numpy as np

    mixed = (values ^ (values >> np.uint64(31))) * np.uint64(_MULTIPLIERS[0])
    found: Array = (mixed >> np.uint64(48)).astype(np.int64)
    return found


def _place(heard: Heard, index: int, words: int) -> list[int]:
    names = [f"length {min(words // 4, 6)}", "first" if index == 0 else "later"]
    names += ["last"] if index == len(heard.sentences) - 1 else []
    return [crc32(f"{name}".encode()) for name in names]


def _topic(heard: Heard) -> frozenset[str]:
    """The customer's own content words."""
    said = heard.customer.norms if heard.customer else ()
    return frozenset(_stem(norm) for norm in said if _is_content(norm))


def _taken_up(heard: Heard, hit: Hit, index: int, topic: frozenset[str]) -> list[int]:
    if not topic:
        return [crc32(b"no customer")]
    content = {_stem(norm) for norm in heard.norms[hit.start : hit.end] if _is_content(norm)}
    shared = len(content & topic)
    share = int(4 * shared / max(len(content), 1))
    early = "early" if index < 2 else "late"
    return [crc32(f"{early} shared {min(shared, 4)}".encode()), crc32(f"{early} share {share}".encode())]


def _is_content(norm: str) -> bool:
    return norm not in _LIGHT and any(letter.isalnum() for letter in norm)


def _stem(norm: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if norm.endswith(ending) and len(norm) - len(ending) >= 3:
            return norm[: -len(ending)].rstrip("e")
    return norm.rstrip("e")
