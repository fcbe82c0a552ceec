"""`text` and `concise`: places, underlines, windows, and that nothing reaches the terminal."""

from __future__ import annotations

import re
import time
import unicodedata
from dataclasses import replace

import pytest
from report_samples import hostile, leveled, library, reply, report

from empathy_lint.offsets import Span
from empathy_lint.report import render
from empathy_lint.report.excerpt import COLUMNS, excerpt
from empathy_lint.report.groups import GENERAL
from empathy_lint.report.terminal import visible, width


def shown(marked: str) -> list[tuple[str, str]]:
    made = reply("a.txt", marked)
    return excerpt(made.findings[0], made.row.text)


def underlined(marked: str) -> str:
    """What stands above the carets, where every character is one column wide."""
    ((line, marks),) = shown(marked)
    return line[marks.index("^") : len(marks)]


@pytest.mark.parametrize(
    ("marked", "line", "marks"),
    [
        ("We [[cannot]] do it.", "We cannot do it.", "   ^^^^^^"),
        ("漢字 [[no]] 漢", "漢字 no 漢", "     ^^"),
        ("[[漢字]] no", "漢字 no", "^^^^"),
        ("Cafe\u0301 [[no]]", "Cafe\u0301 no", "     ^^"),
        ("👩‍👩‍👧 [[no]]", "👩‍👩‍👧 no", "   ^^"),
        ("👍🏽 [[no]]", "👍🏽 no", "   ^^"),
        ("❤️ [[no]]", "❤️ no", "   ^^"),
        ("🇩🇪 [[no]]", "🇩🇪 no", "   ^^"),
        ("a\t[[no]]", "a   no", "    ^^"),
        ("\t[[no]]\tx", "    no  x", "    ^^"),
        ("a\x1b[2J [[no]]", "a␛[2J no", "      ^^"),
        ("one\r\ntwo [[no]]\r\nthree", "two no", "    ^^"),
        ("one\rtwo [[no]]", "two no", "    ^^"),
        ("[[no ]]x", "no x", "^^"),
        ("Well[[]], so", "Well, so", "    ^"),
        ("Well[[]]", "Well", "   ^"),
    ],
)
def test_underline(marked: str, line: str, marks: str) -> None:
    assert shown(marked) == [(line, marks)]


@pytest.mark.parametrize("before", [0, 5, 95, 98, 150, 5_000])
@pytest.mark.parametrize("after", [0, 3, 120, 5_000])
def test_window_of_a_long_line(before: int, after: int) -> None:
    marked = "abc d " * before + "[[the words]]" + " efg h" * after
    ((line, marks),) = shown(marked)
    assert line[marks.index("^") : len(marks)] == "the words"
    assert width(line) <= COLUMNS + 4
    assert before + after < 10 or width(line) > 80


def test_window_without_a_blank() -> None:
    assert underlined("x" * 300 + "[[words]]" + "y" * 300) == "words"


def test_words_wider_than_the_window_lose_their_middle() -> None:
    ((line, marks),) = shown("Now " * 40 + "[[begin " + "and so on " * 40 + "end]] of it")
    assert line[marks.index("^") : len(marks)].startswith("begin and")
    assert line[: len(marks)].endswith("end")
    assert " … " in line
    assert marks.count("^") == COLUMNS


def test_a_span_over_lines() -> None:
    assert shown("x\nWe [[cannot\n\n  do it]] now.") == [("We cannot", "   ^^^^^^"), ("  do it now.", "  ^^^^^")]
    lines = shown("[[" + "\n".join(f"line {number}" for number in range(1_000)) + "]]")
    assert [line for line, _ in lines] == ["line 0", "line 1", "… 997 more lines …", "line 999"]
    assert lines[2][1] == ""


def test_without_the_reply_the_words_stand_alone() -> None:
    finding = reply("a.txt", "We [[cannot do]] it.").findings[0]
    assert excerpt(finding, "") == excerpt(finding, "short") == [("cannot do", "^^^^^^^^^")]


def test_blank_words_do_no_harm() -> None:
    finding = replace(reply("a.txt", "[[x]]").findings[0], text="", span=Span(0, 0))
    assert excerpt(finding, "") == []
    assert excerpt(finding, " \n ") == []


def test_five_megabytes_in_one_line_are_quick() -> None:
    text = "so it is " * 550_000
    finding = reply("a.txt", "[[x]]").findings[0]
    begin = time.perf_counter()
    excerpt(replace(finding, span=Span(2_500_000, 2_500_100)), text)
    excerpt(replace(finding, span=Span(0, len(text))), text)
    assert time.perf_counter() - begin < 1


UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("form", ["text", "concise", "github", "markdown", "junit", "html"])
def test_no_control_character_passes(form: str) -> None:
    every = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), 0xD800, 0xFEFF))
    made = report(reply(f"{every}.txt", f"a [[{every}]] b", title=every, id=every))
    for each in (made, hostile()):
        assert not UNSAFE.search(render(form, each, statistics=True).replace("\t", ""))


def test_visible_keeps_what_is_harmless_and_the_length() -> None:
    fine = "é 漢字 👩‍👩‍👧 café naïve – “quoted” \u00a0"
    assert visible(fine) == fine
    every = "".join(map(chr, range(0x3000)))
    assert len(visible(every)) == len(every)
    assert not any(unicodedata.category(char) == "Cc" for char in visible(every))


def test_colour_only_when_asked() -> None:
    for form in ("text", "concise"):
        assert "\x1b" not in render(form, library())
        coloured = render(form, library(), color=True)
        assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == render(form, library())
        assert coloured != render(form, library())


def test_findings_of_one_reply_share_one_question() -> None:
    output = render(
        "text", report(reply("a.txt", "[[One]] and [[two]].", id="1"), reply("a.txt", "[[Three]].", id="2"))
    )
    assert output.count("Would you tweak it in any way?") == 2
    assert output.count("Reality check: ") == 3


def test_a_question_of_its_own_goes_before_the_general_one() -> None:
    made = reply("a.txt", "[[One]], [[two]] and [[three]].")
    own = tuple(
        replace(finding, question=question)
        for finding, question in zip(made.findings, (GENERAL, "What could you offer?", GENERAL), strict=True)
    )
    output = render("text", report(type(made)(made.row, own)))
    assert "\n    What could you offer?\n" in output
    assert GENERAL not in output
    assert made.findings[0].question == GENERAL


def test_levels_doubt_and_summary() -> None:
    made = leveled(reply("a.txt", "[[One]]", exact=False), "hint")
    output = render("text", report(made, reply("b.txt", "Fine.")))
    assert "just a hint" in output
    assert "couldn't be proved" in output
    assert output.endswith("\n2 replies read, 1 hint in 1 of them.\n")


def test_statistics_come_before_the_last_line() -> None:
    output = render("concise", library(), statistics=True).split("\n")
    assert output[-2] == "10 replies read, 7 reality checks and 1 hint in 5 of them."
    assert output[-3].split() == ["1", "1", "unfilled-placeholder"]
