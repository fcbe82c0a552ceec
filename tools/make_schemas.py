"""Write the JSON schemas of the configuration, of rules and of signals from the tables that read them.

    python -m tools.make_schemas            write docs/schema/*.schema.json
    python -m tools.make_schemas --check    exit status 1 where one is not current
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from empathy_lint.config.keys import KEYS, Key
from empathy_lint.model import CHANNELS, LEVELS, SCOPES
from empathy_lint.rulebook.load import _EXAMPLE_KEYS, _EXAMPLE_KINDS, _ID, _RULE_KEYS, _SIGNAL_KEYS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"
DIALECT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "pattern": r"\S"}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}


def config_schema() -> Schema:
    """Of `empathy-lint.toml`, and of `[tool.empathy-lint]` in a pyproject.toml."""
    return _titled("empathy-lint configuration", _table(KEYS))


def _table(keys: Iterable[Key]) -> Schema:
    keys = tuple(keys)
    required = [key.name for key in keys if key.required]
    properties = {key.name: {"description": key.about, **_value(key)} for key in keys}
    return _object(properties, required)


def _value(key: Key) -> Schema:
    match key.kind:
        case "text":
            return {"enum": list(key.choices)} if key.choices else TEXT
        case "texts":
            return TEXTS
        case "flag":
            return {"type": "boolean"}
        case "number":
            return {"type": "number", "exclusiveMinimum": 0}
        case "count":
            return {"type": "integer", "minimum": 1}
        case "map":
            return {"type": "object", "additionalProperties": _value(key.keys[0])}
        case "table":
            return _table(key.keys)
        case "tables":
            return {"type": "array", "items": _table(key.keys)}


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "additionalProperties": False, "properties": dict(properties), **needed}


def _titled(title: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, **schema}


FIND = _object({**dict.fromkeys(("all", "any", "none", "order"), TEXTS), "near": {"type": "number"}})

# The keys of an example that are not plain text.
_EXAMPLE: Schema = {
    "channel": {"enum": list(CHANNELS)},
    "first": {"type": "boolean"},
}
_EXAMPLE_FIELDS = {key: _EXAMPLE.get(key, {"type": "string"}) for key in _EXAMPLE_KEYS}
_ONE_EXAMPLE: Schema = {"anyOf": [{"type": "string"}, _object(_EXAMPLE_FIELDS, ["reply"])]}
_EXAMPLES: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": _ONE_EXAMPLE}]}

# What each key of a rule or signal file holds; which keys there are is said by `rulebook.load`.
_KINDS: Mapping[str, Schema] = {
    "id": {"type": "string", "pattern": "^" + _ID.pattern.replace(r"\Z", "$")},
    "scope": {"enum": list(SCOPES)},
    "level": {"anyOf": [{"enum": list(LEVELS)}, {"const": False}]},
    "certainty": {"enum": ["high", "medium", "low"]},
    "situation": {"enum": ["difficult", "routine", "any"]},
    "channels": {"anyOf": [{"enum": list(CHANNELS)}, {"type": "array", "items": {"enum": list(CHANNELS)}}]},
    "find": FIND,
    "rewrites": TEXTS,
    "patterns": TEXTS,
    "except": TEXTS,
    "examples": _object(dict.fromkeys(_EXAMPLE_KINDS, _EXAMPLES)),
}

_ABOUT = {
    "id": "The file's name: the fault in lower-case words joined by hyphens.",
    "summary": "The fault in one line.",
    "why": "Why it matters to the customer.",
    "scope": "The window in which `find` must hold.",
    "level": "error and warning fail a check, a hint never does, off is off.",
    "certainty": "How sure a finding is.",
    "situation": "Only in difficult or only in routine replies.",
    "channels": "Only in replies that are sent this way.",
    "find": "Signals: all of these, any of these, none of these, these in order; how near, in words.",
    "mark": "The signal whose words are shown; in a rule also opening, closing or reply.",
    "says": "The observation; {mark} stands for the words seen.",
    "rewrites": "Other words; {what to fill in} in braces.",
    "question": "What the finding asks at its end.",
    "examples": "The tests: bad ones with [[the words]] to find, good ones without.",
    "means": "What this signal hears.",
    "patterns": "Phrases that are heard.",
    "except": "Phrases that are not, though a pattern matches.",
    "detector": "A Python detector instead of phrases.",
}


def rule_schema() -> Schema:
    """Of a file `<family>/<id>.yaml` in a rule folder."""
    return _titled("empathy-lint rule", _file(_RULE_KEYS, ("id", "summary", "why", "find", "says")))


def signal_schema() -> Schema:
    """Of a file `signals/<name>.yaml` in a rule folder."""
    one_of_these = {"anyOf": [{"required": [key]} for key in ("patterns", "detector", "find")]}
    return _titled("empathy-lint signal", _file(_SIGNAL_KEYS, ("means",)) | one_of_these)


def _file(keys: Iterable[str], required: Iterable[str]) -> Schema:
    return _object({key: {"description": _ABOUT[key], **_KINDS.get(key, TEXT)} for key in keys}, required)


SCHEMAS = {
    "config.schema.json": config_schema,
    "rule.schema.json": rule_schema,
    "signal.schema.json": signal_schema,
}


def written(name: str) -> str:
    """The text of one schema file."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of the files that are missing or not current."""
    files = {name: folder / name for name in SCHEMAS}
    return [name for name, file in files.items() if not file.is_file() or file.read_text("utf-8") != written(name)]


def main(arguments: list[str]) -> int:
    """Write what is not current, or only say so."""
    old = stale()
    for name in old:
        sys.stdout.write(f"{name} {'is not current' if '--check' in arguments else 'written'}\n")
        if "--check" not in arguments:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_text(written(name), encoding="utf-8")
    return int(bool(old) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
