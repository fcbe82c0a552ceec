"""The names of the Python detectors, for reading rules without importing what detectors need."""

DETECTOR_NAMES = (
    "acknowledgement",
    "asks-for-care",
    "bad-news",
    "dense-prose",
    "difficult",
    "learned-tone",
    "link",
    "offer",
    "overlong-sentence",
    "question",
    "refusal",
    "shouting",
    "wall-of-text",
)
