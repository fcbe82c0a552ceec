"""Write docs/config.md and docs/input.md from the tables that the program reads by.

    python -m tools.make_reference            write them anew
    python -m tools.make_reference --check    exit status 1, and which, where one is out of date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill

from empathy_lint.config.keys import KEYS, Key
from empathy_lint.sources import _EXTENSIONS, FORMATS
from empathy_lint.sources.shapes import CUSTOMER, GUESSED, SHAPES, Shape
from empathy_lint.sources.systems import SYSTEMS

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Written by tools/make_reference.py from the program's own tables; change those. -->\n"

_KINDS = {
    "text": "string",
    "texts": "string or list of strings",
    "flag": "true or false",
    "number": "number above 0",
    "count": "whole number above 0",
    "map": "table: name = value",
    "table": "table",
    "tables": "list of tables",
}

_EXAMPLE = """\
fail-on = "error"
ignore = ["dense-prose"]
exclude = ["archive/"]

[levels]
tone = "hint"                 # a whole family
closed-door = "error"         # and one rule; the most exact name wins

[channels]
"chat/**" = "chat"

[[overrides]]
files = "legal/"
ignore = ["policy-wall"]

[[sources]]
files = "macros/export.json"
format = "zendesk"

[[sources]]
files = "templates/*.yaml"
routes = "templates[*].reply"
title = "label"

[[suppress]]
files = "macros/export.json"
id = "4711"
rules = ["closed-door"]
reason = "wording agreed with the regulator"
"""


def config_page() -> str:
    """Every key of the configuration."""
    return "\n".join((MADE, "# Configuration\n", *_config_head(), *_keys(KEYS), *_tables_of_keys(KEYS)))


def _prose(*sentences: str) -> str:
    """A paragraph in lines that a diff reads well."""
    return fill(" ".join(sentences), 110, break_long_words=False, break_on_hyphens=False) + "\n"


def _config_head() -> Iterator[str]:
    yield _prose(
        "In `empathy-lint.toml`, or in `pyproject.toml` under `[tool.empathy-lint]`. The nearest file, upwards from",
        "the *linted* file, holds, and it alone; `extend` builds on another. `--config FILE` uses one file for",
        "every path, `--isolated` none. `empathy-lint config PATH` shows what is in force there and where each",
        "value came from. An unknown key or a wrong type is an error with file, line and “did you mean”,",
        "and exit status 2.",
    )
    yield _prose(
        "Editors that know JSON schemas complete and check it: [the schema](schema/config.schema.json).",
        "File patterns are gitignore patterns, from the folder of the configuration. Rules are named by id",
        "(`closed-door`), by family (`acknowledgement`, `offer`, `tone`, `clarity`, `template`) or by the beginning",
        "of an id before a hyphen; see [the rules](rules/README.md).",
    )
    yield f"```toml\n{_EXAMPLE}```\n"
    yield _prose(
        "In a `pyproject.toml`: `[tool.empathy-lint]`, `[tool.empathy-lint.levels]`,",
        "`[[tool.empathy-lint.sources]]` and so on.",
    )
    yield "## Keys\n"


def _keys(keys: Iterable[Key]) -> Iterator[str]:
    yield "| key | value | what it is for | default |"
    yield "| --- | --- | --- | --- |"
    yield from (_row(key) for key in keys)
    yield ""


def _row(key: Key) -> str:
    named = f"**`{key.name}`**" if key.required else f"`{key.name}`"
    return f"| {named} | {_value(key)} | {key.about} | {_default(key)} |"


def _value(key: Key) -> str:
    if key.choices:
        return ", ".join(f"`{choice}`" for choice in key.choices)
    if key.kind == "map":
        return f"table; values: {_value(key.keys[0])}"
    return _KINDS[key.kind] + (", see below" if key.keys else "")


def _default(key: Key) -> str:
    if key.default is None:
        return "required" if key.required else ""
    if key.default in ("bundled",):
        return "the bundled one"
    value = list(key.default) if isinstance(key.default, tuple) else key.default
    return f"`{json.dumps(value)}`"


def _tables_of_keys(keys: Iterable[Key]) -> Iterator[str]:
    for key in keys:
        if key.kind in ("table", "tables"):
            brackets = f"[[{key.name}]]" if key.kind == "tables" else f"[{key.name}]"
            yield f"## `{brackets}`\n\n{key.about}\n"
            yield from _keys(key.keys)


def input_page() -> str:
    """What is read, and how it is recognised."""
    return "\n".join((MADE, "# Input\n", *_files(), *_exports(), *_guesses(), *_placeholders()))


_ABOUT = {
    "text": "One reply; a chat transcript (`Name: words` lines) gives one for each turn of the agent",
    "markdown": "One reply, or a library: a macro a heading, or a block quote (`blockquote-is-reply`)",
    "html": "One reply as the customer sees it",
    "eml": "One mail; what it quotes is the customer's message",
    "mbox": "Many mails",
    "yaml": "An export, routes that you name, or replies under any usual key",
    "json": "The same; also conversations",
    "jsonl": "A row a line: `id`, `channel`, `customer`, `reply`, `first_reply`; read as a stream",
    "csv": "A row a reply, under the names of the first line; `,` `;` tab or `\\|`",
    "tsv": "The same, with tabs",
}


def _files() -> Iterator[str]:
    yield _prose(
        "A file is read by its extension; what has none, and standard input, by its first bytes (`--stdin-filename`",
        "names it). UTF-8, or UTF-16 with its mark; tables also in Windows code pages. What can't be read is told with",
        "its line, and makes the exit status 2; the other files are checked all the same.",
    )
    yield "| format | files | what is read |\n| --- | --- | --- |"
    for name in FORMATS:
        extensions = " ".join(f"`{extension}`" for extension, reader in _EXTENSIONS.items() if reader == name)
        yield f"| `{name}` | {extensions} | {_ABOUT[name]} |"
    yield "\n" + _prose(
        "Placeholders, links, code, quoted mail and signatures are never judged, and never cut out: every line and",
        "column is the file's own. Macros that are inactive, or in another language than English, are skipped and",
        "counted. A file above 50 MB is not read (`max-bytes`).",
    )


def _exports() -> Iterator[str]:
    yield "## Exports of helpdesks\n"
    yield "Recognised by the keys of a record, in YAML, JSON, JSON Lines and tables, with nothing to configure.\n"
    yield "| `format` | a record with | replies are in |\n| --- | --- | --- |"
    yield from (_export(shape) for shape in sorted(SHAPES, key=lambda shape: shape.name))
    yield "\n" + _prose(
        "Conversations are read too, of Zendesk and Intercom and in the usual shapes of others: the agent's turns are",
        "replies, the customer's are what they answer.",
    )


def _export(shape: Shape) -> str:
    needs = ", ".join(f"`{need}`" for need in shape.needs)
    bodies = ", ".join(f"`{route}`" for route, _ in shape.bodies) or f"skipped: {shape.why}"
    return f"| `{shape.name}` | {needs} | {bodies} |"


def _guesses() -> Iterator[str]:
    yield "## Anything else in YAML, JSON and tables\n"
    yield _prose(f"A reply is the first of these that a mapping has: {_codes(GUESSED)}; with `_html` at its end too.")
    yield _prose(f"The customer's message is in {_codes(CUSTOMER)}.")
    yield _prose(
        "Where neither an export nor such a key is seen, a mapping or list that holds nothing but sentences is read.",
        "To be sure, say where your replies are, in [the configuration](config.md):",
    )
    yield _ROUTES
    yield _prose(
        "A route is written as findings show it: `a.b` is a key in a key, `[3]` a place in a list, `[*]` any,",
        "`[field=comment_value]` the member that has this value.",
    )


_ROUTES = """\
```toml
[[sources]]
files = "templates/*.yaml"
routes = ["templates[*].reply", "footers.*"]
title = "label"
```
"""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _placeholders() -> Iterator[str]:
    yield "## Placeholders\n"
    yield _prose(
        "Every form is seen everywhere: `{{x}}`, `{% x %}`, `{x}`, `#{x}`, `%{x}`, `{!x}`, `<<x>>`, `[Name]`, `%x%`,",
        "`XXXX`. Where the system is known, by its export or by `syntax`, its variables are known too:",
    )
    yield "| system | `syntax` | a missing value is caught with | variables known |\n| --- | --- | --- | --- |"
    for each in SYSTEMS:
        fallback = f"`{each.fallback}`".replace("|", "\\|") if each.fallback else ""
        yield f"| {each.name} | `{each.syntax}` | {fallback} | {len(each.known) or ''} |"
    yield ""


PAGES = {"config.md": config_page, "input.md": input_page}


def stale(docs: Path = DOCS) -> list[str]:
    """The names of the pages that are missing or out of date."""
    return [
        name
        for name, page in PAGES.items()
        if not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != page()
    ]


def main(arguments: list[str]) -> int:
    """Write what is out of date, or only say so."""
    check, old = "--check" in arguments, stale()
    for name in old:
        print(f"docs/{name} {'is out of date' if check else 'written'}")
        if not check:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    return int(check and bool(old))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
