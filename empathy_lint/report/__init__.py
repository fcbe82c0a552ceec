"""Findings → words: every output format is one module with one function `(report) -> str`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

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


def render(form: str, report: Report, *, color: bool = False, statistics: bool = False) -> str:
    """The report in one of `FORMATS`, ending in a line end, encodable as UTF-8.

    `color` and `statistics` (a table of findings by family and rule) concern the formats for people.
    Raises KeyError for a form that is not in `FORMATS`.
    """
    module, _, function = FORMATS[form].partition(".")
    write: Callable[..., str] = getattr(import_module(f"{__name__}.{module}"), function)
    return write(report, color=color, statistics=statistics) if form in FOR_PEOPLE else write(report)
