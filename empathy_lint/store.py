"""The user's cache folder: small files, each named after the hash of what it was made from.

Losing one costs time and nothing else, so nothing here raises: what can't be read is missing, what can't be
written is left out. A file is written beside its place and moved there whole, so a run that is killed, or
another that runs at the same time, never leaves half of one; a checksum finds what a disk may break later.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from empathy_lint import __version__

# All files together; the ones not used for longest go first.
MOST_BYTES = 64 * 1024 * 1024
# The folders inside it. Nothing else is ever looked at or removed, whatever folder somebody names.
KINDS = ("rules", "patterns", "findings")
_CHECKSUM = 16
_DAY, _HOUR = 86400.0, 3600.0
_UNFINISHED = ".new-"
_TRIMMED = "trimmed"


def folder() -> Path:
    """`EMPATHY_LINT_CACHE_DIR`, or the place that the system has for such files."""
    own = os.environ.get("EMPATHY_LINT_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or ("~/Library/Caches" if sys.platform == "darwin" else "~/.cache")
    found = os.path.expanduser(base)  # noqa: PTH111  (Path.expanduser raises where there is no home)
    # Without a home there is no cache: nothing can be written below this.
    return Path(os.devnull if found.startswith("~") else found) / "empathy-lint"


def key(*parts: bytes | str) -> str:
    """One name for several things; no two lists of parts share it."""
    sum_ = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sum_.update(len(data).to_bytes(8, "little"))
        sum_.update(data)
    return sum_.hexdigest()


@cache
def engine() -> str:
    """One name for the code that runs: the version would do for a release, but not while somebody works on it.

    Sizes and times of the files of this package, which take a millisecond to ask for.
    """
    files = sorted(path for path in Path(__file__).parent.rglob("*.*") if path.suffix in (".py", ".npz"))
    stats = ((path, path.stat()) for path in files)
    return key(__version__, sys.version, *(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats))


def get(kind: str, name: str) -> bytes | None:
    """What was put there; None where it is missing or broken."""
    path = folder() / kind / name
    try:
        with path.open("rb") as file:
            data = file.read()
            if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
                os.utime(path)
    except OSError:
        return None
    content = data[_CHECKSUM:]
    return content if data[:_CHECKSUM] == _checksum(content) else None


def put(kind: str, name: str, content: bytes) -> None:
    """Keep `content`; whoever reads meanwhile sees the old file or the new one."""
    place = folder() / kind
    unfinished = place / f"{_UNFINISHED}{os.getpid()}-{name}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(unfinished, "wb", opener=_private) as file:  # Path.open takes no opener
            file.write(_checksum(content))
            file.write(content)
        unfinished.replace(place / name)
    except OSError:
        _remove(unfinished)


def trim(most_bytes: int = MOST_BYTES, every: float = _HOUR) -> None:
    """Remove what was not used for longest until `most_bytes` are left; looks at most once in `every` seconds."""
    stamp = folder() / _TRIMMED
    try:
        if time.time() - stamp.stat().st_mtime < every:
            return
    except OSError:
        pass
    try:
        stamp.touch()
    except OSError:
        return
    left = most_bytes
    for when, size, path in sorted(_entries(), reverse=True):
        left -= size
        if left < 0 or (path.name.startswith(_UNFINISHED) and time.time() - when > _HOUR):
            _remove(path)


def clear() -> tuple[int, int]:
    """Remove every file of ours. How many, and how many bytes."""
    removed = [size for _, size, path in list(_entries()) if _remove(path)]
    _remove(folder() / _TRIMMED)
    return len(removed), sum(removed)


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECKSUM).digest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _entries() -> Iterator[tuple[float, int, Path]]:
    """(last use, size, path) of every file."""
    for kind in KINDS:
        for file in _scan(folder() / kind):
            try:
                status = file.stat(follow_symlinks=False)
            except OSError:
                continue
            yield status.st_mtime, status.st_size, Path(file.path)


def _scan(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except OSError:
        return []


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
