"""The command: which files hold what customers wrote, and both ways of showing it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from empathy_lint.cli.app import run


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["listen", *arguments]) == 0
    return capsys.readouterr().out


def test_a_text_file_is_the_customers_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mail.txt"
    file.write_text("My lamp is broken.\nPlease send me a new one.\n", encoding="utf-8")
    shown = output(capsys, str(file))
    assert "What happened\n  - My lamp is broken\n" in shown
    assert "What they want\n  - send me a new one\n" in shown
    assert "email: I'm hearing that your lamp is broken, and you'd like us to send you a new one." in shown


def test_json_lines_without_replies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [{"id": "a", "customer": "I can’t log in."}, {"id": "b", "customer": "Thanks!"}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    whole = json.loads(output(capsys, "--format", "json", str(file)))
    assert whole["version"] == 1
    assert [message["id"] for message in whole["messages"]] == ["a", "b"]
    assert whole["messages"][0]["facts"] == [{"start": 0, "end": 14, "text": "I can’t log in"}]
    assert whole["messages"][1]["blank"] is True


def test_json_lines_with_replies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"id": "r", "customer": "My lamp broke.", "reply": "Sorry!"}), encoding="utf-8")
    assert json.loads(output(capsys, "--format", "json", str(file)))["messages"][0]["id"] == "r"


@pytest.mark.parametrize(
    ("content", "message"),
    [('{"customer": "a"}\n{"customer": ', "rows.jsonl:2"), ('{"customer": "a"}\n{"id": 1}', "without `customer`")],
)
def test_a_broken_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(content, encoding="utf-8")
    assert run(["listen", str(file)]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["listen", "nowhere.txt"]) == 2
    assert "nowhere.txt" in capsys.readouterr().err


def test_the_own_words_of_a_mail_are_the_customers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "in.eml"
    file.write_text(
        "From: a@example.com\nTo: help@example.org\nSubject: Lamp\nContent-Type: text/plain; charset=utf-8\n\n"
        "My lamp broke after two days.\n\nOn Mon, 3 Mar 2025 at 10:00, Shop wrote:\n> Your order was sent.\n",
        encoding="utf-8",
    )
    (message,) = json.loads(output(capsys, "--format", "json", str(file)))["messages"]
    assert [fact["text"] for fact in message["facts"]] == ["My lamp broke after two days"]


def test_a_chat_gives_the_customers_turns_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "chat.json"
    file.write_text(json.dumps([{"id": 1, "customer": "My lamp broke.", "reply": "I lost it."}]), encoding="utf-8")
    (message,) = json.loads(output(capsys, "--format", "json", str(file)))["messages"]
    assert [fact["text"] for fact in message["facts"]] == ["My lamp broke"]
