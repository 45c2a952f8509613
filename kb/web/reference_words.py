"""The words for what reference records say, and for their fields: resources, instruments and the legislation of countries."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.instrument import Force, Need, Standing, Users
from kb.domain.jurisdiction import DeskRole, Reply
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Cost, ResourceType

REFERENCES: dict[type[StrEnum], Mapping[str, LazyString]] = {
    ResourceType: {
        ResourceType.TRAINING: _l("Training"),
        ResourceType.TOOL: _l("Tool"),
        ResourceType.NETWORK: _l("Network"),
        ResourceType.HOTLINE: _l("Hotline"),
        ResourceType.GUIDANCE: _l("Guidance"),
    },
    Cost: {
        Cost.FREE_FOR_POLICE: _l("Free for police"),
        Cost.PAID: _l("Paid"),
        Cost.UNKNOWN: _l("Cost unknown"),
    },
    ReferenceStatus: {
        ReferenceStatus.CURRENT: _l("Current"),
        ReferenceStatus.RETIRED: _l("Retired"),
    },
    Need: {
        Need.PRESERVE: _l("Preserve data"),
        Need.DISCLOSE: _l("Have data disclosed"),
        Need.SEARCH: _l("Search a place or a device"),
        Need.ARREST: _l("Arrest or hand over a person"),
        Need.IDENTIFY: _l("Find a child or an offender"),
    },
    Users: {
        Users.POLICE: _l("Police"),
        Users.PROSECUTORS: _l("Prosecutors"),
        Users.COURTS: _l("Courts"),
        Users.CENTRAL_AUTHORITY: _l("Central authority"),
    },
    Force: {
        Force.IN_FORCE: _l("In force"),
        Force.NOT_IN_FORCE: _l("Not in force"),
        Force.ARRANGEMENT: _l("Working arrangement"),
        Force.UNKNOWN: _l("Not known whether in force"),
    },
    Standing: {
        Standing.PARTY: _l("Bound, or takes part"),
        Standing.SIGNED: _l("Signed, not bound yet"),
        Standing.NOT_BOUND: _l("Not bound"),
        Standing.UNKNOWN: _l("Unknown"),
    },
    Reply: {
        Reply.YES: _l("Yes"),
        Reply.NO: _l("No"),
        Reply.PARTLY: _l("Partly"),
        Reply.UNKNOWN: _l("Unknown"),
    },
    DeskRole: {
        DeskRole.CENTRAL_AUTHORITY: _l("Central authority"),
        DeskRole.CONTACT_POINT: _l("24/7 contact point"),
        DeskRole.NATIONAL_UNIT: _l("National police unit"),
        DeskRole.HOTLINE: _l("Hotline"),
    },
}

REFERENCE_FIELDS: Mapping[str, LazyString] = {
    "as_of": _l("As of"),
    "type": _l("What it is"),
    "provider": _l("Provider"),
    "provider_type": _l("Kind of provider"),
    "eligible": _l("Who may have it"),
    "languages": _l("Languages in which it is offered"),
    "difficulties": _l("Difficulties that it helps with"),
    "link": _l("Where it is had, or asked for"),
    "force": _l("Is it in force?"),
    "force_note": _l("Since when, or what is missing yet"),
    "needs": _l("What need it serves"),
    "users": _l("Who may use it without asking another authority to"),
    "who_may_ask": _l("Who may ask, and how"),
    "gives": _l("What it gives"),
    "conditions": _l("What else must hold, or need not"),
    "participation_note": _l("What the table leaves open, and where the full list is kept"),
    "provision": _l("Where that is written"),
    "what": _l("What"),
    "limit": _l("How long"),
    "standing": _l("How it stands"),
    "since": _l("Since"),
    "note": _l("Note"),
    "reply": _l("Answer"),
    "role": _l("What for"),
    "name": _l("Name"),
    "url": _l("Address"),
    "source.title": _l("Source"),
    "source.url": _l("Address of the source"),
    "source.as_of": _l("Day of the source"),
}
"""Names of their fields in differences."""
