"""Findings accepted as they are today: only new ones are reported.

An entry names a file, a macro (by its id, else its route), a rule, and the sentence by a salted hash: no
line, and none of the macro's words. The file has one entry a line, sorted, each with its comma (an empty
list closes them), so that two branches merge, with `merge=union` even where they touch.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from empathy_lint.model import ConfigError, Finding, ReplyRow

VERSION = 1

# A paragraph ends a sentence, a line does not: rewrapping a macro changes nothing.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s+|\n[ \t\r]*\n\s*")


class Entry(NamedTuple):
    """What is accepted: `path` from the baseline's folder, `where` a macro's id or route."""

    path: str
    where: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted findings with how many of each; `root` is the folder that paths start from."""

    root: Path
    salt: str
    entries: Mapping[Entry, int]


@dataclass(frozen=True, slots=True)
class Applied:
    """New findings, how many were accepted, and entries that hold more than was found."""

    findings: tuple[Finding, ...]
    accepted: int
    stale: Mapping[Entry, int]


def empty(root: Path) -> Baseline:
    """A baseline without entries and with a salt of its own, for a file in `root`."""
    return Baseline(root.absolute(), secrets.token_hex(8), {})


def make(old: Baseline, findings: Iterable[Finding], rows: Iterable[ReplyRow], read: Collection[str]) -> Baseline:
    """A baseline of all findings. Entries of files that were not `read` are kept while the file exists."""
    here = {_relative(path, old.root) for path in read}
    kept = {entry: count for entry, count in old.entries.items() if entry.path not in here and _exists(entry, old)}
    found = Counter(_entries(old, findings, rows))
    return Baseline(old.root, old.salt, {**kept, **found})


def apply(
    baseline: Baseline,
    findings: Iterable[Finding],
    rows: Iterable[ReplyRow],
    read: Collection[str],
    ran: Collection[str],
) -> Applied:
    """The findings that are not accepted, in their order.

    `rows` are those of the report: they hold the text of every reply with a finding. An entry is stale if
    its file was `read` whole and its rule `ran`, or if its file is gone, and it was not found that often.
    """
    findings = tuple(findings)
    left = Counter(baseline.entries)
    new = []
    for finding, entry in zip(findings, _entries(baseline, findings, rows), strict=True):
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    here = {_relative(path, baseline.root) for path in read}
    stale = {
        entry: count
        for entry, count in left.items()
        if count > 0 and ((entry.path in here and entry.rule in ran) or not _exists(entry, baseline))
    }
    return Applied(tuple(new), len(findings) - len(new), stale)


def prune(baseline: Baseline, stale: Mapping[Entry, int]) -> Baseline:
    """The baseline without what is stale."""
    left = {entry: count - stale.get(entry, 0) for entry, count in baseline.entries.items()}
    return Baseline(baseline.root, baseline.salt, {entry: count for entry, count in left.items() if count > 0})


def dumps(baseline: Baseline) -> str:
    """The file's text: the same baseline gives the same bytes."""
    rows = [json.dumps([*entry, count], ensure_ascii=False) for entry, count in sorted(baseline.entries.items())]
    entries = "".join(f"    {row},\n" for row in rows)
    return f'{{\n  "version": {VERSION},\n  "salt": "{baseline.salt}",\n  "entries": [\n{entries}    []\n  ]\n}}\n'


def load(path: Path) -> Baseline:
    """A baseline file. Raises ConfigError, with the line where it is known, for one that is broken or too new."""
    try:
        text = path.read_text(encoding="utf-8")
        whole = json.loads(text)
    except OSError as error:
        raise ConfigError(str(path), f"can't be read: {error.strerror or error}") from error
    except json.JSONDecodeError as error:
        raise _broken(path, text, error) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(str(path), "this is no baseline file; `empathy-lint baseline` writes one") from error
    return _checked(path, whole)


def _broken(path: Path, text: str, error: json.JSONDecodeError) -> ConfigError:
    conflict = re.search(r"^(?:<<<<<<<|=======|>>>>>>>)", text, re.MULTILINE)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        return ConfigError(str(path), "a merge conflict; keep the lines of both sides and take the marks out", line)
    return ConfigError(str(path), f"not readable as JSON: {error.msg}", error.lineno, error.colno)


def _checked(path: Path, whole: Any) -> Baseline:
    version = whole.get("version") if isinstance(whole, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise ConfigError(str(path), f"version {version} is newer than this empathy-lint, which knows {VERSION}")
    if version != VERSION or not isinstance(whole.get("salt"), str) or not isinstance(whole.get("entries"), list):
        raise ConfigError(str(path), "this is no baseline file; `empathy-lint baseline` writes one")
    entries: dict[Entry, int] = {}
    for number, row in enumerate((row for row in whole["entries"] if row != []), 1):
        if not _is_row(row):
            raise ConfigError(str(path), f"entry {number} is not [path, macro, rule, hash, count]: {row!r:.80}")
        entry = Entry(*row[:4])
        # Both sides of a merge may have brought it.
        entries[entry] = max(row[4], entries.get(entry, 0))
    return Baseline(path.absolute().parent, whole["salt"], entries)


def _is_row(row: Any) -> bool:
    if not isinstance(row, list) or len(row) != 5 or not all(isinstance(item, str) for item in row[:4]):
        return False
    return isinstance(row[4], int) and not isinstance(row[4], bool) and row[4] > 0


def _entries(baseline: Baseline, findings: Iterable[Finding], rows: Iterable[ReplyRow]) -> list[Entry]:
    texts = {(row.path, row.route, row.id): row.text for row in rows if row.text}
    return [
        Entry(
            _relative(finding.path, baseline.root),
            _where(finding),
            finding.rule,
            _hash(baseline.salt, sentence(texts.get((finding.path, finding.route, finding.reply_id), ""), finding)),
        )
        for finding in findings
    ]


def _where(finding: Finding) -> str:
    """The macro's own id; where the reader made one up from the path, the route."""
    return finding.route if finding.reply_id.startswith(finding.path) else finding.reply_id or finding.route


def sentence(text: str, finding: Finding) -> str:
    """The sentences that a finding touches, white space made one; its own words where there is no text."""
    if not text:
        return " ".join(finding.text.split())
    ends = _ends(text)
    start, end = bisect_right(ends, finding.span.start) - 1, bisect_left(ends, finding.span.end)
    return " ".join(text[ends[max(start, 0)] : ends[min(end, len(ends) - 1)]].split())


@lru_cache(maxsize=1)
def _ends(text: str) -> tuple[int, ...]:
    """Where sentences end; a reply's findings come one after another."""
    return (0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text))


def _hash(salt: str, words: str) -> str:
    return blake2b(words.encode("utf-8", "surrogatepass"), key=salt.encode()[:64], digest_size=8).hexdigest()


def _relative(path: str, root: Path) -> str:
    return os.path.relpath(Path.cwd() / path, root).replace(os.sep, "/")


def _exists(entry: Entry, baseline: Baseline) -> bool:
    return (baseline.root / entry.path).exists()
