"""`empathy-lint audit`: an archive of past replies, judged where it is, on this machine or on Spark."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from empathy_lint import atomic
from empathy_lint.audit.columns import Columns
from empathy_lint.audit.files import FORMATS
from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.cli.plan import Asked, ruleset
from empathy_lint.cli.progress import PAUSE, WIDTH, draw
from empathy_lint.model import CHANNELS
from empathy_lint.report.terminal import visible
from empathy_lint.report.words import plural

if TYPE_CHECKING:
    from empathy_lint.audit.judge import Task
    from empathy_lint.audit.local import Audit
    from empathy_lint.audit.state import State
    from empathy_lint.audit.tally import Tally

SCORECARD = "_scorecard.json"
ROWS = 5_000


@click.command()
@click.argument("archive")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
              help="All cores of this machine, or Apache Spark by its own configuration.")
@click.option("--output", metavar="FOLDER", help="Where the results go.  [default: ARCHIVE.audit, here]")
@click.option("--archive-format", type=click.Choice(FORMATS), help="Where its name does not say it.")
@click.option("--results-format", type=click.Choice(FORMATS), help="[default: as the archive]")
@click.option("--id-column", default="id", show_default=True)
@click.option("--reply-column", default="reply", show_default=True)
@click.option("--customer-column", default="customer", show_default=True, help="What the customer wrote.")
@click.option("--channel-column", default="channel", show_default=True, help="email, chat or macro.")
@click.option("--first-column", default="first_reply", show_default=True, help="Whether it is the first reply.")
@click.option("--channel", type=click.Choice(CHANNELS), default="email", show_default=True,
              help="How replies are sent that don't say it.")
@click.option("--html", is_flag=True, help="Replies and customers' messages are HTML.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules: ids, families or beginnings of ids.")
@click.option("--ignore", multiple=True, metavar="NAMES", help="Not these rules.")
@click.option("--part-rows", type=click.IntRange(min=1), default=ROWS, show_default=True,
              help="Replies in one part of the results; an interruption loses no more in each process.")
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
@click.option("--config", type=click.Path(dir_okay=False), help="Use this configuration file.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="NUMBER",
              help="Processes, or tasks on Spark.  [default: one a core, or a task for each 8 MB]")
def command(archive: str, engine: str, form: str, **given: Any) -> int:
    """Judge an archive of past replies: Parquet, JSON Lines or CSV, a file or a folder of part files.

    The results are a row for each reply: its id, its situation and its findings by offsets, and no word of it.
    The scorecard counts them by channel, never by person. An audit that was interrupted goes on with the same command.

    Exit status: 0 every reply was judged, 2 one or more could not be.
    """
    from empathy_lint.audit.tally import PROBLEM, kinds_of, scorecard_json, scorecard_table, total

    task = _task(archive, given)
    output = given["output"] or f"{PurePath(archive).name}.audit"
    counted = (_local if engine == "local" else _spark)(archive, output, task, given)
    kinds = kinds_of(task.ruleset)
    card = json.dumps(scorecard_json(counted, archive, kinds), ensure_ascii=False, indent=1)
    if engine == "local":
        atomic.write(Path(output, SCORECARD), card.encode())
    click.echo(card if form == "json" else visible(scorecard_table(counted, archive, kinds), "\n"))
    click.echo(f"empathy-lint: the results are in {output}", err=True)
    if problems := total(counted, PROBLEM):
        what = f"{plural(problems, 'reply', 'replies')} could not be judged; the column `problem` says why"
        click.echo(f"empathy-lint: {what}", err=True)
    return COULD_NOT_CHECK if problems else 0


def _task(archive: str, given: dict[str, Any]) -> Task:
    from empathy_lint.audit.judge import Task

    asked = Asked((archive,), **{name: given[name] for name in ("select", "ignore", "rules", "config", "isolated")})
    return Task(ruleset(asked), given["channel"], given["html"])


def _columns(given: dict[str, Any]) -> Columns:
    return Columns(**{each.name: given[f"{each.name}_column"] for each in fields(Columns)})


def _local(archive: str, output: str, task: Task, given: dict[str, Any]) -> Tally:
    from empathy_lint.audit import files
    from empathy_lint.audit.local import Audit, start

    form = given["archive_format"] or files.form(Path(archive))
    results = given["results_format"] or form
    how = (form, results, given["jobs"] or 0, given["part_rows"])
    audit = Audit(Path(archive), Path(output), task, _columns(given), *how)
    done = start(audit)
    if done.done:
        rows = sum(part.rows for part in done.done.values())
        click.echo(f"empathy-lint: {plural(rows, 'reply', 'replies')} of this audit were judged before", err=True)
    _watched(audit, done)
    return done.counted


def _watched(audit: Audit, done: State) -> None:
    """Do it, with a progress bar where somebody watches."""
    from empathy_lint.audit.local import run

    watched, due = sys.stderr.isatty(), 0.0
    try:
        for rows, share in run(audit, done):
            if watched and monotonic() >= due:
                draw(bar(rows, share))
                due = monotonic() + PAUSE
    except KeyboardInterrupt:
        click.echo("\nempathy-lint: the same command goes on from here", err=True)
        raise
    finally:
        if watched:
            draw("")


def bar(rows: int, share: float) -> str:
    """`[######      ] 25%, 4,210 replies`"""
    filled = int(WIDTH * share)
    return f"[{'#' * filled}{' ' * (WIDTH - filled)}] {share:.0%}, {plural(rows, 'reply', 'replies')}"


def _spark(archive: str, output: str, task: Task, given: dict[str, Any]) -> Tally:
    from empathy_lint.audit import files, spark

    form = given["archive_format"] or files.form_by_name(archive) or files.form(Path(archive))
    results = given["results_format"] or form
    return spark.audit(archive, form, output, results, task, _columns(given), given["jobs"] or 0)
