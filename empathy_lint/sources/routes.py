"""Routes of keys through a document: `macros[*].actions[field=comment_value].value`.

A route is keys joined by dots; `[*]` is every item of a list, `[3]` one of them, `[key=value]` the items
whose `key` is `value`, `*` every key of a mapping, `["a.b"]` a key with odd characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from empathy_lint.model import ConfigError
from empathy_lint.sources.tree import Leaf, Node, text_of

_STEP = re.compile(
    r'\.?(?P<key>[^.\[\]"]+)|\[(?:(?P<index>\d+)|(?P<all>\*)|"(?P<odd>[^"]*)"|(?P<name>[^\]="]+)=(?P<value>[^\]]*))\]'
)
_SIMPLE = re.compile(r"[^.\[\]\"]+")


class Step(NamedTuple):
    """One step of a route. An empty key stands for every item; `value` then filters by `name`."""

    key: str | int = ""
    name: str = ""
    value: str = ""


class Hit(NamedTuple):
    """A leaf that a route led to, and the mappings around it, innermost first."""

    route: str
    leaf: Leaf
    around: tuple[dict[str, Node], ...]


# A node, its route, and the mappings around it, innermost first and itself included.
Place = tuple[str, Node, tuple[dict[str, Node], ...]]


@cache
def steps(route: str) -> tuple[Step, ...]:
    """The steps of a written route. Raises ConfigError where it cannot be read."""
    found, at = [], 0
    while at < len(route):
        match = _STEP.match(route, at)
        if match is None or match.end() == at:
            raise ConfigError(route, f"a route like `macros[*].body` was expected; character {at + 1} cannot be read")
        found.append(_step(match))
        at = match.end()
    return tuple(found)


def _step(match: re.Match[str]) -> Step:
    if match["index"]:
        return Step(int(match["index"]))
    if match["name"]:
        return Step("", match["name"], match["value"])
    if match["all"] or match["key"] == "*":
        return Step()
    return Step(match["key"] or match["odd"] or "")


def walk(node: Node, route: str, way: tuple[Step, ...]) -> Iterator[Hit]:
    """The string leaves that `way` leads to from `node`, which stands at `route`."""
    for place, found, around in _walk(node, route, way):
        if isinstance(found, Leaf):
            yield Hit(place, found, around)


def mappings(node: Node, route: str, way: tuple[Step, ...]) -> Iterator[tuple[str, dict[str, Node]]]:
    """The mappings that `way` leads to, with their routes."""
    for place, found, _ in _walk(node, route, way):
        if isinstance(found, dict):
            yield place, found


def _walk(node: Node, route: str, way: tuple[Step, ...]) -> list[Place]:
    """Where `way` leads, step by step: all places of one step lie equally deep, so their order is the document's."""
    places: list[Place] = [(route, node, (node,) if isinstance(node, dict) else ())]
    for step in way:
        if not places:
            break
        places = _next(places, step)
    return places


def _next(places: list[Place], step: Step) -> list[Place]:
    """One step on. A node that aliases lead to twice is opened once, so that an alias bomb stays small."""
    found: list[Place] = []
    seen: set[int] = set()
    for route, node, around in places:
        if isinstance(node, (dict, list)) and id(node) not in seen:
            seen.add(id(node))
            for key, child in _children(node, step):
                inner = (child, *around) if isinstance(child, dict) else around
                found.append((join(route, key), child, inner))
    return found


def _children(node: dict[str, Node] | list[Node], step: Step) -> Iterable[tuple[str | int, Node]]:
    key, name, value = step
    if isinstance(node, dict):
        if key == "":
            return [] if name else node.items()
        return [(same, node[same]) for same in _same(node, str(key))]
    if key != "":
        return [(key, node[key])] if isinstance(key, int) and key < len(node) else []
    if not name:
        return enumerate(node)
    return [
        (index, item) for index, item in enumerate(node) if isinstance(item, dict) and text_of(item.get(name)) == value
    ]


def _same(node: dict[str, Node], key: str) -> list[str]:
    """The key as written or, failing that, whatever its capitals."""
    return [key] if key in node else [name for name in node if name.lower() == key.lower()]


def join(route: str, key: str | int) -> str:
    """The route of a child."""
    segment = _segment(key)
    return route + (segment if not route or segment[0] == "[" else "." + segment)


@cache
def _segment(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return key if _SIMPLE.fullmatch(key) else f'["{key}"]'
