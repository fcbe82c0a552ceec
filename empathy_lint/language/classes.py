"""What a token can mean to the sentence splitter, as bits, from its text alone.

Every question ("is it an abbreviation?") is asked once per distinct word and remembered under the
word's hash, so the splitter itself only looks at small integers. spaCy's hashes are the same in
every vocabulary, so one table serves all.
"""

import re

END = 1  # . ! ? and runs of them
DOTS = 1 << 1  # an ellipsis: an end only before a capital
STOP = 1 << 2  # exactly "."
DOTTED = 1 << 3  # a word that holds its own full stop: "Mr.", "a.m.", "B."
CLOSER = 1 << 4  # may close a quotation, bracket or emphasis
OPENER = 1 << 5  # may open one
SPACE = 1 << 6  # a token of white space
BREAK = 1 << 7  # white space that holds a line break
BLANK = 1 << 8  # white space that holds a blank line
BULLET = 1 << 9  # a list mark where a line opens
ALWAYS = 1 << 10  # a list mark wherever it stands
COUNTER = 1 << 11  # a short number or letter, a list mark before "." or ")"
DIGITS = 1 << 12
RULER = 1 << 13  # "-----" on a line of its own
EMOJI = 1 << 14
INITIALS = 1 << 15  # "^AB", how agents sign on social media
GOES_ON = 1 << 16  # , ; : ) and the like: whatever stands before them, the sentence goes on
COMMA = 1 << 17
COLON = 1 << 18
CAPITAL = 1 << 19  # starts with an upper-case letter
LOWER = 1 << 20  # starts with a lower-case letter
HARD = 1 << 21  # an abbreviation that never ends a sentence
SOFT = 1 << 22  # one that ends a sentence only before a word that usually opens one
CLOCK = 1 << 23  # one that ends a sentence before any capital but a day, month or time zone
NUMBER_SIGN = 1 << 24  # "No", an abbreviation only before a digit
STARTER = 1 << 25  # a word that usually opens a sentence
CALENDAR = 1 << 26  # a day, month or time zone
LINE_OPENER = 1 << 27  # a short line that starts with it stands alone: "Hi", "Regards"
URL = 1 << 28  # with its scheme; in chat and on social media the next sentence just follows it


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLOSERS = frozenset({*"\"'\u201d\u2019)]}\u00bb", "''"})
OPENERS = frozenset({*"\"'\u201c\u2018([{\u00ab\u00bf\u00a1", "``"})
ALWAYS_BULLETS = frozenset("\u2022\u25aa\u25e6\u25cf\u2023\u25a0\u25c6\u2219\u2043")
BULLETS = ALWAYS_BULLETS | frozenset("-*+>\u2013\u2014\u00b7\u2192\u2713\u2714")
GOING_ON = frozenset(",;:)]}/%&")

HARD_WORDS = _words("mr mrs ms mx dr prof messrs e.g eg i.e ie vs viz cf approx esp capt sgt")
SOFT_WORDS = _words("""
    inc ltd corp co llc plc bros st ave rd blvd jr sr jan feb apr aug sept oct nov dec mon tue tues wed thu thurs
    fri fig figs acct appt incl excl govt misc orig qty pkg vol pp para sect intl attn u.s u.k e.u u.n d.c
""")
CLOCK_WORDS = _words("a.m p.m etc min mins max hr hrs sec secs dept ref ext tel est")
STARTERS = _words("""
    i i'm we you your the this that these those it he she they if in on at as for to with please thank thanks my our
    there here what when where why how who can could would will do does did is are was but and so or however also
    once after before although while since no yes ok okay sorry unfortunately let not all any each every some most
    hi hello dear kind best regards just now then otherwise instead
""")
CALENDAR_WORDS = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december est edt cst cdt mst mdt pst pdt et ct mt pt gmt bst cet cest utc ist aest
    eastern central pacific mountain
""")
LINE_OPENERS = _words("""
    hi hello hey hiya dear greetings good howdy welcome regards best cheers sincerely thanks thank kind kindest warm
    warmest warmly yours many respectfully cordially love take
""")

_END = re.compile(r"[.!?\u2026\u203d]+\Z")
_DOTS = re.compile(r"(?:\.{2,}|\u2026+)\Z")
_RULER = re.compile(r"[\-*_=~#\u2013\u2014]{2,}\Z")
_EMPHASIS = re.compile(r"[*_~]+\Z")
_INITIALS = re.compile(r"\^[A-Za-z]{1,15}\Z")
_COUNTER = re.compile(r"(?:\d{1,3}|[A-Za-z])[.)]?\Z")
_EMOTICON = re.compile(r"(?:[<>]?[:;=8xX][\-o*']?[)\](\[dDpP/\\|@3*oO]+|[)\](\[]+[\-o*']?[:;=]|<3+|\^[_\-]?\^)\Z")
_EMOJI = re.compile("[\u203c\u2049\u20e3\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_EMOJI_PART = re.compile("[\u200d\ufe0e\ufe0f\U000e0020-\U000e007f]+\\Z")

_known: dict[int, int] = {}


def codes(keys: list[int], texts: dict[int, str] | None = None) -> list[int]:
    """The bits of each token. `keys` are lexeme hashes; `texts` must name those never met before."""
    for key, text in (texts or {}).items():
        _known[key] = classify(text)
    return [_known[key] for key in keys]


def forget() -> None:
    """Nothing is lost but time: for whoever begins a new vocabulary because the old one has grown too large."""
    _known.clear()


def unmet(keys: list[int]) -> set[int]:
    """The hashes among `keys` that `codes` needs texts for."""
    # Not `set(keys) - _known.keys()`, which walks over all that is known.
    return {key for key in keys if key not in _known}


def classify(text: str) -> int:
    """The bits of one token."""
    if text.isspace():
        return _white(text)
    if text[0].isalpha() and not _EMOTICON.match(text):
        return _word(text)
    return _mark(text)


def _white(text: str) -> int:
    lines = len((text + "x").splitlines()) - 1
    return SPACE | BREAK * (lines > 0) | BLANK * (lines > 1)


def _word(text: str) -> int:
    lower = text.lower()
    stem = lower.removesuffix(".")
    bits = CAPITAL if text[0].isupper() else LOWER * text[0].islower()
    bits |= URL * lower.startswith(("http://", "https://"))
    bits |= _abbreviation(stem, dotted=stem != lower)
    bits |= STARTER * (lower in STARTERS) | CALENDAR * (stem in CALENDAR_WORDS)
    bits |= LINE_OPENER * (lower in LINE_OPENERS) | NUMBER_SIGN * (stem in ("no", "nos"))
    return bits | COUNTER * bool(_COUNTER.match(text))


def _abbreviation(stem: str, dotted: bool) -> int:
    bits = DOTTED * dotted
    if stem in HARD_WORDS:
        return bits | HARD
    if stem in CLOCK_WORDS:
        return bits | CLOCK
    return bits | SOFT * (dotted or stem in SOFT_WORDS)


def _mark(text: str) -> int:
    if _EMOJI.search(text) or _EMOJI_PART.match(text) or _EMOTICON.match(text):
        return EMOJI
    bits = CLOSER * (text in CLOSERS) | OPENER * (text in OPENERS) | GOES_ON * (text in GOING_ON)
    bits |= COMMA * (text == ",") | COLON * (text == ":") | STOP * (text == ".")
    bits |= ALWAYS * (text in ALWAYS_BULLETS) | BULLET * (text in BULLETS)
    bits |= DIGITS * text[0].isdigit() | COUNTER * bool(_COUNTER.match(text))
    bits |= END * bool(_END.match(text)) | DOTS * bool(_DOTS.match(text)) | RULER * bool(_RULER.match(text))
    return bits | (CLOSER | OPENER) * bool(_EMPHASIS.match(text)) | INITIALS * bool(_INITIALS.match(text))
