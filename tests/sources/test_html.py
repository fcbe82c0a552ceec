"""HTML as a reader sees it; every word back at its place; quoted mail of the big clients apart."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from empathy_lint.model import Reply
from empathy_lint.offsets import LineIndex, Location, Span
from empathy_lint.sources.html import html_text, read_html
from empathy_lint.sources.options import ReadOptions
from tools.html_cases import run

FIXTURES = Path(__file__).parents[2] / "fixtures" / "html"


def read(name: str) -> Reply:
    source = (FIXTURES / name).read_text(encoding="utf-8")
    return next(iter(read_html(name, source, ReadOptions())))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Caf&eacute; &amp; bar", "Café & bar"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("<div>one<br></div><div>two</div>", "one\ntwo"),
        ("so<b>rry</b> a<i> b </i> c", "sorry a b c"),
        ("Steps:<ol><li>a</li>\n<li>b</li></ol>then", "Steps:\n- a\n- b\nthen"),
        ("a<!-- hidden -->b<style>p{}</style><script>if (a < b) {}</script>", "ab"),
        ("a<span style='display: none'>b<b>c</b></span>d<span hidden>e</span>", "ad"),
        ('a<span style="mso-hide:all">b</span><template>c</template>', "a"),
        ('a<div style="max-height: 100px">b</div>', "a\nb"),
        ("a&nbsp;&nbsp;b\n\tc", "a b c"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ("re&shy;fund", "refund"),
        ("a < b & c &bogus; &#0; <", "a < b & c &bogus; \ufffd <"),
        ('<a href="x>y</a> z', "y z"),
        ("<o:p></o:p>a<o:p>&nbsp;</o:p>", "a"),
        ("Dear <CUSTOMER_NAME>, hi", "Dear <CUSTOMER_NAME>, hi"),
        ('Hi <attribute key="user.name" default="you &amp; co"/>!', 'Hi {{user.name|fallback:"you & co"}}!'),
        ('Hi <attribute key="user.name"></attribute>!', "Hi {{user.name}}!"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<p style='display:none'>a<p>b", "b"),
        ("", ""),
        ("<p> &nbsp; </p>", ""),
    ],
)
def test_text(source: str, text: str) -> None:
    assert html_text(source)[0] == text


@pytest.mark.parametrize(
    ("source", "words", "place"),
    [
        ("I&#39;m so<b>rry</b> now", "sorry", "so<b>rry"),
        ("I&#39;m so<b>rry</b> now", "'m", "&#39;m"),
        ("an<br>\n end", "an\nend", "an<br>\n end"),
        ("re&shy;fund it", "refund", "re&shy;fund"),
        ("<p>Hi <attribute key='a.b'/>,", "{{a.b}}", "<attribute key='a.b'/>"),
    ],
)
def test_places(source: str, words: str, place: str) -> None:
    text, mapped, _ = html_text(source)
    start = text.index(words)
    back = mapped.source(Span(start, start + len(words)))
    assert source[back.start : back.end] == place


def test_a_draft_line_by_line() -> None:
    reply = read("draft.html")
    assert reply.text == (
        "Hi Ana,\n\nI’m so sorry the blue lamp arrived broken. We will:\n\n"
        "- send a new one on Monday,\n- pay for the return & the box.\n\nIs that right?\nSam"
    )
    start = reply.text.index("broken")
    place = reply.map.source(Span(start, start + 6))
    lines = LineIndex(reply.source)
    assert (lines.location(place.start), lines.location(place.end)) == (Location(7, 49), Location(7, 60))


@pytest.mark.parametrize("name", ["gmail.html", "outlook.html", "apple.html", "yahoo.html", "thunderbird.html"])
def test_quoted_mail_is_the_customers(name: str) -> None:
    reply = read(name)
    quotes = [reply.text[p.span.start : p.span.end] for p in reply.parts if p.kind == "quote"]
    assert len(quotes) == 1
    assert quotes[0].startswith(("On ", "From: "))
    assert quotes[0].endswith("one lamp.")
    assert reply.customer == "You charged me twice for one lamp."
    assert "the second charge is gone." in reply.text.lower()
    assert not any(part.span.overlaps(Span(0, 20)) for part in reply.parts)


def test_a_signature_of_a_mail_program_is_a_part() -> None:
    reply = read("thunderbird.html")
    assert [reply.text[p.span.start : p.span.end] for p in reply.parts if p.kind == "signature"] == [
        "--\nSam\nLamps & Co"
    ]


def test_code_is_a_part() -> None:
    text, _, parts = html_text("Run <code>npm  ci</code> and <pre>\nls</pre>")
    assert [(p.kind, text[p.span.start : p.span.end]) for p in parts] == [("code", "npm ci"), ("code", "ls")]


def test_the_map_holds_for_random_pages() -> None:
    assert run(300) == 300


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a "',
        "<a '\"",
        "<!--",
        "<!",
        "&",
        "&#",
        "<div>",
        "</div>",
        "<b></i>",
        "<script>",
        "<p hidden>",
        "<pre>\n",
        "<li>",
        "<<a>",
    ],
)
def test_hostile_pages_take_bounded_time(piece: str) -> None:
    start = time.perf_counter()
    html_text(piece * (100_000 // len(piece)) + "x</b>")
    assert time.perf_counter() - start < 3
