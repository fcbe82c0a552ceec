"""A rule folder holds nothing that would be passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from empathy_lint.model import RuleError
from empathy_lint.rulebook import load

SIGNAL = "means: Something.\npatterns: [lamp]\n"
RULE = "id: {}\nsummary: S.\nwhy: W.\nfind: {{any: [lamp]}}\nsays: Look.\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_folder(tmp_path: Path) -> None:
    files = {"signals/lamp.yaml": SIGNAL, "tone/dim-lamp.yaml": RULE.format("dim-lamp"), "README.md": "ours"}
    assert set(load([write(tmp_path, files)], ()).rules) == {"dim-lamp"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("tones/dim-lamp.yaml", "Did you mean “tone”?"),
        ("tone/dim-lamp.yml", "end in .yaml"),
        ("dim-lamp.yaml", "lie in their family's folder"),
    ],
)
def test_what_would_be_left_out_is_an_error(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(RuleError, match=says.replace("?", r"\?")):
        load([write(tmp_path, {"signals/lamp.yaml": SIGNAL, name: RULE.format("dim-lamp")})], ())


def test_an_id_is_given_once(tmp_path: Path) -> None:
    files = {f"{family}/dim-lamp.yaml": RULE.format("dim-lamp") for family in ("tone", "offer")}
    with pytest.raises(RuleError, match="is also in"):
        load([write(tmp_path, {"signals/lamp.yaml": SIGNAL, **files})], ())


@pytest.mark.parametrize("find", ["{any: [lamp], near: 2.5}", "{any: [lamp], near: -1}", "{any: [lamp], near: yes}"])
def test_near_is_a_whole_number(tmp_path: Path, find: str) -> None:
    rule = RULE.format("dim-lamp").replace("{any: [lamp]}", find)
    with pytest.raises(RuleError, match="whole number"):
        load([write(tmp_path, {"signals/lamp.yaml": SIGNAL, "tone/dim-lamp.yaml": rule})], ())


def test_first_is_true_or_false(tmp_path: Path) -> None:
    signal = SIGNAL + "examples: {bad: [{reply: 'A [[lamp]].', first: 'no'}]}\n"
    with pytest.raises(RuleError, match="true or false"):
        load([write(tmp_path, {"signals/lamp.yaml": signal})], ())
