"""Sentences cut into clauses: each says one thing, with a verb of its own.

Half by the parse, half by words: a boundary needs a mark or a conjunction *and* a subject with its verb (or a
question) behind it. Customers' parses are wrong too often to trust arcs alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from empathy_lint.listening.reading import Reading
from empathy_lint.listening.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
PRONOUNS = words(
    """
    i we you he she it they this that there these those someone nobody nothing everything
    """
)
JOINING = words("and but so yet or therefore however plus")
SUBORDINATORS = words(
    """
    when whenever if once after before while since as until unless because although though everytime in by
    for
    """
)
WH = words("what why how where when which who whose")
AUX = words(
    """
    is are was were am do does did can could will would should has have had may might 're 's isn't wo ca
    must shall
    """
)
_SCENE = 40  # tokens that may set a scene; a bound, so that a text without full stops stays quick
_HANGING = JOINING | {"because", "since", "otherwise", "although", "unless", "then", "when", "whereas"}
_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "&amp", "&lt", "&gt", "&quot", "and"))
_MARKS = frozenset((",", ";", ":", "-", "--", "—", "–", "...", "..", "....", "…", ")", "("))
_STRONG = _MARKS - {",", ":", "(", ")"}
_QUANTIFIERS = words("all some none most one many both each every everything")
_ADVERBS = words(
    """
    now then still today yesterday also even just again always never only really apparently suddenly
    recently already often not n't actually clearly simply simply literally constantly both no longer
    therefore thus yet
    """
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` to `end` of a reading. `asked` when a question mark ends it, `joint` the words before it."""

    reading: Reading
    start: int
    end: int
    asked: bool
    titled: bool
    sentence: int
    joint: str = ""

    @property
    def tokens(self) -> Tokens:
        return self.reading.doc[self.start : self.end]

    @property
    def lower(self) -> tuple[str, ...]:
        return tuple(token.lower_ for token in self.tokens)

    @property
    def low(self) -> str:
        """The clause in lower case, single spaces between all tokens, one before and one behind."""
        return f" {' '.join(self.lower)} "


def clauses(reading: Reading) -> tuple[Clause, ...]:
    """All clauses of a message, in order. Marks and conjunctions at their edges are left out."""
    return tuple(clause for n, sent in enumerate(reading.doc.sents) for clause in _sentence(reading, sent, n))


def _sentence(reading: Reading, sent: Tokens, number: int) -> Iterator[Clause]:
    asked = any(token.text[0] == "?" or "?" in token.text for token in sent[-3:])
    titled = bool(reading.title_end) and reading.spans[sent.start].start < reading.title_end
    quoted = _quoted(sent)
    inner = (i for i in range(sent.start + 1, sent.end) if i not in quoted and _cut(sent, i))
    cuts = [sent.start, *inner, sent.end]
    pieces = [trimmed for a, b in pairwise(cuts) if (trimmed := _trim(reading, a, b))]
    for at, (start, end) in enumerate(pieces):
        before = pieces[at - 1][1] if at else sent.start
        joint = " ".join(token.lower_ for token in reading.doc[before:start])
        last = at == len(pieces) - 1
        yield Clause(reading, start, end, (asked and last) or _question_mark(reading, end), titled, number, joint)


def _question_mark(reading: Reading, end: int) -> bool:
    return end < len(reading.doc) and "?" in reading.doc[end].text


def _trim(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    doc = reading.doc
    while start < end and (doc[start].is_space or _edge(doc[start]) or (doc[start].lower_ in JOINING)):
        start += 1
    while end > start and (
        doc[end - 1].is_space
        or (_edge(doc[end - 1]) and not _closes(doc, start, end))
        or doc[end - 1].lower_ in _HANGING
    ):
        end -= 1
    return (start, end) if any(token.is_alpha for token in doc[start:end]) else None


def _edge(token: Token) -> bool:
    return not any(char.isalnum() or char in "\"'%$#<>" for char in token.text)


def _closes(doc: Doc, start: int, end: int) -> bool:
    return doc[end - 1].text == ")" and any(token.text == "(" for token in doc[start : end - 1])


def _cut(sent: Tokens, i: int) -> bool:
    """Whether a clause starts at token `i`: what stands before it parts, what follows is one."""
    doc, end = sent.doc, sent.end
    here, before = doc[i], doc[i - 1]
    if here.lower_ in JOINING and before.lower_ not in JOINING:
        return _joins(doc, i, end)
    if _hyphen(before):
        return False
    if _parts(before) or (before.is_space and "\n" in before.text) or _runs_on(sent, i):
        return True
    if before.text == ":":
        return opens(doc, i, end)
    if before.text in (",", ")"):
        return _asks(doc, i, end) or (opens(doc, i, end) and not _fronted(sent, i))
    return here.lower_ == "please" and i > sent.start + 3 and i + 1 < end and doc[i + 1].tag_ in ("VB", "VBP")


def _joins(doc: Doc, i: int, end: int) -> bool:
    """Whether the conjunction at `i` joins clauses; "so many" and "do so" join nothing."""
    if doc[i].lower_ == "so" and (
        doc[i - 1].lower_ == "do" or doc[i + 1 : i + 2].text in ("many", "much", "that", "far")
    ):
        return False
    return opens(doc, i + 1, end) or _wish(doc, i + 1, end)


def _runs_on(sent: Tokens, i: int) -> bool:
    """A new clause without any mark: "… a phone I would like …", "… my lunch I'm cross"."""
    doc, end = sent.doc, sent.end
    here, before = doc[i], doc[i - 1]
    if here.lower_ in ("i", "we") and before.tag_ in ("NN", "NNS", "NNP") and i + 2 < end:
        next_, third = doc[i + 1].lower_, doc[i + 2]
        if next_ in ("would", "'d") and i > sent.start + 3 and _wish(doc, i + 1, end):
            return True
        if here.lower_ == "i" and next_ in ("'m", "am") and third.pos_ == "ADJ":
            return True
    if here.tag_ == "PRP$" and before.lower_ in ("me", "us", "it", "them") and _phrase(doc, i, end):
        return True
    scene = here.lower_ in ("what", "how", "which") and doc[sent.start].lower_ in SUBORDINATORS
    return scene and _asks_for(doc, i, end)


def _parts(token: Token) -> bool:
    """A mark that always parts: a dash, an ellipsis, a semicolon outside an entity, a question mark."""
    text = token.text
    entity = text == ";" and token.i > 0 and token.nbor(-1).lower_ in _ENTITIES
    return (text in _STRONG or text.startswith(("..", "?", "!!"))) and not entity


def _hyphen(token: Token) -> bool:
    """A hyphen inside a word ("set-up"), which parts nothing."""
    return (
        token.text == "-"
        and token.i > 0
        and not (token.nbor(-1).whitespace_ or token.nbor(-1).is_space or token.whitespace_)
    )


def _quoted(sent: Tokens) -> set[int]:
    """The tokens inside a quotation, or in brackets: never places to cut. Found in one pass."""
    depth, marks, inside = 0, 0, set()
    for token in sent:
        if depth or marks % 2:
            inside.add(token.i)
        depth = max(depth + (token.text == "(") - (token.text == ")"), 0)
        marks += token.text == '"'
    return inside


def opens(doc: Doc, i: int, end: int) -> bool:
    """Whether a clause of its own may start at `i`: a subject with a finite verb, a question, a request."""
    while i < end and (doc[i].lower_ in _ADVERBS or doc[i].text == "," or doc[i].is_space):
        i += 1
    if i >= end:
        return False
    if _asks(doc, i, end) or doc[i].lower_ == "please":
        return True
    if doc[i].lower_ in SUBORDINATORS | {"every"}:
        return any(_subject(doc, k, end) for k in range(i + 1, min(i + 6, end)))
    return _subject(doc, i, end)


def _subject(doc: Doc, i: int, end: int) -> bool:
    if (
        doc[i].lower_ in PRONOUNS
        and not (doc[i].lower_ == "that" and doc[i].dep_ != "nsubj")
        and _verb_near(doc, i + 1, min(i + 5, end))
    ):
        return True
    if doc[i].lower_ in ("which", "who", "that", "whose"):
        return False
    return _phrase(doc, i, end) or any(
        token.dep_.startswith("nsubj")
        and token.left_edge.i == i
        and token.i < token.head.i < end
        and _finite(token.head)
        for token in doc[i : min(i + 9, end)]
    )


def _phrase(doc: Doc, i: int, end: int) -> bool:
    """ "the guy pushed", "all of my folders are": words that open a noun phrase, and a finite verb not far off."""
    if doc[i].pos_ != "DET" and doc[i].tag_ != "PRP$" and doc[i].lower_ not in _QUANTIFIERS:
        return False
    for token in doc[i + 1 : min(i + 14, end)]:
        if finite(token) or token.lower_ in AUX:
            return True
        if token.text in (",", ".", ";", ":") or token.tag_ in ("VB", "VBG", "TO", "WDT", "PRP"):
            return False
    return False


def _verb_near(doc: Doc, i: int, end: int) -> bool:
    for token in doc[i:end]:
        if token.tag_ in FINITE or token.tag_ == "VBN":
            return True
        if token.pos_ not in ("ADV", "PART", "PRON") and token.lower_ not in _ADVERBS:
            return token.lower_.endswith("ed")
    return False


def finite(token: Token) -> bool:
    """A finite verb; also "freezes" in "the app freezes", which the tagger takes for a noun now and then."""
    if token.tag_ in FINITE:
        return True
    if token.tag_ != "NNS" or not token.text.islower() or not token.text.endswith("s"):
        return False
    if token.i + 1 >= len(token.doc) or token.i - token.sent.start < 2:
        return False
    first, before, after = token.nbor(-2), token.nbor(-1), token.nbor(1)
    subject = before.tag_ == "NNP" or first.tag_ in ("PRP$", "DT")
    return subject and (after.tag_ in ("VBG", "CC", "RB") or after.text in (".", "!"))


def _finite(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(
        child.tag_ in FINITE and child.dep_ in ("aux", "aux:pass", "cop") for child in verb.children
    )


def _wish(doc: Doc, i: int, end: int) -> bool:
    """ "want to", "need a", "would like": a wish that shares the subject before it."""
    if i + 1 >= end:
        return False
    first, second = doc[i].lower_, doc[i + 1].lower_
    return first in ("want", "need") or (first in ("would", "'d") and second in ("like", "love", "prefer"))


def _asks(doc: Doc, i: int, end: int) -> bool:
    """ "how do I…", "will I…", "what changed…"."""
    if i + 1 >= end:
        return False
    first, second = doc[i].lower_, doc[i + 1]
    if first in WH - {"which", "who", "whose", "when", "where"}:
        return (
            second.lower_ in AUX
            or second.lower_ == "to"
            or (first == "how" and second.lower_ in ("much", "many", "long", "often", "soon"))
            or (first == "what" and second.tag_ in FINITE)
        )
    if first in ("when", "where", "who"):
        return second.lower_ in AUX and i + 2 < end and doc[i + 2].pos_ in ("PRON", "DET", "PROPN")
    return (
        first in AUX
        and first not in ("'s", "'re")
        and second.lower_ in PRONOUNS | {"my", "the", "your", "anyone", "someone", "any", "something"}
    )


def _asks_for(doc: Doc, i: int, end: int) -> bool:
    """ "what card may…" after a scene without its comma."""
    return i + 2 < end and doc[i + 1].pos_ == "NOUN" and doc[i + 2].lower_ in AUX


def _fronted(sent: Tokens, i: int) -> bool:
    """Whether all before the comma only sets the scene: "When I open it, …", "Since Monday, …"."""
    start = max(sent.start, i - _SCENE)
    for k in range(i - 2, start - 1, -1):  # back to where this stretch of the sentence begins
        if sent.doc[k].text in _STRONG or sent.doc[k].lower_ in ("but", "and", "so"):
            start = k + 1
            break
    said = [token for token in sent.doc[start : i - 1] if not token.is_space]
    if not said:
        return True
    first = said[0].lower_
    scene = first in SUBORDINATORS or first == "every" or (first == "as" and len(said) > 1)
    return scene or not any(token.tag_ in FINITE for token in said)
