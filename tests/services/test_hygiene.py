"""What the page of hygiene lists: the viewer's own counts, and nothing that tells what is withheld from them."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR
from kb.domain.concept import ConceptStatus, Labels, Scheme
from kb.domain.errors import Forbidden
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.lesson import GoodPractice, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice
from kb.domain.query import IndexState
from kb.domain.record import Kind, Origin
from kb.domain.resource import Resource
from kb.services import hygiene
from kb.services.hygiene import LANGUAGES, Hygiene, HygieneReport, Usage
from kb.services.searching import Searching
from kb.services.still_true import StillTrue
from kb.services.vain_searches import VainSearches
from tests.fakes.vain_searches import MemoryVainSearches
from tests.samples import BRUSSELS, VIENNA, put
from tests.services.office import Office

TAG = Scheme.TAG


class Desk(Office):
    """An office whose coordinators look after the vocabularies."""

    def __init__(self) -> None:
        super().__init__()
        searching = Searching(self.searcher, self.vocabularies)
        self.vain_searches = VainSearches(
            MemoryVainSearches(), searching, self.audit, self.clock, b"a key of tests"
        )
        still_true = StillTrue(
            records=self.records,
            saving=self.saving,
            catalogue=self.catalogue,
            accounts=self.people,
            telling=self.telling,
            clock=self.clock,
        )
        self.hygiene = Hygiene(
            self.vocabularies, self.searcher, self.catalogue, self.vain_searches, still_true
        )

    def report(self) -> HygieneReport:
        return self.hygiene.report(self.carla)

    def usage(self) -> Usage:
        usage = self.report().usage
        assert usage
        return usage


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.concept(TAG, "speed", "Speed")
    desk.concept(TAG, "never", "Never borne")
    desk.concept(TAG, "head", "Heading", is_group=True)
    desk.concept(TAG, "gone", "Gone", status=ConceptStatus.RETIRED)
    return desk


def keys(uses: tuple[hygiene.Used, ...]) -> list[str]:
    return [each.concept.key for each in uses]


def test_an_empty_home_needs_no_look() -> None:
    assert Desk().report() == HygieneReport(usage=Usage(), in_vain=0)


def test_labels_that_are_nearly_the_same_are_told_and_compared_once(desk: Desk) -> None:
    desk.concept(TAG, "nevers", "Never born")
    near = desk.report().near
    assert [each.keys for each in near] == [("never", "nevers")]
    assert desk.report().near == near
    assert desk.hygiene.report(desk.carla, [Scheme.STAGE]).near == ()
    desk.concept(TAG, "nevers2", "Never borns")
    assert len(desk.report().near) == 3


def test_proposals_wait_without_whose_they_are(desk: Desk) -> None:
    desk.concept(TAG, "mine", "Mine", status=ConceptStatus.PROPOSED, proposer="dora")
    desk.concept(TAG, "no", "No", status=ConceptStatus.REFUSED, proposer="dora")
    (waiting,) = desk.report().proposals
    assert (waiting.key, waiting.proposer) == ("mine", "withheld")


def test_missing_translations_are_named_by_language(desk: Desk) -> None:
    labels = tuple(Labels(language=code, preferred=f"W {code}") for code in LANGUAGES)
    desk.concept(TAG, "whole", "Whole", labels=labels)
    missing = {each.concept.key: each.languages for each in desk.report().untranslated}
    assert missing["speed"] == LANGUAGES[1:]
    assert not {"whole", "gone"} & missing.keys()


class TestUsage:
    def test_what_nothing_bears_is_unused_but_no_heading_and_nothing_retired(self, desk: Desk) -> None:
        desk.publish(tags=("speed",))
        assert keys(desk.usage().unused) == ["never"]

    def test_what_every_fourth_entry_bears_is_overused(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.publish(tags=("speed",), lessons=())
        assert desk.usage().overused == ()
        monkeypatch.setattr(hygiene, "OVERUSED_LEAST", 1)
        assert keys(desk.usage().overused) == ["speed"]

    def test_solutions_and_practices_without_a_tag_are_counted_by_case(self, desk: Desk) -> None:
        bare = Solution(key="s1", title="A", text="B.")
        filed = GoodPractice(key="g1", title="A", text="B.", tags=("speed",))
        desk.publish("seven", title="Seven", lessons=(bare, filed, bare.model_copy(update={"key": "s2"})))
        assert [(each.case, each.title, each.count) for each in desk.usage().untagged] == [
            ("seven", "Seven", 2)
        ]

    def test_of_many_cases_those_with_most_are_named_and_the_others_counted(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hygiene, "MOST_UNTAGGED", 1)
        bare = Solution(key="s1", title="A", text="B.")
        desk.publish("one", lessons=(bare,))
        desk.publish("two", lessons=(bare, bare.model_copy(update={"key": "s2"})))
        usage = desk.usage()
        assert [each.case for each in usage.untagged] == ["two"]
        assert usage.untagged_more == 1

    def test_a_case_that_the_viewer_may_not_see_counts_nowhere(self, desk: Desk) -> None:
        hidden = Audience(marking=Marking.AMBER_STRICT)
        bare = Solution(key="s1", title="A", text="B.")
        desk.publish("hidden", tags=("speed",), audience=hidden, lessons=(bare,))
        usage = desk.usage()
        assert "speed" in keys(usage.unused)
        assert usage.untagged == ()

    def test_illustrative_records_among_what_is_counted_are_said(self, desk: Desk) -> None:
        desk.publish(tags=("speed",), origin=Origin.ILLUSTRATIVE)
        assert desk.usage().illustrative

    def test_without_search_the_rest_is_there(self, desk: Desk) -> None:
        desk.engine.state = IndexState.REBUILDING
        assert desk.report().usage is None
        assert desk.report().untranslated


class TestOneCountry:
    def test_a_tag_of_one_country_alone_is_told_with_it(self, desk: Desk) -> None:
        desk.publish("one", tags=("speed",), lead_country="AT", lessons=())
        (found,) = desk.usage().one_country
        assert (found.concept.key, found.country) == ("speed", "AT")
        desk.publish("two", tags=("speed",), lead_country="BE", lessons=())
        assert desk.usage().one_country == ()

    def test_a_withheld_country_is_neither_told_nor_taken_for_another(self, desk: Desk) -> None:
        """Under the Chatham House flag nobody but the owner's organisation learns the country, nor that it is another one."""
        secret = Audience(marking=Marking.GREEN, chatham_house=True)
        desk.publish("secret", tags=("speed",), lead_country="AT", lessons=(), audience=secret)
        assert desk.usage().one_country == ()
        told = desk.hygiene.report(desk.cyril).usage
        assert told
        assert [each.country for each in told.one_country] == ["AT"]
        desk.publish("open", tags=("speed",), lead_country="BE", lessons=(), owner=BRUSSELS)
        assert desk.usage().one_country == ()


def test_what_is_overdue_is_told(desk: Desk) -> None:
    desk.publish("old", title="Old", review_by=dt.date(2020, 1, 1))
    desk.publish("new", title="New", review_by=dt.date(2090, 1, 1))
    assert [each.entry.title for each in desk.report().overdue] == ["Old"]


def test_what_is_overdue_of_the_register_and_of_reference_records_is_told_to_whose_audience_it_is(
    desk: Desk,
) -> None:
    past, strict = dt.date(2020, 1, 1), Audience(marking=Marking.AMBER_STRICT)
    for identifier, status in (("old", "endorsed"), ("gone", "retired")):
        practice = Practice.model_validate(
            {"title": identifier, "owner": VIENNA, "status": status, "released": True, "review_by": past}
        )
        put(desk.store, identifier, practice)
    for identifier, audience in (("tool", Audience()), ("theirs", strict)):
        put(
            desk.store,
            identifier,
            Resource(title=identifier, owner=VIENNA, audience=audience, review_by=past),
        )
    put(desk.store, "at", Jurisdiction(title="Austria", country="AT", review_by=past))
    put(desk.store, "eio", Instrument(title="Order", review_by=dt.date(2090, 1, 1)))
    desk.drain.run()
    found = [(each.entry.kind, each.entry.id, each.mine) for each in desk.report().overdue]
    assert found == [
        (Kind.PRACTICE, "old", True), (Kind.JURISDICTION, "at", True), (Kind.RESOURCE, "tool", True)
    ]  # fmt: skip
    assert len(desk.hygiene.report(OPERATOR).overdue) == 4


def test_who_holds_the_files_sees_it_too_but_no_searches(desk: Desk) -> None:
    assert desk.hygiene.report(OPERATOR).in_vain is None


def test_coordinators_alone_look(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.hygiene.report(desk.anna)
