"""`empathy-lint explain`: the page of one rule or signal."""

from __future__ import annotations

from pathlib import Path

import click

from empathy_lint.cli.choose import rulebook
from empathy_lint.model import EmpathyLintError
from empathy_lint.pages import find_page, names, plain
from empathy_lint.rulebook.strict import did_you_mean


@click.command()
@click.argument("rule")
@click.option("--rules", "folders", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
def command(rule: str, folders: tuple[Path, ...]) -> int:
    """Show the page of a RULE or a signal: what it sees, why it matters, what to write instead, how to silence it."""
    book = rulebook(folders)
    page = find_page(book, rule)
    if page is None:
        hint = did_you_mean(rule, names(book))
        raise EmpathyLintError(f"no rule or signal is called “{rule}”.{hint} `empathy-lint rules` lists the rules.")
    click.echo(plain(page), nl=False)
    return 0
