"""Train the learned ears (`empathy_lint/signals/ears.npz`) and the weights of care.

    python tools/train_ears.py            train on the whole corpus and write the weights
    python tools/train_ears.py --check    five-fold figures by act, nothing written

Needs scikit-learn. See `tools/corpus.py` for the texts. The dev and test labels are never looked at. What a
later step learns from an earlier one always comes from other folds; both readings of a reply are in one fold.
"""

from __future__ import annotations

import argparse
import pprint
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import corpus  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold, cross_val_predict  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402

from empathy_lint.linter import hear, make_linter  # noqa: E402
from empathy_lint.model import Reply  # noqa: E402
from empathy_lint.offsets import TextMap  # noqa: E402
from empathy_lint.rulebook import bundled_folder, load  # noqa: E402
from empathy_lint.signals import features, learned  # noqa: E402
from empathy_lint.signals.detectors import DETECTORS, care  # noqa: E402
from empathy_lint.sources.parts import find_parts  # noqa: E402

LABELS = {"acknowledgement": "AG", "refusal": "R", "bad-news": "B", "offer": "O", "tone": "T", "trouble": "C"}
# Inverse strengths of regularisation: of a sentence's acts, of a text's wording, of the judgements.
STRENGTH, TONE_STRENGTH, WORDING_STRENGTH, JUDGING_STRENGTH = 2.0, 4.0, 0.3, 0.05
# Weights smaller than this change no decision; leaving them out keeps the file small.
SMALLEST = 0.02
# What only the judgement of a situation looks at: with these that of care did worse on pairs it had not seen.
ONLY_OF_SITUATIONS = ("malfunction", "foreign-trouble", "wish", "aim", "settled")


def as_reply(item: dict[str, Any]) -> Reply:
    text = item["reply"]
    channel = item["channel"] if item["channel"] in ("email", "chat", "macro") else "email"
    return Reply(text, TextMap.identity(len(text)), text, "corpus", item.get("id", ""), channel=channel,
                 customer=item["customer"] or "", first=item["first"], parts=find_parts(text))


def touches(span: Any, labels: Any) -> bool:
    return any(span.start < label[1] and label[0] < span.end for label in labels)


class Rows:
    """Features, labels and groups of the sentences that teach one act; `numbers` say which item each is from."""

    def __init__(self) -> None:
        self.features: list[Any] = []
        self.marks: list[bool] = []
        self.groups: list[str] = []
        self.numbers: list[int] = []

    def add(self, buckets: Any, mark: bool, group: str, number: int) -> None:
        self.features.append(buckets)
        self.marks.append(mark)
        self.groups.append(group)
        self.numbers.append(number)


def sides(heard: Any) -> Iterator[tuple[str, Any]]:
    yield "reply", heard
    if heard.customer is not None:
        yield "customer", heard.customer


def gather(linter: Any) -> tuple[dict[str, Rows], list[Any]]:
    """The rows of each act, and every item with what was heard of it."""
    rows = {act: Rows() for act in LABELS}
    heards = [(item, hear(linter, as_reply(item))) for item in corpus.items()]
    for number, (item, heard) in enumerate(heards):
        for side, text in sides(heard):
            add_sentences(rows, item, number, side, text)
    for number, (kind, sentence) in enumerate(corpus.sentences(), len(heards)):
        heard = hear(linter, as_reply({"reply": sentence, "customer": "", "channel": "email", "first": None}))
        for found in of_sentences(heard, in_place=False):
            rows["tone"].add(found, kind != "ok", f"sentence {number}", number)
    return rows, heards


def of_sentences(text: Any, in_place: bool = True) -> list[Any]:
    """For each sentence the buckets of its features."""
    buckets, starts = next(features.features([text], in_place))
    return np.split(buckets, starts[1:]) if len(starts) else []


def add_sentences(rows: dict[str, Rows], item: dict[str, Any], number: int, side: str, text: Any) -> None:
    placed, bare = of_sentences(text), of_sentences(text, in_place=False)
    for index, hit in enumerate(text.sentences):
        for act, keys in LABELS.items():
            if (act == "trouble") == (side == "customer"):
                mark = any(touches(text.span(hit), item.get(key, ())) for key in keys)
                rows[act].add((bare if act == "tone" else placed)[index], mark, item["id"], number)


def matrix(rows: list[Any], width: int = features.BUCKETS) -> Any:
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return csr_matrix((np.ones(ends[-1], dtype=np.float32), np.concatenate(rows), ends), (len(rows), width))


def model(act: str) -> LogisticRegression:
    return LogisticRegression(C=TONE_STRENGTH if act == "tone" else STRENGTH, max_iter=400)


def figures(name: str, truth: Any, chance: Any) -> None:
    truth, chance = np.array(truth), np.array(chance)
    out = []
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        found = chance >= threshold
        right = (found & truth).sum()
        out.append(f"{threshold}: P {right / max(found.sum(), 1):.2f} R {right / truth.sum():.2f} "
                   f"F {2 * right / (found.sum() + truth.sum()):.2f}")
    print(f"{name:16} {truth.sum():5} of {len(truth):5} | " + " | ".join(out), flush=True)


def out_of_fold(estimator: Any, x: Any, y: Any, groups: Any, method: str = "predict_proba") -> Any:
    found = cross_val_predict(estimator, x, y, cv=GroupKFold(5), groups=groups, method=method)
    return found[:, 1] if method == "predict_proba" else found


def train_acts(rows: dict[str, Rows]) -> tuple[Any, Any, dict[str, Any]]:
    """Weights (features × acts), the constants, and the scores of each act's sentences from other folds."""
    table = np.zeros((features.BUCKETS, len(learned.ACTS)), dtype=np.float32)
    constants = np.zeros(len(learned.ACTS), dtype=np.float32)
    chances: dict[str, Any] = {}
    for column, act in enumerate(learned.ACTS):
        x, y = matrix(rows[act].features), np.array(rows[act].marks)
        chances[act] = out_of_fold(model(act), x, y, rows[act].groups)
        figures(act, y, chances[act])
        trained = model(act).fit(x, y)
        table[:, column], constants[column] = trained.coef_[0], trained.intercept_[0]
    return table, constants, chances


def put_in(heards: list[Any], rows: dict[str, Rows], chances: dict[str, Any]) -> None:
    """Let every text know the scores from other folds in place of those of the weights in the package."""
    columns: dict[tuple[int, str], list[float]] = {}
    for act, found in chances.items():
        for number, chance in zip(rows[act].numbers, found, strict=True):
            columns.setdefault((number, act), []).append(chance)
    for number, (_, heard) in enumerate(heards):
        for side, text in sides(heard):
            table = np.zeros((len(text.sentences), len(learned.ACTS)))
            for column, act in enumerate(learned.ACTS):
                if (act == "trouble") == (side == "customer") and text.sentences:
                    table[:, column] = columns[number, act]
            text.facts["scores"] = table
            text._known.clear()


def train_wording(heards: list[Any], truth: Any, groups: list[str]) -> tuple[Any, Any]:
    """Weights (features × sides) of one judgement, and how much each text speaks for it, from other folds."""
    texts = []
    for _, heard in heards:
        found = [np.unique(next(features.features([text]))[0]) + features.BUCKETS * (side == "customer")
                 for side, text in sides(heard) if text.sentences]
        texts.append(np.concatenate(found) if found else np.zeros(0, dtype=np.int64))
    x, estimator = matrix(texts, 2 * features.BUCKETS), LogisticRegression(C=WORDING_STRENGTH, max_iter=400)
    spoken = out_of_fold(estimator, x, truth, groups, "decision_function")
    trained = estimator.fit(x, truth)
    # The constant goes to the judgement, which has one of its own.
    return trained.coef_[0].reshape(2, features.BUCKETS).T, spoken - trained.intercept_[0]


def judge(heards: list[Any]) -> tuple[Any, dict[str, dict[str, float]]]:
    """The weights of wording (features × judgements × sides), and those of what the judgements look at, by name."""
    looked_at = [care.reply_features(heard) for _, heard in heards]
    groups = [item["id"] for item, _ in heards]
    told = np.zeros((features.BUCKETS, len(learned.JUDGEMENTS), 2), dtype=np.float32)
    judged = {}
    asked = {"difficult": ("sit", "d"), "asks-for-care": ("ack", "yes")}
    for column, what in enumerate(learned.JUDGEMENTS):
        key, yes = asked[what]
        truth = np.array([item[key] == yes for item, _ in heards])
        names = [*sorted(name for name in looked_at[0] if is_looked_at(what, name)), "wording"]
        told[:, column], spoken = train_wording(heards, truth, groups)
        x = np.array([[*(row[name] for name in names[:-1]), word] for row, word in zip(looked_at, spoken, strict=True)])
        estimator = make_pipeline(StandardScaler(), LogisticRegression(C=JUDGING_STRENGTH, max_iter=2000))
        figures(what, truth, out_of_fold(estimator, x, truth, groups))
        judged[what] = plain(estimator.fit(x, truth), names)
    return told, judged


def is_looked_at(judgement: str, name: str) -> bool:
    """Is a named feature one of those that a judgement weighs?"""
    is_told = name.removeprefix("says ") in ONLY_OF_SITUATIONS
    return judgement == "difficult" or not (is_told or name.startswith("later "))


def plain(trained: Any, names: list[str]) -> dict[str, float]:
    """The weights of a scaled model, for features that are not scaled."""
    scaler, linear = trained.steps[0][1], trained.steps[1][1]
    weights = linear.coef_[0] / scaler.scale_
    constant = linear.intercept_[0] - (weights * scaler.mean_).sum()
    kept = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.001}
    return kept | {"constant": round(float(constant), 3)}


def write(acts: Any, constants: Any, told: Any, judged: dict[str, dict[str, float]]) -> None:
    table = np.concatenate([acts, told.reshape(features.BUCKETS, -1)], axis=1)
    kept = np.abs(table) >= SMALLEST
    buckets, columns = np.nonzero(kept)
    np.savez_compressed(ROOT / "empathy_lint/signals/ears.npz", features=buckets.astype(np.uint16),
                        columns=columns.astype(np.uint8), values=table[kept].astype(np.float16), constants=constants)
    lines = ['"""Weights of the judgements in `detectors/care.py`, written by `tools/train_ears.py`."""\n']
    lines += [f"{name.upper().replace('-', '_')}: dict[str, float] = {pprint.pformat(weights, width=100)}\n"
              for name, weights in judged.items()]
    (ROOT / "empathy_lint/signals/care_weights.py").write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--check", action="store_true")
    args = ask.parse_args()
    rows, heards = gather(make_linter(load([bundled_folder()], tuple(DETECTORS)), ()))
    acts, constants, chances = train_acts(rows)
    put_in(heards, rows, chances)
    told, judged = judge(heards)
    if not args.check:
        write(acts, constants, told, judged)


if __name__ == "__main__":
    main()
