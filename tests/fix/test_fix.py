"""Mends: the one obvious one is made, to the byte; where there is a choice nothing is."""

from __future__ import annotations

import codecs
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_lint.fix import RULES, Edit, diff, mended, mends
from empathy_lint.model import Finding, InputError, Reply
from empathy_lint.offsets import LineIndex
from empathy_lint.slips import one_slip
from empathy_lint.sources import ReadOptions, read
from empathy_lint.sources.placeholders import check_placeholders


def replies(path: str, data: bytes, options: ReadOptions) -> list[Reply]:
    return [item for item in read(path, data, options) if isinstance(item, Reply)]


def findings(reply: Reply) -> Iterator[Finding]:
    lines = LineIndex(reply.source)
    for fault in check_placeholders(reply):
        place = reply.map.source(fault.span)
        at = (lines.location(place.start), lines.location(place.end))
        text = reply.text[fault.span.start : fault.span.end]
        yield Finding(
            fault.rule, "template", "error", "high", reply.id, reply.path, reply.route, fault.span, at, place,
            reply.exact, text, "", (),
        )  # fmt: skip


def edits(path: str, data: bytes, options: ReadOptions) -> tuple[Edit, ...]:
    found = replies(path, data, options)
    return mends([finding for reply in found for finding in findings(reply)], found)


def fixed(path: str, data: bytes, syntax: str = "") -> bytes:
    options = ReadOptions(syntax=syntax)
    made = edits(path, data, options)
    return mended(path, data, made, options) if made else data


@pytest.mark.parametrize(
    ("syntax", "broken", "whole"),
    [
        ("liquid", "Order {{order.id} is here.", "Order {{order.id}} is here."),
        ("liquid", "Order {order.id}} is here.", "Order {{order.id}} is here."),
        ("", "{{order.id} is here, {{order.date}}.", "{{order.id}} is here, {{order.date}}."),
        ("liquid", "About {{ticket..title}} now", "About {{ticket.title}} now"),
        ("liquid", "About {{ ticket.title. }} now", "About {{ ticket.title }} now"),
        ("liquid", "About {{ticket.title | }} now", "About {{ticket.title }} now"),
        ("", "Hello <<Client.Name> and more", "Hello <<Client.Name>> and more"),
        ("zammad", "About #{ticket.title and more", "About #{ticket.title} and more"),
        ("intercom", "Hi {{user.name, we saw it.", "Hi {{user.name}}, we saw it."),
        ("intercom", "Hi {{ user.name, we saw it.", "Hi {{ user.name }}, we saw it."),
        ("intercom", "Hi user.name}}, we saw it.", "Hi {{user.name}}, we saw it."),
        ("intercom", "Hi {{user.frist_name}}, we saw it.", "Hi {{user.first_name}}, we saw it."),
        ("intercom", "Hi {{User.Name}}, we saw it.", "Hi {{user.name}}, we saw it."),
    ],
)
def test_the_one_obvious_mend(syntax: str, broken: str, whole: str) -> None:
    assert fixed("draft.txt", broken.encode(), syntax) == whole.encode()


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        ("liquid", "About {{ }} now"),
        ("liquid", "About {{ticket title}} now"),
        ("liquid", "{% if vip %}We saw it."),
        ("liquid", "Order {{{order.id}} is here."),
        ("", "Order {{order.id} is here."),
        ("", "Order {{order.id} for {name}, {{order.date}}."),
        ("", "About {{order.id and more {{order.date}}"),
        ("intercom", "Hi {{user.name | upcase, we saw it."),
        ("intercom", "Hi {{user.nickname, we saw it."),
        ("intercom", "Hi {{user.name2}}, we saw it."),
        ("liquid", "Type `{{order.id}` to see it."),
        ("liquid", "We are sorry you feel that way, [NAME]."),
    ],
)
def test_a_choice_is_left_to_a_person(syntax: str, text: str) -> None:
    assert fixed("draft.txt", text.encode(), syntax) == text.encode()


def test_two_slips_are_two_edits() -> None:
    data = b"macros:\n- title: A\n  body: 'See {{order..id}} and {{order.date}'\n- title: B\n  body: '{{a.b} {{a.c}}'\n"
    assert fixed("m.yaml", data) == data.replace(b"..", b".").replace(b"date}'", b"date}}'").replace(b"a.b}", b"a.b}}")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_everything_else_stays_to_the_byte(mark: bytes, newline: str) -> None:
    text = newline.join(("Höflich 💡\tso.  ", "", "Order {{order..id}} – ok", ""))
    data = mark + text.encode()
    assert fixed("draft.txt", data) == data.replace(b"..id", b".id")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    text = "Grüße, order {{order..id}} is here.\r\n"
    assert fixed("draft.txt", mark + text.encode(encoding)) == mark + text.replace("..", ".").encode(encoding)


def test_windows_csv() -> None:
    data = "title;body\r\nCafé;Order {{order..id}} waits at the café.\r\n".encode("cp1252")
    assert fixed("m.csv", data) == data.replace(b"..", b".")


def test_inside_json_and_html() -> None:
    data = rb'{"macros": [{"title": "Caf\u00e9", "body": "<p>It&#39;s {{order..id}}<\/p>\n\u2014 {{order.a}"}]}'
    assert fixed("m.json", data) == data.replace(b"..", b".").replace(b".a}", b".a}}")


@pytest.mark.parametrize(
    "data",
    [
        rb'{"macros": [{"title": "A", "body": "About {{order.\u002eid}} now"}]}',
        b'{"macros": [{"title": "A", "body": "<p>About {{order.&#46;id}} now</p>"}]}',
    ],
)
def test_an_escape_inside_is_left_alone(data: bytes) -> None:
    assert fixed("m.json", data) == data


def test_what_is_not_found_is_not_mended() -> None:
    found = replies("draft.txt", b"Order {{order..id}}", ReadOptions())
    assert mends((), found) == ()


def test_a_file_that_changed_is_left_alone() -> None:
    made = edits("draft.txt", b"Order {{order..id}} is here.", ReadOptions())
    with pytest.raises(InputError, match="changed while"):
        mended("draft.txt", b"Your order {{order..id}} is here.", made, ReadOptions())


def test_a_mend_that_reads_otherwise_is_refused() -> None:
    made = [edit._replace(new="{{a}}\n") for edit in edits("m.csv", b"title,body\nA,{{a..b}} c d\n", ReadOptions())]
    with pytest.raises(InputError, match="otherwise"):
        mended("m.csv", b"title,body\nA,{{a..b}} c d\n", made, ReadOptions())


_PIECES = st.sampled_from(
    ["{{", "}}", "{", "}", "a.b", "order..id", " ", "|", "{{a.b}}", "é", "\r\n", "<<", ">", "A.B", ".", "user.name"]
)


@given(st.lists(_PIECES, max_size=12).map("".join), st.sampled_from(["", "liquid", "intercom", "zammad"]))
def test_a_mend_only_ever_heals(text: str, syntax: str) -> None:
    """Fewer faults after each round, the rest of the text kept, and at last nothing more to mend."""
    data = f"Hello. {text} Bye.".encode()
    options = ReadOptions(syntax=syntax)
    for _ in range(12):
        made = edits("d.txt", data, options)
        if not made:
            return
        new = mended("d.txt", data, made, options)
        assert faults(new, options) < faults(data, options)
        data = new
    raise AssertionError("never done")


def faults(data: bytes, options: ReadOptions) -> int:
    return sum(fault.rule in RULES for reply in replies("d.txt", data, options) for fault in check_placeholders(reply))


@pytest.mark.parametrize("written", ["tittle", "titel", "tile", "TITLE", "titlr"])
def test_one_slip(written: str) -> None:
    assert one_slip(written, "title")


@pytest.mark.parametrize("written", ["title", "title2", "tilet2", "ttiel", "subject", ""])
def test_not_one_slip(written: str) -> None:
    assert not one_slip(written, "title")


@pytest.mark.parametrize("end", ["\n", ""])
def test_the_diff_is_one_that_git_takes(tmp_path: Path, end: str) -> None:
    before, after = f"one\r\n{{{{a..b}}}}\r\nthree{end}", f"one\r\n{{{{a.b}}}}\r\nthree{end}"
    (tmp_path / "m.txt").write_bytes(before.encode())
    patch = diff("m.txt", before, after).encode()
    subprocess.run(["git", "apply", "-"], input=patch, cwd=tmp_path, check=True)
    assert (tmp_path / "m.txt").read_bytes() == after.encode()
