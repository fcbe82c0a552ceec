"""Where a text quotes another: `>` lines, "On … wrote:" in several languages, Outlook's header blocks.

A quote that mail programs put below the answer runs to the end of the text; `>` lines end where the `>`
ends, so an answer between quoted lines stays the agent's own. Forums quote one line below "Ana said". In
doubt a line is not a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    r"|Message d'origine|Message transféré|Mensaje original|Mensaje reenviado|Messaggio originale|Oorspronkelijk bericht"
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
