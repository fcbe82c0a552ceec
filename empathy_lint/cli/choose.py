"""Which rules run: by id, family or the beginning of an id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from empathy_lint.model import FAMILIES, EmpathyLintError
from empathy_lint.rulebook import Rule, Rulebook, bundled_folder, load


def rulebook(folders: Sequence[Path] = ()) -> Rulebook:
    """The bundled rules with the user's own folders on top."""
    from empathy_lint.signals.names import DETECTOR_NAMES

    return load([bundled_folder(), *folders], DETECTOR_NAMES)


def chosen(book: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Rules that are selected (all, where nothing is), not ignored and not `off`."""
    for name in (*select, *ignore):
        _known(name, book)
    return tuple(
        rule
        for rule in book.rules.values()
        if rule.level != "off" and (not select or _named(rule, select)) and not _named(rule, ignore)
    )


def _named(rule: Rule, names: Iterable[str]) -> bool:
    return any(name in (rule.id, rule.family) or rule.id.startswith(f"{name}-") for name in names)


def _known(name: str, book: Rulebook) -> None:
    if not any(_named(rule, (name,)) for rule in book.rules.values()) and name not in FAMILIES:
        from empathy_lint.rulebook.strict import did_you_mean

        hint = did_you_mean(name, [*book.rules, *FAMILIES])
        raise EmpathyLintError(f"no rule or family is called “{name}”.{hint} `empathy-lint rules` lists them.")


def split(values: Iterable[str]) -> tuple[str, ...]:
    """`--select tone,offer --select late` → tone, offer, late."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
