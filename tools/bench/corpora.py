"""Texts to measure with: labelled replies beside the checkout where they are, else made up from parts."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

POOL = Path(__file__).parents[3] / "shared" / "eval" / "pool.jsonl"
MOST_WORDS = 150

_OPENINGS = ("Hi Sam,", "Hello,", "Thanks for your message.", "Good morning,", "Thank you for writing to us.")
_MIDDLES = (
    "Your order left our warehouse yesterday and should be with you within three working days.",
    "Unfortunately we can't refund the fee once the month has started.",
    "As I said before, the export only works in the desktop version.",
    "I've put the charge back on your card, and you'll see it by Friday.",
    "You should have read the terms before you booked.",
    "Could you send me the number on the label, so that I can look for the parcel?",
    "I'm sorry that the update broke your import; that's on us.",
    "Open the settings, choose your profile and press save.",
    "We are unable to change the address of a parcel that is on its way.",
    "If that doesn't work, write back and I'll look at the log with you.",
)
_CLOSINGS = ("Kind regards,\nJo", "Best,\nAlex", "Let me know how it goes.", "Cheers, Kim")


def replies(count: int) -> list[str]:
    """`count` replies of about 35 words; more than there are in the pool are told apart by a last line."""
    known = list(_pool()) or [_made(random.Random(number)) for number in range(1000)]
    return [known[i] if i < len(known) else f"{known[i % len(known)]}\nRef {i}" for i in range(count)]


def _pool() -> Iterator[str]:
    if POOL.is_file():
        for line in POOL.read_text(encoding="utf-8").splitlines():
            reply = json.loads(line)["reply"]
            if 0 < len(reply.split()) <= MOST_WORDS:
                yield reply


def _made(choice: random.Random) -> str:
    middle = " ".join(choice.sample(_MIDDLES, choice.randint(1, 4)))
    return f"{choice.choice(_OPENINGS)}\n\n{middle}\n\n{choice.choice(_CLOSINGS)}"


def files(folder: Path, texts: list[str]) -> Path:
    """One text file a reply."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


def library(folder: Path, texts: list[str], count: int) -> Path:
    """`count` YAML files that share the macros."""
    folder.mkdir(parents=True)
    for number in range(count):
        lines = ["macros:"]
        for place, text in enumerate(texts[number::count]):
            body = [f"      {line}".rstrip() for line in text.splitlines()]
            lines += [f"  - name: macro {number}-{place}", "    body: |", *body]
        (folder / f"{number:03}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def rows(path: Path, texts: list[str], count: int) -> Path:
    """JSON Lines, a reply a row."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"id": str(number), "channel": "email", "reply": texts[number % len(texts)]}) + "\n")
    return path


def rules(folder: Path, count: int) -> Path:
    """A folder of `count` synthetic rules, each with a signal of three phrases of ordinary words."""
    choice = random.Random(count)
    words = sorted({word for text in _MIDDLES for word in text.lower().split() if word.isalpha() and len(word) > 3})
    (folder / "signals").mkdir(parents=True)
    (folder / "tone").mkdir()
    for number in range(count):
        name = f"made-{number}"
        phrases = "".join(f"  - {' '.join(choice.sample(words, 2))} ... {choice.choice(words)}\n" for _ in range(3))
        (folder / "signals" / f"{name}-heard.yaml").write_text(f"means: made up\npatterns:\n{phrases}")
        (folder / "tone" / f"{name}.yaml").write_text(
            f"id: {name}\nsummary: made up\nwhy: to measure\nfind:\n  all: [{name}-heard]\nsays: made up\n"
        )
    return folder
