"""`audit` on one machine: every format gives the same findings as `check`, and a kill loses nothing."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive_samples import results, rows, write

from empathy_lint import config
from empathy_lint.audit import files
from empathy_lint.audit.columns import Columns, Record
from empathy_lint.audit.judge import Task, judged, ruleset
from empathy_lint.audit.local import Audit, run, start
from empathy_lint.cli import app
from empathy_lint.cli.audit import bar
from empathy_lint.model import EmpathyLintError, InputError
from empathy_lint.sources import ReadOptions, read

CHECKOUT = Path(__file__).resolve().parents[2]
FORMATS = ("jsonl", "csv", "parquet") if importlib.util.find_spec("pyarrow") else ("jsonl", "csv")
NUMBER = 200


@pytest.fixture(scope="module")
def task() -> Task:
    return Task(ruleset())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    config.forget()
    return tmp_path


def done(audit: Audit) -> list[dict[str, object]]:
    for _ in run(audit, start(audit)):
        pass
    return results(audit.output)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_findings_of_the_linter(form: str, task: Task, folder: Path) -> None:
    from empathy_lint.linter import lint, make_linter

    found = list(rows(NUMBER))
    audit = Audit(write(folder / f"a.{form}", found), folder / "out", task, form=form, results=form, jobs=1, rows=90)
    told = done(audit)
    said = write(folder / "full.jsonl", [row | {"reply": row["reply"] or ""} for row in found])
    linter = make_linter(task.ruleset.book, task.ruleset.rules)
    checked = list(lint(linter, read("full.jsonl", said.read_bytes(), ReadOptions())))  # type: ignore[arg-type]
    assert [row["id"] for row in told] == [each.row.id for each in checked]
    assert [(row["channel"], row["situation"]) for row in told] == [
        (each.row.channel, each.row.situation) for each in checked
    ]
    assert [[(f["rule"], f["start"], f["end"]) for f in row["findings"]] for row in told] == [  # type: ignore[attr-defined]
        [(f.rule, *f.span) for f in each.findings] for each in checked
    ]
    assert sum(len(each.findings) for each in checked) > NUMBER / 4
    assert len(list(audit.output.glob("part-*"))) == 3


def test_no_word_of_anybody_is_kept(task: Task, folder: Path) -> None:
    found = list(rows(NUMBER))
    audit = Audit(write(folder / "a.jsonl", found), folder / "out", task, jobs=1)
    done(audit)
    kept = "".join(file.read_text("utf-8") for file in audit.output.iterdir())
    assert "kettle" not in kept
    assert "Kim" not in kept


def test_html_is_found_where_it_is_stored() -> None:
    stored = "<p>Hello,</p><p>We&nbsp;are sorry <b>you feel that way</b>.</p>"
    (row,) = judged(Task(ruleset(), html=True).packed(), [Record("1", stored)])
    (finding,) = (each for each in row["findings"] if each["rule"] == "feelings-apology")
    assert stored[finding["start"] : finding["end"]] == "sorry <b>you feel"


def test_columns_of_other_names(task: Task, folder: Path) -> None:
    found = [{"ticket": 7, "body": "We can't send another kettle.", "via": "chat"}]
    columns = Columns(id="ticket", reply="body", channel="via")
    (row,) = done(Audit(write(folder / "a.jsonl", found), folder / "out", task, columns, jobs=1))
    assert (row["id"], row["channel"]) == ("7", "chat")
    for wrong, word in ((Columns(), "--id-column"), (Columns("ticket", "body", customer="asked"), "--customer-column")):
        with pytest.raises(InputError, match=word):
            list(files.records(folder / "a.jsonl", "jsonl", wrong))


def test_a_folder_of_compressed_parts(folder: Path) -> None:
    found = list(rows(30))
    (folder / "in").mkdir()
    for number in range(3):
        part = write(folder / "p.jsonl", found[number * 10 : number * 10 + 10])
        (folder / f"in/part-{number}.jsonl.gz").write_bytes(gzip.compress(part.read_bytes()))
    (folder / "in/_SUCCESS").touch()
    assert files.form(folder / "in") == "jsonl"
    read = list(files.records(folder / "in", "jsonl", Columns()))
    assert [each.record.id for each in read] == [row["id"] for row in found]
    assert [each.share for each in read] == sorted(each.share for each in read)
    assert read[-1].share == pytest.approx(1)


@pytest.mark.usefixtures("folder")
def test_a_row_that_cannot_be_read_is_told_and_the_others_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text('{"id": 1, "reply": "We open at nine."}\n{"id": 2, "rep\n[]\n{"id": 3, "reply": null}\n')
    assert app.run(["audit", "a.jsonl", "--isolated", "--jobs", "1", "--format", "json"]) == 2
    said = capsys.readouterr()
    card = json.loads(said.out)
    assert (card["cards"][0]["replies"], card["empty"], card["problems"]) == (1, 1, 2)
    assert "2 replies could not be judged" in said.err
    assert "\r" not in said.err
    assert [row["problem"] for row in results(Path("a.jsonl.audit"))].count("not a line of JSON") == 2
    assert json.loads(Path("a.jsonl.audit/_scorecard.json").read_text()) == card


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"x", "an archive is .parquet"),
        ("gone.csv", None, "no such archive"),
        ("a.csv", b'id,reply\n1,"open', "broken CSV"),
        ("a.csv", b"id,reply\n1,\xff\n", "can't be read"),
        ("a.jsonl.gz", b"no gzip", "can't be read"),
        *([("a.parquet", b"PAR1 no", "can't be read")] if "parquet" in FORMATS else []),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_no_archive(name: str, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    assert app.run(["audit", name, "--isolated", "--jobs", "1"]) == 2
    assert words in capsys.readouterr().err


def _command(*arguments: str) -> list[str]:
    options = ("--isolated", "--jobs", "2", "--part-rows", "20")
    return [sys.executable, "-m", "empathy_lint", "audit", "a.jsonl", *options, *arguments]


def test_a_killed_audit_goes_on_where_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed as hard as can be after its first parts; what it leaves in the end is as if nothing had been."""
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    write(folder / "a.jsonl", list(rows(400)))
    running = subprocess.Popen(_command("--output", "cut"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    state = folder / "cut/_state.jsonl"
    until = time.monotonic() + 60
    while not (state.is_file() and state.read_bytes().count(b"\n") > 2):
        assert running.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    with state.open("a") as file:
        file.write('[19, 20, 1')  # a line that the kill cut in half
    assert not (folder / "cut/_scorecard.json").exists()
    again = subprocess.run(_command("--output", "cut"), capture_output=True, text=True, check=True)
    assert "of this audit were judged before" in again.stderr
    whole = subprocess.run(_command("--output", "whole"), capture_output=True, text=True, check=True)
    assert again.stdout == whole.stdout
    kept = {file.name: file.read_bytes() for file in (folder / "cut").iterdir() if not file.name.startswith("_s")}
    assert kept == {f.name: f.read_bytes() for f in (folder / "whole").iterdir() if not f.name.startswith("_s")}
    assert len(kept) == 20


def test_the_results_of_something_else_are_left_alone(task: Task, folder: Path) -> None:
    audit = Audit(write(folder / "a.jsonl", list(rows(3))), folder / "out", task, jobs=1)
    done(audit)
    write(folder / "a.jsonl", list(rows(4)))
    with pytest.raises(EmpathyLintError, match="something else"):
        start(audit)
    with pytest.raises(EmpathyLintError, match="not empty"):
        start(Audit(audit.archive, folder, task))


def test_what_a_worker_cannot_write_is_told(task: Task, folder: Path) -> None:
    audit = Audit(write(folder / "a.jsonl", list(rows(3))), folder / "out", task, jobs=1)
    state = start(audit)
    state.place(0).mkdir()
    with pytest.raises(EmpathyLintError, match="can't be written"):
        list(run(audit, state))


def test_the_bar() -> None:
    assert bar(4210, 0.25) == f"[{'#' * 6}{' ' * 18}] 25%, 4,210 replies"
