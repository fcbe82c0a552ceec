"""What earlier runs know of the files of this one, and what this run leaves for later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from empathy_lint import cache, discovery, store
from empathy_lint.cache import Kept, NotKept
from empathy_lint.library import RULES, library_findings
from empathy_lint.model import Finding, InputError, Reply, ReplyRow
from empathy_lint.request import Gathered, Request, Ruleset, Source
from empathy_lint.sources import read
from empathy_lint.sources.decode import decode

BUNDLED = "en_support"
Key = tuple[str, str, str]
# Findings, and the texts of the replies that they are in.
Library = tuple[list[Finding], dict[Key, str]]


@dataclass(slots=True)
class Memory:
    """`names` of the entries of files, by path, and what is `known` of those that have not changed.

    `rows` are the packed replies of the file at hand, None where one can't be kept.
    """

    sources: tuple[Source, ...]
    names: dict[str, str] = field(default_factory=dict)
    known: dict[str, Kept] = field(default_factory=dict)
    last: Reply | None = None
    rows: list[str] | None = None
    wrote: bool = False

    def note(self, reply: Reply, row: ReplyRow, findings: Sequence[Finding], gathered: Gathered) -> None:
        """One reply that was judged. The entry of a file is written with the first of the next."""
        if self.last is None or self.last.path != reply.path:
            self._write(gathered)
            self.rows = [] if reply.path in self.names else None
        self.last = reply
        try:
            if self.rows is not None:
                speaks_of_us = bool(gathered.seen.files[reply.path].source)
                self.rows.append(cache.packed(reply, row, findings, speaks_of_us))
        except NotKept:
            self.rows = None

    def close(self, gathered: Gathered) -> None:
        """Write the entry of the last file."""
        self._write(gathered)
        if self.wrote:
            store.trim()

    def _write(self, gathered: Gathered) -> None:
        last, rows, self.rows = self.last, self.rows, None
        if last is None or rows is None or gathered.is_broken(last.path):
            return
        skipped = (each for each in gathered.skipped if each.path == last.path)
        cache.keep(self.names[last.path], last.source, rows, skipped)
        self.wrote = True

    def library(self, gathered: Gathered) -> Library:
        """What only all macros together show."""
        files = [source for source in self.sources if source.name in self.known and _asks(source, self.known)]
        if not files:
            return _found(gathered.macros)
        every = store.key("library", *(part for item in self.names.items() for part in item))
        whole = len(self.known) == len(self.sources)
        kept = [_look_up(store.key(every, source.name), source, self.known[source.name].source) for source in files]
        if whole and all(kept):
            return _again([each for each in kept if each])
        macros = _with_known(gathered.macros, files, [source.name for source in self.sources])
        found, texts = _found(macros)
        if whole:
            _keep_library(every, files, self.known, macros, found)
        return found, texts


def remembered(request: Request, gathered: Gathered) -> Memory:
    """What is known of the files of a run; it goes into `gathered` at once. Nothing where nothing may be kept."""
    memory = Memory(request.sources)
    if not request.cache or request.base:
        return memory
    rules: dict[Ruleset, str] = {}
    for source in request.sources:
        ruleset = source.ruleset
        if ruleset not in rules:
            rules[ruleset] = _rules(ruleset, request.signals)
        if rules[ruleset] and source.path != discovery.STDIN:
            _look(source, rules[ruleset], memory)
    for kept in memory.known.values():
        for reply in kept.replies:
            gathered.seen.note(reply)
        gathered.rows += kept.rows
        gathered.findings += kept.findings
        gathered.skipped += kept.skipped
    if memory.known:
        first = next(source for source in request.sources if source.name in memory.known)
        gathered.pipeline = first.ruleset.pipeline or BUNDLED
    return memory


def _rules(ruleset: Ruleset, signals: bool) -> str:
    """One name for all that a file is judged by. A pipeline that is not ours may change under its name: none then."""
    if ruleset.pipeline:
        return ""
    return cache.rules_key(ruleset.book.key, ruleset.rules, ruleset.thresholds, signals)


def _look(source: Source, rules: str, memory: Memory) -> None:
    try:
        data = discovery.load(source.path)
        text = decode(source.name, data, max_bytes=source.options.max_bytes)
    except InputError:
        return  # reading it says what is wrong, or guesses its encoding
    name = memory.names[source.name] = store.key(rules, source.name, repr(source.options), data)
    kept = _look_up(name, source, text)
    if kept is not None:
        memory.known[source.name] = kept


def _look_up(name: str, source: Source, text: str) -> Kept | None:
    return cache.look_up(name, source.name, text, {rule.id: rule for rule in source.ruleset.rules})


def _asks(source: Source, known: dict[str, Kept]) -> bool:
    """Whether a rule looks at the whole library, and this file is a part of one."""
    macros = any(row.channel == "macro" for row in known[source.name].rows)
    return macros and not source.ruleset.ids.isdisjoint(RULES)


def _found(macros: dict[Ruleset, list[Reply]]) -> Library:
    found = [each for ruleset, replies in macros.items() for each in library_findings(ruleset.rules, replies)]
    if not found:
        return [], {}
    return found, {(each.path, each.route, each.id): each.text for replies in macros.values() for each in replies}


def _again(kept: list[Kept]) -> Library:
    replies = (reply for each in kept for reply in each.replies)
    return [finding for each in kept for finding in each.findings], {(r.path, r.route, r.id): r.text for r in replies}


def _with_known(
    macros: dict[Ruleset, list[Reply]], files: list[Source], order: list[str]
) -> dict[Ruleset, list[Reply]]:
    """All macros, those of known files read again, in the order of the files."""
    place = {name: number for number, name in enumerate(order)}
    every = {ruleset: list(replies) for ruleset, replies in macros.items()}
    for source in files:
        found = read(source.name, discovery.load(source.path), source.options)
        replies = [each for each in found if isinstance(each, Reply) and each.channel == "macro"]
        every.setdefault(source.ruleset, []).extend(replies)
    return {ruleset: sorted(replies, key=lambda reply: place[reply.path]) for ruleset, replies in every.items()}


def _keep_library(
    every: str, files: list[Source], known: dict[str, Kept], macros: dict[Ruleset, list[Reply]], found: list[Finding]
) -> None:
    """An entry a file, most of them empty: its replies that have such findings."""
    replies = {(reply.path, reply.route, reply.id): reply for group in macros.values() for reply in group}
    rows = {(row.path, row.route, row.id): row for kept in known.values() for row in kept.rows}
    lines: dict[str, list[str]] = {source.name: [] for source in files}
    try:
        for key in dict.fromkeys((each.path, each.route, each.reply_id) for each in found):
            mine = [each for each in found if (each.path, each.route, each.reply_id) == key]
            lines[key[0]].append(cache.packed(replies[key], rows[key], mine))
    except (NotKept, KeyError):
        return
    for source in files:
        cache.keep(store.key(every, source.name), known[source.name].source, lines[source.name], ())
