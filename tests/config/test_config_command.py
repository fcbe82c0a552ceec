"""`empathy-lint config` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from empathy_lint import config
from empathy_lint.cli.app import run


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()
    Path("empathy-lint.toml").write_text('fail-on = "hint"\n', encoding="utf-8")


def test_the_table_names_the_file_and_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "a.yaml"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("a.yaml: empathy-lint.toml\n")
    assert 'fail-on            "hint"' in out
    assert "empathy-lint.toml:1\n" in out


def test_json_and_isolated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "--isolated", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"key": "fail-on", "value": '"warning"', "origin": "built in"} in rows


def test_a_broken_configuration_is_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empathy-lint.toml").write_text("fail-onn = 1\n", encoding="utf-8")
    assert run(["config"]) == 2
    err = capsys.readouterr().err
    assert "empathy-lint.toml:1: unknown key “fail-onn”. Did you mean “fail-on”?" in err
    assert "    1 | fail-onn = 1" in err
