"""`rules`, `explain`, `test`, and what must not be imported on the way to the light commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli_run import Run

from empathy_lint.cli.choose import rulebook

RULE = (
    "id: {id}\nsummary: s\nwhy: w\nfind: {{all: [teapot]}}\nsays: “{{mark}}” is a teapot.\n"
    "examples:\n  bad: ['a [[teapot]] here', '{second}']\n  good: [a kettle, a cup]\n"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of somebody's own rules; one example of `loose-talk` does not hold."""
    for folder in ("signals", "tone"):
        (tmp_path / folder).mkdir()
    signal = "means: A teapot.\npatterns: [teapot]\nexamples:\n  bad: ['a [[teapot]]']\n  good: [a kettle, a cup]\n"
    (tmp_path / "signals" / "teapot.yaml").write_text(signal)
    (tmp_path / "tone" / "teapot-talk.yaml").write_text(RULE.format(id="teapot-talk", second="my [[teapot]]"))
    (tmp_path / "tone" / "loose-talk.yaml").write_text(RULE.format(id="loose-talk", second="[[my teapot]]"))
    return tmp_path


def test_rules_as_a_table(run: Run) -> None:
    ran = run("rules")
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert lines[0].split() == ["rule", "family", "level", "what", "it", "sees"]
    assert {line.split()[0] for line in lines[1:]} >= rulebook().rules.keys()
    column = lines[0].index("family")
    assert all(line[column - 2 : column] == "  " for line in lines)


def test_rules_as_json(run: Run, own: Path) -> None:
    rows = {row["id"]: row for row in run("rules", "--format", "json", "--rules", own).json}
    book = rulebook()
    for name, rule in book.rules.items():
        assert rows[name] | {"why": ""} == {
            "id": name, "family": rule.family, "level": rule.level, "summary": rule.summary, "why": "",
        }  # fmt: skip
    assert rows["teapot-talk"]["family"] == "tone"
    assert "unused-suppression" in rows


def test_explain_a_rule(run: Run) -> None:
    ran = run("explain", "closed-door")
    assert ran.status == 0
    assert ran.out.startswith("# closed-door\n\nA refusal without an offer")
    assert "What you might write instead:" in ran.out
    assert "empathy-lint: ignore closed-door -- " in ran.out
    assert ".md)" not in ran.out


def test_explain_a_signal_and_ones_own(run: Run, own: Path) -> None:
    assert "Rules: closed-door" not in run("explain", "gratitude").out
    assert run("explain", "refusal").out.startswith("# refusal\n")
    assert run("explain", "unused-suppression").out.startswith("# unused-suppression\n")
    assert run("explain", "teapot-talk", "--rules", own).out.startswith("# teapot-talk\n")


def test_explain_an_unknown_name(run: Run) -> None:
    ran = run("explain", "closed-dor")
    assert (ran.status, ran.out) == (2, "")
    assert "Did you mean “closed-door”?" in ran.err


def test_test_all_that_is_bundled(run: Run) -> None:
    ran = run("test")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith(" examples run. All hold.\n")


@pytest.mark.parametrize(
    ("words", "status"), [(["teapot-talk"], 0), (["teapot"], 0), (["loose-talk"], 1), (["tone"], 1)]
)
def test_test_some(run: Run, own: Path, words: list[str], status: int) -> None:
    ran = run("test", *words, "--rules", own)
    assert ran.status == status
    assert ("should find “my teapot”; it found “teapot”" in ran.out) == bool(status)


def test_test_a_folder(run: Run, own: Path) -> None:
    ran = run("test", own)
    assert ran.status == 1
    assert "11 examples run, 1 to look at." in ran.out
    assert f"{own / 'tone' / 'loose-talk.yaml'}:7: loose-talk, a bad example should find" in ran.out
    assert run("test", own, "--quiet").out.count("\n") == 3


def test_test_an_unknown_name(run: Run) -> None:
    ran = run("test", "closed-dor")
    assert ran.status == 2
    assert "Did you mean “closed-door”?" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["rules"], ["explain", "closed-door"], ["check", "--help"], ["test", "--help"]],
)
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from empathy_lint.cli import app; status = app.run(sys.argv[1:]);"
        " heavy = {'spacy', 'numpy', 'thinc', 'textstat'} & sys.modules.keys(); sys.exit(f'{status} {sorted(heavy)}')"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "0 []"
    assert done.stdout
