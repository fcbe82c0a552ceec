"""Conversations: the agent's turns are replies, the customer's are what they answer.

Bots, system messages and internal notes are neither. A helpdesk is a row of `TALKS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from empathy_lint.model import Channel, Reply, Skipped, Turn
from empathy_lint.sources.bodies import BodyFormat, body, channel_of, composed, form_of
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.routes import join, mappings, steps
from empathy_lint.sources.shapes import fit
from empathy_lint.sources.tree import Document, Leaf, Node, text_of, truth

Who = Literal["customer", "agent", ""]


class Talk(NamedTuple):
    """One kind of conversation.

    `needs`: keys of the conversation. `turns`: where its messages are. `bodies`: the fields of a message,
    what the customer sees first. `who`: where the author's role stands. `asker`: where the conversation
    names the customer's id, compared with the message's `author_id`.
    """

    name: str
    needs: tuple[str, ...]
    turns: tuple[str, ...]
    bodies: tuple[tuple[str, BodyFormat | None], ...]
    who: tuple[str, ...]
    asker: tuple[str, ...] = ()


_ANY_BODY: tuple[tuple[str, BodyFormat | None], ...] = (
    ("html_body", "html"),
    ("body_html", "html"),
    *((key, None) for key in ("body", "text", "content", "message", "plain_body", "body_text")),
)
_WHO = (
    *("author.type", "author.role", "sender.type", "sender.role", "sender_type", "author_type"),
    *("role", "author", "from", "sender", "speaker", "direction", "message_type", "type"),
)

TALKS: tuple[Talk, ...] = (
    Talk(
        "intercom",
        ("conversation_parts",),
        ("source", "conversation_parts.conversation_parts[*]", "conversation_parts[*]"),
        (("body", "html"),),
        ("author.type",),
    ),
    Talk(
        "zendesk",
        ("comments",),
        ("comments[*]",),
        (("html_body", "html"), ("plain_body", "plain"), ("body", "plain")),
        _WHO,
        ("ticket.requester_id", "requester_id"),
    ),
    *(
        Talk("conversation", (key,), (f"{key}[*]",), _ANY_BODY, _WHO, ("requester_id", "customer_id"))
        for key in ("messages", "turns", "transcript", "thread", "payload")
    ),
)

# How exports name the two sides; the rest of the words are neither.
_SIDES: dict[str, Who] = {
    **dict.fromkeys(
        ("user", "lead", "contact", "customer", "end-user", "end_user", "visitor", "requester"), "customer"
    ),
    **dict.fromkeys(("client", "guest", "incoming", "inbound", "in", "0"), "customer"),
    **dict.fromkeys(("admin", "agent", "staff", "support", "operator", "teammate", "representative"), "agent"),
    **dict.fromkeys(("outgoing", "outbound", "out", "1"), "agent"),
    **dict.fromkeys(("bot", "agent_bot", "system", "workflow", "automation", "activity", "note", "2", "3"), ""),
}
_INTERNAL = ("private", "internal", "is_private", "is_internal", "is_note", "isinternal")

# Turns kept before a reply: more than any rule looks at, few enough for an endless chat.
EARLIER = 40


class Message(NamedTuple):
    """One turn that counts: whose it is, its route, and its body."""

    who: Who
    route: str
    node: dict[str, Node]
    leaf: Leaf
    form: BodyFormat


def talk(document: Document, options: ReadOptions) -> Iterator[Reply | Skipped] | None:
    """The agent's turns of the conversations at the top of a document; None when it holds none."""
    found = [each for each in _conversations(document) if any(message.who == "agent" for message in each[1])]
    return (reply for kind, turns in found for reply in _replies(document, kind, turns, options)) if found else None


def _conversations(document: Document) -> list[tuple[Talk, list[Message]]]:
    """The document itself, else its items, else the items of the lists right below it."""
    for way in ("", "[*]", "*[*]"):
        found = [(route, node, _kind(node)) for route, node in mappings(document.root, document.prefix, steps(way))]
        talks = [(kind, list(_messages(route, node, kind))) for route, node, kind in found if kind]
        if talks:
            return talks
    return []


def _kind(node: dict[str, Node]) -> Talk | None:
    keys = fit(tuple(node)).keys
    return next((kind for kind in TALKS if all(need in keys for need in kind.needs)), None)


def _messages(route: str, node: dict[str, Node], kind: Talk) -> Iterator[Message]:
    people, asker = _people(node), _first(node, kind.asker)
    for place, turn in (hit for way in kind.turns for hit in mappings(node, route, steps(way))):
        leaf = next(((key, form) for key, form in kind.bodies if text_of(turn.get(key)).strip()), None)
        if leaf is None or _is_internal(turn):
            continue
        key, said = leaf
        body_leaf, author = turn[key], _first(turn, ("author_id", "author.id", "sender_id"))
        asker = asker or author
        who = _side(turn, kind.who, people.get(author, ""), author, asker)
        if who and isinstance(body_leaf, Leaf):
            yield Message(who, join(place, key), turn, body_leaf, form_of(body_leaf.text, said))


def _first(node: dict[str, Node], routes: tuple[str, ...]) -> str:
    """The first scalar that one of the routes of plain keys leads to."""
    for route in routes:
        value: Node = node
        for key in route.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if text := text_of(value):
            return text
    return ""


def _people(node: dict[str, Node]) -> dict[str, str]:
    """Roles by id, where an export lists its users beside the comments."""
    users = node.get("users")
    listed = [user for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    return {text_of(user.get("id")): text_of(user.get("role")) for user in listed}


def _is_internal(turn: dict[str, Node]) -> bool:
    hidden = any(truth(turn.get(key)) for key in _INTERNAL)
    return hidden or truth(turn.get("public")) is False or "note" in text_of(turn.get("part_type"))


def _side(turn: dict[str, Node], routes: tuple[str, ...], role: str, author: str, asker: str) -> Who:
    """Whose turn: by a role that is written, else whoever is not the asker is the agent."""
    said = (text_of_route.lower() for route in routes if (text_of_route := _first(turn, (route,))))
    known = next((word for word in (role.lower(), *said) if word in _SIDES), "")
    if known:
        return _SIDES[known]
    if not author or author.startswith("-"):
        return ""
    return "customer" if author == asker else "agent"


def _replies(document: Document, kind: Talk, turns: list[Message], options: ReadOptions) -> Iterator[Reply]:
    earlier: list[Turn] = []
    for message in turns:
        text, mapped, parts = body(message.leaf.text, message.form, options.syntax)
        if message.who == "agent":
            outer, exact = document.mapper(document.source, message.leaf)
            yield Reply(
                text=text,
                map=composed(mapped, outer),
                source=document.source,
                path=document.path,
                id=text_of(message.node.get("id")) or f"{document.path}#{message.route}",
                route=message.route,
                channel=channel_of(options, _first(message.node, ("channel", "via.channel")), _CHANNELS[kind.name]),
                customer=asked(earlier) or options.customer,
                earlier=tuple(earlier[-EARLIER:]),
                first=not any(turn.who == "agent" for turn in earlier),
                format=kind.name,
                syntax=options.syntax,
                parts=parts,
                exact=exact,
            )
        earlier.append(Turn("agent" if message.who == "agent" else "customer", text))


_CHANNELS: dict[str, Channel] = {"intercom": "chat", "zendesk": "email", "conversation": "chat"}


def asked(earlier: list[Turn]) -> str:
    """What the customer wrote last: their turns in a row, the latest such run."""
    run: list[str] = []
    for turn in reversed(earlier):
        if turn.who == "customer":
            run.append(turn.text)
        elif run:
            break
    return "\n".join(reversed(run))
