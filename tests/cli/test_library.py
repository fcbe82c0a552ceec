"""What only several macros together show, and what a helpdesk's own variables are."""

from __future__ import annotations

import json
from pathlib import Path

from cli_run import Run

LIBRARY = """\
macros:
  - title: one
    body: "We wrote to {{user.name | default: 'you'}} today."
  - title: two
    body: "The box for {{user.name}} left us."
"""


def test_a_fallback_that_another_macro_has(check: Run, tmp_path: Path) -> None:
    (tmp_path / "library.yaml").write_text(LIBRARY)
    (found,) = check(tmp_path).json["findings"]
    assert (found["rule"], found["text"], found["level"]) == ("mixed-fallback", "{{user.name}}", "hint")
    assert found["location"]["start"] == {"line": 5, "column": 24}
    assert check(tmp_path, "--ignore", "mixed-fallback").json["findings"] == []


def test_twins_that_say_different_things(check: Run, tmp_path: Path) -> None:
    bodies = {"body": "<p>The lamp is here.</p>", "body_text": "The lamp is there."}
    rows = [{"type": "macro", "id": "12", "name": "Lamp", **bodies, "visible_to": "everyone"}]
    (tmp_path / "macros.json").write_text(json.dumps({"type": "list", "data": rows}))
    ran = check(tmp_path)
    assert [(found["rule"], found["text"]) for found in ran.json["findings"]] == [
        ("html-plain-drift", "The lamp is there.")
    ]
    assert "`data[0].body`" in ran.json["findings"][0]["message"]


def test_did_you_mean_for_a_variable(check: Run, tmp_path: Path) -> None:
    macro = {"macros": [{"id": 1, "title": "t", "active": True, "actions": [
        {"field": "comment_value", "value": "We read {{ticket.tittle}} and {{ticket.title}}."}]}]}  # fmt: skip
    (tmp_path / "macros.json").write_text(json.dumps(macro))
    (found,) = (each for each in check(tmp_path).json["findings"] if each["rule"] == "unknown-variable")
    assert found["text"] == "{{ticket.tittle}}"
    assert found["message"].endswith("is not a variable of zendesk. Did you mean “ticket.title”?")
