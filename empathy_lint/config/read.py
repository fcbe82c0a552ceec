"""Configuration files: find the nearest one, read it and what it extends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from empathy_lint.config.build import Layer, settings_of
from empathy_lint.config.check import Document, checked_table
from empathy_lint.config.keys import KEYS
from empathy_lint.config.positions import key_lines
from empathy_lint.config.settings import Settings
from empathy_lint.globs import absolute, near
from empathy_lint.model import ConfigError

OWN_NAME = "empathy-lint.toml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "empathy-lint")
_TOML_PLACE = re.compile(r" ?\(at line (\d+), column (\d+)\)")


class _Raw(NamedTuple):
    """Our table of one file, unchecked; `table` None where a pyproject.toml has none."""

    document: Document
    table: Any


def settings_for(path: str | Path, given: str | Path | None = None, isolated: bool = False) -> Settings:
    """The settings of a linted file or folder: of `given` (`--config`), else of the nearest configuration.

    `-` stands for the working folder. Raises ConfigError for the first thing that is wrong.
    """
    if isolated:
        return Settings()
    found = str(given) if given is not None else find_config(path)
    return read_settings(str(absolute(found))) if found else Settings()


def find_config(path: str | Path) -> str:
    """The nearest `empathy-lint.toml`, or `pyproject.toml` with our table, upwards; empty where none is."""
    place = absolute("." if str(path) == "-" else path)
    return _upwards(place if place.is_dir() else place.parent)


@cache
def _upwards(folder: Path) -> str:
    own, project = folder / OWN_NAME, folder / PYPROJECT
    if own.is_file():
        return str(own)
    if project.is_file() and _raw(str(project)).table is not None:
        return str(project)
    return _upwards(folder.parent) if folder.parent != folder else ""


@cache
def read_settings(path: str) -> Settings:
    """The settings that a configuration file and those it extends amount to."""
    layers = list(_layers(path, ()))
    return settings_of(layers[::-1])


def forget() -> None:
    """Read everything anew: for tests, and for a process that outlives a change of the files."""
    for cached in (_upwards, read_settings, _raw):
        cached.cache_clear()


def _layers(path: str, above: tuple[str, ...]) -> Iterator[Layer]:
    """A file, then what it extends, and so on."""
    raw = _raw(path)
    if raw.table is None:
        raise ConfigError(near(path), "there is no [tool.empathy-lint] in this file")
    document = raw.document
    values = checked_table(document, raw.table, KEYS)
    yield Layer(document, values)
    if "extend" in values:
        base = str(absolute(Path(path).parent / values["extend"]))
        if base in (*above, path):
            circle = " → ".join((*above, path, base))
            raise document.error(("extend",), f"configurations extend each other in a circle: {circle}")
        if not Path(base).is_file():
            raise document.error(("extend",), f"there is no file “{values['extend']}” to extend")
        yield from _layers(base, (*above, path))


@cache
def _raw(path: str) -> _Raw:
    text = _text(path)
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, str(error), text.count("\n") + 1) from error
    if Path(path).name != PYPROJECT:
        return _Raw(Document(path, text, key_lines(text)), whole)
    tool = whole.get("tool")
    table = tool.get(TABLE[1]) if isinstance(tool, dict) else None
    # Most pyproject.toml are not ours: their lines are never asked for.
    return _Raw(Document(path, text, key_lines(text) if table is not None else {}, TABLE), table)


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(near(path), f"can't be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(near(path), "not UTF-8; save the file as UTF-8") from error


def _unreadable(path: str, message: str, last: int) -> ConfigError:
    place = _TOML_PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place else (last, 0)
    return ConfigError(near(path), f"not readable as TOML: {_TOML_PLACE.sub('', message)}", line, column)
