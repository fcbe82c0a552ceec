"""The training loop: a fixed number of steps, averaged weights, the best look at the dev set wins."""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from tools.pipeline import recipe
from tools.pipeline.corpus import plain_examples, training_examples
from tools.pipeline.treebank import Sentence


def train(
    nlp: Language,
    sentences: Sequence[Sentence],
    dev: Sequence[Sentence],
    steps: int,
    say: Callable[[str], None],
) -> bytes:
    """Train `nlp` in place; answers the bytes of the averaged weights that did best on `dev`."""
    fix_random_seed(0)
    rng = random.Random(0)
    seed_examples = training_examples(nlp, sentences, rng)
    optimizer = nlp.initialize(lambda: seed_examples)
    optimizer = Adam(learn_rate=recipe.LEARN_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    best, kept, began = 0.0, b"", time.monotonic()
    for step, batch in enumerate(_batches(nlp, sentences, rng), start=1):
        optimizer.learn_rate = recipe.LEARN_RATE * max(0.01, 1 - step / steps)
        nlp.update(batch, sgd=optimizer, drop=recipe.DROPOUT)
        if step % recipe.CHECK_EVERY == 0 or step == steps:
            with nlp.use_params(optimizer.averages):
                score, line = _look(nlp, dev)
                if score > best:
                    best, kept = score, nlp.to_bytes(exclude=["tokenizer"])
            say(f"{step:6d} {time.monotonic() - began:6.0f} s  {line}")
        if step == steps:
            break
    return kept


def _batches(nlp: Language, sentences: Sequence[Sentence], rng: random.Random) -> Iterator[list[Example]]:
    """Endless batches of whole documents, growing from 100 words to 1000."""
    size, largest, growth = recipe.BATCH_WORDS
    batch: list[Example] = []
    words = 0
    while True:
        for example in training_examples(nlp, sentences, rng):
            batch.append(example)
            words += len(example.predicted)
            if words >= size:
                yield batch
                batch, words = [], 0
                size = min(largest, size * growth)


def _look(nlp: Language, dev: Sequence[Sentence]) -> tuple[float, str]:
    examples = plain_examples(nlp, dev)
    for example, doc in zip(examples, nlp.pipe([e.predicted for e in examples], batch_size=64), strict=True):
        example.predicted = doc
    scores = Scorer(nlp).score(examples)
    names = ("tag_acc", "pos_acc", "morph_acc", "dep_uas", "dep_las", "sents_f")
    line = "  ".join(f"{name} {scores[name]:.4f}" for name in names)
    return scores["dep_las"] + scores["pos_acc"] + scores["sents_f"] / 2, line
