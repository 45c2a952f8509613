"""Entries to put into a catalogue, and viewers to ask it."""

from __future__ import annotations

import datetime as dt

from kb.domain.account import Account, Role
from kb.domain.entry import Entry, entry_of
from kb.domain.marking import (
    Organisation,
    Viewer,
)
from kb.domain.ports import Catalogue, Change
from kb.domain.revision import KIND_OF, Body, Header, Revision
from kb.domain.workflow import Action
from tests.fakes.clock import NOON
from tests.samples import BRUSSELS, VIENNA

DAY = dt.timedelta(days=1)


def entry(
    identifier: str,
    body: Body,
    *,
    revision: int = 1,
    saved_at: dt.datetime = NOON,
    created_at: dt.datetime = NOON,
) -> Entry:
    header = Header(
        kind=KIND_OF[type(body)],
        id=identifier,
        revision=revision,
        previous=None,
        digest=f"{revision:064x}",
        saved_at=saved_at,
        saved_by="anna",
        action=Action.EDIT,
    )
    made = entry_of(Revision(header=header, body=body), created_at)
    assert made
    return made


def put(catalogue: Catalogue, *entries: Entry) -> None:
    catalogue.apply([Change(ref=each.ref, entry=each) for each in entries])


def officer(identifier: str, organisation: Organisation, *roles: Role) -> Viewer:
    return Account(
        id=identifier,
        email="",
        name=identifier,
        organisation=organisation,
        roles=frozenset(roles or {Role.INVESTIGATOR}),
    ).viewer


ANNA = officer("anna", VIENNA)
BEN = officer("ben", BRUSSELS)
CARLA = officer("carla", BRUSSELS, Role.COORDINATOR)


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [each.id for each in entries]
