"""The phrase language: how a support lead writes down what to listen for.

    you should have ~read            words; `~read` is any form of the word
    (we|our team) can not            alternatives
    there is (really)? nothing       an optional part
    {we} ... {unable} to             a named list of `words.yaml`; a gap of up to five words
    {we} ..2 refund                  a gap of up to two words
    ^ no $                           start and end of a sentence
    so <adj>                         a word class, from the tagger
    about <number>                   a number, in digits or words

A phrase compiles to `Pattern`s, sequences of token tests without nesting. Words are compared by NORM, so
`can not` also hears "can't" and "cannot". Parsing needs no spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from empathy_lint.rulebook import words

CLASSES = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV", "name": "PROPN", "number": "NUM", "aux": "AUX"}
GAP = 5
MOST = 400
_LEX = re.compile(r"\.\.\.|\.\.\d+|<\w+>|\{[\w-]+\}|~?[\w'’*&%$€£-]*[\w*&%€£]|[()|?^$,.!:;\"“”…–-]")


class PhraseError(ValueError):
    """A phrase that can't be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token test: any of `norms`, or the word class `pos`, or, with neither, any word at all."""

    norms: frozenset[str] = frozenset()
    pos: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Token tests in a row; `starts`/`ends` tie it to the first and last word of a sentence."""

    tokens: tuple[Token, ...]
    starts: bool = False
    ends: bool = False

    @property
    def needed(self) -> tuple[frozenset[str], ...]:
        """For each word that must occur, what it may be."""
        return tuple(token.norms for token in self.tokens if token.norms and not token.optional)

    @property
    def needs_tagger(self) -> bool:
        return any(token.pos and token.pos != "NUM" for token in self.tokens)


_Row = tuple[Token | str, ...]


def compile_phrase(phrase: str, lists: Mapping[str, Sequence[str]]) -> tuple[Pattern, ...]:
    """The patterns of one phrase. Raises PhraseError with what is wrong and where."""
    marks = _lex(phrase)
    rows, rest = _alternatives(marks, lists, 0)
    if rest != len(marks):
        raise PhraseError(f"“{marks[rest]}” without its opening bracket")
    if len(rows) > MOST:
        raise PhraseError(f"this spells out {len(rows)} phrases, more than {MOST}; split it")
    return tuple(_pattern(row) for row in rows)


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


def _alternatives(marks: list[str], lists: Mapping[str, Sequence[str]], at: int) -> tuple[list[_Row], int]:
    """Rows for `a b | c` up to a closing bracket or the end."""
    rows: list[_Row] = []
    current: list[_Row] = [()]
    while at < len(marks) and marks[at] != ")":
        if marks[at] == "|":
            rows, current, at = rows + current, [()], at + 1
            continue
        options, at = _item(marks, lists, at)
        current = [before + after for before, after in product(current, options)]
        if len(current) > MOST:
            raise PhraseError(f"this spells out more than {MOST} phrases; split it")
    return _merged(rows + current), at


def _item(marks: list[str], lists: Mapping[str, Sequence[str]], at: int) -> tuple[list[_Row], int]:
    mark = marks[at]
    if mark == "(":
        options, at = _alternatives(marks, lists, at + 1)
        if at >= len(marks):
            raise PhraseError("“(” without its closing bracket")
    else:
        options = _atom(mark, lists)
    at += 1
    if at < len(marks) and marks[at] == "?":
        options, at = _optional(options), at + 1
    return options, at


def _optional(options: list[_Row]) -> list[_Row]:
    if len(options) == 1 and len(options[0]) == 1 and isinstance(options[0][0], Token):
        token = options[0][0]
        return [(Token(token.norms, token.pos, True),)]
    return [*options, ()]


def _atom(mark: str, lists: Mapping[str, Sequence[str]]) -> list[_Row]:
    if mark.startswith(".."):
        count = GAP if mark == "..." else int(mark[2:])
        return [(Token(optional=True),) * count]
    if mark in ("^", "$"):
        return [(mark,)]
    if mark.startswith("<") and mark.endswith(">"):
        return [_class(mark[1:-1])]
    if mark.startswith("{"):
        return _listed(mark[1:-1], lists)
    if mark.startswith("~"):
        return [(Token(frozenset(words.forms(mark[1:].lower()))),)]
    return [tuple(Token(frozenset((norm,))) for norm in words.split(mark))]


def _class(name: str) -> _Row:
    if name not in CLASSES:
        raise PhraseError(f"unknown word class <{name}>; there are {', '.join(f'<{known}>' for known in CLASSES)}")
    return (Token(pos=CLASSES[name]),)


def _listed(name: str, lists: Mapping[str, Sequence[str]]) -> list[_Row]:
    if name not in lists:
        from empathy_lint.rulebook.strict import did_you_mean

        raise PhraseError(f"unknown word list {{{name}}}.{did_you_mean(name, lists)}")
    return _merged([row for phrase in lists[name] for row in _alternatives(_lex(phrase), lists, 0)[0]])


def _merged(rows: list[_Row]) -> list[_Row]:
    """Rows of a single plain word become one token test, so that alternatives don't multiply."""
    single = [row[0] for row in rows if len(row) == 1 and _is_word(row[0])]
    if len(single) < 2:
        return rows
    joined = Token(frozenset(norm for token in single if isinstance(token, Token) for norm in token.norms))
    return [(joined,), *(row for row in rows if not (len(row) == 1 and _is_word(row[0])))]


def _is_word(mark: Token | str) -> bool:
    return isinstance(mark, Token) and bool(mark.norms) and not mark.optional


def _pattern(row: _Row) -> Pattern:
    tokens = tuple(token for token in row if isinstance(token, Token))
    if any(mark == "^" for mark in row[1:]) or any(mark == "$" for mark in row[:-1]):
        raise PhraseError("^ belongs at the very start and $ at the very end")
    pattern = Pattern(tokens, row[:1] == ("^",), row[-1:] == ("$",))
    if not pattern.needed:
        raise PhraseError("a phrase needs at least one word that must occur")
    return pattern


def all_words(patterns: Iterable[Pattern]) -> frozenset[str]:
    """Every NORM that occurs in the patterns."""
    return frozenset(norm for pattern in patterns for token in pattern.tokens for norm in token.norms)
