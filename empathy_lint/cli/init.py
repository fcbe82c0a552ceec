"""`empathy-lint init`: look at a repository, say what was recognised, and propose a configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote
from textwrap import indent

import click

from empathy_lint import atomic
from empathy_lint.config import find_config
from empathy_lint.config.read import OWN_NAME
from empathy_lint.globs import near
from empathy_lint.model import ConfigError
from empathy_lint.report.terminal import one_line
from empathy_lint.report.words import plural
from empathy_lint.starter import ATTRIBUTES, Look, folders, look_around, starter

_GITATTRIBUTES = ".gitattributes"
# A repository may hold hundreds of files that are none of ours.
_MOST_NAMED = 8


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write the files that are proposed. Without it, you are asked first.")
def command(folder: Path, write: bool) -> int:
    """Look at FOLDER (the working folder, when left out): which files hold macros or replies, in which format?

    Proposes an empathy-lint.toml, and shows it. A file that is there already is never touched.
    """
    there = _configured(folder)
    if there and write:
        raise ConfigError(near(there), "there is a configuration already; nothing was written")
    looks = look_around(folder)
    for line in _seen(looks):
        click.echo(line)
    if not folders(looks):
        return 0
    files = {} if there else _proposed(folder, looks)
    for path, text in files.items():
        click.echo(f"\nI would write {near(path)}:\n\n{indent(text, '    ')}")
    if there:
        click.echo(f"\n{near(there)} is your configuration already; nothing to write.")
    elif write or _agreed():
        _write(files)
    else:
        click.echo("Nothing was written. `empathy-lint init --write` writes it.")
    for line in _next(folder, looks):
        click.echo(line)
    return 0


def _configured(folder: Path) -> str:
    """A configuration in the folder itself or above it."""
    return find_config(folder)


def _seen(looks: Iterable[Look]) -> Iterator[str]:
    by_kind: dict[str, list[Look]] = {"replies": [], "other": [], "unread": []}
    for look in looks:
        by_kind[look.kind].append(look)
    if not by_kind["replies"]:
        yield "No macros and no replies were recognised here. docs/input.md lists what is."
    else:
        yield "Replies:"
        yield from (f"  {one_line(_described(look))}" for look in by_kind["replies"])
    for look in by_kind["unread"][:_MOST_NAMED]:
        yield one_line(f"Not readable: {look.path}: {look.message}")
    if others := by_kind["other"]:
        named = ", ".join(one_line(look.path) for look in others[:_MOST_NAMED])
        yield f"Not replies, as far as I can see: {named}{' …' if len(others) > _MOST_NAMED else ''}"


def _described(look: Look) -> str:
    """`macros/a.yaml: yaml, 12 replies at macros[*].body, 2 left alone`"""
    at = f" at {look.route}" if "[*]" in look.route else ""
    skipped = f", {look.skipped:,} left alone (inactive, or in another language)" if look.skipped else ""
    return f"{look.path}: {look.format or 'export'}, {plural(look.replies, 'reply', 'replies')}{at}{skipped}"


def _proposed(folder: Path, looks: Iterable[Look]) -> dict[Path, str]:
    """Path → text of the files that are not there yet."""
    files = {folder / OWN_NAME: starter(looks), folder / _GITATTRIBUTES: ATTRIBUTES}
    in_git = (folder / ".git").exists()
    return {path: text for path, text in files.items() if not path.exists() and (in_git or path.name == OWN_NAME)}


def _agreed() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and click.confirm("Write this?", default=False)


def _write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        if path.exists():  # it may have come while you were asked
            raise ConfigError(near(path), "is there already; not overwritten")
        atomic.write(path, text.encode())
        click.echo(f"Wrote {near(path)}.")


def _next(folder: Path, looks: Iterable[Look]) -> Iterator[str]:
    paths = " ".join(quote(near(folder / path) + "/" * path.endswith("/")) for path in folders(looks))
    attributes = folder / _GITATTRIBUTES
    yield "\nNext:"
    yield f"  empathy-lint check {paths}"
    yield f"  empathy-lint baseline {paths}    accepts what is found today, so that only new findings fail"
    if attributes.is_file() and ATTRIBUTES.strip() not in attributes.read_text("utf-8", "replace"):
        yield f"  add to {_GITATTRIBUTES}: {ATTRIBUTES.strip()}    so that baselines of two branches merge"
