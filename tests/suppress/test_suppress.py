"""Suppressions in every format that has comments, read by the real readers; findings are made by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_lint.globs import Globs, absolute
from empathy_lint.model import Finding, InputError, Reply
from empathy_lint.offsets import LineIndex, Span
from empathy_lint.sources import ReadOptions, read
from empathy_lint.sources.parts import masked
from empathy_lint.suppress import PAGES, ByRoute, Seen, Silenced, silence

# Words that stand for a finding of each rule.
WORDS = {"closed-door": "We can't do that", "blame": "You broke it"}
KNOWN = (*WORDS, "late")


def replies_of(path: str, text: str) -> list[Reply]:
    return [item for item in read(path, text.encode(), ReadOptions()) if isinstance(item, Reply)]


def findings_of(reply: Reply) -> Iterator[Finding]:
    lines = LineIndex(reply.source)
    for rule, words in WORDS.items():
        for match in re.finditer(words, reply.text):
            span = Span(*match.span())
            place = reply.map.source(span)
            location = (lines.location(place.start), lines.location(place.end))
            where = (reply.id, reply.path, reply.route, span, location, place)
            yield Finding(rule, "offer", "warning", "high", *where, True, words, "", ())


def run(path: str, text: str, *tables: ByRoute, ran: tuple[str, ...] = KNOWN, unused: bool = True) -> Silenced:
    seen = Seen()
    findings = [finding for reply in seen.each(replies_of(path, text)) for finding in findings_of(reply)]
    return silence(findings, seen, KNOWN, lambda _: ran, tables, unused=unused)


def said(result: Silenced) -> list[tuple[str, int]]:
    return [(finding.rule, finding.location[0].line) for finding in result.findings]


YAML = """\
# empathy-lint: ignore-file late -- we answer at night
macros:
  - title: Refund
    body: We can't do that. # empathy-lint: ignore closed-door -- legal wording
  # empathy-lint: ignore closed-door -- above the value
  - body: We can't do that.
  - title: Long
    # empathy-lint: ignore closed-door, blame -- above a block
    body: |
      Hello,

      We can't do that. You broke it.
  - title: Beside
    body: > # empathy-lint: ignore closed-door -- beside its mark

      Hello,

      We can't do that.
  - title: Not meant
    body: We can't do that.
"""


def test_yaml_comments_cover_their_line_the_line_below_and_a_value() -> None:
    result = run("a.yaml", YAML, ran=("closed-door", "blame"))
    assert said(result) == [("closed-door", 20)]
    assert [reason for _, reason in result.silenced] == [
        *("legal wording", "above the value", "above a block", "above a block", "beside its mark"),
    ]
    assert said(run("a.yaml", YAML)) == [("unused-suppression", 1), ("closed-door", 20)]
    assert said(run("a.yaml", YAML.replace("\n", "\r\n"), ran=("blame", "closed-door"))) == [("closed-door", 20)]


@pytest.mark.parametrize(
    "text",
    [
        "# empathy-lint: ignore-macro closed-door -- r\n- title: A\n  body: We can't do that.\n"
        "- title: B\n  body: You broke it.\n",
        "- title: A # empathy-lint: ignore-macro closed-door -- r\n  body: We can't do that.\n"
        "- title: B\n  body: You broke it.\n",
        "- title: B\n  body: You broke it.\n- # empathy-lint: ignore-macro closed-door -- r\n"
        "  title: A\n  body: We can't do that.\n",
        "- title: A\n  body: We can't do that.\n  # empathy-lint: ignore-macro closed-door -- r\n"
        "- title: B\n  body: You broke it.\n",
        "- body: We can't do that.\n  title: A # empathy-lint: ignore-macro closed-door -- r\n"
        "- title: B\n  body: You broke it.\n",
        "refund:\n  # empathy-lint: ignore-macro closed-door -- r\n  body: We can't do that.\n"
        "late:\n  body: You broke it.\n",
        "refund:\n  body: |\n    Hi.\n    We can't do that.\n  # empathy-lint: ignore-macro closed-door -- r\n"
        "late:\n  body: You broke it.\n",
        "- title: A\n  body: >-\n    {% comment %} empathy-lint: ignore-macro closed-door -- r {% endcomment %}\n"
        "    Hi.\n\n    We can't do that.\n"
        "- title: B\n  body: You broke it.\n",
    ],
)
def test_a_macro_comment_covers_its_macro_only(text: str) -> None:
    result = run("m.yaml", text, ran=("closed-door",))
    assert [finding.rule for finding in result.findings] == ["blame"]
    both = run("m.yaml", text.replace("You broke it", "We can't do that"), ran=("closed-door",))
    assert [finding.rule for finding in both.findings] == ["closed-door"]


def test_twins_of_one_macro_are_one_macro() -> None:
    text = """\
- title: Refund
  # empathy-lint: ignore-macro closed-door -- agreed with legal
  actions:
    - field: comment_value_html
      value: "<p>We can't do that.</p>"
    - field: comment_value
      value: "We can't do that. You broke it."
- title: Other
  actions:
    - field: comment_value
      value: "We can't do that."
"""
    result = run("zendesk.yaml", text)
    assert len(result.silenced) >= 1
    assert [finding.location[0].line for finding in result.findings if finding.rule == "closed-door"] == [11]


MARKDOWN = """\
# Macros

## Refund

<!-- empathy-lint: ignore closed-door -- the law says so -->
We can't do that.

We can't do that. <!-- empathy-lint: ignore closed-door -- same line -->

## Broken

<!-- empathy-lint: ignore-macro closed-door blame -- a quote of the law,
     word by word -->

Hello. We can't do that.

You broke it.

## Last

You broke it.

<!-- empathy-lint: ignore-macro blame -- at the end -->
"""


def test_markdown_comments() -> None:
    result = run("m.md", MARKDOWN)
    assert said(result) == []
    assert "a quote of the law, word by word" in {reason for _, reason in result.silenced}


def test_html_liquid_json_and_csv_bodies() -> None:
    html = "<p>We can't do that.</p>\n"
    html += "<!-- empathy-lint: ignore blame -- r -->\n<p>You broke it. We can't do that.</p>\n"
    assert said(run("m.html", html)) == [("closed-door", 1), ("closed-door", 3)]
    liquid = "{% comment %}empathy-lint: ignore-file blame -- r{%- endcomment -%}\nHi.\nYou broke it.\n"
    assert said(run("m.txt", liquid)) == []
    row = '{"body_html": "<!-- empathy-lint: ignore blame -- r --><p>You broke it.</p>"}'
    rows = ", ".join((row, row.replace("ignore", "ignore-macro"), '{"body_html": "<p>You broke it.</p>"}'))
    one_line = f'{{"macros": [{rows}]}}\n'
    assert said(run("m.json", one_line)) == [("blame", 1)]
    csv = 'title,body\nA,"<p>You broke it.</p><!-- empathy-lint: ignore blame -- r -->"\nB,<p>You broke it.</p>\n'
    assert said(run("m.csv", csv)) == [("blame", 3)]


@pytest.mark.parametrize(
    ("order", "rule", "message"),
    [
        ("ignore closed-door", "malformed-suppression", "gives no reason"),
        ("ignore closed-door --", "malformed-suppression", "gives no reason"),
        ("ignore closed-door --because", "malformed-suppression", "gives no reason"),
        ("ignore -- because", "malformed-suppression", "names no rule"),
        ("ignore-macros closed-door -- r", "malformed-suppression", "Did you mean “ignore-macro”?"),
        ("disable closed-door -- r", "malformed-suppression", "“disable” is none of ignore,"),
        ("ignore closd-door -- r", "unknown-suppression", "“closd-door”. Did you mean “closed-door”?"),
        ("ignore late -- r", "unused-suppression", "no late here"),
        ("ignore late blame -- r", "unused-suppression", "no late or blame here"),
    ],
)
def test_what_is_wrong_with_a_suppression_is_a_finding(order: str, rule: str, message: str) -> None:
    result = run("a.yaml", f"macros:\n- body: We can't do that. # empathy-lint: {order}\n")
    own = [finding for finding in result.findings if finding.rule in PAGES]
    assert [(finding.rule, finding.location) for finding in own] == [(rule, ((2, 27), (2, 27 + len(order) + 16)))]
    assert message in own[0].message
    assert own[0].text == f"# empathy-lint: {order}"
    assert (own[0].family, own[0].level) == ("template", "warning")


def test_a_missing_colon_is_said_and_a_mention_is_nothing() -> None:
    body = "body: Hello there, friend.\n"
    assert said(run("a.yaml", f"# empathy-lint ignore late -- r\n{body}")) == [("malformed-suppression", 1)]
    assert said(run("a.yaml", f"# checked by empathy-lint\n{body}")) == []


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.yaml", "body: |\n  Hi.\n  # empathy-lint: ignore blame -- r\n  You broke it.\n", 3),
        ("a.txt", "# empathy-lint: ignore blame -- r\nYou broke it.\n", 1),
        ("a.txt", "You broke it. <!-- empathy-lint: ignore blame -- r -->\n", 1),
        ("a.md", "# empathy-lint: ignore blame -- r\n\nYou broke it.\n", 1),
    ],
)
def test_what_a_customer_would_read_is_reported_not_obeyed(path: str, text: str, line: int) -> None:
    result = run(path, text)
    assert ("malformed-suppression", line) in said(result)
    assert "blame" in {finding.rule for finding in result.findings}
    assert "customers would read it" in next(f.message for f in result.findings if f.rule in PAGES)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "body: You broke it. # empathy-lint: ignore blame -- words of a judge\n"),
        ("a.yaml", "body: |\n  {% comment %}empathy-lint: ignore blame -- a judge{% endcomment %}\n  You broke it.\n"),
        ("a.md", "<!-- empathy-lint: ignore blame -- words of a judge -->\nYou broke it.\n"),
        ("a.html", "<p><!-- empathy-lint: ignore blame -- words of a judge -->You broke it.</p>\n"),
        ("a.txt", "{% comment %}empathy-lint: ignore blame -- words of a judge{% endcomment %}\nYou broke it.\n"),
        ("a.json", '{"body": "<p>You broke it.</p><!-- empathy-lint: ignore blame -- words of a judge -->"}\n'),
    ],
)
def test_a_suppression_is_never_judged_as_the_agents_words(path: str, text: str) -> None:
    [reply] = replies_of(path, text)
    assert "judge" not in masked(reply.text, reply.parts)
    assert said(run(path, text)) == []


def by_route(**given: object) -> ByRoute:
    fields: dict[str, object] = {"files": Globs(str(absolute(".")), ("*.json",)), "route": "", "id": ""}
    fields |= {"reason": "agreed", "rules": ("blame",), "origin": (str(absolute("c.toml")), 7)}
    return ByRoute(**(fields | given))  # type: ignore[arg-type]


JSON = '{"macros": [\n{"id": "m-1", "body": "You broke it."},\n{"id": "m-2", "body": "You broke it."}\n]}\n'


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (by_route(), []),
        (by_route(route="macros[1].*"), [("blame", 2)]),
        (by_route(route="macros[*].body", id="m-1"), [("blame", 3)]),
        (by_route(id="m-*"), []),
        (by_route(id="m-3"), [("blame", 2), ("blame", 3), ("unused-suppression", 7)]),
        (by_route(rules=("late",)), [("blame", 2), ("blame", 3), ("unused-suppression", 7)]),
        (by_route(rules=("blam", "blame")), [("unknown-suppression", 7)]),
        (by_route(files=Globs(str(absolute(".")), ("*.csv",))), [("blame", 2), ("blame", 3)]),
    ],
)
def test_by_route_in_the_configuration(table: ByRoute, expected: list[tuple[str, int]]) -> None:
    assert said(run("m.json", JSON, table)) == expected
    assert all(finding.path == "c.toml" for finding in run("m.json", JSON, table).findings if finding.rule in PAGES)


def test_nothing_is_unused_that_could_not_be_used() -> None:
    comment = "# empathy-lint: ignore late -- r\nbody: Hello there, friend.\n"
    assert said(run("a.yaml", comment, ran=("blame",))) == []
    assert said(run("a.yaml", comment, unused=False)) == []
    assert said(run("m.json", JSON, by_route(rules=("late",)), ran=("blame",))) == [("blame", 2), ("blame", 3)]


def test_our_own_rules_can_be_turned_down_or_off() -> None:
    seen = Seen()
    list(seen.each(replies_of("a.yaml", "body: Hello there, friend. # empathy-lint: ignore late -- r\n")))
    hint = {name: replace(page, level="hint") for name, page in PAGES.items()}
    assert silence([], seen, KNOWN, lambda _: KNOWN, pages=hint).findings[0].level == "hint"
    off = {name: replace(page, level="off") for name, page in PAGES.items()}
    assert silence([], seen, KNOWN, lambda _: KNOWN, pages=off).findings == ()
    assert silence([], seen, KNOWN, lambda _: KNOWN, pages={}).findings == ()


_LINES = st.sampled_from(
    [
        *("We can't do that.", "You broke it.", "- title: A", "  body: Hello there.", "  body: |", ""),
        "    You broke it.",
        *("## Broken", "<!-- a -->", "<p>You broke it.</p>", "> quoted", "'", '"', "{% if x %}", "\t\tend"),
    ]
)
_COMMENTS = st.sampled_from(
    [
        *("# empathy-lint: ignore blame -- r", "  # empathy-lint: ignore-macro closed-door -- r", "#empathy-lint:"),
        "<!-- empathy-lint: ignore blame -- r -->",
        "{% comment %} empathy-lint: ignore-file blame -- r {% endcomment %}",
        "<!-- empathy-lint: ignore-macro blame, late -- r --> You broke it.",
        "x: 1 # empathy-lint: ignore late -- r",
    ]
)


@given(st.lists(_LINES | _COMMENTS, max_size=14), st.sampled_from(["a.yaml", "a.md", "a.html", "a.txt"]), st.booleans())
def test_no_finding_is_lost_whatever_the_file(lines: list[str], path: str, crlf: bool) -> None:
    text = ("\r\n" if crlf else "\n").join(lines)
    try:
        replies = replies_of(path, text)
    except InputError:
        return
    seen = Seen()
    findings = [finding for reply in seen.each(replies) for finding in findings_of(reply)]
    result = silence(findings, seen, KNOWN, lambda _: KNOWN)
    left = [finding for finding in result.findings if finding.rule not in PAGES]
    assert len(left) + len(result.silenced) == len(findings)
    if "empathy-lint" not in text:
        assert not result.silenced


def test_a_thousand_comments_take_no_time() -> None:
    comment = "<!-- empathy-lint: ignore late -- r -->"
    text = "Hello there.\n" + f"{comment}\n<p>\n" * 1000 + "!" + " " * 100_000 + "You broke it.\n"
    begun = time.perf_counter()
    assert len(run("a.md", text).findings) == 1001
    assert time.perf_counter() - begun < 5
