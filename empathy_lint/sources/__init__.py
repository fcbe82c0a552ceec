"""Files → replies: a small reader for each format, all building a `TextMap`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from empathy_lint.model import InputError, Reply, Skipped
from empathy_lint.sources.decode import decode
from empathy_lint.sources.options import ReadOptions

__all__ = ["FORMATS", "ReadOptions", "format_names", "read", "recognised"]

# The reader of each format; imported when a file of that format is met.
FORMATS = {
    "text": "text.read_text",
    "markdown": "markdown.read_markdown",
    "html": "html.read_html",
    "eml": "mail.read_eml",
    "mbox": "mail.read_mbox",
    "yaml": "yaml_reader.read_yaml",
    "json": "json_reader.read_json",
    "jsonl": "jsonl.read_jsonl",
    "csv": "csv_reader.read_csv",
    "tsv": "csv_reader.read_csv",
}

_EXTENSIONS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".eml": "eml",
    ".mbox": "mbox",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
}

# Mail says its encodings itself and may mix them, so its readers take bytes.
_BYTES = {"eml", "mbox"}
_GUESSED_ENCODING = {"csv", "tsv"}


def recognised(path: str) -> bool:
    """Whether a file met while walking a folder is read: known by its extension."""
    return PurePath(path).suffix.lower() in _EXTENSIONS


def read(path: str, data: bytes, options: ReadOptions) -> Iterator[Reply | Skipped]:
    """The replies of one file, in file order; macros left alone come as `Skipped`.

    JSON Lines are streamed. Raises InputError, on the way, with path, line and what was expected.
    """
    name = reader_name(path, data, options)
    reader = _reader(name)
    if name in _BYTES:
        yield from reader(path, data, options)
        return
    source = decode(path, data, max_bytes=options.max_bytes, guess=name in _GUESSED_ENCODING)
    del data  # nobody needs the bytes while the replies are judged
    yield from reader(path, source, options)


def format_names() -> list[str]:
    """All that `ReadOptions.format` may be: the readers and the export shapes."""
    from empathy_lint.sources.shapes import SHAPE_NAMES

    return sorted({*FORMATS, *SHAPE_NAMES})


def reader_name(path: str, data: bytes, options: ReadOptions) -> str:
    """The reader for a file: forced, by its extension, or by its first bytes."""
    if options.format in FORMATS:
        return options.format
    if options.format and options.format not in format_names():
        raise InputError(path, f"unknown format {options.format!r}; one of {', '.join(format_names())} was expected")
    return _EXTENSIONS.get(PurePath(path).suffix.lower()) or _sniffed(data[:4096])


def _sniffed(head: bytes) -> str:
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") and b"\n{" in head:
        return "jsonl"
    if head.startswith((b'{"', b"{\n", b"{\r", b"[{", b"[\n")):
        return "json"
    if head.startswith(b"From ") and b"\nFrom:" in head:
        return "mbox"
    return "html" if head[:15].lower().startswith((b"<!doctype html", b"<html")) else "text"


def _reader(name: str) -> Callable[..., Iterator[Reply | Skipped]]:
    module, function = FORMATS[name].split(".")
    reader: Callable[..., Iterator[Reply | Skipped]] = getattr(import_module(f"{__name__}.{module}"), function)
    return reader
