"""The rulebook of some folders as it was compiled the last time: 10 ms instead of 150.

A phrase costs more to compile than to hear. So the finished rulebook is kept in the user's cache folder, under a
name made of every byte that it was read from; after any change it is read from its YAML again, with its errors.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from empathy_lint import store
from empathy_lint.offsets import Span
from empathy_lint.rulebook.folder import all_files, check_folder
from empathy_lint.rulebook.load import load
from empathy_lint.rulebook.phrases import Pattern
from empathy_lint.rulebook.types import Example, Examples, Find, Rule, Rulebook, SignalSpec


def recalled(folders: Iterable[Path], detectors: Sequence[str]) -> Rulebook:
    """`load(folders, detectors)`, from the cache where nothing changed. Raises RuleError as `load` does."""
    places = list(folders)
    for folder in places:
        check_folder(folder)
    name = _name(places, detectors)
    known = store.get("rules", name) if name else None
    if known is not None:
        return _unpacked(marshal.loads(known), name)
    book = load(places, detectors)
    # Someone may have saved a file meanwhile.
    if name and name == _name(places, detectors):
        store.put("rules", name, marshal.dumps(_packed(book)))
    return replace(book, key=name)


def _name(folders: Iterable[Path], detectors: Sequence[str]) -> str:
    """Empty where a file can't be read: `load` will say why."""
    try:
        files = [(str(file), file.read_bytes()) for folder in folders for file in all_files(folder)]
    except OSError:
        return ""
    places = "\n".join(map(str, folders))
    return store.key(store.engine(), places, *detectors, *(part for file in files for part in file))


def _packed(book: Rulebook) -> Any:
    """Plain tuples, in the order of the fields."""
    return (
        [_row(rule) for rule in book.rules.values()],
        [_row(signal) for signal in book.signals.values()],
    )


def _row(value: Any) -> Any:
    if isinstance(value, (Rule, SignalSpec, Find, Pattern, Examples, Example)):
        return tuple(_row(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Span):
        return (value.start, value.end)
    return tuple(map(_row, value)) if isinstance(value, tuple) else value


def _unpacked(packed: Any, name: str) -> Rulebook:
    rules, signals = packed
    return Rulebook(
        {rule.id: rule for rule in map(_rule, rules)},
        {signal.name: signal for signal in map(_signal, signals)},
        name,
    )


_RULE = [field.name for field in fields(Rule)]
_SIGNAL = [field.name for field in fields(SignalSpec)]


def _rule(row: Any) -> Rule:
    told = dict(zip(_RULE, row, strict=True))
    return Rule(**told | {"find": Find(*told["find"]), "examples": _examples(told["examples"])})


def _signal(row: Any) -> SignalSpec:
    told = dict(zip(_SIGNAL, row, strict=True))
    whole = {key: tuple(Pattern(*pattern) for pattern in told[key]) for key in ("patterns", "exceptions")}
    find = told["find"] and Find(*told["find"])
    return SignalSpec(**told | whole | {"find": find, "examples": _examples(told["examples"])})


def _examples(row: Any) -> Examples:
    return Examples(*(tuple(_example(*example) for example in group) for group in row))


def _example(reply: str, spans: Any, *rest: Any) -> Example:
    return Example(reply, tuple(Span(*span) for span in spans), *rest)
