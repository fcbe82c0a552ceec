"""What the shape of a text says: capitals, questions, links, long sentences, dense paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from empathy_lint.offsets import Span
from empathy_lint.signals.match import Hit, within
from empathy_lint.signals.window import trimmed

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

# Fewer words than this make the index jump about.
LEAST_GRADED = 60

# Capitals that give an order or stress one; abbreviations (PDF, HTTPS, FAQ) are not shouting.
_SHOUTED = frozenset(
    "do not don't never must stop follow read need have to all always only please you your exactly before after every"
    " cannot can't will won't now again wait no immediately any nothing first this that required".upper().split()
)
# One word in capitals among small ones is a raised voice where it orders; READ or ALL may be a key or a label.
_RAISED = frozenset(("MUST", "NEVER", "PLEASE", "IMMEDIATELY", "EXACTLY"))
# A whole answer of no more words than this is curt.
CURT_WORDS = 4
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*(?:\n|[-*•]|\d+[.)])))+")


def shouting(heard: Heard) -> Iterator[Hit]:
    """Two or more words in capitals in a row, at least one of them an ordinary word of command; or one that orders."""
    yield from _raised(heard)
    start = None
    upper, alpha = heard.column("IS_UPPER"), heard.column("IS_ALPHA")
    capitals = [*(one and other for one, other in zip(upper, alpha, strict=True)), 0]
    for index, letters in enumerate(capitals):
        capital = letters and (start is not None or len(heard.doc[index]) > 1)
        if capital and start is None:
            start = index
        elif not capital and start is not None:
            if _is_shouted([token.text for token in heard.doc[start:index]]):
                yield Hit(start, index)
            start = None


def _is_shouted(words: list[str]) -> bool:
    common = sum(word in _SHOUTED for word in words)
    return len(words) >= 2 and common >= 1 and (common >= 2 or len(words) >= 3)


def _raised(heard: Heard) -> Iterator[Hit]:
    """`you MUST` and `Do NOT` in a sentence that is otherwise written small."""
    upper, lower = heard.column("IS_UPPER"), heard.column("IS_LOWER")
    for sentence in heard.sentences:
        if sum(lower[sentence.start : sentence.end]) < 2:
            continue  # a heading
        for index in range(sentence.start, sentence.end):
            if upper[index] and heard.doc[index].text in _RAISED:
                yield Hit(index, index + 1)
            elif upper[index] and heard.doc[index].text == "NOT" and index == sentence.start + 1:
                yield Hit(sentence.start, index + 1)  # “Do NOT”; “do NOT” further on may tell two steps apart


def curt_order(heard: Heard) -> Iterator[Hit]:
    """An answer to a customer that is orders and nothing else: “Reinstall it.”"""
    if heard.customer is None or sum(heard.column("IS_ALPHA")) > CURT_WORDS:
        return
    if heard.has("question") or any(link(heard)):
        return
    orders = heard.hits("order")
    if heard.sentences and all(within(orders, sentence) for sentence in heard.sentences):
        yield trimmed(heard, Hit(heard.sentences[0].start, heard.sentences[-1].end))


def question(heard: Heard) -> Iterator[Hit]:
    """Sentences with a question mark."""
    for sentence in heard.sentences:
        if any("?" in norm for norm in heard.norms[sentence.start : sentence.end]):
            yield trimmed(heard, sentence)


def link(heard: Heard) -> Iterator[Hit]:
    """Links, mail addresses and placeholders, which may hold one."""
    starts = {part.span.start for part in heard.reply.parts if part.kind in ("link", "placeholder")}
    columns = (heard.column(name) for name in ("LIKE_URL", "LIKE_EMAIL"))
    for index, (url, email) in enumerate(zip(*columns, strict=True)):
        if url or email or (starts and heard.doc[index].idx in starts):
            yield Hit(index, index + 1)


def overlong_sentence(heard: Heard) -> Iterator[Hit]:
    """Sentences of more than `sentence_words` words."""
    alpha, most = heard.column("IS_ALPHA"), heard.ears.thresholds.sentence_words
    for sentence in heard.sentences:
        if sum(alpha[sentence.start : sentence.end]) > most:
            yield trimmed(heard, sentence)


def wall_of_text(heard: Heard) -> Iterator[Hit]:
    """Paragraphs of more than `paragraph_words` words: the first sentence of each."""
    if len(heard.doc) <= heard.ears.thresholds.paragraph_words:
        return  # every word is a token at least
    for paragraph in _PARAGRAPH.finditer(heard.doc.text):
        if len(paragraph.group().split()) > heard.ears.thresholds.paragraph_words:
            yield from _first_in(heard, Span(*paragraph.span()))


def dense_prose(heard: Heard) -> Iterator[Hit]:
    """The first sentence of a text whose Automated Readability Index is above its channel's.

    Of textstat's measures only those that count letters are used: the others need a dictionary.
    """
    if sum(heard.column("IS_ALPHA")) < LEAST_GRADED:
        return
    from empathy_lint.language.startup import import_textstat

    if import_textstat().automated_readability_index(heard.doc.text) > heard.ears.thresholds.grade(heard.reply.channel):
        yield from _first_in(heard, Span(0, len(heard.doc.text)))


def _first_in(heard: Heard, span: Span) -> Iterator[Hit]:
    at = bisect_right(heard.sentences, span.start, key=lambda hit: heard.span(trimmed(heard, hit)).end)
    yield from (trimmed(heard, hit) for hit in heard.sentences[at : at + 1] if heard.span(hit).start < span.end)
