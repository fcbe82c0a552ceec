"""Plain text: the file is the reply, unless it is a transcript or a template with headers."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Reply, Skipped
from empathy_lint.sources.bodies import BodyFormat, body, channel_of
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.quoted import customer_words
from empathy_lint.sources.rt import is_template
from empathy_lint.sources.transcripts import agent_replies, turns


def read_text(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """One reply, character for character the file; a chat transcript gives one for each agent's turn.

    What is quoted in a mail or chat is the customer's message, unless one is given.
    """
    said = turns(source) if options.channel in (None, "chat") else []
    if said:
        yield from agent_replies(path, source, said, options)
        return
    template = options.format == "rt" or is_template(source)
    form: BodyFormat = "rt" if template else "plain"
    text, mapped, parts = body(source, form, options.syntax or ("rt" if template else ""))
    channel = channel_of(options, "", "macro" if template else "email")
    yield Reply(
        text=text,
        map=mapped,
        source=source,
        path=path,
        id=path,
        channel=channel,
        customer=options.customer or ("" if channel == "macro" else customer_words(text, parts)),
        format="rt" if template else "text",
        syntax=options.syntax or ("rt" if template else ""),
        parts=parts,
    )
