"""Bars as inline SVG. A bar is a link that filters the page, so the keyboard reaches it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname

from empathy_lint.model import Report
from empathy_lint.report.groups import by_family, by_reply, by_rule, counts
from empathy_lint.report.page.words import clipped, safe

ROWS = 12
HEIGHT = 28  # pixels a row
LETTER = 2.25  # percent of the width that a letter takes in the narrowest figure (300 pixels)
NAME = 23  # letters of a name that are shown


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `value` drives the length, `says` stands at the end; a click sets the filter `key`."""

    key: str
    name: str
    value: int
    says: str
    family: str = ""


def charts(report: Report) -> str:
    """Figures by family, by rule, and by folder or file."""
    families = {finding.rule: finding.family for finding in report.findings}
    of_family = [Bar("family", name, number, f"{number:,}", name) for name, number in by_family(report).items()]
    of_rule = [Bar("rule", name, number, f"{number:,}", families[name]) for name, number in by_rule(report).items()]
    heading, places = _places(report)
    return (
        _figure("By family", "findings", of_family)
        + _figure("By rule", "findings", of_rule)
        + _figure(heading, "replies to look at, of those read", places)
    )


def _places(report: Report) -> tuple[str, list[Bar]]:
    """Folders that need care most; files where all is in one folder. Most replies touched first."""
    name = folder if several_folders(report) else slashed
    read = counts(name(row.path) for row in report.replies)
    touched = counts(name(group.first.path) for group in by_reply(report))
    order = sorted(touched, key=lambda each: (-touched[each], read.get(each, 0), each))
    bars = [Bar("file", each, touched[each], f"{touched[each]:,} of {read.get(each, 0):,}") for each in order]
    return f"{'Folders' if name is folder else 'Files'} that need care most", bars


def several_folders(report: Report) -> bool:
    """Whether the replies come from more than one folder."""
    return len({folder(row.path) for row in report.replies}) > 1


def slashed(path: str) -> str:
    """The path with forward slashes."""
    return path.replace("\\", "/")


def folder(path: str) -> str:
    """The folder a file lies in, with a slash at its end; `./` for the one where the check ran."""
    return (dirname(slashed(path)) or ".") + "/"


def _figure(heading: str, unit: str, bars: Sequence[Bar]) -> str:
    shown = bars[:ROWS]
    longest = max((bar.value for bar in shown), default=1)
    left = 6 + LETTER * max((len(_label(bar)) for bar in shown), default=1)
    room = 96 - left - LETTER * max((len(bar.says) for bar in shown), default=1)
    rows = "".join(_row(number * HEIGHT, bar, left, bar.value / longest, room) for number, bar in enumerate(shown))
    more = f" · {len(bars) - ROWS} more not drawn" if bars[ROWS:] else ""
    return (
        f'<figure><figcaption><b>{safe(heading)}</b> <span>{safe(unit)}{more}</span></figcaption>'
        f'<svg width="100%" height="{HEIGHT * len(shown)}" role="group" aria-label="{safe(heading)}">{rows}</svg>'
        "</figure>\n"
    )


def _label(bar: Bar) -> str:
    return clipped(bar.name, NAME, keep_end=bar.key == "file")


def _row(top: int, bar: Bar, left: float, share: float, room: float) -> str:
    """Name, bar and number; `left` and `room` in percent of the width, the bar takes `share` of the room."""
    name, length = safe(_label(bar)), max(room * share, 0.6)
    says = f"{safe(bar.name)}: {bar.says}"
    kind = f" of-{safe(bar.family)}" if bar.family else ""
    shape = f'x="{left:.1f}%" y="{top + 7}" height="12" rx="6"'
    return (
        f'<a href="#" data-key="{bar.key}" data-value="{safe(bar.name)}" aria-label="{says}"><title>{says}</title>'
        f'<rect class="hit" x="0" y="{top}" width="100%" height="{HEIGHT - 2}" rx="5"/>'
        f'<svg x="6" y="{top}" width="{left - 2:.1f}%" height="{HEIGHT}"><text x="0" y="18">{name}</text></svg>'
        f'<rect class="track" {shape} width="{room:.1f}%"/><rect class="bar{kind}" {shape} width="{length:.1f}%"/>'
        f'<text class="says" x="99%" y="{top + 18}" text-anchor="end">{bar.says}</text></a>'
    )
