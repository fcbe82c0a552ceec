"""The examples that rules and signals carry, run through the whole linter: they are the tests of the rules.

A bad example gives findings of its rule on exactly the marked spans (a signal: is heard exactly there), a good
one gives none, and a rewrite, its slots filled with plain words, gives no finding of any rule. A judgement
known to be wrong (`missed`, `false_alarms`) is expected to stay wrong; when it is right at last, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from empathy_lint.model import Channel, Reply
from empathy_lint.offsets import Span, TextMap
from empathy_lint.rulebook import Example, Rule, Rulebook, SignalSpec

if TYPE_CHECKING:
    from empathy_lint.linter import Linter

Kind = Literal["bad", "good", "missed", "false_alarms", "rewrite"]
Status = Literal["ok", "failed", "news"]

LABELS: dict[Kind, str] = {
    "bad": "a bad example",
    "good": "a good example",
    "missed": "a miss that was known",
    "false_alarms": "a false alarm that was known",
    "rewrite": "a rewrite",
}
LEAST = 2
# What a whole page of text, or several replies together, would be needed to show has fewer bad examples.
WITHOUT_BAD = frozenset(("dense-prose", "wall-of-text", "html-plain-drift"))
# Plain words for the slots of rewrites, by how the slot begins; the last one fits anything.
SLOT_WORDS = (
    (("when", "day", "date"), "Friday"),
    (("your next step",), "send you the blue lamp"),
    (("the step", "a next step"), "send the blue lamp back"),
    (("what you can do",), "I can send you the blue lamp"),
    (("what",), "the blue lamp came on Friday"),
    (("",), "the blue lamp"),
)
_SLOT = re.compile(r"\{[^{}]+\}")


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule or signal."""

    subject: Rule | SignalSpec
    kind: Kind
    example: Example

    @property
    def name(self) -> str:
        return self.subject.id if isinstance(self.subject, Rule) else self.subject.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went: `message` is empty for one that holds; `news` is a known misjudgement now right."""

    case: Case
    status: Status
    message: str = ""


def cases(book: Rulebook, names: Collection[str] = ()) -> Iterator[Case]:
    """All examples of the rules and signals called by `names` (ids, families, signals); of all where empty."""
    for rule in book.rules.values():
        if not names or rule.id in names or rule.family in names:
            yield from _own(rule)
            yield from (Case(rule, "rewrite", Example(_plain(text), (), rule.line)) for text in rule.rewrites)
    for signal in book.signals.values():
        if not names or signal.name in names:
            yield from _own(signal)


def _own(subject: Rule | SignalSpec) -> Iterator[Case]:
    kinds: tuple[Kind, ...] = ("bad", "good", "missed", "false_alarms")
    for kind in kinds:
        yield from (Case(subject, kind, example) for example in getattr(subject.examples, kind))


def _plain(rewrite: str) -> str:
    return _SLOT.sub(lambda slot: _words(slot.group()[1:-1]), rewrite)


def _words(slot: str) -> str:
    return next(words for beginnings, words in SLOT_WORDS if slot.startswith(beginnings))


def run(linter: Linter, case: Case) -> Outcome:
    """Lint one example. `linter` must hold all rules; levels are those of the rule files."""
    if case.kind == "rewrite":
        return _rewrite(linter, case)
    found, wanted = _found(linter, case), list(case.example.spans)
    if case.kind == "missed":
        works = bool(found) and (not wanted or found == wanted)
        return Outcome(case, "news" if works else "ok", "is found now: move it to “bad”" if works else "")
    if case.kind == "false_alarms":
        return Outcome(case, "ok" if found else "news", "" if found else "is silent now: move it to “good”")
    if found == (wanted if case.kind == "bad" else []):
        return Outcome(case, "ok")
    return Outcome(case, "failed", _expected(case, found))


def _rewrite(linter: Linter, case: Case) -> Outcome:
    from empathy_lint.linter import check, hear

    found = check(linter, hear(linter, as_reply(case))).findings
    loud = [f"{each.rule} on “{each.text}”" for each in found if each.level in ("warning", "error")]
    return Outcome(case, "failed" if loud else "ok", f"is itself flagged: {', '.join(loud)}" if loud else "")


def _found(linter: Linter, case: Case) -> list[Span]:
    from empathy_lint.evaluate import evaluate
    from empathy_lint.linter import hear

    heard = hear(linter, as_reply(case))
    if isinstance(case.subject, Rule):
        return sorted(finding.span for finding in evaluate((case.subject,), heard))
    return [heard.span(hit) for hit in heard.hits(case.subject.name)]


def _expected(case: Case, found: list[Span]) -> str:
    def quoted(spans: list[Span]) -> str:
        return ", ".join(f"“{case.example.reply[span.start : span.end]}”" for span in spans) or "nothing"

    if case.kind == "good":
        return f"should be silent; it found {quoted(found)}"
    if not case.example.spans:
        return "marks no words with [[ ]]"
    return f"should find {quoted(list(case.example.spans))}; it found {quoted(found)}"


def as_reply(case: Case) -> Reply:
    """The reply of an example, as a reader would hand it over."""
    from empathy_lint.sources.parts import find_parts

    example = case.example
    return Reply(
        text=example.reply,
        map=TextMap.identity(len(example.reply)),
        source=example.reply,
        path=case.subject.path,
        id=f"{case.name}:{example.line}",
        channel=example.channel or _channel(case.subject),
        customer=example.customer,
        first=example.first,
        format=example.format or "text",
        syntax=example.syntax,
        parts=find_parts(example.reply, example.syntax),
    )


def _channel(subject: Rule | SignalSpec) -> Channel:
    """The first channel that a rule is for."""
    return subject.channels[0] if isinstance(subject, Rule) else "email"


def shortcomings(book: Rulebook, names: Collection[str] = ()) -> Iterator[str]:
    """Rules and signals that carry too few examples to be trusted: `path: what is missing`."""
    for rule in book.rules.values():
        if not names or rule.id in names or rule.family in names:
            yield from _too_few(rule, rule.id)
    for signal in book.signals.values():
        if not names or signal.name in names:
            yield from _too_few(signal, signal.name)


def _too_few(subject: Rule | SignalSpec, name: str) -> Iterator[str]:
    least = LEAST if isinstance(subject, Rule) else 1
    for kind, needed in (("bad", 0 if name in WITHOUT_BAD else least), ("good", least)):
        count = len(getattr(subject.examples, kind))
        if count < needed:
            yield f"{subject.path}: {name} has {count} {kind} examples; at least {needed} are needed"
