"""A report → what a library's replies do: acknowledge, confirm, refuse with or without an offer, keep a clear tone.

Counted by library and channel, never by person: a macro that hurts is mended in the library. Whatever a measure
does not ask about (an acknowledgement in a routine reply) is counted apart as not applicable.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple

from empathy_lint.model import Channel, ReplyRow, Report, Signal

VERSION = 1

# The kinds of tone (the label guideline's words) and the rules that hear each.
KINDS: Mapping[str, tuple[str, ...]] = {
    "dismissive": ("brush-off", "minimised-problem", "read-it-yourself", "told-already"),
    "blaming": ("blamed-customer", "should-have"),
    "defensive": ("nobody-else", "policy-wall", "records-against-them"),
    "condescending": ("belittled-effort", "rhetorical-jab", "talking-down"),
    "commanding": ("bare-order", "shouted-order", "ultimatum"),
    "hollow": ("any-inconvenience", "conditional-apology", "feelings-apology", "stock-phrase"),
    "deflecting": ("passed-on",),
    "vague": ("vague-promise",),
}
OTHER = "other"

# An acknowledgement is specific where it holds one of these: what happened, what it did, whose fault it was.
_SPECIFIC = ("fault-owned", "feeling-named", "specific-apology", "trouble-named")
# All that the measures listen for.
HEARD = ("acknowledgement", "confirmation", "offer", "refusal", *_SPECIFIC)

Key = tuple[str, str, str]


class Share(NamedTuple):
    """`yes` of the `of` replies that a measure asks about; the others are `not_applicable`."""

    yes: int
    of: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Card:
    """One library on one channel. `measures` and `clear_of` keep their order; `clear_of` is by kind of tone."""

    library: str
    channel: Channel
    replies: int
    difficult: int
    measures: Mapping[str, Share]
    clear_of: Mapping[str, Share]


class _Reply(NamedTuple):
    """A row with what was found in it."""

    row: ReplyRow
    rules: frozenset[str]

    def hears(self, name: str) -> bool:
        return any(signal.name == name for signal in self.row.signals)


# None: this measure does not ask about such a reply.
_Measure = Callable[[_Reply], bool | None]


def _when_difficult(says: Callable[[_Reply], bool]) -> _Measure:
    return lambda reply: says(reply) if reply.row.situation == "difficult" else None


def _acknowledges(reply: _Reply) -> bool:
    return reply.hears("acknowledgement")


def _specific(reply: _Reply) -> bool:
    named = [signal for signal in reply.row.signals if signal.name in _SPECIFIC]
    return any(_within(each, named) for each in reply.row.signals if each.name == "acknowledgement")


def _within(outer: Signal, inner: Iterable[Signal]) -> bool:
    return any(outer.span.overlaps(each.span) for each in inner)


def _offers(reply: _Reply) -> bool | None:
    return reply.hears("offer") if reply.hears("refusal") else None


MEASURES: Mapping[str, _Measure] = {
    "acknowledges": _when_difficult(_acknowledges),
    "acknowledges specifically": _when_difficult(_specific),
    "confirms": _when_difficult(lambda reply: reply.hears("confirmation")),
    "refuses": lambda reply: reply.hears("refusal"),
    "refuses with an offer": _offers,
}


def scorecard(report: Report) -> tuple[Card, ...]:
    """The cards of a report made with signals, by library and channel. An empty reply is counted nowhere."""
    found: defaultdict[Key, set[str]] = defaultdict(set)
    for finding in report.findings:
        found[(finding.path, finding.route, finding.reply_id)].add(finding.rule)
    name = libraries(row.path for row in report.replies)
    groups: defaultdict[tuple[str, Channel], list[_Reply]] = defaultdict(list)
    for row in report.replies:
        reply = _Reply(row, frozenset(found.get((row.path, row.route, row.id), ())))
        groups[(name(row.path), row.channel)].append(reply)
    kinds = tuple(kinds_heard(rule.id for rule in report.rules.values() if rule.family == "tone"))
    return tuple(_card(*key, groups[key], kinds) for key in sorted(groups))


def answers(row: ReplyRow) -> dict[str, bool | None]:
    """What each of the measures says of one reply; None where it does not ask about it."""
    return {name: says(_Reply(row, frozenset())) for name, says in MEASURES.items()}


def kinds_heard(tone_rules: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The kinds of tone with their rules that ran; a team's own rules of the family are a kind of their own."""
    ran = set(tone_rules)
    for kind, rules in KINDS.items():
        yield kind, frozenset(ran.intersection(rules))
    own = ran.difference(*KINDS.values())
    if own:
        yield OTHER, frozenset(own)


def _card(library: str, channel: Channel, replies: list[_Reply], kinds: tuple[tuple[str, frozenset[str]], ...]) -> Card:
    return Card(
        library=library,
        channel=channel,
        replies=len(replies),
        difficult=sum(reply.row.situation == "difficult" for reply in replies),
        measures={name: share(map(says, replies)) for name, says in MEASURES.items()},
        clear_of={kind: share(map(_clear(rules), replies)) for kind, rules in kinds},
    )


def _clear(rules: frozenset[str]) -> _Measure:
    return lambda reply: reply.rules.isdisjoint(rules) if rules else None


def share(answers: Iterable[bool | None]) -> Share:
    """Yes, no and not applicable, counted."""
    said = list(answers)
    asked = [answer for answer in said if answer is not None]
    return Share(sum(asked), len(asked), len(said) - len(asked))


def libraries(paths: Iterable[str]) -> Callable[[str], str]:
    """Path → its library: the first folder, or the file, below the folder that all paths share."""
    folders = {PurePath(path).parent for path in paths}
    root = os.path.commonpath(folders) if len({folder.is_absolute() for folder in folders}) == 1 else ""

    def name(path: str) -> str:
        below = PurePath(path).relative_to(root) if root else PurePath(path)
        top = PurePath(root, *below.parts[:1])
        return top.as_posix() + "/" * (len(below.parts) > 1)

    return name


def as_json(cards: Iterable[Card]) -> dict[str, Any]:
    """The cards for other programs; `version` changes when a reader could break."""
    return {"version": VERSION, "cards": [_plain(card) for card in cards]}


def _plain(card: Card) -> dict[str, Any]:
    return {
        "library": card.library,
        "channel": card.channel,
        "replies": card.replies,
        "difficult": card.difficult,
        "measures": {name: each._asdict() for name, each in card.measures.items()},
        "clear_of": {kind: each._asdict() for kind, each in card.clear_of.items()},
    }


def as_table(cards: Iterable[Card]) -> str:
    """A block for each card: measure, count, share, and how many replies it does not ask about."""
    return "\n\n".join("\n".join(_block(card)) for card in cards)


def _block(card: Card) -> Iterator[str]:
    noun = "reply" if card.replies == 1 else "replies"
    yield f"{card.library} ({card.channel}): {card.replies:,} {noun}, {card.difficult:,} in difficult situations"
    clear = {f"clear of {kind} tone": each for kind, each in card.clear_of.items()}
    for name, each in {**card.measures, **clear}.items():
        yield _line(name, each)


def _line(name: str, each: Share) -> str:
    counted = f"{each.yes:,} of {each.of:,}" if each.of else "–"
    part = f"{each.yes / each.of:.0%}" if each.of else ""
    apart = f"{each.not_applicable:,} not applicable" if each.not_applicable else ""
    return f"  {name:<27}{counted:>15}  {part:>4}  {apart}".rstrip()
