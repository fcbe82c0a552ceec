"""`--diff-base`: by macro, not by file, in real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from empathy_lint.changed import since
from empathy_lint.model import EmpathyLintError, Reply
from empathy_lint.sources import ReadOptions, read


def git(*arguments: str) -> None:
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *arguments], check=True, capture_output=True)


def commit(**texts: str) -> None:
    for name, text in texts.items():
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "x")


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q")


def macros(*bodies: str) -> str:
    return "macros:\n" + "".join(f"- title: {body.split()[0]}\n  body: {body}\n" for body in bodies)


def changed(path: str, text: str | None = None, revision: str = "HEAD") -> list[str]:
    if text is not None:
        Path(path).write_text(text, encoding="utf-8", newline="")
    replies = [item for item in read(path, Path(path).read_bytes(), ReadOptions()) if isinstance(item, Reply)]
    return [reply.text.strip() for reply in since(revision)(path, replies, ReadOptions())]


A, B, C = "Apples are late.", "Bread is gone.", "Cheese is fine."


def test_only_macros_that_are_new_or_different() -> None:
    commit(**{"a.yaml": macros(A, B), "b.yaml": macros(A)})
    assert changed("b.yaml") == []
    assert changed("a.yaml", macros(A, B, C)) == [C]
    assert changed("a.yaml", macros(C, A, B)) == [C]
    assert changed("a.yaml", macros(B, A)) == []
    assert changed("a.yaml", macros(A, "Bread is back.")) == ["Bread is back."]
    assert changed("a.yaml", macros(A, B, B)) == [B]
    assert changed("a.yaml", "# a comment moves every line\n\n" + macros(A, B)) == []
    assert changed("a.yaml", macros(A, B).replace("\n", "\r\n")) == []


def test_a_macro_that_takes_anothers_words_is_told_from_it_by_id() -> None:
    def rows(**texts: str) -> str:
        return "".join(f'{{"id": "{name}", "reply": "{text}"}}\n' for name, text in texts.items())

    commit(**{"a.jsonl": rows(x=A, y=B)})
    Path("a.jsonl").write_text(rows(z=A, x=A, y=B), encoding="utf-8")
    replies = [item for item in read("a.jsonl", Path("a.jsonl").read_bytes(), ReadOptions()) if isinstance(item, Reply)]
    assert [reply.id for reply in since("HEAD")("a.jsonl", replies, ReadOptions())] == ["z"]


def test_new_renamed_untracked_and_once_broken_files() -> None:
    long = macros(A, B, "Dates and figs are in the box.")
    commit(**{"old/a.yaml": long, "broken.yaml": "macros: [", "same.yaml": macros(A)})
    git("mv", "old/a.yaml", "new.yaml")
    assert changed("new.yaml", macros(A, B, "Dates and figs are in the box.", C)) == [C]
    assert changed("untracked.yaml", macros(A)) == [A]
    assert changed("broken.yaml", macros(A)) == [A]
    git("mv", "same.yaml", "moved as is.yaml")
    assert changed("moved as is.yaml") == []


def test_older_revisions_and_other_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    commit(**{"deep/ä.yaml": macros(A)})
    git("tag", "v1")
    commit(**{"deep/ä.yaml": macros(A, B)})
    assert changed("deep/ä.yaml") == []
    assert changed("deep/ä.yaml", revision="v1") == [B]
    assert changed("deep/ä.yaml", revision="HEAD~1") == [B]
    top = Path.cwd()
    monkeypatch.chdir("deep")
    assert changed("ä.yaml", revision="v1") == [B]
    monkeypatch.chdir("/")
    monkeypatch.setenv("GIT_DIR", ".git")
    assert changed(str(top / "deep/ä.yaml"), revision="v1") == [B]


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD~9", ""])
def test_a_revision_that_does_not_exist(revision: str) -> None:
    commit(**{"a.yaml": macros(A)})
    with pytest.raises(EmpathyLintError, match="git knows no revision"):
        changed("a.yaml", revision=revision)


def test_no_git_no_repository_and_a_shallow_clone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commit(**{"a.yaml": macros(A)})
    commit(**{"a.yaml": macros(B)})
    git("clone", "-q", "--depth", "1", tmp_path.as_uri(), "clone")
    with pytest.raises(EmpathyLintError, match="fetch the history first"):
        changed("clone/a.yaml", revision="HEAD~1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", os.fspath(tmp_path.parent))
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "a.yaml").write_text(macros(A))
    with pytest.raises(EmpathyLintError, match="not a git repository"):
        changed(str(outside / "a.yaml"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EmpathyLintError, match="needs git"):
        changed("a.yaml")
