"""The conference of 2007 and what is known from it: public, sourced, and nothing more than is known."""

from __future__ import annotations

from kb.adapters.files.store import FileEntryStore
from kb.domain.concept import Concept, Scheme
from kb.domain.event import Event
from kb.domain.marking import Marking
from kb.domain.record import Kind, Origin, Record
from kb.domain.resource import Cost, Resource
from kb.domain.revision import Revision
from tests.services.seed import bodies, unusable


def test_every_file_of_the_seed_is_sound_and_the_first_of_its_record(
    store: FileEntryStore, seed: dict[str, Revision]
) -> None:
    assert store.verify() == ()
    assert {(each.number, each.header.saved_by) for each in seed.values()} == {(1, "casebook")}
    assert {each.header.kind for each in seed.values()} == {
        Kind.CASE_STUDY,
        Kind.CONCEPT,
        Kind.EVENT,
        Kind.RESOURCE,
        Kind.INSTRUMENT,
        Kind.PRACTICE,
        Kind.APPLICATION,
    }


def test_the_conference_has_its_questions_and_three_talks_of_which_nothing_more_is_known(
    seed: dict[str, Revision],
) -> None:
    event = bodies(seed, Event)["osce-vienna-2007"]
    talks = {each.countries: each.text for each in event.programme if each.countries}

    assert talks.keys() == {("AT",), ("BE",), ("RU",)}
    assert all("not known" in text for text in talks.values())
    assert len(event.questions) == 4
    assert (event.place, event.held or f"{event.start:%B %Y}") == ("Vienna", "September 2007")


def test_events_and_resources_are_public_and_name_their_sources(seed: dict[str, Revision]) -> None:
    records: list[Record] = [*bodies(seed, Event).values(), *bodies(seed, Resource).values()]

    assert len(records) >= 34
    for record in records:
        assert (record.audience.marking, record.origin) == (Marking.CLEAR, Origin.PUBLISHED), record.title
        assert record.sources, record.title
        assert record.owner is None, record.title


def test_resources_say_as_of_when_and_what_they_help_with(
    seed: dict[str, Revision], concepts: dict[str, Concept]
) -> None:
    resources = bodies(seed, Resource)

    assert resources["cets"].cost is Cost.FREE_FOR_POLICE
    for resource in resources.values():
        assert resource.as_of, resource.title
        assert resource.provider, resource.title
        assert resource.review_by, resource.title
        assert resource.difficulties, resource.title
        assert unusable(((Scheme.DIFFICULTY, key) for key in resource.difficulties), concepts) == []
