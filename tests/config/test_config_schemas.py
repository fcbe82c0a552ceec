"""The published schemas are current, accept what the readers accept, and refuse what they refuse."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from empathy_lint.rulebook import bundled_folder
from tools.make_schemas import FOLDER, config_schema, main, rule_schema, signal_schema, stale

RULES = sorted(path for path in bundled_folder().glob("*/*.yaml") if path.parent.name != "signals")
SIGNALS = sorted((bundled_folder() / "signals").glob("*.yaml"))


def refused(schema: dict[str, Any], document: object) -> bool:
    return bool(list(jsonschema.Draft7Validator(schema).iter_errors(document)))


def test_the_files_are_current() -> None:
    assert stale() == [], "run `python -m tools.make_schemas`"
    assert main(["--check"]) == 0
    for file in ("config", "rule", "signal"):
        jsonschema.Draft7Validator.check_schema(json.loads((FOLDER / f"{file}.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_every_bundled_rule_passes(file: Path) -> None:
    jsonschema.validate(yaml.safe_load(file.read_text("utf-8")), rule_schema())


@pytest.mark.parametrize("file", SIGNALS, ids=lambda file: file.stem)
def test_every_bundled_signal_passes(file: Path) -> None:
    jsonschema.validate(yaml.safe_load(file.read_text("utf-8")), signal_schema())


def test_a_full_configuration_passes() -> None:
    text = """
extend = "../base.toml"
select = ["tone", "offer"]
ignore = "late"
rules = ["support/rules"]
exclude = ["archive/", "!archive/kept.yaml"]
respect-gitignore = false
fail-on = "hint"
pipeline = "en_core_web_sm"
baseline = "accepted.json"
levels = { closed-door = "error", tone = "off" }
thresholds = { grade-email = 11.5, sentence-words = 40 }
channels = { "chat/" = "chat" }
overrides = [{ files = "legal/", select = "offer", ignore = ["x"], levels = { x = "hint" }, channel = "email" }]
sources = [{ files = "*.yaml", format = "yaml", routes = "a[*].b", blockquote-is-reply = true, max-bytes = 5 }]
suppress = [{ files = "*.json", route = "a[*]", id = "7", rules = ["x"], reason = "agreed" }]
"""
    jsonschema.validate(tomllib.loads(text), config_schema())


@pytest.mark.parametrize(
    "text",
    [
        'selct = "x"',
        "select = 1",
        'fail-on = "warn"',
        "levels = 1",
        'levels = { x = "loud" }',
        "thresholds = { sentence-words = 1.5 }",
        "thresholds = { grade = 1 }",
        'overrides = [{ channel = "chat" }]',
        'suppress = [{ files = "x", rules = ["y"] }]',
        'suppress = [{ files = "x", rules = ["y"], reason = " " }]',
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(text: str) -> None:
    assert refused(config_schema(), tomllib.loads(text))


def test_broken_rules_and_signals_are_refused() -> None:
    rule = {"id": "a-b", "summary": "s", "why": "w", "find": {"all": ["x"]}, "says": "y"}
    assert not refused(rule_schema(), rule)
    assert not refused(rule_schema(), {**rule, "level": False})
    assert refused(rule_schema(), {**rule, "id": "A B"})
    assert refused(rule_schema(), {**rule, "levels": "hint"})
    assert refused(rule_schema(), {**rule, "find": {"every": ["x"]}})
    assert refused(signal_schema(), {"means": "nothing"})
    assert not refused(signal_schema(), {"means": "this", "patterns": "hello"})
