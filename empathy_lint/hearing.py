"""One ruleset at work in one process: its linter is built when first asked, and anew when it has heard enough."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from empathy_lint.model import Reply
from empathy_lint.request import Ruleset

if TYPE_CHECKING:
    from empathy_lint.linter import Checked, Linter

# A vocabulary remembers every word it has met, numbers and addresses among them. After so many replies a new one
# is begun: a twentieth of a second in six, and the memory stays where it is.
MOST_HEARD = 10_000


@dataclass(slots=True)
class Judge:
    """`told` are the signals that rows tell of, all where it is empty; `heard` counts the replies of `linter`."""

    ruleset: Ruleset
    told: tuple[str, ...] = ()
    linter: Linter | None = None
    heard: int = 0


def judged(judge: Judge, replies: Sequence[Reply], signals: bool) -> Iterator[Checked]:
    """What came of each reply, in order. Raises LanguageError for a pipeline that can't be used, or breaks."""
    from empathy_lint.linter import lint

    linter = ready(judge)
    judge.heard += len(replies)
    yield from lint(linter, replies, signals)


def ready(judge: Judge) -> Linter:
    """The linter, built if need be."""
    if judge.linter is None or judge.heard >= MOST_HEARD:
        from empathy_lint.linter import make_linter

        if judge.linter is not None:
            _forget(judge)
        rules = judge.ruleset
        linter = make_linter(rules.book, rules.rules, rules.thresholds, rules.pipeline)
        judge.linter, judge.heard = replace(linter, told=judge.told), 0
    return judge.linter


def _forget(judge: Judge) -> None:
    """Two linters at a time would need twice the memory. A pipeline and its vocabulary hold each other."""
    from empathy_lint.language.classes import forget
    from empathy_lint.listening.reading import pipeline
    from empathy_lint.signals import features

    judge.linter = None
    forget()
    features.forget()
    pipeline.cache_clear()  # the one that reads customers' messages
    gc.collect()
