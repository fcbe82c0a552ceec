"""The placeholder systems of the helpdesks: what a variable looks like, which are known, how to fall back.

Sources: each product's public documentation of its macros or saved replies. A `*` stands for anything. A
list is `complete` only where the product's code names every variable; elsewhere an unlisted name is a
mistake only when it is nearly a listed one, for accounts have fields of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cached_property

# How alike (difflib's ratio) an unlisted name must be to a listed one to be taken for a slip.
ALIKE = 0.86


@dataclass(frozen=True)
class System:
    """One helpdesk. `fallback` is how a missing value is caught, empty where the system has no way to."""

    name: str
    syntax: str
    fallback: str = ""
    variables: str = ""
    complete: bool = False

    @cached_property
    def known(self) -> tuple[str, ...]:
        return tuple(name for line in self.variables.splitlines() for name in _spread(line))

    def mistaken(self, name: str, more: Collection[str] = ()) -> str | None:
        """None for a name that may stand; else the listed name that was meant, or an empty string."""
        known = (*self.known, *more)
        if not known or any(fnmatchcase(name, pattern) for pattern in known):
            return None
        plain = [pattern for pattern in known if "*" not in pattern]
        close = get_close_matches(name.lower(), [pattern.lower() for pattern in plain], 1, ALIKE)
        if close:
            return next(pattern for pattern in plain if pattern.lower() == close[0])
        return "" if self.complete else None


def _spread(line: str) -> list[str]:
    """`contact: name email` → contact.name, contact.email; a line without a colon lists whole names."""
    root, colon, names = line.partition(":")
    return [f"{root.strip()}.{name}" for name in names.split()] if colon else line.split()


_PERSON = (
    "name first_name last_name email language phone external_id details notes locale time_zone role id tags signature"
)

_ZENDESK = f"""
ticket: title description verbatim_description url link id external_id via status priority ticket_type score account
ticket: tags due_date due_date_with_timestamp created_at created_at_with_timestamp updated_at updated_at_with_timestamp
ticket: ccs cc_names comments public_comments latest_comment latest_public_comment in_business_hours encoded_id
ticket: comments_formatted public_comments_formatted latest_comment_* latest_public_comment_* ticket_field_* custom_*
ticket: current_holiday_name group.name brand.name brand.subdomain organization.* form_name custom_status.*
ticket.requester: {_PERSON} signature organization.* custom_fields.* extended_role
ticket.assignee: {_PERSON} signature organization.* custom_fields.* extended_role
ticket.submitter: {_PERSON} signature organization.* custom_fields.* extended_role
current_user: {_PERSON} signature organization.* custom_fields.* extended_role
agent: {_PERSON} signature
satisfaction: rating_section rating_url positive_rating_url negative_rating_url current_rating current_comment
dc.*
"""
_GORGIAS = """
ticket: id subject created_datetime link customer.integrations.*
ticket.customer: name firstname lastname full_name email phone_number note
current_user: name firstname lastname full_name email bio
"""
_CHATWOOT = """
contact: name email phone_number first_name last_name id custom_attribute.*
agent: name first_name last_name email available_name
conversation: id display_id contact_name recent_messages custom_attribute.*
inbox: id name
account.name
"""
_INTERCOM = """
user: name first_name last_name email phone id user_id signed_up_at city_name country_name
company: name id plan_name
author: name first_name email
teammate: name first_name email
"""
_HELPSCOUT = """
customer: fullName firstName lastName email company
user: fullName firstName lastName phone email jobTitle
mailbox: name email
conversation.number
subject
"""
_FREESCOUT = """
subject conversation.number
customer: email fullName firstName lastName company
mailbox: email name fromName
user: fullName firstName lastName phone email jobTitle photoUrl
"""
_DISCOURSE = """
my_username my_name original_poster_username original_poster_name reply_to_username reply_to_name last_poster_username
last_poster_name reply_to_or_last_poster_username reply_to_or_last_poster_name
"""
_ZAMMAD = """
ticket: id number title state.name priority.name group.name created_at updated_at escalation_at
ticket.customer: firstname lastname fullname email phone mobile login organization.name
ticket.owner: firstname lastname fullname email phone
ticket.organization.name
user: firstname lastname fullname email phone
article: from to subject body
config: fqdn http_type product_name organization ticket_hook
"""
_OSTICKET = """
ticket: id number email name name.first name.last name.full name.short subject phone status staff team dept topic
ticket: priority staff.name staff.name.first team.name dept.name sla due_date close_date create_date client_link
ticket: staff_link auth_token
staff: name name.first email
url signature response message comments recipient recipient.name recipient.ticket_link company.name
"""

_LIQUID_FALLBACK = "| default:"
SYSTEMS: tuple[System, ...] = (
    System("zendesk", "liquid", _LIQUID_FALLBACK, _ZENDESK),
    System("gorgias", "liquid", _LIQUID_FALLBACK, _GORGIAS),
    System("chatwoot", "liquid", _LIQUID_FALLBACK, _CHATWOOT),
    System("freshdesk", "freshdesk", _LIQUID_FALLBACK),
    System("front", "front"),
    System("intercom", "intercom", "|fallback:", _INTERCOM),
    System("helpscout", "helpscout", ",fallback=", _HELPSCOUT),
    System("freescout", "freescout", ",fallback=", _FREESCOUT, complete=True),
    System("discourse", "discourse", ",fallback:", _DISCOURSE, complete=True),
    System("zammad", "zammad", "", _ZAMMAD),
    System("osticket", "osticket", "", _OSTICKET),
    System("uvdesk", "uvdesk", "", "ticket: id subject message customerName customerEmail agentName agentEmail status"),
    System("salesforce", "salesforce"),
    System("rt", "rt"),
    System("liquid", "liquid", _LIQUID_FALLBACK),
)
_BY_NAME = {system.name: system for system in SYSTEMS}


def system(form: str, syntax: str) -> System | None:
    """The system of a reply: by the export it comes from, else by its placeholder syntax, if either tells."""
    return _BY_NAME.get(form) or _BY_NAME.get(syntax)
