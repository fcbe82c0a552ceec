"""`empathy-lint check`: read, lint, report, and say by the exit status how it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import click

from empathy_lint import atomic, discovery
from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.cli.plan import Asked, request
from empathy_lint.cli.progress import progress
from empathy_lint.config import baseline_file
from empathy_lint.globs import near
from empathy_lint.model import CHANNELS, Problem, Report
from empathy_lint.report import FOR_PEOPLE, FORMATS, blocks, render
from empathy_lint.report.words import plural
from empathy_lint.run import Outcome, Request, examine

RANKS = {"hint": 1, "warning": 2, "error": 3, "never": 4}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says beside files and rules: how far to look, and what to show where."""

    form: str
    outputs: tuple[tuple[str, Path], ...]
    fail_on: str | None
    exit_zero: bool
    signals: bool
    statistics: bool
    baseline: Path | None
    diff_base: str
    jobs: int
    no_cache: bool
    quiet: bool


def _outputs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    pairs = [value.partition("=")[::2] for value in given]
    for form, path in pairs:
        if form not in FORMATS or not path:
            known = ", ".join(FORMATS)
            raise click.BadParameter(f"FORMAT=PATH is wanted, such as sarif=report.sarif; formats: {known}")
    return tuple((form, Path(path)) for form, path in pairs)


def _jobs(_context: click.Context, _option: click.Parameter, given: str) -> int:
    """0 stands for `auto`."""
    if given != "auto" and not (given.isascii() and given.isdigit() and int(given) > 0):
        raise click.BadParameter("a number above 0 is wanted, or auto")
    return 0 if given == "auto" else int(given)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--channel", type=click.Choice(CHANNELS), help="How the replies are sent; guessed where it is not given.")
@click.option("--customer", type=click.Path(dir_okay=False), help="A file with the customer's message.")
@click.option("--stdin-filename", default="-", metavar="NAME", help="The name, and so the format, of standard input.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--output", "outputs", multiple=True, metavar="FORMAT=PATH", callback=_outputs,
              help="Write a report to a file as well; may be repeated.")
@click.option("--select", multiple=True, metavar="NAMES", help="Only these rules: ids, families or beginnings of ids.")
@click.option("--ignore", multiple=True, metavar="NAMES", help="Not these rules.")
@click.option("--rules", multiple=True, type=click.Path(path_type=Path), help="A folder of your own rules.")
@click.option("--config", type=click.Path(dir_okay=False), help="Use this configuration file for every path.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path),
              help="A file of accepted findings, as `empathy-lint baseline` writes it.")
@click.option("--diff-base", default="", metavar="REV",
              help="Only replies that are new or changed since a git revision.")
@click.option("--fail-on", type=click.Choice(list(RANKS)[::-1]),
              help="The least level that makes the exit status 1.  [default: warning]")
@click.option("--exit-zero", is_flag=True,
              help="Exit status 0 whatever is found; still 2 where a check was not possible.")
@click.option("--signals", is_flag=True, help="Show in JSON what was heard in each reply.")
@click.option("--statistics", is_flag=True, help="Count the findings of each family and rule.")
@click.option("--jobs", "-j", default="auto", show_default=True, metavar="NUMBER", callback=_jobs,
              help="Processes to share the work.")
@click.option("--stdin-jsonl", is_flag=True,
              help="Answer each line of JSON on standard input with one, at once; for editors and other programs.")
@click.option("--fix", is_flag=True, help="Mend broken placeholders that have one obvious mend, then check.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, write and check nothing.")
@click.option("--no-cache", is_flag=True, help="Don't use or write the cache.")
@click.option("--quiet", "-q", is_flag=True, help="Nothing where nothing was found.")
def command(**given: Any) -> int:
    """Lint replies, macros or whole folders, or `-` for standard input."""
    if given.pop("stdin_jsonl"):
        return _stream(given)
    if not given["paths"]:
        raise click.UsageError("name a file, a folder, or - for standard input")
    asked = Asked(**{each.name: given.pop(each.name) for each in fields(Asked)})
    mends, shows = given.pop("fix"), given.pop("diff")
    if (mends or shows) and (mended := _mend(asked, shows)) is not None:
        return mended
    wish = Wish(**given)
    outcome = examine(asked_for := _request(asked, wish), progress(len(asked_for.sources), wish.quiet))
    _show(outcome, wish, asked_for)
    return exit_status(outcome.report, wish.fail_on or asked.settings(asked.first).fail_on, wish.exit_zero)


# What has no meaning, or no place, in a stream of answers.
NOT_STREAMED = ("paths", "outputs", "baseline", "diff_base", "statistics", "fix", "diff")


def _stream(given: dict[str, Any]) -> int:
    """A line out for each line in. Nobody waits: each is written through before the next is read."""
    from empathy_lint.cli.stream import results

    for name in (name for name in NOT_STREAMED if given[name]):
        said = {"paths": "a file", "outputs": "--output"}.get(name, f"--{name.replace('_', '-')}")
        raise click.UsageError(f"--stdin-jsonl answers line by line; leave out {said}")
    asked = Asked(**{each.name: given[each.name] for each in fields(Asked)})
    fails_at = RANKS[given["fail_on"] or asked.settings(asked.name(discovery.STDIN)).fail_on]
    status = 0
    for result in results(asked, given["signals"], sys.stdin.buffer):
        sys.stdout.buffer.write(f"{result.text}\n".encode())
        sys.stdout.buffer.flush()
        fails = any(RANKS.get(each.level, 0) >= fails_at for each in result.findings) and not given["exit_zero"]
        status = max(status, COULD_NOT_CHECK if result.problem else int(fails))
    return status


def _mend(asked: Asked, shows: bool) -> int | None:
    """What `empathy-lint fix` does. None where the check goes on."""
    from empathy_lint.cli.fix import mend

    if discovery.STDIN in asked.paths:
        raise click.UsageError("name files or folders: standard input can't be mended in its place")
    status = mend(request(asked), shows, err=True)
    return status if shows else None


def _request(asked: Asked, wish: Wish) -> Request:
    """A baseline that is named must be there; the one of the configuration counts as soon as it is."""
    usual = baseline_file(asked.settings(asked.first))
    accepted = wish.baseline or (usual if usual.is_file() else None)
    asked_for = replace(request(asked), signals=wish.signals, base=wish.diff_base, baseline=accepted)
    return replace(asked_for, jobs=wish.jobs, cache=not wish.no_cache)


def _show(outcome: Outcome, wish: Wish, asked_for: Request) -> None:
    """Files first: whoever closes our output early still gets them."""
    report = outcome.report
    for form, path in wish.outputs:
        atomic.write(path, render(form, report, statistics=wish.statistics).encode())
    if report.findings or report.problems or not wish.quiet:
        _print(blocks(wish.form, report, color=_color(), statistics=wish.statistics))
    for line in _notes(outcome, wish, asked_for):
        click.echo(f"empathy-lint: {line}", err=True)


def _print(texts: Iterable[str]) -> None:
    """A terminal gets what it can show; a file or a program gets UTF-8."""
    encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
    try:
        for text in texts:
            click.echo(text.encode(encoding, "replace"), nl=False)
    except BrokenPipeError:  # whoever reads has seen enough; the exit status still says what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _notes(outcome: Outcome, wish: Wish, asked_for: Request) -> Iterator[str]:
    """What is not in the report, for a person."""
    if wish.form != "text":
        yield from (f"could not check {shown(problem)}" for problem in outcome.report.problems)
    if wish.quiet:
        return
    if outcome.silenced and wish.form in FOR_PEOPLE:
        yield f"{plural(len(outcome.silenced), 'finding')} silenced by suppressions"
    if outcome.accepted and wish.form in FOR_PEOPLE:
        yield f"{plural(outcome.accepted, 'finding')} accepted by {near(asked_for.baseline or '')}"
    if stale := sum(outcome.stale.values()):
        gone = plural(stale, "accepted finding is", "accepted findings are")
        yield f"{gone} not found any more; `empathy-lint baseline --prune` takes {'it' if stale == 1 else 'them'} out"


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


def _color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
