"""`empathy-lint listen`: the notes a colleague would hand over before you answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from empathy_lint import discovery
from empathy_lint.model import InputError, Reply
from empathy_lint.sources import ReadOptions, read, reader_name
from empathy_lint.sources.decode import decode

if TYPE_CHECKING:
    from empathy_lint.listening import Notes
    from empathy_lint.offsets import Span

# Files of these kinds are the customer's message, and not a reply to one.
_MESSAGES = ("text", "markdown")
# Here a mail is what came in: its own words are the customer's, and what it quotes is ours.
_MAIL = ("eml", "mbox", "html")


class Message(NamedTuple):
    """One customer message: a name for it, and its text."""

    id: str
    text: str


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--stdin-filename", default="-", metavar="NAME", help="The name, and so the format, of standard input.")
def command(paths: tuple[str, ...], form: str, stdin_filename: str) -> int:
    """Take notes on what a customer wrote: facts, wants, feelings, and a sentence that shows you heard.

    A text file is the customer's message; mail, JSON Lines and conversations say which part is theirs. Without
    a PATH, or with `-`, it reads standard input.
    """
    options = ReadOptions()
    found = [
        message
        for file in discovery.files(paths or (discovery.STDIN,))
        for message in messages(stdin_filename if file == discovery.STDIN else file, discovery.load(file), options)
    ]
    from empathy_lint.listening import listen

    noted = ((message, listen(message.text)) for message in found)
    for chunk in as_json(noted) if form == "json" else as_text(noted, named=len(found) > 1):
        click.echo(chunk, nl=False)
    return 0


def messages(path: str, data: bytes, options: ReadOptions) -> Iterator[Message]:
    """The customer messages of one file, in order. Raises InputError where there is none."""
    name = reader_name(path, data, options)
    if name in _MESSAGES and not (turns := list(_beside_replies(path, data, options))):
        yield Message(path, own_words(decode(path, data, max_bytes=options.max_bytes)))
    elif name in _MESSAGES:
        yield from turns
    elif name == "jsonl" and (rows := list(_rows(path, decode(path, data, max_bytes=options.max_bytes)))):
        yield from rows
    else:
        found = list(_beside_replies(path, data, options))
        if not found:
            raise InputError(path, "no customer message was found in it")
        yield from found


def own_words(text: str) -> str:
    """`text` with what it quotes blanked, character for character."""
    from empathy_lint.sources.parts import find_parts, masked

    return masked(text, [part for part in find_parts(text) if part.kind == "quote"])


def _rows(path: str, source: str) -> Iterator[Message]:
    """Rows `{id, customer}`; nothing when the first row has another shape."""
    for number, line in enumerate(source.splitlines(), 1):
        if not line.strip():
            continue
        row = _row(path, line, number)
        text = row.get("customer")
        if not isinstance(text, str):
            if number == 1:
                return
            raise InputError(path, "a row without `customer`; expected {id, customer}", number)
        yield Message(str(row.get("id") or f"{path}#{number}"), text)


def _row(path: str, line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(path, f"broken JSON: {error}", number) from None
    if not isinstance(row, dict):
        raise InputError(path, "a JSON object with a `customer` was expected", number)
    return row


def _beside_replies(path: str, data: bytes, options: ReadOptions) -> Iterator[Message]:
    """What customers wrote, each message once: beside a reply, in a conversation, or the mail's own words."""
    from empathy_lint.listening.taken import new_words

    seen: set[str] = set()
    for item in read(path, data, options):
        if not isinstance(item, Reply):
            continue
        text = own_words(item.text) if item.format in _MAIL else new_words(item.earlier, item.customer)
        if text.strip() and text not in seen:
            seen.add(text)
            yield Message(item.id or path, text)


def as_json(noted: Iterable[tuple[Message, Notes]]) -> Iterator[str]:
    """One document, version 1; offsets count code points of the message."""
    yield json.dumps({"version": 1, "messages": [_entry(*pair) for pair in noted]}, ensure_ascii=False, indent=2) + "\n"


def _entry(message: Message, notes: Notes) -> dict[str, object]:
    def spans(found: Iterable[Span]) -> list[dict[str, object]]:
        return [{"start": s.start, "end": s.end, "text": message.text[s.start : s.end]} for s in found]

    return {
        "id": message.id,
        "facts": spans(notes.facts),
        "wants": spans(notes.wants),
        "feelings": spans(notes.feelings),
        "draft": notes.draft_email,
        "draft_chat": notes.draft_chat,
        "blank": notes.blank,
    }


def as_text(noted: Iterable[tuple[Message, Notes]], named: bool) -> Iterator[str]:
    """Notes as a colleague would hand them over, one message after the other."""
    for index, (message, notes) in enumerate(noted):
        lines = [message.id] if named else []
        for heading, found in (
            ("What happened", notes.facts),
            ("What they want", notes.wants),
            ("How it feels to them", notes.feelings),
        ):
            lines += [heading, *(f"  - {' '.join(message.text[a:b].split())}" for a, b in found)] if found else []
        lines += ["You could say", f"  email: {notes.draft_email}", f"  chat:  {notes.draft_chat}"]
        if notes.blank:
            lines.append("  I could not turn their words around safely; please fill in the gaps.")
        yield "\n" * bool(index) + "\n".join(lines) + "\n"
