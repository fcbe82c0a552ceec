"""Read a CoNLL-U treebank into plain sentences, private tokens masked on the way in.

Nothing downstream sees the raw file: what is masked here cannot reach a model, a string table
or a lemma list by any route.
"""

import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, _DEPS, MISC = range(10)

MASKED_MAIL = "name@example.com"
MAIL = re.compile(r"[^\s<>()\[\]:;,\"']*@[^\s<>()\[\]:;,\"']*\w[^\s<>()\[\]:;,\"']*")
# Seven digits or more with nothing but telephone punctuation between them.
PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-/\u2013]{0,2}\d){6,}(?![\w])")


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. `head` is the index inside the sentence, its own index for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in order; `opens_paragraph` and `opens_document` tell what stands before them."""

    words: tuple[Word, ...]
    opens_paragraph: bool = False
    opens_document: bool = False

    @property
    def text(self) -> str:
        """The surface text, with the space after the last word."""
        return "".join(w.form + " " * w.space for w in self.words)


def read_treebank(path: Path) -> list[Sentence]:
    """All sentences of a `.conllu` or `.conllu.xz` file, masked. OSError if it cannot be read."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [mask(sentence) for sentence in _sentences(lines)]


def _sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    rows: list[list[str]] = []
    comments: list[str] = []
    for line in lines:
        line = line.rstrip("\n")
        if not line:
            yield _sentence(rows, comments)
            rows, comments = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            rows.append(line.split("\t"))


def _sentence(rows: list[list[str]], comments: list[str]) -> Sentence:
    return Sentence(
        words=tuple(_words(rows)),
        opens_paragraph=any(c.startswith(("# newpar", "# newdoc")) for c in comments),
        opens_document=any(c.startswith("# newdoc") for c in comments),
    )


def _words(rows: list[list[str]]) -> Iterator[Word]:
    """Syntactic words; a multi-word token ("don't") has its space after its last part only."""
    inside = range(0)
    space_after_range = True
    for row in rows:
        spaced = "SpaceAfter=No" not in row[MISC]
        if "-" in row[ID]:
            first, last = map(int, row[ID].split("-"))
            inside, space_after_range = range(first, last + 1), spaced
        elif "." not in row[ID]:
            number = int(row[ID])
            if number in inside:
                spaced = number == inside[-1] and space_after_range
            yield _word(row, number, spaced)


def _word(row: list[str], number: int, space: bool) -> Word:
    head = int(row[HEAD])
    return Word(
        form=row[FORM],
        lemma=row[LEMMA],
        pos=row[UPOS],
        tag=row[XPOS],
        morph=row[FEATS],
        head=(head or number) - 1,
        dep="ROOT" if head == 0 else row[DEPREL],
        space=space,
    )


def mask(sentence: Sentence) -> Sentence:
    """The sentence with mail addresses replaced and the digits of telephone numbers made 0.

    The shape of a telephone number is kept ("000-000-0000"), so the tagger still learns it.
    """
    phones = _character_ranges(sentence)
    words = [_masked(w, i in phones) for i, w in enumerate(sentence.words)]
    return replace(sentence, words=tuple(words))


def _character_ranges(sentence: Sentence) -> set[int]:
    hits = [m.span() for m in PHONE.finditer(sentence.text)]
    found: set[int] = set()
    start = 0
    for i, word in enumerate(sentence.words):
        end = start + len(word.form)
        if any(start < b and a < end for a, b in hits):
            found.add(i)
        start = end + word.space
    return found


def _masked(word: Word, in_phone: bool) -> Word:
    if MAIL.search(word.form) or MAIL.search(word.lemma):
        return replace(word, form=MASKED_MAIL, lemma=MASKED_MAIL)
    if in_phone:
        return replace(word, form=_zeros(word.form), lemma=_zeros(word.lemma))
    return word


def _zeros(text: str) -> str:
    return re.sub(r"\d", "0", text)
