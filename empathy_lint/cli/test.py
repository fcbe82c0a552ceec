"""`empathy-lint test`: run the examples that rules and signals carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from empathy_lint.cli.choose import rulebook
from empathy_lint.examples import LABELS, Outcome, cases, run, shortcomings
from empathy_lint.model import FAMILIES, EmpathyLintError
from empathy_lint.report.words import plural

if TYPE_CHECKING:
    from empathy_lint.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to test: a rulebook, and which of its rules, families and signals (none means all)."""

    book: Rulebook
    names: tuple[str, ...]


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULES]...")
@click.option("--rules", "folders", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
@click.option("--quiet", "-q", is_flag=True, help="Only what does not hold.")
def command(rules: tuple[str, ...], folders: tuple[Path, ...], quiet: bool) -> int:
    """Run the examples that rules and signals carry.

    RULES are ids, families, names of signals, or folders of your own rules; all of them, when left out.
    Exit status: 0 all hold, 1 some don't.
    """
    wanted = _wanted(rules, folders)
    outcomes = _outcomes(wanted)
    lacking = list(shortcomings(wanted.book, wanted.names))
    for line in (*(_shown(each) for each in outcomes if each.status != "ok"), *lacking):
        click.echo(line)
    failed = sum(outcome.status == "failed" for outcome in outcomes) + len(lacking)
    if failed or not quiet:
        click.echo(_summary(len(outcomes), failed))
    return int(failed > 0)


def _wanted(words: Sequence[str], folders: Sequence[Path]) -> Wanted:
    """Folders among the words are rule folders whose own rules and signals are tested."""
    own = [Path(word) for word in words if Path(word).is_dir()]
    names = [word for word in words if Path(word) not in own]
    book = rulebook((*folders, *own))
    for name in names:
        _known(name, book)
    there = [str(folder) for folder in own]
    names += [rule.id for rule in book.rules.values() if _inside(rule.path, there)]
    names += [signal.name for signal in book.signals.values() if _inside(signal.path, there)]
    if own and not names:
        raise EmpathyLintError(f"no rules or signals in {', '.join(there)}")
    return Wanted(book, tuple(names))


def _inside(path: str, folders: Sequence[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _known(name: str, book: Rulebook) -> None:
    known = (*book.rules, *book.signals, *FAMILIES)
    if name not in known:
        from empathy_lint.rulebook.strict import did_you_mean

        raise EmpathyLintError(f"no rule, family, signal or folder is called “{name}”.{did_you_mean(name, known)}")


def _outcomes(wanted: Wanted) -> list[Outcome]:
    from empathy_lint.linter import make_linter

    linter = make_linter(wanted.book, wanted.book.rules.values())
    return [run(linter, case) for case in cases(wanted.book, wanted.names)]


def _shown(outcome: Outcome) -> str:
    case = outcome.case
    place = f"{case.subject.path}:{case.example.line}"
    return f"{place}: {case.name}, {LABELS[case.kind]} {outcome.message}\n    {' '.join(case.example.reply.split())}"


def _summary(total: int, failed: int) -> str:
    ran = f"{plural(total, 'example')} run"
    return f"{ran}, {failed} to look at." if failed else f"{ran}. All hold."
