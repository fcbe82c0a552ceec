"""The artefact: its size, its privacy, and that it understands plain support English."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import srsly
from spacy.language import Language
from spacy.tokens import Doc

from empathy_lint.language.load import BUNDLED

ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-/]{0,2}\d){6,}(?!\w)")
CARDS = ("MODEL_CARD.md", "LICENSE-UD_English-EWT.txt")


def strings_in(data: Any) -> Iterator[str]:
    """Every string in a nest of lists, dictionaries and bytes; numbers are not strings."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, bytes) and len(data) < 10_000:
        yield data.decode("utf-8", errors="ignore")
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings_in(key)
            yield from strings_in(value)
    elif isinstance(data, list | tuple):
        for item in data:
            yield from strings_in(item)


def files() -> list[Path]:
    return [path for path in sorted(BUNDLED.rglob("*")) if path.is_file()]


def contents(path: Path) -> list[str]:
    """The strings of one file, decoded as what it is."""
    if path.suffix in ("", ".bin") and path.name not in ("cfg", "vectors", "key2row"):
        return list(strings_in(srsly.msgpack_loads(path.read_bytes())))
    return path.read_bytes().decode("utf-8", errors="ignore").splitlines()


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in files()) <= 6_000_000


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(BUNDLED)))
def test_no_mail_address_or_telephone_number_is_left(path: Path) -> None:
    found = [s for s in contents(path) if ADDRESS.search(s) or (path.name not in CARDS and PHONE.search(s))]
    assert found == []


def test_the_vocabulary_holds_none_either(nlp: Language) -> None:
    held = [*nlp.vocab.strings, *(lexeme.text for lexeme in nlp.vocab)]
    assert [s for s in held if ADDRESS.search(s) or PHONE.search(s)] == []


def test_lemma_tables_hold_plain_words_only(nlp: Language) -> None:
    lookups: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    words = [s for name in lookups.tables for s in strings_in(dict(lookups.get_table(name)))]
    assert len(words) > 10_000
    assert all(word.replace("'", "").isalpha() or not word for word in words)


def test_figures_are_on_the_card_and_within_bounds(nlp: Language) -> None:
    figures = nlp.meta["performance"]
    assert figures["pos"] >= 94
    assert figures["uas"] >= 83
    assert figures["las"] >= 80
    assert figures["sentences_f"] >= 86
    assert str(figures["las"]) in (BUNDLED / "MODEL_CARD.md").read_text(encoding="utf-8")


def find(doc: Doc, text: str) -> Any:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("text", "word", "label", "head"),
    [
        ("We can't refund your order.", "n't", "advmod", "refund"),
        ("We can't refund your order.", "ca", "aux", "refund"),
        ("We can't refund your order.", "We", "nsubj", "refund"),
        ("We can't refund your order.", "order", "obj", "refund"),
        ("You did not read our policy.", "not", "advmod", "read"),
        ("Your account was closed yesterday.", "was", "aux:pass", "closed"),
        ("Your account was closed yesterday.", "account", "nsubj:pass", "closed"),
        ("I'm sorry you feel that way.", "you", "nsubj", "feel"),
        ("I'm sorry you feel that way.", "'m", "cop", "sorry"),
        ("I will send you a replacement.", "will", "aux", "send"),
        ("Unfortunately, we don't offer refunds.", "refunds", "obj", "offer"),
    ],
)
def test_labels_rules_live_on(nlp: Language, text: str, word: str, label: str, head: str) -> None:
    token = find(nlp(text), word)
    assert (token.dep_, token.head.text) == (label, head)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("We escalated your ticket.", "escalated", "escalate"),
        ("We refunded both orders.", "refunded", "refund"),
        ("We refunded both orders.", "orders", "order"),
        ("I'm troubleshooting it.", "troubleshooting", "troubleshoot"),
        ("We found the parcel.", "found", "find"),
        ("She is cancelling her subscription.", "cancelling", "cancel"),
        ("We apologised twice.", "apologised", "apologise"),
        ("You shouldn't worry.", "n't", "not"),
        ("The policies changed.", "policies", "policy"),
    ],
)
def test_lemmas(nlp: Language, text: str, word: str, lemma: str) -> None:
    assert find(nlp(text), word).lemma_ == lemma


def test_tags_and_morphology(nlp: Language) -> None:
    doc = nlp("We shipped your replacement yesterday.")
    assert [t.pos_ for t in doc] == ["PRON", "VERB", "PRON", "NOUN", "NOUN", "PUNCT"]
    assert doc[1].tag_ == "VBD"
    assert doc[1].morph.get("Tense") == ["Past"]
    assert doc[0].morph.get("Person") == ["1"]


def test_noun_chunks(nlp: Language) -> None:
    doc = nlp("Your new order and the customer's refund will reach Anna Smith in three business days.")
    chunks = [chunk.text for chunk in doc.noun_chunks]
    assert chunks == ["Your new order", "the customer's refund", "Anna Smith", "three business days"]


def test_noun_chunks_need_a_parse(nlp: Language) -> None:
    with pytest.raises(ValueError, match="E029"):
        list(nlp.make_doc("no parse").noun_chunks)


def test_sentence_starts_are_forced_at_blank_lines_and_list_items(nlp: Language) -> None:
    doc = nlp("please send us\n\nthe order number and\n- the date of\n- the invoice or\n2) the name")
    starts = [t.text for t in doc if t.is_sent_start]
    assert {"please", "the"} <= set(starts)
    assert starts.count("-") == 2
    assert "2" in starts
