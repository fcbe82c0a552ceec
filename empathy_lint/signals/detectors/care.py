"""Judgements of a whole reply: is the situation difficult, and is this the place for a word of care?"""

from __future__ import annotations

import re
from math import exp, log1p
from typing import TYPE_CHECKING

from empathy_lint.signals.care_weights import ASKS_FOR_CARE, DIFFICULT
from empathy_lint.signals.learned import best
from empathy_lint.signals.match import Hit
from empathy_lint.signals.window import telling_opening

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

# “2/2”, “(3/3)”, “2/3 You can …”, or a start in the middle: “@name … and it will …”.
_PART = re.compile(r"^(?:@\w+\s+)*(?:\(?[2-9]/[2-9]\b|\.\.\.|…)|\(?\b[2-9]/[2-9]\)?(?:\s*\W?\w{1,3})?\s*$")
THRESHOLD_DIFFICULT = 0.4
THRESHOLD_CARE = 0.55
# Care is asked for only in a situation that is clearly difficult; precision comes first.
CLEARLY_DIFFICULT = 0.8
# Below this the strongest sentence of the customer’s hardly tells of trouble.
SLIGHT = 0.5


def difficult(heard: Heard) -> list[Hit]:
    """The first telling sentence of a reply in a difficult situation (GUIDELINE §1), else nothing."""
    return [telling_opening(heard)] if probability(heard, "difficult") >= THRESHOLD_DIFFICULT else []


def asks_for_care(heard: Heard) -> list[Hit]:
    """The same where a colleague would miss an acknowledgement if there were none (GUIDELINE §7, `ack`)."""
    if _is_part(heard.reply.text):
        return []
    is_clear = probability(heard, "difficult") >= CLEARLY_DIFFICULT
    return [telling_opening(heard)] if is_clear and probability(heard, "asks-for-care") >= THRESHOLD_CARE else []


def _is_part(text: str) -> bool:
    """Is this the second or a later part of a message that was sent in pieces? The first is the place for care."""
    return bool(_PART.search(text))


def probability(heard: Heard, what: str) -> float:
    """The logistic score of a judgement over `reply_features`, worked out once a reply."""
    known = heard.facts.get(what)
    if known is None:
        weights = DIFFICULT if what == "difficult" else ASKS_FOR_CARE
        features = reply_features(heard)
        total = sum(weight * features.get(name, 1.0) for name, weight in weights.items())
        known = heard.facts[what] = 1 / (1 + exp(-total))
    return float(known)


def reply_features(heard: Heard) -> dict[str, float]:
    """What both judgements look at, by name; all between 0 and about 4."""
    reply, customer = heard.reply, heard.customer
    trouble = [*best(customer, "trouble"), 0.0, 0.0]
    words = sum(heard.column("IS_ALPHA"))
    asked = round(_asked(heard) * len(heard.sentences))
    acts = ("acknowledgement", "refusal", "bad-news", "offer", "tone")
    strongest = {act: [*best(heard, act), 0.0][0] for act in acts}
    return {
        **strongest,
        "refuses": float(heard.has("refusal")),
        "acknowledges": float(heard.has("acknowledgement")),
        "steps": min(len(heard.hits("interface-steps")), 4) / 2,
        "asks how": float(customer is not None and customer.has("asks-how")),
        "loss": min(len(customer.hits("loss")), 4) / 2 if customer else 0.0,
        "customer asks": _asked(customer),
        "no trouble told": float(customer is not None and not customer.has("loss") and not customer.has("upset")),
        "slight": float(customer is not None and trouble[0] < SLIGHT and heard.has("interface-steps")),
        "upset": min(len(customer.hits("upset")), 4) / 2 if customer else 0.0,
        "exclaims": min(sum("!" in norm for norm in customer.norms), 4) / 2 if customer else 0.0,
        "settles": float(heard.has("interface-steps")) * (1 - float(customer is not None and customer.has("upset"))),
        "names trouble": float(heard.has("trouble-named")),
        "apologises": float(heard.has("apology")),
        "trouble": trouble[0],
        "more trouble": trouble[1],
        "mean trouble": sum(trouble) / max(len(trouble) - 2, 1),
        "customer": float(customer is not None),
        "customer words": log1p(len(customer.doc)) / 2 if customer else 0.0,
        "first": float(reply.first is True),
        "later": float(reply.first is False),
        "chat": float(reply.channel == "chat"),
        "macro": float(reply.channel == "macro"),
        "words": log1p(words) / 2,
        "short": float(len(heard.sentences) <= 2),
        "only asks": float(0 < asked >= len(heard.sentences) - 1),
    }


def _asked(heard: Heard | None) -> float:
    """The share of sentences that are questions; 0 for no text."""
    if heard is None or not heard.sentences:
        return 0.0
    return sum("?" in heard.norms[hit.start : hit.end] for hit in heard.sentences) / len(heard.sentences)
