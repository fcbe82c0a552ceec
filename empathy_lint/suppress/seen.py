"""What a run met, file by file: where each reply stands, for comments that speak of a line or a macro."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from empathy_lint.model import Channel, Finding, Reply
from empathy_lint.offsets import Span
from empathy_lint.suppress.comments import MARKER

# Title and id of a macro: replies that share them are one macro (an HTML body and its plain twin).
Macro = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One reply: where its text stands in the source."""

    route: str
    id: str
    macro: Macro
    span: Span

    def holds(self, finding: Finding) -> bool:
        return (self.route, self.id) == (finding.route, finding.reply_id)


@dataclass(slots=True)
class File:
    """A file that replies came from. `source` and `places` are kept only where it speaks of us."""

    path: str
    source: str
    format: str
    channel: Channel
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """The files of a run, in order."""

    files: dict[str, File] = field(default_factory=dict)

    def each(self, replies: Iterable[Reply]) -> Iterator[Reply]:
        """The replies, noted on their way."""
        for reply in replies:
            self.note(reply)
            yield reply

    def note(self, reply: Reply) -> None:
        """Remember a reply: next to nothing, unless its file holds a suppression."""
        file = self.files.get(reply.path)
        if file is None:
            source = reply.source if MARKER in reply.source else ""
            file = self.files[reply.path] = File(reply.path, source, reply.format, reply.channel)
        if file.source:
            file.places.append(place_of(reply))


def place_of(reply: Reply) -> Place:
    """Where a reply stands. An id that the reader made up from the path is no macro's id."""
    made_up = reply.id.startswith(reply.path)
    macro = (reply.title, "" if made_up and reply.title else reply.id)
    return Place(reply.route, reply.id, macro, reply.map.source(Span(0, reply.map.length)))
