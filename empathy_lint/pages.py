"""A page for every rule and every signal, in Markdown: what `explain` shows and what lies in `docs/`.

Everything is written from the fields of the rule files, so a page can't say what a rule does not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import fill

from empathy_lint.model import CHANNELS, FAMILIES, RulePage
from empathy_lint.rulebook import Example, Find, Rule, Rulebook, SignalSpec
from empathy_lint.suppress import PAGES as OWN

WRITTEN = "<!-- Written by tools/make_docs.py from the rule files; change those. -->"
_SCOPES = {
    "sentence": "one sentence",
    "opening": "the opening of the reply",
    "closing": "the end of the reply",
    "reply": "the whole reply",
    "thread": "the reply and the customer's message",
}
_SITUATIONS = {
    "difficult": "in difficult situations only",
    "routine": "in routine situations only",
    None: "in any situation",
}
_TARGET = re.compile(r"\[([^\[\]]+)\]\([\w./-]+\.md\)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>])")
WIDTH = 100


def all_pages(book: Rulebook) -> dict[str, str]:
    """The pages of `docs/`, by their path in it."""
    pages = {f"rules/{rule.id}.md": rule_page(rule) for rule in book.rules.values()}
    pages |= {f"rules/{page.id}.md": own_page(page) for page in OWN.values()}
    pages |= {f"signals/{signal.name}.md": signal_page(book, signal) for signal in book.signals.values()}
    pages |= {"rules/README.md": rule_index(book), "signals/README.md": signal_index(book)}
    return {path: f"{WRITTEN}\n\n{text}" for path, text in sorted(pages.items())}


def rule_page(rule: Rule) -> str:
    """What a rule sees, why it matters, what to write instead, how to silence it."""
    facts = (rule.family, rule.level, f"certainty {rule.certainty}", _channels(rule), _SITUATIONS[rule.situation])
    return _joined(
        (f"# {rule.id}", rule.summary, " · ".join(facts)),
        ("## What it sees", _seen(rule.find, _SCOPES[rule.scope])),
        ("## Why it matters", fill(rule.why, WIDTH)),
        ("## What it says", fill(f"> {rule.says} {rule.question}", WIDTH, subsequent_indent="> "), *_perhaps(rule)),
        _examples("## It speaks up here", rule.examples.bad),
        _examples("## It keeps quiet here", rule.examples.good),
        *_misjudged(rule),
        _silencing(rule.id, rule.family),
    )


def _channels(rule: Rule) -> str:
    return "every channel" if rule.channels == CHANNELS else " and ".join(rule.channels)


def _perhaps(rule: Rule) -> tuple[str, ...]:
    """Rewrites, with their slots as they are in the rule file."""
    if not rule.rewrites:
        return ()
    return ("What you might write instead:", "\n".join(f"- {rewrite}" for rewrite in rule.rewrites))


def signal_page(book: Rulebook, signal: SignalSpec) -> str:
    """What a signal means, how it is heard, where it is heard and where not, and who uses it."""
    return _joined(
        (f"# {signal.name}", signal.means),
        ("## How it is heard", *_heard(signal)),
        _examples("## It is heard here", signal.examples.bad),
        _examples("## It is not heard here", signal.examples.good),
        *_misjudged(signal),
        _used_by(book, signal.name),
    )


def _heard(signal: SignalSpec) -> Iterator[str]:
    if signal.patterns:
        back = ", less those that take a match back" if signal.exceptions else ""
        yield f"By phrases{back}: `rules/signals/{Path(signal.path).name}`."
    if signal.detector:
        yield f"By the detector `{signal.detector}`, in Python, for what phrases can't say."
    if signal.find:
        yield _seen(signal.find, _SCOPES[signal.scope])


def _used_by(book: Rulebook, name: str) -> tuple[str, ...]:
    rules = [_link(rule.id, "rules") for rule in book.rules.values() if name in rule.find.names]
    signals = [_link(s.name, "signals") for s in book.signals.values() if s.find and name in s.find.names]
    used = [f"Rules: {', '.join(rules)}." if rules else "", f"Signals: {', '.join(signals)}." if signals else ""]
    return ("## Who asks for it", *filter(None, used)) if any(used) else ()


def own_page(page: RulePage) -> str:
    """A rule about suppressions, which has no rule file."""
    return _joined(
        (f"# {page.id}", page.summary, f"{page.family} · {page.level}"),
        ("## Why it matters", page.why),
        ("## How to silence it", f'In the configuration: `ignore = ["{page.id}"]`.'),
    )


def _seen(find: Find, where: str) -> str:
    """The `find` of a rule in words: `In one sentence: apology, without own-fault.`"""
    wanted = [
        ", then ".join(_links(find.order)),
        " and ".join(_links(find.all)),
        " or ".join(_links(find.any)),
        f"no {' and no '.join(_links(find.none))}" if find.none else "",
    ]
    near = f", within {find.near} words of each other" if find.near else ""
    return f"In {where}: {'; '.join(filter(None, wanted))}{near}."


def _links(names: Iterable[str]) -> list[str]:
    return [_link(name, "signals") for name in names]


def _link(name: str, room: str) -> str:
    return f"[{name}](../{room}/{name}.md)"


def _examples(heading: str, examples: Iterable[Example]) -> tuple[str, ...]:
    shown = [_example(example) for example in examples]
    return (heading, *shown) if shown else ()


def _example(example: Example) -> str:
    """A quote of the example; **bold** are the words it is about."""
    text = example.reply
    for span in reversed(example.spans):
        text = f"{text[: span.start]}\ue000{text[span.start : span.end]}\ue001{text[span.end :]}"
    said = _escaped(text).replace("\ue000", "**").replace("\ue001", "**")
    if example.customer:
        said = f"Customer: {_escaped(example.customer)}\n\nReply: {said}"
    lines = said.split("\n")
    notes = [*filter(None, (example.channel, example.format))]
    lines += ["", f"({', '.join(notes)})"] if notes else []
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _escaped(text: str) -> str:
    """Marks that Markdown would take for its own."""
    for mark in "\\`*_[]<>":
        text = text.replace(mark, f"\\{mark}")
    return text


def _misjudged(subject: Rule | SignalSpec) -> Iterator[tuple[str, ...]]:
    yield _examples("## Known misses", subject.examples.missed)
    yield _examples("## Known false alarms", subject.examples.false_alarms)


def _silencing(name: str, family: str) -> tuple[str, ...]:
    return (
        "## How to silence it",
        "For one place, with a reason, in a comment above it:",
        f"```yaml\n# empathy-lint: ignore {name} -- why it has to stay\n```",
        f"```html\n<!-- empathy-lint: ignore {name} -- why it has to stay -->\n```",
        f"For a team, in `empathy-lint.toml` (or a part of the files: see `overrides`): another level, or none.\n"
        f"The same works for the whole family `{family}`.",
        f'```toml\nignore = ["{name}"]\n\n[levels]\n{name} = "hint"\n```',
    )


def rule_index(book: Rulebook) -> str:
    """The table of all rules, by family."""
    sections = [_family(family, list(rows(book))) for family in FAMILIES]
    return _joined(("# Rules", "What each rule speaks up about. The names are links to their pages."), *sections)


def rows(book: Rulebook) -> Iterator[RulePage]:
    """What the list of rules shows of each: those of the rulebook, then those about suppressions."""
    yield from (rule.page for rule in book.rules.values())
    yield from OWN.values()


def _family(family: str, pages: list[RulePage]) -> tuple[str, ...]:
    own = [page for page in pages if page.family == family]
    lines = [f"| [{page.id}]({page.id}.md) | {page.level} | {page.summary} |" for page in own]
    table = "\n".join(["| rule | level | what it sees |", "| --- | --- | --- |", *lines])
    return (f"## {family}", table) if lines else ()


def signal_index(book: Rulebook) -> str:
    """The table of all signals."""
    lines = [f"| [{signal.name}]({signal.name}.md) | {signal.means} |" for signal in book.signals.values()]
    table = "\n".join(["| signal | means |", "| --- | --- |", *lines])
    return _joined(("# Signals", "What can be heard in a reply. Rules are put together from these.", table))


def find_page(book: Rulebook, name: str) -> str | None:
    """The page of a rule, else of a signal, with that name."""
    if name in book.rules:
        return rule_page(book.rules[name])
    if name in OWN:
        return own_page(OWN[name])
    return signal_page(book, book.signals[name]) if name in book.signals else None


def plain(page: str) -> str:
    """A page for a terminal: no targets of links, no escapes."""
    return _ESCAPED.sub(r"\1", _TARGET.sub(r"\1", page))


def names(book: Rulebook) -> Mapping[str, str]:
    """Everything that has a page: its name and whether it is a rule or a signal."""
    return {**dict.fromkeys(book.signals, "signal"), **dict.fromkeys((*book.rules, *OWN), "rule")}


def _joined(*sections: Iterable[str]) -> str:
    """Blocks with a blank line between them."""
    return "\n\n".join(block.strip() for section in sections for block in section) + "\n"
