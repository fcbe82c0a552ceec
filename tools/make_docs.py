"""Write the pages of rules and signals in `docs/` from the rule files.

    python tools/make_docs.py            write them anew; pages of rules that are gone are removed
    python tools/make_docs.py --check    exit status 1, and which, where some are out of date
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO))
DOCS = REPO / "docs"
ROOMS = ("rules", "signals")


def stale(docs: Path, pages: dict[str, str]) -> list[str]:
    """Paths of pages that are missing, differ, or belong to nothing any more."""
    there = {str(file.relative_to(docs)) for room in ROOMS for file in (docs / room).glob("*.md")}
    changed = [path for path, text in pages.items() if path not in there or (docs / path).read_text("utf-8") != text]
    return sorted([*changed, *(there - pages.keys())])


def write(docs: Path, pages: dict[str, str]) -> None:
    """Make `docs` hold exactly `pages` in the rooms of rules and signals."""
    for path in stale(docs, pages):
        file = docs / path
        if path in pages:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(pages[path], encoding="utf-8")
        else:
            file.unlink()


def main(argv: Sequence[str] | None = None) -> int:
    """0, or 1 where `--check` finds an old page."""
    from empathy_lint.cli.choose import rulebook
    from empathy_lint.pages import all_pages

    parser = argparse.ArgumentParser(description="Write the pages of rules and signals.")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(argv)
    pages = all_pages(rulebook())
    old = stale(DOCS, pages)
    if not options.check:
        write(DOCS, pages)
    for path in old:
        print(f"docs/{path} {'is out of date' if options.check else 'written'}")
    return int(options.check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
