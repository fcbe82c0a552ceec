"""`empathy-lint rules`: the list of rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from empathy_lint.cli.choose import rulebook
from empathy_lint.model import FAMILIES, RulePage
from empathy_lint.pages import rows


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--rules", "folders", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
def command(form: str, folders: tuple[Path, ...]) -> int:
    """List the rules: id, family, level, and what each speaks up about."""
    pages = sorted(rows(rulebook(folders)), key=lambda page: (FAMILIES.index(page.family), page.id))
    found = [asdict(page) for page in pages]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if form == "json" else _table(pages))
    return 0


def _table(pages: Sequence[RulePage]) -> str:
    """Four columns; the first three as wide as their widest entry."""
    cells = [("rule", "family", "level", "what it sees"), *((p.id, p.family, p.level, p.summary) for p in pages)]
    wide = [max(len(row[column]) for row in cells) for column in range(3)]
    return "\n".join("  ".join((*(cell.ljust(w) for cell, w in zip(row, wide, strict=False)), row[3])) for row in cells)
