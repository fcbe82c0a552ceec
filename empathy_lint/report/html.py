"""`html`: one self-contained page for a macro library. No server, no network, no build step.

The page's own policy lets nothing run but its one script, named by hash, and nothing load at all: even
if an escape were forgotten somewhere, a reply could not act.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from string import Template

from empathy_lint import __version__
from empathy_lint.model import Report
from empathy_lint.report.groups import by_family, by_reply, by_rule, counts
from empathy_lint.report.page.cards import BADGES, card
from empathy_lint.report.page.charts import charts, folder, several_folders, slashed
from empathy_lint.report.page.words import clipped, safe
from empathy_lint.report.words import could_not, left_alone, summary

CARDS = 3_000  # replies drawn; a browser stays quick with that many, and nobody reads more
HERE = Path(__file__).parent / "page"
POLICY = "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"

Option = tuple[str, str]


def render(report: Report) -> str:
    """The whole page."""
    style, script = _part("page.css"), _part("page.js")
    return Template(_part("page.html")).substitute(
        policy=POLICY.format(style=_hash(style), script=_hash(script)),
        style=style,
        script=script,
        summary=safe(summary(report)),
        tiles="".join(_tiles(report)),
        notes="".join(_notes(report)),
        charts=charts(report) if report.findings else "",
        no_filters="" if report.findings else " hidden",
        selects="\n".join(_selects(report)),
        cards=_cards(report),
        version=safe(__version__),
        pipeline=safe(report.pipeline),
    )


def _part(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _tiles(report: Report) -> Iterator[str]:
    hints = sum(finding.level == "hint" for finding in report.findings)
    tiles = (
        (len(report.replies), "replies read"),
        (len(by_reply(report)), "with something to look at"),
        (len(report.findings) - hints, "reality checks"),
        (hints, "hints"),
    )
    for number, name in tiles:
        yield f"<li><b>{number:,}</b><span>{name}</span></li>"


def _notes(report: Report) -> Iterator[str]:
    problems = "<br>".join(safe(line) for line in could_not(report))
    if problems:
        yield f'<p class="note" role="alert">{problems}</p>\n'
    if report.skipped:
        yield f"<p>{safe(left_alone(report))}</p>\n"
    if len(by_reply(report)) > CARDS:
        yield f'<p class="note">The figures count everything; below are the first {CARDS:,} replies.</p>\n'


def _selects(report: Report) -> Iterator[str]:
    """The filters; the fields' names are the keys of the page's address."""
    levels, rules = counts(finding.level for finding in report.findings), sorted(by_rule(report).items())
    yield _select("family", "Family", _counted(by_family(report).items()))
    yield _select("rule", "Rule", _counted(rules))
    yield _select("level", "Level", ((each, f"{BADGES[each]} ({levels[each]:,})") for each in BADGES if each in levels))
    yield _select("file", "File or folder", _files(report))


def _counted(items: Iterable[tuple[str, int]]) -> Iterator[Option]:
    return ((name, f"{name} ({number:,})") for name, number in items)


def _select(name: str, label: str, options: Iterable[Option]) -> str:
    listed = "".join(f'<option value="{safe(value)}">{safe(text)}</option>' for value, text in options)
    return f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select></label>'


def _files(report: Report) -> list[Option]:
    """Folders first, where there are several, then files."""
    files = sorted({slashed(finding.path) for finding in report.findings})
    folders = sorted({folder(path) for path in files}) if several_folders(report) else []
    return [(each, clipped(each, 60, keep_end=True)) for each in (*folders, *files)]


def _cards(report: Report) -> str:
    groups = by_reply(report)[:CARDS]
    first = accumulate((len(group.findings) for group in groups), initial=1)
    drawn = [card(group, number) for group, number in zip(groups, first, strict=False)]
    return "\n".join(drawn) or f'<p class="empty">{safe(summary(report))}</p>'
