"""What HTML elements mean to a reader: which break lines, which are not shown, which hold quoted mail."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["", "hidden", "quote", "quote-rest", "signature", "code"]

_KNOWN = """
a abbr acronym address applet area article aside attribute audio b base basefont bdi bdo big blink blockquote body br
button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img
input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol
optgroup option output p param path picture plaintext pre progress q rp rt ruby s samp script search section select slot
small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
track tt u ul var video wbr xmp
"""
HTML_TAGS = frozenset(_KNOWN.split())
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noframes"))
_UNSHOWN = RAW | {"head", "template", "noscript", "select", "svg", "math", "object", "audio", "video", "canvas"}
_CODE = frozenset(("code", "pre", "kbd", "samp", "tt", "var"))

PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "hr", "div", "ul", "ol"))
_TWO = PARAGRAPHS - {"div", "ul", "ol"}
_LINES = """
address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form header
hgroup html legend li main menu nav ol option section summary tbody td tfoot th thead tr ul
"""
_ONE = frozenset(_LINES.split())

# Class and id names that mail programs give to the mail they quote; seen in mail of each, in word form.
_QUOTE_CLASS = re.compile(
    r"\b(?:class|id)\s*=\s*[\"']?[^\"'>]*?(?:gmail_quote|gmail_extra|gmail_attr|yahoo_quoted|yahoo-quoted|moz-cite-prefix"
    r"|moz-forward-container|protonmail_quote|tutanota_quote|zmail_extra|front-blockquote|freshdesk_quote|hs_reply"
    r"|OutlookMessageHeader|WordSection1_quote|gmail_quote_container|zd_quote|quoted-text|email-quote)",
    re.IGNORECASE,
)
# Outlook marks only where the earlier mail begins; it runs to the end.
_REST = re.compile(
    r"\bid\s*=\s*[\"']?(?:x_)*(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-body-separator-line|isForwardContent|isReplyContent|stopSpelling)\b"
    r"|\bstyle\s*=\s*[\"'][^\"']*border:\s*none;\s*border-top:\s*solid\s+#(?:E1E1E1|B5C4DF)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:\bclass\s*=\s*[\"']?[^\"'>]*?(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|yahoo-signature"
    r"|protonmail_signature_block)|\bid\s*=\s*[\"']?(?:x_)*(?:ms-outlook-mobile-)?signature\b)",
    re.IGNORECASE,
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:[;\"'!]|$)"
    r"|max-height\s*:\s*0(?:px)?\s*(?:[;\"'!]|$)|(?:^|\s)hidden(?=[\s=/]|$)|type\s*=\s*[\"']?hidden",
    re.IGNORECASE,
)
_QUOTED_VALUE = re.compile(r"(?<=[\s\"'])(?!style\b)[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def block(name: str) -> int:
    """How many line ends the start or the end of an element makes: 2 for a paragraph, 1 for a line, 0 inline."""
    return 2 if name in _TWO else int(name in _ONE)


def role(name: str, attributes: str) -> Role:
    """What an element is to a reader, by its name and attributes."""
    if name in _UNSHOWN:
        return "hidden"
    if attributes and (said := _by_attributes(attributes)):
        return said
    if name == "blockquote":
        return "quote"
    return "code" if name in _CODE else ""


def _by_attributes(attributes: str) -> Role:
    lowered = attributes.lower()
    if ("style" in lowered or "hidden" in lowered) and _HIDING.search(_QUOTED_VALUE.sub("", attributes)):
        return "hidden"
    if "class" in lowered or "id" in lowered or "style" in lowered:
        if _REST.search(attributes):
            return "quote-rest"
        if _SIGNATURE.search(attributes):
            return "signature"
        if _QUOTE_CLASS.search(attributes):
            return "quote"
    return ""
