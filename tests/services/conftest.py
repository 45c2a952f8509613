"""The installations in memory that services are tried in; a module that needs another one says so itself."""

from __future__ import annotations

import pytest

from kb.domain.account import Account, Role
from kb.domain.concept import Concept, Labels, Scheme
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import put
from tests.services.hall import Hall
from tests.services.import_desk import Table
from tests.services.office import Office
from tests.services.people import People


@pytest.fixture
def store() -> FaultyEntryStore:
    return FaultyEntryStore()


@pytest.fixture
def world(store: FaultyEntryStore) -> World:
    return World(store)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def hall(office: Office) -> Hall:
    return Hall(office)


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def anna(people: People) -> Account:
    return people.add("anna", Role.INVESTIGATOR)


@pytest.fixture
def table() -> Table:
    table = Table()
    for scheme, key in (
        (Scheme.DIFFICULTY, "retention-expired"),
        (Scheme.STAGE, "attribution"),
        (Scheme.TAG, "known"),
    ):
        label = key.replace("-", " ").capitalize()
        concept = Concept(scheme=scheme, key=key, labels=(Labels(language="en", preferred=label),))
        put(table.world.store, concept.id, concept)
    table.world.drain.run()
    return table


@pytest.fixture
def admin(people: People) -> Account:
    return people.add("admin", Role.ADMINISTRATOR)
