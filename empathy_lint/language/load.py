"""From a pipeline's name to a ready `Language`; without a name, the pipeline inside this package."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_lint.language.errors import LanguageError
from empathy_lint.language.startup import import_spacy

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

BUNDLED = Path(__file__).parent / "en_support"
_TOKENIZER = "empathy_lint.Tokenizer.v1"


def load(pipeline: str | None = None) -> "Language":
    """The bundled pipeline, or an installed one by name or path. LanguageError if it can't be read.

    Load a pipeline that needs torch before the first `blank()`: that one imports spaCy with torch kept
    out, for good.
    """
    return _foreign(pipeline) if pipeline else _bundled()


# Characters; the readers' limit for a file is 50 MB.
LONGEST = 50_000_000


def blank() -> "Language":
    """Tokenizer and vocabulary only; nothing is read from disk."""
    import_spacy()
    from spacy.lang.en import English

    # spaCy's limit of a million characters is for parsers, which hold a whole text at once; no reader lets
    # a file through that is longer than this.
    return English(create_tokenizer=_tokenizer, max_length=LONGEST)


def require(nlp: "Language", components: Iterable[str], needed_by: str) -> None:
    """LanguageError naming the components that `needed_by` (a rule, say) needs and `nlp` has not."""
    missing = [name for name in components if name not in nlp.pipe_names]
    if missing:
        raise LanguageError(
            f"{needed_by} needs {_listed(missing)}, but the pipeline {pipeline_name(nlp)} has only"
            f" {_listed(nlp.pipe_names)}"
        )


def pipeline_name(nlp: "Language") -> str:
    """Language, name and version: "en_support 1.0.0"; "en_pipeline 0.0.0" for a nameless one."""
    return f"{nlp.meta['lang']}_{nlp.meta['name'] or 'pipeline'} {nlp.meta['version']}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "nothing but a tokenizer"


def _bundled() -> "Language":
    """Quicker than `spacy.load`: the tokenizer comes from code and the config isn't validated again."""
    import_spacy()
    from spacy.util import load_config, load_model_from_config, registry

    from empathy_lint.language.chunks import noun_chunks

    registry.tokenizers.register(_TOKENIZER, func=lambda: _tokenizer)
    try:
        config = load_config(BUNDLED / "config.cfg")
        config["nlp"]["tokenizer"] = {"@tokenizers": _TOKENIZER}
        nlp = load_model_from_config(config, validate=False)
        nlp.from_disk(BUNDLED, exclude=["tokenizer"])
    except (OSError, ValueError) as error:
        raise LanguageError(f"the pipeline inside empathy-lint cannot be read: {error}") from error
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy wants tuples, its stub spans
    return nlp


def _tokenizer(nlp: "Language") -> "Tokenizer":
    from empathy_lint.language.tokens import build_tokenizer

    return build_tokenizer(nlp.vocab)


def _foreign(pipeline: str) -> "Language":
    spacy = import_spacy(keep_out=())
    try:
        nlp: Language = spacy.load(pipeline)
    except OSError as error:
        raise LanguageError(
            f"no spaCy pipeline “{pipeline}”: it is neither an installed package nor a folder."
            " Leave the setting out to use the pipeline inside empathy-lint"
        ) from error
    except (ImportError, ValueError, KeyError) as error:
        raise LanguageError(f"the spaCy pipeline “{pipeline}” cannot be loaded: {error}") from error
    return nlp
