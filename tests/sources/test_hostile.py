"""A folder of files that are broken, hostile or not what their names say, checked from the command line.

Each is an error that names its place, the files beside it are checked, and neither time nor memory runs away.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).parents[2]
TOLD = "As I already told you, the gate is shut."
HEADERS = "From: sam@gate.example\nMIME-Version: 1.0\n"

# Seconds for the whole folder on a slow machine; it takes about one on a good one.
LONGEST = 40
# Bytes. It takes about 150 MB: the huge file is refused by its size, before it is read.
MOST_MEMORY = 600_000_000


def parts(number: int) -> str:
    """A mail of so many attachments, none of which is text."""
    one = "--b\nContent-Type: image/png\nContent-Disposition: attachment\n\nx\n"
    return f'{HEADERS}Content-Type: multipart/mixed; boundary="b"\n\n' + one * number + "--b--\n"


def nested(depth: int) -> str:
    """A mail with a mail in it, and so on."""
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return HEADERS + "".join(heads) + "Content-Type: text/plain\n\nhi\n"


def mail(headers: str, body: str) -> str:
    return f"{HEADERS}{headers}\n\n{body}\n"


# File → its content, the line of the error (0 where a file has no line to name), words of the message.
BAD: dict[str, tuple[str | bytes, int, str]] = {
    "broken.yaml": ("macros:\n  - body: fine\n  - body: 'open\n", 4, "YAML"),
    "tab.yaml": ("macros:\n\t- body: x\n", 2, "YAML"),
    "alias.yaml": ("macros:\n  - body: *nobody\n", 2, "undefined alias"),
    "deep.yaml": ("[" * 100_000, 1, "too deeply"),
    "broken.json": ('{"macros": [\n  {"body": "fine"},\n  {"body": "open}\n', 3, "JSON"),
    "comma.json": ('[\n  {"body": "fine"},\n]\n', 3, "JSON"),
    "deep.json": ("[" * 100_000, 1, "too deeply"),
    "deep-closed.json": ('{"a":' * 100_000 + "1" + "}" * 100_000, 1, "too deeply"),
    "number.json": ('{"id": ' + "9" * 10_000 + ', "body": "x"}', 1, "JSON"),
    "broken.jsonl": (json.dumps({"id": "1", "reply": TOLD}) + '\n{"id": "2", "reply": \n', 2, "JSON"),
    "shape.jsonl": ('{"reply": "fine"}\n[1, 2]\n', 2, "object"),
    "quote.csv": ('title,body\nA,"open\n', 2, "CSV"),
    "ragged.csv": ("title,body\nA,one,two,three\n", 2, "cells"),
    "gzip.csv": (gzip.compress(b"title,body\n" * 50, mtime=0), 1, "binary"),
    "headless.eml": ("Hello,\n\nno headers here.\n", 1, "headers"),
    "boundary.eml": (mail("Content-Type: multipart/mixed", "x"), 1, "boundary"),
    "charset.eml": (mail("Content-Type: text/plain; charset=klingon", "x"), 1, "charset"),
    "wrong-charset.eml": (mail("Content-Type: text/plain; charset=utf-8", "x").encode() + b"caf\xe9\n", 5, "utf-8"),
    "base64.eml": (mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64", "!!!"), 6, "base64"),
    "coding.eml": (mail("Content-Type: text/plain\nContent-Transfer-Encoding: x-rot", "x"), 1, "x-rot"),
    "parts.eml": (parts(1_001), 5010, "parts"),
    "nested.eml": (nested(100), 63, "deep"),
    "attachments.eml": (parts(1_000), 1, "nothing to read"),
    "no-from.mbox": ("Hello\n", 1, "From"),
    "latin-1.txt": (f"one\ntwo\ncaf\xe9, {TOLD}".encode("latin-1"), 3, "UTF-8"),
    "half.txt": (b"\xff\xfeA", 1, "UTF-16"),
    "photo.md": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), 3, "binary"),
    "empty.html": (" \n", 0, "empty"),
    "huge.txt": (b"We open at nine.\n" * 2_960_000, 0, "50 MB"),
}

LAYERS = "abcdefghijklmnopqrstuvwxyz"
BOMB = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise(LAYERS))

# Odd, yet read: the finding in them is at this line.
GOOD: dict[str, tuple[str | bytes, int]] = {
    "bomb.yaml": (f"a: &a [x, x]\n{BOMB}replies:\n  - reply: {TOLD}\n", 28),
    "tags.html": ("<p><b>" * 5_000 + f"\n{TOLD} </i></table><unknown <p", 2),
    "zz-last.txt": (TOLD, 1),
}


@dataclass(frozen=True)
class Ran:
    """What one run over the folder left behind; memory in bytes, time in seconds."""

    status: int
    report: Any
    err: str
    seconds: float
    memory: int


# A process between us and the run: it has this one child, so the most that a child of it had is what the run had.
MEASURED = """
import subprocess, sys
from pathlib import Path
status = subprocess.call([sys.executable, "-m", "empathy_lint", *sys.argv[2:]])
try:
    import resource
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
except ImportError:
    most = 0
Path(sys.argv[1]).write_text(str(most))
sys.exit(status)
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, *_) in {**BAD, **GOOD}.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    command = ["check", "--isolated", "--no-cache", "--jobs", "1", "--select", "told-already", "--format", "json"]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(said := folder.parent / "memory"), *command, str(folder)],
        cwd=REPO,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    seconds = time.monotonic() - began
    (folder / "huge.txt").unlink()
    return Ran(done.returncode, json.loads(done.stdout), done.stderr, seconds, int(said.read_text()))


def test_it_ends_in_time_with_status_2_and_without_a_traceback(ran: Ran) -> None:
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert ran.seconds < LONGEST
    assert ran.memory < MOST_MEMORY


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_place(ran: Ran, name: str) -> None:
    _, line, words = BAD[name]
    (problem,) = (each for each in ran.report["problems"] if Path(each["path"]).name == name)
    assert words in problem["message"]
    assert problem["line"] == line
    assert (f"{name}:{line}" if line else name) in ran.err


def test_nothing_else_is_a_problem(ran: Ran) -> None:
    assert {Path(each["path"]).name for each in ran.report["problems"]} == set(BAD)


@pytest.mark.parametrize("name", GOOD)
def test_the_other_files_are_checked(ran: Ran, name: str) -> None:
    (finding,) = (each for each in ran.report["findings"] if Path(each["path"]).name == name)
    assert finding["location"]["start"]["line"] == GOOD[name][1]


def test_what_was_read_before_an_error_is_kept(ran: Ran) -> None:
    assert "broken.jsonl" in {Path(each["path"]).name for each in ran.report["findings"]}
