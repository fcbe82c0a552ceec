"""Train, measure and pack the English pipeline inside empathy-lint.

    python tools/train_pipeline.py [TRAIN DEV TEST] [--out FOLDER] [--steps N] [--weights FILE]

TRAIN, DEV and TEST are the three files of UD English EWT (2.16), `.conllu` or `.conllu.xz`, by default
those in `../shared/train` beside the repository. A full run takes 40 minutes on one core. With
`--weights` the trained weights are kept in FILE, or taken from it if it exists: then only lemma tables,
figures and packing are done again.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))

import spacy  # noqa: E402

from tools.pipeline import recipe  # noqa: E402
from tools.pipeline.card import write_card  # noqa: E402
from tools.pipeline.evaluation import evaluate  # noqa: E402
from tools.pipeline.lemmas import lemma_tables  # noqa: E402
from tools.pipeline.pack import add_figures, assemble, save, size_on_disk  # noqa: E402
from tools.pipeline.training import train  # noqa: E402
from tools.pipeline.treebank import Sentence, read_treebank  # noqa: E402

DATA = REPO.parent / "shared" / "train"
DEFAULTS = [DATA / f"en_ewt-ud-{part}.conllu.xz" for part in ("train", "dev", "test")]
LICENCE = "LICENSE-UD_English-EWT.txt"
# The bounds this pipeline is held to, in percent and bytes; the exit status tells.
FLOORS = {"pos": 94.0, "uas": 83.0, "las": 80.0, "sentences_f": 86.0}
LARGEST = 6_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """0 when the pipeline was packed, 1 when it missed a bound."""
    options = _options(argv)
    sentences, dev, test = (read_treebank(path) for path in options.files or DEFAULTS)
    weights = _weights(options.weights, sentences, dev, options.steps)
    save(assemble(weights, lemma_tables(sentences)), options.out)
    figures = evaluate(spacy.load(options.out), test)
    add_figures(options.out, figures)
    write_card(options.out, figures, size_on_disk(options.out))
    licence = (options.files or DEFAULTS)[0].parent / LICENCE
    if licence.exists():
        (options.out / LICENCE).write_bytes(licence.read_bytes())
    return _report(figures, size_on_disk(options.out))


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the pipeline inside empathy-lint.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="train, dev and test (.conllu[.xz])")
    parser.add_argument("--out", type=Path, default=REPO / "empathy_lint" / "language" / "en_support")
    parser.add_argument("--steps", type=int, default=recipe.STEPS)
    parser.add_argument("--weights", type=Path, help="keep the weights here, or start from them")
    options = parser.parse_args(argv)
    if len(options.files) not in (0, 3):
        parser.error("name all three files, or none")
    return options


def _weights(kept: Path | None, sentences: Sequence[Sentence], dev: Sequence[Sentence], steps: int) -> bytes:
    if kept and kept.exists():
        return kept.read_bytes()
    weights = train(recipe.build(with_starts=False), sentences, dev, steps, _say)
    if kept:
        kept.write_bytes(weights)
    return weights


def _report(figures: dict[str, float], size: int) -> int:
    for name, value in figures.items():
        _say(f"{name:24} {value}")
    _say(f"{'bytes':24} {size}")
    missed = [name for name, floor in FLOORS.items() if figures[name] < floor]
    if missed or size > LARGEST:
        _say(f"missed its bounds: {', '.join(missed) or 'size'}")
    return int(bool(missed) or size > LARGEST)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
