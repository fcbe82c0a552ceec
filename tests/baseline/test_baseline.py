"""A baseline accepts what is there today, and nothing that is new; git can merge it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from baseline_samples import findings, row

from empathy_lint import atomic, baseline
from empathy_lint.baseline import Baseline, Entry
from empathy_lint.model import ConfigError, InputError, ReplyRow

TEXT = "Hello there. We can't do that, I'm afraid. You broke it. We can't do that."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").touch()


def accepted(*rows: ReplyRow) -> Baseline:
    new = baseline.make(baseline.empty(Path()), [f for reply in rows for f in findings(reply)], rows, ["a.yaml"])
    Path("ok.json").write_text(baseline.dumps(new), encoding="utf-8")
    return baseline.load(Path("ok.json"))


def left(known: Baseline, *rows: ReplyRow, ran: Sequence[str] = ("closed-door",)) -> tuple[int, int]:
    """(new findings, stale ones)."""
    found = [finding for reply in rows for finding in findings(reply)]
    applied = baseline.apply(known, found, rows, [reply.path for reply in rows], ran)
    assert applied.accepted + len(applied.findings) == len(found)
    return len(applied.findings), sum(applied.stale.values())


def test_what_was_accepted_stays_accepted_wherever_it_moves() -> None:
    known = accepted(row(TEXT))
    assert left(known, row(TEXT)) == (0, 0)
    assert left(known, row("Good morning.\n\n" + TEXT.replace(" I'm", "\n  I'm"))) == (0, 0)
    assert left(known, row(TEXT.replace("afraid", "sorry"))) == (1, 1)
    assert left(known, row(TEXT, route="[1].body")) == (2, 2)


def test_a_macro_with_an_id_may_change_its_place() -> None:
    known = accepted(row(TEXT, name="m-7"))
    assert left(known, row(TEXT, route="[4].body", name="m-7")) == (0, 0)
    assert left(known, row(TEXT, name="m-8")) == (2, 2)


def test_duplicates_are_counted() -> None:
    known = accepted(row("We can't. We can't. We can't."))
    assert [*known.entries.values()] == [3]
    assert left(known, row("We can't. We can't. We can't. We can't.")) == (1, 0)
    assert left(known, row("We can't.")) == (0, 2)


def test_stale_is_only_what_was_looked_for() -> None:
    known = accepted(row(TEXT))
    assert left(known, row("Hello there.")) == (0, 2)
    assert left(known, row("Hello there."), ran=("blame",)) == (0, 0)
    assert left(known, row("Hello there.", path="b.yaml")) == (0, 0)
    Path("a.yaml").unlink()
    assert left(known, row("Hello there.", path="b.yaml")) == (0, 2)


def test_prune_takes_out_what_is_stale_and_nothing_else() -> None:
    rows = row("We can't. We can't. We can't say."), row("Sorry. We can't.", route="[1].body")
    known = accepted(*rows)
    now = row("We can't.")
    applied = baseline.apply(known, findings(now), [now], ["a.yaml"], ["closed-door"])
    assert sum(baseline.prune(known, applied.stale).entries.values()) == 1


def test_made_again_it_keeps_its_salt_and_the_files_that_were_not_read() -> None:
    Path("b.yaml").touch()
    known = accepted(row(TEXT), row(TEXT, path="b.yaml"))
    again = baseline.make(known, findings(row("We can't.")), [row("We can't.")], ["a.yaml"])
    assert again.salt == known.salt
    assert sorted((entry.path, count) for entry, count in again.entries.items()) == [
        *(("a.yaml", 1), ("b.yaml", 1), ("b.yaml", 1)),
    ]
    Path("b.yaml").unlink()
    assert {entry.path for entry in baseline.make(known, [], [], ["a.yaml"]).entries} == set()


def test_paths_start_from_the_baselines_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    known = accepted(row(TEXT))
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert left(known, row(TEXT, path="../a.yaml")) == (0, 0)
    assert left(known, row(TEXT, path=str(tmp_path / "a.yaml"))) == (0, 0)


def test_the_file_is_sorted_and_holds_no_words() -> None:
    known = accepted(row(TEXT, route="[1].body"), row(TEXT))
    text = baseline.dumps(known)
    assert text == Path("ok.json").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "closed-door" in line]
    assert lines == sorted(lines)
    assert len(lines) == 4
    assert all(line.endswith("],") for line in lines)
    assert not any(word in text for word in ("can't", "afraid", "Hello"))
    assert json.loads(text)["version"] == 1
    other = accepted(row(TEXT))
    assert {entry.sentence for entry in other.entries}.isdisjoint(entry.sentence for entry in known.entries)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "not readable as JSON"),
        ('{\n "version": 1,\n', 3, "not readable as JSON"),
        ("[]", 0, "this is no baseline file"),
        ('{"version": 2}', 0, "newer than this empathy-lint"),
        ('{"version": 1, "salt": "x", "entries": [["a", "b", "c", "d"]]}', 0, "entry 1 is not"),
        ('{"version": 1, "salt": "x", "entries": [["a", "b", "c", "d", 0]]}', 0, "entry 1 is not"),
        ('{"version": 1,\n<<<<<<< HEAD\n', 2, "a merge conflict"),
        ("[" * 100_000, 0, "baseline"),
    ],
)
def test_a_broken_file_is_a_clear_error(text: str, line: int, message: str) -> None:
    Path("bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        baseline.load(Path("bad.json"))
    assert message in str(raised.value)
    assert raised.value.line == line


def test_a_missing_file_is_a_clear_error() -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        baseline.load(Path("none.json"))


def git(*arguments: str) -> None:
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize(("ours", "theirs", "union"), [("b", "t", False), ("x", "y", True), ("x", "x", True)])
def test_two_branches_merge_without_a_conflict(ours: str, theirs: str, union: bool) -> None:
    def with_entry(start: Baseline, name: str, count: int = 1) -> None:
        entries = {**start.entries, Entry(f"{name}.yaml", "m", "late", "0"): count}
        Path("ok.json").write_text(baseline.dumps(Baseline(start.root, start.salt, entries)), encoding="utf-8")

    start = Baseline(Path(), "s", {Entry(f"{name}.yaml", "m", "blame", "1"): 1 for name in "acdefs"})
    git("init", "-q")
    if union:
        Path(".gitattributes").write_text("*.json merge=union\n")
    Path("ok.json").write_text(baseline.dumps(start), encoding="utf-8")
    git("add", "."), git("commit", "-qm", "start"), git("checkout", "-qb", "theirs")
    with_entry(start, theirs)
    git("commit", "-qam", "theirs"), git("checkout", "-q", "main")
    with_entry(start, ours, 2)
    git("commit", "-qam", "ours"), git("merge", "-q", "theirs")
    merged = baseline.load(Path("ok.json"))
    assert {entry.path for entry in merged.entries} == {f"{name}.yaml" for name in ("acdefs" + ours + theirs)}
    assert merged.entries[Entry(f"{ours}.yaml", "m", "late", "0")] == 2


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    atomic.write(file, b"one")
    file.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(file)
    atomic.write(link, b"two")
    assert (file.read_bytes(), file.stat().st_mode & 0o777, link.is_symlink()) == (b"two", 0o640, True)
    with pytest.raises(InputError, match="can't be written"):
        atomic.write(tmp_path / "no" / "x", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "link", "x.json"]


def test_sentences() -> None:
    text = "Hi!\n\nWe can't yet say more...  \"We can't.\" Bye"
    said = [baseline.sentence(text, finding) for finding in findings(row(text))]
    assert said == ["We can't yet say more...", '"We can\'t."']
    assert baseline.sentence("", findings(row("We can't"))[0]) == "We can't"


@pytest.mark.parametrize("run", [".", " ", "\n", "\n \n", "!' "])
def test_long_runs_take_no_time(run: str) -> None:
    text = run * 100_000 + "We can't" + run * 100_000
    begun = time.perf_counter()
    baseline.sentence(text, findings(row(text))[0])
    assert time.perf_counter() - begun < 2
