"""File patterns in gitignore syntax, from the folder of the file in which they were written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Globs:
    """Patterns and the absolute folder that they start from."""

    root: str = ""
    patterns: tuple[str, ...] = ()


NOWHERE = Globs()


def matches(globs: Globs, path: str, folder: bool = False) -> bool:
    """Whether a file, or a folder, is meant. Nothing outside `root` ever is."""
    if not globs.patterns:
        return False
    inside = os.path.relpath(absolute(path), globs.root).replace(os.sep, "/")
    if inside == "." or inside.startswith("../"):
        return False
    return bool(compiled(globs.patterns).match_file(inside + "/" if folder else inside))


def absolute(path: str | Path) -> Path:
    """The path from the root, `..` taken out, links left as they are."""
    return Path(os.path.normpath(Path.cwd() / path))


def near(path: str | Path) -> str:
    """A path as a user would type it: from the working folder where it lies inside."""
    here = os.path.relpath(path)
    return str(path) if here.startswith("..") else here


@lru_cache(maxsize=256)
def compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The patterns, ready to match. Raises ValueError for one that can't be read."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
