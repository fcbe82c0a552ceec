"""The phrase language: how a support lead writes down what to listen for.

    you should have ~read            words; `~read` is any form of the word
    (we|our team) can not            alternatives
    there is (really)? nothing       an optional part
    {we} ... {unable} to             a named list of `words.yaml`; a gap of up to five words
    {we} ..2 refund                  a gap of up to two words
    ^ no $                           start and end of a sentence
    was not *ed                      any word with this ending
    so <adj>                         a word class, from the tagger
    about <number>                   a number, in digits or words

Words are compared by NORM, so `can not` also hears "can't" and "cannot".

A phrase compiles to one regular expression over a sentence written as its NORMs, each with a space before it
(` we can not refund the fee .`). spaCy's `Matcher` knows no nested alternatives: spelled out, three lists in
one phrase were thousands of its patterns, and each took longer to build than this takes to run. Parsing
needs no spaCy. The words that must occur are kept beside it, so that a phrase is tried only where it can match.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from empathy_lint.rulebook import words
from empathy_lint.rulebook.frequent import commonness
from empathy_lint.rulebook.strict import did_you_mean

CLASSES = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV", "name": "PROPN", "aux": "AUX", "pronoun": "PRON"}
GAP = 5
LONGEST_GAP = 50
# Stands between a NORM and its word class, where a pattern asks for classes.
TAG_MARK = "\x1f"
_LEX = re.compile(r"\.\.\.|\.\.\d+|<\w+>|\{[\w-]+\}|~?[\w'’*&%$€£-]*[\w*&%€£]|[()|?^$]|[^\s\w(){}<~]")
_NUMBER = (
    r"(?:\d[\d.,:]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
)
_MARKS = r"(?: [^\w ]+)*"

Needs = tuple[frozenset[str], ...]


class PhraseError(ValueError):
    """A phrase that can't be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled phrase. Group 1 of `regex` is the match; of each of `needs` one word must occur."""

    regex: str
    needs: Needs
    tagged: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a phrase: its regular expression, what must occur, whether it asks for word classes."""

    regex: str
    needs: Needs = ()
    tagged: bool = False


def compile_phrase(phrase: str, lists: Mapping[str, Sequence[str]]) -> Pattern:
    """The pattern of one phrase. Raises PhraseError with what is wrong."""
    marks = _lex(phrase)
    starts = marks[:1] == ["^"]
    piece = _whole(marks[starts:], lists)
    if not piece.needs:
        raise PhraseError("a phrase needs at least one word that must occur")
    # Where nobody asks for word classes none are written, and an expression without them is half as long.
    regex = piece.regex if piece.tagged else piece.regex.replace(_CLASS, "")
    return Pattern(f"{'^' + _MARKS if starts else ''}({regex})", piece.needs, piece.tagged)


def _lex(phrase: str) -> list[str]:
    found, at = [], 0
    for match in _LEX.finditer(phrase):
        if phrase[at : match.start()].strip():
            raise PhraseError(f"can't read “{phrase[at : match.start()].strip()}”")
        found.append(match.group())
        at = match.end()
    if phrase[at:].strip():
        raise PhraseError(f"can't read “{phrase[at:].strip()}”")
    if not found:
        raise PhraseError("an empty phrase")
    return found


def _whole(marks: list[str], lists: Mapping[str, Sequence[str]]) -> _Piece:
    """All of a phrase but the `^` at its start."""
    if "^" in marks:
        raise PhraseError("^ belongs at the very start")
    piece, rest = _alternatives(marks, lists, 0)
    if rest != len(marks):
        raise PhraseError("“)” without its opening bracket")
    return piece


def _alternatives(marks: list[str], lists: Mapping[str, Sequence[str]], at: int) -> tuple[_Piece, int]:
    """`a b | c`, up to a closing bracket or the end."""
    branches: list[_Piece] = []
    row: list[_Piece] = []
    while at < len(marks) and marks[at] != ")":
        if marks[at] == "|":
            branches.append(_sequence(row))
            row, at = [], at + 1
            continue
        piece, at = _item(marks, lists, at)
        row.append(piece)
    return _either([*branches, _sequence(row)]), at


def _item(marks: list[str], lists: Mapping[str, Sequence[str]], at: int) -> tuple[_Piece, int]:
    if marks[at] == "(":
        piece, at = _alternatives(marks, lists, at + 1)
        if at >= len(marks):
            raise PhraseError("“(” without its closing bracket")
    else:
        piece = _atom(marks[at], lists)
    at += 1
    if at < len(marks) and marks[at] == "?":
        return _Piece(f"(?:{piece.regex})?", (), piece.tagged), at + 1
    return piece, at


def _atom(mark: str, lists: Mapping[str, Sequence[str]]) -> _Piece:
    if mark.startswith(".."):
        most = GAP if mark == "..." else int(mark[2:])
        if most > LONGEST_GAP:
            raise PhraseError(f"a gap of {most} words; {LONGEST_GAP} are the most")
        return _Piece(rf"(?: [^ ]+){{0,{most}}}?")
    if mark == "$":
        return _Piece(f"(?={_MARKS}$)")
    if mark.startswith("<") and mark.endswith(">"):
        return _class(mark[1:-1])
    if mark.startswith("{"):
        return _listed(mark[1:-1], lists)
    if mark.startswith("*") and mark[1:].isalpha():
        return _Piece(rf" [^ ]+{mark[1:].lower()}{_END}")
    if mark.startswith("~"):
        return _either([_word(form) for form in words.forms(mark[1:].lower())])
    return _sequence([_word(norm) for norm in words.split(mark)])


def _word(norm: str) -> _Piece:
    return _Piece(f" {re.escape(norm)}{_END}", (frozenset((norm,)),))


_CLASS = rf"(?:{TAG_MARK}\w+)?"
_END = rf"{_CLASS}(?![^ ])"


def _class(name: str) -> _Piece:
    if name == "number":
        return _Piece(f" {_NUMBER}{_END}")
    if name not in CLASSES:
        known = ", ".join(f"<{known}>" for known in (*CLASSES, "number"))
        raise PhraseError(f"unknown word class <{name}>; there are {known}")
    return _Piece(f" [^ {TAG_MARK}]+{TAG_MARK}{CLASSES[name]}(?![^ ])", (), True)


def _listed(name: str, lists: Mapping[str, Sequence[str]]) -> _Piece:
    if name not in lists:
        raise PhraseError(f"unknown word list {{{name}}}.{did_you_mean(name, lists)}")
    if not lists[name]:
        raise PhraseError(f"the word list {{{name}}} is empty, or holds itself")
    within = {**lists, name: ()}
    return _either([_whole(_lex(phrase), within) for phrase in lists[name]])


def _sequence(row: Sequence[_Piece]) -> _Piece:
    return _Piece(
        "".join(piece.regex for piece in row),
        tuple(need for piece in row for need in piece.needs),
        any(piece.tagged for piece in row),
    )


def _either(branches: Sequence[_Piece]) -> _Piece:
    """One of several. What must occur is one word of whichever branch it is."""
    if len(branches) == 1:
        return branches[0]
    needs: Needs = ()
    if all(branch.needs for branch in branches):
        needs = (frozenset(word for branch in branches for word in min(branch.needs, key=commonness)),)
    return _Piece(_any_of([branch.regex for branch in branches]), needs, any(branch.tagged for branch in branches))


def _any_of(branches: Sequence[str]) -> str:
    """The end that all branches share is written once: shorter, and quicker to read back and to try."""
    if not all(branch.endswith(_END) for branch in branches):
        return f"(?:{'|'.join(branches)})"
    return f"(?:{'|'.join(branch.removesuffix(_END) for branch in branches)}){_END}"
