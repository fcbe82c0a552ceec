"""Measure what the rules hear: by family, by source, by rule, on minimal pairs and on the labelled pool.

    python tools/measure.py                        every table that its labels are there for
    python tools/measure.py --show tone:false      the replies behind a figure (ack|offer|tone : false|missed)
    python tools/measure.py --show pairs:even      the pairs that fail, even ids only: odd ones are held out
    python tools/measure.py --show pool:RULE       the false alarms of one rule on the pool

The labelled replies lie outside the repository (`--eval FOLDER`); the pairs are ours, in `tools/corpus`. A pair
is a fault and an innocent reply in the same words: it holds where the first is found and the second is clean.
Pairs with odd ids are held out: nobody looks at them while rules are written. From 1000 on, the writers had seen
neither rules nor labels; each wrote a block of a hundred ids or two.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import corpus  # noqa: E402

from empathy_lint.linter import Checked, Linter, lint, make_linter  # noqa: E402
from empathy_lint.model import Channel, Finding, Reply  # noqa: E402
from empathy_lint.offsets import TextMap  # noqa: E402
from empathy_lint.rulebook import bundled_folder, load  # noqa: E402
from empathy_lint.signals.detectors import DETECTORS  # noqa: E402
from empathy_lint.sources.parts import find_parts  # noqa: E402

FLAGS = {"acknowledgement": "ack", "offer": "offer", "tone": "tone"}
SIGNALS = {"acknowledgement": "acknowledges", "confirmation": "confirms", "refusal": "refuses", "offer": "offers"}
CONTEXT = 70


@dataclass(slots=True)
class Score:
    """Right, false and missed, and what comes of them. Empty ratios are 1."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, wanted: bool, found: bool) -> None:
        self.right += wanted and found
        self.false += found and not wanted
        self.missed += wanted and not found

    def row(self) -> list[str]:
        found, wanted = self.right + self.false, self.right + self.missed
        figures = ((self.right, found), (self.right, wanted), (2 * self.right, found + wanted))
        return [*(f"{a / b if b else 1:.3f}" for a, b in figures), str(wanted), str(found)]


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.is_file() else []


def as_reply(item: dict[str, Any], text: str = "") -> Reply:
    text = text or item["reply"]
    known: dict[str, Channel] = {"email": "email", "chat": "chat", "macro": "macro"}
    channel = known.get(item["channel"], "email")
    return Reply(text, TextMap.identity(len(text)), text, "measure", str(item["id"]), channel=channel,
                 customer=item["customer"] or "", first=item.get("first_reply"), parts=find_parts(text))


def bundled() -> Linter:
    book = load([bundled_folder()], tuple(DETECTORS))
    return make_linter(book, book.rules.values())


def flagged(checked: Checked) -> list[Finding]:
    """The findings that count: hints don't."""
    return [f for f in checked.findings if f.level in ("warning", "error") and f.family in FLAGS]


def overlaps(finding: Finding, spans: Iterable[tuple[int, int]]) -> bool:
    return any(finding.span.start < end and start < finding.span.end for start, end in spans)


def table(title: str, heads: list[str], lines: Iterable[list[str]]) -> None:
    print(f"\n{title:30}" + "".join(f"{head:>11}" for head in heads))
    for name, *cells in lines:
        print(f"{name:30}" + "".join(f"{cell:>11}" for cell in cells))


Item = tuple[dict[str, Any], dict[str, Any], Checked]
HEADS = ["precision", "recall", "F1", "wanted", "flagged"]


def label_spans(label: dict[str, Any], field: str) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in label[field]]


def flags(dev: list[Item], family: str, keep: Callable[[str], bool] = lambda _: True) -> Score:
    """How often the family speaks up where the labels want it; disputed labels count neither way."""
    score = Score()
    for item, label, checked in dev:
        wanted = label["flags"][FLAGS[family]]
        if wanted != "skip" and keep(item["id"]):
            score.add(wanted == "yes", any(f.family == family for f in flagged(checked)))
    return score


def tone_spans(dev: list[Item]) -> Score:
    score = Score()
    for _, label, checked in dev:
        found = [f for f in flagged(checked) if f.family == "tone"]
        wanted, maybe = label_spans(label, "tone"), label_spans(label, "tone_maybe")
        hits = sum(any(overlaps(f, [span]) for f in found) for span in wanted)
        score.right, score.missed = score.right + hits, score.missed + len(wanted) - hits
        score.false += sum(not overlaps(f, wanted + maybe) for f in found)
    return score


def signal(dev: list[Item], name: str) -> Score:
    score = Score()
    for _, label, checked in dev:
        if (wanted := label[SIGNALS[name]]) is not None:
            score.add(wanted, any(s.name == name for s in checked.row.signals))
    return score


def situations(dev: list[Item]) -> Score:
    score = Score()
    for _, label, checked in dev:
        if label["situation"]:
            score.add(label["situation"] == "difficult", checked.row.situation == "difficult")
    return score


def families(dev: list[Item]) -> Iterator[list[str]]:
    for family, flag in FLAGS.items():
        yield [flag, *flags(dev, family).row()]
    yield ["tone spans", *tone_spans(dev).row()]
    for name in SIGNALS:
        yield [f"signal {name}", *signal(dev, name).row()]
    yield ["situation difficult", *situations(dev).row()]


def is_clean(label: dict[str, Any]) -> bool:
    return not {"yes", "skip"} & set(label["flags"].values())


def alarms(dev: list[Item]) -> Iterator[list[str]]:
    """Clean replies flagged: by any family, by each."""
    clean = [checked for _, label, checked in dev if is_clean(label)]
    for name, kinds in (("any", set(FLAGS)), *((family, {family}) for family in FLAGS)):
        count = sum(any(f.family in kinds for f in flagged(checked)) for checked in clean)
        yield [name, str(count), str(len(clean)), f"{count / max(len(clean), 1):.3f}"]


def source(key: str) -> str:
    return key.split("|")[0]


def sources(dev: list[Item]) -> Iterator[list[str]]:
    for name in sorted({source(item["id"]) for item, _, _ in dev}):
        for family, flag in FLAGS.items():
            score = flags(dev, family, lambda key, name=name: source(key) == name)  # type: ignore[misc]
            if score.right + score.false + score.missed:
                yield [f"{name[:20]} {flag}", *score.row()]


def is_right(finding: Finding, label: dict[str, Any]) -> str:
    """`right`, `false`, or `disputed` where the annotators were not of one mind."""
    wanted = label["flags"][FLAGS[finding.family]]
    if finding.family == "tone":
        if overlaps(finding, label_spans(label, "tone")):
            return "right"
        return "disputed" if wanted == "skip" or overlaps(finding, label_spans(label, "tone_maybe")) else "false"
    return {"yes": "right", "skip": "disputed"}.get(wanted, "false")


def per_rule(verdicts: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Right, disputed and false findings of each rule, the worst precision first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rule, verdict in verdicts:
        counts[rule][verdict] += 1

    def precision(count: Counter[str]) -> float:
        return count["right"] / max(count["right"] + count["false"], 1)

    for rule, count in sorted(counts.items(), key=lambda each: precision(each[1])):
        yield [rule, *(str(count[key]) for key in ("right", "disputed", "false")), f"{precision(count):.3f}"]


def pool_verdict(finding: Finding, label: dict[str, Any]) -> str:
    if finding.family == "tone":
        return "right" if overlaps(finding, ((start, end) for start, end, *_ in label.get("T", ()))) else "false"
    return "right" if label[FLAGS[finding.family]] == "yes" else "false"


Pair = tuple[dict[str, Any], Checked, Checked]


def holds(pair: Pair) -> tuple[bool, bool]:
    """Is the fault found in the bad reply, and is the good one clean of that family?"""
    row, bad, good = pair
    found, false = (any(FLAGS[f.family] == row["family"] for f in flagged(each)) for each in (bad, good))
    return found, not false


def pair_lines(pairs: list[Pair]) -> Iterator[list[str]]:
    kinds = dict.fromkeys((row["family"], row["kind"] if row["family"] == "tone" else "") for row, _, _ in pairs)
    for family, kind in [*kinds, *(("tone", "*"),)]:
        line = [f"{family} {kind}"]
        for odd in (0, 1):
            some = [p for p in pairs if p[0]["family"] == family and p[0]["id"] % 2 == odd
                    and (family != "tone" or kind in ("*", p[0]["kind"]))]
            held = [holds(pair) for pair in some]
            line += [f"{sum(a for a, _ in held)}", f"{sum(b for _, b in held)}", str(len(some))]
        yield line


def writer_lines(pairs: list[Pair]) -> Iterator[list[str]]:
    """Held-out pairs by who wrote them: our own, then each block of ids."""
    scores: dict[str, Score] = defaultdict(Score)
    for pair in pairs:
        row = pair[0]
        if row["id"] % 2:
            found, clean = holds(pair)
            score = scores[f"{row['family']} {row['id'] // 100 * 100 if row['id'] > 1000 else 'ours'}"]
            score.add(True, found)
            score.add(False, not clean)
    for name, score in sorted(scores.items()):
        yield [name, *score.row()]


def sentence_lines(linter: Linter) -> Iterator[list[str]]:
    """Our own single sentences, each of one kind: how many are heard. Of the kind `ok` none should be."""
    sentences = corpus.sentences()
    replies = [as_reply({"reply": text, "channel": "email", "customer": "", "id": ""}) for _, text in sentences]
    heard: Counter[str] = Counter()
    for (kind, _), checked in zip(sentences, lint(linter, replies), strict=True):
        heard[kind] += any(f.family == "tone" for f in flagged(checked))
    for kind, count in Counter(kind for kind, _ in sentences).items():
        yield [kind, str(heard[kind]), str(count), f"{heard[kind] / count:.3f}"]


def told(checked: Checked, family: str) -> str:
    return "; ".join(f"{f.rule} [{f.text}]" for f in flagged(checked) if FLAGS[f.family] == family)


def show_flags(dev: list[Item], flag: str, what: str) -> None:
    for item, label, checked in dev:
        wanted, found = label["flags"][flag], told(checked, flag)
        kind = "missed" if wanted == "yes" and not found else "false" if found and wanted not in ("yes", "skip") else ""
        if kind == what:
            print(f"- {item['id']} ({wanted})\n  customer: {item['customer']}\n  reply: {item['reply']}\n  {found}")


def show_pairs(pairs: list[Pair], odd: int) -> None:
    for pair in pairs:
        row, _, good = pair
        found, clean = holds(pair)
        if row["id"] % 2 != odd:
            continue
        if not found:
            print(f"- {row['id']} {row['family']} {row['kind']}: missed | {row['customer']} | {row['bad']}")
        if not clean:
            print(f"- {row['id']} {row['family']} {row['kind']}: false | {row['customer']} | {row['good']} | "
                  f"{told(good, row['family'])}")


def show_pool(pool: list[Item], rule: str) -> None:
    for item, label, checked in pool:
        for f in flagged(checked):
            if f.rule == rule and pool_verdict(f, label) == "false":
                text = item["reply"]
                before, after = text[max(0, f.span.start - CONTEXT) : f.span.start], text[f.span.end :][:CONTEXT]
                print(f"- {before}[[{f.text}]]{after}".replace("\n", " "))


def measured(linter: Linter, items: list[dict[str, Any]], labels: list[dict[str, Any]]) -> list[Item]:
    known = {label["id"]: label for label in labels}
    items = [item for item in items if item["id"] in known]
    checked = lint(linter, [as_reply(item) for item in items], with_signals=True)
    return [(item, known[item["id"]], each) for item, each in zip(items, checked, strict=True)]


def measured_pairs(linter: Linter) -> list[Pair]:
    pairs = rows(ROOT / "tools" / "corpus" / "pairs.jsonl")
    bad = lint(linter, [as_reply(row, row["bad"]) for row in pairs])
    # The good reply may answer another customer, for whom the same words are enough.
    good = lint(linter, [as_reply({**row, "customer": row.get("customer_good", row["customer"])}, row["good"])
                         for row in pairs])
    return list(zip(pairs, bad, good, strict=True))


def print_tables(linter: Linter, dev: list[Item], pairs: list[Pair], pool: list[Item]) -> None:
    if dev:
        table("dev", HEADS, families(dev))
        table("clean replies", ["flagged", "of", "rate"], alarms(dev))
        table("dev by source", HEADS, sources(dev))
        verdicts = [(f.rule, is_right(f, label)) for _, label, checked in dev for f in flagged(checked)]
        table("dev by rule", ["right", "disputed", "false", "precision"], per_rule(verdicts))
    table("pairs", ["even found", "even clean", "of", "odd found", "odd clean", "of"], pair_lines(pairs))
    table("held-out pairs by writer", HEADS, writer_lines(pairs))
    table("own sentences, tone", ["flagged", "of", "rate"], sentence_lines(linter))
    if pool:
        verdicts = [(f.rule, pool_verdict(f, label)) for _, label, checked in pool for f in flagged(checked)]
        table("labelled pool by rule", ["right", "disputed", "false", "precision"], per_rule(verdicts))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval", help="where the labels lie")
    ask.add_argument("--show", default="", help="family:false, family:missed, pairs:even, pairs:odd or pool:RULE")
    ask.add_argument("--no-pool", action="store_true", help="leave the pool out, which takes longest")
    args = ask.parse_args()
    part, _, what = args.show.partition(":")
    linter = bundled()
    dev = [] if part in ("pairs", "pool") else measured(linter, rows(args.eval / "dev.jsonl"),
                                                        rows(args.eval / "dev.labels.jsonl"))
    pairs = measured_pairs(linter) if part in ("", "pairs") else []
    with_pool = part == "pool" or (not part and not args.no_pool)
    pool = measured(linter, rows(args.eval / "pool.jsonl"),
                    rows(ROOT / "tools" / "corpus" / "pool.labels.jsonl")) if with_pool else []
    if part == "pairs":
        show_pairs(pairs, int(what == "odd"))
    elif part == "pool":
        show_pool(pool, what)
    elif part:
        show_flags(dev, part, what)
    else:
        print_tables(linter, dev, pairs, pool)


if __name__ == "__main__":
    main()
