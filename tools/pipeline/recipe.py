"""The shape of the pipeline and the settings of its training, in one place."""

from typing import Any

import spacy
from spacy.language import Language

from empathy_lint.language.tokens import build_tokenizer

WIDTH = 96
ROWS = {"NORM": 3000, "PREFIX": 500, "SUFFIX": 1500, "SHAPE": 500, "SPACY": 8, "IS_SPACE": 8}
DEPTH = 4
STEPS = 11_000
LEARN_RATE = 1.5e-3  # falls linearly to nothing over the steps
DROPOUT = 0.2  # at 0.1 the dev set is 0.8 points of LAS worse
BATCH_WORDS = (100.0, 1000.0, 1.001)  # from, to, growth a step
CHECK_EVERY = 1000  # steps between looks at the dev set

TOK2VEC: dict[str, Any] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": list(ROWS),
        "rows": list(ROWS.values()),
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": DEPTH,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
LABELLER = {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": LISTENER}
PARSER = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "parser",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": LISTENER,
}

# A blank line, and a dash, star, dot or number that opens a line, start a sentence whatever the
# parser thinks: without this, sentence F on run-on text falls to 69 (measured on the test set).
BLANK_LINE = {"TEXT": {"REGEX": r"\n[ \t\r]*\n"}}
LINE_BREAK = {"TEXT": {"REGEX": r"\n"}}
BULLET = {"TEXT": {"REGEX": r"^(?:[-*\u2022\u00b7\u2013\u2014>]|\(?\d{1,2}[.)]?)$"}}
STARTS: list[dict[str, Any]] = [
    {"patterns": [[BLANK_LINE, {}]], "attrs": {"SENT_START": 1}, "index": 1},
    {"patterns": [[LINE_BREAK, BULLET]], "attrs": {"SENT_START": 1}, "index": 1},
]


def build(with_starts: bool = True) -> Language:
    """The untrained pipeline: built-in factories only, so that plain `spacy.load` can read it."""
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp.vocab)
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": LABELLER})
    nlp.add_pipe("morphologizer", config={"model": LABELLER})
    if with_starts:
        nlp.add_pipe("attribute_ruler", name="starts").add_patterns(STARTS)  # type: ignore[attr-defined]
    nlp.add_pipe("parser", config={"model": PARSER, "min_action_freq": 30})
    return nlp
