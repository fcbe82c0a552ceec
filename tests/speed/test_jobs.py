"""Work shared by processes says the same, starts only where it pays, and leaves no process behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from empathy_lint import hearing, share, store, workers
from empathy_lint.cli import app
from empathy_lint.config.keys import BASELINE
from empathy_lint.model import InputError

FAULTS = ("Calm down, parcel {} is late.", "You should have read page {}.", "I am sorry you feel that way about {}.")
forks = pytest.mark.skipif(workers.method() != "fork", reason="processes are forked here")


@pytest.fixture(autouse=True)
def replies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three batches and more, in files of several kinds, with what silences, and with files that can't be read."""
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "replies"
    place.mkdir()
    for number in range(150):
        (place / f"{number:03}.txt").write_text(f"Hi,\n\n{FAULTS[number % 3].format(number)}\r\nBest, Jo 🙂\n", "utf-8")
    (place / "050-bad.json").write_text("{")
    (place / "100-allowed.md").write_text("<!-- empathy-lint: allow brush-off -- quoted -->\nCalm down.\n\nDone.\n")
    rows = "".join(f'{{"id": "r{n}", "customer": "It broke, {n}!", "reply": "Calm\\ndown, {n}."}}\n' for n in range(70))
    (place / "rows.jsonl").write_text(rows + "{oops\n")
    bodies = ('Hi {{ ticket.requester.first_name | default: "there" }}.', "Hi {{ ticket.requester.first_name }}.")
    macros = "".join(f"  - name: m{number}\n    body: '{body}'\n" for number, body in enumerate(bodies))
    (place / "library.yaml").write_text("macros:\n" + macros)
    return place


Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capfd: pytest.CaptureFixture[str]) -> Check:
    def _check(*options: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = app.run(["check", "--isolated", *options, "replies"])
        return (status, *capfd.readouterr())

    return _check


@pytest.mark.parametrize("form", ["json", "text", "sarif"])
def test_any_number_of_processes_says_the_same(check: Check, form: str) -> None:
    alone = check("--no-cache", "--signals", "--format", form, "--jobs", "1")
    assert alone[0] == 2
    assert len(alone[1]) > 10_000
    for jobs in ("2", "3", "auto"):
        assert check("--no-cache", "--signals", "--format", form, "--jobs", jobs) == alone


def test_processes_that_start_anew_say_the_same(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = check("--no-cache", "--jobs", "1")
    monkeypatch.setattr(workers, "method", lambda: "spawn")
    assert check("--no-cache", "--jobs", "2") == alone


def test_cache_and_baseline_go_with_processes(check: Check, replies: Path) -> None:
    alone = check("--no-cache", "--jobs", "1", "--format", "json")
    assert [check("--jobs", "2", "--format", "json") for _ in range(2)] == [alone, alone]
    (replies / "050-bad.json").unlink()
    (replies / "rows.jsonl").write_text((replies / "rows.jsonl").read_text().removesuffix("{oops\n"))
    assert app.run(["baseline", "--isolated", "replies"]) == 0
    (replies / "000.txt").write_text("Calm down, it is your fault.\n")
    accepted = [check("--no-cache", "--baseline", BASELINE, "--jobs", jobs) for jobs in ("1", "2")]
    assert accepted[0] == accepted[1]
    assert "accepted" in accepted[0][2]


def test_what_workers_compile_is_remembered(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = list(store.folder().glob("patterns/*"))
    monkeypatch.setattr("empathy_lint.signals.regexes._codes", {})
    monkeypatch.setattr("empathy_lint.signals.regexes._patterns", {})
    check("--no-cache", "--jobs", "2")
    assert len(list(store.folder().glob("patterns/*"))) > len(kept)


def _refused(*_: Any) -> AbstractContextManager[Any]:
    raise AssertionError("a process was started")


def test_processes_start_only_where_they_pay(
    check: Check, replies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    monkeypatch.setattr(workers, "pool", _refused)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(share, "WORTH", {"fork": 2_000, "spawn": 2_000})
    assert check()[0] == 2  # but two files all is known
    for file in replies.iterdir():
        file.unlink()
    (replies / "one.txt").write_text("Calm down. " * 200)
    assert check("--no-cache")[0] == 1
    assert check("--no-cache", "--jobs", "2")[0] == 1  # one batch: nothing to share
    for number in range(70):
        (replies / f"{number}.txt").write_text("Calm down. " * 20)
    assert check("--no-cache", "--jobs", "1")[0] == 1
    assert "a process was started" in check("--no-cache")[2]


def _in_worker(does: Callable[[], None]) -> Callable[..., Iterator[Any]]:
    def judged(*arguments: Any) -> Iterator[Any]:
        if multiprocessing.parent_process() is not None:
            does()
        return hearing.judged(*arguments)

    return judged


def _break() -> None:
    raise InputError("rules/a.yaml", "what it says", 7)


@forks
def test_a_worker_that_dies_is_told(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "judged", _in_worker(lambda: os._exit(9)))
    status, said, error = check("--no-cache", "--jobs", "2")
    assert (status, said) == (2, "")
    assert "a worker process was stopped from outside" in error


@forks
def test_what_a_worker_refuses_is_told_as_it_is(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "judged", _in_worker(_break))
    assert check("--no-cache", "--jobs", "2") == (2, "", "empathy-lint: rules/a.yaml:7: what it says\n")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for processes")
def test_an_end_in_the_middle_leaves_no_process(replies: Path, sent: signal.Signals, status: int) -> None:
    with (replies / "more.jsonl").open("w") as file:
        file.writelines(f'{{"reply": "Calm down, {number} it is. So it goes."}}\n' for number in range(100_000))
    argv = [sys.executable, "-m", "empathy_lint", "check", "--isolated", "--no-cache", "--jobs", "2", "replies"]
    running = subprocess.Popen(argv, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _wait(lambda: len(_children(running.pid)) == 2)
    # As a terminal does it: everyone hears Ctrl-C. Nobody but the first hears of a kill.
    os.killpg(running.pid, sent) if sent == signal.SIGINT else running.send_signal(sent)
    said, error = running.communicate(timeout=30)
    assert (running.returncode, said) == (status, b"")
    assert error.strip() == (b"empathy-lint: stopped" if sent == signal.SIGINT else b"")
    _wait(lambda: not _alive(running.pid))


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _wait(until: Callable[[], bool]) -> None:
    for _ in range(3000):
        if until():
            return
        time.sleep(0.02)
    raise AssertionError("a minute has passed")


def test_a_linter_is_begun_anew_when_it_has_heard_enough(monkeypatch: pytest.MonkeyPatch, check: Check) -> None:
    whole = check("--no-cache", "--jobs", "1")
    made: list[object] = []
    begin = hearing.ready

    def ready(judge: hearing.Judge) -> Any:
        made.append(begin(judge))
        return made[-1]

    monkeypatch.setattr(hearing, "MOST_HEARD", 100)
    monkeypatch.setattr(hearing, "ready", ready)
    assert check("--no-cache", "--jobs", "1") == whole
    assert len({id(linter) for linter in made}) > 1
