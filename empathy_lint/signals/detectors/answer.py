"""Refusals, and the offers that answer them: sentences by their learned score, less what words like theirs mean
otherwise, and with what is a no, or something to go on with, only beside the rest.

The thresholds were chosen by the figures of cross-validation on the labelled corpus in `tools/corpus`
(`tools/train_ears.py`) and by the dev figures of `tools/measure.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from empathy_lint.signals.learned import sentences_above
from empathy_lint.signals.match import Hit, touched
from empathy_lint.signals.window import trimmed

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

REFUSAL = 0.6
REFUSAL_UNSEEN = 0.9
# What a customer asks, and what to them is a no.
DENIED = {"asks-leave": "leave-denied", "asks-relief": "burden-kept"}
# What brings them what they wanted, in the words of a no.
WELCOME = ("burden-lifted", "request-granted")
OFFER = 0.15
# A sentence that refuses as well: only where the ear is sure, or a word turns it.
OFFER_IN_REFUSAL = 0.8
BUT = frozenset(("but", "however", "though"))
TURNS = BUT | {"although", "yet", "instead", "alternatively", "unless", "if", ";"}
# What follows a "but" without being something to go on with: another no, regret, thanks, a reason.
NO_TURN = frozenset(
    (
        *("not", "no", "n't", "never", "nothing", "none", "nobody", "only", "unable", "neither"),
        *("sorry", "apologise", "apologize", "apologies", "afraid", "regret", "unfortunately", "sadly"),
        *("hope", "understand", "thank", "thanks", "appreciate", "sympathise", "sympathize", "patience"),
        *("policy", "policies", "rule", "rules", "terms", "law", "always", "must", "because", "why"),
    )
)
# "I'm very sorry, but" is no half of its own.
REGRETS = frozenset(("i", "we", "'m", "am", "are", "'re", "so", "very", "sorry", "afraid", ",", "unfortunately"))
# Words that each half around a "but" needs at least to say something.
SHORTEST_HALF = 4
# Nothing to go on with anywhere, and nothing after a no: where to read why, or that it was noted.
EMPTY, EMPTY_AFTER_NO = ("empty-offer",), ("empty-offer", "reasons-only", "aftermath")


def refusal(heard: Heard) -> list[Hit]:
    """Sentences that say no to what the customer wants (GUIDELINE §4); where nobody is seen to want anything, as in
    a remark in a thread, only those of which the ear is sure. "You won't be charged" is none."""
    found = sentences_above(heard, "refusal", REFUSAL_UNSEEN if heard.is_remark else REFUSAL)
    return [*(hit for hit in found if not _is_welcome(heard, hit)), *_denied(heard)]


def _is_welcome(heard: Heard, hit: Hit) -> bool:
    """Does a sentence of negations bring what they wanted, as "no fee applies" does?"""
    return any(touched(hit, heard.hits(name)) for name in WELCOME)


def _denied(heard: Heard) -> Iterator[Hit]:
    """What is a no only as the answer to what this customer asked."""
    for ask, answer in DENIED.items():
        if heard.customer is not None and heard.customer.has(ask):
            yield from heard.hits(answer)


def offer(heard: Heard) -> list[Hit]:
    """Sentences that give something real to go on with (GUIDELINE §5); a no that does not turn needs more to be one."""
    sure = set(sentences_above(heard, "offer", OFFER_IN_REFUSAL))
    found = (hit for hit in sentences_above(heard, "offer", OFFER) if not _is_empty(heard, hit))
    return [*(hit for hit in found if hit in sure or not _is_bare_no(heard, hit)), *_turns(heard)]


def _is_empty(heard: Heard, hit: Hit) -> bool:
    names = EMPTY_AFTER_NO if heard.has("refusal") else EMPTY
    return any(touched(hit, heard.hits(name)) for name in names) or _was_answered(heard, hit)


def _was_answered(heard: Heard, hit: Hit) -> bool:
    """Does a sentence tell what was asked before the no that came of it?"""
    nos = heard.hits("refusal")
    return bool(nos) and hit.end <= nos[0].start and touched(hit, heard.hits("asked-already"))


def _turns(heard: Heard) -> Iterator[Hit]:
    """The other half of a no: what "but" or "however" turns to in the sentence that refuses."""
    for sentence in heard.sentences:
        at = next((i for i in range(sentence.start, sentence.end) if heard.norms[i] in BUT), None)
        if at is None or not _refuses(heard, Hit(sentence.start, at)):
            continue
        if _is_alternative(heard, rest := Hit(at + 1, sentence.end)):
            yield trimmed(heard, rest)


def _refuses(heard: Heard, half: Hit) -> bool:
    """Is the half of a sentence before "but" a no, and more than "sorry"?"""
    return touched(half, heard.hits("refusal")) and len(set(heard.words(half)) - REGRETS) >= SHORTEST_HALF


def _is_alternative(heard: Heard, half: Hit) -> bool:
    words = heard.words(half)
    empty = NO_TURN & set(words) or touched(half, heard.hits("refusal-words")) or _is_empty(heard, half)
    return len(words) >= SHORTEST_HALF and not empty


def _is_bare_no(heard: Heard, hit: Hit) -> bool:
    """Does a sentence refuse, with no word in it that turns to something else?"""
    return touched(hit, heard.hits("refusal")) and not TURNS & set(heard.words(hit))
