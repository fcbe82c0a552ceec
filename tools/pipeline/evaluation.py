"""Figures of a pipeline on a treebank, from raw text: nothing gold is given but the text itself.

All are percentages. Where the tokenizer and the treebank disagree, the words concerned count as wrong
(spaCy's Scorer aligns by characters).
"""

import time
from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.scorer import PRFScore, Scorer
from spacy.tokens import Doc
from spacy.training import Example

from empathy_lint.language.annotate import annotate
from empathy_lint.language.chunks import noun_chunks
from empathy_lint.language.sentences import mark_sentences
from tools.pipeline.corpus import plain_examples
from tools.pipeline.treebank import Sentence

NEGATIONS = ("not", "n't", "nt", "n\u2019t")
LABELS = ("nsubj", "nsubj:pass", "obj", "root", "aux", "aux:pass", "advmod", "xcomp", "ccomp", "advcl", "obl")
Ranges = set[tuple[int, int]]


def evaluate(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Two ways: the whole pipeline on documents, and our splitter with single sentences ("linter_…")."""
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy wants tuples, its stub spans
    return {
        **{key: round(100 * value, 1) for key, value in _whole(nlp, sentences).items()},
        **{f"linter_{key}": round(100 * value, 1) for key, value in _linter(nlp, sentences).items()},
        "words_per_second": round(_speed(nlp, sentences), -3),
    }


def _whole(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    examples = plain_examples(nlp, sentences)
    for example, doc in zip(examples, nlp.pipe(e.predicted for e in examples), strict=True):
        example.predicted = doc
    return {**_scores(nlp, examples), **_labels(nlp, examples), "chunks_f": _chunks(examples)}


def _linter(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """The way of a reply: sentences by rule, then each sentence alone."""
    examples = plain_examples(nlp, sentences)
    docs = [mark_sentences(e.predicted) for e in examples]
    annotate(nlp, ((doc, range(len(doc))) for doc in docs))
    return _scores(nlp, examples)


def _scores(nlp: Language, examples: Sequence[Example]) -> dict[str, float]:
    names = {
        "token_f": "tokens",
        "tag_acc": "tag",
        "pos_acc": "pos",
        "morph_acc": "morph",
        "lemma_acc": "lemma",
        "dep_uas": "uas",
        "dep_las": "las",
        "sents_f": "sentences_f",
    }
    scores = Scorer(nlp).score(list(examples))
    return {ours: scores[theirs] for theirs, ours in names.items()} | _negation(examples)


def _labels(nlp: Language, examples: Sequence[Example]) -> dict[str, float]:
    per_type = Scorer(nlp).score(list(examples))["dep_las_per_type"]
    return {f"f_{label}": per_type[label]["f"] for label in LABELS if label in per_type}


def _negation(examples: Iterable[Example]) -> dict[str, float]:
    """Shares of "not" and "n't" with the right label, and with the right head as well."""
    labelled = headed = total = 0
    for example in examples:
        heads, deps = example.get_aligned_parse(projectivize=False)  # type: ignore[no-untyped-call]
        for token, head, dep in zip(example.predicted, heads, deps, strict=True):
            if token.lower_ in NEGATIONS and head is not None:
                total += 1
                labelled += token.dep_ == dep
                headed += token.dep_ == dep and token.head.i == head
    return {"negation_label": labelled / max(total, 1), "negation": headed / max(total, 1)}


def _chunks(examples: Iterable[Example]) -> float:
    """F of noun chunks against those of the gold trees, both by our iterator."""
    score = PRFScore()
    for example in examples:
        score.score_set(_ranges(example.predicted), _ranges(example.reference))
    return float(score.fscore)


def _ranges(doc: Doc) -> Ranges:
    return {(doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b, _ in noun_chunks(doc)}


def _speed(nlp: Language, sentences: Sequence[Sentence]) -> float:
    """Words a second, whole pipeline, one thread; the second of two runs."""
    texts = [e.reference.text for e in plain_examples(nlp, sentences)]
    words = sum(len(s.words) for s in sentences)
    for _ in range(2):
        began = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        spent = time.perf_counter() - began
    return words / spent
