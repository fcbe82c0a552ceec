"""Where a text quotes another: `>` lines, "On … wrote:" in several languages, Outlook's header blocks.

A quote that mail programs put below the answer runs to the end of the text; `>` lines end where the `>`
ends, so an answer between quoted lines stays the agent's own. Forums quote one line below "Ana said". In
doubt a line is not a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empathy_lint.model import Part
from empathy_lint.offsets import Span

# Lines looked at around a word like "wrote", in characters: a longer line is prose.
_LONGEST = 240

_WROTE = (
    "wrote|writes|said|schrieb|a écrit|escribió|escribio|ha scritto|schreef|geschreven|escreveu|skrev"
    "|napisał|napisała|napisal|napsal|kirjoitti|написал|написала|пишет|yazdı|a scris|írta"
)
_VERB = re.compile(
    rf"(?:\b(?:{_WROTE})\b(?:\([aоo]\))?[^\n:：]{{0,120}}[:：]"
    r"|さんは書きました[:：]|写道[:：]|のメッセージ[:：])[ \t\r]*$",
    re.MULTILINE,
)
_OPENS = re.compile(
    r"[ \t*]*(?:On|Am|Le|El|Il|Op|Em|Den|På|W dniu|Dnia|Dne|În|Pe|Tarih|\d{4}[-年/.]|\d{1,2}[./]\d{1,2}[./]|"
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?)[ \d]"
)
_DATED = re.compile(r"\d|@")
_CHEVRONS = re.compile(r"(?:^[ \t]{0,3}>(?!:[()]|[_.]<)[^\n]*(?:\n|\Z))+", re.MULTILINE)
_SAID = re.compile(r"^\S[^\n.,:!?]{0,40} said[ \t\r]*\n[^\n]*\S[^\n]*(?:\n|\Z)", re.MULTILINE)

_FROM = "From|Von|De|Da|Van|Fra|Från|Od|Lähettäjä|Expéditeur|Remitente|Mittente|差出人|发件人|寄件者"
_SENT = (
    "Sent|Date|Gesendet|Datum|Envoyé|Envoyée|Enviado|Fecha|Enviada em|Data|Inviato|Verzonden|Sendt|Skickat"
    "|Wysłano|Odesláno|Lähetetty|送信日時|发送时间|寄件日期"
)
_HEADERS = re.compile(
    rf"(?:^[ \t]*_{{8,}}[ \t\r]*\n\s{{0,4}})?^[ \t*]*(?:{_FROM})[ \t]?[:：][^\n]*@?[^\n]*\n"
    rf"(?:[ \t*]*[^\n:：]{{1,20}}[:：][^\n]*\n){{0,2}}?[ \t*]*(?:{_SENT})[ \t]?[:：]",
    re.MULTILINE,
)
_RULED = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Forwarded message"
    r"|Message d'origine|Message transféré|Mensaje original|Mensaje reenviado|Messaggio originale"
    r"|Oorspronkelijk bericht"
    r"|Mensagem original|Weitergeleitete Nachricht|Ursprungligt meddelande|Oprindelig meddelelse"
    r"|Wiadomość oryginalna)[ \t]*-{2,}|^Begin forwarded message:|^##- ?[^\n]{3,80}-##",
    re.MULTILINE | re.IGNORECASE,
)


def quotes(text: str) -> list[Span]:
    """The quoted stretches of a text, in order, each with the line that introduces it."""
    lined = "\n" in text
    if not lined and not text.lstrip().startswith(">"):
        return []
    found = [*_chevrons(text)]
    if lined and (":" in text or "：" in text or "--" in text):
        found += [*_to_the_end(text), *_introduced(text)]
    if " said" in text:
        found += [Span(*match.span()) for match in _SAID.finditer(text)]
    return joined(found, text)


def _chevrons(text: str) -> Iterator[Span]:
    if text.lstrip(" \t").startswith(">") or "\n>" in text or "\n >" in text or "\n  >" in text:
        for match in _CHEVRONS.finditer(text):
            yield Span(*match.span())


def _to_the_end(text: str) -> Iterator[Span]:
    """Outlook's `From: / Sent:` block and ruled lines: all below them is the earlier mail."""
    for pattern in (_HEADERS, _RULED):
        if match := pattern.search(text):
            yield Span(match.start(), len(text))


def _introduced(text: str) -> Iterator[Span]:
    """ "On Monday, Ana wrote:" with the quote below it; without `>` lines it needs a date or an address."""
    for verb in _VERB.finditer(text):
        start = _line_start(text, verb.start())
        if verb.start() - start > _LONGEST:
            continue
        opens = _OPENS.match(text, start) is not None
        above = _line_start(text, start - 1)
        if not opens and start and start - above < _LONGEST and _OPENS.match(text, above):
            start, opens = above, True
        if text[verb.end() :].lstrip()[:1] == ">":
            yield Span(start, verb.end())
        elif opens and _DATED.search(text, start, verb.end()):
            yield Span(start, len(text))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def joined(spans: list[Span], text: str) -> list[Span]:
    """In order and without overlaps; those with only white space between them become one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if kept and not text[kept[-1].end : span.start].strip():
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end))
        else:
            kept.append(span)
    return kept


def attribution_before(text: str, at: int) -> int:
    """Where the line that introduces a quote at `at` begins; `at` when there is none."""
    from_ = max(0, at - 2 * _LONGEST)
    for verb in _VERB.finditer(text, from_, at):
        if text[verb.end() : at].strip():
            continue
        start = _line_start(text, verb.start())
        above = _line_start(text, start - 1)
        return above if start and _OPENS.match(text, above) and not _OPENS.match(text, start) else start
    return at


_MARK = re.compile(r"^[ \t]{0,3}>[ ]?", re.MULTILINE)
_DEEPER = re.compile(r"^[ \t]{0,3}>[^\n]*(?:\n|\Z)", re.MULTILINE)


def customer_words(text: str, parts: Iterable[Part]) -> str:
    """What the customer wrote, from the quotes of a reply: unmarked, without headers or what they quoted.

    Several quotes are joined by a blank line. Empty when nothing is quoted.
    """
    said = (_own_words(text[part.span.start : part.span.end]) for part in parts if part.kind == "quote")
    return "\n\n".join(words for words in said if words).replace("\r\n", "\n")


def _own_words(quote: str) -> str:
    """One quote without its introduction, its marks, and any older mail inside it."""
    first = _VERB.search(quote)
    if first and "\n" not in quote[: first.start()].strip()[_LONGEST:] and first.start() < 2 * _LONGEST:
        quote = quote[first.end() :]
    else:
        quote = _without_headers(quote)
    if quote.lstrip().startswith(">"):
        quote = _DEEPER.sub("", _MARK.sub("", quote))
    older = quotes(quote)
    return (quote[: older[0].start] if older else quote).strip()


def _without_headers(quote: str) -> str:
    """Below Outlook's block or a ruled line: past its `Name: value` lines."""
    head = _HEADERS.match(quote) or _RULED.match(quote)
    if not head:
        return quote
    lines = quote.splitlines(keepends=True)
    skip = next((i for i, line in enumerate(lines) if i and not line.strip()), 0)
    return "".join(lines[skip:])
