"""Changing an audience: who may ask, what may come of it, and when it is done."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.errors import Forbidden, Invalid, NotFollowed
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.workflow import Action
from tests.samples import case_ref
from tests.services.office import Office

NAMED = Audience(marking=Marking.RED, persons=("anna", "carla"))


@pytest.fixture
def office() -> Office:
    return Office()


def test_who_may_not_change_a_marking_cannot_guess_what_is_withheld_of_it(office: Office) -> None:
    audience = Audience(marking=Marking.AMBER, countries=("BE", "FR"), chatham_house=True)
    office.publish(audience=audience)
    for guess in (audience, audience.model_copy(update={"countries": ("BE",)})):
        with pytest.raises(Forbidden):
            office.cases.remark(office.dora, "seven", guess, "A guess.")


@pytest.mark.parametrize("persons", [(), ("carla",), ("nobody",)])
def test_red_names_one_of_the_owners_or_nobody_could_change_it_again(
    office: Office, persons: tuple[str, ...]
) -> None:
    office.publish()
    with pytest.raises(Invalid) as refused:
        office.cases.remark(office.anna, "seven", Audience(marking=Marking.RED, persons=persons), "Careful.")
    assert [field for field, _ in refused.value.problems] == ["persons"]
    assert office.cases.remark(office.anna, "seven", NAMED, "Careful.").case.audience == NAMED


def test_naming_persons_after_everybody_is_narrowing(office: Office) -> None:
    office.publish()
    office.cases.remark(office.anna, "seven", NAMED, "Careful.")
    assert office.store.current(case_ref()).header.action is Action.NARROW


def test_a_change_that_lets_one_country_in_and_another_out_is_done_only_when_search_has_followed(
    office: Office,
) -> None:
    office.publish(audience=Audience(marking=Marking.AMBER, countries=("BE",)))
    office.engine.state = IndexState.MISSING
    with pytest.raises(NotFollowed):
        office.cases.remark(
            office.anna, "seven", Audience(marking=Marking.AMBER, countries=("FR",)), "France instead."
        )
    assert office.store.current(case_ref()).header.action is Action.WIDEN


def test_a_case_points_at_no_successor_that_its_reader_may_not_see(office: Office) -> None:
    office.publish("eight", audience=Audience(marking=Marking.AMBER))
    office.publish(status=CaseStatus.SUPERSEDED, status_reason="Told better.", superseded_by="eight")
    assert office.cases.get(office.dora, "seven").case.superseded_by is None
    assert office.cases.get(office.bert, "seven").case.superseded_by == "eight"
