"""Word classes for patterns that ask for them: only where their other words stand, and all in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_lint.rulebook import Rulebook

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from empathy_lint.signals.hear import Heard

# Writes tags into documents, in place, at the sentences named by their indices in `doc.sents`.
Annotate = Callable[[Iterable[tuple["Doc", Iterable[int]]]], None]


def tag(texts: Sequence[Heard], annotate: Annotate) -> None:
    """Tag the sentences that patterns with word classes may match; nothing is annotated where there is none."""
    work = [(heard.doc, wanted) for heard in texts if (wanted := _indices(heard))]
    if work:
        annotate(work)
    for heard in texts:
        heard.is_tagged = True


def _indices(heard: Heard) -> list[int]:
    if heard.is_tagged or not heard.ears.tagged:
        return []
    wanted = heard.wanting_tags
    return [index for index, sentence in enumerate(heard.doc.sents) if sentence.start in wanted]


def annotator(book: Rulebook, pipeline: str = "") -> Annotate:
    """What tags sentences. The bundled pipeline is loaded when it is first asked, a named one where a signal needs it.

    Raises LanguageError for a named one that is not installed, or that lacks what a signal needs.
    """
    from empathy_lint.language.load import load

    if pipeline:
        needs = tuple(_needs(book))
        return _with(_able(load(pipeline), needs)) if needs or not _is_installed(pipeline) else _idle

    @cache
    def bundled() -> Annotate:
        return _with(load())

    return lambda work: bundled()(work)


def _idle(work: Iterable[tuple[Doc, Iterable[int]]]) -> None:
    """Nobody asks for word classes."""
    assert not list(work)


def _is_installed(pipeline: str) -> bool:
    """Found without importing it, or spaCy."""
    return Path(pipeline).is_dir() or (pipeline.isidentifier() and find_spec(pipeline) is not None)


def _with(nlp: Language) -> Annotate:
    from empathy_lint.language.annotate import annotate
    from empathy_lint.language.errors import LanguageError
    from empathy_lint.language.load import pipeline_name

    def tags(work: Iterable[tuple[Doc, Iterable[int]]]) -> None:
        try:
            annotate(nlp, work, parse=False)
        except Exception as error:  # somebody else's components: say whose
            message = f"the spaCy pipeline {pipeline_name(nlp)} broke: {type(error).__name__}: {error}"
            raise LanguageError(message) from error

    return tags


def _able(nlp: Language, needs: Iterable[str]) -> Language:
    from empathy_lint.language.load import require

    for need in needs:
        require(nlp, _missing(nlp), need)
    return nlp


def _missing(nlp: Language) -> tuple[str, ...]:
    """The components that give word classes (universal tags) and are not there."""
    if "tagger" in nlp.pipe_names and "morphologizer" not in nlp.pipe_names:
        # As spaCy's own English pipelines have it: fine tags, then a table from those to word classes.
        return () if "attribute_ruler" in nlp.pipe_names else ("attribute_ruler",)
    return () if "morphologizer" in nlp.pipe_names else ("morphologizer",)


def _needs(book: Rulebook) -> Iterator[str]:
    """`the signal too-sweet, which the rule sugar asks for` for each signal with word classes."""
    for signal in book.signals.values():
        if signal.needs_tagger:
            users = [rule.id for rule in book.rules.values() if signal.name in _reach(book, rule.find.names)]
            asked = f", which the rule {users[0]} asks for," if users else ""
            yield f"the signal {signal.name}{asked}"


def _reach(book: Rulebook, names: Sequence[str]) -> set[str]:
    """Signals with all those that they are composed of."""
    found = set(names)
    for name in names:
        below = book.signals[name].find
        found |= _reach(book, below.names) if below else set()
    return found
