"""One pipeline for all tests of this room: reading it takes a tenth of a second."""

from collections.abc import Callable

import pytest

pytest.importorskip("spacy")

from spacy.language import Language
from spacy.tokens import Doc

from empathy_lint.language.load import blank, load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def tokens() -> Callable[[str], Doc]:
    return blank().make_doc
