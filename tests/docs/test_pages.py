"""The pages of rules and signals: complete, current, and readable by Markdown."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPO))

from empathy_lint.cli.choose import rulebook  # noqa: E402
from empathy_lint.pages import all_pages, find_page, names, plain  # noqa: E402
from tools.make_docs import DOCS, stale, write  # noqa: E402

BOOK = rulebook()
PAGES = all_pages(BOOK)


def test_pages_in_docs_are_current() -> None:
    assert stale(DOCS, PAGES) == [], "run python tools/make_docs.py"


def test_writing_mends_what_is_stale(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "gone.md").write_text("x")
    pages = {"rules/here.md": "here\n", "signals/new.md": "new\n"}
    assert stale(tmp_path, pages) == ["rules/gone.md", "rules/here.md", "signals/new.md"]
    write(tmp_path, pages)
    assert stale(tmp_path, pages) == []
    assert not (tmp_path / "rules" / "gone.md").exists()


def test_everything_with_a_name_has_a_page() -> None:
    for name in names(BOOK):
        page = find_page(BOOK, name)
        assert page is not None
        assert page.startswith(f"# {name}\n")


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(path: str) -> None:
    for target in re.findall(r"\]\(([\w./-]+\.md)\)", PAGES[path]):
        assert str((DOCS / path).parent.joinpath(target).resolve().relative_to(DOCS)) in PAGES, target


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_page_says_all(rule: object) -> None:
    page = PAGES[f"rules/{rule.id}.md"]  # type: ignore[attr-defined]
    for heading in ("What it sees", "Why it matters", "What it says", "It keeps quiet here", "How to silence it"):
        assert f"\n## {heading}\n" in page


def test_marks_of_an_example_are_bold_and_its_text_is_escaped() -> None:
    page = PAGES["rules/leftover-fill-in.md"]
    assert r"Your order **\<ORDER\>** left us today." in page
    assert "Your order **<ORDER>** left us today." in plain(page)


def test_plain_has_no_targets_of_links() -> None:
    assert "In the whole reply: refusal; no offer." in plain(PAGES["rules/closed-door.md"])
