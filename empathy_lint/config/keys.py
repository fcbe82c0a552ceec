"""Every key that a configuration may hold: one table for reading, for `config`, and for the JSON schema."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from empathy_lint.model import CHANNELS, LEVELS

# text: a string; texts: one or several; count: a whole number above 0; map: names that the user chooses
# to values of `keys[0]`; table: known names; tables: a list of tables.
Kind = Literal["text", "texts", "flag", "number", "count", "map", "table", "tables"]

FAIL_ON = ("error", "warning", "hint", "never")
BASELINE = ".empathy-lint-baseline.json"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its type, what it is for, and what `config` shows where nobody sets it."""

    name: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    required: bool = False
    default: object = None


_FILES = Key("files", "texts", "Files, as gitignore patterns from the folder of this configuration.", required=True)
_NAMES = "ids, families, or beginnings of ids"
_LEVELS = Key(
    "levels",
    "map",
    "Level by rule id, family or beginning of an id; the most exact name wins.",
    keys=(Key("*", "text", "The level of these rules.", LEVELS),),
)
_CHANNEL = Key("channel", "text", "How the replies are sent.", CHANNELS)

OVERRIDE = (
    _FILES,
    Key("select", "texts", f"Only these rules in these files: {_NAMES}."),
    Key("ignore", "texts", "Not these rules in these files, beside those ignored everywhere."),
    _LEVELS,
    _CHANNEL,
)

SOURCE = (
    _FILES,
    Key("format", "text", "The reader or export shape, such as yaml or zendesk; otherwise guessed."),
    Key("routes", "texts", "Where replies are, such as macros[*].body."),
    _CHANNEL,
    Key("title", "text", "The key that holds a macro's title."),
    Key("id", "text", "The key that holds a macro's id."),
    Key("language", "text", "The key that holds a macro's language."),
    Key("active", "text", "The key that says whether a macro is in use."),
    Key("languages", "texts", "The languages that are read, by the beginning of their tag; * for all."),
    Key("syntax", "text", "The placeholder syntax, such as liquid; otherwise guessed."),
    Key("blockquote-is-reply", "flag", "In Markdown, each block quote is a reply."),
    Key("max-bytes", "count", "The largest file that is read, in bytes."),
)

SUPPRESS = (
    _FILES,
    Key("route", "text", "Only at this route; * stands for anything: macros[*].body."),
    Key("id", "text", "Only in macros of this id; * stands for anything."),
    Key("rules", "texts", "The ids of the rules to silence.", required=True),
    Key("reason", "text", "Why, for whoever reads this next year.", required=True),
)

# The limits of rules in family clarity; what is not set here is as the rules have it.
THRESHOLDS = (
    Key("grade-email", "number", "School grade that a mail may ask for (Automated Readability Index)."),
    Key("grade-chat", "number", "School grade that a chat message may ask for."),
    Key("grade-macro", "number", "School grade that a macro may ask for."),
    Key("sentence-words", "count", "Words that a sentence may have."),
    Key("paragraph-words", "count", "Words that a paragraph may have."),
)

KEYS = (
    Key("extend", "text", "Another configuration file, whose keys hold where this one is silent."),
    Key("select", "texts", f"Only these rules: {_NAMES}.", default=("all",)),
    Key("ignore", "texts", f"Not these rules: {_NAMES}.", default=()),
    _LEVELS,
    Key("rules", "texts", "Folders of your own rules, from the folder of this configuration.", default=()),
    Key("exclude", "texts", "What is left out of folders, in gitignore syntax.", default=()),
    Key("respect-gitignore", "flag", "Leave out of folders what the repository's .gitignore names.", default=True),
    Key("fail-on", "text", "The least level that makes the exit status 1.", FAIL_ON, default="warning"),
    Key("pipeline", "text", "An installed spaCy pipeline to use instead of the bundled one.", default="bundled"),
    Key("baseline", "text", "The file of accepted findings, from the folder of this configuration."),
    Key("thresholds", "table", "Limits of the clarity rules.", keys=THRESHOLDS),
    Key("channels", "map", "Channel by file pattern; a later one wins.", keys=(replace(_CHANNEL, name="*"),)),
    Key("overrides", "tables", "Other rules, levels or channel for some files; a later one wins.", keys=OVERRIDE),
    Key("sources", "tables", "How to read some files; a later one wins, key by key.", keys=SOURCE),
    Key("suppress", "tables", "Findings to silence where a format has no comments.", keys=SUPPRESS),
)
