"""Formats that programs read: schemas, escapes, limits, speed."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from report_samples import HOSTILE, Made, calm, hostile, leveled, library, many, reply, report

from empathy_lint.model import Report
from empathy_lint.offsets import Location
from empathy_lint.report import FORMATS, ROW_BY_ROW, blocks, render
from empathy_lint.report.fingerprint import fingerprints

ROOT = Path(__file__).parents[2]
REPORTS = (library(), hostile(), calm(), report(), replace(library(), with_signals=True))


def schema(path: Path) -> jsonschema.protocols.Validator:
    loaded = json.loads(path.read_text("utf-8"))
    kind = jsonschema.validators.validator_for(loaded)
    kind.check_schema(loaded)
    return kind(loaded)


@pytest.mark.parametrize("made", REPORTS)
def test_json_holds_the_contract(made: Report) -> None:
    row = json.loads(render("json", made))
    schema(ROOT / "docs/schema/report-v1.schema.json").validate(row)
    assert list(row)[:4] == ["version", "tool", "replies", "findings"]
    assert row["summary"]["replies"] == len(made.replies) == len(row["replies"])
    assert row["summary"]["findings"] == len(made.findings) == sum(row["summary"]["by_rule"].values())
    assert all(("signals" in each) == made.with_signals for each in row["replies"])


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_in_blocks_is_the_report(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("empathy_lint.report.BLOCK", 500)
    for made in (*REPORTS, many(100)):
        written = list(blocks(form, made))
        assert "".join(written) == render(form, made)
        if form in ROW_BY_ROW and made.replies:
            assert max(map(len, written)) < 10_000


def test_json_gives_back_every_character() -> None:
    finding = json.loads(render("json", hostile()))["findings"][0]
    assert finding["text"] == finding["message"] == finding["title"] == HOSTILE
    assert "漢字" in render("json", report(reply("a", "[[漢字]]")))


def test_json_is_quick_for_a_hundred_thousand_rows() -> None:
    large = many(100_000)
    begin = time.perf_counter()
    render("json", large)
    assert time.perf_counter() - begin < 10  # 2 s on two busy cores


def test_jsonl_is_the_json_row_by_row() -> None:
    whole = json.loads(render("json", library()))
    rows = [json.loads(line) for line in render("jsonl", library()).split("\n")[:-1]]
    findings = [{key: value for key, value in row.items() if key != "type"} for row in rows if row["type"] == "finding"]
    assert findings == whole["findings"]
    assert [rows[0]["type"], rows[-1]["type"]] == ["report", "summary"]


SARIF = schema(Path(__file__).parent / "data/sarif-2.1.0-rtm.5.json")


@pytest.mark.parametrize("made", REPORTS)
def test_sarif_holds_the_official_schema(made: Report) -> None:
    log = json.loads(render("sarif", made))
    SARIF.validate(log)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is not bool(made.problems)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert all(rule["help"]["text"] and len(rule["properties"]["tags"]) <= 10 for rule in rules)


def test_sarif_regions_are_half_open_code_points() -> None:
    log = json.loads(render("sarif", report(reply("a b#.yaml", "So 🎁: [[no way]].", line=3))))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 13}
    assert place["artifactLocation"] == {"uri": "a%20b%23.yaml", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [("/x/a.txt", "file:///x/a.txt"), ("C:\\x\\a.txt", "file:///C:/x/a.txt"), (".\\m\\a.txt", "m/a.txt")],
)
def test_sarif_uris(path: str, uri: str) -> None:
    log = json.loads(render("sarif", report(reply(path, "[[no way]]"))))
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_keeps_the_gravest_within_the_limit_and_says_so() -> None:
    large, grave = many(25_010), leveled(reply("z.yaml", "[[late]]"), "error")
    log = json.loads(render("sarif", replace(large, findings=large.findings + grave.findings)))["runs"][0]
    assert len(log["results"]) == 25_000
    assert log["results"][0]["level"] == "error"
    assert "25,000 gravest" in log["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_messages_hold_no_embedded_links() -> None:
    message = json.loads(render("sarif", hostile()))["runs"][0]["results"][0]["message"]["text"]
    assert r"\[a](1)" in message


def test_fingerprints_survive_moved_lines_and_wrapping_and_tell_no_words() -> None:
    made = reply("a.yaml", "Well, [[we cannot do that]]. [[we cannot do that]].", id="7")
    moved = replace(made.findings[0], location=(Location(90, 1), Location(91, 2)), text="We cannot\n   do that")
    first, second = fingerprints(made.findings)
    assert first != second
    assert fingerprints([moved]) == [first]
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert fingerprints([replace(moved, reply_id="8")]) != [first]


def unescaped(text: str) -> str:
    """As the runner of GitHub Actions undoes a workflow command's escapes."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_commands_stay_one_line_each() -> None:
    made = hostile()
    lines = render("github", made).split("\n")
    assert len(lines) == len(made.findings) + len(made.problems) + 2
    assert [line.startswith("::") for line in lines] == [True, True, False, False]
    properties = re.fullmatch(r"::warning (.*?)::.*", lines[0])
    assert properties
    assert [each.split("=")[0] for each in properties[1].split(",")] == [
        "file",
        "line",
        "endLine",
        "col",
        "endColumn",
        "title",
    ]
    assert "::error::owned" in unescaped(properties[1])
    assert "\x1b" not in lines[0]


def test_github_says_percent_and_columns() -> None:
    output = render("github", report(reply("a,b:c.yaml", "Only [[100% sure]].", line=2)))
    assert output.startswith("::warning file=a%2Cb%3Ac.yaml,line=2,endLine=2,col=6,endColumn=15,title=")
    assert "“100%25 sure”" in output


def test_gitlab_rows() -> None:
    rows = json.loads(render("gitlab", library()))
    assert {row["severity"] for row in rows} == {"info", "minor", "major", "critical"}
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    assert all(row["location"]["lines"]["begin"] >= 1 and row["description"] and row["check_name"] for row in rows)
    assert json.loads(render("gitlab", calm())) == []


def test_junit_counts_and_never_fails_for_a_hint() -> None:
    root = ET.fromstring(render("junit", library()))
    assert root.attrib == {"name": "empathy-lint", "tests": "11", "failures": "5", "errors": "1"}
    hint = leveled(reply("a.txt", "[[so]]"), "hint")
    quiet = ET.fromstring(render("junit", report(hint)))
    assert (quiet.get("failures"), quiet.find(".//system-out") is not None) == ("0", True)


@pytest.mark.parametrize("number", range(0x100))
def test_junit_holds_any_character(number: int) -> None:
    root = ET.fromstring(
        render("junit", report(reply("a.txt", f"[[closed-door|x{chr(number)}y]]", title=f"t{chr(number)}")))
    )
    assert len(list(root.iter("failure"))) == 1


def test_markdown_stays_within_the_limit_and_says_what_it_left_out() -> None:
    large = report(
        *(reply(f"a{number}.yaml", f"{'👋 ' * 90}[[{'no ' * 90}]]", title=f"Macro {number}") for number in range(300))
    )
    output = render("markdown", large)
    assert 60_000 < len(output.encode("utf-16-le")) // 2 <= 65_536
    assert re.search(r"… and \d+ more replies; ", output)
    assert output.startswith("<!-- empathy-lint -->\n")


def test_markdown_lets_nothing_through() -> None:
    output = re.sub(r"(?<!\\)`[^`\n]+`", "", render("markdown", hostile()))  # in code nothing acts
    assert "<script" not in output
    assert "@everyone" not in output
    assert "[a](1)" not in output
    assert not re.search(r"(?<!\\)\*\*b", output)
    ours = ("<!--", "#", ">", "**", "- ", "_", "<details>", "</details>", "|", "Could", "Left")
    assert all(line.startswith(ours) or not line for line in output.split("\n"))


def test_formats_are_as_promised() -> None:
    assert list(FORMATS) == [
        "text",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "markdown",
        "html",
    ]
    with pytest.raises(KeyError):
        render("xml", calm())


def test_nothing_found_is_said_kindly() -> None:
    assert render("text", calm()) == render("concise", calm()) == "8 replies read. Nothing I would change.\n"


def test_a_hint_alone() -> None:
    made: Made = leveled(reply("a.txt", "[[so]]"), "hint")
    assert render("text", report(made)).endswith("\n1 reply read, 1 hint in it.\n")
