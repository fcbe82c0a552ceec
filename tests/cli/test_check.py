"""`check` as a person or a program calls it: inputs, choices, places, exit statuses."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from cli_run import Ran, Run

TOLD = "As I already told you, we open at nine."
BLUNT = (
    "Unfortunately we cannot refund the second charge. As I already told you, you should have read the terms before"
    " ordering."
)
CHARGED = "I was charged twice for order 81 and nobody answers my mails. I want the second charge back, please!"
UPSET = (
    "My parcel arrived smashed and it was a birthday gift. I have called three times, nobody answers the phone, and I"
    " am really upset! This is unacceptable, I want my money back."
)
WARM = (
    "You were charged twice for order 81 and would like the second charge back. Did I get that right?\n\n"
    "I'm sorry that this happened and that nobody answered you. I've asked the bank to send the second charge back to"
    " your card, and you'll see it there by Friday."
)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def places(ran: Ran, rule: str) -> list[tuple[int, int, int, int]]:
    """Line and column of start and end, of the findings of one rule."""
    found = [each["location"] for each in ran.json["findings"] if each["rule"] == rule]
    return [(f["start"]["line"], f["start"]["column"], f["end"]["line"], f["end"]["column"]) for f in found]


# The drafts of the issue


def test_a_blunt_draft_gives_all_three_families(check: Run, tmp_path: Path) -> None:
    customer = write(tmp_path, "customer.txt", CHARGED)
    ran = check(write(tmp_path, "draft.txt", BLUNT), "--customer", customer)
    assert ran.status == 1
    assert {finding["family"] for finding in ran.json["findings"]} >= {"acknowledgement", "offer", "tone"}


def test_a_warm_draft_gives_nothing_above_a_hint(check: Run, tmp_path: Path) -> None:
    customer = write(tmp_path, "customer.txt", CHARGED)
    ran = check(write(tmp_path, "draft.txt", WARM), "--customer", customer)
    assert [(f["rule"], f["text"]) for f in ran.json["findings"] if f["level"] != "hint"] == []
    assert ran.status == 0


# What is read


def test_files_folders_and_standard_input(check: Run, tmp_path: Path) -> None:
    write(tmp_path, "drafts/a.txt", TOLD)
    write(tmp_path, "drafts/deeper/b.md", TOLD)
    write(tmp_path, "drafts/picture.png", b"\x89PNG")
    single = write(tmp_path, "single.txt", TOLD)
    ran = check(tmp_path / "drafts", single, "-", stdin=TOLD.encode())
    assert [row["path"] for row in ran.json["replies"]] == [
        str(tmp_path / "drafts/a.txt"),
        str(tmp_path / "drafts/deeper/b.md"),
        str(single),
        "-",
    ]
    assert ran.json["summary"]["by_rule"] == {"told-already": 4}


def test_the_name_of_standard_input_is_its_format(check: Run) -> None:
    row = json.dumps({"id": "r7", "channel": "chat", "reply": TOLD}).encode()
    ran = check("-", "--stdin-filename", "talk.jsonl", stdin=row)
    assert [(row["id"], row["path"], row["channel"]) for row in ran.json["replies"]] == [("r7", "talk.jsonl", "chat")]


def test_json_lines_keep_their_ids(check: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "k-1", "channel": "email", "customer": CHARGED, "reply": BLUNT, "first_reply": True},
        {"id": "k-2", "channel": "chat", "reply": "We open at nine."},
        {"id": 3, "channel": "chat", "reply": f"Hi! {TOLD}"},
        {"id": "k-4", "channel": "macro", "reply": ""},
    ]
    file = write(tmp_path, "replies.jsonl", "\n".join(json.dumps(row) for row in rows) + "\n")
    ran = check(file)
    assert [row["id"] for row in ran.json["replies"]] == ["k-1", "k-2", "3", "k-4"]
    assert {finding["reply_id"] for finding in ran.json["findings"]} == {"k-1", "3"}
    assert places(ran, "told-already")[1][0] == 3


def test_the_channel_can_be_said(check: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", "Dear [Customer Name], the lamp left us today.")
    assert "leftover-fill-in" in check(file, "--channel", "email").rules
    assert check(file, "--channel", "macro").rules == set()
    assert [row["channel"] for row in check(file, "--channel", "chat").json["replies"]] == ["chat"]


def test_the_customers_message_makes_it_difficult(check: Run, tmp_path: Path) -> None:
    draft = write(tmp_path, "draft.txt", "Please fill in the form on our site.")
    customer = write(tmp_path, "customer.txt", UPSET)
    assert check(draft).json["replies"][0]["situation"] == "routine"
    assert check(draft, "--customer", customer).json["replies"][0]["situation"] == "difficult"


# What is shown


def test_text_shows_the_place_the_words_and_a_question(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", f"Hello,\n{TOLD}\n")
    ran = run("check", "--isolated", file)
    assert ran.status == 1
    assert f"{file}:2:1" in ran.out
    assert "^^^^^^^^^^^" in ran.out
    assert "Reality check: " in ran.out
    assert "?\n" in ran.out
    assert "\x1b" not in ran.out


def test_signals_only_when_asked_for(check: Run, tmp_path: Path) -> None:
    text = "I'm afraid we can't refund a used voucher."
    file = write(tmp_path, "a.txt", text)
    assert "signals" not in check(file).json["replies"][0]
    heard = check(file, "--signals").json["replies"][0]["signals"]
    refusal = next(signal for signal in heard if signal["name"] == "refusal")
    assert "can't refund" in text[refusal["start"] : refusal["end"]]


def test_quiet_says_nothing_where_nothing_is_found(run: Run, tmp_path: Path) -> None:
    ran = run("check", "--isolated", "--quiet", write(tmp_path, "a.txt", "We open at nine."))
    assert (ran.status, ran.out, ran.err) == (0, "", "")


# Which rules


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "told-already"], {"told-already"}),
        (["--select", "tone"], {"told-already", "should-have"}),
        (["--select", "told"], {"told-already"}),
        (["--select", "tone,offer", "--ignore", "should-have"], {"told-already", "closed-door"}),
        (["--select", "tone", "--ignore", "told-already", "--ignore", "should-have"], set()),
    ],
)
def test_select_and_ignore(check: Run, tmp_path: Path, options: list[str], rules: set[str]) -> None:
    ran = check(write(tmp_path, "a.txt", BLUNT), *options)
    assert ran.rules == rules
    assert ran.status == int(bool(rules))


def test_an_unknown_rule_is_told_with_the_nearest(check: Run, tmp_path: Path) -> None:
    ran = check(write(tmp_path, "a.txt", BLUNT), "--select", "told-alredy")
    assert ran.status == 2
    assert "told-alredy" in ran.err
    assert "told-already" in ran.err
    assert ran.out == ""


# Exit status


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        ("We open at nine.", [], 0),
        (TOLD, [], 1),
        (TOLD, ["--fail-on", "hint"], 1),
        (TOLD, ["--fail-on", "error"], 0),
        (TOLD, ["--fail-on", "never"], 0),
        (TOLD, ["--exit-zero"], 0),
        ("Hi ,\nwe open at nine.", [], 0),
        ("Hi ,\nwe open at nine.", ["--fail-on", "hint"], 1),
        ("Dear [Customer Name], we open at nine.", ["--channel", "email", "--fail-on", "error"], 1),
    ],
)
def test_exit_status(check: Run, tmp_path: Path, text: str, options: list[str], status: int) -> None:
    assert check(write(tmp_path, "a.txt", text), *options).status == status


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "x.txt", "--fail-on", "sometimes"], ["chekc", "x"], ["check", "--nope", "x"]]
)
def test_a_wrong_call_is_status_2(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.err
    assert "Traceback" not in ran.err


def test_a_missing_file_is_named(check: Run, tmp_path: Path) -> None:
    ran = check(tmp_path / "nowhere.txt", write(tmp_path, "a.txt", TOLD), "--exit-zero")
    assert ran.status == 2
    assert "nowhere.txt" in ran.err
    assert ran.rules == {"told-already"}


def test_a_folder_with_broken_files_is_checked_as_far_as_it_can_be(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "1-good.txt", TOLD)
    write(tmp_path, "2-latin.txt", "Caf\xe9, as I told you.".encode("latin-1"))
    write(tmp_path, "3-empty.txt", "")
    (tmp_path / "4-gone.txt").symlink_to(tmp_path / "nowhere")
    write(tmp_path, "5-broken.yaml", "macros:\n  - body: 'open\n")
    write(tmp_path, "6-good.txt", TOLD)
    locked = write(tmp_path, "7-locked.txt", TOLD)
    locked.chmod(0)
    ran = run("check", "--isolated", "--format", "json", tmp_path)
    bad = {"2-latin.txt", "3-empty.txt", "4-gone.txt", "5-broken.yaml"}
    bad |= set() if os.access(locked, os.R_OK) else {"7-locked.txt"}
    assert ran.status == 2
    assert {file.name for file in tmp_path.iterdir() if file.name in ran.err} == bad
    assert {Path(finding["path"]).name for finding in ran.json["findings"]} >= {"1-good.txt", "6-good.txt"}
    assert {Path(problem["path"]).name for problem in ran.json["problems"]} == bad
    assert "Traceback" not in ran.err + ran.out
    text = run("check", "--isolated", tmp_path)
    assert text.status == 2
    assert all(name in text.out for name in bad)


@pytest.mark.parametrize("where", ["detector", "rule"])
def test_a_bug_is_status_2_and_names_file_and_rule(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from empathy_lint import evaluate
    from empathy_lint.signals.detectors import DETECTORS

    def broken(heard: object, *_: object) -> list[object]:
        if "teapot" in heard.reply.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError("a bug")
        return []

    if where == "detector":
        monkeypatch.setitem(DETECTORS, "shouting", broken)  # type: ignore[arg-type]
    else:
        monkeypatch.setattr(evaluate, "windows", broken)
    write(tmp_path, "a.txt", "DO NOT touch it.")
    write(tmp_path, "b.jsonl", json.dumps({"id": "b-1", "reply": "DO NOT drop the teapot."}) + "\n")
    write(tmp_path, "c.txt", "We open at nine.")
    ran = check(tmp_path, "--select", "shouted-order", "--jobs", "1", "--exit-zero")
    assert ran.status == 2
    assert "b.jsonl" in ran.err
    assert "b-1" in ran.err
    assert "shouted-order" in ran.err
    assert "ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.json["replies"]) == 3


# Places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (TOLD, (1, 1)),
        (f"Hello,\n\n{TOLD}", (3, 1)),
        (f"Hello,\r\n\r\n{TOLD}\r\n", (3, 1)),
        (f"Hello,\r{TOLD}", (2, 1)),
        (f"\t{TOLD}\n", (1, 2)),
        (f"Well\there. {TOLD}", (1, 12)),
        (f"\ufeff{TOLD}", (1, 1)),
        (f"🙂🙂 {TOLD}", (1, 4)),
        (f"👩‍👩‍👧 ok. {TOLD}", (1, 11)),
        (f"Cafe\u0301 first. {TOLD}", (1, 14)),
        (f"日本。\n{TOLD}", (2, 1)),
    ],
)
def test_columns(check: Run, tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    ran = check(write(tmp_path, "a.txt", text))
    (found,) = places(ran, "told-already")
    assert found[:2] == place
    assert found[2] == place[0]
    (finding,) = (each for each in ran.json["findings"] if each["rule"] == "told-already")
    assert finding["text"].startswith("As I already told")
    assert found[3] - found[1] == len(finding["text"])


@pytest.mark.parametrize("text", [" ", "\n\n", "🙂", "🙂\n👍🏽", "​", "\t", "...", "{{", "<>", "é"])
def test_replies_of_almost_nothing(check: Run, tmp_path: Path, text: str) -> None:
    row = json.dumps({"id": "r", "channel": "chat", "reply": text})
    ran = check(write(tmp_path, "a.jsonl", row))
    assert ran.status in (0, 1)
    assert [each["id"] for each in ran.json["replies"]] == ["r"]


# Seconds, on a slow machine; a megabyte of prose takes about ten on a good one.
LONGEST = 100


@pytest.mark.parametrize(
    ("filler", "kilobytes"),
    [("We open at nine and close at four. ", 1000), ("sorry, ", 300), ("{{ ", 300), ("<p>", 300), ("a", 5000)],
)
def test_long_texts(check: Run, tmp_path: Path, filler: str, kilobytes: int) -> None:
    paragraphs = (filler * (5_000 // len(filler)) + "\n\n") * (kilobytes // 5)
    file = write(tmp_path, "a.txt", f"{paragraphs}{TOLD}")
    began = time.monotonic()
    ran = check(file)
    assert time.monotonic() - began < LONGEST
    (found,) = places(ran, "told-already")
    assert found[:2] == (kilobytes // 5 * 2 + 1, 1)


def test_every_fill_in_of_a_sentence_is_shown(check: Run, tmp_path: Path) -> None:
    draft = write(tmp_path, "draft.txt", "Your order XXXXX leaves on [DATE] from our shop.")
    ran = check(draft, "--select", "leftover-fill-in")
    assert [found["text"] for found in ran.json["findings"]] == ["XXXXX", "[DATE]"]
