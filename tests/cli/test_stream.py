"""`check --stdin-jsonl`: a real process that is spoken to line by line, and answers each before the next is sent."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_run import Run

from empathy_lint.cli.stream import _lines

ROWS = (
    {"id": "a", "channel": "email", "customer": "My lamp broke on Monday.", "reply": "Calm down. It's your fault."},
    {"id": "b", "channel": "chat", "reply": "Thanks for telling us. I've put it right – “see” below. 🙂"},
    {"channel": "email", "first_reply": True, "reply": "I am sorry you feel that way.\nYou should have read it."},
    {"id": "d", "reply": ""},
)


class Talk:
    """A running `check --stdin-jsonl`, killed after a minute, so that an answer that never comes fails the test."""

    def __init__(self, *arguments: str) -> None:
        argv = [sys.executable, "-m", "empathy_lint", "check", "--stdin-jsonl", *arguments]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.watch = threading.Timer(60, self.process.kill)
        self.watch.start()

    def ask(self, line: bytes) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> int:
        """The exit status. Nothing may be left to say."""
        rest, said = self.process.communicate()
        self.watch.cancel()
        assert (rest, said) == (b"", b"")
        return self.process.returncode


def as_line(row: dict[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path / "cache"))
    begun: list[Talk] = []

    def _talk(*arguments: str) -> Talk:
        begun.append(Talk(*arguments))
        return begun[-1]

    yield _talk
    for each in begun:
        each.watch.cancel()
        each.process.kill()
        each.process.communicate()


def test_each_answer_comes_before_the_next_line_is_sent(talk: Any, run: Run, tmp_path: Path) -> None:
    """And says what the report on the same rows in a file says."""
    (tmp_path / "rows.jsonl").write_bytes(b"".join(as_line(row) + b"\n" for row in ROWS))
    name = ("--stdin-filename", str(tmp_path / "rows.jsonl"))
    warm = talk("--isolated", "--signals", *name)
    told = [warm.ask(as_line(row)) for row in ROWS]
    assert warm.end() == 1
    report = run("check", "--isolated", "--no-cache", "--signals", "--format", "json", name[1]).json
    assert [each.pop("findings") for each in told] == [
        [found for found in report["findings"] if found["route"] == row["route"]] for row in report["replies"]
    ]
    assert told == [{"type": "reply", "version": report["version"], **row} for row in report["replies"]]


def test_a_bad_line_is_told_and_the_stream_goes_on(talk: Any) -> None:
    bad = (b"{oops", b"", b"[1]", b'{"text": "Hi"}', b'{"reply": 7}', b'{"reply": "\xff"}', b'{"reply": "a\x00b"}')
    warm = talk("--isolated")
    for number, line in enumerate(bad, 1):
        told = warm.ask(line)
        assert (told["type"], told["version"], told["line"]) == ("problem", 1, number)
        assert told["message"]
        assert "findings" not in told
    assert "{id, channel, customer, reply, first_reply}" in warm.ask(b'"Hi"')["message"]
    told = warm.ask(as_line(ROWS[0]))
    assert told["findings"][0]["location"]["start"]["line"] == len(bad) + 2
    assert warm.end() == 2


@pytest.mark.parametrize(
    ("options", "status"),
    [((), 1), (("--exit-zero",), 0), (("--fail-on", "error"), 0), (("--ignore", "tone"), 0), (("--select", "tone"), 1)],
)
def test_the_exit_status(options: tuple[str, ...], status: int, run: Run) -> None:
    line = as_line({"reply": "Calm down."}) + b"\n"
    assert run("check", "--stdin-jsonl", "--isolated", *options, stdin=line).status == status


def test_channel_rules_and_configuration_count(run: Run, tmp_path: Path) -> None:
    (tmp_path / "signals").mkdir()
    (tmp_path / "tone").mkdir()
    (tmp_path / "signals/zebra.yaml").write_text("means: a zebra\npatterns: [zebra crossing]\n")
    rule = "id: zebra-words\nsummary: a zebra\nwhy: to test\nlevel: error\nfind:\n  all: [zebra]\nsays: a zebra\n"
    (tmp_path / "tone/zebra-words.yaml").write_text(rule)
    line = as_line({"reply": "At the zebra crossing."}) + b"\n"
    stream = ("check", "--stdin-jsonl")
    told = run(*stream, "--isolated", "--rules", tmp_path, "--channel", "chat", stdin=line).json
    assert (told["channel"], [each["rule"] for each in told["findings"]]) == ("chat", ["zebra-words"])
    (tmp_path / "c.toml").write_text(
        f'rules = ["{tmp_path.as_posix()}"]\n[[suppress]]\nfiles = "*"\nrules = ["zebra-words"]\nreason = "a test"\n'
    )
    configured = (*stream, "--config", tmp_path / "c.toml", "--stdin-filename", tmp_path / "a.jsonl")
    assert run(*configured, stdin=line).json["findings"] == []


@pytest.mark.parametrize("option", [("a.txt",), ("--baseline", "b"), ("--fix",), ("--output", "json=a.json")])
def test_what_has_no_place_in_a_stream(option: tuple[str, ...], run: Run) -> None:
    ran = run("check", "--stdin-jsonl", *option)
    assert (ran.status, ran.out) == (2, "")
    assert "line by line" in ran.err


def test_of_an_endless_line_only_the_beginning_is_kept() -> None:
    file = io.BytesIO(b"x" * 100 + b"\nshort\n" + b"y" * 12)
    assert list(_lines(file, 10)) == [b"x" * 12, b"short\n", b"y" * 12]
