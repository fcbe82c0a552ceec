"""From trained weights to the folder that ships: nothing in it but labels, weights and lemma tables.

The weights are read into a pipeline that never saw a training word, so no string table can hold one.
"""

import json
import re
import shutil
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups

from tools.pipeline import recipe
from tools.pipeline.treebank import PHONE

ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
VERSION = "1.0.0"
META = {
    "lang": "en",
    "name": "support",
    "version": VERSION,
    "description": "Small English pipeline of empathy-lint: tags, morphology, lemmas and Universal Dependencies.",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8.0,<3.9.0",
    "sources": [
        {
            "name": "UD English EWT 2.16",
            "author": "Universal Dependencies contributors; The Board of Trustees of Stanford University",
            "license": "CC BY-SA 4.0",
        }
    ],
}


def assemble(weights: bytes, lookups: Lookups) -> Language:
    """The pipeline to ship, in memory."""
    nlp = recipe.build(with_starts=False)
    nlp.from_bytes(weights, exclude=["vocab", "tokenizer", "meta.json", "config.cfg"])
    starts = nlp.add_pipe("attribute_ruler", name="starts", before="parser")
    starts.add_patterns(recipe.STARTS)  # type: ignore[attr-defined]
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=lookups)  # type: ignore[attr-defined]
    nlp.meta.update(META)
    _add_labels(nlp)
    return nlp


def _add_labels(nlp: Language) -> None:
    """A component loads its labels as hashes in places; their strings have to be in the vocabulary."""
    for name in ("tagger", "morphologizer", "parser"):
        for label in nlp.get_pipe(name).labels:  # type: ignore[attr-defined]
            nlp.vocab.strings.add(label)
    for morph in nlp.get_pipe("morphologizer").cfg["labels_morph"].values():  # type: ignore[attr-defined]
        nlp.vocab.morphology.add(morph)


def save(nlp: Language, folder: Path) -> None:
    """Write `nlp` to `folder`, replacing an older one. ValueError if private data is found in it.

    `nlp` must not have read any text yet: its string table keeps every word it meets. Sections of the
    config that only training reads are left out: parsing them costs start-up time.
    """
    if folder.exists():
        shutil.rmtree(folder)
    nlp.to_disk(folder)
    config = nlp.config
    for section in ("training", "pretraining", "corpora", "initialize", "paths", "system"):
        config.pop(section, None)
    (folder / "config.cfg").write_bytes(config.to_bytes(interpolate=False))
    found = private_strings(folder)
    if found:
        raise ValueError(f"private strings in the artefact: {found[:5]}")


def add_figures(folder: Path, figures: dict[str, float]) -> None:
    """Write measured figures to the `performance` of `meta.json`, where spaCy looks for them.

    spaCy's own git version is dropped: all digits, it looks like a telephone number.
    """
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta.pop("spacy_git_version", None)
    meta["performance"] = figures
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def private_strings(folder: Path) -> list[str]:
    """Mail addresses and telephone numbers in the texts of `folder`; weights are not text."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("model", "meta.json"):
            text = path.read_bytes().decode("utf-8", errors="ignore")
            found += [m.group() for m in PHONE.finditer(text)]
            found += [m.group() for m in ADDRESS.finditer(text)]
    return found


def size_on_disk(folder: Path) -> int:
    """Bytes in all files of `folder`."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
