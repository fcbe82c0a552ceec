"""The names of the Python detectors, for reading rules without importing what detectors need."""

DETECTOR_NAMES = (
    "acknowledgement",
    "asks-for-care",
    "bad-news",
    "dense-prose",
    "difficult",
    "empty-greeting",
    "html-plain-drift",
    "learned-tone",
    "leftover-fill-in",
    "link",
    "malformed-placeholder",
    "mixed-fallback",
    "offer",
    "overlong-sentence",
    "question",
    "refusal",
    "shouting",
    "unclosed-placeholder",
    "unknown-variable",
    "wall-of-text",
)
