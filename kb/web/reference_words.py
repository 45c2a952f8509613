"""The words for what reference records say: resources, instruments and the legislation of countries."""

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
