"""Keep the screens of README.md true: run the commands they show, and write what they say.

    python tools/readme.py            write the blocks anew
    python tools/readme.py --check    exit status 1 where one is out of date

A block follows a comment `<!-- screen: ARGUMENTS -->` and shows `empathy-lint ARGUMENTS`. A block after
`<!-- command: NAME -->` is a command for a fresh machine; `--command NAME` prints it, and `.ci/run` runs it.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
README = REPO / "README.md"
_SCREEN = re.compile(r"(?P<head><!-- screen: (?P<arguments>[^\n]*?) -->\n```\w*\n).*?(?P<foot>\n```)", re.DOTALL)
_COMMAND = re.compile(r"<!-- command: (?P<name>[\w-]+) -->\n```\w*\n(?P<command>.*?)\n```", re.DOTALL)


def main(argv: Sequence[str] | None = None) -> int:
    """0, or 1 where `--check` finds an old screen."""
    parser = argparse.ArgumentParser(description="Keep the screens of README.md true.")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--command", metavar="NAME")
    options = parser.parse_args(argv)
    old = README.read_text(encoding="utf-8")
    if options.command:
        print(commands(old)[options.command])
        return 0
    new = refreshed(old)
    if options.check:
        return int(new != old)
    README.write_text(new, encoding="utf-8")
    return 0


def commands(text: str) -> dict[str, str]:
    """Name → the shell command that a reader is told to type."""
    return {match["name"]: match["command"] for match in _COMMAND.finditer(text)}


def refreshed(text: str) -> str:
    """The text with every screen as it is now."""
    return _SCREEN.sub(lambda match: match["head"] + screen(match["arguments"]) + match["foot"], text)


def screen(arguments: str) -> str:
    """What a reader sees after typing `empathy-lint ARGUMENTS` in a checkout."""
    done = subprocess.run(
        [sys.executable, "-m", "empathy_lint", *shlex.split(arguments)],
        cwd=REPO,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.stderr:
        raise SystemExit(f"empathy-lint {arguments}: {done.stderr.strip()}")
    return f"$ empathy-lint {arguments}\n{done.stdout.rstrip()}"


if __name__ == "__main__":
    sys.exit(main())
