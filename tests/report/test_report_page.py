"""The `html` page, in a real browser where there is one (`EMPATHY_LINT_REQUIRE=chromium` insists on it)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_samples import calm, hostile, library, many, reply, report

from empathy_lint.report import html, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=2000",
)


@pytest.fixture
def browse(tmp_path: Path):
    """`browse(page, "#hash", *flags)` → what the browser prints."""
    if not CHROMIUM:
        if "chromium" in os.environ.get("EMPATHY_LINT_REQUIRE", ""):
            pytest.fail("chromium is required here and not installed")
        pytest.skip("chromium is not installed")

    def run(page: str, place: str = "", *flags: str) -> str:
        file = tmp_path / "page.html"
        file.write_text(page, "utf-8")
        command = [
            CHROMIUM,
            *FLAGS,
            f"--user-data-dir={tmp_path / 'profile'}",
            *(flags or ["--dump-dom"]),
            file.as_uri() + place,
        ]
        return subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode("utf-8")

    return run


def played(page: str, script: str) -> str:
    """The page with a script after its own, and so without the policy that would forbid it."""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    return page.replace("</body>", f"<script>{script}</script></body>")


def visible_titles(dom: str) -> list[str]:
    cards = re.findall(r"<article ([^>]*)>\s*<header><h3>(.*?)</h3>", dom)
    return [title for attributes, title in cards if "hidden" not in attributes]


def said(dom: str) -> str:
    return re.search(r"<output[^>]*>(.*?)</output>", dom)[1]


def test_filters_by_address_under_the_pages_own_policy(browse) -> None:
    page = render("html", library())
    everything = browse(page)
    assert said(everything) == "Showing 8 findings in 5 replies"
    assert len(visible_titles(everything)) == 5
    dom = browse(page, "#family=offer&file=macros%2Fbilling%2F")
    assert said(dom) == "Showing 2 findings in 2 replies"
    assert visible_titles(dom) == ["Refund after 30 days", "Late fee"]
    assert dom.count('class="warning quiet"') == 4
    assert said(browse(page, "#q=BIRTHDAY+carrier")) == "Showing 2 findings in 1 reply"
    assert said(browse(page, "#level=error&rule=nonsense")) == "Showing 1 finding in 1 reply"


def test_nothing_fits(browse) -> None:
    dom = browse(render("html", library()), "#q=zebra")
    assert said(dom) == "Showing 0 findings in 0 replies"
    assert '<p class="empty" id="nothing">' in dom


def test_keys_bars_and_marks(browse) -> None:
    script = """
      const press = (key) => new KeyboardEvent("keydown", {key, bubbles: true});
      const key = (name) => document.activeElement.dispatchEvent(press(name));
      const notes = [];
      key("/"); notes.push(document.activeElement.name); document.activeElement.blur();
      key("j"); key("j"); key("k"); key("j"); notes.push(document.activeElement.querySelector("h3").textContent);
      document.querySelector("mark").click(); notes.push(document.activeElement.id);
      notes.push(document.querySelectorAll("mark.lit").length);
      const bar = document.querySelector('a[data-value="tone"]');
      bar.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
      notes.push(location.hash, bar.getAttribute("aria-current"), document.querySelector("output").textContent);
      key("Escape");
      setTimeout(() => {
        notes.push(location.hash, document.querySelector("output").textContent);
        document.title = notes.join("; ");
      }, 50);
    """
    dom = browse(played(render("html", library()), script))
    title = re.search("<title>(.*?)</title>", dom)[1]
    assert title == (
        "q; Double charge; check-1; 1; #family=tone; true; Showing 2 findings in 2 replies; "
        "; Showing 8 findings in 5 replies"
    )


@pytest.mark.parametrize(
    "place", ["", "#q=%3Cscript%3E&file=%22%3E", "#" + "family=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"]
)
@pytest.mark.parametrize("policy", [True, False])
def test_a_hostile_reply_cannot_act(browse, place: str, policy: bool) -> None:
    page = render("html", hostile())
    dom = browse(page if policy else played(page, ""), place)
    assert "<title>Reality checks for a reply library</title>" in dom
    assert "<img" not in dom
    assert said(dom).startswith("Showing ")


def test_screenshot(browse, tmp_path: Path) -> None:
    """A wide and a narrow picture; both are drawn, and nothing is wider than the window."""
    for size in ("1280,1600", "420,1600"):
        picture = tmp_path / f"{size}.png"
        browse(render("html", library()), "", f"--screenshot={picture}", f"--window-size={size}")
        assert picture.stat().st_size > 30_000
    wide = "document.title = document.documentElement.scrollWidth <= innerWidth"
    for made in (library(), hostile()):
        assert "<title>true</title>" in browse(
            played(render("html", made), wide), "", "--dump-dom", "--window-size=500,900"
        )


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("made", [library(), hostile(), calm(), report()])
def test_the_page_is_self_contained(made) -> None:
    elements = Elements(render("html", made)).found
    assert [tag for tag, _ in elements].count("script") == 1
    assert not {"img", "link", "iframe", "object", "base"} & {tag for tag, _ in elements}
    for _, attributes in elements:
        assert not {"src", "srcset", "style"} & set(attributes)
        assert attributes.get("href", "#") == "#"
        assert not any(name.startswith("on") for name in attributes)


def test_labels_and_numbers_are_unique() -> None:
    elements = Elements(render("html", library())).found
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    bars = [attributes for tag, attributes in elements if tag == "a"]
    assert {bar["data-key"] for bar in bars} == {"family", "rule", "file"}
    assert all(bar["aria-label"] for bar in bars)


def test_overlapping_marks_share_their_piece() -> None:
    outer = reply("a.txt", "We [[policy-wall|really cannot do]] it.")
    inner = reply("a.txt", "We really [[cannot do it]].")
    page = render("html", report(type(outer)(outer.row, outer.findings + inner.findings)))
    marks = re.findall(r'<mark class="warning" data-of="([\d ]+)">(.*?)</mark>', page)
    assert marks == [("1", "really "), ("1 2", "cannot do"), ("2", " it")]


def test_a_large_library_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "CARDS", 20)
    page = render("html", many(25))
    assert page.count("<article") == 20
    assert "below are the first 20 replies" in page
    assert "<b>25</b><span>with something to look at" in page


def test_one_folder_shows_files() -> None:
    page = render("html", report(reply("a.txt", "[[no]]"), reply("b.txt", "[[no]]"), reply("b.txt", "yes", id="2")))
    assert "Files that need care most" in page
    assert ">1 of 2<" in page


def test_nothing_found() -> None:
    page = render("html", calm())
    assert "Nothing I would change" in page
    assert '<div class="filters" hidden>' in page
