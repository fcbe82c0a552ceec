"""Where sentences start, by rules over tokens: no model, and quick enough for every reply (three million
tokens a second on one core; F 86 on raw UD English EWT, as good as the parser's own).

A blank line and a list item always start one. White space belongs to the sentence before it, so a
sentence never starts with any; only at the very start of a text is white space a sentence of its own. The
splitter leans towards too few breaks: half a sentence misleads a rule more than a long one does.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from empathy_lint.language import classes as c
from empathy_lint.language.classes import codes, unmet

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A line of such a length (characters) and without an end mark was wrapped by a mail program, at 72 or so.
WRAPPED = range(60, 100)
# Tokens a greeting or sign-off line may have: "Kind regards from all of us here,".
SHORT_LINE = 8

_AT = c.END | c.DOTTED | c.BREAK | c.EMOJI | c.URL | c.INITIALS | c.ALWAYS


def sentence_starts(doc: "Doc") -> list[int]:
    """Token indices that start a sentence, rising, the first one 0. Empty for an empty `Doc`."""
    if not len(doc):
        return []
    keys, spaced = _columns(doc)
    strings = doc.vocab.strings
    bits = codes(keys, {key: strings[key] for key in unmet(keys)})
    return list(_starts(doc, bits, spaced))


def mark_sentences(doc: "Doc") -> "Doc":
    """Set the sentence starts of `doc` itself, all of them known, so that no parser adds one."""
    import numpy

    if len(doc):
        marks: Any = numpy.full(len(doc), -1, dtype=numpy.int64)
        marks[sentence_starts(doc)] = 1
        doc.from_array(["SENT_START"], marks.astype(numpy.uint64))
    return doc


def _columns(doc: "Doc") -> tuple[list[int], list[int]]:
    """Two plain lists, one entry a token: lexeme hash, and 1 where a space follows."""
    keys, spaced = doc.to_array(["ORTH", "SPACY"]).T.tolist()
    return keys, spaced


def _starts(doc: "Doc", bits: list[int], spaced: list[int]) -> Iterator[int]:
    yield 0
    start = line = _next_word(bits, -1)
    if 0 < start < len(bits):
        yield start
    for i in [i for i, b in enumerate(bits) if b & _AT]:
        if i < start:
            continue
        found = _start_after(doc, bits, spaced, i, start, line)
        if bits[i] & c.BREAK:
            line = i + 1
        if start < found < len(bits):
            start = found
            yield start


def _start_after(doc: "Doc", bits: list[int], spaced: list[int], i: int, start: int, line: int) -> int:
    """The sentence start that token `i` causes, or -1. `start` and `line` are where both began."""
    here = bits[i]
    if here & c.BREAK:
        return _after_line(doc, bits, spaced, i, line)
    if here & (c.INITIALS | c.ALWAYS):
        return i if i and (spaced[i - 1] or bits[i - 1] & c.SPACE) else -1
    if here & (c.EMOJI | c.URL):
        return _after_emoji_or_url(bits, spaced, i, start)
    return _after_mark(bits, spaced, i, line)


def _after_mark(bits: list[int], spaced: list[int], i: int, line: int) -> int:
    """After ".", "!", "?" and what closes with them. Line breaks are `_after_line`'s business."""
    last = _end_of_run(bits, spaced, i)
    following = _next_word(bits, last)
    if following == len(bits) or (i > line and i - 1 == line and _is_counter(bits, i - 1)):
        return -1
    after = bits[following]
    if following == last + 1 and not spaced[last]:
        return following if after & c.CAPITAL and bits[i] & c.END else -1
    if after & c.GOES_ON or (after & c.LOWER and (bits[i] & c.DOTS or bits[last] & c.CLOSER)):
        return -1
    return following if _may_end(bits, spaced, i, after) else -1


def _end_of_run(bits: list[int], spaced: list[int], i: int) -> int:
    """The last token of an end: more marks, what closes directly after them, an emoji."""
    while i + 1 < len(bits):
        after = bits[i + 1]
        closes = after & c.CLOSER and not spaced[i]
        if not (closes or after & (c.END | c.EMOJI)):
            break
        i += 1
    return i


def _next_word(bits: list[int], i: int) -> int:
    i += 1
    while i < len(bits) and bits[i] & c.SPACE:
        i += 1
    return i


def _may_end(bits: list[int], spaced: list[int], i: int, after: int) -> bool:
    """False where the full stop at `i` belongs to an abbreviation and `after` doesn't open a sentence."""
    word = bits[i]
    if word & c.STOP and i and not spaced[i - 1]:
        word = bits[i - 1]
    elif not word & c.DOTTED:
        return True
    if word & c.HARD or (word & c.NUMBER_SIGN and after & c.DIGITS):
        return False
    if word & c.CLOCK:
        return bool(after & c.CAPITAL and not after & c.CALENDAR)
    return not word & c.SOFT or bool(after & c.CAPITAL and after & c.STARTER)


def _after_emoji_or_url(bits: list[int], spaced: list[int], i: int, start: int) -> int:
    """ "Thanks :) We" breaks after the emoji, or after a URL; one that opens the sentence ends nothing."""
    last = _end_of_run(bits, spaced, i)
    following = _next_word(bits, last)
    opening = all(b & (c.EMOJI | c.URL) for b in bits[start:i])
    if opening or following == len(bits) or (following == last + 1 and not spaced[last]):
        return -1
    return following if bits[following] & c.CAPITAL else -1


def _after_line(doc: "Doc", bits: list[int], spaced: list[int], i: int, line: int) -> int:
    """The start after the line break at `i`, for the line that began at `line`."""
    following = _next_word(bits, i - 1)
    if following == len(bits):
        return -1
    blank = any(b & c.BLANK for b in bits[i:following]) or following > i + 1
    if blank or _is_item(bits, spaced, following) or _line_ends(doc, bits, line, i, following):
        return following
    return -1


def _is_item(bits: list[int], spaced: list[int], i: int) -> bool:
    """A list mark at `i`, the first token of a line: "- a", "1. a", "(2) a", "b) a", a ruler."""
    here = bits[i]
    if here & (c.ALWAYS | c.RULER):
        return True
    if here & c.BULLET:
        return bool(spaced[i]) or (i + 1 < len(bits) and bool(bits[i + 1] & c.SPACE))
    return _is_counter(bits, i) or (bool(here & c.OPENER) and _is_counter(bits, i + 1))


def _is_counter(bits: list[int], i: int) -> bool:
    """ "1." or "b)", in one token or two."""
    if i >= len(bits) or not bits[i] & c.COUNTER:
        return False
    closed = i + 1 < len(bits) and bits[i + 1] & (c.STOP | c.CLOSER)
    return bool(bits[i] & c.DOTTED or closed)


def _line_ends(doc: "Doc", bits: list[int], line: int, i: int, following: int) -> bool:
    """Whether the line of tokens `line`..`i` ends its sentence; a full stop was judged before."""
    before, after, size = bits[i - 1] if i else 0, bits[following], i - line
    opens = bool(bits[line] & c.LINE_OPENER) and size <= SHORT_LINE
    if before & c.COMMA:
        return opens or (size <= SHORT_LINE // 2 and bool(after & c.CAPITAL))
    if before & (c.COLON | c.RULER):
        return True
    if before & c.GOES_ON or after & c.LOWER:
        return opens and not before & c.GOES_ON
    return bool(before & (c.EMOJI | c.URL)) or doc[i].idx - doc[line].idx not in WRAPPED
