"""What is wrong with a rule file is said with file, line, the line itself, and what was meant."""

from pathlib import Path

import pytest

from empathy_lint.model import RuleError
from empathy_lint.rulebook import Rulebook, load
from empathy_lint.rulebook.fields import Fields
from empathy_lint.rulebook.strict import did_you_mean, parse

SIGNAL = "means: A word.\npatterns: [hello]\n"
RULE = """\
id: plain-hello
summary: A hello.
why: For the test.
find: {all: [hello]}
says: "“{mark}”"
"""


def book(folder: Path, **files: str) -> Rulebook:
    """A rule folder of a signal, a rule, and what else is given: `signals__x` is signals/x.yaml."""
    for name, text in {"signals__hello": SIGNAL, "tone__plain-hello": RULE, **files}.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return load([folder], ["shouting"])


def test_a_plain_folder_is_read(tmp_path: Path) -> None:
    rules = book(tmp_path)
    assert [*rules.rules] == ["plain-hello"]
    assert rules.rules["plain-hello"].mark == "hello"
    assert rules.signals["hello"].patterns[0].needs == (frozenset({"hello"}),)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "the file is empty"),
        ("# nothing\n", 1, "the file is empty"),
        ("a: 1\na: 2\n", 2, "“a” is given twice; the first is on line 1"),
        ("x:\n  b: 1\n  c: 2\n  b: 3\n", 4, "“b” is given twice; the first is on line 2"),
        ("a: [1\nb: 2\n", 2, "not readable as YAML"),
        ("a:\n\t- b\n", 2, "not readable as YAML: found character"),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
        ("[a]: 1\n", 1, "a key must be a plain word"),
        ("a: &x [1]\nb: *x\n", 2, "aliases (*name) are not read"),
        ("a: &x [*x]\n", 1, "aliases (*name) are not read"),
        ("a: !!int many\n", 1, "not readable as YAML"),
        ("a: " + "9" * 5000 + "\n", 1, "not readable as YAML"),
    ],
)
def test_yaml_that_is_refused(text: str, line: int, says: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse("house.yaml", text)
    assert (caught.value.path, caught.value.line) == ("house.yaml", line)
    assert str(caught.value).startswith(f"house.yaml:{line}: ")
    assert says in str(caught.value)
    shown = text.splitlines()[line - 1].rstrip() if text else ""
    assert not shown or str(caught.value).endswith(f"\n    {line} | {shown}")


def test_a_control_character_is_an_error_too() -> None:
    with pytest.raises(RuleError, match="not readable as YAML"):
        parse("house.yaml", "a: \x01")


def test_a_document_with_ampersand_and_star_but_no_alias_is_read() -> None:
    assert parse("x", 'a: "Q&A *ed"\nb: was not *ed & more').plain() == {"a": "Q&A *ed", "b": "was not *ed & more"}


def test_values_know_their_lines() -> None:
    value = parse("x", "a: 1\nb:\n  - one\n  - two: yes\n")
    assert value.data["b"].data[1].line == 4
    assert value.data["b"].data[1].data["two"].data is True
    assert value.plain() == {"a": 1, "b": ["one", {"two": True}]}


def test_nothing_is_built_from_a_tag() -> None:
    assert parse("x", "a: 2024-01-01").plain() == {"a": "2024-01-01"}
    with pytest.raises(RuleError, match="x:1: not readable as YAML: could not determine a constructor"):
        parse("x", "a: !!python/name:os.system ''")


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("tone__plain-hello", RULE + "levle: hint\n", 6, "unknown key “levle” in a rule. Did you mean “level”?"),
        ("tone__plain-hello", RULE + "zzz: 1\n", 6, "unknown key “zzz” in a rule. Known keys: id, summary"),
        ("tone__plain-hello", RULE + "level: warnign\n", 6, "“level” can't be “warnign”. Did you mean “warning”?"),
        ("tone__plain-hello", RULE + "level: 7\n", 6, "One of: error, warning, hint, off."),
        ("tone__plain-hello", RULE + "scope: page\n", 6, "“scope” can't be “page”"),
        ("tone__plain-hello", RULE + "channels: [mail]\n", 6, "Did you mean “email”?"),
        ("tone__plain-hello", RULE + "rewrites: {a: b}\n", 6, "“rewrites” must be a list"),
        ("tone__plain-hello", RULE + "rewrites: [1]\n", 6, "“rewrites” must be text; put quotes around it"),
        ("tone__plain-hello", RULE + "mark: goodbye\n", 6, "“mark” must be a signal that “find” looks for"),
        ("tone__plain-hello", RULE.replace("[hello]", "[helo]"), 4, "unknown signal “helo”. Did you mean “hello”?"),
        ("tone__plain-hello", RULE.replace("all:", "every:"), 4, "unknown key “every” in “find”"),
        ("tone__plain-hello", RULE.replace("{all: [hello]}", "{near: 3}"), 4, "“find” names no signal"),
        ("tone__plain-hello", RULE.replace("{all: [hello]}", "{all: [hello], near: x}"), 4, "must be a whole number"),
        ("tone__plain-hello", RULE.replace("{all: [hello]}", "hello"), 4, "“find” must be a mapping"),
        ("tone__plain-hello", RULE.replace("plain-hello", "hello"), 1, "the id must be the file's name"),
        ("tone__plain-hello", RULE.replace("why: For the test.\n", ""), 1, "a rule lacks “why”"),
        ("tone__plain-hello", RULE.replace("For the test.", ""), 1, "a rule lacks “why”"),
        ("tone__use-hello", RULE.replace("plain-hello", "use-hello"), 1, "an id names the fault, not the remedy"),
        ("tone__plain-hello", RULE + "examples:\n  worse: [a]\n", 7, "unknown key “worse” in “examples”"),
        ("tone__plain-hello", RULE + "examples:\n  bad:\n    - 'a [[b'\n", 8, "[[ and ]] must come in pairs"),
        ("tone__plain-hello", RULE + "examples:\n  bad:\n    - 'a ]]'\n", 8, "[[ and ]] must come in pairs"),
        ("tone__plain-hello", RULE + "examples:\n  bad:\n    - {text: a}\n", 8, "unknown key “text” in an example"),
        ("tone__plain-hello", "just words\n", 1, "a rule must be a mapping of keys to values"),
        ("signals__hello", "means: x\n", 1, "needs “patterns”, a “detector” or a “find”"),
        ("signals__hello", "means: x\ndetector: shoutin\n", 2, "unknown detector “shoutin”. Did you mean “shouting”?"),
        ("signals__hello", "means: x\npatterns:\n  - hi\n  - (hi\n", 4, "“(” without its closing bracket"),
        ("signals__hello", "means: x\npatterns:\n  - '{grets} you'\n", 3, "unknown word list {grets}"),
        ("signals__hello", "means: x\npatterns: [hi]\nexcept: [^ ^]\n", 3, "^ belongs at the very start"),
        ("signals__hello", "means: x\nfind: {all: [hello]}\n", 1, "signals in a circle: hello → hello"),
    ],
)
def test_a_rule_or_signal_that_is_refused(tmp_path: Path, name: str, text: str, line: int, says: str) -> None:
    with pytest.raises(RuleError) as caught:
        book(tmp_path, **{name: text})
    file = tmp_path / f"{name.replace('__', '/')}.yaml"
    assert (caught.value.path, caught.value.line) == (str(file), line)
    assert says in str(caught.value)


def test_a_name_with_capitals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="must be lower-case words joined by hyphens"):
        book(tmp_path, signals__Hello=SIGNAL)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="there is no such rule folder"):
        load([tmp_path / "nowhere"], [])


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    book(tmp_path)
    (tmp_path / "signals" / "hello.yaml").write_bytes(b"means: caf\xe9\n")
    with pytest.raises(RuleError, match="can't be read as UTF-8 text"):
        load([tmp_path], [])


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path: Path) -> None:
    book(tmp_path)
    file = tmp_path / "signals" / "hello.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SIGNAL.replace("\n", "\r\n").encode())
    assert "hello" in load([tmp_path], []).signals


def test_a_later_folder_replaces_a_rule_of_an_earlier_one(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    book(first)
    book(second, **{"tone__plain-hello": RULE + "level: hint\n"})
    assert load([first, second], []).rules["plain-hello"].level == "hint"


def test_fields_read_counts_and_single_texts() -> None:
    fields = Fields(parse("x", "n: 2\nt: one\n"), "it", ("n", "t"))
    assert fields.count("n", 0) == 2
    assert fields.count("m", 3) == 3
    assert fields.texts("t") == ("one",)
    with pytest.raises(RuleError, match="“n” must be text"):
        fields.text("n")


def test_did_you_mean_keeps_quiet_when_nothing_is_near() -> None:
    assert did_you_mean("levle", ["level", "scope"]) == " Did you mean “level”?"
    assert did_you_mean("xyz", ["level", "scope"]) == ""
