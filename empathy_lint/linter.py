"""The whole way of a reply: text → masked text → Doc → signals → findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from empathy_lint.evaluate import JudgingError, Plan, due, evaluate, planned, situation
from empathy_lint.language.load import blank
from empathy_lint.language.sentences import mark_sentences
from empathy_lint.language.text import straighten
from empathy_lint.model import Finding, Problem, Reply, ReplyRow, Signal
from empathy_lint.rulebook import Rule, Rulebook
from empathy_lint.signals.detectors import DETECTORS
from empathy_lint.signals.hear import Ears, Heard, make_ears
from empathy_lint.signals.learned import prepare
from empathy_lint.signals.regexes import recall
from empathy_lint.signals.tagging import annotator, tag
from empathy_lint.signals.thresholds import Thresholds
from empathy_lint.sources.parts import find_parts, masked

if TYPE_CHECKING:
    from spacy.language import Language

# Replies that are made ready together: what a model says of their sentences is cheaper to ask for all at once.
BATCH = 64
BUNDLED = "en_support"


@dataclass(frozen=True, slots=True)
class Linter:
    """The rules in force and the ears to hear with.

    `told` are the signals that a row tells of where signals are asked for; all of the rulebook where it is empty.
    """

    rules: tuple[Rule, ...]
    ears: Ears
    nlp: Language
    plan: Plan
    pipeline: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One reply with what came of it; `problem` is a bug that kept it from being judged."""

    row: ReplyRow
    findings: tuple[Finding, ...]
    problem: Problem | None = None


def make_linter(
    book: Rulebook, rules: Iterable[Rule], thresholds: Thresholds | None = None, pipeline: str = ""
) -> Linter:
    """A linter for some of the rules of a rulebook; `pipeline` names a spaCy pipeline other than the bundled one.

    Raises LanguageError where that one is not installed, or lacks what a rule needs.
    """
    # Before `blank()`: what a foreign pipeline imports must not be kept out.
    annotate = annotator(book, pipeline)
    recall(book.key)
    ears = make_ears(book, DETECTORS, annotate, thresholds)
    chosen = tuple(rules)
    return Linter(chosen, ears, blank(), planned(chosen, book.signals), pipeline or BUNDLED)


def lint(linter: Linter, replies: Iterable[Reply], with_signals: bool = False) -> Iterator[Checked]:
    """Each reply with its findings, in order; `BATCH` of them are listened to together."""
    stream = iter(replies)
    while batch := list(islice(stream, BATCH)):
        ready = [_ready(linter, reply) for reply in batch]
        texts = [text for each in ready if isinstance(each, Heard) for text in _texts(each)]
        tag(texts, linter.ears.annotate)
        _prepare(texts)
        yield from (_judged(linter, each, with_signals) for each in ready)


def _prepare(texts: Sequence[Heard]) -> None:
    """Let the learned ear weigh all texts at once. Where one breaks it, each is weighed when its reply is judged,
    and the one that breaks is told by name."""
    with suppress(Exception):
        prepare(texts)


def _ready(linter: Linter, reply: Reply) -> Heard | Checked:
    try:
        return hear(linter, reply)
    except Exception as error:
        return _problem(reply, error)


def _texts(heard: Heard) -> tuple[Heard, ...]:
    return (heard, heard.customer) if heard.customer else (heard,)


def _judged(linter: Linter, ready: Heard | Checked, with_signals: bool) -> Checked:
    """A reply that breaks a rule or a signal is told as a problem, and the others go on."""
    if isinstance(ready, Checked):
        return ready
    try:
        return check(linter, ready, with_signals)
    except Exception as error:
        return _problem(ready.reply, error)


def _problem(reply: Reply, error: Exception) -> Checked:
    bug = error if isinstance(error, JudgingError) else JudgingError(reply, "", error)
    return Checked(_silent(reply), (), Problem(reply.path, bug.message))


def hear(linter: Linter, reply: Reply) -> Heard:
    """A reply made ready to be listened to, with the customer's message where there is one."""
    customer = _heard(linter, reply, reply.customer, find_parts(reply.customer)) if reply.customer.strip() else None
    return _heard(linter, reply, reply.text, reply.parts, customer)


def _heard(linter: Linter, reply: Reply, text: str, parts: Sequence, customer: Heard | None = None) -> Heard:  # type: ignore[type-arg]
    doc = mark_sentences(linter.nlp.make_doc(masked(straighten(text), parts)))
    return Heard(doc, linter.ears, reply, customer)


def check(linter: Linter, heard: Heard, with_signals: bool = False) -> Checked:
    """The row and the findings of one reply. An empty reply has a row and nothing else."""
    reply = heard.reply
    if not reply.text.strip():
        return Checked(_silent(reply), ())
    findings = tuple(sorted(evaluate(due(linter.plan, heard), heard), key=lambda finding: (finding.span, finding.rule)))
    row = ReplyRow(
        id=reply.id,
        path=reply.path,
        route=reply.route,
        channel=reply.channel,
        situation=situation(heard),
        signals=signals(heard, linter.told) if with_signals else (),
        text=reply.text if findings else "",
        title=reply.title,
    )
    return Checked(row, findings)


def _silent(reply: Reply) -> ReplyRow:
    return ReplyRow(reply.id, reply.path, reply.route, reply.channel, "routine", title=reply.title)


def signals(heard: Heard, told: Iterable[str] = ()) -> tuple[Signal, ...]:
    """The signals named in `told`, or every signal of the rulebook, that were heard, in text order."""
    found = [Signal(name, heard.span(hit)) for name in told or heard.ears.signals for hit in heard.hits(name)]
    return tuple(sorted(found, key=lambda signal: (signal.span, signal.name)))
