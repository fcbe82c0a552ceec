"""What the README shows is what a reader will see."""

import re
from pathlib import Path

import pytest

from empathy_lint.cli import app
from empathy_lint.sources import FORMATS, recognised
from empathy_lint.sources.shapes import SHAPE_NAMES
from tools import readme

REPO = Path(__file__).parents[2]
README = (REPO / "README.md").read_text(encoding="utf-8")
YAML = re.findall(r"```yaml\n# house/(\S+)\n(.*?)```", README, re.DOTALL)

@pytest.mark.parametrize("arguments", re.findall(r"<!-- screen: (.*?) -->", README))
def test_a_screen_is_current(arguments: str) -> None:
    assert readme.screen(arguments) in README, "run tools/readme.py"


def test_both_commands_are_there() -> None:
    assert set(readme.commands(README)) == {"sample", "tests"}
    assert all("\n" not in command for command in readme.commands(README).values())


def test_the_sample_shows_three_families() -> None:
    sample = readme.screen(
        "check fixtures/drafts/charged-twice.txt --customer fixtures/customers/charged-twice.txt --format json"
    )
    assert {"acknowledgement", "offer", "tone"} <= set(re.findall(r'"family": "(\w+)"', sample))


def test_every_extension_and_helpdesk_is_named() -> None:
    extensions = set(re.findall(r"`(\.\w+)`", README))
    assert all(recognised(f"file{extension}") for extension in extensions)
    assert {f".{name}" for name in FORMATS} - {".text", ".markdown"} <= extensions
    named = re.sub(r"\W", "", README).lower()
    assert [name for name in SHAPE_NAMES if name not in named] == []


def test_the_rule_in_the_readme_works(tmp_path: Path) -> None:
    for name, text in YAML:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert app.run(["test", str(tmp_path)]) == 0
