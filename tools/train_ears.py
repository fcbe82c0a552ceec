"""Train the learned ears (`empathy_lint/signals/ears.npz`) and the weights of care.

    python tools/train_ears.py            train on the whole corpus and write the weights
    python tools/train_ears.py --check    five-fold figures by act, nothing written

Needs scikit-learn. See `tools/corpus.py` for the texts. The dev and test labels are never looked at.
"""

from __future__ import annotations

import argparse
import pprint
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import corpus  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold, cross_val_predict  # noqa: E402

from empathy_lint.linter import hear, make_linter  # noqa: E402
from empathy_lint.model import Reply  # noqa: E402
from empathy_lint.offsets import TextMap  # noqa: E402
from empathy_lint.rulebook import bundled_folder, load  # noqa: E402
from empathy_lint.signals import learned  # noqa: E402
from empathy_lint.signals.detectors import DETECTORS, care  # noqa: E402
from empathy_lint.sources.parts import find_parts  # noqa: E402

LABELS = {"acknowledgement": "AG", "refusal": "R", "bad-news": "B", "offer": "O", "tone": "T", "trouble": "C"}
STRENGTH = {"acknowledgement": 2.0, "refusal": 2.0, "bad-news": 2.0, "offer": 2.0, "tone": 4.0, "trouble": 2.0}
# Weights smaller than this change no decision; leaving them out keeps the file small.
SMALLEST = 0.02


def as_reply(item: dict[str, Any]) -> Reply:
    text = item["reply"]
    channel = item["channel"] if item["channel"] in ("email", "chat", "macro") else "email"
    return Reply(text, TextMap.identity(len(text)), text, "corpus", item.get("id", ""), channel=channel,
                 customer=item["customer"] or "", first=item["first"], parts=find_parts(text))


def touches(span: Any, labels: Any) -> bool:
    return any(span.start < label[1] and label[0] < span.end for label in labels)


def gather(linter: Any) -> tuple[dict[str, list[Any]], dict[str, list[bool]], dict[str, list[int]], list[Any]]:
    """Feature rows, labels and the number of the text each came from, by act; and every heard item."""
    rows: dict[str, list[Any]] = {act: [] for act in LABELS}
    marks: dict[str, list[bool]] = {act: [] for act in LABELS}
    groups: dict[str, list[int]] = {act: [] for act in LABELS}
    heards = []
    for number, item in enumerate(corpus.items()):
        heard = hear(linter, as_reply(item))
        heards.append((item, heard))
        for side, text in (("reply", heard), ("customer", heard.customer)):
            if text is None:
                continue
            placed, bare = learned.sentence_features(text), learned.sentence_features(text, in_place=False)
            for index, hit in enumerate(text.sentences):
                for act, keys in LABELS.items():
                    if (act == "trouble") == (side == "customer"):
                        rows[act].append((bare if act == "tone" else placed)[index])
                        marks[act].append(any(touches(text.span(hit), item.get(key, ())) for key in keys))
                        groups[act].append(number)
    for number, (kind, sentence) in enumerate(corpus.sentences(), 10**6):
        item = {"reply": sentence, "customer": "", "channel": "email", "first": None}
        heard = hear(linter, as_reply(item))
        for features in learned.sentence_features(heard, in_place=False):
            rows["tone"].append(features)
            marks["tone"].append(kind != "ok")
            groups["tone"].append(number)
    return rows, marks, groups, heards


def matrix(rows: list[Any]) -> Any:
    lengths = [len(row) for row in rows]
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix((np.ones(ends[-1], dtype=np.float32), np.concatenate(rows), ends), (len(rows), learned.BUCKETS))


def model(act: str) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH[act], max_iter=400)


def figures(name: str, truth: Any, chance: Any) -> None:
    truth, chance = np.array(truth), np.array(chance)
    out = []
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        found = chance >= threshold
        right = (found & truth).sum()
        out.append(f"{threshold}: P {right / max(found.sum(), 1):.2f} R {right / truth.sum():.2f} "
                   f"F {2 * right / (found.sum() + truth.sum()):.2f}")
    print(f"{name:16} {truth.sum():5} of {len(truth):5} | " + " | ".join(out))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--check", action="store_true")
    args = ask.parse_args()
    linter = make_linter(load([bundled_folder()], tuple(DETECTORS)), ())
    rows, marks, groups, heards = gather(linter)
    table = np.zeros((learned.BUCKETS, len(learned.ACTS)), dtype=np.float32)
    constants = np.zeros(len(learned.ACTS), dtype=np.float32)
    out_of_fold: dict[str, Any] = {}
    for column, act in enumerate(learned.ACTS):
        x, y = matrix(rows[act]), np.array(marks[act])
        out_of_fold[act] = cross_val_predict(model(act), x, y, cv=GroupKFold(5), groups=groups[act],
                                             method="predict_proba")[:, 1]
        figures(act, y, out_of_fold[act])
        if act == "tone":
            inside = np.array(groups[act]) < 10**6
            figures("tone in replies", y[inside], out_of_fold[act][inside])
        trained = model(act).fit(x, y)
        table[:, column], constants[column] = trained.coef_[0], trained.intercept_[0]
    judged = judge(heards, out_of_fold, groups)
    if not args.check:
        write(table, constants, judged)


def judge(heards: list[Any], out_of_fold: dict[str, Any], groups: dict[str, list[int]]) -> dict[str, dict[str, float]]:
    """Weights of the two judgements of a reply, trained on sentence scores from other folds."""
    columns = {}
    for act, chances in out_of_fold.items():
        for number, chance in zip(groups[act], chances, strict=True):
            columns.setdefault((number, act), []).append(chance)
    for number, (_, heard) in enumerate(heards):
        for text in (heard, heard.customer):
            if text is not None:
                known = [columns.get((number, act), []) for act in learned.ACTS]
                table = np.zeros((len(text.sentences), len(learned.ACTS)))
                for column, chances in enumerate(known):
                    is_customers = learned.ACTS[column] == "trouble"
                    if len(chances) == len(text.sentences) and is_customers == (text is not heard):
                        table[:, column] = chances
                text.facts["scores"] = table
                text._known.clear()
    features = [care.reply_features(heard) for _, heard in heards]
    names = sorted(features[0])
    x = np.array([[row[name] for name in names] for row in features])
    judged = {}
    difficult, caring = [i["sit"] == "d" for i, _ in heards], [i["ack"] == "yes" for i, _ in heards]
    for what, truth in (("DIFFICULT", difficult), ("ASKS_FOR_CARE", caring)):
        chance = cross_val_predict(LogisticRegression(max_iter=2000), x, truth, cv=5, method="predict_proba")[:, 1]
        figures(what.lower(), truth, chance)
        trained = LogisticRegression(max_iter=2000).fit(x, truth)
        weights = dict(zip(names, trained.coef_[0], strict=True)) | {"constant": trained.intercept_[0]}
        judged[what] = {name: round(float(weight), 3) for name, weight in weights.items()}
    return judged


def write(table: Any, constants: Any, judged: dict[str, dict[str, float]]) -> None:
    kept = np.abs(table) >= SMALLEST
    features, acts = np.nonzero(kept)
    np.savez_compressed(ROOT / "empathy_lint/signals/ears.npz", features=features.astype(np.uint16),
                        acts=acts.astype(np.uint8), values=table[kept].astype(np.float16), constants=constants)
    lines = ['"""Weights of the judgements in `detectors/care.py`, written by `tools/train_ears.py`."""\n']
    lines += [f"{name}: dict[str, float] = {pprint.pformat(weights, width=100)}\n" for name, weights in judged.items()]
    (ROOT / "empathy_lint/signals/care_weights.py").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
