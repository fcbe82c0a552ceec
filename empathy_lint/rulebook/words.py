"""Words as the tokenizer sees them: contractions taken apart, and the forms that a word can take.

Everything is in spaCy's NORM: lower case, `n't` is `not`, `'re` is `are`. A test holds every word of the
rulebook against the real tokenizer.
"""

from __future__ import annotations

import re

_ENDINGS = (("n't", "not"), ("'re", "are"), ("'m", "am"), ("'ll", "will"), ("'ve", "have"), ("'d", "'d"), ("'s", "'s"))
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_WHOLE = {"cannot": ("can", "not"), "gonna": ("going", "to"), "let's": ("let", "us")}
# The tokenizer cuts at a hyphen between letters or figures, but for these.
_HYPHENATED = ("e-mail", "e-mails")
_HYPHEN = re.compile(r"(?<=\w)(-)(?=\w)")

_IRREGULAR = {
    "be": "am is are was were been being",
    "have": "has had having",
    "do": "does did done doing",
    "go": "goes went gone going",
    "get": "got gotten getting",
    "give": "gave given giving",
    "take": "took taken taking",
    "make": "made making",
    "see": "saw seen seeing",
    "say": "said saying",
    "tell": "told telling",
    "hear": "heard hearing",
    "feel": "felt feeling",
    "find": "found finding",
    "think": "thought thinking",
    "understand": "understood understanding",
    "know": "knew known knowing",
    "pay": "paid paying",
    "read": "reading reads",
    "send": "sent sending",
    "lose": "lost losing",
    "leave": "left leaving",
    "keep": "kept keeping",
    "let": "letting lets",
    "put": "putting puts",
    "set": "setting sets",
    "bring": "brought bringing",
    "buy": "bought buying",
    "come": "came coming",
    "become": "became becoming",
    "write": "wrote written writing",
    "break": "broke broken breaking",
    "speak": "spoke spoken speaking",
    "choose": "chose chosen choosing",
    "hold": "held holding",
    "meet": "met meeting",
    "run": "ran running",
    "begin": "began begun beginning",
    "mean": "meant meaning",
    "spend": "spent spending",
    "deal": "dealt dealing",
    "throw": "threw thrown throwing",
    "show": "showed shown showing",
    "forget": "forgot forgotten forgetting",
    "catch": "caught catching",
    "bear": "bore borne bearing",
    "stand": "stood standing",
    "mislead": "misled misleading",
    "withdraw": "withdrew withdrawn withdrawing",
    "overlook": "overlooked overlooking",
}
_VOWELS = "aeiou"


def split(word: str) -> tuple[str, ...]:
    """The NORMs of one written word: `can't` is (`can`, `not`), `mix-up` three. A bare `'re` is `are`."""
    word = word.lower().replace("’", "'")
    if word not in _HYPHENATED and _HYPHEN.search(word):
        return tuple(norm for part in _HYPHEN.split(word) for norm in split(part))
    if word in _WHOLE:
        return _WHOLE[word]
    for ending, norm in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word:
            return (_STEMS.get(stem, stem), norm) if stem else (norm,)
    return (word,)


def forms(word: str) -> tuple[str, ...]:
    """The word and what it turns into as a verb or a noun. May include forms that no one uses."""
    if word in _IRREGULAR:
        return tuple(dict.fromkeys((word, _third(word), *_IRREGULAR[word].split())))
    return tuple(dict.fromkeys((word, _third(word), _past(word), _gerund(word))))


def _third(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _gerund(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


def _doubled(word: str) -> str:
    """Short words of one closed syllable double their last letter: `stop`, `refer`."""
    short = len(word) >= 3 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    vowels = sum(letter in _VOWELS for letter in word)
    return word + word[-1] if short and (vowels == 1 or word.endswith(("fer", "mit", "cel", "bel"))) else word
