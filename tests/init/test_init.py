"""`empathy-lint init`: it says what it sees, proposes what the readers confirm, and overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from empathy_lint import config
from empathy_lint.cli.app import run
from empathy_lint.config import in_force, read_settings
from empathy_lint.model import Reply
from empathy_lint.sources import read
from empathy_lint.starter import Look, folders, look_around, starter, tables

LIBRARY = "macros:\n- title: A\n  body: Thank you, your parcel left today.\n- title: B\n  body: We open at nine.\n"
WORKFLOW = "on: push\njobs:\n  a:\n    steps:\n    - run: make all the things here\n    - run: make it all again now\n"
ZENDESK = [
    {"title": "A", "actions": [{"field": "comment_value", "value": "We open at nine."}]},
    {"title": "B", "active": False, "actions": [{"field": "comment_value", "value": "We close at six."}]},
]


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()
    write(".git/HEAD", "")
    write("macros/ours.yaml", LIBRARY)
    write("macros/export.json", json.dumps({"macros": ZENDESK}))
    write("macros/workflow.yaml", WORKFLOW)
    write("README.md", "We write to you.")
    write("package.json", '{"name": "ours", "scripts": {"a": "b"}}')
    write("drafts/one.txt", "Hello Kim, your parcel left today.")
    write("canned/hours.md", "We open at nine.")


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def test_what_each_file_is() -> None:
    seen = {look.path: (look.kind, look.format, look.replies, look.skipped) for look in look_around(Path())}
    assert seen == {
        "README.md": ("other", "", 0, 0),
        "package.json": ("other", "", 0, 0),
        "canned/hours.md": ("replies", "markdown", 1, 0),
        "drafts/one.txt": ("replies", "text", 1, 0),
        "macros/export.json": ("replies", "zendesk", 1, 1),
        "macros/ours.yaml": ("replies", "yaml", 2, 0),
        "macros/workflow.yaml": ("other", "", 0, 0),
    }


def test_it_shows_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == 0
    said = capsys.readouterr().out
    assert "  macros/ours.yaml: yaml, 2 replies at macros[*].body\n" in said
    assert "  macros/export.json: zendesk, 1 reply, 1 left alone" in said
    assert "I would write empathy-lint.toml:" in said
    assert "Nothing was written." in said
    assert "  empathy-lint check canned/ drafts/ macros/\n" in said
    assert not Path("empathy-lint.toml").exists()
    assert not Path(".gitattributes").exists()


def test_what_it_writes_is_read_as_it_was_shown() -> None:
    assert run(["init", "--write"]) == 0
    assert Path(".gitattributes").read_text() == ".empathy-lint-baseline.json merge=union\n"
    config.forget()
    settings = read_settings(str(Path("empathy-lint.toml").absolute()))
    for look in look_around(Path()):
        if look.kind == "replies":
            options = in_force(settings, look.path).options
            again = [item for item in read(look.path, Path(look.path).read_bytes(), options) if isinstance(item, Reply)]
            assert len(again) == look.replies
            assert options.channel == look.channel
    assert in_force(settings, "macros/export.json").options.format == "zendesk"
    assert in_force(settings, "macros/ours.yaml").options.routes == ("macros[*].body",)
    assert in_force(settings, "canned/later.md").options.channel == "macro"
    assert run(["check", "macros", "--exit-zero"]) == 0


def test_strangers_beside_the_macros_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--write"]) == 0
    config.forget()
    capsys.readouterr()
    assert run(["check", "macros", "--format", "json", "--exit-zero"]) == 0
    read_now = {row["path"] for row in json.loads(capsys.readouterr().out)["replies"]}
    assert read_now == {"macros/ours.yaml", "macros/export.json"}


@pytest.mark.parametrize("there", ["empathy-lint.toml", "pyproject.toml"])
def test_a_configuration_is_never_overwritten(there: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "[tool.empathy-lint]\n" if there == "pyproject.toml" else 'fail-on = "hint"\n'
    write(there, text)
    assert run(["init", "--write"]) == 2
    assert "already" in capsys.readouterr().err
    assert run(["init"]) == 0
    assert f"{there} is your configuration already" in capsys.readouterr().out
    assert Path(there).read_text() == text
    assert not Path(".gitattributes").exists()


def test_gitattributes_are_only_hinted_at_where_they_exist(capsys: pytest.CaptureFixture[str]) -> None:
    write(".gitattributes", "* text=auto\n")
    assert run(["init", "--write"]) == 0
    assert "add to .gitattributes: .empathy-lint-baseline.json merge=union" in capsys.readouterr().out
    assert Path(".gitattributes").read_text() == "* text=auto\n"


@pytest.mark.parametrize(("answer", "written"), [(True, True), (False, False)])
def test_asked_on_a_terminal(answer: bool, written: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_, **__: answer)
    assert run(["init"]) == 0
    assert Path("empathy-lint.toml").exists() is written


def test_nothing_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["init", "empty", "--write"]) == 0
    assert capsys.readouterr().out == "No macros and no replies were recognised here. docs/input.md lists what is.\n"
    assert not Path("empty/empathy-lint.toml").exists()


def test_names_that_mean_something_in_a_pattern() -> None:
    odd = 'macros/[1] "new"*.yaml'
    write(odd, LIBRARY)
    write("macros/1.yaml", WORKFLOW)
    assert run(["init", "--write"]) == 0
    config.forget()
    settings = read_settings(str(Path("empathy-lint.toml").absolute()))
    assert in_force(settings, odd).options.routes == ("macros[*].body",)
    assert in_force(settings, "macros/1.yaml").options.routes == ()


def test_one_pattern_where_all_files_are_alike() -> None:
    looks = [Look(f"m/{name}.json", "replies", "front", replies=2) for name in "abc"]
    assert [table.files for table in tables(looks)] == [("/m/*.json",)]
    looks.append(Look("m/other.json", "other"))
    assert [table.files for table in tables(looks)] == [("/m/a.json", "/m/b.json", "/m/c.json")]
    assert 'exclude = ["/m/other.json"]' in starter(looks)
    assert folders(looks) == ("m/",)
