"""Reading the fields of a mapping: what may stand there, of which type, and a kind error otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from empathy_lint.rulebook.strict import Value, did_you_mean


class Fields:
    """The keys of one mapping, each taken once; `close` complains about any that nobody took."""

    def __init__(self, value: Value, what: str, known: Iterable[str]) -> None:
        if not isinstance(value.data, dict):
            raise value.error(f"{what} must be a mapping of keys to values")
        self.value, self.what, self._known = value, what, tuple(known)
        for key, entry in value.data.items():
            if key not in self._known:
                hint = did_you_mean(key, self._known) or f" Known keys: {', '.join(self._known)}."
                raise entry.error(f"unknown key “{key}” in {what}.{hint}")

    def get(self, key: str) -> Value | None:
        found: Value | None = self.value.data.get(key)
        return found

    def need(self, key: str) -> Value:
        found = self.get(key)
        if found is None or found.data is None:
            raise self.value.error(f"{self.what} lacks “{key}”")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        found = self.get(key)
        if found is None and default is not None:
            return default
        return as_text(self.need(key), key)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.get(key)
        return tuple(as_text(item, key) for item in as_list(found, key)) if found else ()

    def choice(self, key: str, choices: Iterable[str], default: str) -> str:
        found = self.get(key)
        return one_of(found, key, choices) if found else default

    def choices(self, key: str, choices: Iterable[str]) -> tuple[str, ...]:
        found = self.get(key)
        return tuple(one_of(item, key, choices) for item in as_list(found, key)) if found else ()

    def count(self, key: str, default: int) -> int:
        found = self.get(key)
        if found is None:
            return default
        if isinstance(found.data, bool) or not isinstance(found.data, int) or found.data < 0:
            raise found.error(f"“{key}” must be a whole number")
        return found.data

    def flag(self, key: str) -> bool | None:
        found = self.get(key)
        if found is None or isinstance(found.data, bool):
            return found.data if found else None
        raise found.error(f"“{key}” must be true or false, without quotes")


def as_text(value: Value, key: str) -> str:
    if not isinstance(value.data, str):
        raise value.error(f"“{key}” must be text; put quotes around it")
    return value.data.strip()


def as_list(value: Value, key: str) -> list[Value]:
    """The items; a single text stands for a list of one."""
    if isinstance(value.data, str):
        return [value]
    if not isinstance(value.data, list):
        raise value.error(f"“{key}” must be a list")
    return list(value.data)


def one_of(value: Value, key: str, choices: Iterable[str]) -> str:
    word: Any = value.data
    if isinstance(word, bool):
        word = "on" if word else "off"
    allowed = tuple(choices)
    if word not in allowed:
        hint = did_you_mean(str(word), allowed) or f" One of: {', '.join(allowed)}."
        raise value.error(f"“{key}” can't be “{word}”.{hint}")
    return str(word)
