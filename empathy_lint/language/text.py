"""Plain text to plain text, one character for one character, so that every offset stays true."""

CURLY = "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032\uff07" + "\u201c\u201d\u201e\u201f\u2033\uff02"
STRAIGHT = "'" * 8 + '"' * 6

_STRAIGHTENED = str.maketrans(CURLY, STRAIGHT)


def straighten(text: str) -> str:
    """`text` with typographic quotes and apostrophes made plain; always of the same length.

    The tokenizer and the phrase patterns know "don't" in one spelling only.
    """
    return text.translate(_STRAIGHTENED)
