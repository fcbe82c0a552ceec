"""What a folder gives: recognised files, without what git ignores and the configuration excludes."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from empathy_lint import config, discovery
from empathy_lint.model import InputError

Tree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    monkeypatch.chdir(tmp_path)
    config.forget()

    def _tree(**texts: str) -> Path:
        for name, text in texts.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return _tree


def found(*paths: str, gitignore: bool = True) -> list[str]:
    return [path.replace(os.sep, "/") for path in discovery.files(paths, config.excluder(), gitignore)]


def test_sorted_recognised_each_once(tree: Tree) -> None:
    tree(**dict.fromkeys(("b.yaml", "a/x.txt", "a/p.png", "a/.hid.yaml", "node_modules/x.yaml", ".git/x.yaml"), ""))
    assert found("b.yaml", ".", "missing.txt", "-") == ["b.yaml", "a/x.txt", "missing.txt", "-"]


def test_gitignore_is_kept_to_as_git_keeps_to_it(tree: Tree) -> None:
    root = tree(
        **{
            ".gitignore": "*.html\nout/\n/top.txt\n!\n[\nkeep/*\n!keep/this.txt\n",
            "sub/.gitignore": "!wanted.html\n/only.txt\n",
            ".git/info/exclude": "secret.txt\n",
            **dict.fromkeys(
                ("a.html", "top.txt", "secret.txt", "sub/wanted.html", "sub/b.html", "sub/only.txt", "sub/top.txt"), ""
            ),
            **dict.fromkeys(("sub/deep/only.txt", "out/a.txt", "sub/out/a.txt", "keep/this.txt", "keep/that.txt"), ""),
        }
    )
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    (root / ".git/info/exclude").write_text("secret.txt\n")
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"], check=True, cwd=root, capture_output=True, text=True
    ).stdout.split()
    expected = sorted(name for name in listed if not name.endswith(".gitignore"))
    assert sorted(found(".")) == expected == ["keep/this.txt", "sub/deep/only.txt", "sub/top.txt", "sub/wanted.html"]
    assert found("sub") == ["sub/top.txt", "sub/wanted.html", "sub/deep/only.txt"]
    assert found("out") == ["out/a.txt"]
    assert found("a.html") == ["a.html"]
    assert "a.html" in found(".", gitignore=False)


def test_outside_a_repository_a_gitignore_is_just_a_file(tree: Tree) -> None:
    tree(**{".gitignore": "*.txt", "a.txt": ""})
    if any((folder / ".git").exists() for folder in Path.cwd().parents):
        pytest.skip("the temporary folder lies in a repository")
    assert found(".") == ["a.txt"]


def test_exclude_prunes_folders_but_not_what_is_named(tree: Tree) -> None:
    tree(**{"empathy-lint.toml": 'exclude = ["old/", "*.csv"]'})
    tree(**dict.fromkeys(("old/a.txt", "b.csv", "c.txt", "x/old/d.txt"), ""))
    assert found(".") == ["c.txt"]
    assert found("old/a.txt", "b.csv") == ["old/a.txt", "b.csv"]


def test_load_names_what_is_missing(tree: Tree) -> None:
    tree(**{"a.txt": "hi"})
    assert discovery.load("a.txt") == b"hi"
    with pytest.raises(InputError, match="no such file"):
        discovery.load("b.txt")


def test_two_thousand_files_take_no_time(tree: Tree) -> None:
    root = tree(**{".git/HEAD": "", ".gitignore": "*.log\nbuild/\n", "empathy-lint.toml": 'exclude = "old/"'})
    for folder in range(20):
        (root / f"f{folder}").mkdir()
        for number in range(100):
            (root / f"f{folder}/{number}.yaml").touch()
    begun = time.perf_counter()
    assert len(found(".")) == 2000
    assert time.perf_counter() - begun < 3
