"""Each kind of part, in the words it covers; and that masking keeps every offset."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_lint.sources.parts import find_parts, masked


def shown(text: str, kind: str, syntax: str = "") -> list[str]:
    return [text[part.span.start : part.span.end] for part in find_parts(text, syntax) if part.kind == kind]


@pytest.mark.parametrize(
    ("text", "piece", "name"),
    [
        ("Hi {{ticket.requester.first_name}}, hello", "{{ticket.requester.first_name}}", "ticket.requester.first_name"),
        ("Hi {{ user.name | default: 'you' }}!", "{{ user.name | default: 'you' }}", "user.name"),
        ('Hi {{user.name|fallback:"there"}}!', '{{user.name|fallback:"there"}}', "user.name"),
        ("Hi {{{Recipient.FirstName}}},", "{{{Recipient.FirstName}}}", "Recipient.FirstName"),
        ("Hi {!Contact.FirstName},", "{!Contact.FirstName}", "Contact.FirstName"),
        ("Hi {%customer.firstName,fallback=there%},", "{%customer.firstName,fallback=there%}", "customer.firstName"),
        ("Hi {% ticket.customerName %},", "{% ticket.customerName %}", "ticket.customerName"),
        ("Hi #{ticket.customer.firstname},", "#{ticket.customer.firstname}", "ticket.customer.firstname"),
        ("Hi %{name,fallback:friend},", "%{name,fallback:friend}", "name"),
        ("Hi %{ticket.name.first},", "%{ticket.name.first}", "ticket.name.first"),
        ("About { $TicketSubject } now", "{ $TicketSubject }", "TicketSubject"),
        ("About {$Ticket->Subject} now", "{$Ticket->Subject}", "Ticket->Subject"),
        ("Hi <<Client.Name>>, hello", "<<Client.Name>>", "Client.Name"),
        ("Hi %customer_name%, hello", "%customer_name%", "customer_name"),
        ("Hi {first name}, hello", "{first name}", "first name"),
        ("Dear [Customer Name], hello", "[Customer Name]", "Customer Name"),
        ("See <ISSUE_NUMBER> please", "<ISSUE_NUMBER>", "ISSUE_NUMBER"),
        (
            'Hi <attribute key="user.name" default="there"/>!',
            '<attribute key="user.name" default="there"/>',
            "user.name",
        ),
        ("Order XXXXX went out", "XXXXX", ""),
        ("Call XXX-XXX-XXXX now", "XXX-XXX-XXXX", ""),
        ("Your ORDER_NUMBER please", "ORDER_NUMBER", "ORDER_NUMBER"),
        ("Hi *|FNAME|*, hello", "*|FNAME|*", "FNAME"),
        ("Hi ____, hello", "____", ""),
        ("It is order #### here", "####", ""),
    ],
)
def test_a_placeholder_of_each_system(text: str, piece: str, name: str) -> None:
    parts = [part for part in find_parts(text) if part.kind == "placeholder"]
    assert [(text[p.span.start : p.span.end], p.name) for p in parts] == [(piece, name)]


@pytest.mark.parametrize(
    "text",
    [
        "We took 50% of it off, so 30% remain (see the list).",
        "I can`t and won`t say more.",
        "Size XL or XXL, please.",
        "That was 5 * 3 and then * 4.",
        "It costs < 5 dollars and > 3.",
        "Sent from the shop: a parcel.",
        "You wrote: please stop",
        "I said: yes\nand so did you",
        'Our style is { "a": 1 }',
    ],
)
def test_plain_prose_has_no_parts(text: str) -> None:
    assert find_parts(text) == ()


def test_liquid_tags_are_markup_and_both_branches_stay() -> None:
    text = "{% if ticket.vip %}Hello you{% else %}Hello{% endif %}"
    assert shown(text, "markup") == ["{% if ticket.vip %}", "{% else %}", "{% endif %}"]
    assert masked(text, find_parts(text)).split() == ["Hello", "you", "Hello"]


def test_under_liquid_every_percent_brace_is_a_tag() -> None:
    assert shown("{% custom_tag x %}a", "markup", "liquid") == ["{% custom_tag x %}"]
    assert shown("{% comment %}don't{% endcomment %}a", "markup") == ["{% comment %}don't{% endcomment %}"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/x?y=1.", ["https://a.example/x?y=1"]),
        ("(see www.example.com/a_(b)).", ["www.example.com/a_(b)"]),
        ("Mail us at help+me@shop.example.org, please", ["help+me@shop.example.org"]),
        ("Go to docs.example.com/start now", ["docs.example.com/start"]),
        ("Ask @maria about it", ["@maria"]),
        ("Open https://a.example/{{ ticket.id }}/x now", ["https://a.example/{{ ticket.id }}/x"]),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    assert shown(text, "link") == links


def test_labels_of_links_stay_prose() -> None:
    text = "Read **our** [return page](https://a.example/b) first"
    assert masked(text, find_parts(text)).split() == ["Read", "our", "return", "page", "first"]


def test_handles_that_open_a_line_are_blank() -> None:
    assert masked("@user Sorry about that, @kim", find_parts("@user Sorry about that, @kim")) == (
        "      Sorry about that, Xxxx"
    )


def test_code() -> None:
    text = "Run `npm ci`:\n```\nrm -rf it\n```\nDone"
    assert shown(text, "code") == ["`npm ci`", "```\nrm -rf it\n```"]


ATTRIBUTIONS = [
    "On Tue, 3 Mar 2026 at 10:11, Ana Ruiz <ana@example.org> wrote:",
    "On Tue, 3 Mar 2026 at 10:11, Ana Ruiz\n<ana@example.org> wrote:",
    "Am Di., 3. März 2026 um 10:11 Uhr schrieb Ana <ana@example.org>:",
    "Le mar. 3 mars 2026 à 10:11, Ana <ana@example.org> a écrit :",
    "El mar, 3 mar 2026 a las 10:11, Ana (<ana@example.org>) escribió:",
    "Il giorno mar 3 mar 2026 alle 10:11 Ana <ana@example.org> ha scritto:",
    "Op di 3 mrt 2026 om 10:11 schreef Ana <ana@example.org>:",
    "Em ter., 3 de mar. de 2026 às 10:11, Ana <ana@example.org> escreveu:",
    "Den tis 3 mars 2026 kl 10:11 skrev Ana <ana@example.org>:",
    "W dniu 3.03.2026 o 10:11, Ana pisze, napisał(a):",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
@pytest.mark.parametrize("quote", ["> It broke.\n> Again.\n", "It broke.\nAgain.\n"])
def test_a_quote_takes_its_attribution_along(line: str, quote: str) -> None:
    text = f"We are on it.\n\n{line}\n\n{quote}"
    assert shown(text, "quote") == [f"{line}\n\n{quote}"]


def test_answers_between_quoted_lines_stay() -> None:
    text = "> Why?\nBecause it rained.\n> When?\nOn Monday.\n"
    assert shown(text, "quote") == ["> Why?\n", "> When?\n"]


@pytest.mark.parametrize(
    "head",
    [
        "From: Ana <ana@example.org>\nSent: Tuesday, 3 March 2026\nTo: Help\nSubject: Broken\n",
        "________________________________\nVon: Ana <ana@example.org>\nGesendet: Dienstag\nAn: Hilfe\n",
        "*De :* Ana\n*Envoyé :* mardi 3 mars\n*Objet :* Cassé\n",
        "-----Original Message-----\nFrom: Ana\n",
        "---------- Forwarded message ---------\n",
    ],
)
def test_outlook_blocks_run_to_the_end(head: str) -> None:
    text = f"It is fixed.\n\n{head}\nIt broke.\n"
    assert shown(text, "quote") == [f"{head}\nIt broke.\n"]


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("All done.\n-- \nTara\nSupport", "-- \nTara\nSupport"),
        ("All done.\n\nBest regards,\nTara Okafor\nTeam Lead | Acme", "Best regards,\nTara Okafor\nTeam Lead | Acme"),
        ("All done.\n\nThank you,\n\nThe Acme Team", "Thank you,\n\nThe Acme Team"),
        ("All done.\n\nCheers,\n{{current_user.name}}", "Cheers,\n{{current_user.name}}"),
        ("All done.\nBest, Tara", "Best, Tara"),
        ("All done.\n\nKind regards,\n", "Kind regards,\n"),
        ("All done.\n\nSent from my phone", "Sent from my phone"),
        ("All done. ^AB", "^AB"),
        ("All done. *SR", "*SR"),
        ("All done. -Tara", "-Tara"),
        ("All done.~Olivia", "~Olivia"),
        ("All done! /KD https://a.example/b", "/KD"),
    ],
)
def test_signatures(text: str, signature: str) -> None:
    assert shown(text, "signature") == [signature]


@pytest.mark.parametrize(
    "text",
    [
        "Do this:\n- Save\n- Send",
        "It works.\n\nThanks,\nplease send us the log file when you can.",
        "It works.\n\nThanks for writing in about it.",
        "Best regards are on their way.",
        "It is 5 - Maybe 6",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    assert shown(text, "signature") == []


def test_a_postscript_is_prose() -> None:
    text = "All done.\n\nBest,\nTara\n\nP.S. You should have read the page."
    assert shown(text, "signature") == ["Best,\nTara\n"]


def test_a_signature_ends_before_the_quote() -> None:
    text = "Done.\n\nBest,\nTara\n\nOn 3 Mar 2026, Ana wrote:\n> Broken\n"
    assert shown(text, "signature") == ["Best,\nTara\n\n"]
    assert shown(text, "quote") == ["On 3 Mar 2026, Ana wrote:\n> Broken\n"]


MARKS = """
Hi we can't help @user {{ a.b }} {{c}} {% if x %} {%c.d%} [NAME] <ORDER> <b> </b> ` ``` > -- Best, Tara ^AB
https://a.b/c x@y.example ** _ # ### XXXX On 3 Mar, A wrote: From: Sent: } <!-- --> < 😀 é
"""
LINES = ("\n", "\r\n", "\r", "\n> ", "\n-- \n", "\nOn 3 Mar, A wrote:\n", "\nFrom: a\nSent: b\n", "\nBest,\nTara")
PIECES = st.sampled_from([*MARKS.split(), *LINES])


@given(
    st.one_of(st.lists(st.one_of(PIECES, st.just(" "), st.just("\n")), max_size=30).map("".join), st.text(max_size=200))
)
@settings(max_examples=300, deadline=None)
def test_masking_keeps_length_and_line_ends(text: str) -> None:
    parts = find_parts(text)
    blanked = masked(text, parts)
    assert len(blanked) == len(text)
    assert [char for char in blanked if char in "\r\n"] == [char for char in text if char in "\r\n"]
    assert all(blanked[i] == char for i, char in enumerate(text) if char in "\r\n")
    assert all(one.span.end <= two.span.start for one, two in pairwise(parts))
    assert all(part.span.start < part.span.end for part in parts)


@pytest.mark.parametrize(
    "piece",
    ["{{", "{% ", "<", "[", "<!--", "*a ", "`", "a@", "> ", "On 1\n", "A_", "XX-", "((", "@a ", "-- \n", "Best,\n"],
)
def test_hostile_text_takes_bounded_time(piece: str) -> None:
    import time

    text = piece * (50_000 // len(piece))
    start = time.perf_counter()
    find_parts(text)
    assert time.perf_counter() - start < 3
