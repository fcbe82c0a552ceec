"""HTML pages made at random, with words whose places are known, to hold the reader's map to the truth.

`run(20_000)` is for a maintainer's run, a few hundred cases are part of the tests.
"""

from __future__ import annotations

import re
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from empathy_lint.offsets import Span
from empathy_lint.sources.html import html_text

# How one character of a word may be written.
_WRITTEN = {
    "&": ("&amp;", "&amp", "&#38;", "&#x26;"),
    "<": ("&lt;", "&#60;", "&LT;"),
    "'": ("'", "&#39;", "&apos;", "&#x27;"),
    "\u2019": ("\u2019", "&rsquo;", "&#8217;"),
    "é": ("é", "&eacute;", "&#233;", "&eacute"),
    "😀": ("😀", "&#128512;", "&#x1F600;"),
    "e\u0301": ("e\u0301", "e&#x301;"),
}
_INSIDE = ("", "", "", "<b>", "</b>", "<!-- no -->", "<span style='color:red'>", "</span>", "&shy;", "<wbr>", "\u200b")
_BETWEEN = (
    *(
        " ",
        " ",
        "\n",
        "\r\n",
        "\t  ",
        "&nbsp;",
        " &nbsp; ",
        "<br>",
        "<br/>\n",
        "</p>\n<p>",
        "<div>",
        "</div> ",
        " <i> ",
    ),
    *(
        "<ul><li>",
        "</li><li>",
        " <!-- > -- <p> --> ",
        "<style>p > a {}</style> ",
        "<td>",
        "</td><td>",
        "<hr>",
        "<P CLASS=x>",
    ),
    *(
        ' <a href="https://a.example/?a=1&b=2">',
        "</a> ",
        "<span hidden>unseen</span> ",
        "<h1>",
        "</h1>",
        "<pre>\n",
        "</pre>",
    ),
    *(
        ' <div style="display: none">un<b>seen</div> ',
        "<blockquote type='cite'>",
        "</blockquote>",
        " < ",
        " & ",
        " &bogus; ",
    ),
)


@st.composite
def _word(draw: DrawFn, number: int) -> str:
    """One word as it is written in HTML; it starts and ends with letters, and no two are the same."""
    middle = draw(st.lists(st.sampled_from([*_WRITTEN, "a", "Z"]), max_size=4))
    pieces = [draw(st.sampled_from(_WRITTEN.get(char, (char,)))) for char in middle]
    inside = [draw(st.sampled_from(_INSIDE)) for _ in pieces]
    # A letter after "&amp" would be read with it, so the entities without their semicolon end the word's middle.
    joined = "".join(f"{piece}{more}" for piece, more in zip(pieces, inside, strict=True))
    return f"q{number}{joined}{';' if re.search(r'&[a-z]+$', joined) else ''}.k"


@st.composite
def pages(draw: DrawFn) -> tuple[str, list[Span]]:
    """A page and the source places of its words."""
    source, places = (
        draw(st.sampled_from(("", "<!DOCTYPE html><html><head><title>t</title></head><body>", "<p>", " \n"))),
        [],
    )
    for number in range(draw(st.integers(1, 8))):
        word = draw(_word(number))
        places.append(Span(len(source), len(source) + len(word)))
        source += word + draw(st.sampled_from(_BETWEEN))
    return source, places


def seen(written: str) -> str:
    """What a reader sees of a stretch of a word: no tags, no comments, entities decoded."""
    shown = unescape(re.sub(r"<!--.*?-->|</?[a-z][^<>]*>", "", written))
    return shown.replace("\u00ad", "").replace("\u200b", "")


def holds(source: str, places: list[Span]) -> None:
    """Every word is in the text, in order, and its map leads to the very place where it is written."""
    text, mapped, parts = html_text(source)
    assert mapped.length == len(text)
    at = 0
    for place in places:
        word = seen(source[place.start : place.end])
        start = text.index(word, at)
        at = start + len(word)
        assert mapped.source(Span(start, at)) == place, (source, word)
        for offset in range(start, at):
            back = mapped.source(Span(offset, offset + 1))
            assert text[offset] in seen(source[back.start : back.end]), (source, word, back)
    assert all(0 <= part.span.start < part.span.end <= len(text) for part in parts)
    assert "unseen" not in text


def run(cases: int) -> int:
    """Try `cases` pages; raises at the first that fails, shrunk by hypothesis."""

    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(pages())
    def each(page: tuple[str, list[Span]]) -> None:
        holds(*page)

    each()
    return cases


if __name__ == "__main__":
    run(20_000)
