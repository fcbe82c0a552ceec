"""The command line on top of the configuration → a `Request`: which files, how each is read, which rules it gets."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from empathy_lint import discovery
from empathy_lint.cli.choose import check_given, chosen, picked, rulebook, split
from empathy_lint.config import InForce, Settings, check_names, excluder, in_force, settings_for
from empathy_lint.model import Channel, RulePage
from empathy_lint.rulebook import Rulebook
from empathy_lint.run import Request, Ruleset, Source
from empathy_lint.signals.thresholds import Thresholds
from empathy_lint.sources import ReadOptions
from empathy_lint.sources.decode import decode
from empathy_lint.suppress import PAGES, ByRoute


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says about files and rules. Where it speaks, the configuration is silent.

    `select` sets aside what the configuration selects and ignores; `ignore` and `rules` (folders) come on top.
    `config` is used for every path.
    """

    paths: tuple[str, ...]
    channel: Channel | None = None
    customer: str | None = None
    stdin_filename: str = "-"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    config: str | None = None
    isolated: bool = False

    def settings(self, path: str) -> Settings:
        return settings_for(path, self.config, self.isolated)

    def name(self, path: str) -> str:
        return self.stdin_filename if path == discovery.STDIN else path

    @property
    def first(self) -> str:
        """The path whose configuration speaks for the run as a whole."""
        return self.name(self.paths[0]) if self.paths else "."


def request(asked: Asked) -> Request:
    """All files with what holds for each. Raises EmpathyLintError for whatever is wrong in a configuration."""
    options = ReadOptions(channel=asked.channel, customer=_message(asked.customer))
    whole, rulesets = asked.settings(asked.first), _rulesets(asked)
    _ = rulesets(whole, in_force(whole, asked.first))  # what is misspelt is told even where no file is found
    found = discovery.files(asked.paths, excluder(asked.config, asked.isolated), whole.respect_gitignore)
    sources, tables, of_folder = list[Source](), dict[ByRoute, None](), cache(asked.settings)
    for path in found:
        name = asked.name(path)
        settings = of_folder(os.path.dirname(name) or ".")  # noqa: PTH120  # a Path for each file takes its time
        force = in_force(settings, name, options)
        sources.append(Source(path, name, rulesets(settings, force), force.options))
        tables |= dict.fromkeys(settings.suppress)
    return Request(tuple(sources), pages=_pages(asked, whole), by_route=tuple(tables))


def ruleset(asked: Asked) -> Ruleset:
    """The rules for the first path alone, whatever kind of file it is. Raises EmpathyLintError as `request` does."""
    whole = asked.settings(asked.first)
    return _rulesets(asked)(whole, in_force(whole, asked.first))


def _message(path: str | None) -> str:
    """The customer's message: a plain text file's whole text."""
    return decode(path, discovery.load(path), max_bytes=ReadOptions().max_bytes) if path else ""


def _rulesets(asked: Asked) -> Callable[[Settings, InForce], Ruleset]:
    """Files for which the same holds get the same ruleset."""
    book_of, made = _rulebooks(asked), dict[object, Ruleset]()

    def ruleset(settings: Settings, force: InForce) -> Ruleset:
        key = (settings.path, force.select, force.ignore, force.levels)
        if key not in made:
            book, wanted = book_of(settings), _wanted(asked, force)
            rules = chosen(book, wanted.select, wanted.ignore, wanted.levels)
            made[key] = Ruleset(book, rules, _thresholds(settings), settings.pipeline)
        return made[key]

    return ruleset


def _rulebooks(asked: Asked) -> Callable[[Settings], Rulebook]:
    """The rulebook under a configuration, of which all names are known."""
    loaded = cache(rulebook)

    def book_of(settings: Settings) -> Rulebook:
        book = loaded((*settings.rules, *asked.rules))
        check_names(settings, [*book.rules, *PAGES])
        check_given((*split(asked.select), *split(asked.ignore)), book)
        return book

    return book_of


def _wanted(asked: Asked, force: InForce) -> InForce:
    select, ignore = split(asked.select), split(asked.ignore)
    return replace(force, select=select or force.select, ignore=(*(() if select else force.ignore), *ignore))


def _pages(asked: Asked, settings: Settings) -> dict[str, RulePage]:
    """The rules about suppressions that are in force for the run."""
    wanted = _wanted(asked, in_force(settings, asked.first))
    return {page.id: page for page in picked(PAGES.values(), wanted.select, wanted.ignore, wanted.levels)}


def _thresholds(settings: Settings) -> Thresholds:
    given = {name.replace("-", "_"): limit for name, limit in settings.thresholds.items()}
    return Thresholds(**given)  # type: ignore[arg-type]  # the keys and their types are checked as they are read
