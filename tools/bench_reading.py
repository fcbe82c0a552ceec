"""How long reading takes, without linting, beside the parsers of YAML and JSON alone.

    python -m tools.bench_reading [ROUNDS]      best of 5 rounds by default

A folder of 5,000 macros in 200 files is held in memory, half of the files YAML (literal, folded, as PyYAML
dumps it) and half JSON (plain, HTML). Times are seconds of processor time, the best of the rounds; the bound is
twice `yaml.safe_load` and `json.loads`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from random import Random
from time import process_time

import yaml

from empathy_lint.sources import ReadOptions, read

FILES, MACROS = 200, 25
Files = list[tuple[str, bytes]]

_SENTENCES = """
Thank you for telling us that the {thing} stopped on the second day.
I've sent a new {thing} this morning; the carrier says Thursday, before noon.
We can’t refund the postage, and I know that’s not what you hoped for.
Please check the number on the box, for we mixed up two {thing}s last week.
Your invoice for the {thing} is attached. If a line of it looks odd, tell me which one.
The workshop needs three days; after that you get the {thing} back by courier.
"""
SENTENCES = _SENTENCES.strip().splitlines()
THINGS = ("kettle", "lamp", "radio", "desk lamp", "bread maker", "café grinder")
GREETINGS = ("Hi {{ticket.requester.first_name}},", "Dear {{ticket.requester.name}},", "Hello,")
FAREWELLS = ("Best,\n{{agent.name}}", "Kind regards,\nThe workshop", "")


def words(rng: Random) -> str:
    """A macro of two to six sentences with a greeting and, mostly, a farewell."""
    lines = [rng.choice(SENTENCES).format(thing=rng.choice(THINGS)) for _ in range(rng.randint(2, 6))]
    middle = rng.randint(1, len(lines))
    body = [rng.choice(GREETINGS), " ".join(lines[:middle]), " ".join(lines[middle:]), rng.choice(FAREWELLS)]
    return "\n\n".join(paragraph for paragraph in body if paragraph)


def folder(rng: Random) -> Files:
    """The files, one of each way of writing after the other."""
    made: Files = []
    for number in range(FILES):
        ending, write = WRITERS[number % len(WRITERS)]
        made.append((f"{number}{ending}", write([words(rng) for _ in range(MACROS)]).encode()))
    return made


def _block(indicator: str) -> Callable[[list[str]], str]:
    """A library as people write it, in block scalars."""

    def write(bodies: list[str]) -> str:
        heads = (f"  - id: {n}\n    title: Macro {n}\n    body: {indicator}\n" for n in range(len(bodies)))
        return "macros:\n" + "".join(head + _indented(text) for head, text in zip(heads, bodies, strict=True))

    return write


def _indented(text: str) -> str:
    return "".join(f"      {line}\n" if line else "\n" for line in text.split("\n"))


def _dumped(bodies: list[str]) -> str:
    """A library as PyYAML writes it: plain and quoted scalars, folded at 80 characters."""
    return yaml.safe_dump({"macros": [{"id": n, "title": f"Macro {n}", "body": text} for n, text in enumerate(bodies)]})


def _export(field: str) -> Callable[[list[str]], str]:
    """An export as Zendesk writes it, in plain text or in HTML."""

    def write(bodies: list[str]) -> str:
        return json.dumps({"macros": [_record(n, field, text) for n, text in enumerate(bodies)]}, indent=2)

    return write


def _record(number: int, field: str, text: str) -> dict[str, object]:
    body = f"<p>{text.replace(PARAGRAPH, '</p><p>')}</p>" if "html" in field else text
    actions = [{"field": "status", "value": "pending"}, {"field": field, "value": body}]
    return {"id": number, "title": f"Macro::{number}", "active": True, "restriction": None, "actions": actions}


PARAGRAPH = "\n\n"
WRITERS: tuple[tuple[str, Callable[[list[str]], str]], ...] = (
    (".literal.yaml", _block("|")),
    (".plain.json", _export("comment_value")),
    (".folded.yaml", _block(">-")),
    (".html.json", _export("comment_value_html")),
    (".dumped.yaml", _dumped),
    (".plain.json", _export("comment_value")),
)


def ours(files: Files) -> int:
    """Replies of all files."""
    return sum(1 for name, data in files for _ in read(name, data, ReadOptions()))


def theirs(loader: type) -> Callable[[Files], int]:
    """The parsers alone, with this loader for YAML."""

    def parse(files: Files) -> int:
        for name, data in files:
            text = data.decode()
            yaml.load(text, Loader=loader) if name.endswith("yaml") else json.loads(text)
        return len(files)

    return parse


def seconds(work: Callable[[Files], int], files: Files, rounds: int) -> float:
    """The best of the rounds."""

    def once() -> float:
        began = process_time()
        work(files)
        return process_time() - began

    return min(once() for _ in range(rounds))


def lines(rounds: int) -> Iterable[str]:
    """What is printed: a line for the whole folder and for each way of writing."""
    files = folder(Random(4))
    assert ours(files) == FILES * MACROS
    for title in ("mixed", *dict.fromkeys(ending for ending, _ in WRITERS)):
        chosen = [each for each in files if title == "mixed" or each[0].endswith(title)]
        own = seconds(ours, chosen, rounds)
        pure, fast = (seconds(theirs(loader), chosen, rounds) for loader in (yaml.SafeLoader, yaml.CSafeLoader))
        yield (
            f"{title}: {len(chosen)} files, read in {own:.2f} s; yaml.safe_load and json.loads {pure:.2f} s "
            f"({own / pure:.2f} times), with CSafeLoader {fast:.2f} s ({own / fast:.2f} times)"
        )


def main() -> int:
    """Print the figures; exit status 1 where the bound of twice the parsers does not hold."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    told = list(lines(rounds))
    print("\n".join(told))
    return int(float(told[0].split("(")[1].split()[0]) >= 2)


if __name__ == "__main__":
    sys.exit(main())
