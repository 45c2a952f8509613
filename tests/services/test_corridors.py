"""The corridors: whose reports count for whom, what stands beside them, and that every number is one of a search."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.concept import Scheme
from kb.domain.corridor import Corridor, Near
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.instrument import Need, Participation, Requirement
from kb.domain.jurisdiction import Answer, Reply
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, GoodPractice, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.open_channel import Between
from kb.domain.query import Filter, IndexState, Scope, SearchRequest
from kb.domain.unit import Facet
from kb.services.corridors import Corridors
from kb.services.insights import Insights
from kb.services.searching import Searching
from tests.services.library import SOURCE, Library, a_law, an_instrument

AT_DE = Corridor("AT", "DE")
STRICT = Audience(marking=Marking.AMBER_STRICT)
QUIET = Audience(chatham_house=True)


def issue(start: str = "AT", *ends: str, **fields: object) -> CrossBorderIssue:
    sound = {"key": "b1", "title": "At the border", "text": "It took long.", "channels": ("budapest-29",)}
    return CrossBorderIssue.model_validate(
        {**sound, "from_country": start, "to_countries": ends or ("DE",), **fields}
    )


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def corridors(library: Library) -> Corridors:
    searching = Searching(library.searcher, library.vocabularies)
    return Corridors(
        Insights(library.searcher, library.vocabularies), searching, library.references, library.clock
    )


def test_the_table_counts_what_the_actor_may_see_and_know(library: Library, corridors: Corridors) -> None:
    library.publish("one", lessons=(issue("AT", "DE", "FR"),))
    library.publish("two", lessons=(issue("FR"),), audience=STRICT)
    library.publish("three", lessons=(issue("IT"),), audience=QUIET, origin="illustrative")
    view = corridors.table(library.dora)
    assert view.table.cells == {("AT", "DE"): 1, ("AT", "FR"): 1}
    assert (view.table.rows, view.table.columns) == ({"AT": 1}, {"DE": 1, "FR": 1})
    assert (view.table.total, view.table.unstated, view.table.illustrative) == (2, 1, True)
    own = corridors.table(library.anna)
    assert own.table.rows == {"AT": 1, "FR": 1, "IT": 1}
    assert (view.marking, own.marking) == (Marking.GREEN, Marking.AMBER_STRICT)


def test_the_table_is_narrowed_and_says_by_what_it_could_be(library: Library, corridors: Corridors) -> None:
    library.publish("one", lessons=(issue(),), period={"start": "2025-03"}, phenomena=("grooming",))
    library.publish("two", lessons=(issue("FR", channels=("eio",)),), period={"start": "2024"})
    year = Filter(facet=Facet.YEAR, values=frozenset({"2025"}))
    view = corridors.table(library.dora, (year,))
    assert view.table.cells == {AT_DE: 1}
    assert view.choices == {
        Facet.YEAR: ("2024", "2025"),
        Facet.PHENOMENON: ("grooming",),
        Facet.CHANNEL: ("budapest-29", "eio"),
    }


def test_a_pair_is_told_both_ways_with_what_helped_and_what_did_not(
    library: Library, corridors: Corridors
) -> None:
    worked = Solution(key="s1", title="By telephone", text="First.", outcome=Outcome.WORKED)
    failed = Solution(key="s2", title="By letter", text="Late.", outcome=Outcome.FAILED)
    practice = GoodPractice(key="p1", title="Call first", text="Always.")
    resolved = issue(outcome=BorderOutcome.RESOLVED, elapsed_days=12, obstacles=("volume-backlog",))
    library.publish("one", lessons=(resolved, worked, failed, practice))
    library.publish("two", lessons=(issue("DE", "AT", channels=("eio",)),), origin="illustrative")
    library.publish("far", lessons=(issue("ES"), worked))
    view = corridors.pair(library.dora, AT_DE)
    there, back = view.directions
    assert (there.corridor, there.summary.reports, there.summary.elapsed.days) == (AT_DE, 1, (12,))
    assert there.summary.outcomes == {"resolved": 1}
    assert (list(there.channels), list(there.obstacles)) == (["budapest-29"], ["volume-backlog"])
    assert [hit.id for hit in there.newest.hits] == ["one/b1"]
    assert (back.summary.outcomes, list(back.channels)) == ({"": 1}, ["eio"])
    assert view.lessons is not None
    assert [[hit.id for hit in page.hits] for page in view.lessons] == [["one/s1"], ["one/s2"], ["one/p1"]]
    assert (view.illustrative, view.marking) == (True, Marking.GREEN)


def test_a_pair_of_which_nothing_was_reported_still_has_its_law_and_its_channels(
    library: Library, corridors: Corridors
) -> None:
    both = tuple(Participation(country=country, source=SOURCE) for country in AT_DE)
    says = (Requirement(text="The offence"),)
    library.keep("budapest-29", an_instrument(participation=both, requirements=says))
    library.keep("eio", an_instrument(requirements=says))
    library.keep("at", a_law("AT", answers=(Answer(question="csam-law", reply=Reply.YES, source=SOURCE),)))
    view = corridors.pair(library.dora, AT_DE)
    assert [each.summary.reports for each in view.directions] == [0, 0]
    assert view.lessons is None
    assert [law.record.answer("csam-law").reply for law in view.laws] == [Reply.YES, Reply.UNKNOWN]
    assert "csam-law" in view.questions
    assert [(each.key, each.between) for each in view.channels] == [
        ("budapest-29", Between.OPEN),
        ("eio", Between.NO_TABLE),
    ]
    assert [each.key for each in view.checklists] == ["budapest-29"]
    assert not view.illustrative


def test_what_is_hidden_is_not_reported_and_makes_nothing_narrower(
    library: Library, corridors: Corridors
) -> None:
    library.publish("one", lessons=(issue(),), audience=STRICT)
    assert corridors.pair(library.dora, AT_DE).directions[0].summary.reports == 0
    assert corridors.pair(library.dora, AT_DE).marking is Marking.CLEAR
    assert corridors.pair(library.anna, AT_DE).marking is Marking.AMBER_STRICT


def test_under_the_chatham_house_rule_a_border_that_is_withheld_is_as_one_of_which_nothing_was_reported(
    library: Library, corridors: Corridors
) -> None:
    library.publish("one", lessons=(issue("MT", "BT", elapsed_days=5),), audience=QUIET)
    asked, never = (corridors.pair(library.dora, way) for way in (Corridor("MT", "BT"), Corridor("IS", "XK")))
    assert [each.summary for each in asked.directions] == [each.summary for each in never.directions]
    assert (asked.lessons, asked.marking) == (never.lessons, never.marking)
    assert corridors.pair(library.anna, Corridor("MT", "BT")).directions[0].summary.elapsed.days == (5,)


def test_who_asks_is_given_the_channels_for_the_need_with_the_nearest_experience_first(
    library: Library, corridors: Corridors
) -> None:
    library.keep("budapest-29", an_instrument(needs=(Need.PRESERVE,)))
    library.keep("eio", an_instrument(needs=(Need.SEARCH,)))
    library.publish("one", lessons=(issue(elapsed_days=3),))
    library.publish("two", lessons=(issue("FR", elapsed_days=9), issue("AT", key="b2", channels=("eio",))))
    view = corridors.ways(library.dora, AT_DE, Need.PRESERVE)
    assert (view.corridor, view.need) == (AT_DE, Need.PRESERVE)
    (way,) = view.ways
    assert way.channel.key == "budapest-29"
    assert [(circle.near, summary.elapsed.days) for circle, summary in way.experience] == [
        (Near.HERE, (3,)),
        (Near.ASKING, (3,)),
        (Near.ASKED, (3, 9)),
        (Near.ANYWHERE, (3, 9)),
    ]
    assert corridors.ways(library.dora, AT_DE, Need.ARREST).ways == ()


def test_a_channel_that_was_merged_is_told_what_is_counted_under_the_one_that_stands_for_it(
    library: Library, corridors: Corridors
) -> None:
    library.keep("budapest-29", an_instrument(needs=(Need.PRESERVE,)))
    library.publish("one", lessons=(issue(),), origin="illustrative")
    library.publish("two", lessons=(issue(channels=("eio",)),))
    library.concept_acts.merge(
        library.carla, Scheme.CHANNEL, "budapest-29", 1, into="eio", reason="They are one."
    )
    view = corridors.ways(library.dora, AT_DE, Need.PRESERVE)
    counted = {way.channel.key: way.experience[-1][1].reports for way in view.ways}
    assert counted == {"budapest-29": 2}
    assert view.illustrative
    assert not corridors.ways(library.dora, Corridor("ES", "PT"), Need.ARREST).illustrative
    told = [corridors.using(library.dora, channel) for channel in ("budapest-29", "eio")]
    assert [each.reports for each in told if each] == [2, 2]


def test_what_a_reader_may_read_of_a_channel_is_summed_up_with_its_marking(
    library: Library, corridors: Corridors
) -> None:
    open_to_all = issue(elapsed_days=3, outcome=BorderOutcome.RESOLVED)
    library.publish("open", lessons=(open_to_all,), origin="illustrative")
    library.publish("amber", lessons=(issue(),), audience=Audience(marking=Marking.AMBER))
    inside, outside = (corridors.using(each, "budapest-29") for each in (library.anna, library.dora))
    assert inside
    assert outside
    assert (inside.reports, inside.marking) == (2, Marking.AMBER)
    assert dict(inside.outcomes) == {"resolved": 1, "": 1}
    assert (outside.reports, outside.marking, outside.illustrative) == (1, Marking.GREEN, True)
    assert outside.elapsed.days == (3,)


def test_of_a_channel_nothing_is_said_while_search_is_being_rebuilt(
    library: Library, corridors: Corridors
) -> None:
    library.publish()
    library.engine.state = IndexState.MISSING
    assert corridors.using(library.anna, "budapest-29") is None


def test_a_channel_is_in_time_for_the_day_on_which_somebody_asks(
    library: Library, corridors: Corridors
) -> None:
    tomorrow = library.clock.now().date() + dt.timedelta(days=1)
    lines = (
        Participation(country="AT", source=SOURCE),
        Participation(country="DE", since=tomorrow, source=SOURCE),
    )
    library.keep("eio", an_instrument(participation=lines))
    assert corridors.pair(library.dora, AT_DE).channels[0].between is Between.CLOSED
    library.clock.tick(days=1)
    assert corridors.pair(library.dora, AT_DE).channels[0].between is Between.OPEN


@pytest.mark.parametrize("way", [AT_DE, Corridor("AT", "*"), Corridor("*", "DE"), Corridor("*", "*")])
def test_every_number_is_that_of_the_search_that_it_opens(
    library: Library, corridors: Corridors, way: Corridor
) -> None:
    library.publish("one", lessons=(issue(), issue("AT", "FR", key="b2")))
    library.publish("two", lessons=(issue("IT", "DE"),))
    table = corridors.table(library.dora).table
    counted = {(line.start, line.end): line.reports for line in table.lines}
    along = Filter(facet=Facet.CORRIDOR, values=frozenset({way.value}))
    request = SearchRequest(scope=Scope.CROSS_BORDER, filters=(along,))
    found = Searching(library.searcher, library.vocabularies).search(library.dora, request)
    assert counted[way] == found.total


def test_who_may_not_read_is_told_nothing(library: Library, corridors: Corridors) -> None:
    for nobody, error in ((None, NotSignedIn), (library.otto, Forbidden)):
        with pytest.raises(error):
            corridors.table(nobody)
        with pytest.raises(error):
            corridors.pair(nobody, AT_DE)
        with pytest.raises(error):
            corridors.ways(nobody, AT_DE, Need.PRESERVE)
        with pytest.raises(error):
            corridors.using(nobody, "eio")
