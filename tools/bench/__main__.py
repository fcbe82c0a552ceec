"""`python -m tools.bench`: how quick, how much memory, and beside whom. Prints ratios, writes JSON.

    --rounds 5        runs of each command, of which the median counts
    --only cold,rules some of the measurements
    --rows 100000     JSON Lines replies of the measurement of memory
    --json FILE       all figures
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.bench import corpora, peers
from tools.bench.timing import LINTER, Run, compare, once

# What can be compared with one process on a machine that is busy with other things.
ALONE = ("--jobs", "1")
CHECK = (*LINTER, "check", "--isolated", "--exit-zero", "--format", "json")
# What must hold, as the most that each ratio may be.
LIMITS = {
    "one reply / spaCy start": 0.75,
    "1,000 files / proselint": 0.8,
    "1,000 files again / spaCy start": 0.35,
    "5,000 macros again / spaCy start": 0.35,
    "500 rules / 22 rules": 1.3,
    "MB of memory / 400 MB": 1.0,
    "MB of memory, two processes / 400 MB": 1.0,
    "MB of memory, cache written / 400 MB": 1.0,
    "seconds a reply, all rows / a tenth of them": 1.2,
    "seconds a word, long reply / short": 1.2,
}
Figures = dict[str, Run]
Ratios = dict[str, float]


class Bench:
    """A folder for texts and a cache of its own, and what was measured so far."""

    def __init__(self, folder: Path, rounds: int, rows: int) -> None:
        self.folder, self.rounds, self.rows = folder, rounds, rows
        self.environment = {"EMPATHY_LINT_CACHE_DIR": str(folder / "cache")}
        self.figures: Figures = {}
        self.ratios: Ratios = {}

    def compare(self, **commands: tuple[str, ...]) -> Figures:
        """Medians of the commands. The first run of each, which fills caches, does not count."""
        for argv in commands.values():
            once(argv, self.environment)
        found = compare(commands, self.environment, self.rounds)
        self.figures |= found
        return found

    def runs(self, name: str, one: Run, other: Run) -> None:
        """By the clock; and of processor time, which tells more where other programs run at the same time."""
        self.ratio(f"{name}, processor", one.cpu, other.cpu)
        self.ratio(name, one.seconds, other.seconds)

    def ratio(self, name: str, one: float, other: float) -> None:
        self.ratios[name] = one / other
        limit = LIMITS.get(name)
        holds = limit is not None and one / other <= limit
        verdict = "" if limit is None else f"  ({'holds' if holds else 'DOES NOT HOLD'}: at most {limit})"
        print(f"{name:52} {one:8.3f} / {other:8.3f} = {one / other:6.3f}{verdict}", flush=True)


def cold(bench: Bench) -> None:
    """One reply, against spaCy that only starts."""
    place = corpora.files(bench.folder / "one", corpora.replies(1))
    found = bench.compare(one=(*CHECK, "--no-cache", str(place)), spacy=peers.spacy_start())
    bench.runs("one reply / spaCy start", found["one"], found["spacy"])


def files(bench: Bench) -> None:
    """A reply a file, without and with the cache."""
    place = corpora.files(bench.folder / "files", corpora.replies(1000))
    prose = peers.proselint(place)
    found = bench.compare(
        files=(*CHECK, "--no-cache", str(place)),
        files_alone=(*CHECK, "--no-cache", *ALONE, str(place)),
        files_again=(*CHECK, str(place)),
        spacy=peers.spacy_start(),
        pipeline=peers.pipeline(place),
        **({"proselint": prose} if prose else {}),
    )
    if prose:
        bench.runs("1,000 files / proselint", found["files"], found["proselint"])
        bench.runs("1,000 files, one process / proselint", found["files_alone"], found["proselint"])
    bench.runs("1,000 files / one process", found["files"], found["files_alone"])
    bench.runs("1,000 files / bare pipeline", found["files"], found["pipeline"])
    bench.runs("1,000 files again / spaCy start", found["files_again"], found["spacy"])


def library(bench: Bench) -> None:
    """A library of macros, without and with the cache."""
    place = corpora.library(bench.folder / "library", corpora.replies(5000), 200)
    found = bench.compare(
        library=(*CHECK, "--no-cache", str(place)),
        library_alone=(*CHECK, "--no-cache", *ALONE, str(place)),
        library_again=(*CHECK, str(place)),
        spacy=peers.spacy_start(),
    )
    bench.runs("5,000 macros / one process", found["library"], found["library_alone"])
    bench.runs("5,000 macros / spaCy start", found["library"], found["spacy"])
    bench.runs("5,000 macros again / spaCy start", found["library_again"], found["spacy"])


def rules(bench: Bench) -> None:
    """Synthetic rules, and none but them."""
    place = corpora.files(bench.folder / "for-rules", corpora.replies(1000))
    commands = {}
    for count in (22, 100, 500):
        folder = corpora.rules(bench.folder / f"rules-{count}", count)
        only = ("--rules", str(folder), "--select", "made")
        commands[f"rules_{count}"] = (*CHECK, "--no-cache", *ALONE, *only, str(place))
    found = bench.compare(**commands)
    for count in (100, 500):
        bench.runs(f"{count} rules / 22 rules", found[f"rules_{count}"], found["rules_22"])


def length(bench: Bench) -> None:
    """One reply of 2,000 and one of 20,000 words, above what an empty run costs."""
    text = "\n\n".join(corpora.replies(1000)).split(" ")
    places = {}
    for words in (10, 2000, 20000):
        place = bench.folder / f"{words}.txt"
        place.write_text(" ".join(text[:words]), encoding="utf-8")
        places[f"words_{words}"] = (*CHECK, "--no-cache", str(place))
    found = bench.compare(**places)
    start = found["words_10"].cpu
    short, long_ = ((found[f"words_{words}"].cpu - start) / words * 1e6 for words in (2000, 20000))
    bench.ratio("seconds a word, long reply / short", long_, short)


def memory(bench: Bench) -> None:
    """JSON Lines, all rows and a tenth of them. Each runs once."""
    texts, cache = corpora.replies(3000), bench.environment
    counts = (bench.rows, bench.rows // 10)
    whole, part = (corpora.rows(bench.folder / f"{count}.jsonl", texts, count) for count in counts)
    every, tenth = (once((*CHECK, "--no-cache", *ALONE, str(path)), cache) for path in (whole, part))
    shared, kept = once((*CHECK, "--no-cache", "--jobs", "2", str(whole)), cache), once((*CHECK, str(whole)), cache)
    bench.figures |= {"rows": every, "rows_tenth": tenth, "rows_shared": shared, "rows_kept": kept}
    bench.ratio("MB of memory / 400 MB", every.memory, 400)
    bench.ratio("MB of memory, two processes / 400 MB", shared.memory, 400)
    bench.ratio("MB of memory, cache written / 400 MB", kept.memory, 400)
    bench.ratio("seconds a reply, all rows / a tenth of them", every.cpu / bench.rows, tenth.cpu / (bench.rows // 10))


PARTS: tuple[Callable[[Bench], None], ...] = (cold, files, library, rules, length, memory)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--rows", type=int, default=100_000)
    ask.add_argument("--only", default=",".join(part.__name__ for part in PARTS))
    ask.add_argument("--json", type=Path)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.rounds, given.rows)
        for part in PARTS:
            if part.__name__ in given.only.split(","):
                part(bench)
    for name, run in bench.figures.items():
        print(f"{name:20} {run.seconds:8.2f} s {run.cpu:8.2f} s of processor {run.memory:8.0f} MB")
    if given.json:
        told = {"ratios": bench.ratios, "figures": {name: run._asdict() for name, run in bench.figures.items()}}
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
