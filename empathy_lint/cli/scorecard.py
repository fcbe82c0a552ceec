"""`empathy-lint scorecard`: what the replies of each library do, counted by library and channel."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.cli.choose import chosen
from empathy_lint.cli.plan import Asked, request
from empathy_lint.cli.progress import progress
from empathy_lint.model import Report
from empathy_lint.report.terminal import visible
from empathy_lint.run import Request, Ruleset, examine
from empathy_lint.scorecard import as_json, as_table, scorecard


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
@click.option("--config", type=click.Path(dir_okay=False), help="Use this configuration file for every path.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
def command(paths: tuple[str, ...], form: str, rules: tuple[Path, ...], config: str | None, isolated: bool) -> int:
    """How often the replies of each library acknowledge, confirm, refuse with an offer, and keep a clear tone.

    A library is the first folder or file below PATHS. All tone rules are asked, whatever the configuration
    silences or accepts, so that libraries can be compared. People are never counted, and never ranked.
    """
    report = _report(Asked(paths or (".",), rules=rules, config=config, isolated=isolated))
    for problem in report.problems:
        click.echo(f"empathy-lint: could not check {problem.path}: {problem.message}", err=True)
    cards = scorecard(report)
    if form == "json":
        click.echo(json.dumps(as_json(cards), ensure_ascii=False, indent=1))
    else:
        click.echo(visible(as_table(cards), "\n") or "No replies here to read.")
    return COULD_NOT_CHECK if report.problems else 0


def _report(asked: Asked) -> Report:
    """Tone findings, silenced ones too, and all signals of the replies; only reading follows the configuration."""
    wanted = request(asked)
    rulesets = {ruleset: _tone(ruleset) for ruleset in {source.ruleset for source in wanted.sources}}
    sources = tuple(replace(source, ruleset=rulesets[source.ruleset]) for source in wanted.sources)
    done = examine(Request(sources, signals=True, pages={}), progress(len(sources), quiet=False))
    return replace(done.report, findings=(*done.report.findings, *(finding for finding, _ in done.silenced)))


def _tone(ruleset: Ruleset) -> Ruleset:
    return replace(ruleset, rules=chosen(ruleset.book, ("tone",), ()))
