"""One shape for YAML, JSON and CSV: mappings, sequences, and leaves that know where they stand."""

from __future__ import annotations

from typing import NamedTuple, Union

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


Node = Union[dict[str, "Node"], list["Node"], Leaf, int, float, bool, None]


def text_of(node: Node) -> str:
    """A scalar as text; empty for null, mappings and sequences."""
    if isinstance(node, Leaf):
        return node.text
    if node is None or isinstance(node, dict | list):
        return ""
    return str(node)
