"""Listening to one text: from a tokenized `Doc` to named signals, each worked out once, when asked for.

`listen` prepares a text; `Heard.hits(name)` gives the token ranges of a signal. A signal is the union of what
its patterns, its detector and its `find` hear, less what an `except` pattern takes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from empathy_lint.model import Reply
from empathy_lint.offsets import Span
from empathy_lint.rulebook import Rulebook, SignalSpec
from empathy_lint.signals.match import Entry, Hit, Index, Line, build_index, candidates, line, matches, merged, touched
from empathy_lint.signals.needs import silent_without
from empathy_lint.signals.tagging import Annotate, tag
from empathy_lint.signals.thresholds import Thresholds
from empathy_lint.signals.window import may_hold, satisfied, windows

if TYPE_CHECKING:
    from spacy.tokens import Doc

Detector = Callable[["Heard"], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Ears:
    """What listening needs: the signals by name, their pattern index, and the Python detectors.

    `tagged` is the index of the patterns that ask for word classes, which `annotate` finds out; `silent_without`
    has the signals without whose patterns another is not heard.
    """

    signals: Mapping[str, SignalSpec]
    index: Index
    detectors: Mapping[str, Detector]
    tagged: Index
    annotate: Annotate
    thresholds: Thresholds
    silent_without: Mapping[str, frozenset[str]]


def make_ears(
    book: Rulebook, detectors: Mapping[str, Detector], annotate: Annotate, thresholds: Thresholds | None = None
) -> Ears:
    """Index all patterns of a rulebook."""
    patterns = [
        (spec.name, excepts, pattern)
        for spec in book.signals.values()
        for excepts, group in ((False, spec.patterns), (True, spec.exceptions))
        for pattern in group
    ]
    plain = build_index(each for each in patterns if not each[2].tagged)
    tagged = build_index(each for each in patterns if each[2].tagged)
    limits, silent = thresholds or Thresholds(), silent_without(book.signals)
    return Ears(book.signals, plain, detectors, tagged, annotate, limits, silent)


@dataclass
class Heard:
    """One text with all that was heard in it so far.

    `sentences` are token ranges; `norms` the NORM of each token; `facts` is a place where detectors keep what
    several of them need (a score table, say) under a name of their own. `customer` is what was heard in the
    customer's message, where there is one. `slots` hold what a rule's words may say of one hit beside the words
    seen. `is_tagged` once word classes are known where patterns ask for them.
    """

    doc: Doc
    ears: Ears
    reply: Reply
    customer: Heard | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    slots: dict[Hit, dict[str, str]] = field(default_factory=dict)
    is_tagged: bool = False
    _known: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    @cached_property
    def norms(self) -> list[str]:
        strings = self.doc.vocab.strings
        return [strings[norm] for norm in self.column("NORM")]

    def column(self, attribute: str) -> list[int]:
        """One number a token: a hash, or 1 and 0 for yes and no. Asking token by token takes ten times as long."""
        known: dict[str, list[int]] = self.facts.setdefault("columns", {})
        if attribute not in known:
            known[attribute] = self.doc.to_array(attribute).tolist()
        return known[attribute]

    @cached_property
    def sentences(self) -> list[Hit]:
        """The sentences that have words; a masked signature is white space and none."""
        found = (Hit(sentence.start, sentence.end) for sentence in self.doc.sents)
        blank = self.column("IS_SPACE")
        return [hit for hit in found if 0 in blank[hit.start : hit.end]]

    @cached_property
    def _cues(self) -> dict[str, tuple[Hit, ...]]:
        """One pass: what the patterns of every signal hear."""
        heard: defaultdict[str, set[Hit]] = defaultdict(set)
        taken_back: defaultdict[str, set[Hit]] = defaultdict(set)
        for entry, written in chain(self._plain(), self._tagged()):
            target = taken_back if entry.excepts else heard
            target[entry.signal].update(matches(entry.pattern, written))
        return {name: _less(hits, taken_back[name]) for name, hits in heard.items()}

    def _plain(self) -> Iterator[tuple[Entry, Line]]:
        for sentence in self.sentences:
            written = line(self.norms[sentence.start : sentence.end], sentence.start)
            yield from ((entry, written) for entry in candidates(self.ears.index, written))

    @cached_property
    def wanting_tags(self) -> dict[int, tuple[Hit, list[Entry]]]:
        """Sentences that hold what patterns with word classes need, by their first token, with those patterns."""
        lines = [(hit, line(self.norms[hit.start : hit.end], hit.start)) for hit in self.sentences]
        found = ((hit, list(candidates(self.ears.tagged, written))) for hit, written in lines)
        return {hit.start: (hit, entries) for hit, entries in found if entries}

    def _tagged(self) -> Iterator[tuple[Entry, Line]]:
        if not self.ears.tagged:
            return
        tag((self,), self.ears.annotate)
        for hit, entries in self.wanting_tags.values():
            tags = [token.pos_ for token in self.doc[hit.start : hit.end]]
            written = line(self.norms[hit.start : hit.end], hit.start, tags)
            yield from ((entry, written) for entry in entries)

    def hits(self, name: str) -> tuple[Hit, ...]:
        """Token ranges of a signal in text order, without overlaps. KeyError for an unknown name."""
        known = self._known.get(name)
        if known is None:
            needed = self.ears.silent_without.get(name)
            if needed and needed.isdisjoint(self._cues):  # most signals in most texts
                return ()
            known = self._known[name] = self._work_out(self.ears.signals[name])
        return known

    @property
    def cued(self) -> list[str]:
        """The signals of which patterns are heard."""
        return [name for name, hits in self._cues.items() if hits]

    def tell(self, hit: Hit, words: Mapping[str, str]) -> None:
        """Fill slots of the rules that will speak of this hit."""
        self.slots.setdefault(hit, {}).update(words)

    @property
    def is_remark(self) -> bool:
        """No macro, and no customer's message is known: a remark of which the other half is not seen."""
        return self.customer is None and self.reply.channel != "macro"

    def has(self, name: str) -> bool:
        return bool(self.hits(name))

    def span(self, hit: Hit) -> Span:
        """Character range of a token range, in the reply's text."""
        last = self.doc[hit.end - 1]
        return Span(self.doc[hit.start].idx, last.idx + len(last))

    def words(self, hit: Hit) -> list[str]:
        return self.norms[hit.start : hit.end]

    def _work_out(self, spec: SignalSpec) -> tuple[Hit, ...]:
        heard = set(self._cues.get(spec.name, ()))
        if spec.detector:
            heard.update(self.ears.detectors[spec.detector](self))
        if spec.find:
            for window in windows(self, spec.scope) if may_hold(self, spec.find, spec.scope) else ():
                heard.update(satisfied(self, spec.find, window, spec.mark))
        return _outermost(heard)


def _less(hits: Iterable[Hit], taken_back: Iterable[Hit]) -> tuple[Hit, ...]:
    back = merged(taken_back)
    return tuple(hit for hit in hits if not touched(hit, back))


def _outermost(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """In text order; where two overlap the earlier, longer one stays."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)
