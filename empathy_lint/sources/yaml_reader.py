"""YAML: hand-made libraries, seed files and locale files, of one document or more."""

from __future__ import annotations

from collections.abc import Iterator

from empathy_lint.model import Reply, Skipped
from empathy_lint.sources.json_reader import or_nothing
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.records import replies
from empathy_lint.sources.tree import Document
from empathy_lint.sources.yaml_map import scalar_map
from empathy_lint.sources.yaml_scan import documents


def read_yaml(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """The replies of a YAML file; routes into a second document and later ones begin with its number.

    Raises InputError at the place of a syntax error.
    """
    yield from or_nothing(path, _read(path, source, options))


def _read(path: str, source: str, options: ReadOptions) -> Iterator[Reply | Skipped]:
    for number, root in enumerate(documents(path, source)):
        prefix = f"[{number}]" if number else ""
        yield from replies(Document(path, source, root, scalar_map, "yaml", prefix), options)
