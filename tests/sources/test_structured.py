"""YAML, JSON and CSV: shapes, routes, guesses, conversations, and files that are broken."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from empathy_lint.model import ConfigError, InputError, Reply, Skipped
from empathy_lint.offsets import LineIndex, Span
from empathy_lint.sources import ReadOptions, read

FIXTURES = Path(__file__).parents[2] / "fixtures"


def items(path: str, text: str, options: ReadOptions | None = None) -> list[Reply | Skipped]:
    return list(read(path, text.encode(), options or ReadOptions()))


def replies(path: str, text: str, options: ReadOptions | None = None) -> list[Reply]:
    return [each for each in items(path, text, options) if isinstance(each, Reply)]


def fixture(name: str) -> list[Reply | Skipped]:
    return list(read(name, (FIXTURES / name).read_bytes(), ReadOptions()))


def line(reply: Reply, words: str) -> int:
    at = reply.text.index(words)
    return LineIndex(reply.source).location(reply.map.source(Span(at, at + len(words))).start).line


# What each export shape comes to: (route, title, format, syntax) of the replies, then the reasons of the skipped.
SHAPES = {
    "zendesk/macros.json": [
        ("macros[0].actions[1].value", "Parcel::Late", "zendesk", "liquid"),
        ("macros[1].actions[0].value", "Parcel::Lost", "zendesk", "liquid"),
        "inactive",
        ("macros[3].actions[0].value[1]", "Channel::Chat", "zendesk", "liquid"),
    ],
    "zendesk/dynamic_content.json": [
        ("items[0].variants[0].content", "Opening hours", "zendesk", "liquid"),
        "language: 8",
    ],
    "intercom/macros.json": [
        ("data[0].body", "Late reply", "intercom", "intercom"),
        ("data[1].body", "Reset", "intercom", "intercom"),
        ("data[1].body_text", "Reset", "intercom", "intercom"),
    ],
    "gorgias/macros.json": [
        ("data[0].actions[1].arguments.body_html", "Size swap", "gorgias", "liquid"),
        "language: de",
    ],
    "front/templates.json": [("_results[0].body", "Invoice copy", "front", "front")],
    "helpscout/saved_reply.json": [
        ("text", "Refund done", "helpscout", "helpscout"),
        ("chatText", "Refund done", "helpscout", "helpscout"),
    ],
    "helpscout/list.json": ["only a preview; export the full text"],
    "freshdesk/canned_responses.json": [("[0].content_html", "Password", "freshdesk", "freshdesk")],
    "salesforce/quicktext.csv": [
        ("[0].MESSAGE", "Greeting", "salesforce", "salesforce"),
        ("[1].MESSAGE", "No", "salesforce", "salesforce"),
        "inactive",
    ],
    "salesforce/email_template.json": [("records[0].HtmlValue", "Case closed", "salesforce", "salesforce")],
    "zammad/text_modules.json": [("[0].content", "hello", "zammad", "zammad"), "inactive"],
    "zammad/text_modules.csv": [("[0].content", "hello", "zammad", "zammad"), "inactive"],
    "chatwoot/canned_responses.json": [("[0].content", "calm", "chatwoot", "liquid")],
    "osticket/premade.yaml": [
        ("[0].response", "Lamp arrived broken", "osticket", "osticket"),
        "inactive",
        ("[2].response", "No warranty", "osticket", "osticket"),
    ],
    "osticket/canned_response.json": [("[0].response", "Wait", "osticket", "osticket"), "language: de"],
    "discourse/canned_replies.json": [("replies[0].content", "Welcome", "discourse", "discourse")],
    "uvdesk/saved_replies.json": [("[0].message", "Hold", "uvdesk", "uvdesk")],
    "rt/templates.json": [("[0].Content", "Resolved", "rt", "rt"), ("[1].Content", "Resolved in HTML", "rt", "rt")],
    "rt/autoreply.txt": [("", "", "rt", "rt")],
}


@pytest.mark.parametrize("name", SHAPES)
def test_export_shapes_without_configuration(name: str) -> None:
    found = [
        each.why if isinstance(each, Skipped) else (each.route, each.title, each.format, each.syntax)
        for each in fixture(name)
    ]
    assert found == SHAPES[name]
    assert all(each.channel == "macro" and each.exact for each in fixture(name) if isinstance(each, Reply))


def test_every_fixture_is_proved_and_covers_its_text() -> None:
    for path in sorted(FIXTURES.glob("*/*")):
        if path.suffix in (".json", ".yaml", ".yml", ".csv", ".tsv", ".jsonl", ".txt", ".md"):
            for each in read(str(path), path.read_bytes(), ReadOptions()):
                assert isinstance(each, Skipped) or (each.exact and each.map.length == len(each.text))


def test_html_inside_json_inside_an_action_is_marked_exactly() -> None:
    lost = fixture("zendesk/macros.json")[1]
    assert isinstance(lost, Reply)
    at = lost.text.index("missing on our side")
    place = lost.map.source(Span(at, at + len("missing on our side")))
    assert lost.source[place.start : place.end] == "missing</b> on our side"


def test_same_words_twice_have_their_own_lines_and_an_alias_none() -> None:
    found = [each for each in fixture("yaml/library.yaml") if isinstance(each, Reply)]
    same = [each for each in found if each.text == "It's not our fault."]
    assert [line(each, "fault") for each in same] == [26, 34]
    (hello,) = [each for each in found if each.text.startswith("Hello")]
    assert line(hello, "but no") == 4
    assert found[-1].route == "[1].replies[0].reply"


def test_conversations_leave_out_bots_and_notes() -> None:
    first, second = fixture("intercom/conversation.json")
    assert isinstance(first, Reply)
    assert isinstance(second, Reply)
    assert (first.id, first.first, first.customer) == ("4", True, "My export has been stuck since noon.")
    assert (second.id, second.first, second.customer) == ("7", False, "I only clicked Export.")
    assert [turn.who for turn in second.earlier] == ["customer", "agent", "customer"]
    comments = [each for each in fixture("zendesk/comments.json") if isinstance(each, Reply)]
    assert [(each.id, each.customer) for each in comments] == [
        ("903", "The kettle you sent leaks. I want my money back."),
        ("906", "Seriously?"),
    ]


def test_message_lists_with_roles() -> None:
    talk = {
        "messages": [
            {"role": "customer", "text": "hi"},
            {"role": "agent", "text": "yes?"},
            {"role": "bot", "text": "x"},
        ]
    }
    (reply,) = replies("t.json", json.dumps([talk]))
    assert (reply.text, reply.customer, reply.route, reply.channel) == ("yes?", "hi", "[0].messages[1].text", "chat")


def test_routes_and_fields_from_the_configuration() -> None:
    text = "lib:\n- {nr: 4, heading: H, lang2: en, live: true, versions: [{words: one}, {words: two}]}\n"
    text += "- {nr: 5, live: false, versions: [{words: x}]}\n"
    options = ReadOptions(
        routes=("lib[*].versions[*].words",), title="heading", id="nr", language="lang2", active="live"
    )
    found = items("m.yaml", text, options)
    assert [(each.route, each.id, each.title) for each in found if isinstance(each, Reply)] == [
        ("lib[0].versions[0].words", "4", "H"),
        ("lib[0].versions[1].words", "4", "H"),
    ]
    assert found[-1] == Skipped("m.yaml", "lib[1].versions[0].words", "inactive")


def test_routes_filter_index_and_quote() -> None:
    text = json.dumps({"a.b": [{"k": "x", "v": "one"}, {"k": "y", "v": "two"}], "c": {"p": {"v": "three"}}})
    for route, want in (('["a.b"][k=y].v', "two"), ('["a.b"][0].v', "one"), ("c.*.v", "three")):
        assert [each.text for each in replies("m.json", text, ReadOptions(routes=(route,)))] == [want]
    with pytest.raises(ConfigError, match=r"character 4"):
        replies("m.json", text, ReadOptions(routes=("a.b[",)))


def test_guessed_fields_twins_and_titles() -> None:
    found = replies(
        "m.json",
        '[{"name": "A", "body_html": "<p>Hi you</p>", "body": "Hi you"},'
        '{"subject": "B", "reply": "x", "customer": "y"}]',
    )
    assert [(each.route, each.title, each.channel) for each in found] == [
        ("[0].body_html", "A", "macro"),
        ("[1].reply", "B", "email"),
    ]


def test_phrases_under_any_key_and_locale_files() -> None:
    (reply,) = replies("m.yaml", "refund: |\n  Hi there, we sent the money back.\n")
    assert (reply.title, reply.route) == ("refund", "refund")
    found = items("m.yaml", "en:\n  a: {b: 'Hi %{name}'}\nfr:\n  a: {b: Salut}\n")
    assert isinstance(found[0], Reply)
    assert (found[0].route, found[0].language) == ("en.a.b", "en")
    assert found[1] == Skipped("m.yaml", "fr.a.b", "language: fr")


def test_a_file_without_replies_says_so() -> None:
    (skipped,) = items("compose.yaml", "services:\n  web: {image: x, ports: ['80:80']}\n")
    assert isinstance(skipped, Skipped)
    assert "no replies" in skipped.why


def test_csv_quoting_separators_and_ragged_rows() -> None:
    first, second = replies("m.csv", 'title;body\r\nA;"He said ""no"",\r\ntwice"\r\nB;b, c\r\n')
    assert first.text == 'He said "no",\r\ntwice'
    place = first.map.source(Span(8, 12))
    assert first.source[place.start : place.end] == '""no""'
    assert (line(first, "twice"), line(second, "b, c")) == (3, 4)


BROKEN = {
    "j.json": ('{"a": [1,\n2', 2),
    "deep.json": ("[" * 100_000, 1),
    "s.json": ('{"a": "x\ny"}', 1),
    "y.yaml": ("a: [b\nc: d\n", 2),
    "tab.yaml": ("a:\n\tb: c\n", 2),
    "deep.yaml": ("[" * 100_000, 1),
    "ctl.yaml": ("a: b\nc: \x07\n", 2),
    "alias.yaml": ("a: b\nc: *nobody\n", 2),
    "q.csv": ('a,body\n1,"open\n', 2),
    "w.csv": ("a,body\n1,2,3\n", 2),
}


@pytest.mark.parametrize("path", BROKEN)
def test_broken_files_name_their_line(path: str) -> None:
    text, where = BROKEN[path]
    with pytest.raises(InputError) as caught:
        items(path, text)
    assert caught.value.path == path
    assert caught.value.line == where


def test_an_alias_bomb_stays_small() -> None:
    names = "abcdefghijklmnopqrst"
    layers = "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in pairwise(names))
    found = items("bomb.yaml", "a: &a [x, x]\n" + layers + "reply: hi\nself: &s {again: *s}\n")
    assert [each.text for each in found if isinstance(each, Reply)] == ["hi"]


def test_merge_keys_bring_what_is_missing() -> None:
    found = items(
        "m.yaml", "base: &b {active: false}\nlist:\n- {<<: *b, body: off}\n- {<<: *b, active: true, body: hello}\n"
    )
    assert [each.text for each in found if isinstance(each, Reply)] == ["hello"]


@pytest.mark.parametrize(
    "body", ["<p>x", '"' + " " * 60_000, "`a " * 20_000, "[" * 50_000, "<!--" * 10_000, "```\n~~~\n" * 5_000]
)
def test_hostile_text_is_read_in_time(body: str) -> None:
    import time

    began = time.process_time()
    for path, text in (("x.md", body), ("x.json", json.dumps({"body": body})), ("x.yaml", "body: " + json.dumps(body))):
        list(read(path, text.encode(), ReadOptions()))
    assert time.process_time() - began < 5
