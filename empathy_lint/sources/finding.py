"""Where the replies of a parsed document are: configured routes, a known export shape, or field names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from empathy_lint.model import Skipped
from empathy_lint.sources.bodies import BodyFormat
from empathy_lint.sources.routes import Hit, join, steps, walk
from empathy_lint.sources.shapes import NOT_REPLIES, TITLES, Shape, fit
from empathy_lint.sources.tree import Document, Leaf, Node, text_of

_WORD = re.compile(r"\w+")
_NOT_WORDS = re.compile(r"<[^<>]*>|\{\{.*?\}\}|\{[%!].*?\}|[#%$]\{[^}]*\}")
_LANGUAGE_KEY = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")

# A string in a mapping or list without any known field is a reply only if it has this many words.
FEWEST_WORDS = 5

CONFIGURED = Shape("", (), (), title=TITLES)

Container = dict[str, Node] | list[Node]
Around = tuple[dict[str, Node], ...]


class Found(NamedTuple):
    """One body: where it is, how it is written (None: see for yourself), what shape of record it is in.

    The first `own` of the mappings around it belong to the macro itself: a title further out is the
    library's. `named` is a title or language that the route itself gives.
    """

    hit: Hit
    form: BodyFormat | None
    shape: Shape
    own: int = 1
    title: str = ""
    language: str = ""


class _Walk(NamedTuple):
    """What a walk through a document remembers."""

    path: str
    wanted: str
    seen: set[int]


def find(document: Document, routes: Iterable[str], wanted: str = "") -> Iterator[Found | Skipped]:
    """The bodies of a document in order. `wanted` narrows the shapes to one name."""
    if routes:
        for hit in (hit for route in routes for hit in walk(document.root, document.prefix, steps(route))):
            yield Found(hit, None, CONFIGURED, max(len(hit.around) - 1, 1))
    elif languages := _locales(document.root):
        for key, node in languages.items():
            for hit in _leaves(node, join(document.prefix, key), (), set()):
                yield Found(hit, None, CONFIGURED, 0, hit.route.partition(".")[2], key)
    else:
        memory = _Walk(document.path, wanted, set())
        yield from _search(document.root, document.prefix, "", (), memory)


def _search(node: Node, route: str, under: str, around: Around, memory: _Walk) -> Iterator[Found | Skipped]:
    if not isinstance(node, dict | list) or id(node) in memory.seen:
        return
    memory.seen.add(id(node))
    if isinstance(node, dict):
        shape = _shape(node, under, memory.wanted)
        if shape:
            yield from _bodies(memory.path, node, route, shape, around)
            return
        yield from _guessed(node, route, (node, *around))
        around = (node, *around)
    elif all(isinstance(item, Leaf) for item in node):
        yield from _phrases(enumerate(node), route, around)
    for key, child in _containers(node):
        yield from _search(child, join(route, key), under if isinstance(key, int) else key.lower(), around, memory)


def _containers(node: Container) -> Iterator[tuple[str | int, Container]]:
    if isinstance(node, list):
        yield from ((index, item) for index, item in enumerate(node) if isinstance(item, dict | list))
        return
    for key, child in node.items():
        if isinstance(child, dict | list) and key.lower() not in NOT_REPLIES:
            yield key, child


def _shape(node: dict[str, Node], under: str, wanted: str) -> Shape | None:
    known = fit(tuple(node))
    for shape in known.shapes:
        if (not wanted or shape.name == wanted) and shape.under in ("", under) and _has(node, shape, known.keys):
            return shape
    return None


def _has(node: dict[str, Node], shape: Shape, keys: dict[str, str]) -> bool:
    for key, wanted in (need.split("=") for need in shape.needs if "=" in need):
        value = text_of(node[keys[key]])
        if value != wanted and not (wanted.endswith("*") and value.startswith(wanted[:-1])):
            return False
    return True


def _bodies(path: str, node: dict[str, Node], route: str, shape: Shape, around: Around) -> Iterator[Found | Skipped]:
    """The bodies of a record. A twin comes too when its words differ from those the customer sees."""
    if shape.why:
        yield Skipped(path, route, shape.why)
    twins: list[str] = []
    for way, form in shape.bodies:
        hits = list(walk(node, route, steps(way)))
        for hit in hits:
            if not _echoes(hit.leaf.text, twins):
                yield Found(Hit(hit.route, hit.leaf, hit.around + around), form, shape, len(hit.around))
        twins += [hit.leaf.text for hit in hits]


def _echoes(text: str, twins: list[str]) -> bool:
    """Whether a twin has said the same words already. Most macros have no twin, and this costs them nothing."""
    return any(_words(text) == _words(twin) for twin in twins)


def _words(text: str) -> list[str]:
    text = html.unescape(text) if "&" in text else text
    return _WORD.findall(_NOT_WORDS.sub(" ", text))


def _guessed(node: dict[str, Node], route: str, around: Around) -> Iterator[Found]:
    """The best of the guessed fields with its HTML twin, else sentences under any keys."""
    groups = fit(tuple(node)).guessed
    texts = [group for group in groups if any(isinstance(node[key], Leaf) for key in group)]
    if not texts:
        if node and all(isinstance(value, Leaf) for value in node.values()):
            yield from _phrases(node.items(), route, around)
        return
    group = next((group for group in texts if any(text_of(node[key]).strip() for key in group)), texts[0])
    twins: list[str] = []
    for key in group:
        leaf = node[key]
        if isinstance(leaf, Leaf) and not _echoes(leaf.text, twins):
            form: BodyFormat | None = "html" if "html" in key.lower() else None
            yield Found(Hit(join(route, key), leaf, around), form, CONFIGURED)
            twins.append(leaf.text)


def _phrases(items: Iterable[tuple[str | int, Node]], route: str, around: Around) -> Iterator[Found]:
    leaves = [(key, leaf) for key, leaf in items if isinstance(leaf, Leaf)]
    if all(len(leaf.text.split()) >= FEWEST_WORDS for _, leaf in leaves):
        for key, leaf in leaves:
            yield Found(Hit(join(route, key), leaf, around), None, CONFIGURED, 0, key if isinstance(key, str) else "")


def _locales(root: Node) -> dict[str, Node]:
    """A Rails locale file: nothing but languages at the top, mappings below them."""
    if not isinstance(root, dict) or not root:
        return {}
    fits = all(_LANGUAGE_KEY.fullmatch(key) and isinstance(value, dict) for key, value in root.items())
    return root if fits else {}


def _leaves(node: Node, route: str, around: Around, seen: set[int]) -> Iterator[Hit]:
    if isinstance(node, Leaf):
        yield Hit(route, node, around)
    elif isinstance(node, dict | list) and id(node) not in seen:
        seen.add(id(node))
        children = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in children:
            yield from _leaves(child, join(route, key), around, seen)
