from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden
from tests.services.office import Office


def test_coordinators_are_offered_by_name_but_not_the_actor_themselves() -> None:
    office = Office()
    assert [person.name for person in office.persons.nameable(office.anna)] == ["Carla", "Cyril"]
    assert [person.name for person in office.persons.nameable(office.carla)] == ["Cyril"]


def test_who_is_named_already_is_offered_too_with_their_organisation_if_any() -> None:
    office = Office()
    found = office.persons.nameable(office.anna, also=["bert", "nora", "otto", "nobody"])
    assert [(person.id, person.organisation, person.coordinator) for person in found] == [
        ("bert", "Example unit, Austria", False),
        ("carla", "Example unit, Belgium", True),
        ("cyril", "Example unit, Austria", True),
        ("nora", "", False),
    ]


def test_an_address_finds_officers_alone() -> None:
    office = Office()
    office.people.set_standing(office.dora.model_copy(update={"active": False}))
    asked = ["Bert@example.org", "otto@example.org", "dora@example.org", "nobody@example.org"]
    assert office.persons.by_address(office.anna, asked) == {"Bert@example.org": "bert"}


def test_an_administrator_names_nobody() -> None:
    office = Office()
    with pytest.raises(Forbidden):
        office.persons.nameable(office.otto)
    with pytest.raises(Forbidden):
        office.persons.by_address(office.otto, [])
