"""Every example of every rule and signal, through the whole linter; the examples are the tests of the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from empathy_lint.cli.choose import rulebook
from empathy_lint.examples import Case, as_reply, cases, run, shortcomings
from empathy_lint.linter import Linter, make_linter
from empathy_lint.model import FAMILIES
from empathy_lint.rulebook import Rulebook
from empathy_lint.signals.detectors import DETECTORS
from empathy_lint.signals.names import DETECTOR_NAMES

BOOK = rulebook()
Statuses = Callable[[str], list[tuple[str, str]]]


@cache
def linter() -> Linter:
    return make_linter(BOOK, BOOK.rules.values())


def named(case: Case) -> str:
    return f"{case.name}:{case.example.line}:{case.kind}"


@pytest.mark.parametrize("case", list(cases(BOOK)), ids=named)
def test_example(case: Case) -> None:
    outcome = run(linter(), case)
    if outcome.status != "ok":
        pytest.fail(f"{case.subject.path}:{case.example.line}: “{case.example.reply}” {outcome.message}", pytrace=False)


def test_every_rule_and_signal_has_examples() -> None:
    assert list(shortcomings(BOOK)) == []


def test_size_and_families() -> None:
    assert len(BOOK.rules) >= 22
    assert len(BOOK.signals) >= 30
    assert {rule.family for rule in BOOK.rules.values()} == set(FAMILIES)


def test_detectors_and_their_names() -> None:
    assert sorted(DETECTORS) == list(DETECTOR_NAMES)


def test_every_slot_of_a_message_is_known() -> None:
    """`says` may only show the words seen, a signal, or what the detector leaves in a slot."""
    from empathy_lint.evaluate import evaluate
    from empathy_lint.linter import hear

    for case in cases(BOOK):
        if case.kind == "bad" and case.name in BOOK.rules:
            for finding in evaluate((BOOK.rules[case.name],), hear(linter(), as_reply(case))):
                assert "[" not in finding.message.replace(finding.text, ""), finding.message


def own_book(folder: Path, examples: str) -> Rulebook:
    (folder / "signals").mkdir(exist_ok=True)
    (folder / "tone").mkdir(exist_ok=True)
    (folder / "signals" / "teapot.yaml").write_text("means: A teapot.\npatterns: [teapot]\n")
    (folder / "tone" / "teapot-talk.yaml").write_text(
        "id: teapot-talk\nsummary: s\nwhy: w\nfind: {all: [teapot]}\nsays: “{mark}” is a teapot.\n"
        f"rewrites: ['Some {{thing}}.']\nexamples:\n{examples}"
    )
    return rulebook([folder])


@pytest.fixture
def statuses(tmp_path: Path) -> Statuses:
    def run_all(examples: str) -> list[tuple[str, str]]:
        book = own_book(tmp_path, examples)
        judge = make_linter(book, book.rules.values())
        return [(case.kind, run(judge, case).status) for case in cases(book, ["teapot-talk"])]

    return run_all


@pytest.mark.parametrize(
    ("examples", "kind", "status"),
    [
        ("  bad: ['a [[teapot]] here']", "bad", "ok"),
        ("  bad: ['[[a teapot]] here']", "bad", "failed"),
        ("  bad: ['a teapot here']", "bad", "failed"),
        ("  bad: ['a [[kettle]] here']", "bad", "failed"),
        ("  bad: ['a [[teapot]] here. A teapot there.']", "bad", "failed"),
        ("  good: ['a kettle here']", "good", "ok"),
        ("  good: ['a teapot here']", "good", "failed"),
        ("  missed: ['a [[kettle]] here']", "missed", "ok"),
        ("  missed: ['a [[teapot]] here']", "missed", "news"),
        ("  false_alarms: ['a teapot here']", "false_alarms", "ok"),
        ("  false_alarms: ['a kettle here']", "false_alarms", "news"),
    ],
)
def test_outcomes(statuses: Statuses, examples: str, kind: str, status: str) -> None:
    assert statuses(examples) == [(kind, status), ("rewrite", "ok")]


def test_a_flagged_rewrite_fails(tmp_path: Path) -> None:
    book = own_book(tmp_path, "  good: ['a kettle']")
    file = tmp_path / "tone" / "teapot-talk.yaml"
    file.write_text(file.read_text().replace("Some {thing}", "Some teapot"))
    book = rulebook([tmp_path])
    judge = make_linter(book, book.rules.values())
    outcomes = [run(judge, case) for case in cases(book, ["teapot-talk"]) if case.kind == "rewrite"]
    assert [outcome.status for outcome in outcomes] == ["failed"]
    assert "teapot-talk on “teapot”" in outcomes[0].message


def test_too_few_examples_are_told(tmp_path: Path) -> None:
    book = own_book(tmp_path, "  good: ['a kettle']")
    assert len(list(shortcomings(book, ["teapot-talk", "teapot"]))) == 4


@pytest.mark.parametrize(
    ("marked", "text", "seen"),
    [
        ("Dear [[[NAME]]], hi", "Dear [NAME], hi", "[NAME]"),
        ("[[a]] [b]", "a [b]", "a"),
        ("[[[a] [b]]]", "[a] [b]", "[a] [b]"),
    ],
)
def test_marks_around_brackets(tmp_path: Path, marked: str, text: str, seen: str) -> None:
    book = own_book(tmp_path, f"  bad: ['{marked}']")
    example = book.rules["teapot-talk"].examples.bad[0]
    assert example.reply == text
    assert [example.reply[span.start : span.end] for span in example.spans] == [seen]
