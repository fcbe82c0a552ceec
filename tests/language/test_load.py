"""Loading: the bundled pipeline, somebody's own, and errors that say what to do."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from empathy_lint.language.errors import LanguageError
from empathy_lint.language.load import BUNDLED, blank, load, pipeline_name, require
from empathy_lint.model import EmpathyLintError


def test_the_bundled_pipeline_has_its_components(nlp: Language) -> None:
    require(nlp, ["tok2vec", "tagger", "morphologizer", "parser", "lemmatizer"], "nobody")
    assert pipeline_name(nlp) == "en_support 1.0.0"


def test_blank_has_a_tokenizer_and_nothing_else() -> None:
    assert blank().pipe_names == []


def test_plain_spacy_reads_the_folder_and_agrees(nlp: Language) -> None:
    text = "I'm sorry we can't refund you.\n\n- please wait"
    plain = spacy.load(BUNDLED)(text)
    assert [(t.text, t.norm_, t.tag_, t.dep_, t.lemma_) for t in plain] == [
        (t.text, t.norm_, t.tag_, t.dep_, t.lemma_) for t in nlp(text)
    ]


def test_a_path_works_as_a_name() -> None:
    assert load(str(BUNDLED)).meta["name"] == "support"


def test_a_missing_pipeline_is_a_clear_error() -> None:
    with pytest.raises(LanguageError, match=r"“en_nowhere”.*neither an installed package nor a folder"):
        load("en_nowhere")


def test_a_broken_pipeline_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = null\n", encoding="utf-8")
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "x", "version": "1"}', encoding="utf-8")
    with pytest.raises(LanguageError, match="cannot be loaded"):
        load(str(tmp_path))


def test_require_names_the_component_the_rule_and_the_pipeline() -> None:
    with pytest.raises(EmpathyLintError, match=r"the rule closed-door needs “parser”.*en_pipeline") as caught:
        require(blank(), ["parser"], "the rule closed-door")
    assert "nothing but a tokenizer" in str(caught.value)
