from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState, Scope, SearchQuery
from kb.domain.unit import Facet
from kb.services.home import MOST
from tests.services.office import Office


def test_it_tells_each_reader_what_they_could_find(office: Office) -> None:
    office.publish("one", title="One", audience=Audience(marking=Marking.AMBER_STRICT))
    office.publish("two", title="Two")
    anna, dora = office.home.view(office.anna), office.home.view(office.dora)
    assert [(each.value, each.count) for each in anna.difficulties] == [("retention-expired", 2)]
    assert [(each.value, each.count) for each in dora.difficulties] == [("retention-expired", 1)]
    query = SearchQuery(viewer=office.dora.viewer, scope=Scope.DIFFICULTIES)
    assert office.engine.search(query).counts(Facet.DIFFICULTY) == dora.difficulties
    assert ([entry.title for entry in anna.newest], anna.cases) == (["Two", "One"], 2)
    assert ([entry.title for entry in dora.newest], dora.cases) == (["Two"], 1)


def test_it_shows_the_newest_few_and_counts_all(office: Office) -> None:
    for number in range(MOST + 1):
        office.publish(f"case-{number}")
    view = office.home.view(office.anna)
    assert (len(view.newest), view.cases) == (MOST, MOST + 1)


def test_it_shows_what_awaits_the_reader(office: Office) -> None:
    office.draft(title="A draft")
    sent_back = office.in_review(title="Sent back")
    office.reviews.request_changes(office.carla, sent_back.id, sent_back.revision, "More.")
    office.submitted(title="Waiting")
    anna = office.home.view(office.anna)
    assert {entry.title for entry in anna.writing} == {"A draft", "Sent back"}
    assert anna.waiting == 0
    carla = office.home.view(office.carla)
    assert (carla.writing, carla.waiting) == ((), 1)


def test_search_being_rebuilt_empties_its_part_alone(office: Office) -> None:
    office.publish()
    office.engine.state = IndexState.REBUILDING
    view = office.home.view(office.anna)
    assert (view.search_works, view.difficulties, view.cases) == (False, (), 1)
    office.engine.state = IndexState.READY
    assert office.home.view(office.anna).search_works


def test_an_administrator_reads_nothing_there(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.home.view(office.otto)
