"""`empathy-lint fix`: mend broken placeholders that have one obvious mend, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from empathy_lint import atomic, discovery
from empathy_lint.cli.app import COULD_NOT_CHECK
from empathy_lint.cli.plan import Asked, request
from empathy_lint.fix import RULES, Edit, diff, mended, mends
from empathy_lint.model import Finding, InputError, Reply
from empathy_lint.report.terminal import one_line, visible
from empathy_lint.report.words import plural
from empathy_lint.run import Request, Source
from empathy_lint.sources import read


@dataclass(frozen=True, slots=True)
class Mended:
    """One file, before and after."""

    path: str
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--diff", "show", is_flag=True,
              help="Show what would change and write nothing; exit status 1 if anything.")
@click.option("--config", type=click.Path(dir_okay=False), help="Use this configuration file for every path.")
@click.option("--isolated", is_flag=True, help="Read no configuration.")
def command(paths: tuple[str, ...], show: bool, config: str | None, isolated: bool) -> int:
    """Mend broken placeholders that have one obvious mend: `{{order.id}`, `{{ticket..title}}`, `{{ticket.tittle}}`.

    Words are never touched, and no feeling is ever put in by a machine. Only the placeholder changes: encoding,
    line ends and everything else in the file stay as they are. What is silenced or switched off stays too.
    """
    if discovery.STDIN in paths:
        raise click.UsageError("name files or folders: standard input can't be mended in its place")
    return mend(request(Asked(paths, config=config, isolated=isolated)), show)


def mend(asked_for: Request, show: bool, err: bool = False) -> int:
    """Mend the files asked for, or only show what would change; the exit status.

    With `err` what was mended is told on standard error, where another report has standard output.
    """
    done, failed = list[Mended](), False
    for source in asked_for.sources:
        try:
            each = _file(source, asked_for)
        except InputError as error:
            failed = True
            click.echo(f"empathy-lint: {error}", err=True)
            continue
        if each.edits:
            done.append(each)
            _tell(each) if show else _write(each, err)
    click.echo(_summary(done, show), err=show or err)
    return COULD_NOT_CHECK if failed else int(show and bool(done))


def _file(source: Source, asked_for: Request) -> Mended:
    data = discovery.load(source.path)
    replies = [item for item in read(source.name, data, source.options) if isinstance(item, Reply)]
    edits = mends(_findings(source, asked_for, replies), replies)
    return Mended(source.name, data, mended(source.name, data, edits, source.options) if edits else data, edits)


def _findings(source: Source, asked_for: Request, replies: Iterable[Reply]) -> tuple[Finding, ...]:
    """What the rules that have mends find, without what is silenced. No pipeline is needed for that."""
    from empathy_lint.suppress import Seen, silence

    seen, book = Seen(), source.ruleset.book
    found = [finding for reply in seen.each(replies) for finding in _in_reply(reply, source)]
    return silence(found, seen, book.rules, lambda _: (), asked_for.by_route, {}).findings


def _in_reply(reply: Reply, source: Source) -> Iterator[Finding]:
    from empathy_lint.evaluate import finding_at
    from empathy_lint.sources.placeholders import check_placeholders, words_for

    rules = {rule.id: rule for rule in source.ruleset.rules if rule.id in RULES and reply.channel in rule.channels}
    for fault in check_placeholders(reply) if rules else ():
        if fault.rule in rules:
            yield finding_at(rules[fault.rule], reply, fault.span, words_for(fault).get)


def _write(each: Mended, err: bool) -> None:
    atomic.write(Path(each.path), each.after)
    for edit in each.edits:
        place = f"{each.path}:{edit.at.line}:{edit.at.column}"
        click.echo(one_line(f"{place}: {edit.rule}: {edit.old} → {edit.new}"), err=err)


def _tell(each: Mended) -> None:
    """A patch, byte for byte; on a terminal, with whatever could steer it made harmless."""
    sides = (side.decode("utf-8", "surrogateescape") for side in (each.before, each.after))
    patch = diff(each.path, *sides)
    if sys.stdout.isatty():
        click.echo(visible(patch, "\n\t"), nl=False)
    else:
        click.echo(patch.encode("utf-8", "surrogateescape"), nl=False)


def _summary(done: list[Mended], show: bool) -> str:
    count = sum(len(each.edits) for each in done)
    if not count:
        return "Nothing to mend."
    verb = "would be mended" if show else "mended"
    return f"{plural(count, 'placeholder')} {verb} in {plural(len(done), 'file')}."
