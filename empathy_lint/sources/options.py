"""What a reader may be told about a file: the `[[tool.empathy-lint.sources]]` table, as a frozen type."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_lint.model import Channel

# 50 MB: larger than any macro library seen, small enough to hold in memory a few times over.
MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read one file. Everything left empty is guessed from the file itself.

    `format` forces a reader or an export shape by name. `routes` say where replies are
    (`macros[*].body`, `macros[*].actions[field=comment_value].value`). `title`, `id`, `language` and
    `active` name the key that holds them, beside the reply or in a mapping around it. `syntax` forces a
    placeholder syntax. `channel` None lets the file decide. `languages` are the prefixes that are read.
    """

    channel: Channel | None = None
    customer: str = ""
    format: str = ""
    routes: tuple[str, ...] = ()
    title: str = ""
    id: str = ""
    language: str = ""
    active: str = ""
    syntax: str = ""
    blockquote_is_reply: bool = False
    languages: tuple[str, ...] = ("en",)
    max_bytes: int = MAX_BYTES
