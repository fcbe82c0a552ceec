"""Reports built by hand: the words to find stand in [[double brackets]]."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from empathy_lint.model import Finding, Level, Problem, ReplyRow, Report, RulePage, Signal, Skipped
from empathy_lint.offsets import LineIndex, Span

RULES = {
    page.id: page
    for page in (
        RulePage(
            "closed-door",
            "offer",
            "warning",
            "A no that nothing follows.",
            "People can bear a no better with a way on.",
        ),
        RulePage("feelings-apology", "tone", "warning", "Sorry about a feeling.", "It hands the problem back."),
        RulePage("policy-wall", "tone", "warning", "A policy as the reason.", "Rules explain nothing to the person."),
        RulePage(
            "late-acknowledgement", "acknowledgement", "warning", "The ear comes late.", "They look for it first."
        ),
        RulePage(
            "overlong-sentence", "clarity", "hint", "A sentence one has to read twice.", "Worry makes reading hard."
        ),
        RulePage("unfilled-placeholder", "template", "error", "A blank that nobody filled.", "It says: nobody looked."),
    )
}
SAYS = {
    "closed-door": (
        "“{}” closes the door, and nothing opens another.",
        ("I wish we could. What we can do today is {offer}.", "Here's what is open to you: {offer}."),
    ),
    "feelings-apology": (
        "“{}” is sorry about a feeling, not about what happened.",
        ("I'm sorry we {what went wrong}. That's on us.",),
    ),
    "policy-wall": (
        "“{}” puts a rule between you and them.",
        ("The reason is {reason}. I know that doesn't make it easier.",),
    ),
    "late-acknowledgement": ("What happened to them comes up only after “{}”.", ("What I'm hearing is that {facts}.",)),
    "overlong-sentence": ("This sentence is long; two would be easier to take in.", ()),
    "unfilled-placeholder": ("“{}” is still a blank.", ("Fill it in, or leave the sentence out.",)),
}
MARK = re.compile(r"\[\[(?:([a-z-]+)\|)?(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True)
class Made:
    row: ReplyRow
    findings: tuple[Finding, ...]


def reply(
    path: str, marked: str, *, id: str = "", route: str = "", title: str = "", line: int = 1, exact: bool = True
) -> Made:
    """A row and its findings from `text [[rule|words]] text`; the reply begins at column 1 of `line`."""
    text, spans = _unmarked(marked)
    index = LineIndex(text)
    findings = []
    for rule, span in spans:
        page, (says, rewrites) = RULES[rule], SAYS[rule]
        place = tuple(at._replace(line=at.line + line - 1) for at in map(index.location, span))
        words = text[span.start : span.end]
        findings.append(
            Finding(
                rule,
                page.family,
                page.level,
                "high",
                id,
                path,
                route,
                span,
                place,
                span,
                exact,
                words,  # type: ignore[arg-type]
                says.format(words),
                rewrites,
                channel="macro",
                title=title,
            )
        )
    row = ReplyRow(
        id,
        path,
        route,
        "macro",
        "difficult" if spans else "routine",
        text=text if spans else "",
        title=title,
        signals=(Signal("refusal", spans[0][1]),) if spans else (),
    )
    return Made(row, tuple(findings))


def _unmarked(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    text, spans, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((match[1] or "closed-door", Span(len(text), len(text) + len(match[2]))))
        text += match[2]
        at = match.end()
    return text + marked[at:], spans


def report(*made: Made, **more: object) -> Report:
    return Report(
        "en_support 1.0", tuple(m.row for m in made), tuple(f for m in made for f in m.findings), rules=RULES, **more
    )  # type: ignore[arg-type]


def leveled(made: Made, level: Level) -> Made:
    return Made(made.row, tuple(replace(finding, level=level) for finding in made.findings))


def library() -> Report:
    """Ten macros in three folders, five of them with something to look at."""
    quiet = [
        reply(f"macros/{folder}/{name}.yaml", "Here is the link you asked for.", title=name.capitalize(), route="reply")
        for folder, name in (
            ("billing", "invoice"),
            ("billing", "receipt"),
            ("access", "reset"),
            ("access", "invite"),
            ("shipping", "label"),
        )
    ]
    return report(
        reply(
            "macros/billing/refunds.yaml",
            "Hi {{ticket.requester.first_name}},\n\nThanks for writing in. "
            "Unfortunately [[we are unable to refund this payment]]. "
            "[[policy-wall|Our policy does not allow exceptions]].\n\nKind regards,\nThe billing team",
            title="Refund after 30 days",
            route="macros[0].actions[0].value",
            id="4711",
            line=12,
        ),
        reply(
            "macros/billing/refunds.yaml",
            "I am [[feelings-apology|sorry you feel that way]] about the second charge. Is there anything else?",
            title="Double charge",
            route="macros[1].actions[0].value",
            id="4712",
            line=31,
        ),
        reply(
            "macros/access/locked.html",
            "[[unfilled-placeholder|{NAME}]], your account is locked.\r\n"
            "You did not read the mail. [[No one can open it again]].",
            title="Account locked",
            route="body",
            line=4,
            exact=False,
        ),
        reply(
            "macros/shipping/lost.md",
            "[[late-acknowledgement|Please fill in the form below, and send it to us within ten days]], "
            "as we need it for the carrier. "
            "We know how long you have waited for 漢字 🎁 and "
            "[[overlong-sentence|that a parcel which does not arrive when it was promised is a real trouble "
            "for anybody who has planned a birthday around it and now has to find "
            "something else at the last minute, which nobody likes to do]].",
            title="Parcel lost",
            line=7,
        ),
        reply(
            "macros/billing/late-fee.yaml",
            "The fee stays. [[There is nothing we can do]].",
            title="Late fee",
            route="reply",
            id="4713",
            line=3,
        ),
        *quiet,
        problems=(Problem("macros/old.yaml", "not UTF-8: byte 0xe9", 3, 8),),
        skipped=(
            Skipped("macros/de.yaml", "reply", "language: de"),
            Skipped("macros/off.yaml", "reply", "inactive"),
            Skipped("macros/off2.yaml", "reply", "inactive"),
        ),
    )


HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    "\x1b]0;owned\x07\x1b[2J\u202e & ' \" ` ]]> --> ::error::owned\n"
    "::stop-commands::x\n@everyone #1 [a](1) \ud800 \x00 | **b**"
)


def hostile() -> Report:
    """A reply, and everything else that comes from outside, that tries to break out of its format."""
    made = reply(f"m/{HOSTILE}.yaml", "[[words]]", id=HOSTILE, title=HOSTILE, route=HOSTILE)
    span = Span(len(HOSTILE), 2 * len(HOSTILE))
    finding = replace(made.findings[0], span=span, text=HOSTILE, message=HOSTILE, rewrites=(HOSTILE,), question=HOSTILE)
    return report(
        Made(replace(made.row, text=HOSTILE * 3), (finding,)),
        problems=(Problem(HOSTILE, HOSTILE),),
        skipped=(Skipped(HOSTILE, HOSTILE, HOSTILE),),
    )


def calm() -> Report:
    return report(*(reply("macros/a.txt", "Here it is.", id=str(number)) for number in range(8)))


def many(number: int) -> Report:
    """`number` replies with a finding each."""
    made = reply("macros/a.yaml", "So sad: [[we cannot do that]].", title="One", id="0")
    return report(
        *(Made(replace(made.row, id=str(n)), (replace(made.findings[0], reply_id=str(n)),)) for n in range(number))
    )
