"""The model card that ships with the pipeline, written from the figures just measured."""

from pathlib import Path

from tools.pipeline import recipe
from tools.pipeline.pack import VERSION

ROWS = (
    ("tokens", "words, F"),
    ("tag", "TAG (Penn), accuracy"),
    ("pos", "POS (universal), accuracy"),
    ("morph", "MORPH, accuracy"),
    ("lemma", "LEMMA, accuracy"),
    ("uas", "UAS"),
    ("las", "LAS"),
    ("sentences_f", "sentences, F"),
    ("negation_label", "“not”, “n't”: label right"),
    ("negation", "“not”, “n't”: label and head right"),
)

CARD = """# en_support {version}

The English pipeline inside empathy-lint: TAG, POS, MORPH, LEMMA, DEP (Universal Dependencies), sentence
starts. {size:.1f} MB. It is made for rules over helpdesk replies, not as a general parser.

## Trained on
UD English EWT 2.16, part `train` (e-mails, reviews, web answers, newsgroups, weblogs; 12,544 sentences,
204,577 words), by `tools/train_pipeline.py`, which works with the public treebank. No customer data.
Mail addresses and telephone numbers were masked before training, and the string tables hold only labels
and the tokenizer's own strings; a test looks for any left.

## How good it is
UD English EWT, part `test`, raw text, in percent. *Pipeline*: whole documents of up to ten sentences, blank
lines between paragraphs, as by plain `spacy.load`. *Linter*: sentences by rule, then each one alone, as
empathy-lint runs it. Words that the tokenizer cuts otherwise than the treebank count as wrong. UAS and LAS
leave out punctuation, as spaCy's do.

| | pipeline | linter |
| --- | --- | --- |
{table}

F of labels (pipeline):
{labels}.
Noun chunks against those of the gold trees: F {chunks}.
Speed on one core of a shared machine: about {speed:,.0f} words a second, everything on.

Good enough for rules: part of speech, nsubj, obj, aux, negation, passive auxiliaries. Not good enough:
where obl and nmod hang, conj, vocative, parataxis, imperative mood alone.

## What is in it
One tok2vec (MultiHashEmbed of {attrs}, rows {rows},
width {width}; MaxoutWindowEncoder, depth {depth}), to which tagger, morphologizer and parser listen; `starts`,
an attribute ruler that forces a sentence start after a blank line and at a list mark; spaCy's rule lemmatizer
with tables learned from the treebank (a trained lemmatizer invents words: "escalated" → "escalat"). Built-in
factories only, so plain `spacy.load` reads it. `doc.noun_chunks` needs `empathy_lint.language.load.load()`:
spaCy's own iterator knows another label scheme.

## Licence
CC BY-SA 4.0, like the annotations it was learned from: UD English EWT, © 2013-2021 The Board of Trustees of
The Leland Stanford Junior University and contributors (https://universaldependencies.org). Portions of the
underlying texts may be © 2012 Google Inc., © 2011 Yahoo! Inc., © 2012 Trustees of the University of
Pennsylvania and/or other original authors. The treebank's licence file stands beside this one.
"""


def write_card(folder: Path, figures: dict[str, float], size: int) -> None:
    """`MODEL_CARD.md` in `folder`; `size` is in bytes."""
    table = "\n".join(f"| {name} | {figures[key]} | {figures['linter_' + key]} |" for key, name in ROWS)
    labels = ", ".join(f"{k[2:]} {v}" for k, v in figures.items() if k.startswith("f_"))
    text = CARD.format(
        version=VERSION,
        size=size / 1e6,
        table=table,
        labels=labels,
        chunks=figures["chunks_f"],
        speed=figures["words_per_second"],
        attrs=", ".join(recipe.ROWS),
        rows="/".join(map(str, recipe.ROWS.values())),
        width=recipe.WIDTH,
        depth=recipe.DEPTH,
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
