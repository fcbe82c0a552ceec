"""`empathy-lint check --stdin-jsonl`: a reply a line in, a result a line out, at once, from a warm process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from empathy_lint import discovery, hearing
from empathy_lint.cli.plan import Asked, request
from empathy_lint.model import Finding, InputError, Problem, Reply
from empathy_lint.offsets import Location
from empathy_lint.report.jsonl import problem_line, result_line
from empathy_lint.request import Request
from empathy_lint.signals.regexes import remember
from empathy_lint.sources.decode import decode
from empathy_lint.sources.jsonl import single
from empathy_lint.suppress import Seen, silence


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of one line of input: `text` is a line of JSON without its end."""

    text: str
    findings: tuple[Finding, ...] = ()
    problem: Problem | None = None


def results(asked: Asked, signals: bool, lines: BinaryIO) -> Iterator[Result]:
    """A result for each line, before the next is read. The linter is ready before the first.

    Raises EmpathyLintError for what is wrong in a configuration, a rule or a pipeline; a line that can't be read is
    a result with a problem.
    """
    asked_for = request(replace(asked, paths=(discovery.STDIN,)))
    judge = hearing.Judge(asked_for.sources[0].ruleset)
    hearing.ready(judge)
    for number, data in enumerate(_lines(lines, asked_for.sources[0].options.max_bytes), 1):
        yield _result(asked_for, judge, number, data, signals)
        # After the answer: nobody waits for it, and whoever stops us later loses nothing.
        remember([judge.ruleset.book.key])


def _lines(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Of a line that is longer than any reader takes, no more than shows that."""
    while line := file.readline(most + 2):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(most + 2)


def _result(asked_for: Request, judge: hearing.Judge, number: int, data: bytes, signals: bool) -> Result:
    name = asked_for.sources[0].name
    try:
        reply = _reply(asked_for, number, data)
    except InputError as error:
        return _wrong(Problem(name, error.message, number, error.column))
    (checked,) = hearing.judged(judge, [reply], signals)
    if checked.problem:
        return _wrong(replace(checked.problem, line=number))
    findings = tuple(_moved(finding, number) for finding in _left(asked_for, reply, checked.findings))
    return Result(result_line(checked.row, findings, signals), findings)


def _reply(asked_for: Request, number: int, data: bytes) -> Reply:
    source = asked_for.sources[0]
    if not data.strip():
        raise InputError(source.name, "an empty line; a JSON object with a `reply` was expected", number)
    text = decode(source.name, data.rstrip(b"\r\n"), max_bytes=source.options.max_bytes)
    return single(source.name, text, number, source.options)


def _wrong(problem: Problem) -> Result:
    return Result(problem_line(problem), problem=problem)


def _left(asked_for: Request, reply: Reply, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Without what is silenced. Nobody knows yet which suppression goes unused."""
    seen, ruleset = Seen(), asked_for.sources[0].ruleset
    seen.note(reply)
    known = set(ruleset.book.rules)
    return silence(
        findings, seen, known, lambda _: ruleset.ids, asked_for.by_route, asked_for.pages, unused=False
    ).findings


def _moved(finding: Finding, number: int) -> Finding:
    """The line that a reply came in is the only one of its source."""
    start, end = (Location(number, each.column) for each in finding.location)
    return replace(finding, location=(start, end))
