"""Chat transcripts in plain text: `Agent: …` and `Customer: …`, a turn a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from empathy_lint.model import Reply, Turn
from empathy_lint.offsets import TextMap
from empathy_lint.sources.bodies import body, channel_of
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.talks import EARLIER, asked

_SIDES = {
    "agent": "Agent|Support agent|Support|Rep|Representative|Operator|Advisor|Adviser|Staff|CSR|Helpdesk|Help desk",
    "customer": "Customer|Client|User|Visitor|Guest|Requester|Caller|Shopper",
    "other": "Bot|Chatbot|System|Note|Internal note|Virtual assistant|Info",
}
_CLOCK = r"[\[(]?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?[\])]?"
_NAMES = "|".join(f"(?P<{side}>(?i:{names}))" for side, names in _SIDES.items())
_COLON = r"(?:\*\*)?[ \t]?:(?:\*\*)?[ \t]*"
_ROLES = r"(?P<a>(?i:agent|support))|(?P<c>(?i:customer|visitor))|(?P<o>(?i:bot))"
_AFTER = r"(?: \d+| [A-Z][\w.'-]*| \([^()\n]*\))?"
_LABEL = re.compile(
    rf"^[ \t]*(?:{_CLOCK}[ \t,-]*)?(?:\*\*)?(?:{_NAMES}){_AFTER}(?: {_CLOCK})?{_COLON}"
    rf"|^[ \t]*(?:\*\*)?[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)? \((?:{_ROLES})\)(?: {_CLOCK})?{_COLON}",
    re.MULTILINE,
)


class Said(NamedTuple):
    """One turn: who, and the range of their words in the file."""

    who: Literal["agent", "customer", "other"]
    start: int
    end: int


def turns(source: str) -> list[Said]:
    """The turns of a transcript; empty when the text is none: it must begin with a label and have both sides."""
    labels = list(_LABEL.finditer(source))
    if not labels or source[: labels[0].start()].strip():
        return []
    ends = [*(label.start() for label in labels[1:]), len(source)]
    found = [_said(source, label, end) for label, end in zip(labels, ends, strict=True)]
    return found if {"agent", "customer"} <= {said.who for said in found} else []


def _said(source: str, label: re.Match[str], end: int) -> Said:
    words = source[label.end() : end]
    stop = label.end() + len(words.rstrip())
    if label["agent"] or label["a"]:
        return Said("agent", label.end(), max(stop, label.end()))
    return Said("customer" if label["customer"] or label["c"] else "other", label.end(), max(stop, label.end()))


def agent_replies(path: str, source: str, found: list[Said], options: ReadOptions) -> Iterator[Reply]:
    """The agent's turns, each with what was said before."""
    earlier: list[Turn] = []
    for index, said in enumerate(found):
        words = source[said.start : said.end]
        if said.who == "agent":
            text, mapped, parts = body(words, "plain", options.syntax)
            yield Reply(
                text=text,
                map=mapped.then(TextMap.identity(len(words), said.start)),
                source=source,
                path=path,
                id=f"{path}#[{index}]",
                route=f"[{index}]",
                channel=channel_of(options, "", "chat"),
                customer=asked(earlier) or options.customer,
                earlier=tuple(earlier[-EARLIER:]),
                first=not any(turn.who == "agent" for turn in earlier),
                format="transcript",
                syntax=options.syntax,
                parts=parts,
            )
        if said.who != "other":
            earlier.append(Turn("agent" if said.who == "agent" else "customer", words))
