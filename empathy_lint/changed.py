"""Only what changed since a git revision, by macro: the replies of a file then against those of now."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from empathy_lint.model import EmpathyLintError, InputError, Reply, Skipped
from empathy_lint.sources import ReadOptions, read

Texts = Counter[str]


@dataclass(frozen=True, slots=True)
class Base:
    """A repository at a revision: its top folder, the commit, all its files, and what changed since.

    `changed` maps the names of today, from `top`, to those of then; a name that is not in it is untouched.
    """

    top: Path
    commit: str
    files: frozenset[str]
    changed: Mapping[str, str]


def since(revision: str) -> Callable[[str, Iterable[Reply], ReadOptions], Iterator[Reply]]:
    """A filter `(path, its replies, how it is read) -> those that are new or different since the revision`.

    A macro that only moved is the same. A file that is new, or was unreadable then, is checked whole. The
    replies of an untouched file are not even read. Call it for files, not for standard input: what git says
    of a file is of the one on disk. Raises EmpathyLintError where git, a repository or the revision is missing.
    """

    @cache
    def base_of(folder: Path) -> Base:
        return read_base(folder, revision)

    def changed(path: str, replies: Iterable[Reply], options: ReadOptions) -> Iterator[Reply]:
        place = Path(os.path.normpath(Path.cwd() / path))
        base = base_of(place.parent)
        name = os.path.relpath(place.resolve(), base.top).replace(os.sep, "/")
        if name in base.files and name not in base.changed:
            return iter(())
        return _new(replies, _texts_then(base, base.changed.get(name, name), path, options))

    return changed


def _new(replies: Iterable[Reply], then: tuple[Texts, Texts]) -> Iterator[Reply]:
    """First each macro is held against itself, then against a text that has lost its place: it moved."""
    at_place, texts = then
    listed = list(replies)
    stayed = [_taken(at_place, _at_place(reply)) for reply in listed]
    texts.subtract(_text(reply) for reply, known in zip(listed, stayed, strict=True) if known)
    for reply, known in zip(listed, stayed, strict=True):
        if not known and not _taken(texts, _text(reply)):
            yield reply


def _taken(texts: Texts, key: str) -> bool:
    """Take one of these out, if there is one."""
    texts[key] -= 1
    return texts[key] >= 0


def _texts_then(base: Base, name: str, path: str, options: ReadOptions) -> tuple[Texts, Texts]:
    """The replies that a file had, with their places and without."""
    if name not in base.files:
        return Counter(), Counter()
    data = _git(base.top, "cat-file", "blob", f"{base.commit}:{name}")
    replies: list[Reply] = []
    with suppress(InputError):  # what could be read of it counts; the rest is new
        replies += (item for item in read(path, data, options) if not isinstance(item, Skipped))
    return Counter(map(_at_place, replies)), Counter(map(_text, replies))


def _text(reply: Reply) -> str:
    """All that a finding depends on, newlines aside: git may have changed those."""
    parts = (reply.channel, reply.customer, reply.text)
    return blake2b("\0".join(parts).replace("\r\n", "\n").encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _at_place(reply: Reply) -> str:
    """The text with the macro's own id or, where the reader made one up from the path, its route."""
    return f"{_text(reply)} {reply.route if reply.id.startswith(reply.path) else reply.id}"


def read_base(folder: Path, revision: str) -> Base:
    """The repository around a folder, at a revision."""
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))).resolve()
    commit = _commit(top, revision)
    files = _names(_git(top, "ls-tree", "-r", "-z", "--name-only", commit))
    return Base(top, commit, frozenset(files), _changed(top, commit))


def _commit(top: Path, revision: str) -> str:
    try:
        name = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except EmpathyLintError as error:
        hint = " A shallow clone holds only its last commit: fetch the history first." if _is_shallow(top) else ""
        raise EmpathyLintError(f"git knows no revision “{revision}” in {top}.{hint}") from error
    return name.decode().strip()


def _is_shallow(top: Path) -> bool:
    return _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _changed(top: Path, commit: str) -> dict[str, str]:
    """Name now → name then, of every tracked file that differs from the commit in the working tree."""
    words = iter(_names(_git(top, "diff", "--name-status", "-z", "-M", "--no-ext-diff", commit, "--")))
    found: dict[str, str] = {}
    for status in words:
        old = next(words)
        new = next(words) if status[0] in "RC" else old
        found[new] = old
    return found


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says in a folder. Raises EmpathyLintError where it can't be run, or refuses."""
    # A hook's own variables would point git at the hook's repository instead of the folder's.
    env = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS} | {"LC_ALL": "C"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=True, env=env, stdin=subprocess.DEVNULL).stdout
    except FileNotFoundError as error:
        raise EmpathyLintError("--diff-base needs git, which is not installed") from error
    except subprocess.CalledProcessError as error:
        said = os.fsdecode(error.stderr).strip().removeprefix("fatal: ").partition("\n")[0]
        raise EmpathyLintError(f"--diff-base: git can't look into {folder}: {said}") from error


_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
