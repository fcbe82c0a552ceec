"""`empathy-lint config`: what is in force for a path, and where each value came from."""

from __future__ import annotations

import json

import click

from empathy_lint.config import Row, explain_settings, find_config
from empathy_lint.globs import near


@click.command()
@click.argument("path", default=".")
@click.option("--config", "given", type=click.Path(dir_okay=False), help="Use this configuration file for every path.")
@click.option("--isolated", is_flag=True, help="Read no configuration: show the defaults.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(path: str, given: str | None, isolated: bool, form: str) -> int:
    """Show what is in force for PATH (the working folder, when left out) and where each value came from."""
    rows = explain_settings(path, given, isolated)
    if form == "json":
        click.echo(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2))
        return 0
    click.echo(_heading(path, given, isolated))
    click.echo(_table(rows))
    return 0


def _heading(path: str, given: str | None, isolated: bool) -> str:
    found = "" if isolated else given or find_config(path)
    return f"{path}: {near(found) if found else 'no configuration; everything is built in'}\n"


def _table(rows: tuple[Row, ...]) -> str:
    """Three columns, as wide as their widest entry."""
    keys, values = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"{row.key:<{keys}}  {row.value:<{values}}  {row.origin}".rstrip() for row in rows)
