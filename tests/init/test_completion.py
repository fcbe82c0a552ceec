"""Shell completion: a script for each shell, and commands and options behind it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from empathy_lint.cli.app import COMMANDS, run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert f"_EMPATHY_LINT_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_an_unknown_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "abacus"]) == 2
    assert "abacus" in capsys.readouterr().err


def completed(*words: str) -> list[str]:
    last = str(len(words) - 1)
    asked = {"_EMPATHY_LINT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": last}
    done = subprocess.run(
        [sys.executable, "-m", "empathy_lint"],
        env={**os.environ, **asked},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_commands_and_values() -> None:
    assert {"scorecard"} == {name for name in COMMANDS if name.startswith("s")} == set(completed("empathy-lint", "s"))
    assert completed("empathy-lint", "check", "--format", "sa") == ["sarif"]
    assert "--diff" in completed("empathy-lint", "fix", "--d")
