"""`empathy-lint baseline` as a user runs it, on a report made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from baseline_samples import findings, row

from empathy_lint import baseline, config
from empathy_lint.cli import baseline as cli
from empathy_lint.cli.app import run
from empathy_lint.model import Problem, Report, RulePage

FILE = ".empathy-lint-baseline.json"
PAGE = RulePage("closed-door", "offer", "warning", "", "")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()
    Path("a.yaml").touch()


def found(monkeypatch: pytest.MonkeyPatch, text: str, *problems: Problem) -> None:
    reply = row(text)
    report = Report("p", (reply,), tuple(findings(reply)), problems, rules={"closed-door": PAGE})
    monkeypatch.setattr(cli, "examined", lambda *_: (report, ("a.yaml",)))


def test_written_then_pruned(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found(monkeypatch, "We can't do that. We can't say.")
    assert run(["baseline"]) == 0
    assert capsys.readouterr().out == f"{FILE}: 2 accepted findings (2 new, 0 taken out)\n"
    found(monkeypatch, "We can't say. We can't move.")
    assert run(["baseline", "--prune"]) == 0
    assert capsys.readouterr().out == f"{FILE}: 1 accepted finding (0 new, 1 taken out)\n"
    assert run(["baseline"]) == 0
    assert capsys.readouterr().out == f"{FILE}: 2 accepted findings (1 new, 0 taken out)\n"


def test_where_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, "We can't.")
    Path("empathy-lint.toml").write_text('baseline = "ours.json"')
    assert run(["baseline"]) == 0
    assert run(["baseline", "--output", "other.json"]) == 0
    assert len(baseline.load(Path("ours.json")).entries) == len(baseline.load(Path("other.json")).entries) == 1
    assert not Path(FILE).exists()


def test_half_a_run_writes_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found(monkeypatch, "We can't.", Problem("b.yaml", "not UTF-8"))
    assert run(["baseline"]) == 2
    assert "could not check b.yaml: not UTF-8" in capsys.readouterr().err
    assert not Path(FILE).exists()


def test_a_missing_or_broken_file(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    found(monkeypatch, "We can't.")
    assert run(["baseline", "--prune"]) == 2
    assert "can't be read" in capsys.readouterr().err
    Path(FILE).write_text("{")
    assert run(["baseline"]) == 2
    assert "not readable as JSON" in capsys.readouterr().err
