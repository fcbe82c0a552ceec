"""What a quick answer must not import, and that quick ways give the same answers. No seconds are measured here."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from empathy_lint.cli.choose import rulebook
from empathy_lint.evaluate import due, evaluate
from empathy_lint.examples import cases
from empathy_lint.linter import hear, make_linter
from empathy_lint.model import Reply
from empathy_lint.offsets import TextMap
from empathy_lint.rulebook import bundled_folder, load, recalled
from empathy_lint.signals.names import DETECTOR_NAMES
from empathy_lint.signals.regexes import compiled, recall, remember

TEXTS = (
    "Unfortunately we can't refund the fee. As I said before, you should have read the terms.",
    "Thanks for telling us. I've put it right.",
    "PLEASE READ the manual!! It's simply a matter of pressing save.",
)


def imported(*arguments: str) -> set[str]:
    code = "import sys; from empathy_lint.cli import app; app.run(sys.argv[1:]); print('\\n', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.rsplit("\n", 2)[-2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("rules",), ("explain", "closed-door"), ("cache", "dir")])
def test_commands_that_need_no_spacy(arguments: tuple[str, ...]) -> None:
    assert imported(*arguments).isdisjoint({"spacy", "numpy", "textstat", "nltk"})


def test_a_long_reply_needs_no_dictionary(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(" ".join(TEXTS) * 6)
    found = imported("check", "--isolated", "--no-cache", str(tmp_path / "long.txt"))
    assert "textstat" in found
    assert found.isdisjoint({"nltk", "scipy", "torch"})


def test_a_recalled_rulebook_is_the_rulebook() -> None:
    fresh = load([bundled_folder()], DETECTOR_NAMES)
    for _ in range(2):
        again = recalled([bundled_folder()], DETECTOR_NAMES)
        assert (again.rules, again.signals) == (fresh.rules, fresh.signals)
        assert list(again.rules) == list(fresh.rules)


def test_a_changed_rule_is_not_recalled(tmp_path: Path) -> None:
    (tmp_path / "signals").mkdir()
    for phrase in ("zebra crossing", "giraffe crossing"):
        (tmp_path / "signals" / "mine.yaml").write_text(f"means: mine\npatterns:\n  - {phrase}\n")
        regex = recalled([bundled_folder(), tmp_path], DETECTOR_NAMES).signals["mine"].patterns[0].regex
        assert phrase.split()[0] in regex


def test_remembered_expressions_find_the_same() -> None:
    import re

    regexes = [pattern.regex for signal in rulebook().signals.values() for pattern in signal.patterns][:40]
    recall("a-book")
    for regex in regexes:
        compiled(regex)
    remember("a-book")
    for regex in regexes:
        assert compiled(regex).pattern == regex
        assert [m.span() for m in compiled(regex).finditer(" we can not do that ; you should have read it .")] == [
            m.span() for m in re.finditer(regex, " we can not do that ; you should have read it .")
        ]


def bad_examples() -> list[str]:
    """What each rule and signal shows of itself, so that every one of them has something to hear."""
    return [case.example.reply for case in cases(rulebook()) if case.kind == "bad"]


def test_no_signal_is_lost_where_its_cues_are_missed() -> None:
    book = rulebook()
    linter = make_linter(book, ())
    slow = replace(linter, ears=replace(linter.ears, silent_without={}))
    for text in bad_examples():
        reply = Reply(text, TextMap.identity(len(text)), text, "a.txt")
        quick, whole = hear(linter, reply), hear(slow, reply)
        assert {name: quick.hits(name) for name in book.signals} == {name: whole.hits(name) for name in book.signals}


@pytest.mark.parametrize("text", TEXTS)
def test_the_plan_leaves_out_only_rules_without_findings(text: str) -> None:
    book = rulebook()
    linter = make_linter(book, book.rules.values())
    heard = hear(linter, Reply(text, TextMap.identity(len(text)), text, "a.txt"))
    assert list(evaluate(due(linter.plan, heard), heard)) == list(evaluate(linter.rules, heard))


def test_the_plan_keeps_every_rule_that_has_findings() -> None:
    book = rulebook()
    linter = make_linter(book, book.rules.values())
    for text in bad_examples():
        heard = hear(linter, Reply(text, TextMap.identity(len(text)), text, "a.txt"))
        assert list(evaluate(due(linter.plan, heard), heard)) == list(evaluate(linter.rules, heard)), text
