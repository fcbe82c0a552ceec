"""What it is held against: spaCy alone, the bundled pipeline alone, proselint."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from empathy_lint.language.load import BUNDLED
from tools.bench.timing import PYTHON

_START = "import spacy; nlp = spacy.load({model!r}); nlp('Thanks, we will look into it.')"
_PIPELINE = (
    "import pathlib, spacy; nlp = spacy.load({model!r});"
    " [None for _ in nlp.pipe(p.read_text() for p in sorted(pathlib.Path({folder!r}).iterdir()))]"
)


def spacy_start() -> tuple[str, ...]:
    """`import spacy`, load the bundled pipeline as anyone would, one document."""
    return (*PYTHON, "-c", _START.format(model=str(BUNDLED)))


def pipeline(folder: Path) -> tuple[str, ...]:
    """Every component of the bundled pipeline over every file."""
    return (*PYTHON, "-c", _PIPELINE.format(model=str(BUNDLED), folder=str(folder)))


def proselint(folder: Path) -> tuple[str, ...] | None:
    """None where it is not installed (`pip install proselint`)."""
    return (*PYTHON, "-m", "proselint", "check", str(folder)) if find_spec("proselint") else None
