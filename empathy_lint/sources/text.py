"""Plain text: the file is the reply, unless it is a transcript or a template with headers."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Reply, Skipped
from empathy_lint.sources.bodies import body, channel_of
from empathy_lint.sources.options import ReadOptions


def read_text(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """One reply, character for character the file; a chat transcript gives one for each agent's turn."""
    text, mapped, parts = body(source, "plain", options.syntax)
    yield Reply(
        text=text,
        map=mapped,
        source=source,
        path=path,
        id=path,
        channel=channel_of(options),
        customer=options.customer,
        format="text",
        syntax=options.syntax,
        parts=parts,
    )
