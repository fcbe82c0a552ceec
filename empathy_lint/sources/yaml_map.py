"""From the decoded text of a YAML scalar back to its characters in the file.

A second decoder that remembers places, for all five styles. What it decodes is compared with the parser's
own value: where they differ, the whole scalar is marked and the map says that it is not exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empathy_lint.offsets import MapBuilder, Piece, Span, TextMap
from empathy_lint.sources.tree import Leaf

_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_BREAKS = re.compile(_BREAK)
# A run of white space is entered at its beginning only, or after an escaped blank; else it would be tried at each.
_FOLD = rf"(?:(?<![ \t])|(?<=\\[ \t]))[ \t]*+(?:(?:{_BREAK})[ \t]*+)+"
_PLAIN = re.compile(_FOLD)
_SINGLE = re.compile(f"{_FOLD}|''")
_DOUBLE = re.compile(
    rf"\\(?:x[\da-fA-F]{{2}}|u[\da-fA-F]{{4}}|U[\da-fA-F]{{8}}|(?:{_BREAK})[ \t]*+(?:(?:{_BREAK})[ \t]*+)*+|.)|{_FOLD}",
    re.DOTALL,
)
_PROPERTIES = re.compile(rf"(?:(?:&[^\s,\[\]{{}}]+|!<[^>]*>|![^\s,\[\]{{}}]*)(?:[ \t]|{_BREAK}|(?<=\s)#[^\r\n]*)*)*")
_HEADER = re.compile(rf"[|>]([+-]?)(\d?)([+-]?)[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?(?:{_BREAK}|\Z)")
_LINE = re.compile(rf"([^\r\n\x85\u2028\u2029]*)({_BREAK}|\Z)")

# The indentation of a block whose first line holds words.
_WORDS = re.compile(r" *+(?=[^\s\ufeff])")
_FIRST = re.compile(r"^( *+)[^ \n]", re.MULTILINE)

# Tried for a block of nothing but spaces.
MOST_INDENTS = 40

# The escapes of YAML 1.1 that stand for something else than the character after the backslash.
_ESCAPES = dict(zip("0abt\tnvfre NLP_", "\0\a\b\t\t\n\v\f\r\x1b \x85\u2028\u2029\xa0", strict=False))


def scalar_map(source: str, leaf: Leaf) -> tuple[TextMap, bool]:
    """The map of a scalar, and whether every character of it is proved."""
    start, end = leaf.start, leaf.end
    if leaf.style == "" and source[start:end] == leaf.text:
        return TextMap.identity(len(leaf.text), start), True
    if source[start : start + 1] in ("&", "!"):
        match = _PROPERTIES.match(source, start, end)
        start = match.end() if match else start
    if leaf.style == "|" and (plain := _literal(source, start, end, leaf.text)):
        return plain, True
    for text, mapped in _decoded(source, start, end, leaf):
        if text == leaf.text:
            return mapped, True
    return TextMap.whole(len(leaf.text), Span(leaf.start, leaf.end)), False


def _decoded(source: str, start: int, end: int, leaf: Leaf) -> Iterator[tuple[str, TextMap]]:
    """Readings of the scalar: one, or one for each indentation that a block scalar may have."""
    if leaf.style == "":
        yield _flow(source, start, end, _PLAIN)
    elif leaf.style == "'":
        yield _flow(source, start + 1, end - 1, _SINGLE)
    elif leaf.style == '"':
        yield _flow(source, start + 1, end - 1, _DOUBLE)
    elif header := _HEADER.match(source, start):
        lines = [(match.start(), match[1], match[2]) for match in _LINE.finditer(source, header.end(), end) if match[0]]
        for indent in _indents(lines, leaf.text):
            yield _block(lines, indent, leaf.style == ">", header[1] or header[3])


def _literal(source: str, start: int, end: int, value: str) -> TextMap | None:
    """The map of a literal block as nearly all are: cut at its indentation, it is the value and the last breaks."""
    header = _HEADER.match(source, start)
    first = _WORDS.match(source, header.end(), end) if header else None
    if header is None or first is None:
        return None
    cut = "\n" + first[0]
    paragraphs = source[first.end() : end].split(cut)
    if not "\n".join(paragraphs).startswith(value):
        return None
    return TextMap(tuple(_cut(paragraphs, first.end(), len(cut), len(value))))


def _cut(paragraphs: list[str], at: int, cut: int, length: int) -> Iterator[Piece]:
    """Each paragraph with its line break stands verbatim; indentation is between them."""
    text = 0
    for paragraph in paragraphs:
        size = min(len(paragraph) + 1, length - text)
        if size <= 0:
            return
        yield Piece(Span(text, text + size), Span(at, at + size))
        text, at = text + size, at + len(paragraph) + cut


def _flow(source: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[str, TextMap]:
    builder, at = MapBuilder(), start
    for match in pattern.finditer(source, start, end):
        builder.copy(source[at : match.start()], at)
        builder.put(_meaning(match[0]), Span(*match.span()))
        at = match.end()
    builder.copy(source[at:end], at)
    return builder.build()


def _meaning(raw: str) -> str:
    """What an escape or a folded line break stands for."""
    if raw == "''":
        return "'"
    if raw[0] != "\\":
        return _folded(raw)
    if raw[1] in "xuU" and len(raw) > 2:
        code = int(raw[2:], 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    if _BREAKS.match(raw, 1):
        return "".join(map(_newline, _BREAKS.findall(raw)[1:]))
    return _ESCAPES.get(raw[1], raw[1])


def _folded(raw: str) -> str:
    """One line break is a space; of several the first is dropped, unless it is a Unicode separator."""
    first, *rest = map(_newline, _BREAKS.findall(raw))
    lead = first if first != "\n" else "" if rest else " "
    return lead + "".join(rest)


def _newline(raw: str) -> str:
    return raw if raw in "\u2028\u2029" else "\n"


RawLine = tuple[int, str, str]


def _indents(lines: list[RawLine], value: str) -> Iterable[int]:
    """Possible indentations: how much further the first line with words stands in the file than in the value.

    (An indicator in the header would count from the parent, whose column an event doesn't tell.)
    """
    filled = next((text for _, text, _ in lines if text.strip(" ")), None)
    first = _FIRST.search(value)
    if filled is not None and first:
        return [len(filled) - len(filled.lstrip(" ")) - len(first[1])]
    most = max((len(text) for _, text, _ in lines), default=0)
    return range(most, max(most - MOST_INDENTS, -1), -1)


def _block(lines: list[RawLine], indent: int, folded: bool, chomp: str) -> tuple[str, TextMap]:
    builder = MapBuilder()
    blanks: list[RawLine] = []
    last: RawLine | None = None
    for line in lines:
        if len(line[1]) - len(line[1].lstrip(" ")) < indent or len(line[1]) == indent:
            if line[1].strip(" "):
                break
            blanks.append(line)
            continue
        _join(builder, last, blanks, folded and line[1][indent] not in " \t" and _is_prose(last, indent))
        builder.copy(line[1][indent:], line[0] + indent)
        blanks, last = [], line
    _chomp(builder, last, blanks, chomp)
    return builder.build()


def _is_prose(line: RawLine | None, indent: int) -> bool:
    """Whether a line may be folded: not one that is indented further, nor one that ends oddly."""
    return line is not None and line[1][indent] not in " \t" and _newline(line[2]) == "\n"


def _join(builder: MapBuilder, last: RawLine | None, blanks: list[RawLine], folded: bool) -> None:
    """The line break after `last` and the blank lines after it, as they read in the value."""
    if last is not None and not folded:
        _put_break(builder, last)
    elif last is not None and not blanks:
        builder.put(" ", _break_span(last))
    for blank in blanks:
        _put_break(builder, blank)


def _chomp(builder: MapBuilder, last: RawLine | None, blanks: list[RawLine], chomp: str) -> None:
    if chomp != "-" and last is not None:
        _put_break(builder, last)
    if chomp == "+":
        for blank in blanks:
            _put_break(builder, blank)


def _put_break(builder: MapBuilder, line: RawLine) -> None:
    if line[2]:
        verbatim = _newline(line[2]) == line[2]
        builder.put(_newline(line[2]), _break_span(line), verbatim=verbatim)


def _break_span(line: RawLine) -> Span:
    start = line[0] + len(line[1])
    return Span(start, start + len(line[2]))
