"""What a run is asked to do, and what it brings up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from empathy_lint import baseline
from empathy_lint.model import Finding, Problem, Reply, ReplyRow, Report, RulePage, Skipped
from empathy_lint.rulebook import Rule, Rulebook
from empathy_lint.signals.thresholds import Thresholds
from empathy_lint.sources import ReadOptions
from empathy_lint.suppress import PAGES, ByRoute, Seen


@dataclass(frozen=True, slots=True, eq=False)
class Ruleset:
    """Rules that are in force together. Files that share one share a linter, so it is compared by identity."""

    book: Rulebook
    rules: tuple[Rule, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    pipeline: str = ""

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, `-` for standard input; `name` is what it goes by."""

    path: str
    name: str
    ruleset: Ruleset
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class Request:
    """All that a run is asked to do.

    `pages` are the rules about suppressions that are in force, `by_route` the configured suppressions. `base` is
    a git revision: only what changed since is looked at. `baseline` is a file of accepted findings. `jobs` is
    the number of processes, 0 for as many as fit. With `cache`, files that have not changed are not judged again.
    """

    sources: tuple[Source, ...]
    signals: bool = False
    pages: Mapping[str, RulePage] = field(default_factory=lambda: PAGES)
    by_route: tuple[ByRoute, ...] = ()
    base: str = ""
    baseline: Path | None = None
    jobs: int = 0
    cache: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The report on what is left to say, what was silenced or accepted, and the files that were read whole.

    `stale` are entries of the baseline that hold more than was found.
    """

    report: Report
    read: tuple[str, ...]
    silenced: tuple[tuple[Finding, str], ...] = ()
    accepted: int = 0
    stale: Mapping[baseline.Entry, int] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """What came up on the way, file by file; `problems` of reading, `bugs` of judging."""

    pipeline: str = ""
    rows: list[ReplyRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bugs: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)
    macros: dict[Ruleset, list[Reply]] = field(default_factory=dict)

    def is_broken(self, path: str) -> bool:
        """Whether a file was not read whole, or a reply in it not judged."""
        return any(problem.path == path for problem in (*self.problems, *self.bugs))

    def in_order(self, names: Iterable[str]) -> None:
        """Bring all that came up into the order of the files."""
        place = {name: number for number, name in enumerate(names)}
        self.rows.sort(key=lambda row: place[row.path])
        self.findings.sort(key=lambda finding: place[finding.path])
        # What stops the reading of a file comes after all that was read of it.
        self.problems = sorted([*self.bugs, *self.problems], key=lambda problem: place.get(problem.path, -1))
        self.skipped.sort(key=lambda skipped: place[skipped.path])
        self.seen.files = {name: self.seen.files[name] for name in sorted(self.seen.files, key=place.__getitem__)}
        for macros in self.macros.values():
            macros.sort(key=lambda reply: place[reply.path])
