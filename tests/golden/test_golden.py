"""Every sample under `fixtures/` with all that is to be found in it, at its exact place.

    EMPATHY_LINT_GOLDEN=write python -m pytest tests/golden      write the expected findings anew

One file a format: `tests/golden/<format>.json`. Only rules that hear fixed words run here, so that work on
the others leaves these files alone. Nothing of ours is used to go back from a place to its words.
"""

from __future__ import annotations

import base64
import html
import json
import os
import quopri
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from empathy_lint.cli import app

REPO = Path(__file__).parents[2]
GOLDEN = REPO / "tests" / "golden"
FIXTURES = REPO / "fixtures"
WRITE = os.environ.get("EMPATHY_LINT_GOLDEN") == "write"

FORMATS = sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir() and folder.name != "customers")
RULES = "template,told-already,any-inconvenience,feelings-apology,should-have,policy-wall"
# Samples that are there for other tests, and hold nothing that is hard to place.
EASY = {"drafts"}

Json = dict[str, Any]
Checked = Callable[[str], Json]


@pytest.fixture
def checked(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Checked:
    """The JSON report on one folder of samples; a configuration is read only where the folder has one."""
    monkeypatch.chdir(FIXTURES)

    def _checked(name: str) -> Json:
        own = FIXTURES / name / "empathy-lint.toml"
        config = ("--config", str(own)) if own.exists() else ("--isolated",)
        status = app.run(["check", name, *config, "--no-cache", "--jobs", "1", "--select", RULES, "--format", "json"])
        out, err = capfd.readouterr()
        assert status in (0, 1), err
        report: Json = json.loads(out)
        return report

    return _checked


@pytest.mark.parametrize("name", FORMATS)
def test_findings_are_those_expected_at_their_places(checked: Checked, name: str) -> None:
    report = checked(name)
    found, golden = written(expected(report)), GOLDEN / f"{name}.json"
    if WRITE:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
    slices = [(piece(finding), finding) for finding in report["findings"]]
    for slice_, finding in slices:
        assert bare(finding["text"]) in readings(slice_, finding), (slice_, finding)
    assert name in EASY or any(slice_ != finding["text"] or "\n" in slice_ for slice_, finding in slices)


def test_no_golden_file_is_left_over() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.json")) == FORMATS


def expected(report: Json) -> Json:
    """Of each file: how many replies, what was skipped and why, and its findings."""
    paths = sorted({each["path"] for kind in ("replies", "skipped") for each in report[kind]})
    return {path: _of_file(report, path) for path in paths}


def _of_file(report: Json, path: str) -> Json:
    def own(kind: str) -> Iterator[Json]:
        return (each for each in report[kind] if each["path"] == path)

    return {
        "replies": sum(1 for _ in own("replies")),
        "skipped": [f"{each['route']}: {each['why']}" for each in own("skipped")],
        "findings": [_row(finding) for finding in own("findings")],
    }


def _row(finding: Json) -> Json:
    start, end = finding["location"]["start"], finding["location"]["end"]
    return {
        "rule": finding["rule"],
        "at": f"{start['line']}:{start['column']}-{end['line']}:{end['column']}",
        "exact": finding["exact"],
        "words": finding["text"],
        "route": finding["route"],
        "reply": finding["reply_id"],
        "title": finding["title"],
    }


def written(files: Json) -> str:
    """JSON with a finding a line, for people compare these files."""
    return "{\n" + ",\n".join(_file_written(path, each) for path, each in files.items()) + "\n}\n"


def _file_written(path: str, each: Json) -> str:
    rows = ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in each["findings"])
    head = f' {json.dumps(path)}: {{\n  "replies": {each["replies"]},\n'
    skipped = f'  "skipped": {json.dumps(each["skipped"], ensure_ascii=False)},\n'
    return head + skipped + '  "findings": [' + (f"\n{rows}\n  " if rows else "") + "]\n }"


def piece(finding: Json) -> str:
    """What stands in the file at the finding's place: its own count of lines and columns."""
    data = (FIXTURES / finding["path"]).read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError:
        source = data.decode("latin-1")
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", source))]
    start, end = (starts[place["line"] - 1] + place["column"] - 1 for place in _ends(finding))
    return source[start:end]


def _ends(finding: Json) -> tuple[Json, Json]:
    return finding["location"]["start"], finding["location"]["end"]


def readings(slice_: str, finding: Json) -> set[str] | str:
    """What the slice may mean; for a place that is not exact, all the words of its part."""
    if not finding["exact"]:
        return bare(_without_markup(_mail_decoded(slice_)))
    decoded = set(_decoded(slice_, Path(finding["path"]).suffix))
    return {
        bare(reading(each)) for each in decoded for reading in (str, html.unescape, _without_markup, _without_marks)
    }


def _decoded(slice_: str, suffix: str) -> Iterator[str]:
    yield slice_
    if suffix in (".json", ".jsonl"):
        yield json.loads(f'"{slice_}"')
    elif suffix in (".csv", ".tsv"):
        yield slice_.replace('""', '"')
    elif suffix in (".yaml", ".yml"):
        for quote in "'\"":
            try:
                yield yaml.safe_load(f"{quote}{slice_}{quote}")
            except yaml.YAMLError:
                continue


def _mail_decoded(slice_: str) -> str:
    data = slice_.encode()
    coded = b"=" in data[:-4] or b" " in data
    return (quopri.decodestring(data) if coded else base64.b64decode(data)).decode()


def _without_markup(text: str) -> str:
    text = re.sub(r'<attribute key="(.+?)" default="(.+?)"[^<>]*>', r'{{\1|fallback:"\2"}}', text)
    return html.unescape(re.sub(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", "", text, flags=re.DOTALL))


def _without_marks(text: str) -> str:
    return re.sub(r"[*_\[]", "", text)


def bare(text: str) -> str:
    """Without white space and soft hyphens, in which a reply may differ from its file."""
    return "".join(text.replace("\xad", "").split())
