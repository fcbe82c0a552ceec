"""Bytes to text, once per file: UTF-8, BOM off, newlines as they are."""

from __future__ import annotations

import codecs

from empathy_lint.model import InputError

_MULTIBYTE = ("gb", "big5", "euc", "shift", "cp932", "cp949", "johab", "hz", "iso2022", "utf")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(path: str, data: bytes, *, max_bytes: int, guess: bool = False) -> str:
    """The text of a file, without its BOM.

    UTF-8, or UTF-16 when a BOM says so. With `guess`, other encodings are detected (spreadsheets still
    save CSV in Windows code pages). Raises InputError for a file that is too large, empty or binary, and
    at the line of the first byte that is not UTF-8.
    """
    _refuse_size(path, data, max_bytes)
    if data.startswith(_UTF16):
        return _utf16(path, data)
    if (nul := data.find(0)) >= 0:
        raise InputError(path, "binary data (a NUL byte); a text file was expected", _line(data, nul))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        text = _detected(data) if guess else ""
        if not text:
            # `error.object` is the data without its BOM, which holds no line end.
            line = _line(bytes(error.object), error.start)
            raise InputError(path, "not UTF-8; save the file as UTF-8", line) from None
    return _not_blank(path, text)


def _refuse_size(path: str, data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        size, limit = len(data) / 1e6, max_bytes / 1e6
        raise InputError(path, f"{size:.1f} MB; files of at most {limit:.0f} MB are read")


def _not_blank(path: str, text: str) -> str:
    if not text or text.isspace():
        raise InputError(path, "the file is empty; a reply was expected")
    return text


def _utf16(path: str, data: bytes) -> str:
    try:
        return _not_blank(path, data.decode("utf-16"))
    except UnicodeDecodeError:
        raise InputError(path, "begins as UTF-16 but is not; save the file as UTF-8", 1) from None


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # A detector needs no more than a sample, and is slow on a large file.
    best = from_bytes(data[:65536]).best()
    if best is None:
        return ""
    # Among one-byte code pages a detector guesses on short tables; English ones are Windows-1252.
    encoding = best.encoding if best.encoding.startswith(_MULTIBYTE) else "cp1252"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
