"""The customer's words in the agent's mouth: I → you, my → your, you → we, your → our, am → are.

Quotations, placeholders, names and figures are copied as they stand. Tenses stay as the customer had them: what
was charged twice was charged twice, whoever says it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from empathy_lint.listening.reading import SPELLINGS, Reading
from empathy_lint.listening.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "we": "you", "us": "you",
    "our": "your", "ours": "yours", "ourselves": "yourselves", "i'm": "you're",
}  # fmt: skip
_SECOND = {"your": "our", "yours": "ours", "yourself": "ourselves", "yourselves": "ourselves"}
_WAS = {"was": "were", "am": "are", "'m": "'re", "ai": "are"}
_MODALS = words("can ca could may might must should need have 'd")
# What the company does for a customer: "you can't refund me" is said to the company.
_COMPANY = words(
    """
    help refund fix tell send give explain offer provide resolve cancel change charge do sort credit
    """
)
_SCENE = words("when if once where until whenever unless")
# Energy that adds no fact.
_ENERGY = words(
    """
    literally honestly freaking frickin fucking fuckin damn goddamn bloody lol lmao smh pls please omg tf af
    """
)

FIRST_PERSON = re.compile(
    r"(?<![\w'-])(?:i|me|my|mine|myself|we|us|our|ours|ourselves|im|i'm|ive|i've|i'd|i'll)(?![\w-])", re.IGNORECASE
)


def turn(reading: Reading, start: int, end: int, generic: bool | None = None) -> str:
    """Tokens `start` to `end` in the agent's voice, on one line.

    "" when a first-person word of the customer's can't be turned. `generic` says whether "you" means anybody
    ("you can't keep…") and stays; found out when not given.
    """
    if generic is None:
        generic = anybody(reading, start, end)
    pieces = [_piece(reading, i, start, end, generic) for i in range(start, end)]
    return "" if None in pieces else tidy("".join(piece or "" for piece in pieces))


def anybody(reading: Reading, start: int, end: int) -> bool:
    """Whether "you" is anybody: with a modal or in a condition, and nothing of the customer's beside it."""
    doc = reading.doc
    sent = doc[start].sent
    words = [token.lower_ for token in doc[min(start, sent.start) : max(end, sent.end)]]
    at = [i for i, word in enumerate(words) if word == "you"]
    if "guys" in words or "please" in words or any(set(words[i + 1 : i + 4]) & _COMPANY for i in at):
        return False
    own = any(word in _FIRST for word in words)
    return any(set(words[i + 1 : i + 2]) & _MODALS or (not own and set(words[max(i - 2, 0) : i]) & _SCENE) for i in at)


def tidy(text: str) -> str:
    """Single spaces, none before a comma or full stop."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" +([,.!?;])", r"\1", text)
    text = text.replace("&amp;", "&")
    return (
        re.sub(r"[\s,;:–—-]+$|(?<=[a-z])' *$", "", text) if text.count("'") % 2 else re.sub(r"[\s,;:–—-]+$", "", text)
    )


def _piece(reading: Reading, i: int, start: int, end: int, generic: bool) -> str | None:
    """Token `i` for the other side, with its space; None for a first-person word that stayed."""
    token = reading.doc[i]
    space = " " if token.whitespace_ or token.is_space else ""
    if inside_quotes(reading, i):
        return reading.word(token) + space
    if token.is_space:
        return " "
    if _dropped(reading, i, start, end):
        return ""
    if turned := _turned(token, generic):
        return turned + space
    plain = _plain(reading, token, i == start)
    hole_in_the_ground = token.lower_ == "mine"  # the noun; the pronoun was turned above
    return None if FIRST_PERSON.fullmatch(plain) and not hole_in_the_ground else plain + space


def inside_quotes(reading: Reading, i: int) -> bool:
    """Between two quotes, double or single."""
    at = reading.spans[i].start
    return any(span.start < at < span.end - 1 for span in reading.quoted)


def _dropped(reading: Reading, i: int, start: int, end: int) -> bool:
    """Energy words, "guys" after "you", and a handle with its preposition ("from @Shop")."""
    doc = reading.doc
    token = doc[i]
    if token.lower_ in _ENERGY or (token.lower_ == "guys" and i > start and doc[i - 1].lower_ == "you"):
        return True
    if _handle(reading, i) and i > start and all(_handle(reading, k) for k in range(i, end)):
        return True
    if _handle(reading, i):
        return i > start and _last_handle(reading, i, end) and (_handle(reading, i - 1) or _preposition(doc[i - 1]))
    return (
        i + 1 < end
        and i > start
        and _preposition(token)
        and _handle(reading, i + 1)
        and _last_handle(reading, i + 1, end)
    )


def _last_handle(reading: Reading, i: int, end: int) -> bool:
    """Whether nothing that belongs to the handle ("@Shop gift card") follows it."""
    while i < end and _handle(reading, i):
        i += 1
    return i >= end or reading.doc[i].pos_ not in ("NOUN", "PROPN", "ADJ")


def _handle(reading: Reading, i: int) -> bool:
    return reading.word(reading.doc[i]).startswith("@")


def _preposition(token: Token) -> bool:
    return token.lower_ in ("at", "from", "by", "on", "with", "to", "via", "@")


def _turned(token: Token, generic: bool) -> str:
    """The word for the other side; empty where nothing changes."""
    low = token.lower_
    if low in _FIRST and not (low == "mine" and token.tag_ in ("NN", "VB")):
        return "you" if low == "us" and token.tag_ == "NNP" else _FIRST[low]
    if low in _WAS and (low != "was" or subject_is_i(token)):
        return _WAS[low]
    if generic:
        return ""
    if low == "you":
        return "we" if is_subject(token) else "us"
    return _SECOND.get(low, "")


def is_subject(token: Token) -> bool:
    """Whether a "you" does something: by its label, or because a verb form follows."""
    if token.i + 1 < len(token.doc):
        after = token.nbor(1)
        if after.tag_ in ("VBD", "VBP", "MD", "VBZ") or after.lower_ in ("'ve", "'re", "'ll", "'d", "have", "are"):
            return True
        if after.is_punct or after.tag_ in ("IN", "DT", "TO"):
            return False
    return token.dep_.startswith("nsubj")


def subject_is_i(token: Token) -> bool:
    """Whether "was" belongs to "I": close before or behind it, or by the parse."""
    doc = token.doc
    for k in range(token.i - 1, max(token.i - 5, -1), -1):
        if doc[k].lower_ == "i":
            return True
        if doc[k].pos_ in ("NOUN", "PROPN", "PRON", "SCONJ") or doc[k].lower_ in ("it", "which", "that"):
            break
    if token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "i":
        return True
    verb = token.head if token.dep_ in ("aux", "aux:pass", "cop") else token
    for _ in range(3):
        subjects = [child for child in verb.children if child.dep_.startswith(("nsubj", "csubj", "expl"))]
        if subjects or verb.dep_ != "conj":
            return any(child.lower_ == "i" for child in subjects)
        verb = verb.head
    return False


def _plain(reading: Reading, token: Token, first: bool) -> str:
    """As written, without shouting, chat spelling and a sentence's capital."""
    word = reading.word(token)
    read = token.text
    if word.lower() in SPELLINGS and read != word and word not in ("&", "@"):
        word = read if read != "Acme" else word
    elif word.isupper() and (read.islower() or _stressed(token)):
        word = word.lower()
    if (first or token.is_sent_start) and word[:1].isupper() and not _name(reading, token, word):
        word = word[0].lower() + word[1:]
    return word


def _stressed(token: Token) -> bool:
    """ "please HURRY": capitals on a verb, an adjective or an adverb; abbreviations are nouns."""
    return token.is_alpha and len(token) > 3 and token.pos_ in ("VERB", "ADJ", "ADV")


def _name(reading: Reading, token: Token, word: str) -> bool:
    """Whether a capital at the start of a sentence is a name's own."""
    if token.pos_ in ("DET", "PRON", "ADP", "SCONJ", "CCONJ", "AUX", "ADV", "PART"):
        return False
    if token.pos_ == "PROPN" or not word[1:].islower():
        return True
    after = token.i + 1 < len(token.doc) and reading.word(token.nbor(1))[:1].isupper() and token.nbor(1).lower_ != "i"
    return after or any(
        other.i != token.i and not other.is_sent_start and reading.word(other) == word
        for other in token.doc
        if other.i >= reading.body
    )
