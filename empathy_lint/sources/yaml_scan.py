"""YAML with places: a tree from the parser's events. Nothing is constructed, aliases are never copied.

Working on events keeps an alias bomb as small as its text and deep nesting off Python's stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from empathy_lint.model import InputError
from empathy_lint.sources.tree import MAX_DEPTH, Leaf, Node

_NULL = frozenset(("", "~", "null", "Null", "NULL"))


def documents(path: str, source: str) -> Iterator[Node]:
    """The documents of a YAML stream, each as soon as it is read. Raises InputError with the place."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # The stubs know nothing of `parse` with the C loader.
        events: Iterator[Any] = yaml.parse(source, Loader=loader)
        for event in events:
            if type(event) is yaml.DocumentStartEvent:
                yield _node(next(events), events, {}, path, MAX_DEPTH)
    except yaml.MarkedYAMLError as error:
        raise _marked(path, error) from None
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + 1
        raise InputError(path, f"broken YAML: {error.reason}", line) from None


def _marked(path: str, error: Any) -> InputError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = error.problem or error.context
    # libyaml has a limit of its own, which is lower than ours in newer versions.
    too_deep = "YAML nested too deeply" if "nesting depth" in said else ""
    return InputError(path, too_deep or f"broken YAML: {said}", line, column)


def _node(event: Any, events: Iterator[Any], anchors: dict[str, Node], path: str, room: int) -> Node:
    """The node that begins with `event`; an alias is the very node that it names."""
    kind = event.__class__.__name__
    if kind == "ScalarEvent":
        node = _scalar(event)
        if event.anchor:
            anchors[event.anchor] = node
        return node
    if kind == "AliasEvent":
        if event.anchor not in anchors:
            raise _at(event, path, f"broken YAML: undefined alias {event.anchor!r}")
        return anchors[event.anchor]
    if not room:
        raise _at(event, path, "YAML nested too deeply")
    fill = _mapping if kind == "MappingStartEvent" else _sequence
    return fill(event.anchor, events, anchors, path, room - 1)


def _at(event: Any, path: str, message: str) -> InputError:
    return InputError(path, message, event.start_mark.line + 1, event.start_mark.column + 1)


def _scalar(event: Any) -> Node:
    if event.style is None and event.value in _NULL:
        return None
    return Leaf(event.value, event.start_mark.index, event.end_mark.index, event.style or "")


def _sequence(anchor: str | None, events: Iterator[Any], anchors: dict[str, Node], path: str, room: int) -> Node:
    items: list[Node] = []
    if anchor:
        anchors[anchor] = items
    for event in events:
        if event.__class__.__name__ == "SequenceEndEvent":
            break
        items.append(_node(event, events, anchors, path, room))
    return items


def _mapping(anchor: str | None, events: Iterator[Any], anchors: dict[str, Node], path: str, room: int) -> Node:
    pairs: dict[str, Node] = {}
    if anchor:
        anchors[anchor] = pairs
    for event in events:
        if event.__class__.__name__ == "MappingEndEvent":
            break
        key = _node(event, events, anchors, path, room)
        name = key.text if isinstance(key, Leaf) else "null" if key is None else "?"
        pairs[name] = _node(next(events), events, anchors, path, room)
    if "<<" in pairs:
        _merge(pairs)
    return pairs


def _merge(pairs: dict[str, Node]) -> None:
    """Take over what the mappings under `<<` have and this one lacks, the first of them first."""
    merged = pairs.pop("<<")
    for base in merged if isinstance(merged, list) else [merged]:
        if isinstance(base, dict):
            for key, value in base.items():
                pairs.setdefault(key, value)
