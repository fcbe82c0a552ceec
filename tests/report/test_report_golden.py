"""Every format against a kept output. `EMPATHY_LINT_GOLDEN=write` writes them anew; then look at the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from report_samples import calm, hostile, library

from empathy_lint import __version__
from empathy_lint.report import FORMATS, render

GOLDEN = Path(__file__).parent / "golden"
SUFFIX = {
    "text": "txt",
    "concise": "txt",
    "github": "txt",
    "sarif": "sarif.json",
    "gitlab": "json",
    "junit": "xml",
    "markdown": "md",
}


def kept(name: str, form: str, output: str) -> None:
    path = GOLDEN / f"{name}.{form}.{SUFFIX.get(form, form)}".replace(f".{form}.{form}", f".{form}")
    output = output.replace(__version__, "VERSION")
    if os.environ.get("EMPATHY_LINT_GOLDEN") == "write":
        path.write_text(output, "utf-8", newline="")
    assert output == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_library(form: str) -> None:
    kept("library", form, render(form, library(), statistics=form == "concise"))


@pytest.mark.parametrize("form", ["text", "github", "markdown", "junit"])
def test_hostile(form: str) -> None:
    kept("hostile", form, render(form, hostile()))


def test_colour() -> None:
    kept("colour", "text", render("text", library(), color=True, statistics=True))


@pytest.mark.parametrize("form", FORMATS)
def test_ends_in_one_line_end_and_fits_utf8(form: str) -> None:
    for made in (library(), hostile(), calm()):
        output = render(form, made)
        assert output.endswith("\n")
        assert not output.endswith("\n\n")
        output.encode("utf-8")
