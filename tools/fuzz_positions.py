"""Random files of every structured format: is each word of a reply marked where it stands in the file?

    python -m tools.fuzz_positions [CASES] [FORMAT]...      20,000 cases a format by default

A generator writes a file with bodies that it knows. Every word that a reader finds is looked up through the
map; the characters there, decoded by somebody else's decoder (json, PyYAML), must be that word again.
The tests run a few hundred cases of the same generators.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sys
from collections.abc import Callable
from random import Random

import yaml

from empathy_lint.model import Reply
from empathy_lint.offsets import Span
from empathy_lint.sources import ReadOptions, read

_SPACED = (
    'sorry thanks refund it\'s "quoted" naïve café 😀 👩‍👧 e\u0301 {{ticket.id}} a\\b #7 key: -dash [x] 100% '
    "&amp 'tis ' \" , : :-) \u00a0 日本 don’t %s !bang ? @you `code` | > ok."
)
WORDS = _SPACED.split(" ")
BREAKS = ("\n", "\n\n", "\n\n\n", " ", " ", " ", " ", " ", "  ", "\t", "\n  ", " \n")

# A generator gives the file's text and the bodies in it; None for a draft that came out malformed.
Drawn = tuple[str, list[str]] | None
Decoder = Callable[[str, str], set[str]]


def words(rng: Random, most: int = 9) -> str:
    """A body: odd words, with odd white space between them."""
    chunks = [rng.choice(WORDS) + rng.choice(BREAKS) for _ in range(rng.randint(1, most))]
    return "".join(chunks).strip(" \n\t\u00a0") or "ok"


def draw_json(rng: Random) -> Drawn:
    bodies = _bodies(rng)
    gap, comma = rng.choice(("", " ", "\n  ", "\t")), rng.choice((",", " ,\n"))
    title = json.dumps(words(rng, 2))
    records = (f'{{"id":{gap}1, "title": {title},{gap}"body" :{gap}{_literal(rng, text)}}}' for text in bodies)
    return _newlines(rng, f'{{"macros": [{comma.join(records)}]}}'), bodies


def _literal(rng: Random, text: str) -> str:
    """A string literal with any character escaped now and then, also those that need not be."""
    escaped = rng.choice((0.0, 0.1, 1.0))
    ascii_only = rng.random() < 0.5
    return '"' + "".join(_unit(rng, char, escaped, ascii_only) for char in text) + '"'


def _unit(rng: Random, char: str, escaped: float, ascii_only: bool) -> str:
    if rng.random() < escaped:
        return "".join(f"\\u{int.from_bytes(unit, 'big'):04{rng.choice('xX')}}" for unit in _units(char))
    return json.dumps(char, ensure_ascii=ascii_only)[1:-1].replace("/", rng.choice(("/", "\\/")))


def _units(char: str) -> list[bytes]:
    raw = char.encode("utf-16-be")
    return [raw[:2], raw[2:]] if len(raw) == 4 else [raw]


def draw_jsonl(rng: Random) -> Drawn:
    bodies = _bodies(rng)
    rows = [json.dumps({"id": "x", "reply": text, "note": text}, ensure_ascii=rng.random() < 0.5) for text in bodies]
    return _newlines(rng, rng.choice(("\n", "\n\n")).join(rows)), bodies


def draw_csv(rng: Random) -> Drawn:
    bodies, out = _bodies(rng), io.StringIO()
    quoting = rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))
    writer = csv.writer(out, delimiter=rng.choice(",;\t"), quoting=quoting, lineterminator=rng.choice(("\n", "\r\n")))
    writer.writerows([["id", "title", "body"], *([str(n), words(rng, 2), text] for n, text in enumerate(bodies))])
    return out.getvalue(), bodies


def draw_yaml(rng: Random) -> Drawn:
    """Written by PyYAML in all its styles and widths."""
    bodies = _bodies(rng)
    style, width = rng.choice((None, '"', "'", "|", ">")), rng.choice((10, 20, 80, 1000))
    records = {"macros": [{"title": "t", "body": text} for text in bodies]}
    indent, unicode = rng.choice((2, 4, 7)), rng.random() < 0.5
    text = yaml.dump(records, default_style=style, width=width, allow_unicode=unicode, indent=indent, sort_keys=False)
    # PyYAML's folded scalars don't all survive its own way back: what it reads is what counts.
    return _newlines(rng, text), [record["body"] for record in yaml.load(text, Loader=yaml.CSafeLoader)["macros"]]


def draw_yaml_raw(rng: Random) -> Drawn:
    """Scalars as people write them: any header, any indentation, blank and over-indented lines, no last newline."""
    scalars = [rng.choice((_block, _quoted, _plain))(rng) for _ in range(rng.randint(1, 3))]
    text = "macros:\n" + "".join(f"- title: t\n  body: {scalar}" for scalar in scalars)
    text = _newlines(rng, text if rng.random() < 0.7 else text.rstrip("\n"))
    try:
        loaded = yaml.load(text, Loader=yaml.CSafeLoader)["macros"]
    except (yaml.YAMLError, TypeError):
        return None
    bodies = [record.get("body") for record in loaded]
    return (text, bodies) if all(isinstance(body, str) for body in bodies) else None


def _block(rng: Random) -> str:
    properties = rng.choice(("", "", f"&a{rng.randint(0, 999)} ", "!!str ", f"!x &b{rng.randint(0, 999)} "))
    step = rng.choice((1, 2, 4))
    indicator = rng.choice(("", str(step)))
    chomp = rng.choice(("", "-", "+"))
    header = rng.choice("|>") + rng.choice((indicator + chomp, chomp + indicator)) + rng.choice(("", " ", " # why"))
    indent = " " * (2 + step)
    lines = [_line(rng, indent) for _ in range(rng.randint(1, 7))]
    return f"{properties}{header}\n" + "".join(lines)


def _line(rng: Random, indent: str) -> str:
    match rng.randint(0, 9):
        case 0 | 1:
            return "\n"
        case 2:
            return " " * rng.randint(0, 7) + "\n"
        case 3:
            return indent + rng.choice(("  ", "\t", " ")) + _inline(rng) + "\n"
        case _:
            return indent + _inline(rng) + rng.choice(("", "", " ", "\t")) + "\n"


def _inline(rng: Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 4))).strip() or "ok"


def _quoted(rng: Random) -> str:
    quote = rng.choice("'\"")
    glue = (" ", " ", "\n\n    ", "\n    ", "  \n   \n    ", "\t") + (
        ("\\\n    ", "\\n", "\\\n   \n    \\ ") if quote == '"' else ()
    )
    escapes = ("\\x41", "\\u00e9", "\\U0001F600", "\\t", "\\/", "\\_", "\\e", "\\N") if quote == '"' else ("''", "a''b")
    chunks = [
        (rng.choice(escapes) if rng.random() < 0.2 else _escaped(rng.choice(WORDS), quote)) + rng.choice(glue)
        for _ in range(rng.randint(1, 8))
    ]
    return f"{quote}{rng.choice(('', ' '))}{''.join(chunks)}{quote}\n"


def _escaped(word: str, quote: str) -> str:
    return word.replace("'", "''") if quote == "'" else word.replace("\\", "\\\\").replace('"', '\\"')


def _plain(rng: Random) -> str:
    glue = (" ", " ", "\n    ", "\n\n    ", "  \n  \n     ")
    return "ok" + "".join(rng.choice(glue) + rng.choice(WORDS) for _ in range(rng.randint(0, 8))) + "\n"


def _bodies(rng: Random) -> list[str]:
    """One to four bodies; often two of them are the same, for each must be found at its own place."""
    if isinstance(rng, _Given):
        return rng.bodies
    bodies = [words(rng) for _ in range(rng.randint(1, 3))]
    return bodies + bodies[:1] if rng.random() < 0.4 else bodies


def _newlines(rng: Random, text: str) -> str:
    return text.replace("\n", "\r\n") if rng.random() < 0.2 else text


# Words as they read, and as HTML may write them.
_HTML_WORDS = {
    "sorry": ("sorry", "so<b>rr</b>y", "s&#111;rry", "<i>sorry</i>", '<a href="http://x.y/?a=1&amp;b=2">sorry</a>'),
    "isn’t": ("isn’t", "isn&rsquo;t", "isn&#8217;t", "isn&#x2019;t"),
    "Q&A": ("Q&amp;A", "Q&#38;A", "Q&A"),
    "1<2": ("1&lt;2",),
    "😀": ("😀", "&#128512;", "<span title='x'>😀</span>"),
    "e\u0301t": ("e\u0301t", "e&#769;t"),
    "{{a.b}}": ("{{a.b}}", "{{<b>a.b</b>}}"),
    '"so"': ('"so"', "&quot;so&quot;", '"<em>so</em>"'),
}
_HTML_GLUE = (
    " ",
    " ",
    "\n",
    "<br>",
    "<br />\n",
    "</p>\n<p>",
    "&nbsp;",
    " <!-- no --> ",
    "\t",
    '<span style="display:none">x</span> ',
)


def _html_body(rng: Random) -> tuple[str, str]:
    """An HTML body, and its words with single spaces between them."""
    chosen = [rng.choice(list(_HTML_WORDS)) for _ in range(rng.randint(1, 9))]
    return "<p>" + "".join(
        rng.choice(_HTML_WORDS[word]) + rng.choice(_HTML_GLUE) for word in chosen
    ) + "</p>", " ".join(chosen)


def _html_in(draw: Callable[[Random], Drawn]) -> Callable[[Random], Drawn]:
    """The same format with HTML in its bodies; what is wanted are their words."""

    def drawn(rng: Random) -> Drawn:
        made = [_html_body(rng) for _ in range(rng.randint(1, 3))]
        made += made[:1] if rng.random() < 0.4 else []
        inner = _Given([source for source, _ in made], rng)
        written = draw(inner)
        return (written[0], [text for _, text in made]) if written else None

    return drawn


class _Given(Random):
    """Randomness with bodies already chosen: `_bodies` takes them from here."""

    def __init__(self, bodies: list[str], rng: Random) -> None:
        super().__init__(rng.random())
        self.bodies = bodies


def draw_markdown(rng: Random) -> Drawn:
    """Marks around and between words that hold none themselves."""
    plain = ("sorry", "thanks", "café", "😀", "refund's", "日本", "e\u0301t", "ORDER_NUMBER", "5*3", "a_b")
    marks = ("{}", "{}", "{}", "**{}**", "*{}*", "[{}](http://x.y/a_b)", "__{}__", "~~{}~~", "<!-- no -->{}", "\\*{}")
    marks += ("[sorry\n{}](http://x.y)", "&#115;orry {}", "x&amp;y &mdash;{}", "&no;{}")
    chosen = [rng.choice(plain) for _ in range(rng.randint(1, 12))]
    text = "".join(rng.choice(marks).format(word) + rng.choice((" ", " ", "\n", "\n\n")) for word in chosen)
    front = rng.choice(("", "---\ntitle: x\n---\n"))
    return _newlines(rng, front + text), [" ".join(chosen)]


def draw_text(rng: Random) -> Drawn:
    text = _newlines(rng, words(rng))
    return text, [text]


def _verbatim(piece: str, _source: str) -> set[str]:
    return {piece}


def _from_markdown(piece: str, _source: str) -> set[str]:
    return {piece, html.unescape(piece)}


def _from_json(piece: str, _source: str) -> set[str]:
    return {json.loads(f'"{piece}"')}


def _from_csv(piece: str, _source: str) -> set[str]:
    return {piece, piece.replace('""', '"')}


def _from_yaml(piece: str, _source: str) -> set[str]:
    """What the piece may mean: as it stands, or inside either kind of quotes."""
    found = {piece}
    for quote in "'\"":
        try:
            found.add(yaml.load(f"{quote}{piece}{quote}", Loader=yaml.CSafeLoader))
        except yaml.YAMLError:
            continue
    return found


_TAGS = re.compile(r"<!--.*?-->|<span style.*?</span>|<[/a-z][^<>]*>", re.DOTALL)


def _html_then(decode: Decoder) -> Decoder:
    return lambda piece, source: {html.unescape(_TAGS.sub("", text)) for text in decode(piece, source)}


FORMATS: dict[str, tuple[str, Callable[[Random], Drawn], Decoder]] = {
    "json": (".json", draw_json, _from_json),
    "jsonl": (".jsonl", draw_jsonl, _from_json),
    "csv": (".csv", draw_csv, _from_csv),
    "yaml": (".yaml", draw_yaml, _from_yaml),
    "yaml-raw": (".yaml", draw_yaml_raw, _from_yaml),
    "html-in-json": (".json", _html_in(draw_json), _html_then(_from_json)),
    "html-in-csv": (".csv", _html_in(draw_csv), _html_then(_from_csv)),
    "html-in-yaml": (".yaml", _html_in(draw_yaml), _html_then(_from_yaml)),
    "markdown": (".md", draw_markdown, _from_markdown),
    "text": (".txt", draw_text, _verbatim),
}


def faults(name: str, rng: Random) -> list[str] | None:
    """What is wrong with one random file of a format; None when the draft was no file of that format."""
    suffix, draw, decode = FORMATS[name]
    drawn = draw(rng)
    if drawn is None:
        return None
    text, bodies = drawn
    bom = rng.choice(("", "\ufeff"))
    found = [each for each in read("f" + suffix, (bom + text).encode(), ReadOptions()) if isinstance(each, Reply)]
    wrong = [] if name == "markdown" else _bodies_differ(found, bodies, "html" in name)
    wrong += [fault for reply in found for fault in _misplaced(reply, decode)]
    starts = [reply.map.source(Span(0, 1)).start for reply in found if reply.text]
    if starts != sorted(set(starts)):
        wrong.append(f"replies out of place: {starts}")
    return [f"{fault}\n{text!r}" for fault in wrong]


def _bodies_differ(found: list[Reply], bodies: list[str], collapsed: bool) -> list[str]:
    read_ = [" ".join(reply.text.split()) if collapsed else reply.text for reply in found]
    # Newlines inside quoted JSON and CSV are what they are; the writers above use "\n".
    want = [body.replace("\r\n", "\n") for body in bodies]
    return [] if [text.replace("\r\n", "\n") for text in read_] == want else [f"read {read_!r}, wanted {bodies!r}"]


def _misplaced(reply: Reply, decode: Decoder) -> list[str]:
    wrong = [] if reply.exact else [f"not exact: {reply.text!r}"]
    if reply.map.length != len(reply.text):
        return [f"map of {reply.map.length} for {len(reply.text)} characters"]
    for match in re.finditer(r"[^\s\u0085\u2028\u2029]+", reply.text):
        place = reply.map.source(Span(*match.span()))
        piece = reply.source[place.start : place.end]
        if match[0] not in decode(piece, reply.source):
            wrong.append(f"{match[0]!r} marked as {piece!r}")
    return wrong


def main() -> int:
    """Run the cases; the exit status is 1 when a word was misplaced."""
    arguments = sys.argv[1:]
    cases = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 20_000
    failed = 0
    for name in arguments or FORMATS:
        done = seed = bad = 0
        while done < cases:
            seed += 1
            wrong = faults(name, Random(seed))
            done += wrong is not None
            if wrong:
                bad += 1
                if bad <= 3:
                    sys.stdout.write(f"{name} seed {seed}: {wrong[0]}\n")
        sys.stdout.write(f"{name}: {done} files, {bad} with a misplaced word\n")
        failed += bad
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
