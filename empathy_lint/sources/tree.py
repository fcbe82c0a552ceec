"""One shape for YAML, JSON and CSV: mappings, sequences, and leaves that know where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from empathy_lint.offsets import TextMap

# Deeper than any export, shallow enough for Python's own stack.
MAX_DEPTH = 150


class Leaf(NamedTuple):
    """A string value: its decoded text and the source range of its literal, quotes included.

    `style` is how it was written: `"`, `'`, `|`, `>`, or empty for a plain YAML scalar or CSV cell.
    """

    text: str
    start: int
    end: int
    style: str = ""


Node: TypeAlias = "dict[str, Node] | list[Node] | Leaf | int | float | bool | None"

# A leaf's way back to the file, and whether it is proved character for character.
Mapper = Callable[[str, Leaf], tuple[TextMap, bool]]


class Document(NamedTuple):
    """A parsed file, or one document or row of it; `prefix` goes before every route."""

    path: str
    source: str
    root: Node
    mapper: Mapper
    format: str
    prefix: str = ""


def text_of(node: Node) -> str:
    """A scalar as text; empty for null, mappings and sequences."""
    if isinstance(node, Leaf):
        return node.text
    if node is None or isinstance(node, dict | list):
        return ""
    return str(node)


def truth(node: Node) -> bool | None:
    """A boolean, however the format writes it; None for anything else."""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text_of(node).lower())
