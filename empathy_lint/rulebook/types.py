"""What a rulebook holds: rules and signals as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from empathy_lint.model import Certainty, Channel, Level, RulePage, Scope, Situation
from empathy_lint.offsets import Span
from empathy_lint.rulebook.phrases import Pattern


@dataclass(frozen=True, slots=True)
class Example:
    """A reply with the spans that must be found in it; `reply` comes without its [[ ]] marks.

    `format` and `syntax` say which helpdesk's export the reply comes from, where a rule asks for that.
    """

    reply: str
    spans: tuple[Span, ...]
    line: int
    customer: str = ""
    channel: Channel | None = None
    first: bool | None = None
    format: str = ""
    syntax: str = ""


@dataclass(frozen=True, slots=True)
class Examples:
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    missed: tuple[Example, ...] = ()
    false_alarms: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """The closed grammar: all of these, any of these, none of these, these in order; how near in words."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    near: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.all, *self.any, *self.none, *self.order)

    @property
    def sought(self) -> tuple[str, ...]:
        """The signals that have a place of their own: those that must be there."""
        return (*self.order, *self.all, *self.any)


@dataclass(frozen=True, slots=True)
class SignalSpec:
    """A named thing to hear: by patterns, by a Python detector, or composed from other signals."""

    name: str
    means: str
    patterns: tuple[Pattern, ...]
    exceptions: tuple[Pattern, ...]
    detector: str
    find: Find | None
    scope: Scope
    mark: str
    examples: Examples
    path: str
    line: int

    @property
    def needs_tagger(self) -> bool:
        return any(pattern.tagged for pattern in (*self.patterns, *self.exceptions))


@dataclass(frozen=True, slots=True)
class Rule:
    """When to speak up, and in which words."""

    id: str
    family: str
    summary: str
    why: str
    scope: Scope
    level: Level
    certainty: Certainty
    situation: Situation | None
    channels: tuple[Channel, ...]
    find: Find
    mark: str
    says: str
    rewrites: tuple[str, ...]
    question: str
    examples: Examples
    path: str
    line: int

    @property
    def page(self) -> RulePage:
        return RulePage(self.id, self.family, self.level, self.summary, self.why)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules and signals in force, by id and by name.

    `key` names the contents of the files that they come from; empty where that is not known.
    """

    rules: Mapping[str, Rule]
    signals: Mapping[str, SignalSpec]
    key: str = ""
