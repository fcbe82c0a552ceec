"""What happened or is the case: the clauses that report something, the most important first, at most four."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from empathy_lint.listening.clauses import FINITE, Clause, finite
from empathy_lint.listening.vocabulary import words
from empathy_lint.listening.wants import want_of

MOST = 4

_PLEASANTRY = re.compile(
    r"^ (?:thank|thanks|thx|ty|cheers|hi|hello|hey|good (?:morning|day|afternoon|evening)|dear|"
    r"regards|kind regards|best|"
    r"how about|what about|what if|tia|sincerely|looking forward|appreciate|i appreciate|hope (?:you|"
    r"this)|i hope|see (?:above|below|attached|please)|please|"
    r"(?:i |we )?(?:just )?(?:had|have|got) (?:a|one|another|some) (?:quick )?questions?|question|"
    r"i (?:just )?(?:wonder|was wondering|am wondering)|if you ask me|for the full)\b"
)
_SETUP = re.compile(
    r"^ (?:(?:i|we) (?:am|are|'m|'re) (?:currently )?(?:on|running|using|in|at) |"
    r"my (?:\w+ ){0,2}(?:version|operating system|os|device|phone|browser) (?:is|are)\b|"
    r"i have attached|i (?:use|run) |(?:i|we) (?:'ve|have) (?:been using|used) |i know )"
)
_OPINION = re.compile(
    r"^ (?:i|we) (?:\w+ )?(?:think|thought|guess|assume|assumed|believe|suppose|presume|presumed|"
    r"expect|expected|doubt|wonder|understand|realize|know|mean|will|'ll|would|'d)\b"
)
_HYPOTHETICAL = re.compile(
    r"^ (?:if|unless|maybe|perhaps|for those|in case)\b| (?:might as well|should|would probably|"
    r"surely)\b| could be | may be "
)
_TROUBLE = words(
    """
    error fail failure crash freeze lose loss miss missing wrong break broken bug stick stuck slow slower
    refuse reject empty blank hang lock late delay delayed overcharge charge wait disappear problem issue
    block cancel damage duplicate deny expire invalid gone stop delete strand unable impossible trouble rude
    mislead pause fraudulent steal hack scam spam flood decline useless forget twice double wasted pending
    keep complain repeatedly again crack scratch tear dent burn rattle flicker stain shatter leave interrupt
    lag glitch disconnect drop bounce vanish leak dead cost
    price
    """
)
_DONE = re.compile(r"^ (?:i|we|you|they|it|your|my|our|the|this|one|all|some|none) ")
_SEEMS = ("seems", "appears", "looks")


@dataclass(frozen=True, slots=True)
class Fact:
    """Tokens `start` to `end` of a clause, with how much they matter. `score` has no unit."""

    clause: Clause
    start: int
    end: int
    score: float


def facts(said: tuple[Clause, ...]) -> tuple[Fact, ...]:
    """The facts, the most important first. A subject line counts where the message does not say it again."""
    found = [fact for clause in said if not _asks_only(clause) and (fact := fact_of(clause))]
    body = [fact for fact in found if not fact.clause.titled]
    body += [fact for fact in found if fact.clause.titled and not _said_again(fact, said)]
    ranked = sorted(_once(body), key=lambda fact: (-fact.score, fact.start))
    return tuple(ranked[:MOST])


def _asks_only(clause: Clause) -> bool:
    """Whether a clause is a want; a cry for help behind a fact leaves the fact."""
    want = want_of(clause)
    return want is not None and not (want.kind == "help" and want.start > clause.start + 2)


def fact_of(clause: Clause) -> Fact | None:
    """A clause as a fact, or None where it reports nothing."""
    start = _start(clause)
    told = replace(clause, start=start)
    low = told.low
    if (clause.asked and not _declares(told)) or _PLEASANTRY.match(low) or len(told.lower) < 2:
        return None
    if not reports(told) or _only_scene(told):
        return None
    end = _end(clause, start)
    return Fact(clause, start, end, _score(told, low)) if end - start > 1 else None


def _only_scene(clause: Clause) -> bool:
    """ "when I open it": a condition whose main clause is elsewhere."""
    words = clause.lower
    if len(words) > 1 and clause.tokens[1].tag_ in ("VBG", "VBN", "VBD"):
        return False
    return (
        words[0] in ("when", "if", "once", "while", "whenever", "which", "because", "since")
        and "," not in words
        and sum(token.tag_ in FINITE for token in clause.tokens) < 2
    )


def reports(clause: Clause) -> bool:
    """A finite verb, or a participle or past form that stands for one ("Been waiting…", "Tried to…")."""
    tokens = clause.tokens
    if any(finite(token) for token in tokens):
        return True
    first = tokens[0]
    if clause.titled:
        return first.tag_ in ("VBG",) and len(tokens) > 2
    return first.tag_ in ("VBN", "VBG", "VBD") or tokens[-1].tag_ in ("VBN", "VBD") or _counted(clause)


def _counted(clause: Clause) -> bool:
    """ "3 times in one week": how often, without a verb."""
    words = clause.lower
    return (
        len(words) > 1
        and clause.tokens[0].like_num
        and clause.tokens[0].lower_ != words[-1]
        and any(w in ("times", "time", "days", "hours", "weeks", "months") for w in words[:3])
    )


def _declares(clause: Clause) -> bool:
    """A statement with a question mark: subject, then verb ("I didn't get it?")."""
    return bool(_DONE.match(clause.low)) and clause.lower[0] != "any"


def _score(clause: Clause, low: str) -> float:
    lemmas = {token.lemma_.lower() for token in clause.tokens}
    negated = any(token.lower_ in ("n't", "not", "never", "no", "nothing", "none", "nobody") for token in clause.tokens)
    score = 1.0
    score += 1.5 * bool(lemmas & _TROUBLE) + 1.5 * negated
    score += 0.5 * bool(re.search(r" (?:ca n't|can ?not|could (?:n't|not)|wo n't|unable|does (?:n't|not)) ", low))
    score += 0.5 * any(token.tag_ in ("VBD", "VBN") for token in clause.tokens)
    score += 0.4 * bool(re.match(r"^ (?:i|we|my|our|your|all|it|they) ", low))
    score -= 1.5 * bool(_SETUP.match(low)) + 1.5 * bool(_OPINION.match(low)) + 1.0 * bool(_HYPOTHETICAL.search(low))
    return score - 0.5 * (not any(token.tag_ in FINITE for token in clause.tokens))


def _start(clause: Clause) -> int:
    """Past "it seems that", "I'm sure", "for some reason" and greetings, up to three of them."""
    start = clause.start
    for _ in range(3):
        start = _past(clause, start)
    return start


_LEADS = re.compile(
    r"^ (?:(?:it )?(?:seems|appears|looks)(?: like| as if| that)? |i (?:'m|am) (?:pretty |quite |"
    r"fairly )?sure (?:that )?|i (?:also )?know (?:that )?(?=\w+ (?:has|have|is|are|do))|"
    r"(?:hello|hi|hey|dear|bruh)(?: acme| there| \w+ service)? (?:, )?|"
    r"(?:dear )?(?:customer (?:service|support|care)) , |for some (?:odd |weird |strange |"
    r"unknown )?reason (?:, )?|of course (?:, )?|"
    r"(?:some time|a (?:while|few \w+)) ago (?:, )?|in the (?:last|past) \w+ \w+ (?:, )?|"
    r"(?:yes|no|ok|okay|oh|sorry|perfect|great|well) (?:, |(?=(?:i|we|my|it|that|the) ))|"
    r"(?:however|literally|unfortunately|basically|sadly|so|also|thus|actually|today|now|"
    r"question is|by the way|btw|honestly) (?:[,:] )?|as far as i (?:saw|see|know|can tell) (?:, )?|"
    r"acme (?=i |we |you |my |your ))"
)


def _past(clause: Clause, i: int) -> int:
    doc = clause.reading.doc
    words = [token.lower_ for token in doc[i : clause.end]]
    match = _LEADS.match(f" {' '.join(words)} ")
    return i + len(match.group().split()) if match and len(match.group().split()) < len(words) - 1 else i


def _end(clause: Clause, start: int) -> int:
    """Without a closing bracket's remark, a cry for help or a name called behind."""
    doc, end = clause.reading.doc, clause.end
    while (
        end > start + 1
        and (
            doc[end - 1].lower_ in ("help", "please", "man", "lol", "thanks", "though", "smh", "acme")
            or doc[end - 1].is_space
        )
        and doc[end - 2].tag_ not in ("TO", "IN", "DT", "PRP$", "VB", "CC")
    ):
        end -= 1
    return end


def _said_again(title: Fact, said: tuple[Clause, ...]) -> bool:
    """Whether the body has at least half of the title's content words."""
    mine = content(title.clause)
    body = set().union(*(content(clause) for clause in said if not clause.titled), set())
    return len(mine & body) * 2 >= len(mine)


def content(clause: Clause) -> set[str]:
    """Lemmas of the words that carry meaning."""
    return {
        token.lemma_.lower()
        for token in clause.tokens
        if token.pos_ in ("NOUN", "VERB", "ADJ", "PROPN", "NUM") and not token.is_stop
    }


def _once(found: list[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in found:
        words = content(fact.clause)
        if not any(
            len(words) > 1
            and words <= content(other.clause)
            and len(words) >= 0.75 * len(content(other.clause))
            and fact is not other
            for other in kept
        ):
            kept.append(fact)
    return kept
