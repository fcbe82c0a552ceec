"""`empathy-lint fix` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_lint import config
from empathy_lint.cli.app import run

BROKEN = "# Ours\nmacros:\n- title: A\n  body: 'Your order {{order..id}} left today.'\n"
WHOLE = BROKEN.replace("..", ".")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()
    Path("m.yaml").write_text(BROKEN)


def test_mended_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix", "."]) == 0
    assert Path("m.yaml").read_text() == WHOLE
    said = capsys.readouterr().out
    assert said == (
        "m.yaml:4:21: malformed-placeholder: {{order..id}} → {{order.id}}\n1 placeholder mended in 1 file.\n"
    )
    assert run(["fix", "m.yaml"]) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


def test_diff_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix", "--diff", "m.yaml"]) == 1
    said = capsys.readouterr()
    assert "--- a/m.yaml\n+++ b/m.yaml\n" in said.out
    assert "\n-  body: 'Your order {{order..id}} left today.'\n+  body: 'Your order {{order.id}} left" in said.out
    assert said.err == "1 placeholder would be mended in 1 file.\n"
    assert Path("m.yaml").read_text() == BROKEN
    Path("m.yaml").write_text(WHOLE)
    assert run(["fix", "--diff", "m.yaml"]) == 0


@pytest.mark.parametrize(
    "settings",
    [
        'ignore = ["malformed-placeholder"]',
        'levels = {template = "off"}',
        'select = ["tone"]',
        '[[suppress]]\nfiles = "m.yaml"\nrules = ["malformed-placeholder"]\nreason = "shown as it is"',
    ],
)
def test_what_is_switched_off_or_silenced_stays(settings: str) -> None:
    Path("empathy-lint.toml").write_text(settings)
    assert run(["fix", "m.yaml"]) == 0
    assert Path("m.yaml").read_text() == BROKEN
    assert run(["fix", "--isolated", "m.yaml"]) == 0
    assert Path("m.yaml").read_text() == WHOLE


def test_a_comment_silences() -> None:
    text = BROKEN.replace("  body", "  # empathy-lint: ignore malformed-placeholder -- shown as it is\n  body")
    Path("m.yaml").write_text(text)
    assert run(["fix", "m.yaml"]) == 0
    assert Path("m.yaml").read_text() == text


def test_what_could_not_be_read_is_told_and_the_others_are_mended(capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.yaml").write_text("a: [")
    assert run(["fix", "."]) == 2
    assert "broken.yaml" in capsys.readouterr().err
    assert Path("m.yaml").read_text() == WHOLE


def test_standard_input_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix", "-"]) == 2
    assert "in its place" in capsys.readouterr().err


def test_a_pipe_gets_the_patch_as_it_is(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("m.txt").write_bytes(b"\x1b[2JCaf\xc3\xa9 {{order..id}}.\r\n")
    assert run(["fix", "--diff", "m.txt"]) == 1
    assert b"\n-\x1b[2JCaf\xc3\xa9 {{order..id}}.\r\n+" in capfdbinary.readouterr().out


def test_a_terminal_is_never_steered(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("m.txt").write_text("\x1b[2JOrder {{order..id}}.\n")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["fix", "--diff", "m.txt"]) == 1
    assert "␛[2JOrder" in capsys.readouterr().out


def test_check_fix_mends_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--fix", "--select", "malformed-placeholder", "--no-cache", "m.yaml"]) == 0
    said = capsys.readouterr()
    assert "1 placeholder mended" in said.err
    assert "Nothing I would change" in said.out
    assert Path("m.yaml").read_text() == WHOLE


def test_check_diff_only_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--diff", "m.yaml"]) == 1
    assert "+  body: 'Your order {{order.id}} left" in capsys.readouterr().out
    assert Path("m.yaml").read_text() == BROKEN


def test_standard_input_is_not_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--fix", "-"]) == 2
    assert "standard input" in capsys.readouterr().err
