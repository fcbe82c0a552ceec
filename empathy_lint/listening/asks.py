"""A want turned into what the agent says of it: "you'd like a refund", "you'd like to know how to …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from empathy_lint.listening.clauses import AUX, WH
from empathy_lint.listening.inflect import past, third
from empathy_lint.listening.kinds import ORDERS
from empathy_lint.listening.turn import turn
from empathy_lint.listening.vocabulary import words
from empathy_lint.listening.wants import Want

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

KNOW = "you'd like to know"
_FULL = {"'s": "is", "'re": "are", "ca": "can", "wo": "will"}
_MODAL = frozenset(("can", "could", "will", "would"))
# What anybody may do to their own things: "can you add a column?" asks for no service.
_ANYBODYS = frozenset(("get", "make", "change", "keep", "put", "add", "remove", "delete", "update", "do"))
_ANYBODY = words("i you we one someone anyone somebody anybody")


def ask(want: Want) -> str:
    """What the customer wants, as a clause that starts with "you" or "what you'd like"; "" when it can't be turned."""
    return {
        "how": _how, "question": _question, "request": _request, "desire": _desire, "noun": _noun, "need": _need,
        "help": _help, "act": _act,
    }[want.kind](want)  # fmt: skip

# "How?" and "Anyone?" ask, but say nothing that could be turned around.
SHORTEST = 3


def _words(want: Want, start: int | None = None) -> list[str]:
    return [token.lower_ for token in want.clause.reading.doc[want.start if start is None else start : want.end]]


def _turn(want: Want, start: int, end: int | None = None, generic: bool | None = False) -> str:
    return (
        turn(want.clause.reading, start, want.end if end is None else end, generic) if start < (end or want.end) else ""
    )


def _help(want: Want) -> str:
    words = _words(want)
    at = next(i for i, word in enumerate(words) if word in ("help", "halp"))
    if len(words) == at + 1 or (words[at + 1] in ("me", "us") and len(words) == at + 2) or words[at + 1] == "!":
        return "you'd like our help"
    return _order(want, want.start + at)


def _request(want: Want) -> str:
    return _order(want, want.start)


def _order(want: Want, start: int) -> str:
    """ "us to fix it". A negative order ("don't …") becomes "us not to …"."""
    words = _words(want, start)
    if words[:2] == ["do", "n't"]:
        return f"you'd like us not to {_turn(want, start + 2)}"
    return f"you'd like us to {_bare(_turn(want, start))}"


def _bare(text: str) -> str:
    return text[:1].lower() + text[1:]


def _act(want: Want) -> str:
    return f"{KNOW} whether it's possible to {_turn(want, want.start)}"


def _desire(want: Want) -> str:
    words = _words(want)
    for at in range(1, min(len(words), 7)):
        verb, after = words[at - 1], words[at]
        if verb in ("want", "like", "love", "wanted") and after not in ("to", "you", "it", "this", "that", "them"):
            return f"what you'd like is {_turn(want, want.start + at)}"
        if verb in ("want", "like") and after == "to":
            return f"you'd like {_turn(want, want.start + at)}"
        if verb in ("want", "like") and after == "you":
            return f"you'd like us {_turn(want, want.start + at + 1)}"
    turned = _turn(want, want.start)
    return turned if turned.startswith("you") else f"you {turned}"


def _need(want: Want) -> str:
    words = _words(want)
    for at, word in enumerate(words):
        if word in ("needs", "need", "must", "should", "has", "have") and "be" in words[at : at + 4] and at:
            rest = at + words[at:].index("be")
            return f"you'd like {_turn(want, want.start, want.start + at)} to {_turn(want, want.start + rest)}"
        if word in ("would", "is", "are", "greatly", "much", "appreciated") and at:
            return f"what you'd like is {_some(_turn(want, want.start, want.start + at))}"
    return ""


def _some(noun: str) -> str:
    """ "any solution" → "a solution", "any ideas" → "ideas"."""
    if not noun.startswith("any "):
        return noun
    rest = noun.removeprefix("any ")
    head = rest.split()[0]
    many = head.endswith("s") or head in ("help", "advice", "news", "info", "information", "feedback")
    return rest if many else f"{'an' if rest[0] in 'aeiou' else 'a'} {rest}"


def _noun(want: Want) -> str:
    words = _words(want)
    if words[0] == "is":
        return _question(want)
    if words[1:2] in (["chance"], ["way"], ["plans"], ["word"], ["eta"]):
        return f"{KNOW} whether there {'are' if words[1] == 'plans' else 'is'} {_turn(want, want.start)}"
    if words[0] in ("anyone", "anybody", "someone", "somebody"):
        return _question(want)
    if words[0] in ("what", "how") or (len(words) == 1 and words[0] == "help"):
        return f"{KNOW} {_turn(want, want.start)}" if len(words) > 1 else "you'd like our help"
    noun = _some(_turn(want, want.start))
    return f"you'd like our {noun}" if len(words) == 1 else f"you'd like {noun}"


def _how(want: Want) -> str:
    words = _words(want)
    if len(words) < SHORTEST:
        return ""
    if words[1] == "to":
        return f"{KNOW} how {_turn(want, want.start + 1, generic=True)}"
    if words[2] in _ANYBODY and words[1] != "did":
        return f"{KNOW} how to {_turn(want, want.start + 3, generic=None if words[2] != 'you' else True)}"
    return _question(want)


def _question(want: Want) -> str:
    words = _words(want)
    if len(words) < SHORTEST:
        return ""
    if words[0] in ("anyone", "anybody", "someone", "somebody"):
        return _anyone(want, words)
    if words[0] in WH or words[0] == "how":
        return _wh(want, words)
    return _yes_no(want, words) if words[0] in AUX else ""


def _anyone(want: Want, words: list[str]) -> str:
    subject = 2 if words[1] == "else" else 1
    if words[subject] == "have" and words[subject + 1 : subject + 3] == ["any", "ideas"]:
        return f"you'd like {_turn(want, want.start + subject + 2)}"
    if words[subject] in ("know", "knows") and len(words) > subject + 1:
        return f"{KNOW} {_turn(want, want.start + subject + 1)}"
    verb = {"seen": "has seen", "had": "has had", "have": "has", "got": "has got", "experienced": "has experienced"}
    said = verb.get(words[subject], words[subject])
    return f"{KNOW} whether {' '.join(words[:subject])} {said} {_turn(want, want.start + subject + 1)}"


def _wh(want: Want, words: list[str]) -> str:
    doc = want.clause.reading.doc
    if words[0] == "what" and words[1] in ("is", "'s", "are") and words[2:3] in (["the"], ["your"]):
        return f"{KNOW} {_turn(want, want.start + 2)}"
    if (
        words[:2] == ["what", "are"]
        and len(words) > 2
        and not any(token.tag_ in ("MD", "VBD", "VBP", "PRP") for token in doc[want.start + 3 : want.end])
    ):
        return f"{KNOW} the {_turn(want, want.start + 2)}"
    if words[:2] == ["what", "if"]:
        return f"{KNOW} what happens if {_turn(want, want.start + 2)}"
    if words[:2] == ["why", "not"]:
        return f"{KNOW} {_turn(want, want.start)}"
    at = next((i for i in range(1, min(6, len(words))) if words[i] in AUX), 0)
    stop = next((i for i in range(1, len(words)) if doc[want.start + i].tag_ in ("VBD", "VBZ", "VBP", "MD")), 0)
    if not at or (stop and stop < at):
        return f"{KNOW} {_turn(want, want.start, generic=None)}" if stop else ""
    moved = _moved(want, want.start + at)
    if not moved:
        after = doc[want.start + at + 1 : want.start + at + 2]
        subject = (
            words[0] in ("what", "who", "which")
            and after
            and after[0].text.islower()
            and after[0].pos_ in ("VERB", "AUX", "ADV")
        )
        return f"{KNOW} {_turn(want, want.start, generic=None)}" if subject else ""
    return f"{KNOW} {_turn(want, want.start, want.start + at)} {moved}"


def _yes_no(want: Want, words: list[str]) -> str:
    if words[0] in _MODAL and words[1] == "you":
        return _of_you(want, words)
    if words[0] in _MODAL and words[1] in ("someone", "anyone", "somebody", "anybody", "some"):
        return _someone(want, words)
    if words[0] in ("do", "does") and "know" in words[2:4]:
        return f"{KNOW} {_turn(want, want.start + words.index('know') + 1)}"
    moved = _moved(want, want.start)
    return f"{KNOW} whether {moved}" if moved else ""


def _of_you(want: Want, words: list[str]) -> str:
    """ "Could you fix it?" is a request; "can you turn it off?" may ask what anybody can do."""
    able = words[2:5] == ["be", "able", "to"]
    verb = 2 + 3 * able + (words[2:3] in (["please"], ["kindly"], ["also"], ["guys"]))
    helps = words[verb : verb + 1] and words[verb] in ORDERS - _ANYBODYS
    if words[0] != "can" or able or helps or set(words[verb:]) & {"me", "us", "my", "our", "please"}:
        return _order(want, want.start + verb)
    return f"{KNOW} whether you can {_turn(want, want.start + 2, generic=True)}"


def _someone(want: Want, words: list[str]) -> str:
    """ "Can someone recommend…" → "you'd like someone to recommend…"."""
    doc = want.clause.reading.doc
    verb = next(
        (i for i in range(2, min(8, len(words))) if doc[want.start + i].pos_ == "VERB" and words[i] in ORDERS), 0
    )
    who = (
        "someone"
        if words[1].startswith(("some", "any")) and words[1] != "some"
        else _turn(want, want.start + 1, want.start + verb)
    )
    return f"you'd like {re.sub(r' really$', '', who)} to {_turn(want, want.start + verb)}" if verb else ""


def _moved(want: Want, aux: int) -> str:
    """The question from its auxiliary on, in the order of a statement; "" where the subject isn't sure."""
    doc = want.clause.reading.doc
    negation = "n't" if aux + 1 < want.end and doc[aux + 1].lower_ == "n't" else ""
    first = aux + 1 + bool(negation)
    helper = _FULL.get(doc[aux].lower_, doc[aux].lower_)
    rest = _subject_end(want, first)
    empty = helper in ("do", "does", "did")
    if rest and empty and _swallowed(doc, first, rest):
        rest -= 1
    elif not rest or (empty and rest < want.end and doc[rest].pos_ not in ("VERB", "AUX", "ADV", "PART")):
        return ""
    subject = _turn(want, first, rest, generic=doc[first].lower_ == "you" and _generic(want))
    if rest < want.end and doc[rest].lower_ == "not":
        rest += 1  # "is there not…" asks whether there is
    if empty and not negation and rest < want.end:
        return f"{subject} {_stated(doc, rest, want, helper)}".strip()
    return f"{subject} {_agree(subject, helper)}{negation} {_turn(want, rest)}".strip()


def _swallowed(doc: Doc, first: int, end: int) -> bool:
    """ "the blue lamp work": the parser took the verb for one more noun."""
    return end - first > 2 and doc[end - 1].tag_ == "NN" and doc[end - 2].tag_ in ("NN", "NNS", "NNP")


def _generic(want: Want) -> bool:
    return want.clause.lower[0] in ("when", "if") or _words(want)[0] in ("how", "why", "where")


def _agree(subject: str, helper: str) -> str:
    """ "am I" → "you are", "was I" → "you were"."""
    return {"am": "are", "was": "were"}.get(helper, helper) if subject == "you" else helper


def _stated(doc: Doc, rest: int, want: Want, helper: str) -> str:
    verb = doc[rest].lower_
    after = f" {_turn(want, rest + 1)}" if rest + 1 < want.end else ""
    if doc[rest].pos_ == "ADV":
        return f"{verb}{' ' + _stated(doc, rest + 1, want, helper) if rest + 1 < want.end else ''}"
    if helper == "do":
        return verb + after
    return (third(verb) if helper == "does" else past(verb)) + after


def _subject_end(want: Want, first: int) -> int:
    """Where the subject that starts at `first` ends (exclusive); 0 when it can't be told."""
    doc = want.clause.reading.doc
    if first >= want.end:
        return 0
    token: Token = doc[first]
    if (token.pos_ == "PRON" and token.tag_ != "PRP$") or token.lower_ in ("there", "this", "that", "these", "those"):
        follows = first + 1 < want.end and doc[first + 1].lower_ == "else"
        noun = token.lower_ in ("this", "these", "those") and first + 1 < want.end and doc[first + 1].pos_ == "NOUN"
        if not noun:
            return first + 1 + follows
    for word in doc[first : min(first + 10, want.end)]:
        if word.dep_.startswith("nsubj") and word.left_edge.i == first and word.head.i > word.i:
            return min(word.right_edge.i + 1, want.end)
    ends = (chunk.end for chunk in doc.noun_chunks if chunk.start == first and chunk.end < want.end)
    end = next((end for end in ends if doc[end].pos_ != "ADP" or _swallowed(doc, first, end)), 0)
    return _phrase_end(want, first) or end


def _phrase_end(want: Want, first: int) -> int:
    """ "my new apps" before "updating": nouns and what goes before them, as far as the first verb; 0 without one."""
    doc = want.clause.reading.doc
    for k in range(first, want.end):
        if k == first and doc[k].text.istitle():
            continue  # a name, whatever the tagger says
        if (
            doc[k].tag_ in ("VB", "VBP", "VBG", "VBN")
            and k > first
            and (doc[k - 1].pos_ in ("NOUN", "PROPN") or k - 1 == first)
        ):
            return k
        if doc[k].pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "NUM") and doc[k].tag_ != "PRP$":
            return 0
    return 0
