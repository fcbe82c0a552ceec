"""What in a reply is not the agent's prose: placeholders, links, code, quoted mail, signatures, markup.

`find_parts` looks only for what a text may hold: one `in` for each family of marks decides, so a text
without any costs microseconds. Every pattern is linear or bounded by a constant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from empathy_lint.model import Part, PartKind
from empathy_lint.offsets import Span
from empathy_lint.sources.quoted import quotes
from empathy_lint.sources.signoff import signatures

# Liquid's tags. Help Scout, FreeScout and UVdesk write variables between the same marks.
_TAGS_OF_LIQUID = """
if elsif else endif unless endunless case when endcase for endfor break continue cycle tablerow endtablerow assign
capture endcapture increment decrement comment endcomment raw endraw render include liquid echo
"""
_TAGS_OF_HTML = """
a abbr address article aside b big blockquote body br button caption center cite code col colgroup dd del details div
dl dt em figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i img input ins kbd label li link main mark meta
nav ol option p picture pre q s samp script section select small source span strike strong style sub summary sup table
tbody td template textarea tfoot th thead time title tr tt u ul var video wbr
"""
LIQUID_TAGS, HTML_TAGS = frozenset(_TAGS_OF_LIQUID.split()), frozenset(_TAGS_OF_HTML.split())
_ENDINGS = "com|org|net|io|co|dev|app|de|uk|eu|gov|edu|me|ly|gl"

_BRACED = re.compile(
    r"(?P<tag>\{%-?\s*comment\s*-?%\}(?s:.{0,2000}?)\{%-?\s*endcomment\s*-?%\}|\{\{[#/^!>][^{}]{0,200}\}\}|\{\{\s*else\s*\}\})"
    r"|\{%-?\s*(?P<word>[A-Za-z_][\w.]*)?[^{}]{0,300}?%\}"
    r"|\{\{\{?-?\s*(?P<curly>[A-Za-z_][\w.\[\]-]*)?[^{}]{0,300}\}\}\}?"
    r"|[#%$]\{\s*(?P<vendor>[A-Za-z_][\w.]*)?[^{}]{0,200}\}"
    r"|\{(?:!|\s*\$)\s*(?P<money>[\w.>-]+)[^{}\n]{0,200}\}"
    r"|\{\s*(?P<plain>[A-Za-z_][\w.-]*(?:[ _][\w.-]+){0,4})\s*\}"
)
_PERCENT = re.compile(
    r"(?<![\w%])%(?P<name>[A-Za-z_]\w*(?:\.\w+)*)%(?!\w)|(?<!\w)%(?P<helpy>(?:customer|ticket)_[a-z_]+)"
)
_ANGLED = re.compile(
    r"(?P<comment><!--(?s:.{0,2000}?)-->)"
    r"|(?P<link><(?:https?://[^\s<>]+|mailto:[^\s<>]+|[^\s<>@]{1,64}@[^\s<>@]{1,250})>)"
    r"|<<\s*(?P<double>[A-Za-z][\w. -]{0,60}?)\s*>>"
    r"|<attribute\s[^<>]{0,200}?key=[\"'](?P<key>[\w. -]+)[\"'][^<>]{0,200}>(?:</attribute>)?"
    r"|</?(?P<word>[A-Za-z][A-Za-z0-9]*)(?P<more>[^<>]{0,2000}?)/?>"
)
_FILL_WORDS = re.compile(r"[ _/.'-]*[\w' ./#-]{0,40}")
_BRACKETED = re.compile(r"(?<![\w\]])\[{1,2}(?P<name>[A-Za-z][^\[\]\n(){}<>]{0,50})\]{1,2}(?![(\[:])")
_MARKDOWN_LINK = re.compile(
    r"(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\s]{0,2000}\))"
    r"|(?P<open>\[)(?P<label>[^\[\]\n]{1,300})(?P<close>\]\((?:[^()\s]|\([^()\s]{0,200}\)){1,2000}(?:\s+\"[^\"\n]{0,200}\")?\))"
)
_URL = re.compile(r"\b(?:(?:https?|ftp)://|www\.)(?:\{\{[^{}\n]{0,100}\}\}|[^\s<>\"\]|]){1,2000}")
_URL_TAIL = re.compile(r"[.,;:!?'’”*_…]+\Z")
_DOMAIN = re.compile(
    r"(?<![\w@./-])[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){0,4}"
    rf"\.(?:{_ENDINGS})(?![\w.-]*@)(?:/[^\s<>\"\])]*[^\s<>\"\]).,;:!?'])?(?![\w-])"
)
_MAYBE_DOMAIN = re.compile(rf"\.(?:{_ENDINGS})")
_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9_]\w{0,30}(?![\w@]|\.\w)")
_LEADING = re.compile(r"(?:^|(?<=\n))[ \t.]*(?:@\w{1,31}[ \t,]*)+", re.MULTILINE)
_EXES = re.compile(r"(?<![A-Za-z])[#$€£]?(?:XX+|xxxx+)(?:[-/.:,](?:[XY][XY]+|xx+))*(?![A-Za-z])")
_CAPITALS = re.compile(r"(?<![\w$])(?P<name>[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)(?!\w)|(?<![\w*])_{3,}(?!\w)")
_HASHES = re.compile(r"(?<=[^\s#])#{3,}|(?<=[^\s#] )#{3,}(?!#)|\*\|(?P<name>\w+)\|\*")
_FENCE = re.compile(r"^[ ]{0,3}(?P<f>```++|~~~++)[^\n]*\n(?s:.*?)(?:^[ ]{0,3}(?P=f)[`~]*[ \t\r]*$|\Z)", re.MULTILINE)
_CODE = re.compile(r"(?<![\w`])(?P<t>`{1,2})(?!`)[^`\n]{1,300}(?P=t)(?![\w`])")
_STRESS = re.compile(r"(?<![\w*])(?P<o>\*{1,3}|__?(?!_))(?=[^\s*_])[^*\n]{1,400}?(?<=[^\s_])(?P<c>(?P=o))(?![\w*])")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+", re.MULTILINE)


def find_parts(text: str, syntax: str = "") -> tuple[Part, ...]:
    """The parts of a reply in text order, without overlaps. `syntax` is the placeholder syntax, if known.

    Every vendor's and every hand-made form is seen under any syntax; only `{% x %}` depends on it: a tag in
    Liquid, a variable elsewhere. Quotes and signatures win over what stands inside them.
    """
    blocks = _blocks(text)
    inline: list[Part] = []
    for needles, scan in _SCANS:
        for needle in needles:  # no `any`: on plain prose its generators cost more than the search
            if needle in text:
                inline += scan(text)
                break
    if "{" in text:
        inline += _braced(text, syntax)
    return tuple(_in_order(blocks, inline)) if blocks or inline else ()


def _blocks(text: str) -> list[Part]:
    quoted = quotes(text)
    end = quoted[-1].start if quoted and not text[quoted[-1].end :].strip() else len(text)
    parts = [Part(span, "quote") for span in quoted]
    return parts + [Part(span, "signature") for span in signatures(text, end)]


def _in_order(blocks: list[Part], inline: list[Part]) -> Iterator[Part]:
    """Leftmost first, then longest; an inline part that runs into a block gives way to it."""
    starts = sorted(part.span.start for part in blocks)
    at = 0
    for part in sorted(chain(blocks, inline), key=_place):
        next_block = bisect_right(starts, part.span.start)
        runs_in = next_block < len(starts) and starts[next_block] < part.span.end
        if part.span.start >= at and not runs_in:
            yield part
            at = part.span.end


def _place(part: Part) -> tuple[int, int]:
    return part.span.start, -part.span.end


def _braced(text: str, syntax: str) -> Iterator[Part]:
    for match in _BRACED.finditer(text):
        word = match["word"]
        percent = match.group().startswith("{%")
        tag = match["tag"] or (percent and (syntax == "liquid" or not word or word in LIQUID_TAGS))
        name = word or match["curly"] or match["vendor"] or match["money"] or match["plain"] or ""
        yield Part(Span(*match.span()), "markup" if tag else "placeholder", "" if tag else name)


def _angled(text: str) -> Iterator[Part]:
    for match in _ANGLED.finditer(text):
        span, word = Span(*match.span()), match["word"]
        name = match["double"] or match["key"]
        if name:
            yield Part(span, "placeholder", name)
        elif match["link"]:
            yield Part(span, "link")
        elif match["comment"] or word.lower() in HTML_TAGS:
            yield Part(span, "markup")
        elif _FILL_WORDS.fullmatch(match["more"]) and not match.group().startswith("</"):
            yield Part(span, "placeholder", word + match["more"])


def _bracketed(text: str) -> Iterator[Part]:
    """Labels of Markdown links stay prose; `[Customer Name]` is a fill-in, of five words at most."""
    for match in _MARKDOWN_LINK.finditer(text):
        for group in ("image", "open", "close"):
            if match[group]:
                yield Part(Span(*match.span(group)), "markup")
    for match in _BRACKETED.finditer(text):
        if len(match["name"].split()) <= 5:
            yield Part(Span(*match.span()), "placeholder", match["name"])


def _urls(text: str) -> Iterator[Part]:
    for match in _URL.finditer(text):
        address = _URL_TAIL.sub("", match.group())
        while address.endswith(")") and address.count(")") > address.count("("):
            address = _URL_TAIL.sub("", address[:-1])
        yield Part(Span(match.start(), match.start() + len(address)), "link")


def _domains(text: str) -> Iterator[Part]:
    # Every sentence has a full stop, and few have a domain: a look after each stop spares a look at each word.
    if _MAYBE_DOMAIN.search(text):
        yield from _each(_DOMAIN, "link")(text)


def _addressed(text: str) -> Iterator[Part]:
    """E-mail addresses and handles; handles that open a line only say who is meant."""
    yield from _each(_MAIL, "link")(text)
    yield from _each(_HANDLE, "link")(text)
    for match in _LEADING.finditer(text):
        yield Part(Span(*match.span()), "markup")


def _stressed(text: str) -> Iterator[Part]:
    for match in _STRESS.finditer(text):
        yield Part(Span(*match.span("o")), "markup")
        yield Part(Span(*match.span("c")), "markup")


def _each(pattern: re.Pattern[str], kind: PartKind) -> Callable[[str], Iterator[Part]]:
    def scan(text: str) -> Iterator[Part]:
        for match in pattern.finditer(text):
            yield Part(Span(*match.span()), kind, match.groupdict().get("name") or "")

    return scan


# One character is found several times faster than two.
_SCANS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Part]]], ...] = (
    (("<",), _angled),
    (("[",), _bracketed),
    (("%",), _each(_PERCENT, "placeholder")),
    (("/", "www."), _urls),
    ((".",), _domains),
    (("@",), _addressed),
    (("X", "xxxx"), _each(_EXES, "placeholder")),
    (("_",), _each(_CAPITALS, "placeholder")),
    (("#", "|"), _each(_HASHES, "placeholder")),
    (("`", "~"), _each(_FENCE, "code")),
    (("`",), _each(_CODE, "code")),
    (("*", "_"), _stressed),
    (("#",), _each(_HEADING, "markup")),
)


def masked(text: str, parts: Iterable[Part]) -> str:
    """`text` of the same length with each part blanked; newlines stay where they are.

    A placeholder, a link or a code word in a line becomes one capitalised word of the same length, which
    reads as a name: "about {{ticket.title}}" stays "about something". The others become white space.
    """
    chunks, at = [], 0
    for part in parts:
        chunks += [text[at : part.span.start], _blank(text[part.span.start : part.span.end], part.kind)]
        at = part.span.end
    return "".join([*chunks, text[at:]]) if chunks else text


def _blank(piece: str, kind: PartKind) -> str:
    noun = kind in ("placeholder", "link") or (kind == "code" and "\n" not in piece)
    if "\n" not in piece and "\r" not in piece:
        return "X" + "x" * (len(piece) - 1) if noun else " " * len(piece)
    letter = "x" if noun else " "
    return "".join(char if char in "\r\n" else letter for char in piece)
