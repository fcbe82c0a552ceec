"""The dispatcher, decoding, and the small formats: JSON Lines, text, Markdown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from empathy_lint.model import InputError, Reply, Skipped
from empathy_lint.offsets import LineIndex, Location, Span
from empathy_lint.sources import ReadOptions, read, reader_name, recognised


def replies(path: str, text: str | bytes, options: ReadOptions | None = None) -> list[Reply]:
    data = text.encode() if isinstance(text, str) else text
    return [each for each in read(path, data, options or ReadOptions()) if isinstance(each, Reply)]


def one(path: str, text: str | bytes, options: ReadOptions | None = None) -> Reply:
    (reply,) = replies(path, text, options)
    return reply


def seen(reply: Reply, words: str) -> str:
    """What stands in the file where `words` are in the reply."""
    at = reply.text.index(words)
    place = reply.map.source(Span(at, at + len(words)))
    return reply.source[place.start : place.end]


def refused(path: str, data: str | bytes, options: ReadOptions | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        replies(path, data, options)
    return caught.value


@pytest.mark.parametrize(
    "path",
    [
        "a.txt",
        "b/A.MD",
        "x.yml",
        "x.yaml",
        "m.json",
        "m.jsonl",
        "m.ndjson",
        "t.csv",
        "t.tsv",
        "p.htm",
        "q.eml",
        "q.mbox",
    ],
)
def test_extensions_that_are_read(path: str) -> None:
    assert recognised(path)


@pytest.mark.parametrize("path", ["a.py", "README", "x.toml", "photo.png", ""])
def test_extensions_that_are_left_alone(path: str) -> None:
    assert not recognised(path)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{"reply": "a"}', "json"),
        (b'{"reply": "a"}\n{"reply": "b"}\n', "jsonl"),
        (b"From a@b.c Mon\nFrom: a@b.c\n\nhi", "mbox"),
        (b"<!DOCTYPE html><p>hi", "html"),
        (b"{{name}}, hello", "text"),
        (b"Hello", "text"),
    ],
)
def test_standard_input_is_known_by_its_beginning(data: bytes, name: str) -> None:
    assert reader_name("-", data, ReadOptions()) == name


def test_a_format_can_be_forced() -> None:
    assert one("x.txt", '{"reply": "hi"}', ReadOptions(format="json")).format == "json"


def test_bom_and_crlf_keep_columns_true() -> None:
    reply = one("x.txt", b"\xef\xbb\xbfHi \xf0\x9f\x98\x80\r\n\tsorry")
    place = reply.map.source(Span(reply.text.index("sorry"), len(reply.text)))
    assert LineIndex(reply.source).location(place.start) == Location(2, 2)


def test_utf16_with_a_bom_is_read() -> None:
    assert one("x.txt", "Hi 😀".encode("utf-16")).text == "Hi 😀"


def test_what_is_not_text_is_refused_with_its_line() -> None:
    assert refused("x.txt", b"a\nb\n\xff\xfe\xfd").line == 3
    assert "NUL" in refused("x.md", b"PK\x03\x04\x00\x00").message
    assert "empty" in refused("x.json", b"").message
    assert "empty" in refused("x.txt", b"\xef\xbb\xbf \n").message
    assert "are read" in refused("x.txt", b"abcdef", ReadOptions(max_bytes=5)).message


def test_csv_of_a_windows_code_page_is_read() -> None:
    assert one("x.csv", "title,body\ncafé,the café is déjà closed".encode("cp1252")).text == "the café is déjà closed"


def test_jsonl_rows_as_they_are() -> None:
    rows = replies(
        "r.jsonl",
        '{"id": 7, "channel": "chat", "customer": "help", "reply": "a\\nb", "first_reply": true}\r\n\n'
        '{"id": "x", "channel": "other", "customer": null, "reply": "", "first_reply": null}\n{"reply": " a "}',
    )
    assert [(row.id, row.channel, row.customer, row.text, row.first) for row in rows] == [
        ("7", "chat", "help", "a\nb", True),
        ("x", "email", "", "", None),
        ("r.jsonl#4", "email", "", " a ", None),
    ]
    assert [row.route for row in rows] == ["[0].reply", "[2].reply", "[3].reply"]


def test_the_configured_channel_and_customer_win() -> None:
    options = ReadOptions(channel="macro", customer="from a file")
    assert one("r.jsonl", '{"channel": "chat", "reply": "a"}', options).channel == "macro"
    assert one("r.jsonl", '{"reply": "a"}', options).customer == "from a file"


def test_jsonl_is_read_lazily_and_fails_at_its_line() -> None:
    stream: Iterator[Reply | Skipped] = read("r.jsonl", b'{"reply": "a"}\n{"id": 2}\n', ReadOptions())
    assert isinstance(next(stream), Reply)
    with pytest.raises(InputError, match=r"r\.jsonl:2: .*reply"):
        next(stream)


def test_jsonl_errors_name_the_line() -> None:
    assert refused("r.jsonl", '{"reply": "a"}\n{broken').line == 2
    assert refused("r.jsonl", '{"reply": 5}').line == 1
    assert refused("r.jsonl", "[1]\n").line == 1
    assert (deep := refused("r.jsonl", '{"reply": "a"}\n' + "[" * 100_000)).line == 2
    assert "deep" in deep.message


def test_repeated_keys_take_the_last_at_its_own_place() -> None:
    reply = one("r.json", '{"reply": "one", "reply": "on\\u0065"}')
    assert seen(reply, "e") == "\\u0065"


def test_surrogates_in_pairs_and_alone() -> None:
    reply = one("r.jsonl", '{"reply": "a\\ud83d\\ude00b\\ud83dc"}')
    assert reply.text == "a😀b\ufffdc"
    assert seen(reply, "😀") == "\\ud83d\\ude00"
    assert seen(reply, "c") == "c"


def test_a_text_with_a_quoted_mail_knows_the_customer() -> None:
    reply = one("x.txt", "Fixed.\n\nOn 3 May 2025, Ana wrote:\n> it broke\n> twice\n")
    assert reply.customer.split() == ["it", "broke", "twice"]
    assert [part.kind for part in reply.parts] == ["quote"]


def test_markdown_drops_marks_and_keeps_places() -> None:
    reply = one("x.md", "---\ntitle: T\nid: m1\n---\nHi **Ana**, [see _this_](http://a.b/c_(d)) and `a * b` 2 * 3.\n")
    assert reply.text == "Hi Ana, see this and `a * b` 2 * 3.\n"
    assert (reply.title, reply.id) == ("T", "m1")
    assert seen(reply, "Ana") == "Ana"
    assert seen(reply, "see this") == "see _this"
    assert [reply.text[p.span.start : p.span.end] for p in reply.parts if p.kind == "code"] == ["`a * b`"]


def test_markdown_entities_and_wrapped_links_read_as_the_customer_reads_them() -> None:
    reply = one("x.md", "We&rsquo;re out; [read\nthis](http://a.b/c_d) &amp; &nothing; [no\n\nlink](x)")
    assert reply.text == "We’re out; read\nthis & &nothing; [no\n\nlink](x)"
    assert (seen(reply, "’"), seen(reply, "this &")) == ("&rsquo;", "this](http://a.b/c_d) &amp;")


def test_markdown_quotes_are_the_customers_unless_they_are_the_replies() -> None:
    text = "> it broke\n\nSorry!\n"
    assert one("x.md", text).customer.strip() == "it broke"
    reply = one("x.md", "**`No`**\n\n> We *can't*.\n> Bye\n", ReadOptions(blockquote_is_reply=True))
    assert (reply.title, reply.text, reply.channel) == ("No", "We can't.\nBye", "macro")


def test_a_markdown_library_is_a_macro_a_heading() -> None:
    text = "# Lib\n\n## One\n\nHi.\n\n---\n\n## Two\r\n\r\nBye\r\n\n```\n## not a heading\n```\n"
    found = replies("x.md", text)
    assert [(each.title, each.route, each.channel) for each in found] == [
        ("One", "[0]", "macro"),
        ("Two", "[1]", "macro"),
    ]
    assert found[0].text == "Hi."
    assert len(replies("x.md", text, ReadOptions(channel="email"))) == 1


def test_inactive_markdown_is_skipped() -> None:
    (skipped,) = read("x.md", b"---\nactive: no\n---\nhi", ReadOptions())
    assert skipped == Skipped("x.md", "", "inactive")


def test_transcripts_give_the_agents_turns() -> None:
    first, second = replies(
        "c.txt", "Customer: hi\nthere\nAgent: hello\nBot: beep\nCustomer: bye\nAgent Ina (10:02): take care\n"
    )
    assert (first.text, first.customer, first.first, first.channel) == ("hello", "hi\nthere", True, "chat")
    assert (second.text, second.customer, second.first) == ("take care", "bye", False)
    assert [turn.who for turn in second.earlier] == ["customer", "agent", "customer"]
    assert seen(second, "take care") == "take care"


def test_prose_with_a_label_is_no_transcript() -> None:
    assert len(replies("c.txt", "Hi,\n\nAgent: Mia\nCustomer: you\n")) == 1


def test_an_unknown_format_is_an_error_that_lists_the_known() -> None:
    error = refused("x.json", '{"reply": "a"}', ReadOptions(format="zendsk"))
    assert "zendesk" in error.message
    assert (
        one(
            "x.json",
            '[{"title": "t", "actions": [{"field": "comment_value", "value": "a"}]}]',
            ReadOptions(format="zendesk"),
        ).text
        == "a"
    )
