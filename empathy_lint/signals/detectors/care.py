"""Judgements of a whole reply: is the situation difficult, and is this the place for a word of care?"""

from __future__ import annotations

import re
from math import exp, log1p
from typing import TYPE_CHECKING

from empathy_lint.signals.care_weights import ASKS_FOR_CARE, DIFFICULT
from empathy_lint.signals.features import CUES
from empathy_lint.signals.learned import ACTS, pooled, wording
from empathy_lint.signals.match import Hit
from empathy_lint.signals.window import telling_opening

if TYPE_CHECKING:
    from empathy_lint.signals.hear import Heard

# “2/2”, “(3/3)”, “2/3 You can …”, or a start in the middle: “@name … and it will …”.
_PART = re.compile(r"^(?:@\w+\s+)*(?:\(?[2-9]/[2-9]\b|\.\.\.|…|and\s)|\(?\b[2-9]/[2-9]\)?(?:\s*\W?\w{1,3})?\s*$")
THRESHOLD_DIFFICULT = 0.45
# A remark in a thread of which we see nothing else, and no macro: whoever writes one mostly answers trouble.
THRESHOLD_DIFFICULT_UNSEEN = 0.25
THRESHOLD_CARE = 0.55
# Care is asked for only in a situation that is clearly difficult; precision comes first.
CLEARLY_DIFFICULT = 0.6
WAYS = ("strongest", "mean", "in all", "first")
# Beside those that the learned ear itself looks at.
MORE_CUES = ("loss", "upset", "asks-how", "interface-steps", "trouble-named", "please")


def difficult(heard: Heard) -> list[Hit]:
    """The first telling sentence of a reply in a difficult situation (GUIDELINE §1), else nothing."""
    threshold = THRESHOLD_DIFFICULT_UNSEEN if heard.is_remark else THRESHOLD_DIFFICULT
    return [telling_opening(heard)] if probability(heard, "difficult") >= threshold else []


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
        features = reply_features(heard) | {"wording": wording(heard, what), "constant": 1.0}
        total = sum(weight * features[name] for name, weight in weights.items())
        known = heard.facts[what] = 1 / (1 + exp(-total))
    return float(known)


def reply_features(heard: Heard) -> dict[str, float]:
    """What both judgements look at, by name; all between 0 and about 4. Worked out once a reply."""
    known: dict[str, float] | None = heard.facts.get("care")
    if known is None:
        known = heard.facts["care"] = _acts(heard) | _cues(heard) | _place(heard) | _told(heard) | _said(heard)
    return known


def _acts(heard: Heard) -> dict[str, float]:
    """The scores of the speech acts in the reply, and of trouble in the customer's message."""
    reply, customer = pooled(heard), pooled(heard.customer)
    of = {act: (customer if act == "trouble" else reply)[:, column] for column, act in enumerate(ACTS)}
    return {f"{act}: {way}": float(of[act][row]) for act in ACTS for row, way in enumerate(WAYS)}


def _cues(heard: Heard) -> dict[str, float]:
    return {f"says {name}": float(heard.has(name)) for name in (*CUES, *MORE_CUES)}


def _place(heard: Heard) -> dict[str, float]:
    """Where the reply stands: its channel, its turn in the conversation."""
    reply = heard.reply
    return {
        "first": float(reply.first is True),
        "later": float(reply.first is False),
        **{f"channel {name}": float(reply.channel == name) for name in ("chat", "email", "macro")},
        "part": float(_is_part(reply.text)),
        "customer": float(heard.customer is not None),
    }


def _told(heard: Heard) -> dict[str, float]:
    """What the customer's message shows; zeros without one."""
    customer = heard.customer
    if customer is None:
        return dict.fromkeys(("asks how", "asked", "loss", "upset", "exclaims", "calm", "customer words"), 0.0)
    return {
        "asks how": float(customer.has("asks-how")),
        "asked": _asked(customer),
        "loss": min(len(customer.hits("loss")), 4) / 2,
        "upset": min(len(customer.hits("upset")), 4) / 2,
        "exclaims": min(sum("!" in norm for norm in customer.norms), 4) / 2,
        "calm": float(not customer.has("loss") and not customer.has("upset")),
        "customer words": log1p(len(customer.doc)) / 2,
    }


def _said(heard: Heard) -> dict[str, float]:
    """The shape of the reply: how long, how many steps, whether it only asks, whether it settles a calm question."""
    asked = round(_asked(heard) * len(heard.sentences))
    is_upset = heard.customer is not None and heard.customer.has("upset")
    return {
        "refuses": float(heard.has("refusal")),
        "acknowledges": float(heard.has("acknowledgement")),
        "bare no": float(heard.has("bare-no")),
        "steps": min(len(heard.hits("interface-steps")), 4) / 2,
        "settles": float(heard.has("interface-steps") and not is_upset),
        "words": log1p(sum(heard.column("IS_ALPHA"))) / 2,
        "short": float(len(heard.sentences) <= 2),
        "only asks": float(0 < asked >= len(heard.sentences) - 1),
    }


def _asked(heard: Heard) -> float:
    """The share of sentences that are questions; 0 for no text."""
    if not heard.sentences:
        return 0.0
    return sum("?" in heard.norms[hit.start : hit.end] for hit in heard.sentences) / len(heard.sentences)
