"""`empathy-lint check`: read, lint, report, and say by the exit status how it went."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import cast

import click

from empathy_lint import discovery
from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.cli.choose import chosen, rulebook, split
from empathy_lint.model import CHANNELS, Channel, Problem, Report
from empathy_lint.report import FORMATS, render
from empathy_lint.run import Gathered, examine
from empathy_lint.sources import ReadOptions
from empathy_lint.sources.decode import decode

RANKS = {"hint": 1, "warning": 2, "error": 3, "never": 4}


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--channel", type=click.Choice(CHANNELS), help="How the replies are sent; guessed where it is not given.")
@click.option("--customer", type=click.Path(dir_okay=False), help="A file with the customer's message.")
@click.option("--stdin-filename", default="-", metavar="NAME", help="The name, and so the format, of standard input.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules: ids, families or beginnings of ids.")
@click.option("--ignore", multiple=True, metavar="NAMES", help="Not these rules.")
@click.option("--rules", "folders", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
@click.option("--fail-on", type=click.Choice(list(RANKS)[::-1]), default="warning", show_default=True,
              help="The least level that makes the exit status 1.")
@click.option("--exit-zero", is_flag=True,
              help="Exit status 0 whatever is found; still 2 where a check was not possible.")
@click.option("--signals", is_flag=True, help="Show in JSON what was heard in each reply.")
@click.option("--no-cache", is_flag=True, help="Don't use or write the cache.")
@click.option("--quiet", "-q", is_flag=True, help="Nothing where nothing was found.")
def command(
    paths: tuple[str, ...], channel: str | None, customer: str | None, stdin_filename: str, form: str,
    select: tuple[str, ...], ignore: tuple[str, ...], folders: tuple[Path, ...], fail_on: str, exit_zero: bool,
    signals: bool, no_cache: bool, quiet: bool,
) -> int:
    """Lint replies, macros or whole folders, or `-` for standard input."""
    del no_cache  # accepted from the start; there is no cache yet
    if not paths:
        raise click.UsageError("name a file, a folder, or - for standard input")
    book = rulebook(folders)
    rules = chosen(book, split(select), split(ignore))
    options = ReadOptions(channel=cast(Channel | None, channel), customer=_message(customer))
    gathered = Gathered()
    report = examine(book, rules, gathered.replies(paths, stdin_filename, options), gathered, signals)
    if report.findings or report.problems or not quiet:
        click.echo(render(form, report, color=_color()), nl=False)
    if form != "text":
        for problem in report.problems:
            click.echo(f"empathy-lint: could not check {shown(problem)}", err=True)
    return exit_status(report, fail_on, exit_zero)


def exit_status(report: Report, fail_on: str, exit_zero: bool) -> int:
    """0, 1 or 2 as PRODUCT.md has it: 2 as soon as anything could not be checked."""
    if report.problems:
        return COULD_NOT_CHECK
    fails = any(RANKS.get(finding.level, 0) >= RANKS[fail_on] for finding in report.findings)
    return int(fails and not exit_zero)


def shown(problem: Problem) -> str:
    """`path:line: message`."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem.message}"


def _message(path: str | None) -> str:
    """The customer's message: a plain text file's whole text."""
    if path is None:
        return ""
    return decode(path, discovery.load(path), max_bytes=ReadOptions().max_bytes)


def _color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
