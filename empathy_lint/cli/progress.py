"""A line on the terminal while a long run goes on. It is gone when the report comes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from time import monotonic

from empathy_lint.model import Reply

# Seconds before it shows, and between two changes.
PATIENCE = 1.0
PAUSE = 0.2
WIDTH = 24


def progress(files: int, quiet: bool) -> Callable[[Iterator[Reply]], Iterator[Reply]]:
    """Passes replies on and shows how many of `files` were read; does nothing else where nobody watches."""
    return (lambda replies: _shown(replies, files)) if sys.stderr.isatty() and not quiet else iter


def _shown(replies: Iterator[Reply], files: int) -> Iterator[Reply]:
    due, done, last, shown = monotonic() + PATIENCE, 0, "", False
    try:
        for count, reply in enumerate(replies, 1):
            done, last = done + (reply.path != last), reply.path
            if monotonic() >= due:
                draw(bar(done, files, count))
                due, shown = monotonic() + PAUSE, True
            yield reply
    finally:
        if shown:
            draw("")


def bar(done: int, files: int, replies: int) -> str:
    """`[######      ] file 3 of 12, 4,210 replies`"""
    filled = min(WIDTH * done // max(files, 1), WIDTH)
    return f"[{'#' * filled}{' ' * (WIDTH - filled)}] file {done} of {files}, {replies:,} replies"


def draw(line: str) -> None:
    """Show `line` in the place of the one before."""
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()
