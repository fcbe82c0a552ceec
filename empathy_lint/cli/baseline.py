"""`empathy-lint baseline`: accept today's findings, or forget those that are gone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from empathy_lint import atomic, baseline
from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.config import baseline_file, settings_for
from empathy_lint.globs import near
from empathy_lint.model import Report


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--prune", is_flag=True, help="Accept nothing new; only take out entries that are not found any more.")
@click.option("--config", "given", type=click.Path(dir_okay=False), help="Use this configuration file for every path.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
def command(paths: tuple[str, ...], output: Path | None, prune: bool, given: str | None, isolated: bool) -> int:
    """Accept the findings of today in PATHS (the working folder, when left out): `check` reports new ones only."""
    paths = paths or (".",)
    file = output or baseline_file(settings_for(paths[0], given, isolated))
    old = baseline.load(file) if prune or file.is_file() else baseline.empty(file.parent)
    report, read = examined(paths, given, isolated)
    for problem in report.problems:
        click.echo(f"empathy-lint: could not check {problem.path}: {problem.message}", err=True)
    if report.problems:
        click.echo("empathy-lint: nothing was written: a baseline of half the findings would hide the rest", err=True)
        return COULD_NOT_CHECK
    new = _pruned(old, report, read) if prune else baseline.make(old, report.findings, report.replies, read)
    atomic.write(file, baseline.dumps(new).encode())
    click.echo(_said(file, old, new))
    return 0


def _pruned(old: baseline.Baseline, report: Report, read: Sequence[str]) -> baseline.Baseline:
    stale = baseline.apply(old, report.findings, report.replies, read, tuple(report.rules)).stale
    return baseline.prune(old, stale)


def _said(file: Path, old: baseline.Baseline, new: baseline.Baseline) -> str:
    total, before = sum(new.entries.values()), sum(old.entries.values())
    kept = sum(min(count, old.entries.get(entry, 0)) for entry, count in new.entries.items())
    return f"{near(file)}: {total} accepted finding{'s' * (total != 1)} ({total - kept} new, {before - kept} taken out)"


def examined(paths: tuple[str, ...], given: str | None, isolated: bool) -> tuple[Report, tuple[str, ...]]:
    """The report on all paths, before any baseline, and the files that were read.

    The one seam to the run: what `check` does before it applies a baseline.
    """
    from empathy_lint.cli.plan import Asked, request
    from empathy_lint.cli.progress import progress
    from empathy_lint.run import examine

    asked_for = request(Asked(paths, config=given, isolated=isolated))
    outcome = examine(asked_for, progress(len(asked_for.sources), quiet=False))
    return outcome.report, outcome.read
