"""A card for each reply: its text with the words marked, and what a colleague would say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from empathy_lint.model import Finding
from empathy_lint.report.groups import Group
from empathy_lint.report.page.charts import slashed
from empathy_lint.report.page.words import safe
from empathy_lint.report.words import PERHAPS, UNPROVED

QUIET = 1_200  # characters without a mark that are shown in full; of more only both ends
ENDS = 400

BADGES = {"error": "before it goes out", "warning": "reality check", "hint": "hint", "off": "off"}

Numbered = tuple[int, Finding]


def card(group: Group, first: int) -> str:
    """One `<article>`; its findings are numbered from `first`."""
    numbered = list(enumerate(group.findings, first))
    path = safe(slashed(group.first.path))
    checks = "\n".join(_check(number, finding, group.text) for number, finding in numbered)
    return (
        f'<article class="card" tabindex="-1" data-file="{path}">\n{_head(group)}\n{_text(group, numbered)}\n'
        f'<ul class="checks">\n{checks}\n</ul>\n<p class="question">{safe(group.question)}</p>\n</article>'
    )


def _head(group: Group) -> str:
    first = group.first
    title = safe(group.name or "Reply")
    route = f' <span class="route">{safe(first.route)}</span>' if first.route not in ("", group.name) else ""
    place = f'<span class="path">{safe(first.path)}:{first.location[0].line}</span>'
    return f'<header><h3>{title}</h3><p>{place}{route} <span class="channel">{safe(first.channel)}</span></p></header>'


def _text(group: Group, numbered: Sequence[Numbered]) -> str:
    """The reply with its marks; nothing where the report does not carry the text."""
    return f'<blockquote class="reply">{"".join(_marked(group.text, numbered))}</blockquote>' if group.text else ""


def _marked(text: str, numbered: Sequence[Numbered]) -> Iterator[str]:
    """The text cut where a mark begins or ends; overlapping marks share their piece."""
    edges = {0, len(text), *(min(edge, len(text)) for _, finding in numbered for edge in finding.span)}
    for start, end in pairwise(sorted(edges)):
        here = [(number, each) for number, each in numbered if each.span.start <= start and end <= each.span.end]
        yield _mark(text[start:end], here) if here else _quiet(text[start:end])


def _mark(text: str, here: Sequence[Numbered]) -> str:
    numbers = " ".join(str(number) for number, _ in here)
    levels = [finding.level for _, finding in here]
    gravest = next(level for level in ("error", "warning", "hint", "off") if level in levels)
    return f'<mark class="{gravest}" data-of="{numbers}">{safe(text)}</mark>'


def _quiet(text: str) -> str:
    if len(text) <= QUIET:
        return safe(text)
    return f'{safe(text[:ENDS])} <span class="gap">… {len(text) - 2 * ENDS:,} characters …</span> {safe(text[-ENDS:])}'


def _check(number: int, finding: Finding, text: str) -> str:
    words = "" if text else f'<q class="words">{safe(finding.text)}</q>'
    rewrites = "".join(f"<li>{safe(rewrite)}</li>" for rewrite in finding.rewrites)
    perhaps = f'<div class="perhaps"><span>{PERHAPS}</span><ul>{rewrites}</ul></div>' if rewrites else ""
    doubt = "" if finding.exact else f'<p class="doubt">{UNPROVED}</p>'
    return (
        f'<li class="check {safe(finding.level)}" id="check-{number}" tabindex="0" data-rule="{safe(finding.rule)}" '
        f'data-family="{safe(finding.family)}" data-level="{safe(finding.level)}">{words}'
        f'<p class="says"><span class="badge">{BADGES[finding.level]}</span> {safe(finding.message)} '
        f'<span class="rule">{safe(finding.rule)} · line {finding.location[0].line}</span></p>{perhaps}{doubt}</li>'
    )
