from __future__ import annotations

import pytest

from kb.domain.errors import NotFollowed, StaleRevision
from kb.domain.text import LINE_LENGTH
from kb.domain.workflow import Action
from tests.samples import a_case, case_ref
from tests.services.office import Office


def test_a_save_bears_the_actor_the_time_and_a_note_of_one_line() -> None:
    office = Office()
    saved = office.saving.save(office.anna, case_ref(), 1, a_case(), action=Action.IMPORT, note="x" * 999)
    assert saved.header.saved_by == "anna"
    assert saved.header.saved_at == office.clock.now()
    assert len(office.store.current(case_ref()).note) == LINE_LENGTH
    assert office.catalogue.manifest() == {case_ref(): 1}


def test_the_second_of_two_saves_of_one_number_is_stale() -> None:
    office = Office()
    office.saving.save(office.anna, case_ref(), 1, a_case(), action=Action.IMPORT)
    with pytest.raises(StaleRevision):
        office.saving.save(office.bert, case_ref(), 1, a_case(title="Mine"), action=Action.IMPORT)


@pytest.mark.parametrize("action", [Action.NARROW, Action.RETIRE, Action.SUPERSEDE])
def test_what_takes_away_is_done_only_when_nothing_derived_shows_it(action: Action) -> None:
    office = Office()
    office.saving.save(office.anna, case_ref(), 1, a_case(), action=Action.IMPORT)
    office.saving.save(office.anna, case_ref(), 2, a_case(title="Two"), action=action)
    assert office.store.markers() == ()
    office.lock.held = True
    with pytest.raises(NotFollowed):
        office.saving.save(office.anna, case_ref(), 3, a_case(title="Three"), action=action)
    assert office.store.current(case_ref()).number == 3


def test_another_save_stands_at_once_while_somebody_else_drains() -> None:
    office = Office()
    office.lock.held = True
    office.saving.save(office.anna, case_ref(), 1, a_case(), action=Action.IMPORT)
    assert len(office.store.markers()) == 1
