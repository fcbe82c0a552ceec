"""`empathy-lint cache`: where it is, and how to be rid of it."""

from __future__ import annotations

import click

from empathy_lint import store
from empathy_lint.report.words import plural


@click.group()
def command() -> None:
    """Findings of unchanged files, as offsets and hashes without any text, and compiled rules."""


@command.command()
def clear() -> int:
    """Remove all that is in the cache."""
    count, size = store.clear()
    click.echo(f"{plural(count, 'file')} removed, {size / 1e6:.1f} MB")
    return 0


@command.command("dir")
def folder() -> int:
    """Show the cache folder."""
    click.echo(str(store.folder()))
    return 0
