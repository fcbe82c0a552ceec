"""What makes a finding the same finding tomorrow, without a word of the reply in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from empathy_lint.model import Finding

_SALT = b"empathy-lint/1"  # at most 16 bytes; a new salt is a new generation of fingerprints
_SEPARATOR = "\x1f"


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A 128-bit hash (32 hex digits) for each finding, all different.

    Made of rule, path, id (or route) of the reply and the words seen, blanks and case apart: lines may
    move and text may be wrapped anew. Equal findings in one reply are numbered.
    """
    seen: Counter[str] = Counter()
    result = []
    for finding in findings:
        known = _SEPARATOR.join(_parts(finding))
        result.append(digest(f"{known}{_SEPARATOR}{seen[known]}"))
        seen[known] += 1
    return result


def _parts(finding: Finding) -> tuple[str, ...]:
    words = " ".join(finding.text.casefold().split())
    return (finding.rule, finding.path.replace("\\", "/"), finding.reply_id or finding.route, words)


def digest(text: str) -> str:
    """32 hex digits that no one can read the text from, and two generations don't share."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, salt=_SALT).hexdigest()
