"""Mail: whose words are whose, and where they stand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from empathy_lint.model import InputError, Reply
from empathy_lint.offsets import LineIndex, Location, Span
from empathy_lint.sources.mail import read_eml, read_mbox
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.parts import masked

FIXTURES = Path(__file__).parents[2] / "fixtures" / "mail"
SAID = "You charged me twice for one lamp.\nI want it back."


def read(name: str) -> Reply:
    return next(read_eml(name, (FIXTURES / name).read_bytes(), ReadOptions()))


def mail(head: str, body: str) -> Reply:
    return next(read_eml("x.eml", f"{head}\n\n{body}".encode(), ReadOptions()))


def place(reply: Reply, words: str) -> tuple[Location, Location]:
    start = reply.text.index(words)
    back, lines = reply.map.source(Span(start, start + len(words))), LineIndex(reply.source)
    return lines.location(back.start), lines.location(back.end)


@pytest.mark.parametrize("name", ["plain.eml", "crlf.eml", "quoted-printable.eml"])
def test_own_words_and_the_customers(name: str) -> None:
    reply = read(name)
    own = " ".join(masked(reply.text, reply.parts).split())
    assert own == "Hi Ana, I’m sorry we charged you twice for the lamp. The second charge is gone."
    assert reply.customer == SAID
    assert (reply.title, reply.channel, reply.format) == ("Re: You must not flag me", "email", "eml")
    assert [part.kind for part in reply.parts] == ["signature", "quote"]


@pytest.mark.parametrize("name", ["plain.eml", "crlf.eml"])
def test_plain_mail_is_exact(name: str) -> None:
    reply = read(name)
    assert reply.exact
    assert place(reply, "charged you twice") == (Location(11, 14), Location(11, 31))


@pytest.mark.parametrize(("name", "line"), [("quoted-printable.eml", 9), ("html-base64.eml", 9)])
def test_a_hidden_place_is_widened_to_the_part(name: str, line: int) -> None:
    reply = read(name)
    assert not reply.exact
    start, end = place(reply, "charged")
    assert start == Location(line, 1)
    assert end == LineIndex(reply.source).location(len(reply.source))


def test_latin_1_is_exact_too() -> None:
    reply = read("latin1.eml")
    assert (reply.exact, place(reply, "café")) == (True, (Location(11, 5), Location(11, 9)))


def test_html_mail_keeps_its_places() -> None:
    reply = read("html.eml")
    assert place(reply, "sorry") == (Location(8, 28), Location(8, 36))
    assert reply.customer == "You charged me twice."


def test_plain_is_preferred_and_attachments_are_not_read() -> None:
    reply = read("multipart.eml")
    assert reply.text == "Hi Ana, the charge is gone."
    assert place(reply, "gone") == (Location(19, 23), Location(19, 27))


def test_outlook_and_encoded_headers() -> None:
    reply = read("outlook.eml")
    assert (reply.title, reply.customer) == ("Re: Café", "You charged me twice for one lamp.")


def test_an_mbox_has_a_reply_a_mail() -> None:
    replies = list(read_mbox("sent.mbox", (FIXTURES / "sent.mbox").read_bytes(), ReadOptions()))
    assert [reply.route for reply in replies] == ["messages[0]", "messages[1]"]
    assert [reply.id for reply in replies] == ["<one@lamps.example>", "<two@lamps.example>"]
    assert replies[1].text.strip() == "Hi Ana, the second one too.\n\nFrom here on it is quick."
    assert place(replies[1], "second") == (Location(19, 13), Location(19, 19))


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"no headers here\n", 1, "no mail headers"),
        (b"", 1, "no mail headers"),
        (b"A: b\nContent-Type: multipart/mixed\n\nx", 1, "names no boundary"),
        (b"A: b\nContent-Type: multipart/mixed; boundary=q\n\nx\n", 4, "begins with its boundary"),
        (b"A: b\nContent-Type: image/png\n\nx", 1, "without a text"),
        (b"A: b\nContent-Transfer-Encoding: base64\n\n@@@@", 4, "broken base64"),
        (b"A: b\nContent-Transfer-Encoding: base64\n\nabcde", 4, "broken base64"),
        (b"A: b\nContent-Transfer-Encoding: x-odd\n\nabcde", 1, "unknown Content-Transfer-Encoding"),
        (b"A: b\nContent-Type: text/plain; charset=klingon\n\nx", 1, "unknown charset"),
        (b"A: b\nContent-Type: text/plain; charset=utf-8\n\n\xff", 4, "not utf-8"),
        (b"A: b\n\nx\n\0", 4, "binary data"),
    ],
)
def test_broken_mail_is_an_error_with_its_place(data: bytes, line: int, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        list(read_eml("x.eml", data, ReadOptions()))
    assert (caught.value.path, caught.value.line) == ("x.eml", line)


def test_a_mail_of_a_thousand_and_more_parts_is_given_up() -> None:
    part = "--q\nContent-Type: image/png\n\nx\n"
    start = time.perf_counter()
    with pytest.raises(InputError, match="more than 1000 parts"):
        mail("A: b\nContent-Type: multipart/mixed; boundary=q", part * 5000)
    assert time.perf_counter() - start < 2


def test_deep_nesting_is_given_up() -> None:
    body = "".join(f"--q{n}\nContent-Type: multipart/mixed; boundary=q{n + 1}\n\n" for n in range(500))
    with pytest.raises(InputError, match="deep"):
        mail("A: b\nContent-Type: multipart/mixed; boundary=q0", body)


def test_an_open_boundary_ends_with_the_mail() -> None:
    assert mail("A: b\nContent-Type: multipart/mixed; boundary=q", "--q\nA: b\n\nHello").text == "Hello"


def test_the_configured_customer_wins() -> None:
    options = ReadOptions(customer="My own words", channel="chat")
    reply = next(read_eml("x.eml", b"A: b\n\nHi\n\nOn 3 Mar 2026, Ana wrote:\n> Hm\n", options))
    assert (reply.customer, reply.channel) == ("My own words", "chat")
