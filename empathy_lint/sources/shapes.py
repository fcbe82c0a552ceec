"""The export shapes that are known without configuration, and the field names that are guessed.

Adding a helpdesk is adding a row. Sources of the field names: the public API references and seed files
of each product (macros, saved replies, canned responses, templates).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from empathy_lint.sources.bodies import BodyFormat

Bodies = tuple[tuple[str, BodyFormat], ...]


class Shape(NamedTuple):
    """One kind of record.

    `needs`: lower-case keys that a record has; `key=value` wants that value, `key=value*` its beginning.
    `bodies`: routes from the record, with the body's format. What a customer sees comes first; the others
    are its twins, read only when their words differ. `under`: a key that must lead to the record.
    A shape without bodies is recognised and skipped, for the reason in `why`.
    """

    name: str
    needs: tuple[str, ...]
    bodies: Bodies
    syntax: str = ""
    title: tuple[str, ...] = ("title", "name")
    under: str = ""
    why: str = ""


_ZENDESK: Bodies = (
    ("actions[field=comment_value_html].value", "html"),
    ("actions[field=comment_value_html].value[1]", "html"),
    ("actions[field=comment_value].value", "plain"),
    ("actions[field=comment_value].value[1]", "plain"),
)
_GORGIAS: Bodies = (
    ("actions[name=setResponseText].arguments.body_html", "html"),
    ("actions[name=setResponseText].arguments.body_text", "plain"),
)

SHAPES: tuple[Shape, ...] = (
    Shape("zendesk", ("title", "actions"), _ZENDESK, "liquid"),
    Shape("gorgias", ("name", "actions"), _GORGIAS, "liquid"),
    Shape("zendesk", ("placeholder", "variants"), (("variants[*].content", "html"),), "liquid"),
    Shape("intercom", ("type=macro", "body"), (("body", "html"), ("body_text", "plain")), "intercom"),
    Shape("intercom", ("body", "body_text", "name"), (("body", "html"), ("body_text", "plain")), "intercom"),
    Shape("front", ("id=rsp_*", "name", "body"), (("body", "html"),), "front"),
    Shape("helpscout", ("name", "text", "chattext"), (("text", "html"), ("chatText", "plain")), "helpscout"),
    Shape("helpscout", ("name", "preview", "chatpreview"), (), why="only a preview; export the full text"),
    Shape("freshdesk", ("title", "content_html"), (("content_html", "html"), ("content", "plain")), "freshdesk"),
    Shape("zammad", ("name", "keywords", "content"), (("content", "html"),), "zammad"),
    Shape("chatwoot", ("short_code", "content"), (("content", "markdown"),), "liquid", title=("short_code",)),
    Shape("osticket", ("title", "response", "isenabled"), (("response", "html"),), "osticket"),
    Shape("osticket", ("title", "response", "canned_id"), (("response", "html"),), "osticket"),
    Shape("discourse", ("id", "title", "content"), (("content", "markdown"),), "discourse", under="replies"),
    Shape("uvdesk", ("name", "subject", "message"), (("message", "html"),), "uvdesk"),
    Shape("rt", ("name", "content", "queue"), (("Content", "rt"),), "rt"),
    Shape("rt", ("name", "content", "description"), (("Content", "rt"),), "rt"),
    Shape("salesforce", ("name", "message", "category"), (("Message", "plain"),), "salesforce"),
    Shape("salesforce", ("name", "message", "shortcode"), (("Message", "plain"),), "salesforce"),
    Shape("salesforce", ("name", "message", "isinsertable"), (("Message", "plain"),), "salesforce"),
    Shape("salesforce", ("name", "htmlvalue"), (("HtmlValue", "html"), ("Body", "plain")), "salesforce"),
    Shape("salesforce", ("developername", "body", "subject"), (("Body", "plain"),), "salesforce"),
)

SHAPE_NAMES = frozenset(shape.name for shape in SHAPES)

# Fields that hold a reply where no shape is known, best guess first; `*_html` twins before their own.
GUESSED = (
    "reply",
    *("body", "content", "message", "response", "answer", "text", "template", "comment"),
    *("body_text", "text_body", "comment_body", "message_body", "reply_text", "canned_response", "macro", "snippet"),
)
TITLES = ("title", "name", "label", "shortcut", "short_code", "key", "subject")
IDS = ("id", "_id", "uuid", "canned_id", "macro_id", "external_id", "slug")
ACTIVE = ("active", "isenabled", "is_enabled", "enabled", "isactive", "is_active", "isinsertable")
LANGUAGE = ("language", "lang", "locale", "locale_id", "locale_code")

# Zendesk numbers its locales; the two English ones. The rest stay numbers and are skipped.
_TAGS = {"1": "en-US", "1176": "en-GB", "english": "en", "any": "", "all": "", "default": "", "none": ""}

# What the customer said; other keys under which nothing is a reply.
CUSTOMER = ("customer", "customer_message", "inquiry", "question", "request")
NOT_REPLIES = frozenset((*CUSTOMER, "requester", "user", "author", "attachments", "metadata", "examples"))


class Fit(NamedTuple):
    """Keys of a record by their lower-case names, the shapes that may fit, the guessed fields with twins."""

    keys: dict[str, str]
    shapes: tuple[Shape, ...]
    guessed: tuple[tuple[str, ...], ...]


@cache
def fit(keys: tuple[str, ...]) -> Fit:
    """What a record with these keys may be; cached, for an export repeats one set of keys."""
    lowered = {key.lower(): key for key in reversed(keys)}
    shapes = tuple(shape for shape in SHAPES if all(need.split("=")[0] in lowered for need in shape.needs))
    twins = ([f"{field}_html", f"html_{field}", f"{field}html", field] for field in GUESSED)
    groups = (tuple(lowered[name] for name in names if name in lowered) for names in twins)
    return Fit(lowered, shapes, tuple(group for group in groups if group))


def language_tag(value: str) -> str:
    """A language as a tag: Zendesk's numbers and a few words are translated, the rest stays as it is."""
    return _TAGS.get(value.strip().lower(), value.strip())
