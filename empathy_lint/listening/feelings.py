"""How it feels to the customer: "I'm fed up", "this is a joke", "ugh". Words of feeling, never of guesswork."""

from __future__ import annotations

import re

from empathy_lint.listening.clauses import Clause

_FIRST = r"(?:i|we|im)"
_MOOD = (
    r"(?:so |very |really |totally |just |extremely |beyond |absolutely |getting |quite |pretty |now |seriously |a bit |truly |super |not )*"
    r"(?:lost|desperate|frustrated|disappointed|disappointing|angry|upset|annoyed|confused|worried|furious|fed up|sick|tired|stressed|"
    r"livid|unhappy|happy|glad|thrilled|concerned|mad|tight|pissed|appalled|disgusted|shocked|sad|scared|afraid|excited|"
    r"freaking|freaked|done|devastated|dissatisfied|satisfied|impressed|grateful|baffled|stuck here|at my wits?|over it|depressed|anxious|heartbroken|embarrassed|"
    r"surprised|overwhelmed|panicking|crying|losing my|regretting|in love)\b"
)
_VERDICT = (
    r"(?:useless|worthless|terrible|awful|horrible|horrendous|ridiculous|unacceptable|disgraceful|disgusting|pathetic|appalling|"
    r"shocking|frustrating|annoying|infuriating|disappointing|outrageous|absurd|insane|crazy|a joke|a shame|a disgrace|a nightmare|"
    r"a hassle|a scam|a mess|a disaster|a pain|garbage|trash|rubbish|crap|shit|bullshit|amazing|awesome|fantastic|great service|the best|the worst|so difficult|"
    r"satisfactory|helpful|not good enough|not ok|not okay|not fair|unfair|not acceptable|so rude|very rude|love it|hate it|beyond)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf" (?:im |i'm |{_FIRST} (?:am|are|'m|'re|was|were|feel|feels?|felt|have been|'ve been|been) ){_MOOD}",
        rf"^ {_FIRST} (?:really |do |absolutely |just |fucking |honestly )*(?:hate|hated|love|loved|regret|detest|despise|adore|give up|am done|can ?n't stand|do n't appreciate)\b",
        r" (?:i|we) (?:\w+ )?(?:do n't|do not) (?:\w+ )?appreciate\b",
        r" (?:driv\w+|making|makes?|made) (?:me|us) (?:\w+ )?(?:crazy|mad|nuts|angry|sick|insane|feel|cry|furious|sad|happy|laugh|smile)\b",
        r" made my (?:day|night|week|morning|year)\b",
        rf" (?:is|are|'s|was|were|seems?|feels?|been|be|just) (?:\w+ ){{0,2}}(?:n't |not )?{_VERDICT}\b",
        rf"^ (?:so |very |really |absolutely |totally |utterly |completely |simply |just |how |what |such |not |a |an )*{_VERDICT}\b",
        r"^ (?:poor|bad|worst|terrible|horrible|awful|great|lousy|shoddy|good|best|shocking|pathetic|amazing|the worst|such poor) (?:\w+ )?(?:service|support|experience|company|job|quality|form|communication|app|airline|business|website|product)\b",
        r"^ (?:ugh+|argh+|grr+|omg|wow|wtf|smh|yay|ffs|sigh|unbelievable|unreal)\b",
        r"^ (?:done|finished|fed up|sick|tired) (?:with|of)\b|lost me as|los(?:t|ing) (?:a|your) (?:\w+ )?customers?\b",
        r"(?:stop|never|not) being a customer|never (?:\w+ ){0,3}(?:again|ever)$|taking my business|switching to \w+ because",
        r"^ (?:shame on|what a |how dare|thanks for nothing|not happy|not impressed|so )(?:\w+ )?(?:joke|shame|disgrace|you|mess|nightmare|disappoint\w+|frustrat\w+|annoy\w+|waste)?\b(?=.*(?:joke|shame|disgrace|mess|nightmare|disappoint|frustrat|annoy|waste|dare|nothing|happy|impressed))",
        r"(?:get|get your|your) (?:shit|act) together$",
        r" (?:i|we) (?:'ll|will|'m going to) (?:never|stop|sue|report|file a complaint|cancel)",
        r"^ (?:depressed|frustrated|disappointed|angry|annoyed)\b",
    )
)


def feels(clause: Clause) -> bool:
    """Whether a clause says how something feels rather than what happened."""
    low = clause.low
    return any(pattern.search(low) for pattern in _PATTERNS)
