"""A parsed document → its replies, each with what the record around it says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empathy_lint.model import Channel, Reply, Skipped
from empathy_lint.sources.bodies import body, channel_of, composed, form_of, why_skipped
from empathy_lint.sources.finding import Around, Found, find
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.shapes import ACTIVE, CUSTOMER, IDS, LANGUAGE, SHAPE_NAMES, TITLES, fit, language_tag
from empathy_lint.sources.talks import talk
from empathy_lint.sources.tree import Document, text_of, truth


def replies(document: Document, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """Every reply once, in document order; aliased values are reported where they were written."""
    turns = None if options.routes else talk(document, options)
    if turns is not None:
        yield from turns
        return
    wanted = options.format if options.format in SHAPE_NAMES else ""
    seen: set[int] = set()
    for found in find(document, options.routes, wanted):
        if isinstance(found, Skipped):
            yield found
        elif found.hit.leaf.start not in seen:
            seen.add(found.hit.leaf.start)
            yield _judged(document, found, options)


def _judged(document: Document, found: Found, options: ReadOptions) -> Reply | Skipped:
    language = found.language or language_tag(near(found.hit.around, options.language, LANGUAGE))
    active = near(found.hit.around, options.active, ACTIVE)
    if why := why_skipped(language, active, options.languages):
        return Skipped(document.path, found.hit.route, why)
    return _reply(document, found, language, options)


def near(around: Around, configured: str, keys: Iterable[str] = ()) -> str:
    """The value of the first of the keys in the innermost mapping that has one; scalars only."""
    wanted = (configured.lower(),) if configured else keys
    for node in around:
        known = fit(tuple(node)).keys
        for key in wanted:
            if key in known and (value := text_of(node[known[key]])):
                return value
    return ""


def _reply(document: Document, found: Found, language: str, options: ReadOptions) -> Reply:
    hit, own = found.hit, found.hit.around[: found.own]
    syntax = options.syntax or found.shape.syntax
    text, mapped, parts = body(hit.leaf.text, form_of(hit.leaf.text, found.form), syntax)
    outer, exact = document.mapper(document.source, hit.leaf)
    customer = near(own, "", CUSTOMER) or options.customer
    # A known record begins at its outermost mapping; of a guessed one only the innermost is sure.
    naming = own[::-1] if found.shape.name else own
    said = "" if found.shape.name else near(hit.around, "channel")
    return Reply(
        text=text,
        map=composed(mapped, outer),
        source=document.source,
        path=document.path,
        id=near(naming, options.id, IDS) or f"{document.path}#{hit.route}",
        route=hit.route,
        title=found.title or near(naming, options.title, found.shape.title),
        channel=channel_of(options, said, _default(own, customer)),
        customer=customer,
        first=truth(own[0].get("first_reply")) if own else None,
        language=language,
        format=found.shape.name or document.format,
        syntax=syntax,
        parts=parts,
        exact=exact,
    )


def _default(own: Around, customer: str) -> Channel:
    """A record with a customer's message, or with a `reply` and no title, is a mail; any other is a macro."""
    return "email" if customer or (any("reply" in node for node in own) and not near(own, "", TITLES)) else "macro"
