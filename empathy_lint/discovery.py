"""Which files a command reads: those named, and the recognised ones inside folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_lint.model import InputError
from empathy_lint.sources import recognised

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"

# `(path, is it a folder) -> is it left out`; asked only about what a folder holds.
LeftOut = Callable[[str, bool], bool]


def files(paths: Iterable[str], excluded: LeftOut | None = None, gitignore: bool = True) -> Iterator[str]:
    """The files of all paths, folders walked in sorted order, each file once. `-` stays as it is.

    A file that is named is always read, whatever `excluded` (`config.excluder()`) and the repository's
    .gitignore say. A name that does not exist is yielded too: reading it reports the problem in its place.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _inside(path, excluded, gitignore):
            if file not in seen:
                seen.add(file)
                yield file


def _inside(path: str, excluded: LeftOut | None, gitignore: bool) -> Iterator[str]:
    if path == STDIN or not Path(path).is_dir():
        yield path
        return
    tests = [test for test in (excluded, git_ignores(Path(path)) if gitignore else None) if test]
    for folder, names, members in sorted_walk(Path(path)):
        names[:] = [name for name in names if _wanted(name) and not _any(tests, folder / name, True)]
        for member in members:
            if recognised(member) and not member.startswith(".") and not _any(tests, folder / member, False):
                yield str(folder / member)


def _wanted(name: str) -> bool:
    return not name.startswith(".") and name not in ("node_modules", "__pycache__")


def _any(tests: Iterable[LeftOut], path: Path, folder: bool) -> bool:
    return any(test(str(path), folder) for test in tests)


def sorted_walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """`os.walk` in a fixed order, so that two runs say the same; links to folders are not followed."""
    for folder, names, members in os.walk(root):
        names.sort()
        yield Path(folder), names, sorted(members)


def git_ignores(root: Path) -> LeftOut | None:
    """What the .gitignore files of the repository around `root` leave out; None outside a repository.

    None also where `root` itself is ignored: whoever names such a folder wants to see what is in it.
    """
    start = Path(os.path.normpath(Path.cwd() / root))
    top = next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
    if top is None:
        return None
    specs: dict[Path, tuple[tuple[str, GitIgnoreSpec], ...]] = {}

    def chain(folder: Path) -> tuple[tuple[str, GitIgnoreSpec], ...]:
        """The .gitignore files that speak about a folder's entries, the nearest first."""
        if folder not in specs:
            sources = [folder / ".gitignore"] + ([top / ".git" / "info" / "exclude"] if folder == top else [])
            own = tuple((str(folder), spec) for spec in map(_spec, sources) if spec)
            specs[folder] = own + (chain(folder.parent) if folder != top else ())
        return specs[folder]

    def ignored(path: str, is_folder: bool) -> bool:
        whole = Path(os.path.normpath(Path.cwd() / path))
        for base, spec in chain(whole.parent):
            inside = str(whole)[len(base) :].lstrip(os.sep).replace(os.sep, "/")
            said = spec.check_file(inside + "/" * is_folder).include
            if said is not None:
                return said
        return False

    return None if start != top and ignored(str(start), True) else ignored


def _spec(file: Path) -> GitIgnoreSpec | None:
    """The patterns of one file; lines that git would not understand either are passed over."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _readable(line))


def _readable(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def load(path: str) -> bytes:
    """The bytes of a file or of standard input. Raises InputError where it can't be read."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(path, "there is no such file or folder") from error
    except OSError as error:
        raise InputError(path, f"can't be read: {error.strerror or error}") from error
