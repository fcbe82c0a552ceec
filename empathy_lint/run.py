"""One run over many files: read, lint, gather. A file that can't be read is a problem; the others go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from empathy_lint import discovery
from empathy_lint.model import Finding, InputError, Problem, Reply, ReplyRow, Report, Skipped
from empathy_lint.rulebook import Rule, Rulebook
from empathy_lint.sources import ReadOptions, read


@dataclass(slots=True)
class Gathered:
    """What reading brought up beside replies: files that could not be checked, macros left alone."""

    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def replies(self, paths: Iterable[str], stdin_filename: str, options: ReadOptions) -> Iterator[Reply]:
        """The replies of all files, in order, file by file."""
        for file in discovery.files(paths):
            try:
                name = stdin_filename if file == discovery.STDIN else file
                yield from self._kept(read(name, discovery.load(file), options))
            except InputError as error:
                self.problems.append(Problem(error.path, error.message, error.line, error.column))

    def _kept(self, found: Iterable[Reply | Skipped]) -> Iterator[Reply]:
        for item in found:
            if isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                yield item


def examine(
    book: Rulebook, rules: tuple[Rule, ...], replies: Iterable[Reply], gathered: Gathered, signals: bool = False
) -> Report:
    """Lint the replies and gather all there is to say. spaCy is imported with the first reply, not before."""
    rows: list[ReplyRow] = []
    findings: list[Finding] = []
    pipeline = ""
    stream = iter(replies)
    first = next(stream, None)
    if first is not None:
        from itertools import chain

        from empathy_lint.linter import lint, make_linter

        linter = make_linter(book, rules)
        pipeline = linter.pipeline
        for checked in lint(linter, chain((first,), stream), signals):
            rows.append(checked.row)
            findings += checked.findings
    return Report(
        pipeline=pipeline,
        replies=tuple(rows),
        findings=tuple(findings),
        problems=tuple(gathered.problems),
        skipped=tuple(gathered.skipped),
        rules={rule.id: rule.page for rule in rules},
        with_signals=signals,
    )
