"""Which rules run, and at which level: by id, family or the beginning of an id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from empathy_lint.model import FAMILIES, EmpathyLintError, Level, RulePage
from empathy_lint.rulebook import Rule, Rulebook, bundled_folder, recalled
from empathy_lint.suppress import PAGES

# A rule, or one of those about suppressions, which have no rule file.
Named = TypeVar("Named", Rule, RulePage)
ALL = "all"


def rulebook(folders: Sequence[Path] = ()) -> Rulebook:
    """The bundled rules with the user's own folders on top."""
    from empathy_lint.signals.names import DETECTOR_NAMES

    return recalled([bundled_folder(), *folders], DETECTOR_NAMES)


def chosen(
    book: Rulebook, select: Sequence[str], ignore: Sequence[str], levels: Sequence[tuple[str, Level]] = ()
) -> tuple[Rule, ...]:
    """The rules of a rulebook that are `picked`."""
    return picked(book.rules.values(), select, ignore, levels)


def picked(
    rules: Iterable[Named], select: Sequence[str], ignore: Sequence[str], levels: Sequence[tuple[str, Level]] = ()
) -> tuple[Named, ...]:
    """Rules that are selected (all, where nothing is), not ignored and not `off`, at the level they are given."""
    everything = not select or ALL in select
    wanted = (rule for rule in rules if (everything or _named(rule, select)) and not _named(rule, ignore))
    return tuple(rule for rule in (_at_level(rule, levels) for rule in wanted) if rule.level != "off")


def _at_level(rule: Named, levels: Sequence[tuple[str, Level]]) -> Named:
    from empathy_lint.config import level_of

    level = level_of(tuple(levels), rule.id, rule.family)
    return replace(rule, level=level) if level else rule


def _named(rule: Rule | RulePage, names: Iterable[str]) -> bool:
    return any(name in (rule.id, rule.family) or rule.id.startswith(f"{name}-") for name in names)


def check_given(names: Iterable[str], book: Rulebook) -> None:
    """Raise EmpathyLintError for the first name of the command line that means no rule."""
    rules: tuple[Rule | RulePage, ...] = (*book.rules.values(), *PAGES.values())
    for name in names:
        if name not in (*FAMILIES, ALL) and not any(_named(rule, (name,)) for rule in rules):
            from empathy_lint.rulebook.strict import did_you_mean

            hint = did_you_mean(name, [*(rule.id for rule in rules), *FAMILIES])
            raise EmpathyLintError(f"no rule or family is called “{name}”.{hint} `empathy-lint rules` lists them.")


def split(values: Iterable[str]) -> tuple[str, ...]:
    """`--select tone,offer --select late` → tone, offer, late."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
