"""Only the wanted sentences are annotated, and as the whole pipeline would."""

from collections.abc import Callable
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from empathy_lint.language.annotate import annotate
from empathy_lint.language.load import blank
from empathy_lint.language.sentences import mark_sentences

Make = Callable[[str], Doc]
REPLY = "Hi Anna,\n\nI'm sorry you waited. We can't refund the order, because it was used.\n- Please wait!\nTom"


def seen(token: Token) -> tuple[Any, ...]:
    return token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_, token.head.i - token.i


def alone(nlp: Language, span: Span) -> list[tuple[Any, ...]]:
    starts: list[Any] = [i == 0 for i in range(len(span))]
    doc = Doc(nlp.vocab, [t.text for t in span], [bool(t.whitespace_) for t in span], sent_starts=starts)
    return [seen(t) for t in nlp(doc)]


@pytest.fixture(params=["same vocabulary", "another vocabulary"])
def make(request: pytest.FixtureRequest, nlp: Language) -> Make:
    return nlp.make_doc if request.param == "same vocabulary" else blank().make_doc


def test_wanted_sentences_equal_the_full_pipeline_and_others_stay_bare(make: Make, nlp: Language) -> None:
    doc = mark_sentences(make(REPLY))
    before = [span.text for span in doc.sents]
    annotate(nlp, [(doc, [1, 3])])
    spans = list(doc.sents)
    assert [span.text for span in spans] == before
    for i, span in enumerate(spans):
        assert span[0].has_dep() == (i in (1, 3))
        if i in (1, 3):
            assert [seen(t) for t in span] == alone(nlp, span)
            assert sum(t.head is t or t.head.i == t.i for t in span) == 1


def test_a_second_call_keeps_the_first(make: Make, nlp: Language) -> None:
    doc, both = mark_sentences(make(REPLY)), mark_sentences(make(REPLY))
    annotate(nlp, [(doc, [1])])
    annotate(nlp, [(doc, [2])])
    annotate(nlp, [(both, [1, 2])])
    assert [seen(t) for t in doc] == [seen(t) for t in both]
    assert [s.start for s in doc.sents] == [s.start for s in both.sents]


def test_without_the_parser_there_are_tags_and_no_tree(make: Make, nlp: Language) -> None:
    doc = mark_sentences(make(REPLY))
    annotate(nlp, [(doc, range(9))], parse=False)
    assert doc.has_annotation("TAG", require_complete=True)
    assert doc.has_annotation("LEMMA", require_complete=True)
    assert not doc.has_annotation("DEP")
    assert len(list(doc.sents)) == 5


def test_equal_sentences_in_many_documents(make: Make, nlp: Language) -> None:
    docs = [mark_sentences(make(text)) for text in ("Thanks a lot. We wait.", "Oh. Thanks a lot.", "We wait.")]
    annotate(nlp, [(docs[0], [0, 1]), (docs[1], [1]), (docs[2], [0])])
    first, second = next(iter(docs[0].sents)), list(docs[1].sents)[1]
    assert [seen(t)[:4] for t in first] == [seen(t)[:4] for t in second]
    assert docs[2][1].tag_ == "VBP"


def test_nothing_wanted_is_nothing_done(nlp: Language, make: Make) -> None:
    doc = mark_sentences(make(REPLY))
    annotate(nlp, [(doc, []), (mark_sentences(make("")), [0])])
    assert not doc.has_annotation("TAG")


def test_a_pipeline_of_somebody_else(make: Make) -> None:
    """Other components, other vocabulary, no lemmas; what it has is copied."""
    other = spacy.blank("en")
    ruler: Any = other.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "we"}]], {"TAG": "MINE", "POS": "PRON", "MORPH": "Number=Plur"})
    other.add_pipe("sentencizer")
    doc = mark_sentences(make(REPLY))
    annotate(other, [(doc, [2])])
    we = next(t for t in doc if t.text == "We")
    assert (we.tag_, we.pos_, str(we.morph)) == ("MINE", "PRON", "Number=Plur")
    assert len(list(doc.sents)) == 5


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["We", "can't", "wait", ".", "!", "\n", "\n\n", "  ", "- ", "you", ",", "😊"]), max_size=20
    )
)
def test_sentences_survive(nlp: Language, pieces: list[str]) -> None:
    doc = mark_sentences(nlp.make_doc(" ".join(pieces)))
    starts = [s.start for s in doc.sents]
    annotate(nlp, [(doc, range(0, len(starts), 2))])
    assert [s.start for s in doc.sents] == starts
    assert all(t.has_dep() for i, s in enumerate(doc.sents) if i % 2 == 0 for t in s)
