"""Findings about suppressions: unused, malformed, or naming a rule that does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from empathy_lint.globs import near
from empathy_lint.model import Channel, Finding, RulePage
from empathy_lint.offsets import Location, Span
from empathy_lint.rulebook.strict import did_you_mean
from empathy_lint.suppress.comments import PATTERN, Comment
from empathy_lint.suppress.routes import ByRoute
from empathy_lint.suppress.seen import File
from empathy_lint.suppress.targets import lines_of

_SUMMARIES = {
    "unused-suppression": (
        "A suppression that silences nothing.",
        "It hides the next finding of its kind from whoever changes the macro.",
    ),
    "malformed-suppression": (
        "A suppression that can't be read, or lacks a rule or a reason.",
        "It does nothing, and whoever wrote it believes that it does.",
    ),
    "unknown-suppression": (
        "A suppression of a rule that does not exist.",
        "The rule was renamed or misspelt, so nothing is silenced.",
    ),
}

# Rules without a rule file, for reports, `rules` and `explain`.
PAGES: Mapping[str, RulePage] = {
    name: RulePage(name, "template", "warning", summary, why) for name, (summary, why) in _SUMMARIES.items()
}


def of_comment(
    file: File, comment: Comment, known: Collection[str], idle: Collection[str], pages: Mapping[str, RulePage]
) -> Iterator[Finding]:
    """What is to be said about a comment. `idle` are its rules that ran and found nothing there."""
    for rule, message in _complaints(comment, known, idle):
        if rule in pages and pages[rule].level != "off":
            lines, _ = lines_of(file.source)
            place = (lines.location(comment.span.start), lines.location(comment.span.end))
            text = file.source[comment.span.start : comment.span.end]
            yield _finding(pages[rule], file.path, place, comment.span, text, message, file.channel)


def _complaints(comment: Comment, known: Collection[str], idle: Collection[str]) -> Iterator[tuple[str, str]]:
    if comment.wrong:
        yield "malformed-suppression", f"This suppression is not obeyed: {comment.wrong}"
        return
    for name in dict.fromkeys(comment.rules):
        if name not in known:
            yield "unknown-suppression", f"No rule is called “{name}”.{did_you_mean(name, known)}"
    unused = [name for name in dict.fromkeys(comment.rules) if name in idle]
    if unused:
        yield "unused-suppression", f"There is no {' or '.join(unused)} here any more to silence."


def of_route(
    table: ByRoute, idle: Iterable[str], known: Collection[str], ran: Collection[str], pages: Mapping[str, RulePage]
) -> Iterator[Finding]:
    """What is to be said about a `suppress` table: its idle rules that are unknown, or ran in vain."""
    for name in idle:
        if name not in known:
            rule, message = "unknown-suppression", f"No rule is called “{name}”.{did_you_mean(name, known)}"
        else:
            rule, message = "unused-suppression", f"Nothing in these files is {name} any more, so nothing is silenced."
        if (name in ran or name not in known) and rule in pages and pages[rule].level != "off":
            file, line = table.origin
            place = (Location(line, 1), Location(line, 1))
            yield _finding(pages[rule], near(file), place, Span(0, 0), table.reason, message, "macro")


def _finding(
    page: RulePage, path: str, place: tuple[Location, Location], span: Span, text: str, message: str, channel: Channel
) -> Finding:
    return Finding(
        rule=page.id,
        family=page.family,
        level=page.level,
        certainty="high",
        reply_id="",
        path=path,
        route="",
        span=Span(0, 0),
        location=place,
        source_span=span,
        exact=True,
        text=text,
        message=message,
        rewrites=() if page.id == "unused-suppression" else (PATTERN,),
        question="Can it go?" if page.id == "unused-suppression" else "Would you mend it?",
        channel=channel,
    )
