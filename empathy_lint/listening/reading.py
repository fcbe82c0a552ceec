"""A customer's message made ready for listening: handles and links blanked, chat spellings read as words.

The parser learned from edited sentences, so it is shown "I do n't have" where the customer wrote "i dont hv".
Offsets always lead back to what they wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from empathy_lint.language.text import straighten
from empathy_lint.listening.vocabulary import words
from empathy_lint.offsets import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# Who is addressed, links, and tags set apart are not sentences. Each becomes as many spaces.
_APART = re.compile(
    # handles that open a line, unless one is the subject
    r"(?:^|(?<=\n))[ \t.]*(?:@\w+(?!'s|[ \t]+(?:is|has|was|had|does|did|keeps|needs|won't|"
    r"can't)\b(?!\s+(?:there|it|this|that|@)))\b[ \t,:]*)+"
    r"|(?:https?://|www\.)\S+"
    r"|[ \t](?:[@#]\w+[ \t]*)+(?=$|\n)"  # handles and tags that close a line
)
_BEFORE_HANDLE = re.compile(r"\b(?:at|from|by|on|to|with|of|for|in|and)\s*$", re.IGNORECASE)
_HELP = re.compile(r"#\w*help", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)

_QUOTED = re.compile(r"\"[^\"]{1,400}?\"(?!\w)|'(?!(?:s|t|re|ve|ll|d|m)\b)(?=\w)[^'\n]{2,120}(?<=[\w.!?])'(?!\w)")

# Spellings that are no other word in a message; a token each.
SPELLINGS = {
    "i": "I", "u": "you", "ur": "your", "r": "are", "ya": "you", "yall": "you", "pls": "please", "plz": "please",
    "plse": "please", "hv": "have", "n": "and", "&": "and", "&amp;": "and", "cause": "because", "cuz": "because",
    "bc": "because", "cos": "because", "nt": "n't", "m": "'m", "ve": "'ve", "thx": "thanks", "thnx": "thanks",
    "wanna": "want", "gonna": "going", "gotta": "have", "em": "them", "tbh": "honestly", "dnt": "don't",
    "didnt": "didn't", "doesnt": "doesn't", "dont": "don't", "cant": "can't", "isnt": "isn't", "wasnt": "wasn't",
    "havent": "haven't", "hasnt": "hasn't", "couldnt": "couldn't", "wouldnt": "wouldn't", "arent": "aren't",
}  # fmt: skip
# These stand after "I" only as part of one bare contraction ("im", "ive").
_ONLY_JOINED = {"m", "ve", "nt"}
# Words that are shouted, never abbreviations, whatever stands beside them.
SHOUTED = words(
    """
    a all am an and any anyone are at be been but by can did do does done every everything everytime for
    from gone had has have help how i if in is it just me more my never no not nothing of off on only or our
    out over please really right since some sometimes still that the their them then there these they this
    those to too until up urgent very want was we were what when where which while who why will with without
    would you your
    """
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The message, the same with plain quotes, its document with chat spellings read as words, a span a token."""

    text: str
    plain: str
    doc: Doc
    spans: tuple[Span, ...]
    title_end: int
    quoted: tuple[Span, ...]

    @property
    def body(self) -> int:
        """The first token after the subject line, where every word may have its capital."""
        return next((i for i, span in enumerate(self.spans) if span.start >= self.title_end), 0)

    def span(self, start: int, end: int) -> Span:
        """Where tokens `start` to `end` (exclusive, not empty) stand in the message."""
        return Span(self.spans[start].start, self.spans[end - 1].end)

    def word(self, token: Token) -> str:
        """What the customer wrote for `token`."""
        span = self.spans[token.i]
        return self.text[span.start : span.end]


@cache
def pipeline() -> Language:
    """The bundled pipeline, loaded once."""
    from empathy_lint.language.load import load

    return load()


def read(text: str, nlp: Language | None = None) -> Reading:
    """The message parsed, sentence by sentence."""
    from empathy_lint.language.annotate import annotate
    from empathy_lint.language.sentences import mark_sentences

    nlp = nlp or pipeline()
    plain = straighten(text)
    raw = mark_sentences(nlp.make_doc(_apart(plain)))
    doc = _as_words(raw)
    annotate(nlp, [(doc, range(sum(1 for _ in doc.sents)))])
    spans = tuple(Span(token.idx, token.idx + len(token)) for token in raw)
    return Reading(text, plain, doc, spans, _title_end(text), _quotations(plain))


def _apart(text: str) -> str:
    return _APART.sub(lambda match: _blanked(text, match), text)


def _blanked(text: str, match: re.Match[str]) -> str:
    """Spaces, unless a handle is the end of a phrase ("from @Shop") or a tag is the cry for help."""
    found = match.group()
    said = _HELP.search(found) or (found.startswith((" ", "\t")) and _BEFORE_HANDLE.search(text[: match.start()]))
    return found if said and not _WEB.match(found) else " " * len(found)


def _as_words(raw: Doc) -> Doc:
    from spacy.tokens import Doc

    words = [_word(token) for token in raw]
    # A blanked handle at the start is white space; a document must not lose it, or tokens would shift.
    return Doc(
        raw.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in raw],
        sent_starts=[token.is_sent_start is True for token in raw],
    )


def _word(token: Token) -> str:
    text, low = token.text, token.lower_
    if text[0] in "@#" and len(text) > 1:
        return "Acme" if text[0] == "@" else low[1:]
    if low in SPELLINGS and not (low in _ONLY_JOINED and not _joined(token)):
        return SPELLINGS[low]
    return low if low != "i" and shouted(token) else text


def _joined(token: Token) -> bool:
    return token.i > 0 and not token.nbor(-1).whitespace_


def shouted(token: Token) -> bool:
    """An upper-case word that is not an abbreviation: a common word, or one among upper-case words."""
    text = token.text
    if not text.isupper() or not text.isalpha() or len(text) < 2:
        return False
    return token.lower_ in SHOUTED or _among_capitals(token)


def _among_capitals(token: Token) -> bool:
    doc, i = token.doc, token.i
    near = [doc[k] for k in range(max(i - 3, 0), min(i + 4, len(doc))) if doc[k].is_alpha]
    return sum(word.text.isupper() for word in near) >= min(4, len(near)) and len(near) >= 3


def _quotations(plain: str) -> tuple[Span, ...]:
    """Where others' words stand, quotes included: within one paragraph, 400 characters at most."""
    return tuple(Span(*match.span()) for match in _QUOTED.finditer(plain))


def _title_end(text: str) -> int:
    """Where a subject line before the message ends; 0 where there is none. 160 characters at most."""
    head, blank, rest = text.partition("\n\n")
    return len(head) if blank and rest.strip() and "\n" not in head and len(head) <= 160 else 0
