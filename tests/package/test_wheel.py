"""The wheel, built and installed into an environment of its own, far from the checkout.

Nothing is downloaded: the build back end is a dependency of the tests, and the new environment borrows the
installed dependencies through a `.pth` file, which does not bring our own editable install with it.
"""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

REPO = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(REPO)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`installed("empathy-lint", "check", …)` runs a program of a fresh environment, in an empty folder."""
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home / "env", with_pip=False, symlinks=True)
    programs = home / "env" / "bin"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home / "env")}))
    (site / "borrowed.pth").write_text(sysconfig.get_path("platlib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install"]
    subprocess.run([*pip, "-q", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    elsewhere = home / "empty"
    elsewhere.mkdir()

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(programs / program), *arguments]
        utf8 = {**env, "PYTHONUTF8": "1"}
        return subprocess.run(
            command, cwd=elsewhere, env=utf8, capture_output=True, encoding="utf-8", check=False, timeout=120
        )

    return run


def test_rules_and_models_travel(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    rules = {f"empathy_lint/rules/{file.relative_to(REPO / 'rules').as_posix()}" for file in _files(REPO / "rules")}
    package = {file.relative_to(REPO).as_posix() for file in _files(REPO / "empathy_lint")}
    assert len(rules) > 60
    assert rules | package <= inside
    assert {name.split("/")[0] for name in inside - rules - package} == {next(_info(inside))}
    assert {Path(name).name for name in inside if "/licenses/" in name} == {"LICENSE", "LICENSE-UD_English-EWT.txt"}


def test_it_stays_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 7_000_000


def test_the_sdist_holds_what_the_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if "/" in name}
    assert {"empathy_lint", "rules", "fixtures", "tests", "tools", "README.md", "LICENSE", "pyproject.toml"} <= tops


def test_the_code_that_runs_is_the_installed_one(installed: Run) -> None:
    code = "import empathy_lint, sys; print(empathy_lint.__file__.startswith(sys.prefix))"
    assert installed("python", "-c", code).stdout == "True\n"


def test_the_installed_one_lints(installed: Run) -> None:
    draft, customer = (str(REPO / "fixtures" / kind / "charged-twice.txt") for kind in ("drafts", "customers"))
    done = installed("empathy-lint", "check", draft, "--customer", customer)
    assert (done.returncode, done.stderr) == (1, "")
    assert "[closed-door]" in done.stdout


def test_the_installed_one_knows_its_version_and_rules(installed: Run) -> None:
    assert installed("empathy-lint", "--version").stdout.startswith("empathy-lint")
    assert "closed-door" in installed("empathy-lint", "rules").stdout


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def _info(names: set[str]) -> Iterator[str]:
    return (name.split("/")[0] for name in names if name.endswith(".dist-info/METADATA"))
