"""Configuration as a team would write it: found, joined, refused, explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from empathy_lint import config
from empathy_lint.model import ConfigError
from empathy_lint.sources.options import ReadOptions

Write = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    config.forget()
    yield
    config.forget()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def _write(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return _write


def test_the_nearest_file_wins_and_a_foreign_pyproject_is_passed_by(write: Write) -> None:
    write("pyproject.toml", '[tool.empathy-lint]\nselect = ["tone"]\n')
    write("team/pyproject.toml", '[project]\nname = "x"\n')
    macro = write("team/macros/a.yaml", "body: hi")
    assert config.settings_for(macro).select == ("tone",)
    write("team/empathy-lint.toml", 'select = "offer"\n')
    config.forget()
    assert config.settings_for(macro).select == ("offer",)
    assert config.settings_for(write("b.yaml", "")).select == ("tone",)


def test_found_from_the_file_not_from_the_working_folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    macro = write("team/a.yaml", "")
    write("team/empathy-lint.toml", 'fail-on = "hint"')
    other = write("elsewhere/x", "").parent
    monkeypatch.chdir(other)
    assert config.settings_for("../team/a.yaml").fail_on == "hint"
    assert config.settings_for(macro, isolated=True) == config.Settings()
    assert config.settings_for("-").path == ""


def test_a_given_file_is_used_for_all(write: Write) -> None:
    given = write("ci.toml", 'fail-on = "never"')
    write("a/empathy-lint.toml", 'fail-on = "hint"')
    assert config.settings_for("a/b.yaml", given).fail_on == "never"
    with pytest.raises(ConfigError, match="can't be read"):
        config.settings_for("a/b.yaml", "missing.toml")


def test_extend_joins_far_to_near(write: Write) -> None:
    write(
        "base/empathy-lint.toml",
        'ignore = ["late"]\nrules = ["ours"]\nfail-on = "error"\n[levels]\nclosed-door = "error"\nblame = "hint"\n'
        '[[suppress]]\nfiles = "*.csv"\nrules = ["blame"]\nreason = "base"\n',
    )
    write(
        "team/empathy-lint.toml",
        'extend = "../base/empathy-lint.toml"\nfail-on = "hint"\n[levels]\nblame = "off"\n'
        '[[suppress]]\nfiles = "*.json"\nrules = ["blame"]\nreason = "team"\n',
    )
    settings = config.settings_for("team/a.json")
    assert (settings.ignore, settings.fail_on) == (("late",), "hint")
    assert dict(settings.levels) == {"closed-door": "error", "blame": "off"}
    assert settings.rules == (Path.cwd() / "base/ours",)
    assert [entry.reason for entry in settings.suppress] == ["base", "team"]
    assert settings.suppress[0].files.root == str(Path.cwd() / "base")
    assert settings.origins["levels.blame"] == (str(Path.cwd() / "team/empathy-lint.toml"), 4)
    assert settings.origins["ignore"].path == str(Path.cwd() / "base/empathy-lint.toml")


def test_extending_in_a_circle_or_into_nothing(write: Write) -> None:
    write("a.toml", 'extend = "b.toml"')
    write("b.toml", '\nextend = "a.toml"')
    with pytest.raises(ConfigError, match=r"b.toml:2: configurations extend each other in a circle"):
        config.read_settings(str(Path("a.toml").absolute()))
    write("c.toml", 'extend = "nowhere.toml"')
    with pytest.raises(ConfigError, match=r"c.toml:1: there is no file “nowhere.toml” to extend"):
        config.settings_for("x", "c.toml")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\nselct = ["tone"]', 2, "unknown key “selct”. Did you mean “select”?\n    2 | selct"),
        ("fail_on = 1", 1, "unknown key “fail_on”. Did you mean “fail-on”?"),
        ('[tool.empathy-lint]\nselect = "x"', 1, "keys stand at the top"),
        ("select = 3", 1, "select must be a list of texts, not 3"),
        ('select = [\n "tone",\n 4,\n]', 3, "select[1] must be text in quotes, not 4"),
        ('fail-on = "warn"', 1, "can't be “warn”; one of: error, warning, hint, never. Did you mean “warning”?"),
        ('[levels]\nblame = "eror"', 2, "levels.blame can't be “eror”"),
        ("levels = 3", 1, "levels must be a table, not 3"),
        ('respect-gitignore = "yes"', 1, "must be true or false, not “yes”"),
        ("[thresholds]\nsentence-words = 2.5", 2, "thresholds.sentence-words must be a whole number above 0, not 2.5"),
        ("[thresholds]\ngrade-email = nan", 2, "must be a number above 0"),
        ("[thresholds]\ngrade-mail = 9", 2, "in thresholds. Did you mean “grade-email”?"),
        ('[[overrides]]\nselect = ["tone"]', 1, "overrides[0] lacks “files”"),
        ('[overrides]\nfiles = "x"', 1, "must be a list of tables: write [["),
        ('[[sources]]\nfiles = "x"\n[[sources]]\nfiles = "y"\nroute = "z"', 5, "in sources[1]. Did you mean “routes”?"),
        ('[[suppress]]\nfiles = "x"\nrules = ["a"]', 1, "suppress[0] lacks “reason”"),
        ('[[suppress]]\nfiles = "x"\nrules = ["a"]\nreason = " "', 4, "must be text in quotes"),
        ('a = "b', 1, "not readable as TOML"),
        ('[[sources]]\nfiles = "x"\nroutes = ["a[*].b", "a[*"]', 3, "“a[*”: a route like"),
        ('[channels]\n"*.txt" = "mail"', 2, 'can\'t be “mail”'),
    ],
)
def test_what_is_not_understood_is_an_error_at_its_line(write: Write, text: str, line: int, message: str) -> None:
    write("empathy-lint.toml", text)
    with pytest.raises(ConfigError) as raised:
        config.settings_for("a.yaml")
    assert (raised.value.path, raised.value.line) == ("empathy-lint.toml", line)
    assert message in str(raised.value)


def test_lines_inside_a_pyproject(write: Write) -> None:
    write("pyproject.toml", '[project]\nselect = 1\n\n[tool.empathy-lint]\nignore = [\n  "x",\n  1]\n')
    with pytest.raises(ConfigError, match=r"pyproject.toml:7: ignore\[1\]"):
        config.settings_for("a.yaml")


def test_a_file_gets_its_overrides_channel_and_way_of_reading(write: Write) -> None:
    write(
        "empathy-lint.toml",
        """
select = ["tone"]
ignore = ["late"]
[levels]
blame = "hint"
[channels]
"chats/" = "chat"
"*.eml" = "email"
[[overrides]]
files = ["legal/**", "!legal/open/"]
select = ["all-but", "offer"]
ignore = "closed-door"
levels = { blame = "off" }
[[overrides]]
files = "legal/*.txt"
channel = "email"
[[sources]]
files = "*.yaml"
routes = "macros[*].body"
[[sources]]
files = "legal/*.yaml"
title = "name"
blockquote-is-reply = true
""",
    )
    settings = config.settings_for("legal/a.yaml")
    force = config.in_force(settings, "legal/a.yaml", ReadOptions(customer="hello"))
    assert force.select == ("all-but", "offer")
    assert force.ignore == ("late", "closed-door")
    assert dict(force.levels) == {"blame": "off"}
    routes = ("macros[*].body",)
    assert force.options == ReadOptions(customer="hello", routes=routes, title="name", blockquote_is_reply=True)
    plain = config.in_force(settings, "other/a.txt")
    assert (plain.select, plain.ignore, plain.levels) == (("tone",), ("late",), (("blame", "hint"),))
    assert config.in_force(settings, "chats/x/a.txt").options.channel == "chat"
    assert config.in_force(settings, "chats/x/a.txt", ReadOptions(channel="macro")).options.channel == "macro"
    assert config.in_force(settings, "legal/a.txt").options.channel == "email"
    assert config.in_force(settings, "../a.yaml").options == ReadOptions()
    assert len({force, plain, config.in_force(settings, "third.txt")}) == 2


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((("tone", "off"),), "off"),
        ((("blame-by", "error"), ("tone", "off")), "error"),
        ((("blame", "hint"), ("blame-by-question", "warning"), ("blame-by", "error")), "warning"),
        ((("bla", "hint"), ("offer", "off")), None),
    ],
)
def test_the_most_exact_level_wins(levels: config.Levels, expected: str | None) -> None:
    assert config.level_of(levels, "blame-by-question", "tone") == expected


def test_names_of_rules_are_checked_against_the_rulebook(write: Write) -> None:
    write("empathy-lint.toml", 'select = ["tone", "blame"]\n[levels]\nblame-you = "off"\nclosd-door = "hint"\n')
    rules = ("blame-you", "closed-door")
    with pytest.raises(ConfigError, match=r"empathy-lint.toml:4: .*“closd-door”. Did you mean “closed-door”\?"):
        config.check_names(config.settings_for("x"), rules)
    write("s.toml", '[[suppress]]\nfiles = "x"\nrules = ["tone"]\nreason = "r"')
    with pytest.raises(ConfigError, match=r"s.toml:3: suppress\[0\].rules: no rule is called “tone”"):
        config.check_names(config.settings_for("x", "s.toml"), rules)
    config.check_names(config.Settings(), rules)


def test_excluder_uses_each_paths_own_configuration(write: Write) -> None:
    write("empathy-lint.toml", 'exclude = ["old/", "*.bak.yaml"]')
    write("team/empathy-lint.toml", 'exclude = ["/drafts"]')
    left_out = config.excluder()
    assert left_out("old", True)
    assert left_out("x/y.bak.yaml", False)
    assert not left_out("old", False)
    assert left_out("team/drafts", True)
    assert not left_out("team/a.bak.yaml", False)
    assert not config.excluder(isolated=True)("old", True)


def test_explaining_says_where_each_value_came_from(write: Write) -> None:
    write("base.toml", 'exclude = "old/"\n')
    write(
        "empathy-lint.toml",
        'extend = "base.toml"\nbaseline = "ok.json"\n[levels]\nblame = "off"\n[thresholds]\ngrade-chat = 7\n'
        '[[overrides]]\nfiles = "legal/*"\nchannel = "chat"\nignore = ["late"]\n'
        '[[overrides]]\nfiles = "b/*"\nignore = ["x"]\n',
    )
    rows = {row.key: row for row in config.explain_settings("legal/a.txt")}
    assert rows["exclude"][1:] == ('["old/"]', "base.toml:1")
    assert rows["baseline"][1:] == ('"ok.json"', "empathy-lint.toml:2")
    assert rows["fail-on"][1:] == ('"warning"', "built in")
    assert rows["levels.blame"][1:] == ('"off"', "empathy-lint.toml:4")
    assert rows["thresholds.grade-chat"][1:] == ("7", "empathy-lint.toml:6")
    assert rows["overrides[0].channel"][1:] == ('"chat"', "empathy-lint.toml:9")
    assert rows["in force: ignore"].value == '["late"]'
    assert not any(key.startswith("overrides[1]") for key in rows)
    assert all(row.origin == "built in" for row in config.explain_settings(".", isolated=True))
