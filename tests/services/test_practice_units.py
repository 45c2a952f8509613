"""Search finds a practice for exactly those who read its page, whatever becomes of it and of what it rests on."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.errors import Forbidden, NotFollowed, NotFound
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState, Scope, SearchQuery, SearchRequest
from kb.services.searching import Searching
from tests.services.office import Office
from tests.services.register import endorsed, words

STRICT = Audience(marking=Marking.AMBER_STRICT)
EVERYBODY = {"anna", "bert", "carla", "cyril", "dora", "nora"}


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


def people(office: Office) -> tuple[Account, ...]:
    return (office.anna, office.bert, office.carla, office.cyril, office.dora, office.nora)


def found_by(office: Office, practice: str, scope: Scope = Scope.REGISTER) -> set[str]:
    """Give who finds it, having seen that just these read its page."""
    finding = set()
    for each in people(office):
        query = SearchQuery(viewer=each.viewer, scope=scope)
        found = f"practice:{practice}" in {hit.id for hit in office.engine.search(query).hits}
        assert found == reads(office, each, practice)
        finding |= {each.id} if found else set()
    return finding


def reads(office: Office, account: Account, practice: str) -> bool:
    try:
        office.practices.get(account, practice)
    except (NotFound, Forbidden):
        return False
    return True


def test_before_it_is_endorsed_its_writers_and_the_coordinators_of_its_audience_find_it(
    office: Office,
) -> None:
    view = office.practice_acts.propose(office.anna, words())
    assert found_by(office, view.id) == {"anna", "carla", "cyril"}
    office.practice_acts.endorse(office.carla, view.id, view.revision)
    assert found_by(office, view.id) == found_by(office, view.id, Scope.ALL) == EVERYBODY


def test_whom_it_is_taken_from_finds_it_no_more_when_that_is_called_done(office: Office) -> None:
    view = endorsed(office)
    office.practice_acts.remark(office.anna, view.id, view.revision, STRICT, "Careful")
    assert found_by(office, view.id) == {"anna", "bert", "cyril"}


def test_narrowing_it_is_not_done_while_search_cannot_follow(office: Office) -> None:
    view = endorsed(office)
    office.engine.state = IndexState.MISSING
    with pytest.raises(NotFollowed):
        office.practice_acts.remark(office.anna, view.id, view.revision, STRICT, "Careful")


def test_a_lesson_that_is_narrowed_takes_its_words_from_search_and_leaves_the_practice_its_own(
    office: Office,
) -> None:
    """Its words were lawfully read (ADR 17): the page stays, and so does what search finds, which holds nothing of the lesson."""
    view = endorsed(office)
    office.case_acts.remark(office.anna, "seven", STRICT, "Careful")
    assert found_by(office, view.id) == EVERYBODY
    hits = office.engine.search(SearchQuery(viewer=office.dora.viewer)).hits
    assert [hit.id for hit in hits] == [f"practice:{view.id}"]
    line = office.practices.line(office.dora, view.id)
    assert line is not None
    assert (line.practice.rests_on, line.weighed.evidence.strength) == ((), None)
    assert office.practices.line(office.anna, "nothing") is None


def test_a_retired_one_is_read_by_its_address_and_found_no_more(office: Office) -> None:
    view = endorsed(office)
    retired = office.practice_acts.retire(office.carla, view.id, view.revision, "Old")
    searching = Searching(office.searcher, office.vocabularies)
    assert searching.search(office.anna, SearchRequest(scope=Scope.REGISTER)).total == 0
    assert reads(office, office.dora, view.id)
    office.practice_acts.reinstate(office.carla, view.id, retired.revision, "Good again")
    assert found_by(office, view.id) == EVERYBODY
