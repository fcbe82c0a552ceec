"""Counts by library and channel, with what is not applicable counted apart, and nobody's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from empathy_lint import config
from empathy_lint.cli.app import run
from empathy_lint.cli.choose import rulebook
from empathy_lint.model import Channel, Finding, ReplyRow, Report, RulePage, Signal, Situation
from empathy_lint.offsets import Location, Span
from empathy_lint.scorecard import KINDS, OTHER, Share, as_json, as_table, libraries, scorecard

PAGES = {rule: RulePage(rule, "tone", "warning", "", "") for rules in KINDS.values() for rule in rules}


def row(
    path: str, *signals: str, situation: Situation = "difficult", channel: Channel = "macro", id: str = ""
) -> ReplyRow:
    heard = tuple(Signal(name, Span(0, 5)) for name in signals)
    return ReplyRow(id or path, path, "", channel, situation, heard)


def finding(of: ReplyRow, rule: str) -> Finding:
    at = (Location(1, 1), Location(1, 2))
    span = Span(0, 1)
    return Finding(rule, "tone", "warning", "high", of.id, of.path, of.route, span, at, span, True, "x", "", ())


def test_measures_and_what_they_do_not_ask_about() -> None:
    rows = (
        row("m/a.yaml", "acknowledgement", "trouble-named", "confirmation", id="1"),
        row("m/a.yaml", "acknowledgement", "refusal", id="2"),
        row("m/a.yaml", "refusal", "offer", id="3"),
        row("m/a.yaml", "acknowledgement", situation="routine", id="4"),
    )
    (card,) = scorecard(Report("p", rows, (), rules=PAGES))
    assert (card.library, card.channel, card.replies, card.difficult) == ("m/a.yaml", "macro", 4, 3)
    assert card.measures == {
        "acknowledges": Share(2, 3, 1),
        "acknowledges specifically": Share(1, 3, 1),
        "confirms": Share(1, 3, 1),
        "refuses": Share(2, 4, 0),
        "refuses with an offer": Share(1, 2, 2),
    }


def test_clear_of_each_kind_of_tone() -> None:
    rows = (row("a.md", id="1"), row("a.md", id="2"))
    found = (finding(rows[0], "should-have"), finding(rows[0], "blamed-customer"), finding(rows[1], "own-rule"))
    pages = {**PAGES, "own-rule": RulePage("own-rule", "tone", "hint", "", "")}
    (card,) = scorecard(Report("p", rows, found, rules=pages))
    assert card.clear_of["blaming"] == card.clear_of[OTHER] == Share(1, 2, 0)
    assert {kind for kind, each in card.clear_of.items() if each == Share(2, 2, 0)} == set(KINDS) - {"blaming"}


def test_a_kind_that_nothing_listened_for_is_not_applicable() -> None:
    (card,) = scorecard(Report("p", (row("a.md"),), ()))
    assert set(card.clear_of.values()) == {Share(0, 0, 1)}
    assert OTHER not in card.clear_of


def test_every_tone_rule_has_one_kind() -> None:
    kinds = [rule for rules in KINDS.values() for rule in rules]
    assert sorted(kinds) == sorted(rule.id for rule in rulebook().rules.values() if rule.family == "tone")


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["m/a/x.yaml", "m/a/deep/y.yaml", "m/b.yaml"], ["m/a/", "m/a/", "m/b.yaml"]),
        (["m/a.yaml"], ["m/a.yaml"]),
        (["a.yaml", "b/c.yaml"], ["a.yaml", "b/"]),
        (["/r/a/x.yaml", "/r/b/y.yaml"], ["/r/a/", "/r/b/"]),
        (["-"], ["-"]),
    ],
)
def test_libraries(paths: list[str], names: list[str]) -> None:
    name = libraries(paths)
    assert [name(path) for path in paths] == names


def test_channels_apart_and_no_agent() -> None:
    rows = (row("talk.jsonl", channel="chat", id="1"), row("talk.jsonl", channel="email", id="2"))
    cards = scorecard(Report("p", rows, (), rules=PAGES))
    assert [(card.library, card.channel) for card in cards] == [("talk.jsonl", "chat"), ("talk.jsonl", "email")]
    assert set(as_json(cards)["cards"][0]) == {"library", "channel", "replies", "difficult", "measures", "clear_of"}


def test_nothing_read() -> None:
    assert scorecard(Report("p", (), ())) == ()
    assert as_table(()) == ""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    config.forget()
    Path("m").mkdir()
    Path("m/billing.yaml").write_text(
        "macros:\n"
        "- title: Twice\n  body: I'm sorry you were charged twice for one booking. I've sent the second payment back.\n"
        "- title: No\n  body: We can't refund a voucher that has been used.\n"
        "- title: Past\n  # empathy-lint: ignore should-have -- quoted in training\n"
        "  body: You should have read the page.\n"
    )
    Path("m/hours.yaml").write_text("macros:\n- title: Hours\n  body: We open at nine and close at six.\n")
    return tmp_path


@pytest.mark.usefixtures("library")
def test_as_a_user_runs_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard"]) == 0
    said = capsys.readouterr().out
    assert "m/billing.yaml (macro): 3 replies, " in said
    assert "  acknowledges                             –        1 not applicable\n" in said
    assert run(["scorecard", "m", "--format", "json"]) == 0
    billing, hours = json.loads(capsys.readouterr().out)["cards"]
    assert billing["clear_of"]["blaming"] == {"yes": 2, "of": 3, "not_applicable": 0}
    assert billing["measures"]["refuses with an offer"] == {"yes": 0, "of": 1, "not_applicable": 2}
    assert hours["difficult"] == 0


@pytest.mark.usefixtures("library")
def test_what_is_switched_off_is_asked_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empathy-lint.toml").write_text('levels = {tone = "off"}\nexclude = "hours.yaml"')
    assert run(["scorecard", "--format", "json"]) == 0
    (billing,) = json.loads(capsys.readouterr().out)["cards"]
    assert billing["clear_of"]["blaming"]["yes"] == 2


@pytest.mark.usefixtures("library")
def test_a_file_that_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("m/broken.yaml").write_text("a: [")
    assert run(["scorecard"]) == 2
    said = capsys.readouterr()
    assert "m/hours.yaml (macro)" in said.out
    assert "could not check m/broken.yaml" in said.err
