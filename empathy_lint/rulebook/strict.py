"""YAML read strictly: every value knows its line, a repeated key is an error, nothing is guessed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from empathy_lint.model import RuleError


@dataclass(frozen=True, slots=True)
class File:
    """One rule file: where it lies and its lines, for errors that show the line itself."""

    path: str
    text: str

    def error(self, line: int, message: str) -> RuleError:
        """A RuleError that names the file and shows line `line` (1-based)."""
        lines = self.text.splitlines()
        shown = f"\n    {line} | {lines[line - 1].rstrip()}" if 0 < line <= len(lines) else ""
        return RuleError(self.path, message + shown, line)


@dataclass(frozen=True, slots=True)
class Value:
    """A YAML value with its 1-based line: `data` is a str, bool, int, float, None, list or dict of Values."""

    data: Any
    line: int
    file: File

    def error(self, message: str) -> RuleError:
        return self.file.error(self.line, message)

    def plain(self) -> Any:
        """The same without lines."""
        if isinstance(self.data, dict):
            return {key: value.plain() for key, value in self.data.items()}
        if isinstance(self.data, list):
            return [value.plain() for value in self.data]
        return self.data


def parse(path: str, text: str) -> Value:
    """One YAML document. Raises RuleError at the place of a syntax error or a repeated key."""
    import yaml

    file = File(path, text)
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_aliases(file, loader_class)
        loader = loader_class(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise file.error(1, "the file is empty; a rule or a signal was expected")
            return _value(node, file, loader)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise file.error(line, f"not readable as YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise file.error(0, f"not readable as YAML: {error}") from error


def _refuse_aliases(file: File, loader_class: Any) -> None:
    """An alias may hold itself, or grow without bound; a value that stands where it is used is plainer too."""
    if "&" not in file.text or "*" not in file.text:
        return
    import yaml

    for token in yaml.scan(file.text, Loader=loader_class):
        if isinstance(token, yaml.AliasToken):
            raise file.error(token.start_mark.line + 1, "aliases (*name) are not read; write the value out")


def _value(node: Any, file: File, loader: Any) -> Value:
    line = node.start_mark.line + 1
    if node.id == "sequence":
        return Value([_value(child, file, loader) for child in node.value], line, file)
    if node.id == "mapping":
        return Value(_mapping(node, file, loader), line, file)
    try:
        data = loader.construct_object(node)
    except ValueError as error:
        raise file.error(line, f"not readable as YAML: {error}") from error
    if not isinstance(data, (str, bool, int, float, type(None))):
        data = node.value
    return Value(data, line, file)


def _mapping(node: Any, file: File, loader: Any) -> dict[str, Value]:
    result: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise file.error(line, "a key must be a plain word")
        if key in result:
            raise file.error(line, f"“{key}” is given twice; the first is on line {result[key].line}")
        result[key] = _value(value_node, file, loader)
    return result


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """“ Did you mean x?” where something known is near, else an empty string."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""
