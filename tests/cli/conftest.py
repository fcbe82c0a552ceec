"""Running the command line in this process, with its two outputs and its exit status."""

from __future__ import annotations

import io

import pytest
from cli_run import Ran, Run

from empathy_lint.cli import app


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("check", "a.txt", stdin=b"…")`; nothing of the outputs before is in the result."""

    def _run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        status = app.run([str(argument) for argument in arguments])
        return Ran(status, *capfd.readouterr())

    return _run


@pytest.fixture
def check(run: Run) -> Run:
    """`check` as JSON, without any configuration."""

    def _check(*arguments: object, stdin: bytes = b"") -> Ran:
        return run("check", "--isolated", "--no-cache", "--format", "json", *arguments, stdin=stdin)

    return _check
