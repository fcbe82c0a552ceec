"""The package as a whole: one version, light commands, no network."""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import empathy_lint

REPO = Path(__file__).parents[2]
DRAFT = ("fixtures/drafts/charged-twice.txt", "--customer", "fixtures/customers/charged-twice.txt")
HEAVY = ("spacy", "thinc", "numpy", "textstat", "nltk", "pathspec", "jsonschema", "asyncio", "socket", "ssl")
NETWORK = ("socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "asyncio", "ftplib", "smtplib")
SOURCES = sorted((REPO / "empathy_lint").rglob("*.py"))


def run(*command: str, **kept: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=REPO,
        env={**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", **kept},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def imported_by(*arguments: str) -> set[str]:
    """What is in `sys.modules` after one call of the command line."""
    code = (
        "import sys\n"
        "from empathy_lint.cli import app\n"
        f"status = app.run({list(arguments)!r})\n"
        "print('\\nMODULES', status, *sys.modules)"
    )
    done = run(sys.executable, "-c", code)
    status, *modules = done.stdout.rpartition("MODULES ")[2].split()
    assert status == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["rules"], ["explain", "closed-door"], ["check", "--help"], ["config"]]
)
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    assert imported_by(*arguments).isdisjoint(HEAVY)


def test_help_and_version_read_no_rules() -> None:
    for arguments in ("--help", "--version"):
        assert imported_by(arguments).isdisjoint(("yaml", "empathy_lint.rulebook", "empathy_lint.sources"))


def test_checking_opens_no_network_module_of_its_own() -> None:
    """textstat and spaCy bring some; none of ours asks for one."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            assert not [name for name in _names(node) if name in NETWORK or name.split(".")[0] in NETWORK], file


def test_only_the_command_line_prints() -> None:
    printing = [
        file.relative_to(REPO).as_posix()
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_the_version_stands_in_one_place() -> None:
    written = [
        file.relative_to(REPO).as_posix()
        for file in SOURCES
        if f'"{empathy_lint.__version__}"' in file.read_text(encoding="utf-8")
    ]
    assert written == ["empathy_lint/__init__.py"]
    assert run(sys.executable, "-m", "empathy_lint", "--version").stdout.split()[-1] == empathy_lint.__version__
    assert f"## [{empathy_lint.__version__}]" in (REPO / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_is_imported_is_declared() -> None:
    """Every package that our code imports is a dependency, and every dependency is imported somewhere."""
    by_import = metadata.packages_distributions()
    imports = {
        name.split(".")[0]
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    # nltk is textstat's: we keep it out, and bring it only if textstat asks for it after all.
    extras = {"pandas", "pyarrow", "pyspark"}
    foreign = imports - sys.stdlib_module_names - {"empathy_lint", "nltk"} - extras
    needed = {_canonical(by_import[name][0]) for name in foreign}
    declared = re.search(r"^dependencies = \[\n(.*?)^\]", (REPO / "pyproject.toml").read_text("utf-8"), re.S | re.M)
    assert declared
    assert needed == {_canonical(name) for name in re.findall(r'"([\w-]+)', declared[1])}
    optional = re.search(
        r"^\[project\.optional-dependencies\]\n(.*?)^\[", (REPO / "pyproject.toml").read_text("utf-8"), re.S | re.M
    )
    assert optional
    assert extras & imports <= set(re.findall(r'"([\w-]+)', optional[1]))


def _names(node: ast.AST) -> list[str]:
    """What a node imports; `import_module("name")` imports too."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
        return [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_works_without_any_network() -> None:
    unshare = shutil.which("unshare")
    if not unshare or run(unshare, "-rn", "true").returncode:
        pytest.skip("this system does not let a process leave the network (unshare -rn)")
    done = run(unshare, "-rn", sys.executable, "-m", "empathy_lint", "check", *DRAFT)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Reality check" in done.stdout


def test_standard_input_gives_the_same_findings() -> None:
    text = (REPO / DRAFT[0]).read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "empathy_lint", "check", "-", *DRAFT[1:], "--format", "concise"],
        cwd=REPO,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.count("\n") >= 3
