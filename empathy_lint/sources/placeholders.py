"""Faults of a reply as a template: placeholders that break, mean nothing, come out empty or were never filled.

`check_placeholders` looks at one reply, `check_library` at what only several replies together show. Code
and quoted mail are never looked at. A fault is data; its words and its level are in `rules/template`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from empathy_lint.model import Part, Reply
from empathy_lint.offsets import Span
from empathy_lint.sources.parts import LIQUID_TAGS, find_parts
from empathy_lint.sources.systems import System, system

FAULTS = (
    *("unclosed-placeholder", "malformed-placeholder", "unknown-variable", "empty-greeting", "leftover-fill-in"),
    *("mixed-fallback", "html-plain-drift"),
)
_DRAFTS = ("email", "chat")

_DEBRIS = re.compile(
    r"\{\{[^\n{}]{0,60}\}?|\{%[^\n{}%]{0,60}%?|(?:(?<=\s)|\A)[A-Za-z_]\w*(?:\.\w+)*[ ]?(?:\}\}|%\})"
    r"|[#%]\{[A-Za-z_][\w.]{1,60}|\{![A-Za-z_][\w.]{1,60}|<<[A-Z]\w*\.[A-Z]\w*>?"
)
_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\[[^\]]*\]|\.[\w-]+)*\s*")
_SPACED = re.compile(r"[^\s.|](?:[^.|]|\.(?=[\w-]))*")
_FALLBACK = re.compile(r"\|\s*default\b|fallback\s*[:=]|\bdefault\s*=")
_GREETING = re.compile(
    r"(?:^|\n)[ \t*_]*(?P<greeting>(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hallo|bonjour"
    r"|hola|ciao)"
    r"(?:[ \t]+(?:dear|there))?)(?P<gap>[ \t]*)(?=(?P<next>[,!{<]|\Z|\n))",
    re.IGNORECASE,
)
_TAG = re.compile(r"\{%-?\s*(?P<word>\w+)\s*(?P<rest>[^%]*)")
_BLOCKS = frozenset(("if", "unless", "case", "for", "capture", "tablerow", "raw"))
_LOCAL = re.compile(r"\{%-?\s*(?:assign|capture|for|increment|decrement)\s+([A-Za-z_]\w*)")

# What is left to be filled in: the nouns that libraries of macros put between brackets.
_FILLS = """
name names customer client user username order number no date link url email mail address amount product company agent
ticket time day issue item phone reason tracking invoice signature title price feature country city team department
problem refund code id details insert model device version month year account reference shop store website topic subject
"""
_FILL_WORDS = frozenset(_FILLS.split())
_ENDS = _FILL_WORDS | {"here"}
_WORD = re.compile(r"[A-Za-z]+")
# Beside these a bracketed word is part of a path, an address or a command that is being explained.
_PATTERN_MARKS = frozenset("/\\@=:.-_+\"'`")


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """A fault: the rule that names it, its place in the reply's text, and words for the rule's message.

    `slots`: `variable`, `suggestion`, `fallback` or `system`, where the fault knows them.
    """

    rule: str
    span: Span
    slots: Mapping[str, str] = field(default_factory=dict)


def words_for(fault: TemplateFault) -> Mapping[str, str]:
    """What may stand in the slots of the rule's message; `hint` is empty where nothing was meant."""
    meant = fault.slots.get("suggestion")
    return {"system": "this helpdesk", **fault.slots, "hint": f" Did you mean “{meant}”?" if meant else ""}


def check_placeholders(reply: Reply, known: Collection[str] = ()) -> Iterator[TemplateFault]:
    """The faults of one reply, in no order. `known` are variables of this account, `*` for anything."""
    if not (reply.parts or any(mark in reply.text for mark in "{}<,")):
        return
    parts = reply.parts or find_parts(reply.text, reply.syntax)
    places = [part for part in parts if part.kind == "placeholder"]
    yield from _broken(reply, parts)
    yield from _unbalanced(reply.text, parts)
    yield from _unknown(reply, places, known)
    yield from _greetings(reply, places)
    yield from _mixed([(reply, part) for part in places])
    if reply.channel in _DRAFTS:
        yield from _leftovers(reply.text, places)


def check_library(replies: Iterable[Reply]) -> Iterator[tuple[Reply, TemplateFault]]:
    """What only several replies show: a variable with and without fallback, HTML and plain twins that differ.

    Faults that `check_placeholders` finds in one reply alone are not told again.
    """
    everything = list(replies)
    uses = [(reply, part) for reply in everything for part in reply.parts if part.kind == "placeholder"]
    known = {
        (id(reply), fault.span) for reply in everything for fault in _mixed([(reply, p) for p in _variables(reply)])
    }
    for reply, part in _bare(uses):
        if (id(reply), part.span) not in known:
            yield reply, TemplateFault("mixed-fallback", part.span, {"variable": part.name})
    yield from _drifts(everything)


def _variables(reply: Reply) -> list[Part]:
    return [part for part in reply.parts if part.kind == "placeholder"]


def _fault(rule: str, start: int, end: int, **slots: str) -> TemplateFault:
    return TemplateFault(rule, Span(start, end), slots)


def _broken(reply: Reply, parts: Iterable[Part]) -> Iterator[TemplateFault]:
    """Braces that don't pair, and pairs with nothing that could be a variable inside."""
    text, rest, at = reply.text, [], 0
    spaced = system(reply.format, reply.syntax) is None
    for part in parts:
        start, end = part.span
        rest += [text[at:start], " " * (end - start)]
        at = end
        if part.kind == "placeholder" and "{" in text[start : start + 2]:
            yield from _braces(text, start, end, spaced)
        elif part.kind == "placeholder" and text[start - 1 : start + 1] == "<<":
            yield _fault("unclosed-placeholder", start - 1, end)
    remaining = "".join([*rest, text[at:]])
    if "{" in remaining or "}" in remaining or "<<" in remaining:
        for match in _DEBRIS.finditer(remaining):
            yield _fault("unclosed-placeholder", match.start(), match.start() + len(match.group().rstrip()))


def _braces(text: str, start: int, end: int, spaced: bool) -> Iterator[TemplateFault]:
    first, last = start, end
    while first and text[first - 1] == "{":
        first -= 1
    while last < len(text) and text[last] == "}":
        last += 1
    piece = text[first:last]
    if piece.count("{") != piece.count("}"):
        yield _fault("unclosed-placeholder", first, last)
    elif piece.startswith("{{") and not _well_formed(piece, spaced):
        yield _fault("malformed-placeholder", start, end)


def _well_formed(piece: str, spaced: bool) -> bool:
    """`{{ a.b | filter }}`: a name or a quoted string, no `a..b`. Home-made names may hold spaces (`spaced`)."""
    inside = piece.strip("{}").strip("-").strip()
    name = inside.partition("|")[0]
    if not inside or inside.endswith("|"):
        return False
    return name[:1] in "\"'#/^!>" or (_SPACED if spaced else _NAME).fullmatch(name) is not None


def _unbalanced(text: str, parts: Iterable[Part]) -> Iterator[TemplateFault]:
    """Liquid blocks that are never closed, and ends of blocks that were never opened."""
    open_: list[tuple[str, Part]] = []
    for part in parts:
        tag = _TAG.match(text, part.span.start) if part.kind == "markup" else None
        if tag is None or tag["word"] not in LIQUID_TAGS:
            continue
        word = tag["word"]
        if word in _BLOCKS:
            open_.append((word, part))
        elif word.startswith("end") and word[3:] in _BLOCKS:
            if open_ and open_[-1][0] == word[3:]:
                open_.pop()
            else:
                yield TemplateFault("unclosed-placeholder", part.span, {"variable": word})
    for word, part in open_:
        yield TemplateFault("unclosed-placeholder", part.span, {"variable": word})


def _unknown(reply: Reply, places: Iterable[Part], known: Collection[str]) -> Iterator[TemplateFault]:
    home = system(reply.format, reply.syntax)
    if home is None:
        return
    local = {match[1] for match in _LOCAL.finditer(reply.text)}
    for part in places:
        if not part.name or part.name.split(".")[0] in local or not _vendor(reply.text, part):
            continue
        meant = home.mistaken(part.name, known)
        if meant is not None:
            slots = {"variable": part.name, "system": home.name, **({"suggestion": meant} if meant else {})}
            yield TemplateFault("unknown-variable", part.span, slots)


def _vendor(text: str, part: Part) -> bool:
    """A variable of a system; `[Name]`, `<ORDER>` and `{name}` are made by hand."""
    return text.startswith(("{{", "{%", "{!", "{$", "#{", "%{", "<<", "*|"), part.span.start)


def _greetings(reply: Reply, places: Iterable[Part]) -> Iterator[TemplateFault]:
    """ "Hi ," as it stands, or as it comes out when the variable is empty."""
    by_start = {part.span.start: part for part in places}
    for match in _GREETING.finditer(reply.text):
        start, end = match.start("greeting"), match.end()
        part = by_start.get(end)
        if part and match["gap"] and _may_come_out_empty(reply, part):
            yield _fault("empty-greeting", start, part.span.end, variable=part.name)
        elif match["next"] == "," and match["gap"]:
            yield _fault("empty-greeting", start, end + 1)


def _may_come_out_empty(reply: Reply, part: Part) -> bool:
    """A variable without fallback, where there is a way to give one, and no `{% if %}` asks for it."""
    written = reply.text[part.span.start : part.span.end]
    home = system(reply.format, reply.syntax)
    if _FALLBACK.search(written) or not _has_fallback(written, home):
        return False
    return not re.search(rf"\{{%-?\s*(?:els)?(?:if|unless)\b[^%]*{re.escape(part.name)}", reply.text)


def _has_fallback(written: str, home: System | None) -> bool:
    if home is not None:
        return bool(home.fallback)
    return written.startswith("{{") or (written.startswith("{%") and "." in written)


def _mixed(uses: Iterable[tuple[Reply, Part]]) -> Iterator[TemplateFault]:
    for _, part in _bare(uses):
        yield TemplateFault("mixed-fallback", part.span, {"variable": part.name})


def _bare(uses: Iterable[tuple[Reply, Part]]) -> list[tuple[Reply, Part]]:
    """Uses without a fallback of variables that have one elsewhere."""
    bare: defaultdict[str, list[tuple[Reply, Part]]] = defaultdict(list)
    safe: set[str] = set()
    for reply, part in uses:
        if not part.name or not _vendor(reply.text, part):
            continue
        if _FALLBACK.search(reply.text, *part.span):
            safe.add(part.name)
        else:
            bare[part.name].append((reply, part))
    return [use for name in sorted(safe) for use in bare[name]]


def _leftovers(text: str, places: Iterable[Part]) -> Iterator[TemplateFault]:
    """What a draft must not be sent with."""
    for part in places:
        start, end = part.span
        written = text[start:end]
        if _unfilled(written) and not _explained(text, start, end):
            yield TemplateFault("leftover-fill-in", part.span, {"variable": part.name or written})


def _unfilled(written: str) -> bool:
    if written.startswith(("{{", "{%", "{!", "#{", "%{", "<<", "*|")):
        return True
    if "X" in written and set(written) <= set("XY#$€£-/.:,"):
        return written.count("X") > 3
    words = _WORD.findall(written)
    lowered = [word.lower() for word in words]
    if written.startswith("["):
        return bool(words) and (lowered[-1] in _ENDS or lowered[0] == "insert") and len(words) <= 4
    if written.startswith(("{", "%")):
        return bool(words) and lowered[-1] in _FILL_WORDS
    return bool(words) and written.isupper() and lowered[-1] in _FILL_WORDS


def _explained(text: str, start: int, end: int) -> bool:
    """`<USERNAME>@host`, `C:\\[user name]`: a pattern for the reader, not a gap in the reply."""
    if text.startswith(("{{", "{%", "{!", "<<"), start):
        return False
    after = text[end : end + 2]
    return text[start - 1 : start] in _PATTERN_MARKS - {":"} or (after[:1] in _PATTERN_MARKS and after[1:].isalnum())


# Help Scout's second text for the chat window: shorter on purpose.
_FOR_CHAT = "chatText"


def _drifts(replies: Iterable[Reply]) -> Iterator[tuple[Reply, TemplateFault]]:
    """Two bodies of one macro: readers pass on a twin only when its words differ from the first."""
    first: dict[tuple[str, str, str], Reply] = {}
    for reply in replies:
        stem = _stem(reply.route)
        if stem is None or not reply.text or reply.route.endswith(_FOR_CHAT):
            continue
        twin = first.setdefault((reply.path, stem, reply.id), reply)
        if twin is not reply and twin.route != reply.route and twin.text.split() != reply.text.split():
            yield reply, TemplateFault("html-plain-drift", Span(0, len(reply.text)), {"variable": twin.route})


def _stem(route: str) -> str | None:
    """The record a body belongs to: the route up to its action or its field."""
    record = re.match(r"(.*?)(?:\.?actions\[[^\]]*\].*|\.?[\w-]+)\Z", route)
    return record[1] if record else None
