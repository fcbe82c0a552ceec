"""The nouns of the house: frozen types that every room shares, and the tree of errors.

Offsets are half-open and counted in Unicode code points, as Python counts them. `start` and `end` of
signals and findings point into the *reply's own text*; only a `Location` points into the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from empathy_lint.offsets import Location, Span, TextMap

Channel = Literal["email", "chat", "macro"]
Level = Literal["error", "warning", "hint", "off"]
Certainty = Literal["high", "medium", "low"]
Situation = Literal["difficult", "routine"]
Scope = Literal["sentence", "opening", "closing", "reply", "thread"]
PartKind = Literal["quote", "signature", "code", "placeholder", "link", "markup"]

CHANNELS: tuple[Channel, ...] = ("email", "chat", "macro")
LEVELS: tuple[Level, ...] = ("error", "warning", "hint", "off")
FAMILIES = ("acknowledgement", "offer", "tone", "clarity", "template")
SCOPES: tuple[Scope, ...] = ("sentence", "opening", "closing", "reply", "thread")


class EmpathyLintError(Exception):
    """Anything a user can put right. The CLI prints it and ends with exit status 2."""


class InputError(EmpathyLintError):
    """A file that could not be read: path, 1-based line (0 where unknown), what was expected."""

    def __init__(self, path: str, message: str, line: int = 0, column: int = 0) -> None:
        self.path, self.line, self.column, self.message = path, line, column, message
        place = ":".join(str(part) for part in (path, line, column) if part)
        super().__init__(f"{place}: {message}")


class RuleError(InputError):
    """A rule or signal file that does not hold what a rule holds."""


class ConfigError(InputError):
    """A configuration file with an unknown key or a value of the wrong type."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reply that is not the agent's own prose: a quote, a link, a placeholder…

    `name` is the bare variable of a placeholder (`ticket.title`), empty for the other kinds.
    """

    span: Span
    kind: PartKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation."""

    who: Literal["customer", "agent"]
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply as the customer would read it, and the way back to the file it came from.

    `text` is the reply's own text; `map` leads from it to the decoded file, `source`. `exact` false
    means that no place inside the value could be proved: the map marks the whole value.
    `format` is the reader's name (`yaml`, `zendesk`…), `syntax` the placeholder syntax (`liquid`…).
    """

    text: str
    map: TextMap
    source: str
    path: str
    id: str = ""
    route: str = ""
    title: str = ""
    channel: Channel = "email"
    customer: str = ""
    earlier: tuple[Turn, ...] = ()
    first: bool | None = None
    language: str = ""
    format: str = "text"
    syntax: str = ""
    parts: tuple[Part, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Skipped:
    """A macro that is left alone, and why (`inactive`, `language: de`…): counted, never judged."""

    path: str
    route: str
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be checked. One of these makes the exit status 2."""

    path: str
    message: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Signal:
    """Something heard in a reply: a speech act with its span in the reply's text."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One reality check, complete at birth. `start` and `end` are those of `span` in the JSON.

    `filled` are the slots of the message and the rewrites with the words that stand in them.
    """

    rule: str
    family: str
    level: Level
    certainty: Certainty
    reply_id: str
    path: str
    route: str
    span: Span
    location: tuple[Location, Location]
    source_span: Span
    exact: bool
    text: str
    message: str
    rewrites: tuple[str, ...]
    question: str = "Would you tweak it in any way?"
    channel: Channel = "email"
    title: str = ""
    filled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What a report says of a reply that was read. `text` is kept only where something was found."""

    id: str
    path: str
    route: str
    channel: Channel
    situation: Situation
    signals: tuple[Signal, ...] = ()
    text: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a renderer needs to know of a rule."""

    id: str
    family: str
    level: Level
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run has to say; each output format is a function `(report) -> str`."""

    pipeline: str
    replies: tuple[ReplyRow, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rules: Mapping[str, RulePage] = field(default_factory=dict)
    with_signals: bool = False
