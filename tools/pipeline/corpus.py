"""Sentences of a treebank as training documents that look like mail.

A reply is seldom one long line: documents are cut at random lengths (many hold one sentence only,
because the linter asks about single sentences), paragraphs are parted by real blank lines, and some
copies are lower-cased, broken into lines or left without their last full stop.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from tools.pipeline.treebank import Sentence, Word

LONGEST = 12  # sentences in one document
ALONE = 0.3  # share of documents with one sentence
LOWER, LINES, DOUBLED, BARE = 0.1, 0.1, 0.05, 0.05  # share of documents so changed

Row = tuple[Word, ...]
BREAK, NEWLINE, WIDE = "\n\n", "\n", " "


def documents(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Runs of neighbouring sentences, never across a document of the treebank."""
    run: list[Sentence] = []
    wanted = _length(rng)
    for sentence in sentences:
        if run and (sentence.opens_document or len(run) >= wanted):
            yield run
            run, wanted = [], _length(rng)
        run.append(sentence)
    if run:
        yield run


def _length(rng: random.Random) -> int:
    return 1 if rng.random() < ALONE else rng.randint(2, LONGEST)


def training_examples(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> list[Example]:
    """One epoch, freshly cut, varied and shuffled."""
    runs = [_varied(run, rng) for run in documents(sentences, rng)]
    rng.shuffle(runs)
    return [example(nlp, run) for run in runs]


def plain_examples(nlp: Language, sentences: Sequence[Sentence], size: int = 10) -> list[Example]:
    """The documents of a test set as they are, at most `size` sentences each, nothing varied.

    White space has no gold values here: spaCy's Scorer skips it among the answers, but would count it
    among the questions.
    """
    runs: list[list[Sentence]] = []
    for sentence in sentences:
        if not runs or sentence.opens_document or len(runs[-1]) >= size:
            runs.append([])
        runs[-1].append(sentence)
    return [example(nlp, [tuple(map(_unasked, row)) for row in _rows(run, " ")]) for run in runs]


def _unasked(word: Word) -> Word:
    """Labels "punct" are left out of UAS and LAS by spaCy's parser; a tree with gaps would lose them all."""
    return replace(word, pos="", tag="", lemma="", dep="punct") if word.form.isspace() else word


def example(nlp: Language, rows: Sequence[Row]) -> Example:
    """Gold words against what the tokenizer makes of the same raw text."""
    gold = reference(nlp.vocab, rows)
    return Example(nlp.make_doc(gold.text), gold)


def reference(vocab: Vocab, rows: Sequence[Row]) -> Doc:
    """A `Doc` with every column of the treebank; heads are moved to document positions."""
    words = [word for row in rows for word in row]
    offsets = [start for start, row in _starts(rows) for _ in row]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        tags=[w.tag for w in words],
        pos=[w.pos for w in words],
        morphs=[w.morph for w in words],
        lemmas=[w.lemma for w in words],
        heads=[w.head + offset for w, offset in zip(words, offsets, strict=True)],
        deps=[w.dep for w in words],
    )


def _starts(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    start = 0
    for row in rows:
        yield start, row
        start += len(row)


def _rows(run: Sequence[Sentence], between: str) -> list[Row]:
    """The words of each sentence with the white space that follows it as its last token."""
    rows = []
    for i, sentence in enumerate(run):
        following = run[i + 1] if i + 1 < len(run) else None
        gap = BREAK if following and following.opens_paragraph else between
        rows.append(_closed(sentence.words, gap if following else " "))
    return rows


def _closed(words: Row, gap: str) -> Row:
    if gap == " ":
        return words
    last = replace(words[-1], space=False)
    return (*words[:-1], last, _space(gap, len(words) - 1))


def _space(text: str, head: int) -> Word:
    """A token of white space hangs on the token before it, as in spaCy's own pipelines."""
    return Word(text, text, "SPACE", "_SP", "", head, "dep", space=False)


def _varied(run: list[Sentence], rng: random.Random) -> list[Row]:
    if rng.random() < BARE:
        run = [_without_last_mark(s) for s in run]
    between = NEWLINE if rng.random() < LINES else " "
    rows = _rows(run, between)
    if rng.random() < DOUBLED:
        rows = [_widened(row, rng) for row in rows]
    if rng.random() < LOWER:
        rows = [tuple(replace(w, form=w.form.lower()) for w in row) for row in rows]
    return rows


def _without_last_mark(sentence: Sentence) -> Sentence:
    *kept, last = sentence.words
    if not kept or last.form not in ".!?" or any(w.head == len(kept) for w in kept):
        return sentence
    kept[-1] = replace(kept[-1], space=True)
    return replace(sentence, words=tuple(kept))


def _widened(row: Row, rng: random.Random) -> Row:
    """One space more after a random spaced word: a token of white space inside the sentence."""
    spaced = [i for i, w in enumerate(row[:-1]) if w.space]
    if not spaced:
        return row
    at = rng.choice(spaced) + 1
    moved = [replace(w, head=w.head + (w.head >= at)) for w in row]
    return (*moved[:at], _space(WIDE, at - 1), *moved[at:])
