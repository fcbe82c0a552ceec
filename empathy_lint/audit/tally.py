"""Rows of results → counts that can be added up, and those → the scorecard. Nobody's name is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from empathy_lint.audit.columns import Row
from empathy_lint.audit.judge import MEASURE_NAMES
from empathy_lint.model import CHANNELS, Channel
from empathy_lint.request import Ruleset
from empathy_lint.scorecard import VERSION, Card, Share, as_json, as_table, kinds_heard

# (channel, what was asked, "yes" | "no" | "not applicable") → rows.
Tally = Counter[tuple[str, str, str]]
Kinds = Mapping[str, frozenset[str]]

REPLIES, DIFFICULT, EMPTY, PROBLEM = "replies", "difficult", "empty", "problem"
_CLEAR, _RULE = "clear: ", "rule: "
_WORDS = {True: "yes", False: "no", None: "not applicable"}


def kinds_of(ruleset: Ruleset) -> Kinds:
    """The kinds of tone with the rules in force that hear them."""
    return dict(kinds_heard(rule.id for rule in ruleset.rules if rule.family == "tone"))


def tally(rows: Iterable[Row], kinds: Kinds) -> Tally:
    """What a scorecard asks, answered by each row."""
    return Counter((row["channel"], name, _WORDS[answer]) for row in rows for name, answer in _answers(row, kinds))


def _answers(row: Row, kinds: Kinds) -> Iterator[tuple[str, bool | None]]:
    if row["problem"]:
        yield PROBLEM, True
        return
    measures = row["measures"]
    if all(answer is None for answer in measures.values()):
        yield EMPTY, True
        return
    yield REPLIES, True
    yield DIFFICULT, row["situation"] == "difficult"
    yield from ((name, measures[key]) for name, key in MEASURE_NAMES.items())
    rules = {finding["rule"] for finding in row["findings"]}
    yield from ((_CLEAR + kind, rules.isdisjoint(heard) if heard else None) for kind, heard in kinds.items())
    yield from ((_RULE + rule, True) for rule in rules)


def total(counted: Tally, name: str) -> int:
    """Rows of all channels that said yes."""
    return sum(counted[channel, name, "yes"] for channel in CHANNELS)


def cards(counted: Tally, archive: str, kinds: Kinds) -> tuple[Card, ...]:
    """A card for each channel that has replies."""
    return tuple(_card(counted, archive, channel, kinds) for channel in CHANNELS if counted[channel, REPLIES, "yes"])


def _card(counted: Tally, archive: str, channel: Channel, kinds: Kinds) -> Card:
    return Card(
        library=archive,
        channel=channel,
        replies=counted[channel, REPLIES, "yes"],
        difficult=counted[channel, DIFFICULT, "yes"],
        measures={name: _share(counted, channel, name) for name in MEASURE_NAMES},
        clear_of={kind: _share(counted, channel, _CLEAR + kind) for kind in kinds},
    )


def _share(counted: Tally, channel: str, name: str) -> Share:
    yes, no, apart = (counted[channel, name, word] for word in _WORDS.values())
    return Share(yes, yes + no, apart)


def by_rule(counted: Tally) -> dict[str, int]:
    """Replies with a finding of each rule, frequent ones first."""
    found: Counter[str] = Counter()
    for (_, name, _), rows in counted.items():
        if name.startswith(_RULE):
            found[name.removeprefix(_RULE)] += rows
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def scorecard_json(counted: Tally, archive: str, kinds: Kinds) -> dict[str, Any]:
    """The cards as `empathy-lint scorecard` writes them, with what an archive has besides."""
    return {
        **as_json(cards(counted, archive, kinds)),
        "version": VERSION,
        "rules": by_rule(counted),
        "empty": total(counted, EMPTY),
        "problems": total(counted, PROBLEM),
    }


def scorecard_table(counted: Tally, archive: str, kinds: Kinds) -> str:
    """The cards, and below them the replies with a finding of each rule."""
    replies, found = total(counted, REPLIES), by_rule(counted)
    lines = [f"  {rule:<27}{f'{rows:,} of {replies:,}':>15}  {rows / replies:>4.0%}" for rule, rows in found.items()]
    blocks = [as_table(cards(counted, archive, kinds)), "\n".join(["Replies with a finding of", *lines])]
    return "\n\n".join(blocks[: 1 + bool(lines)])
