"""Tags, lemmas and parses for the sentences a rule asks about, and for no others.

The pipeline runs over each wanted sentence as a document of its own, all of them in one batch, and the
answers are written back into the documents they came from. A sentence met twice (macros repeat
themselves) is run once. On one core of a busy machine the bundled pipeline does about 20,000 wanted
words a second, 34,000 without the parser; an unwanted sentence costs nothing.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    Columns = Any  # an array of uint64, one row a token; spaCy's stubs say floats here, integers there

BATCH = 128  # sentences a batch; memory stays flat, and larger ones are not quicker
# What no rule reads, or what only finds sentences: these are known here.
NEVER = (
    *("ner", "entity_ruler", "entity_linker", "span_ruler", "spancat", "textcat", "textcat_multilabel"),
    *("senter", "sentencizer", "starts"),
)

TAGS = ("TAG", "POS", "MORPH", "LEMMA")
TREE = ("DEP", "HEAD")


def annotate(nlp: "Language", work: Iterable[tuple["Doc", Iterable[int]]], *, parse: bool = True) -> None:
    """Annotate, in place, the named sentences of each document.

    `work` pairs a document whose sentences are marked (`mark_sentences`) with the indices of the wanted
    ones, counted as in `doc.sents`. Token indices and sentence starts stay as they are; other sentences
    keep what they had. With `parse` false the parser is left out, and DEP and HEAD stay unset. `nlp` may
    be any spaCy pipeline, and the documents may have another vocabulary than it.
    """
    spans = [(doc, span) for doc, indices in work for span in _wanted(doc, indices)]
    answers = _run(nlp, [span for _, span in spans], parse)
    attrs = TAGS + TREE * parse
    for doc, group in _by_document(spans):
        _write(doc, attrs, [(span, _columns(answers[span.text_with_ws], attrs, doc.vocab)) for span in group])


def _wanted(doc: "Doc", indices: Iterable[int]) -> Iterator["Span"]:
    chosen = set(indices)
    if chosen:
        yield from (span for i, span in enumerate(doc.sents) if i in chosen)


def _by_document(spans: list[tuple["Doc", "Span"]]) -> Iterator[tuple["Doc", list["Span"]]]:
    groups: dict[int, tuple[Doc, list[Span]]] = {}
    for doc, span in spans:
        groups.setdefault(id(doc), (doc, []))[1].append(span)
    yield from groups.values()


def _run(nlp: "Language", spans: list["Span"], parse: bool) -> dict[str, "Doc"]:
    """Sentence text -> its annotated document. One tokenizer made all, so equal texts have equal tokens."""
    inputs = {span.text_with_ws: span for span in spans}
    docs = [_alone(nlp.vocab, span) for span in inputs.values()]
    unused = [name for name in nlp.pipe_names if name in NEVER or (name == "parser" and not parse)]
    return dict(zip(inputs, nlp.pipe(docs, batch_size=BATCH, disable=unused), strict=True))


def _alone(vocab: "Vocab", span: "Span") -> "Doc":
    """The sentence as a document in `vocab`, its only sentence start the first: a parser keeps to that."""
    from spacy.tokens import Doc

    starts: list[bool | int | None] = [i == 0 for i in range(len(span))]
    words, spaces = [t.text for t in span], [bool(t.whitespace_) for t in span]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)


def _columns(answer: "Doc", attrs: tuple[str, ...], vocab: "Vocab") -> "Columns":
    """One row a token. Strings that `vocab` lacks are added: hashes are equal everywhere."""
    columns: Columns = answer.to_array(list(attrs))
    if answer.vocab is not vocab:
        strings = answer.vocab.strings
        for value in {int(v) for v in columns[:, : len(attrs) - ("HEAD" in attrs)].flat}:
            vocab.strings.add(strings[value])
    return columns


def _write(doc: "Doc", attrs: tuple[str, ...], pieces: list[tuple["Span", "Columns"]]) -> None:
    """Heads are relative, so a sentence's rows fit wherever it stands. spaCy derives sentence starts from
    heads, where there are any, and would lose those of sentences without a parse: they are put back."""
    if not pieces:
        return
    starts: Columns = doc.to_array(["SENT_START"])
    table: Columns = doc.to_array(list(attrs))
    for span, columns in pieces:
        table[span.start : span.end] = columns
    doc.from_array(list(attrs), table)
    doc.from_array(["SENT_START"], starts)
