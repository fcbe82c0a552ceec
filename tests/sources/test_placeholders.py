"""Each template fault in exactly the words it marks, and what must not be one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from empathy_lint.model import Channel, Reply
from empathy_lint.offsets import TextMap
from empathy_lint.sources.parts import find_parts, masked
from empathy_lint.sources.placeholders import FAULTS, check_library, check_placeholders
from empathy_lint.sources.systems import SYSTEMS, system


def reply(text: str, channel: Channel = "macro", form: str = "text", syntax: str = "") -> Reply:
    parts = find_parts(text, syntax)
    return Reply(
        text, TextMap.identity(len(text)), text, "x.txt", "1", channel=channel, format=form, syntax=syntax, parts=parts
    )


def faults(text: str, channel: Channel = "macro", form: str = "text", syntax: str = "") -> list[tuple[str, str]]:
    found = list(check_placeholders(reply(text, channel, form, syntax)))
    assert all(fault.rule in FAULTS for fault in found)
    return [(fault.rule, text[fault.span.start : fault.span.end]) for fault in found]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Your order {{order.id is on its way.", "{{order.id is on its way."),
        ("Your order {{order.id} is on its way.", "{{order.id}"),
        ("Your order {order.id}} is on its way.", "{order.id}}"),
        ("Your order order.id}} is on its way.", "order.id}}"),
        ("Your order {{{order.id}} is here.", "{{{order.id}}"),
        ("{% if vip %}We saw it.", "{% if vip %}"),
        ("We saw it.{% endif %}", "{% endif %}"),
        ("{% if a %}{% unless b %}x{% endif %}{% endunless %}", None),
        ("Hello %{name and more", "%{name"),
        ("Hello #{ticket.title and more", "#{ticket.title"),
        ("Hello {!Contact.Name and more", "{!Contact.Name"),
        ("Hello <<Client.Name> and more", "<<Client.Name>"),
    ],
)
def test_unclosed(text: str, piece: str | None) -> None:
    found = faults(text)
    assert {rule for rule, _ in found} == {"unclosed-placeholder"}
    if piece:
        assert [words for _, words in found] == [piece]


@pytest.mark.parametrize(
    ("text", "syntax", "piece"),
    [
        ("About {{ }} now", "", "{{ }}"),
        ("About {{ticket..title}} now", "liquid", "{{ticket..title}}"),
        ("About {{ticket title}} now", "liquid", "{{ticket title}}"),
        ("About {{ticket.title|}} now", "liquid", "{{ticket.title|}}"),
        ("About {{.title}} now", "", "{{.title}}"),
        ("About {{ticket.}} now", "", "{{ticket.}}"),
    ],
)
def test_malformed(text: str, syntax: str, piece: str) -> None:
    assert faults(text, syntax=syntax) == [("malformed-placeholder", piece)]


@pytest.mark.parametrize(
    ("form", "text", "meant"),
    [
        ("zendesk", "About {{ticket.titel}} now", "ticket.title"),
        ("zendesk", "Dear {{ticket.requestor.first_name | default: 'you'}}", "ticket.requester.first_name"),
        ("gorgias", "About {{ticket.customer.first_name}}", "ticket.customer.firstname"),
        ("chatwoot", "About {{contact.firstname}}", "contact.first_name"),
        ("helpscout", "About {%customer.firstname%} now", "customer.firstName"),
        ("discourse", "About %{my_usernam} now", "my_username"),
        ("discourse", "About %{favourite_colour} now", ""),
        ("freescout", "About {%customer.shoeSize%} now", ""),
        ("uvdesk", "About {% ticket.customername %} now", "ticket.customerName"),
        ("zammad", "About #{ticket.customer.firstnam} now", "ticket.customer.firstname"),
    ],
)
def test_unknown_variables(form: str, text: str, meant: str) -> None:
    found = list(check_placeholders(reply(text, form=form)))
    assert [fault.rule for fault in found] == ["unknown-variable"]
    assert found[0].slots.get("suggestion", "") == meant


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "zendesk",
            "About {{ticket.ticket_field_360001}} and {{dc.returns}} and {{ticket.requester.custom_fields.tier}}",
        ),
        ("zendesk", "About {{our.own.thing}}"),
        ("zendesk", "{% assign name = 'x' %}{{name}}"),
        ("text", "About {{ticket.titel}}"),
        ("discourse", "About [Name] and {thing}"),
    ],
)
def test_known_or_not_to_be_known(form: str, text: str) -> None:
    assert faults(text, form=form) == []


def test_an_account_has_variables_of_its_own() -> None:
    text = "About {%customer.shoeSize%}"
    assert list(check_placeholders(reply(text, form="freescout"), known=("customer.shoe*",))) == []


@pytest.mark.parametrize(
    ("text", "form", "piece"),
    [
        ("Hi {{ticket.requester.first_name}},\nThe lamp is here.", "zendesk", "Hi {{ticket.requester.first_name}}"),
        ("Hello {{user.name}}!", "intercom", "Hello {{user.name}}"),
        ("Dear {%customer.firstName%},", "helpscout", "Dear {%customer.firstName%}"),
        ("Hi ,\nThe lamp is here.", "text", "Hi ,"),
        ("Dear  , the lamp is here.", "text", "Dear  ,"),
    ],
)
def test_empty_greetings(text: str, form: str, piece: str) -> None:
    assert faults(text, form=form) == [("empty-greeting", piece)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Hi {{ticket.requester.first_name | default: 'there'}},", "zendesk"),
        ('Hi {{user.name|fallback:"there"}},', "intercom"),
        ("Hi {%customer.firstName,fallback=there%},", "helpscout"),
        ("{% if user.name %}Hi {{user.name}}{% else %}Hi{% endif %},", "text"),
        ("Hi #{ticket.customer.firstname},", "zammad"),
        ("Hi %{name},", "text"),
        ("Hi [Name],", "text"),
        ("Hi, the lamp is here.", "text"),
        ("Hi!", "text"),
    ],
)
def test_greetings_that_hold(text: str, form: str) -> None:
    assert faults(text, form=form) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Dear [NAME], the lamp is here.", "[NAME]"),
        ("Dear [Customer Name], the lamp is here.", "[Customer Name]"),
        ("It comes on [insert date here].", "[insert date here]"),
        ("Your order XXXXX is here.", "XXXXX"),
        ("Call us on XXX-XXX-XXXX today.", "XXX-XXX-XXXX"),
        ("Your order <ORDER> is here.", "<ORDER>"),
        ("Your order <ORDER_NUMBER> is here.", "<ORDER_NUMBER>"),
        ("Your order ORDER_NUMBER is here.", "ORDER_NUMBER"),
        ("I saw {{ticket.title}} today.", "{{ticket.title}}"),
        ("I saw {order number} today.", "{order number}"),
        ("I saw #{ticket.title} today.", "#{ticket.title}"),
        ("I saw %customer_name% today.", "%customer_name%"),
    ],
)
def test_a_draft_must_be_filled_in(text: str, piece: str) -> None:
    assert faults(text, "email") == [("leftover-fill-in", piece)]
    assert faults(text, "chat") == [("leftover-fill-in", piece)]
    assert faults(text, "macro") == []


@pytest.mark.parametrize(
    "text",
    [
        "Open C:\\Users\\<USERNAME>\\mail and look.",
        "Send it to <NAME>@example.org, with your own name.",
        "Go to %APPDATA% and look at {profile}.",
        "Run `echo {{name}}` in a shell.",
        "Choose [Gmail] and then [shrug].",
        "We had XXL and XX left, xx.",
        "Set ERR_CONNECTION_RESET aside.",
        "Hello there.\n\nOn 3 Mar 2026, Ana wrote:\n> Hi {{name}}, why [NAME]?\n",
        'The settings are { "a": {"b": 1}}',
        "body { color: red } p {margin:0}",
    ],
)
def test_what_a_draft_may_say(text: str) -> None:
    assert faults(text, "email") == []


def test_one_reply_with_and_without_a_fallback() -> None:
    text = "Hi {{user.name | default: 'there'}}, bye {{user.name}}."
    assert faults(text) == [("mixed-fallback", "{{user.name}}")]


def test_a_library_with_and_without_a_fallback() -> None:
    one, two = reply("Hi {{user.name | default: 'there'}},"), reply("Bye {{user.name}}.")
    found = list(check_library([one, two, reply("{{other}}")]))
    assert [(who, fault.rule, fault.span) for who, fault in found] == [(two, "mixed-fallback", (4, 17))]


def test_twins_that_drift() -> None:
    html = replace(reply("The lamp is here."), route="macros[0].actions[0].value")
    plain = replace(reply("The lamp was here."), route="macros[0].actions[1].value")
    other = replace(reply("Another"), route="macros[1].actions[0].value")
    assert [(who, fault.rule) for who, fault in check_library([html, plain, other])] == [(plain, "html-plain-drift")]


def test_both_branches_are_the_agents_words() -> None:
    text = "{% if ticket.vip %}You must pay.{% else %}You have to pay.{% endif %}"
    assert masked(text, find_parts(text)).split() == "You must pay. You have to pay.".split()  # noqa: SIM905


def test_the_table_of_systems() -> None:
    assert len({one.name for one in SYSTEMS}) == len(SYSTEMS)
    assert system("zendesk", "liquid") is not system("json", "liquid")
    assert all(one.mistaken(name) is None for one in SYSTEMS for name in one.known)
