"""`empathy-lint check` in a team's repository: configuration, suppressions, baseline, changes, reports."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from empathy_lint import config
from empathy_lint.cli.app import run
from empathy_lint.cli.progress import progress
from empathy_lint.report import FORMATS
from empathy_lint.sources import ReadOptions, read

ROOT = Path(__file__).parents[2]

SORRY = "I am sorry you feel that way about the lamp. Please send it back to us."
PLAIN = "Put the lamp on a dry shelf and leave it there for an hour."
CONFIG = Path("empathy-lint.toml")
Check = Callable[..., dict[str, Any]]


def library(*bodies: str, comment: str = "") -> str:
    return "macros:\n" + "".join(f'  - id: m{n}\n    body: "{body}"{comment}\n' for n, body in enumerate(bodies))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    config.forget()
    Path("mail").mkdir()
    Path("mail/late.yaml").write_text(library(SORRY, PLAIN), encoding="utf-8")
    Path("chat.txt").write_text(SORRY, encoding="utf-8")


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs a check and gives its JSON, with the exit status and stderr beside it."""

    def checked(*arguments: str) -> dict[str, Any]:
        config.forget()
        capsys.readouterr()
        status = run(["check", "--no-cache", "--format", "json", *(arguments or (".",))])
        said = capsys.readouterr()
        report: dict[str, Any] = json.loads(said.out) if said.out else {}
        return {**report, "status": status, "err": said.err}

    return checked


def places(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["path"], each["rule"], each["level"]) for each in report["findings"]]


BOTH = [("chat.txt", "feelings-apology", "warning"), ("mail/late.yaml", "feelings-apology", "warning")]


def test_without_configuration_every_reply_has_a_row(check: Check) -> None:
    report = check()
    assert report["status"] == 1
    assert places(report) == BOTH
    assert [row["path"] for row in report["replies"]] == ["chat.txt", "mail/late.yaml", "mail/late.yaml"]


def test_the_command_line_wins_over_the_configuration(check: Check) -> None:
    CONFIG.write_text('select = ["clarity"]\nignore = ["feelings-apology"]\nfail-on = "never"\n')
    assert places(check()) == []
    report = check("--select", "tone", ".")
    assert (places(report), report["status"]) == (BOTH, 0)
    assert check("--select", "tone", "--fail-on", "warning", ".")["status"] == 1
    assert places(check("--select", "tone", "--ignore", "feelings", ".")) == []
    assert places(check("--isolated", ".")) == BOTH


def test_a_configuration_that_is_given_counts_for_every_path(check: Check) -> None:
    CONFIG.write_text('ignore = ["tone"]')
    Path("other.toml").write_text('levels = {tone = "hint"}')
    report = check("--config", "other.toml", ".")
    assert ({level for *_, level in places(report)}, report["status"]) == ({"hint"}, 0)
    assert "can't be read" in check("--config", "none.toml", ".")["err"]


def test_files_may_have_other_rules_and_levels(check: Check) -> None:
    CONFIG.write_text(
        'levels = {feelings-apology = "error"}\n'
        '[[overrides]]\nfiles = "mail/"\nlevels = {feelings-apology = "hint"}\nchannel = "email"\n'
    )
    report = check()
    assert places(report) == [("chat.txt", "feelings-apology", "error"), ("mail/late.yaml", "feelings-apology", "hint")]
    assert [row["channel"] for row in report["replies"]][1:] == ["email", "email"]
    CONFIG.write_text('[[overrides]]\nfiles = "mail/"\nignore = ["tone"]\n')
    assert places(check()) == BOTH[:1]
    CONFIG.write_text('[levels]\nfeelings-apology = "off"')
    assert places(check()) == []


def test_the_nearest_configuration_speaks_for_a_file(check: Check) -> None:
    Path("mail/empathy-lint.toml").write_text('ignore = ["tone"]')
    assert places(check()) == BOTH[:1]


def test_excluded_files_are_read_only_when_named(check: Check) -> None:
    CONFIG.write_text('exclude = ["mail"]')
    assert places(check()) == BOTH[:1]
    assert places(check("mail/late.yaml")) == BOTH[1:]


def test_own_rules_and_thresholds(check: Check) -> None:
    own_rules("the lamp")
    CONFIG.write_text('rules = ["own"]\nselect = ["gushing", "overlong"]\nthresholds = {sentence-words = 10}\n')
    assert sorted(rule for _, rule, _ in places(check("mail"))) == ["gushing", "gushing", "overlong-sentence"]
    CONFIG.write_text('select = ["overlong-sentence"]')
    assert places(check("mail")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('ignore = ["tonne"]', "lint.toml:1: ignore: no rule or family is called “tonne”. Did you mean “tone”?"),
        ("fail_on = 3", "Did you mean “fail-on”?"),
        ('rules = ["nowhere"]', "there is no such rule folder"),
        ('pipeline = "en_nobody"', "no spaCy pipeline “en_nobody”"),
    ],
)
def test_a_wrong_configuration_is_exit_status_2(check: Check, text: str, said: str) -> None:
    CONFIG.write_text(text)
    report = check()
    assert report["status"] == 2
    assert said in report["err"]
    assert "bug" not in report["err"]


def test_a_wrong_name_on_the_command_line_is_exit_status_2(check: Check) -> None:
    assert "no rule or family is called “feeling-apology”" in check("--select", "feeling-apology", ".")["err"]
    assert check("--select", "unused-suppression,all", ".")["status"] == 1


def test_a_comment_silences_and_an_unused_one_is_told(check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    order = "  # empathy-lint: ignore feelings-apology -- our lawyers want it"
    Path("mail/late.yaml").write_text(library(SORRY, comment=order))
    assert places(check("mail")) == []
    Path("mail/late.yaml").write_text(library(PLAIN, comment=order))
    report = check("mail")
    assert places(report) == [("mail/late.yaml", "unused-suppression", "warning")]
    assert places(check("--select", "offer", "mail")) == []
    assert run(["check", "mail", "--ignore", "unused-suppression"]) == 0
    assert "Nothing I would change." in capsys.readouterr().out


def test_a_route_silences(check: Check) -> None:
    CONFIG.write_text('[[suppress]]\nfiles = "mail/"\nid = "m0"\nrules = ["feelings-apology"]\nreason = "said so"\n')
    assert places(check()) == BOTH[:1]
    Path("mail/late.yaml").write_text(library(PLAIN))
    assert places(check())[1:] == [("empathy-lint.toml", "unused-suppression", "warning")]


def test_a_baseline_accepts_what_is_there_and_notes_what_is_gone(check: Check) -> None:
    assert run(["baseline"]) == 0
    assert (places(check()), check()["status"]) == ([], 0)
    Path("mail/late.yaml").write_text(library(PLAIN, "I am sorry you feel that way. It is our fault."))
    report = check()
    assert places(report) == BOTH[1:]
    assert "1 accepted finding is not found any more" in report["err"]
    assert "not found" not in check("--select", "offer", ".")["err"]
    assert run(["baseline", "--prune"]) == 0
    assert "not found" not in check()["err"]
    Path(".empathy-lint-baseline.json").rename("ours.json")
    assert len(places(check())) == 2
    assert len(places(check("--baseline", "ours.json", "."))) == 1
    assert check("--baseline", "none.json", ".")["status"] == 2


def git(*arguments: str) -> None:
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)


def test_only_what_changed_since_a_revision(check: Check) -> None:
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    assert check("--diff-base", "HEAD", ".")["replies"] == []
    Path("mail/late.yaml").write_text(library(SORRY, PLAIN, SORRY.replace("lamp", "cup")))
    report = check("--diff-base", "HEAD", ".")
    assert [(each["reply_id"], each["rule"]) for each in report["findings"]] == [("m2", "feelings-apology")]
    assert "git knows no revision “nowhere”" in check("--diff-base", "nowhere", ".")["err"]


def test_several_reports_in_one_run(check: Check) -> None:
    wanted = [word for form in FORMATS for word in ("--output", f"{form}=report.{form}")]
    assert check(*wanted, "chat.txt")["status"] == 1
    assert all(Path(f"report.{form}").read_text(encoding="utf-8") for form in FORMATS)
    assert json.loads(Path("report.json").read_text())["findings"][0]["rule"] == "feelings-apology"
    assert check("--output", "pdf=x", ".")["status"] == 2
    report = check("--output", "json=nowhere/x.json", ".")
    assert (report["status"], "can't be written" in report["err"]) == (2, True)


def test_statistics_and_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", ".", "--statistics"])
    assert "findings  replies  family and rule" in capsys.readouterr().out
    assert run(["check", ".", "--quiet", "--select", "clarity", "--jobs", "2"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["check", ".", "--jobs", "none"]) == 2


def test_a_file_that_cannot_be_read_does_not_stop_the_others(check: Check) -> None:
    Path("broken.json").write_text("{")
    report = check()
    assert report["status"] == 2
    assert places(report) == BOTH
    assert [problem["path"] for problem in report["problems"]] == ["broken.json"]


def test_bugs_name_the_file_and_the_rule(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    from empathy_lint.signals.detectors import DETECTORS

    monkeypatch.setattr("empathy_lint.linter.DETECTORS", {**DETECTORS, "shouting": broken})
    report = check("--select", "shouted-order", "mail")
    assert (report["status"], len(report["replies"])) == (2, 2)
    assert "mail/late.yaml: could not be judged by the rule shouted-order" in report["err"]
    monkeypatch.setattr("empathy_lint.run.read", broken)
    report = check("mail")
    assert "mail/late.yaml: could not be read, which is a bug: ZeroDivisionError: oh" in report["err"]
    assert report["status"] == 2


def own_rules(phrase: str) -> None:
    """A folder `own` with a signal that hears one phrase, and a rule that asks for it."""
    for folder in ("own/signals", "own/tone"):
        Path(folder).mkdir(parents=True)
    examples = 'examples: {bad: ["We are [[so glad]]."], good: ["So we went."]}'
    Path("own/signals/so-much.yaml").write_text(f'means: Gushing.\npatterns: ["{phrase}"]\n{examples}\n')
    Path("own/tone/gushing.yaml").write_text(
        "id: gushing\nsummary: Gushing.\nwhy: Too much.\nscope: sentence\nfind: {all: [so-much]}\n"
        f'says: "“{{mark}}” is a bit much."\nrewrites: ["We are glad."]\n{examples}\n'
    )


def test_word_classes_are_found_out_where_a_pattern_asks(check: Check) -> None:
    own_rules("so <adj>")
    Path("a.txt").write_text("We are so happy to have you. So we went home.\n\nIt fell so badly.", encoding="utf-8")
    Path("b.txt").write_text("Your note was so kind.", encoding="utf-8")
    report = check("--rules", "own", "--select", "gushing", ".")
    found = [(each["path"], each["text"]) for each in report["findings"]]
    assert found == [("a.txt", "so happy"), ("b.txt", "so kind")]


def test_the_pipeline_is_loaded_only_for_word_classes(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_lint.language.load.load", lambda *_: pytest.fail("loaded for nothing"))
    own_rules("so <adj>")
    assert check("--rules", "own", ".")["status"] == 1


def test_a_pipeline_of_ones_own_must_have_what_a_rule_needs(check: Check) -> None:
    import spacy

    spacy.blank("en").to_disk("blank")
    CONFIG.write_text('pipeline = "blank"')
    report = check()
    assert (report["tool"]["pipeline"], places(report)) == ("blank", BOTH)
    own_rules("so <adj>")
    report = check("--rules", "own", ".")
    assert report["status"] == 2
    assert "the signal so-much, which the rule gushing asks for, needs “morphologizer”" in report["err"]


def test_standard_input_goes_by_the_name_it_is_given(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    CONFIG.write_text('[[overrides]]\nfiles = "mail/"\nlevels = {tone = "hint"}\nchannel = "chat"\n')
    for name, level in (("mail/new/a.txt", "hint"), ("b.txt", "warning")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SORRY.encode())))
        assert places(check("-", "--stdin-filename", name)) == [(name, "feelings-apology", level)]


def test_a_closed_pipe_does_not_change_the_exit_status() -> None:
    command = f"{sys.executable} -m empathy_lint check --isolated --no-cache chat.txt | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stderr) == (1, b"")


def test_progress_shows_on_a_terminal_only_and_only_on_long_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = list(read("mail/late.yaml", Path("mail/late.yaml").read_bytes(), ReadOptions()))
    assert list(progress(1, quiet=False)(iter(replies))) == replies
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert list(progress(1, quiet=False)(iter(replies))) == replies
    assert list(progress(1, quiet=True)(iter(replies))) == replies
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("empathy_lint.cli.progress.PATIENCE", 0.0)
    assert list(progress(4, quiet=False)(iter(replies))) == replies
    assert capsys.readouterr().err == "\r\x1b[K[######                  ] file 1 of 4, 1 replies\r\x1b[K"
