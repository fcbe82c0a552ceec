"""A finding from the cache is the finding; the cache holds no text and survives whatever is done to it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from empathy_lint import cache, store
from empathy_lint.cli import app

REPLIES = {
    "no.txt": "Unfortunately we can't refund the fee. As I said before, you should have read the terms.\n",
    "fine.txt": "Thanks for telling us. I've refunded the fee, and you'll see it by Friday.\n",
    "quoted.yaml": "macros:\n"
    "  - name: Late parcel\n    body: >\n      Calm down, we can't do\n      anything about a late parcel.\n",
    "page.json": '{"macros": [{"title": "Coffee", "body": "You should have read our terms &amp; rules."}]}',
    "rows.jsonl": '{"id": "a-7", "customer": "My parcel was crushed on Monday and I want a new one.",'
    ' "reply": "Unfortunately we can\'t help with that."}\n',
    "silent.md": "<!-- empathy-lint: allow should-have -- quoted from our own terms -->\n"
    "You should have read the terms.\n",
    "library.yaml": "macros:\n"
    "  - name: one\n    body: 'Hi {{ ticket.requester.first_name | default: \"there\" }}, done.'\n"
    "  - name: two\n    body: 'Hi {{ ticket.requester.first_name }}, done.'\n",
}


@pytest.fixture
def replies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path / "cache"))
    for name, text in REPLIES.items():
        place = tmp_path / "replies" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path / "replies"


def check(place: Path, *options: str, form: str = "json") -> str:
    """The report of a process of its own; its last line says whether spaCy was imported."""
    code = "import sys; from empathy_lint.cli import app; app.run(sys.argv[1:]); print('spacy' in sys.modules)"
    argv = [sys.executable, "-c", code, "check", "--isolated", "--format", form, *options, str(place)]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def report(output: str) -> str:
    """What was printed, without the last line."""
    text = output.removesuffix("True\n").removesuffix("False\n")
    assert len(text) > 100
    return text


@pytest.mark.parametrize("form", ["json", "text", "sarif"])
def test_a_report_from_the_cache_is_the_same(replies: Path, form: str) -> None:
    without = check(replies, "--no-cache", "--signals", form=form)
    check(replies, "--signals", form=form)
    again = check(replies, "--signals", form=form)
    assert report(again) == report(without)
    assert again.endswith("False\n")
    assert without.endswith("True\n")


def test_a_changed_file_alone_is_judged_again(replies: Path) -> None:
    check(replies)
    (replies / "fine.txt").write_text("Calm down. It's your fault.\n")
    again = check(replies)
    assert report(again) == report(check(replies, "--no-cache"))
    assert again.endswith("True\n")


def test_other_rules_and_levels_are_other_entries(replies: Path) -> None:
    check(replies)
    assert report(check(replies, "--select", "tone")) == report(check(replies, "--select", "tone", "--no-cache"))


def test_without_the_cache_nothing_of_the_replies_is_written(replies: Path) -> None:
    check(replies, "--no-cache")
    assert not list((store.folder()).glob("findings/*"))


def test_no_text_is_kept(replies: Path) -> None:
    check(replies)
    kept = b"".join(path.read_bytes() for path in store.folder().glob("findings/*")).lower()
    assert kept
    words = {word.strip(".,") for text in REPLIES.values() for word in text.lower().split() if len(word) > 4}
    structure = {"macros", "title", "default:", "reply", "allow"}
    assert not [word for word in words - structure if word.isalpha() and b" " + word.encode() in kept]
    assert not [word for word in ("parcel", "crushed", "refund", "late", "unfortunately") if word.encode() in kept]


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 400])
def test_broken_entries_are_missing_entries(replies: Path, damage: bytes) -> None:
    right = check(replies)
    for path in store.folder().glob("*/*"):
        path.write_bytes(damage)
    assert report(check(replies)) == report(right)


def test_clear_removes_our_files_and_no_others(replies: Path) -> None:
    check(replies)
    other = store.folder() / "photo.png"
    other.write_bytes(b"mine")
    argv = [sys.executable, "-m", "empathy_lint", "cache", "clear"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert "removed" in done.stdout
    assert other.exists()
    assert not list(store.folder().glob("*/*"))


def test_an_unwritable_cache_is_no_cache(replies: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert json.loads(report(check(replies)))["summary"]["findings"]


def test_a_kill_in_the_middle_leaves_whole_entries_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path))
    code = (
        "from empathy_lint import store\nimport itertools\nprint('go', flush=True)\n"
        "for i in itertools.count(): store.put('findings', f'{i % 7:040}', bytes([i % 251]) * 300_000)"
    )
    for wait in (0.02, 0.05, 0.09):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(wait)
            writer.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        read = [store.get("findings", f"{i:040}") for i in range(7)]
        assert all(content is None or content == content[:1] * 300_000 for content in read)
    whole = [path for path in (tmp_path / "findings").iterdir() if not path.name.startswith(".new-")]
    assert all(path.stat().st_size == 300_016 for path in whole)


def test_writers_at_the_same_time_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path))
    code = (
        "from empathy_lint import store\nimport os\n"
        "for i in range(300):\n    store.put('rules', f'{i % 3:040}', os.urandom(2000))\n"
        "    assert len(store.get('rules', f'{i % 3:040}') or b'') == 2000"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path))
    for number in range(5):
        store.put("findings", f"{number:040}", b"x" * 1000)
        os.utime(tmp_path / "findings" / f"{number:040}", (1000 + number, 1000 + number))
    store.trim(most_bytes=2100, every=0)
    assert sorted(path.name[-1] for path in (tmp_path / "findings").iterdir()) == ["3", "4"]


def test_a_long_file_is_kept_though_words_are_looked_for_near_their_reply_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMPATHY_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "MOST_SEARCHED", 100)
    monkeypatch.setattr(cache, "NEAR", 300)
    with (tmp_path / "rows.jsonl").open("w") as file:
        for number in range(300):
            customer = f"My order {number} was crushed on Monday and I want a new one."
            reply = "Unfortunately we can't help with that."
            file.write(json.dumps({"id": f"r-{number}", "customer": customer, "reply": reply}) + "\n")
    said = []
    for options in (("--no-cache",), (), ()):
        app.run(["check", "--isolated", "--jobs", "1", "--format", "json", *options, str(tmp_path / "rows.jsonl")])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] == said[2]
    assert "crushed" in said[0]
    (kept,) = (tmp_path / "cache/findings").iterdir()
    assert b"crushed" not in kept.read_bytes()
