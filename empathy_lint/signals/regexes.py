"""Compiled regular expressions, remembered from one run to the next.

Python compiles an expression with Python code: a millisecond for one of ours, and a first reply meets a
hundred. What comes out is a list of numbers that `_sre` turns into a pattern in no time. Those numbers are
kept in the user's cache folder, for this very Python and these very rules; `_sre` checks them before it
uses them. Wherever that does not work, `re.compile` does.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from empathy_lint import store

# Flags, the numbers as bytes, and how many groups.
Code = tuple[int, bytes, int]
Codes = dict[str, Code]

_patterns: dict[str, re.Pattern[str]] = {}
_codes: Codes = {}
_books: set[str] = set()
_fresh: set[str] = set()


def compiled(regex: str) -> re.Pattern[str]:
    """`re.compile(regex)`, each expression once."""
    pattern = _patterns.get(regex)
    if pattern is None:
        pattern = _patterns[regex] = _from_code(regex) or _compile(regex)
    return pattern


def recall(book: str) -> None:
    """Take up what earlier runs compiled for the rulebook of this key. An empty key has nothing kept."""
    if book and book not in _books:
        _books.add(book)
        kept = store.get("patterns", _name(book))
        _codes.update(marshal.loads(kept) if kept else {})


def remember(books: Iterable[str]) -> None:
    """Keep what this run had to compile, beside what was kept before, for the rulebooks of these keys."""
    if _fresh:
        _fresh.clear()
        for book in filter(None, books):
            store.put("patterns", _name(book), marshal.dumps(_codes))


def taken() -> Codes:
    """What was compiled in this process since the last call, for another one to `add`."""
    codes = {regex: _codes[regex] for regex in _fresh}
    _fresh.clear()
    return codes


def add(codes: Codes) -> None:
    """Take up what another process compiled, to `remember` it."""
    _codes.update(codes)
    _fresh.update(codes)


def _name(book: str) -> str:
    return store.key(book, sys.version, str(getattr(import_module("_sre"), "MAGIC", "")), sys.byteorder)


def _compile(regex: str) -> re.Pattern[str]:
    try:
        _codes[regex] = _code(regex)
        _fresh.add(regex)
    except Exception:  # these modules of Python's own promise nothing
        return re.compile(regex)
    return _from_code(regex) or re.compile(regex)


def _code(regex: str) -> Code:
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
    parsed = parser.parse(regex)
    if parsed.state.groupdict:
        raise ValueError("named groups are not kept")
    return parsed.state.flags, array("I", compiler._code(parsed, 0)).tobytes(), parsed.state.groups


def _from_code(regex: str) -> re.Pattern[str] | None:
    if regex not in _codes:
        return None
    flags, numbers, groups = _codes[regex]
    sre: Any = import_module("_sre")
    try:
        pattern: re.Pattern[str] = sre.compile(
            regex, flags, array("I", numbers).tolist(), groups - 1, {}, (None,) * groups
        )
    except (AttributeError, TypeError, ValueError, RuntimeError):
        return None
    return pattern
