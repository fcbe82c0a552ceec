"""Folders of YAML → a Rulebook. Strict: what is not understood is an error that points at its line.

A rule folder holds `signals/*.yaml` (one signal a file, named after it), `words.yaml` (named word lists)
and `<family>/<id>.yaml`. A later folder may replace a rule or a signal of an earlier one by its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import cast

from empathy_lint.model import (
    CHANNELS,
    LEVELS,
    SCOPES,
    Certainty,
    Channel,
    Level,
    RuleError,
    Scope,
    Situation,
)
from empathy_lint.offsets import Span
from empathy_lint.rulebook.fields import Fields, as_list, as_text
from empathy_lint.rulebook.folder import WORDS, check_folder, rule_files, signal_files
from empathy_lint.rulebook.phrases import Pattern, PhraseError, compile_phrase
from empathy_lint.rulebook.strict import Value, did_you_mean, parse
from empathy_lint.rulebook.types import Example, Examples, Find, Rule, Rulebook, SignalSpec

Lists = Mapping[str, tuple[str, ...]]

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_ADVICE = ("avoid-", "use-", "prefer-", "no-use-", "dont-")
_RULE_KEYS = (
    *("id", "summary", "why", "scope", "level", "certainty", "situation", "channels"),
    *("find", "mark", "says", "rewrites", "question", "examples"),
)
_SIGNAL_KEYS = ("means", "patterns", "except", "detector", "find", "scope", "mark", "examples")
_EXAMPLE_KINDS = ("bad", "good", "missed", "false_alarms")
_EXAMPLE_KEYS = ("reply", "customer", "channel", "first", "format", "syntax")
QUESTION = "Would you tweak it in any way?"


def bundled_folder() -> Path:
    """Where the rules of this package lie: inside the wheel, or beside the package in a checkout."""
    inside = Path(str(resources.files("empathy_lint"))) / "rules"
    return inside if inside.is_dir() else inside.parent.parent / "rules"


def load(folders: Iterable[Path], detectors: Sequence[str]) -> Rulebook:
    """The rulebook of all folders, later ones on top. `detectors` are the known Python detectors.

    Raises RuleError for the first thing that is wrong.
    """
    lists: dict[str, tuple[str, ...]] = {}
    rules: dict[str, Rule] = {}
    signals: dict[str, SignalSpec] = {}
    names: set[str] = set()
    for folder in folders:
        check_folder(folder)
        lists |= _word_lists(folder / WORDS)
        names |= {file.stem for file in signal_files(folder)}
        for file in signal_files(folder):
            signals[file.stem] = read_signal(file, lists, tuple(detectors), names)
        for file in rule_files(folder):
            rules[file.stem] = read_rule(file, file.parent.name, names)
    for signal in signals.values():
        _check_circle(signal, signals, ())
    return Rulebook(rules, signals)


def _parse(file: Path) -> Value:
    try:
        return parse(str(file), file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(str(file), f"can't be read as UTF-8 text: {error}") from error


def _word_lists(file: Path) -> Lists:
    if not file.is_file():
        return {}
    root = _parse(file)
    if not isinstance(root.data, dict):
        raise root.error("words.yaml must map a list's name to its words")
    return {name: tuple(as_text(item, name) for item in as_list(value, name)) for name, value in root.data.items()}


def read_signal(file: Path, lists: Lists, detectors: tuple[str, ...], names: Collection[str]) -> SignalSpec:
    """One signal file, named after the signal."""
    fields = Fields(_parse(file), "a signal", _SIGNAL_KEYS)
    detector = fields.get("detector")
    if detector and detector.data not in detectors:
        raise detector.error(f"unknown detector “{detector.data}”.{did_you_mean(str(detector.data), detectors)}")
    find = _find(fields.get("find"), names)
    patterns = _patterns(fields.get("patterns"), lists)
    if not (patterns or detector or find):
        raise fields.value.error("a signal needs “patterns”, a “detector” or a “find”")
    return SignalSpec(
        name=_name(file, fields.value),
        means=fields.text("means"),
        patterns=patterns,
        exceptions=_patterns(fields.get("except"), lists),
        detector=detector.data if detector else "",
        find=find,
        scope=cast(Scope, fields.choice("scope", SCOPES, "sentence")),
        mark=fields.text("mark", ""),
        examples=_examples(fields.get("examples")),
        path=str(file),
        line=1,
    )


def read_rule(file: Path, family: str, names: Collection[str]) -> Rule:
    """One rule file, named after the rule."""
    fields = Fields(_parse(file), "a rule", _RULE_KEYS)
    name = _name(file, fields.value)
    if fields.text("id") != name:
        raise fields.need("id").error(f"the id must be the file's name, “{name}”")
    if name.startswith(_ADVICE):
        raise fields.need("id").error("an id names the fault, not the remedy; it must read well after “allow …”")
    find_value = fields.need("find")
    find = _find(find_value, names)
    assert find is not None
    mark = fields.text("mark", find.sought[0] if find.sought else "opening")
    if mark not in (*find.sought, "opening", "closing", "reply"):
        raise fields.need("mark").error("“mark” must be a signal that “find” looks for, or opening, closing or reply")
    situation = fields.choice("situation", ("difficult", "routine", "any"), "any")
    return Rule(
        id=name,
        family=family,
        summary=fields.text("summary"),
        why=fields.text("why"),
        scope=cast(Scope, fields.choice("scope", SCOPES, "sentence")),
        level=cast(Level, fields.choice("level", LEVELS, "warning")),
        certainty=cast(Certainty, fields.choice("certainty", ("high", "medium", "low"), "high")),
        situation=None if situation == "any" else cast(Situation, situation),
        channels=cast(tuple[Channel, ...], fields.choices("channels", CHANNELS)) or CHANNELS,
        find=find,
        mark=mark,
        says=fields.text("says"),
        rewrites=fields.texts("rewrites"),
        question=fields.text("question", QUESTION),
        examples=_examples(fields.get("examples")),
        path=str(file),
        line=find_value.line,
    )


def _name(file: Path, value: Value) -> str:
    if not _ID.match(file.stem):
        raise value.error(f"the file's name “{file.stem}” must be lower-case words joined by hyphens")
    return file.stem


def _patterns(value: Value | None, lists: Lists) -> tuple[Pattern, ...]:
    if value is None:
        return ()
    return tuple(_compile(item, lists) for item in as_list(value, "patterns"))


def _compile(item: Value, lists: Lists) -> Pattern:
    try:
        return compile_phrase(as_text(item, "patterns"), lists)
    except PhraseError as error:
        raise item.error(str(error)) from error


def _find(value: Value | None, names: Collection[str]) -> Find | None:
    if value is None:
        return None
    fields = Fields(value, "“find”", ("all", "any", "none", "order", "near"))
    found = {key: _signal_names(fields.get(key), key, names) for key in ("all", "any", "none", "order")}
    find = Find(**found, near=fields.count("near", 0))
    if not find.names:
        raise value.error("“find” names no signal")
    return find


def _signal_names(value: Value | None, key: str, names: Collection[str]) -> tuple[str, ...]:
    for item in as_list(value, key) if value else ():
        if item.data not in names:
            raise item.error(f"unknown signal “{item.data}”.{did_you_mean(str(item.data), names)}")
    return tuple(str(item.data) for item in as_list(value, key)) if value else ()


def _examples(value: Value | None) -> Examples:
    if value is None:
        return Examples()
    fields = Fields(value, "“examples”", _EXAMPLE_KINDS)
    return Examples(*(_example_list(fields.get(kind), kind) for kind in _EXAMPLE_KINDS))


def _example_list(value: Value | None, kind: str) -> tuple[Example, ...]:
    return tuple(_example(item) for item in as_list(value, kind)) if value else ()


def _example(item: Value) -> Example:
    if isinstance(item.data, str):
        return Example(*_unmark(item.data, item), item.line)
    fields = Fields(item, "an example", _EXAMPLE_KEYS)
    return Example(
        *_unmark(fields.text("reply"), fields.need("reply")),
        item.line,
        fields.text("customer", ""),
        cast(Channel | None, fields.choice("channel", CHANNELS, "") or None),
        fields.flag("first"),
        fields.text("format", ""),
        fields.text("syntax", ""),
    )


def _unmark(text: str, value: Value) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and what they marked. Of three brackets in a row the inner one is text."""
    plain, spans, start = "", [], -1
    for piece in re.split(r"(\[\[|\]\](?!\]))", text):
        if piece == "[[" and start < 0:
            start = len(plain)
        elif piece == "]]" and start >= 0:
            spans.append(Span(start, len(plain)))
            start = -1
        elif piece in ("[[", "]]"):
            raise value.error("[[ and ]] must come in pairs")
        else:
            plain += piece
    if start >= 0:
        raise value.error("[[ and ]] must come in pairs")
    return plain, tuple(spans)


def _check_circle(signal: SignalSpec, signals: Mapping[str, SignalSpec], above: tuple[str, ...]) -> None:
    if signal.name in above:
        raise RuleError(signal.path, f"signals in a circle: {' → '.join((*above, signal.name))}", signal.line)
    for name in signal.find.names if signal.find else ():
        _check_circle(signals[name], signals, (*above, signal.name))
