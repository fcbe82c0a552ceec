"""How it feels to the customer: "I'm fed up", "this is a joke", "ugh". Words of feeling, never of guesswork."""

from __future__ import annotations

import re
from itertools import pairwise

from empathy_lint.listening.clauses import Clause

_REASONS = frozenset(("because", "since", "which", "until"))
_FIRST = r"(?:i|we|im)"
_MOOD = (
    r"(?:so |very |really |totally |just |extremely |beyond |absolutely |getting |quite |pretty |now |"
    r"seriously |a bit |truly |super |not )*"
    r"(?:lost|desperate|frustrated|disappointed|disappointing|angry|upset|annoyed|confused|worried|"
    r"furious|fed up|sick|tired|stressed|"
    r"livid|unhappy|happy|glad|thrilled|concerned|mad|pissed|appalled|disgusted|shocked|sad|"
    r"scared|afraid|excited|"
    r"freaking|freaked|done|devastated|dissatisfied|satisfied|impressed|grateful|baffled|stuck here|"
    r"at my wits?|over it|depressed|anxious|heartbroken|embarrassed|"
    r"surprised|overwhelmed|panicking|crying|losing my|regretting|in love)\b"
)
_VERDICT = (
    r"(?:useless|worthless|terrible|awful|horrible|horrendous|ridiculous|unacceptable|disgraceful|"
    r"disgusting|pathetic|appalling|"
    r"shocking|frustrating|annoying|infuriating|disappointing|outrageous|absurd|insane|crazy|a joke|"
    r"a shame|a disgrace|a nightmare|"
    r"a hassle|a scam|a mess|a disaster|a pain|garbage|trash|rubbish|crap|shit|bullshit|amazing|"
    r"awesome|fantastic|great service|the best|the worst|so difficult|"
    r"satisfactory|helpful|not good enough|not ok|not okay|not fair|unfair|not acceptable|so rude|"
    r"very rude|love it|hate it|beyond)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf" (?:im |i'm |{_FIRST} (?:am|are|'m|'re|was|were|feel|feels?|felt|have been|'ve been|been) ){_MOOD}",
        rf"^ {_FIRST} (?:really |do |absolutely |just |fucking |honestly )*(?:hate|hated|love|loved|regret|"
        rf"detest|despise|adore|give up|am done|can ?n't stand|do n't appreciate)\b",
        r" (?:i|we) (?:\w+ )?(?:do n't|do not) (?:\w+ )?appreciate\b",
        r" (?:driv\w+|making|makes?|made) (?:me|us) (?:\w+ )?(?:crazy|mad|nuts|angry|sick|insane|feel|cry|"
        r"furious|sad|happy|laugh|smile)\b",
        r" made my (?:day|night|week|morning|year)\b",
        rf" (?:is|are|'s|was|were|seems?|feels?|been|be|just) (?:\w+ ){{0,2}}(?:n't |not )?{_VERDICT}\b",
        rf"^ (?:so |very |really |absolutely |totally |utterly |completely |simply |just |how |what |such |"
        rf"not |a |an )*{_VERDICT}\b",
        r"^ (?:poor|bad|worst|terrible|horrible|awful|great|lousy|shoddy|good|best|shocking|pathetic|"
        r"amazing|the worst|such poor) (?:\w+ )?(?:service|support|experience|company|job|quality|form|"
        r"communication|app|airline|business|website|product)\b",
        r"^ (?:ugh+|argh+|grr+|omg|wow|wtf|smh|yay|ffs|sigh|unbelievable|unreal)\b",
        r"^ (?:done|finished|fed up|sick|tired) (?:with|of)\b|lost me as|los(?:t|ing) (?:a|"
        r"your) (?:\w+ )?customers?\b",
        r"(?:stop|never|not) being a customer|never (?:\w+ ){0,3}(?:again|ever)$|taking my business|"
        r"switching to \w+ because",
        r"^ (?:shame on|what a |how dare|thanks for nothing|not happy|not impressed|so )(?:\w+ )?(?:joke|"
        r"shame|disgrace|you|mess|nightmare|disappoint\w+|frustrat\w+|annoy\w+|waste)?\b(?=.*(?:joke|"
        r"shame|disgrace|mess|nightmare|disappoint|frustrat|annoy|waste|dare|nothing|happy|impressed))",
        r"(?:get|get your|your) (?:shit|act) together$",
        r" (?:i|we) (?:'ll|will|'m going to) (?:never|stop|sue|report|file a complaint|cancel)",
        r"^ (?:depressed|frustrated|disappointed|angry|annoyed)\b",
    )
)


def feels(clause: Clause) -> bool:
    """Whether a clause says how something feels rather than what happened."""
    return _felt(clause.low)


def felt_part(clause: Clause) -> tuple[int, int]:
    """Tokens of the part that says so, without its reason ("… because it broke again")."""
    doc = clause.reading.doc
    cuts = [i for i in range(clause.start + 1, clause.end) if doc[i].lower_ in _REASONS]
    edges = [clause.start, *cuts, clause.end]
    for start, end in pairwise(edges):
        start += doc[start].lower_ in _REASONS and start > clause.start
        if start < end and _felt(f" {' '.join(token.lower_ for token in doc[start:end])} "):
            return start, end
    return clause.start, clause.end


def _felt(low: str) -> bool:
    return any(pattern.search(low) for pattern in _PATTERNS)
