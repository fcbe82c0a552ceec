"""Sentences as hashed features, which the learned ear weighs (`learned.py`).

A feature is a word, a pair or a triple of neighbours, the sentence's place in the text, a cue signal that stands
in it, or how much of it takes up the customer's words. Each is a number below `BUCKETS`, and no word can be
read back from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from empathy_lint.signals.match import Hit, within

if TYPE_CHECKING:
    import numpy as np

    from empathy_lint.signals.hear import Heard

    Array = np.ndarray[Any, np.dtype[Any]]

_BITS = 16
BUCKETS = 1 << _BITS
CUES = (
    *("apology", "specific-apology", "feeling-named", "hearing", "fault-owned", "gratitude", "confirmation"),
    *("refusal-words", "offer-words", "tone-words", "stock-phrase", "regret", "firm-step", "question"),
    *("brush-off", "minimising", "told-already", "read-it-yourself", "should-have", "fault-yours", "policy-wall"),
    *("records-say", "nobody-else", "talking-down", "belittling-ease", "rhetorical-jab", "ultimatum", "must-order"),
    *("restatement", "stakes-named", "shared-trouble", "known-fault", "agreement", "sympathy"),
    *("shouting", "any-inconvenience", "feelings-apology", "conditional-apology", "passed-on", "vague-promise"),
    *("loss", "upset", "malfunction", "foreign-trouble", "asks-how", "wish", "aim", "settled", "trouble-named"),
)
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


def features(texts: Sequence[Heard], in_place: bool = True) -> Iterator[tuple[Array, Array]]:
    """Of each text the sorted, distinct buckets of all its sentences, one sentence after another, and where each
    sentence begins among them; without what tells of its place in the text on demand.

    All texts go in one pass: numpy asks a price for every call, and many texts have few words.
    """
    import numpy as np

    words = [row for text in texts for row in _words(text)]
    if not words:
        yield from ((np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)) for _ in texts)
        return
    lengths = iter([len(row) for row in words])
    marks = [row for text in texts for row in _marks(text, [next(lengths) for _ in text.sentences], in_place)]
    keys = _keys(words, marks)
    starts = np.searchsorted(keys, np.arange(len(words) + 1) << _BITS)
    yield from _by_text(texts, keys & (BUCKETS - 1), starts)


def forget() -> None:
    """Forget which words were met."""
    _KINDS.clear()


def _by_text(texts: Sequence[Heard], buckets: Array, starts: Array) -> Iterator[tuple[Array, Array]]:
    at = 0
    for text in texts:
        first, at = at, at + len(text.sentences)
        own = starts[first:at] - starts[first]
        yield buckets[starts[first] : starts[at]], own


def _words(heard: Heard) -> list[list[int]]:
    """For each sentence a number a token, without white space."""
    ids = _ids(heard)
    return [[i for i in ids[hit.start : hit.end] if i] for hit in heard.sentences]


def _keys(words: list[list[int]], marks: list[list[int]]) -> Array:
    """Sentence and bucket of each feature in one number, sorted and distinct."""
    import numpy as np

    rows, values = _grams(words)
    marked = np.repeat(np.arange(len(marks)), [len(row) for row in marks])
    told = np.array([mark for row in marks for mark in row], dtype=np.uint64)
    keys = np.sort(np.concatenate([rows, marked]) << _BITS | _bucket(np.concatenate([values, told])))
    distinct: Array = keys[np.diff(keys, prepend=-1) > 0]
    return distinct


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
