"""The script inside action.yml, run as GitHub runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
BAD = "macros:\n- title: Late\n  body: I'm sorry you feel that way about the parcel.\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my macros").mkdir()
    Path("my macros/late.yaml").write_text(BAD)
    Path("tool").write_text(f'#!/bin/sh\nPYTHONPATH="{REPO}" exec "{sys.executable}" -m empathy_lint "$@"\n')
    Path("tool").chmod(0o755)


def check(**inputs: str) -> tuple[int, str, dict[str, str]]:
    """(exit status of the step, what it printed, its outputs)"""
    given = {name.upper().replace("-", "_"): str(each["default"]) for name, each in ACTION["inputs"].items()}
    given |= {"RUNNER_TEMP": str(Path.cwd()), "GITHUB_OUTPUT": "outputs", "EMPATHY_LINT": "./tool", **inputs}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Check"]["run"]],
        env={**os.environ, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    outputs = Path("outputs").read_text() if Path("outputs").exists() else ""
    return done.returncode, done.stdout, dict(line.split("=", 1) for line in outputs.splitlines())


def test_annotations() -> None:
    status, said, outputs = check(PATHS="my macros/\n")
    assert (status, outputs) == (0, {"status": "1", "sarif": ""})
    assert "::warning file=my macros/late.yaml,line=3," in said


@pytest.mark.parametrize(("report", "annotated"), [("sarif", False), ("both", True)])
def test_sarif(report: str, annotated: bool) -> None:
    _, said, outputs = check(PATHS="my macros", REPORT=report)
    assert outputs["status"] == "1"
    assert json.loads(Path(outputs["sarif"]).read_text())["version"] == "2.1.0"
    assert ("::warning" in said) is annotated


def test_more_arguments_and_levels() -> None:
    assert check(ARGS="--select\ntemplate")[2]["status"] == "0"
    assert check(FAIL_ON="error")[2]["status"] == "0"


def test_a_path_is_never_an_option_and_an_input_never_shell() -> None:
    _, said, outputs = check(PATHS="--exit-zero\n$(touch made)")
    assert outputs["status"] == "2"
    assert "--exit-zero" in said
    assert not Path("made").exists()


def test_a_wrong_report_is_told() -> None:
    status, said, _ = check(REPORT="paper")
    assert status == 2
    assert "::error::report" in said


def test_every_input_reaches_the_script_by_its_environment() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
    assert set(STEPS["Check"]["env"]) == {"PATHS", "REPORT", "FAIL_ON", "DIFF_BASE", "ARGS"}
