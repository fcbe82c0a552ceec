"""What the guides tell a reader to type works, and what they name is there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

from empathy_lint import __version__, config
from empathy_lint.cli.app import COMMANDS, run
from empathy_lint.report import FORMATS

REPO = Path(__file__).resolve().parents[2]
DOCS = REPO / "docs"
sys.path.insert(0, str(REPO))

from tools.make_reference import PAGES, stale  # noqa: E402

GUIDES = sorted(DOCS.glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    text = (DOCS / name).read_text(encoding="utf-8")
    return [match[2] for match in _BLOCK.finditer(text) if match[1] == language]


def test_the_reference_is_current() -> None:
    assert stale() == [], "run python -m tools.make_reference"


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    assert stale(tmp_path) == list(PAGES)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_links_lead_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", guide.read_text(encoding="utf-8")):
        assert (guide.parent / target).exists(), target


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the guide for rules, as a reader would have typed them."""
    monkeypatch.chdir(tmp_path)
    config.forget()
    for text in blocks("write-a-rule.md", "yaml"):
        path = Path(text.partition("\n")[0].removeprefix("# "))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "house"


def test_a_rule_in_ten_minutes(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holds, misspelt = blocks("write-a-rule.md", "text")
    assert run(["test", "house"]) == 0
    assert capsys.readouterr().out == holds
    Path("a.txt").write_text("As per our previous message, the refund takes five days.\n")
    assert run(["check", "--rules", "house", "a.txt", "--fail-on", "hint", "--select", "office-speak"]) == 1
    assert "“As per our previous message” sounds like a form letter." in capsys.readouterr().out
    assert run(["explain", "office-speak", "--rules", "house"]) == 0
    rule = house / "tone" / "office-speak.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("[form-letter]", "[form-leter]"), encoding="utf-8")
    capsys.readouterr()
    assert run(["test", "house"]) == 2
    assert capsys.readouterr().err == misspelt


@pytest.mark.usefixtures("house")
def test_a_rule_through_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    (settings,) = blocks("write-a-rule.md", "toml")
    Path("empathy-lint.toml").write_text(settings)
    Path("a.txt").write_text("Kindly note that the refund takes five days.\n")
    assert run(["check", "a.txt", "--format", "concise"]) == 0
    assert "a.txt:1:1: hint office-speak: " in capsys.readouterr().out


@pytest.mark.parametrize("page", ["config.md", "input.md"])
def test_examples_of_configuration_are_accepted(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in blocks(page, "toml"):
        config.forget()
        Path("empathy-lint.toml").write_text(text, encoding="utf-8")
        assert run(["config"]) == 0
        assert run(["check", "."]) == 0


def test_all_formats_and_commands_are_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (DOCS / "formats.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == list(FORMATS)
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if not re.search(rf"`(empathy-lint )?{name}\b", index)]


def test_ci_examples_name_what_exists() -> None:
    text = (DOCS / "ci.md").read_text(encoding="utf-8")
    hooks = {hook["id"] for hook in yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    inputs = yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))["inputs"]
    pre_commit, _local, github, _gitlab = (yaml.safe_load(block) for block in blocks("ci.md", "yaml"))
    assert {hook["id"] for hook in pre_commit["repos"][0]["hooks"]} == hooks
    assert set(github["jobs"]["empathy-lint"]["steps"][1]["with"]) <= set(inputs)
    assert set(re.findall(r"(?:@|==|rev: )v?(\d+\.\d+\.\d+)", text)) == {__version__}
