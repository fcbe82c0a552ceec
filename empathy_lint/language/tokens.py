"""The tokenizer: spaCy's English rules, leaner, and the few more that support mail needs.

It is built in code, not read from disk, so `blank()` and the bundled pipeline cannot disagree. spaCy
lists every contraction one by one, 1,200 of them, and building those took a tenth of a cold start; here
four suffix patterns cut them ("can't" -> "ca" + "n't"), upper-case ones and curly ones too, and
`lexeme_norm` keeps their NORM ("n't" -> "not"), which spaCy keeps per contraction.

Agreement with the words of UD English EWT (train part, raw text): F 98.3 with spaCy's own rules, 99.1
with these.
"""

import re
from collections.abc import Iterable, Iterator

from spacy.attrs import NORM, ORTH  # type: ignore[import-not-found]
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER
from spacy.lang.en import English
from spacy.lookups import Table
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

# Placeholders that hold no space stay whole, with a comma or a full stop beside them too.
PLACEHOLDERS = (
    r"\{\{[^\s{}]+\}\}",
    r"[%$#]\{[^\s{}]+\}",
    r"\{[A-Za-z_][\w.]*\}",
    r"%[A-Za-z_][\w.]+%",
)

CONTRACTIONS = (
    r"(?<=\w)n['\u2019]t",
    r"(?<=\w)N['\u2019]T",
    r"(?<=[\w.])['\u2019](?:re|ve|ll|m|d|RE|VE|LL|M|D)",
)
_CONTRACTED = re.compile(r"(?:n['\u2019]t|['\u2019](?:s|m|re|ve|ll|d))\Z", re.IGNORECASE)
# Contractions written without their apostrophe that are no other word.
BARE = """
    im ive youre youve youll theyre theyve theyll weve itll thats whats theres whos hes shes
    cant couldnt dont doesnt didnt hadnt mustnt shouldnt wont wouldnt aint arent isnt wasnt werent havent hasnt
    couldve shouldve wouldve mightve mustve cannot gonna gotta em ol yall xd
"""
NORMS = {
    "n't": "not",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'m": "am",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}

# spaCy spells out every letter of thirty scripts; compiling that takes 16 ms of a cold start. These
# classes say the same of Latin, Greek and Cyrillic (Latin Extended counts as both cases).
LEANER = (
    (f"[{ALPHA}]", r"[^\W\d_]"),
    (f"[{ALPHA}0-9]", r"[^\W_]"),
    (ALPHA_LOWER, "a-z\u00df-\u00f6\u00f8-\u024f\u03ac-\u03ce\u0430-\u045f"),
    (ALPHA_UPPER, "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u0386-\u03ab\u0400-\u042f"),
)

# North American telephone numbers, with or without country code; spaCy cuts them at the hyphens.
PHONE = re.compile(r"(?:\+?\d{1,3}[\-.])?(?:\(?\d{3}\)?[\-./])?\d{3}[\-.]\d{4}\Z")

# One word each to the treebank, and to a reader.
WHOLE = ("e-mail", "E-mail", "e-mails", "E-mails", "E-Mail")
SLASHED = ("and/or", "And/or", "and/Or", "And/Or", "AND/OR")


def build_tokenizer(vocab: Vocab) -> Tokenizer:
    """The one tokenizer of this package, over `vocab`, which learns the norms of contractions."""
    add_norms(vocab)
    defaults = English.Defaults
    extra = [*PLACEHOLDERS, *_runs()]
    return Tokenizer(
        vocab,
        rules={**_kept(defaults.tokenizer_exceptions), **dict(_special_cases())},
        prefix_search=compile_prefix_regex([*extra, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*extra, *CONTRACTIONS, *_lean(defaults.suffixes)]).search,
        infix_finditer=compile_infix_regex(list(_lean(defaults.infixes))).finditer,
        token_match=PHONE.match,
        url_match=defaults.url_match,
    )


def add_norms(vocab: Vocab) -> None:
    """Set the norms on the lexemes themselves, and in the table that a saved vocabulary carries."""
    table = {spelling: norm for form, norm in NORMS.items() for spelling in _spellings(form)}
    vocab.lookups.set_table("lexeme_norm", Table(name="lexeme_norm", data=table))
    for spelling, norm in table.items():
        vocab[spelling].norm_ = norm


def _spellings(form: str) -> set[str]:
    forms = {form, form.upper()} if "'" in form else {form, form.title()}
    return forms | {f.replace("'", "\u2019") for f in forms}


def _kept(exceptions: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    """spaCy's exceptions without contractions that the suffix patterns cut, and without rare bare ones."""
    bare = frozenset(BARE.split())
    return {
        text: parts
        for text, parts in exceptions.items()
        if (text.lower() in bare if text.isalpha() else not _CONTRACTED.search(text))
    }


def _lean(patterns: Iterable[str | re.Pattern[str]] | None) -> Iterator[str]:
    for pattern in map(str, patterns or ()):
        for spelt_out, short in LEANER:
            pattern = pattern.replace(spelt_out, short)
        yield pattern


def _runs() -> Iterator[str]:
    """One token per run: "!!!", "?!", "***", "_____", "<<"."""
    yield r"[!?]{2,}"
    yield from (rf"{re.escape(c)}{{2,}}" for c in "*_=~#+<>-")


def _special_cases() -> Iterator[tuple[str, list[dict[int, str]]]]:
    for word in WHOLE:
        yield word, [{ORTH: word}]
    for word in SLASHED:
        first, second = word.split("/")
        yield word, [{ORTH: first}, {ORTH: "/"}, {ORTH: second}]
    for let in ("let", "Let"):
        yield f"{let}'s", [{ORTH: let, NORM: "let"}, {ORTH: "'s", NORM: "us"}]
