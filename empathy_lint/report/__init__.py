"""Findings → words: every output format is one module with one function `(report) -> str`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from empathy_lint.model import Report

# name → "module.function", imported when used: nobody pays for a format that was not asked for.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "text.render",
        "concise": "concise.render",
        "json": "json.render",
        "jsonl": "jsonl.render",
        "sarif": "sarif.render",
        "github": "github.render",
        "gitlab": "gitlab.render",
        "junit": "junit.render",
        "markdown": "markdown.render",
        "html": "html.render",
    }
)

# Formats for a person at a terminal; the others know neither colour nor a table of counts.
FOR_PEOPLE = frozenset({"text", "concise"})


# Those that may be long are written row by row. Characters that a program gets at a time.
ROW_BY_ROW: Mapping[str, str] = MappingProxyType({"json": "json.pieces", "jsonl": "jsonl.pieces"})
BLOCK = 1 << 20


def blocks(form: str, report: Report, *, color: bool = False, statistics: bool = False) -> Iterator[str]:
    """What `render` gives, about a million characters at a time: a report may be longer than the replies."""
    if form not in ROW_BY_ROW:
        yield render(form, report, color=color, statistics=statistics)
        return
    waiting, size = list[str](), 0
    for piece in _function(ROW_BY_ROW[form])(report):
        waiting.append(piece)
        size += len(piece)
        if size > BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def render(form: str, report: Report, *, color: bool = False, statistics: bool = False) -> str:
    """The report in one of `FORMATS`, ending in a line end, encodable as UTF-8.

    `color` and `statistics` (a table of findings by family and rule) concern the formats for people.
    Raises KeyError for a form that is not in `FORMATS`.
    """
    write: Callable[..., str] = _function(FORMATS[form])
    return write(report, color=color, statistics=statistics) if form in FOR_PEOPLE else write(report)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), function)
    return found
