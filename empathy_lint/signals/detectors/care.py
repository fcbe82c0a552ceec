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

# “2/2”, “(1/3) ^KL”, “2/3 You can …”, or a start in the middle: “@name … and it will …”; not the date of “on 1/5”.
_PART = re.compile(
    r"^(?:@\w+\s+)*(?:\(?[1-9]/[2-9]\b|\.\.\.|…|and\s)"
    r"|(?<!\bon |\bby |\bto |\bof )\(?\b[1-9]/[2-9]\)?(?:\s*\W?\w{1,3})?\s*$"
)
# The thresholds were chosen by the dev figures and the pairs of `tools/measure.py`, among those near the best of
# cross-validation on the corpus (`tools/train_ears.py --check`).
THRESHOLD_DIFFICULT = 0.55
# A library of macros is mostly information; the corpus that taught the weights has more trouble than that.
THRESHOLD_DIFFICULT_MACRO = 0.65
# A remark in a thread of which we see nothing else, and no macro: whoever writes one mostly answers trouble.
THRESHOLD_DIFFICULT_UNSEEN = 0.15
THRESHOLD_CARE = 0.5
# Care is asked for only in a situation that is clearly difficult; precision comes first.
CLEARLY_DIFFICULT = 0.6
WAYS = ("strongest", "mean", "in all", "first")
# Beside those that the learned ear itself looks at.
MORE_CUES = ("interface-steps", "please")
# What customers' messages are listened for: trouble first, then what is said in calm.
TROUBLE = ("loss", "upset", "malfunction", "foreign-trouble")
TOLD = (*TROUBLE, "asks-how", "wish", "aim", "settled")
# What counts otherwise in a later turn: the customer's message was answered before, bad news is the turn's own.
OTHERWISE_LATER = (
    *("trouble: in all", "customer words"),
    *("refusal: in all", "bad-news: in all", "tone: strongest"),
    "channel chat",
)


def difficult(heard: Heard) -> list[Hit]:
    """The first telling sentence of a reply in a difficult situation (GUIDELINE §1), else nothing."""
    return [telling_opening(heard)] if probability(heard, "difficult") >= _difficult_from(heard) else []


def _difficult_from(heard: Heard) -> float:
    if heard.reply.channel == "macro":
        return THRESHOLD_DIFFICULT_MACRO
    return THRESHOLD_DIFFICULT_UNSEEN if heard.is_remark else THRESHOLD_DIFFICULT


def asks_for_care(heard: Heard) -> list[Hit]:
    """The same where a colleague would miss an acknowledgement if there were none (GUIDELINE §7, `ack`)."""
    if _is_part(heard.reply.text):
        return []
    is_clear = probability(heard, "difficult") >= CLEARLY_DIFFICULT
    return [telling_opening(heard)] if is_clear and probability(heard, "asks-for-care") >= THRESHOLD_CARE else []


def _is_part(text: str) -> bool:
    """Is this one part of a message that was sent in pieces? The word of care may be in another that we don't see."""
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
        apart = _acts(heard) | _cues(heard) | _place(heard) | _told(heard) | _said(heard)
        known = heard.facts["care"] = apart | _later(apart)
    return known


def _later(known: dict[str, float]) -> dict[str, float]:
    return {f"later {name}": known["later"] * known[name] for name in OTHERWISE_LATER}


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
        return dict.fromkeys((*TOLD, "asked", "exclaims", "calm", "customer words"), 0.0)
    return {
        **{name: log1p(len(customer.hits(name))) for name in TOLD},
        "asked": _asked(customer),
        "exclaims": min(sum("!" in norm for norm in customer.norms), 4) / 2,
        "calm": float(not any(customer.has(name) for name in TROUBLE)),
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
