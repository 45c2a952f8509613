"""What is new in the searches that an officer follows: exactly what opening the list shows."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import Account
from kb.domain.errors import SearchUnavailable
from kb.domain.marking import Audience, Marking
from kb.domain.query import Filter, IndexState, SearchRequest
from kb.domain.record import Origin
from kb.domain.unit import Facet
from kb.services.saved_searches import Followed
from tests.services.reading_desk import ReadingDesk

STRICT = Audience(marking=Marking.AMBER_STRICT)


@pytest.fixture
def desk() -> ReadingDesk:
    return ReadingDesk()


def new_of(desk: ReadingDesk, actor: Account) -> list[int | None]:
    return [each.new for each in desk.saved.list(actor).searches]


def shown(desk: ReadingDesk, identifier: str, page: int = 1) -> list[str]:
    found = desk.saved.show_new(desk.anna, identifier, page).found
    return [hit.id for hit in found.hits] if found else []


def test_what_stood_there_when_a_search_was_saved_is_not_new(desk: ReadingDesk) -> None:
    desk.publish("before")

    saved = desk.follow()

    assert new_of(desk, desk.anna) == [0]
    assert desk.saved.show_new(desk.anna, saved.id).found is None


def test_what_was_published_or_changed_since_is_new_as_many_as_are_shown(desk: ReadingDesk) -> None:
    desk.publish("before")
    desk.publish("changed")
    saved = desk.follow()
    desk.publish("changed", title="Changed")
    desk.publish("new")

    ids = shown(desk, saved.id)

    assert sorted(ids) == ["changed/preserve", "new/preserve"]
    assert new_of(desk, desk.anna) == [2]
    assert desk.saved.list(desk.anna).new == 2


def test_what_changed_but_does_not_match_is_not_new(desk: ReadingDesk) -> None:
    saved = desk.follow("zebra")
    desk.publish("new")

    assert new_of(desk, desk.anna) == [0]
    assert shown(desk, saved.id) == []


def test_each_search_counts_from_when_it_was_seen_itself(desk: ReadingDesk) -> None:
    desk.follow("preservation")
    desk.publish("one")
    desk.follow("template")
    desk.publish("two")

    by_words = {each.saved.request.text: each.new for each in desk.saved.list(desk.anna).searches}

    assert by_words == {"preservation": 2, "template": 1}


def test_new_results_come_in_pages_under_everything_else_that_was_asked(desk: ReadingDesk) -> None:
    country = Filter(facet=Facet.COUNTRY, values=frozenset({"MT"}))
    saved = desk.follow("", filters=(country,), scope="cases", sort="oldest")
    for number in range(21):
        desk.publish(f"c{number:02}", lead_country="MT")
    desk.publish("elsewhere", lead_country="FR")

    assert len(shown(desk, saved.id)) == 20
    assert len(shown(desk, saved.id, page=2)) == 1
    assert new_of(desk, desk.anna) == [21]


def test_a_search_in_some_cases_alone_stays_among_them(desk: ReadingDesk) -> None:
    saved = desk.follow(cases={"one"})
    desk.publish("two")
    assert (new_of(desk, desk.anna), shown(desk, saved.id)) == ([0], [])

    desk.publish("one")
    assert shown(desk, saved.id) == ["one/preserve"]


def test_what_one_may_not_read_is_not_new(desk: ReadingDesk) -> None:
    """Dora follows the same search in Brussels; the same day brings one case for all and one for Vienna alone."""
    desk.follow()
    desk.saved.save(desk.dora, SearchRequest(text="preservation"))
    desk.publish("open")
    desk.publish("narrow", audience=STRICT)

    assert (new_of(desk, desk.anna), new_of(desk, desk.dora)) == ([2], [1])


def test_what_is_narrowed_or_retired_leaves_the_count_and_what_is_widened_comes(desk: ReadingDesk) -> None:
    desk.publish("opens", audience=STRICT)
    desk.clock.tick()
    desk.saved.save(desk.dora, SearchRequest(text="preservation"))
    desk.publish("narrows")
    desk.publish("retires")
    assert new_of(desk, desk.dora) == [2]

    desk.publish("narrows", audience=STRICT)
    desk.publish("retires", status="retired", status_reason="Outdated")
    desk.publish("opens")

    (following,) = desk.saved.list(desk.dora).searches
    found = desk.saved.show_new(desk.dora, following.saved.id).found
    assert following.new == 1
    assert found
    assert [hit.case for hit in found.hits] == ["opens"]


def test_what_was_seen_is_no_longer_new_and_what_came_while_reading_is(desk: ReadingDesk) -> None:
    saved = desk.follow()
    desk.publish("one")
    desk.clock.tick()
    read = desk.saved.show_new(desk.anna, saved.id)
    desk.publish("meanwhile")

    desk.saved.see(desk.anna, saved.id, read.until)

    assert shown(desk, saved.id) == ["meanwhile/preserve"]


def test_what_is_seen_without_a_moment_is_seen_now_and_nobody_sees_the_future(desk: ReadingDesk) -> None:
    saved = desk.follow()
    desk.publish("one")
    desk.clock.tick()
    desk.saved.see(desk.anna, saved.id)
    assert new_of(desk, desk.anna) == [0]

    desk.saved.see(desk.anna, saved.id, desk.clock.now() + dt.timedelta(days=1))
    desk.publish("two")
    assert new_of(desk, desk.anna) == [1]


def test_what_comes_in_the_second_of_looking_is_told_again_rather_than_never(desk: ReadingDesk) -> None:
    saved = desk.follow()
    read = desk.saved.show_new(desk.anna, saved.id)
    desk.clock.time -= dt.timedelta(
        minutes=1
    )  # publishing ticks: the case is saved in the very second of the list
    desk.publish("same-second")

    desk.saved.see(desk.anna, saved.id, read.until)

    assert shown(desk, saved.id) == ["same-second/preserve"]


def test_made_up_examples_among_what_is_new_are_told(desk: ReadingDesk) -> None:
    desk.follow()
    desk.publish("reported")
    assert not desk.saved.list(desk.anna).illustrative

    desk.publish("example", origin=Origin.ILLUSTRATIVE)

    following = desk.saved.list(desk.anna)
    assert following.illustrative
    assert following.new == 2


@pytest.mark.parametrize(
    ("origins", "told"),
    [({"illustrative"}, True), ({"reported", "illustrative"}, True), ({"reported"}, False)],
)
def test_a_search_that_leaves_examples_out_counts_none(
    desk: ReadingDesk, origins: set[str], told: bool
) -> None:
    stage = Filter(facet=Facet.LANGUAGE, values=frozenset({"en"}))
    desk.follow(filters=(stage, Filter(facet=Facet.ORIGIN, values=frozenset(origins))))
    desk.publish("example", origin=Origin.ILLUSTRATIVE)
    desk.publish("reported")

    following = desk.saved.list(desk.anna)

    assert (following.new, following.illustrative) == (len(origins), told)


def test_while_search_is_rebuilt_no_count_is_known_but_that_nothing_changed(desk: ReadingDesk) -> None:
    saved = desk.follow()
    desk.publish("one")
    desk.follow("template")
    desk.engine.state = IndexState.REBUILDING

    following = desk.saved.list(desk.anna)

    assert {each.saved.request.text: each.new for each in following.searches} == {
        "preservation": None,
        "template": 0,
    }
    assert (following.new, following.search_works) == (0, False)
    with pytest.raises(SearchUnavailable):
        desk.saved.show_new(desk.anna, saved.id)


def test_who_follows_nothing_costs_nothing(desk: ReadingDesk) -> None:
    desk.engine.state = IndexState.MISSING

    following = desk.saved.list(desk.anna)

    assert (following.searches, following.new, following.search_works) == ((), 0, True)
    assert not following.illustrative


def test_a_search_that_nobody_counted_has_nothing_new(desk: ReadingDesk) -> None:
    assert Followed(saved=desk.follow()).new == 0
