"""The real pre-commit installs the hooks of this checkout and judges a repository of macros.

It builds an environment from the registry, so it is marked `network` and stays out of the suite that runs
without sockets: `python -m pytest -m network tests/precommit`. Where pre-commit, git or the registry is
missing it is skipped, unless EMPATHY_LINT_REQUIRE names `pre-commit`.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.network

CHECKOUT = Path(__file__).resolve().parents[2]
# How a failed installation reads, where the registry can't be reached.
_NO_REGISTRY = re.compile(
    r"No matching distribution|Connection|Temporary failure|Network is unreachable|ConnectTimeout"
)

GOOD = """\
macros:
  - title: Late parcel
    body: >-
      I'm sorry your parcel is three days late. I've asked the depot to look for it, and I'll write to you
      by noon tomorrow with what they say.
"""
BAD = """\
macros:
  - title: Opening hours
    body: We open at nine.
  - title: Late parcel
    body: I'm sorry you feel that way about the parcel.
"""
BAD_DRAFT = "Hello Kim,\n\nplease write to [NAME] about the second invoice.\n"


def missing(why: str) -> None:
    """Skip, or fail where the caller says that this test has to run."""
    if "pre-commit" in os.environ.get("EMPATHY_LINT_REQUIRE", "").replace(",", " ").split():
        pytest.fail(f"required, but {why}")
    pytest.skip(why)


def git(folder: Path, *arguments: str) -> str:
    # A hook that calls this test has variables of its own repository in its environment.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=folder, env=clean, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: built once, from nothing."""
    if importlib.util.find_spec("pre_commit") is None:
        missing("pre-commit is not installed (pip install pre-commit)")
    try:
        git(CHECKOUT, "rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        missing("this is not a git checkout, or git is not installed")
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A repository that uses the hooks as they are at HEAD, with their environment installed."""
    folder = tmp_path_factory.mktemp("library")
    git(folder, "init", "-q")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {CHECKOUT.as_uri()}\n  rev: {git(CHECKOUT, 'rev-parse', 'HEAD')}\n"
        "  hooks:\n  - id: empathy-lint\n    files: ^macros/\n  - id: empathy-lint-drafts\n",
        encoding="utf-8",
    )
    status, said = pre_commit(folder, home, "install-hooks")
    if status and _NO_REGISTRY.search(said):
        missing("the registry can't be reached")
    assert status == 0, said
    return folder


def pre_commit(folder: Path, home: Path, *arguments: str) -> tuple[int, str]:
    """(exit status, output). Nothing of this checkout is on the path that the hook's Python sees."""
    hidden = ("GIT_", "PYTHONPATH", "VIRTUAL_ENV", "PRE_COMMIT")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env={**clean, "PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    return done.returncode, done.stdout


def judged(repository: Path, home: Path, file: str, text: str) -> tuple[int, str]:
    """What a commit of this one file would hear."""
    git(repository, "rm", "-rfq", "--cached", "--ignore-unmatch", ".")
    path = repository / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    git(repository, "add", ".pre-commit-config.yaml", file)
    return pre_commit(repository, home, "run")


def test_a_good_macro_passes(repository: Path, home: Path) -> None:
    status, said = judged(repository, home, "macros/late.yaml", GOOD)
    assert status == 0, said
    assert re.search(r"empathy-lint \(macros\)\.+Passed", said)
    assert re.search(r"empathy-lint \(drafts\)\.+\(no files to check\)Skipped", said)


def test_a_bad_macro_fails_on_its_line(repository: Path, home: Path) -> None:
    status, said = judged(repository, home, "macros/bad.yaml", BAD)
    assert status == 1, said
    assert re.search(r"^macros/bad\.yaml:5:\d+: warning feelings-apology: ", said, re.MULTILINE)
    assert "macros/bad.yaml:3:" not in said


def test_a_gap_in_a_draft_fails_on_its_line(repository: Path, home: Path) -> None:
    status, said = judged(repository, home, "drafts/kim.txt", BAD_DRAFT)
    assert status == 1, said
    assert re.search(r"^drafts/kim\.txt:3:17: error leftover-fill-in: ", said, re.MULTILINE)


def test_other_files_are_left_alone(repository: Path, home: Path) -> None:
    status, said = judged(repository, home, "elsewhere.yaml", BAD)
    assert status == 0, said
    assert said.count("Skipped") == 2
