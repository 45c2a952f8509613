"""What the seed says of the world: the conference of 2007, resources, instruments and laws, each with its source and no more."""

from __future__ import annotations

from babel import Locale

from kb.adapters.files.store import FileEntryStore
from kb.domain.concept import Concept, Scheme
from kb.domain.discussion import Discussion
from kb.domain.event import Event
from kb.domain.instrument import Force, Instrument, Standing
from kb.domain.jurisdiction import Jurisdiction, Reply
from kb.domain.marking import Marking
from kb.domain.record import Kind, Origin, Record
from kb.domain.reference import Reference
from kb.domain.resource import Cost, Resource
from kb.domain.revision import Revision
from tests.services.seed import bodies, unusable

NAMED_IN_2007 = frozenset(
    {"cets", "interpol-image-comparison", "ceop", "icmec-model-legislation", "interpol-ncb-network"}
)
"""What the organiser of the conference spoke of, as resources."""


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
        Kind.DISCUSSION,
        Kind.INSTRUMENT,
        Kind.JURISDICTION,
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
    events = [each for each in bodies(seed, Event).values() if each.origin is not Origin.ILLUSTRATIVE]
    records: list[Record] = [*events, *bodies(seed, Resource).values()]

    assert len(events) == 2

    assert len(records) >= 34
    for record in records:
        assert (record.audience.marking, record.origin) == (Marking.CLEAR, Origin.PUBLISHED), record.title
        assert record.sources, record.title
        assert record.owner is None, record.title


def test_the_example_workshop_is_of_example_units_and_what_is_written_in_it_is_about_its_topics(
    seed: dict[str, Revision],
) -> None:
    event = bodies(seed, Event)["example-workshop"]
    talk = bodies(seed, Discussion)["event.example-workshop"]

    assert (event.origin, event.owner and event.owner.name) == (Origin.ILLUSTRATIVE, "Example unit, Belgium")
    assert talk.event == "example-workshop"
    assert {post.lesson for post in talk.posts} <= event.topics.keys()
    for post in talk.posts:
        assert post.organisation, post.key
        assert post.organisation.name.startswith("Example unit, "), post.key


def test_resources_say_as_of_when_and_what_they_help_with(
    seed: dict[str, Revision], concepts: dict[str, Concept]
) -> None:
    resources = bodies(seed, Resource)

    assert len(resources) - len(NAMED_IN_2007) >= 25
    assert resources.keys() >= NAMED_IN_2007
    assert resources["cets"].cost is Cost.FREE_FOR_POLICE
    for resource in resources.values():
        assert resource.as_of, resource.title
        assert resource.provider, resource.title
        assert resource.review_by, resource.title
        assert resource.difficulties, resource.title
        assert unusable(((Scheme.DIFFICULTY, key) for key in resource.difficulties), concepts) == []


def test_every_channel_has_its_instrument_which_is_in_force_where_its_concept_is(
    seed: dict[str, Revision], concepts: dict[str, Concept]
) -> None:
    instruments = bodies(seed, Instrument)
    channels = {each.key: each for each in concepts.values() if each.scheme is Scheme.CHANNEL}

    assert instruments.keys() == channels.keys()
    assert {key for key, each in instruments.items() if each.force is Force.NOT_IN_FORCE} == {
        key for key, each in channels.items() if each.in_force is False
    }
    for instrument in instruments.values():
        assert instrument.problems == (), instrument.title
        assert instrument.needs, instrument.title
        assert instrument.requirements, instrument.title
        assert all(len(line.text.split()) > 1 for line in instrument.requirements), instrument.title
        assert instrument.participation_note, instrument.title
        assert unusable(((Scheme.DIFFICULTY, key) for key in instrument.difficulties), concepts) == []


def test_who_stands_outside_an_instrument_of_the_union_is_said(seed: dict[str, Revision]) -> None:
    instruments = bodies(seed, Instrument)
    outside = {
        key: {line.country for line in instruments[key].participation if line.standing is Standing.NOT_BOUND}
        for key in ("eio", "e-evidence")
    }

    assert outside == {"eio": {"DK", "GB", "IE"}, "e-evidence": {"DK"}}
    assert instruments["e-evidence"].binds("IE")
    assert not any(instruments["budapest-protocol-2"].binds(country) for country in ("AT", "RS", "HU"))


def test_every_fact_about_a_state_names_its_public_source_and_its_day(seed: dict[str, Revision]) -> None:
    jurisdictions = bodies(seed, Jurisdiction).values()
    answers = [answer for each in jurisdictions for answer in each.answers]
    told = [
        *((line, line.source) for each in bodies(seed, Instrument).values() for line in each.participation),
        *((answer, answer.source) for answer in answers),
        *((desk, desk.source) for each in jurisdictions for desk in each.desks),
    ]

    assert len(answers) >= 50
    for fact, source in told:
        assert source is not None, fact
        assert source.url, fact
        assert source.as_of, fact
    assert all(answer.reply is not Reply.UNKNOWN for answer in answers)


def test_reference_records_are_public_looked_at_and_to_be_looked_at_again(seed: dict[str, Revision]) -> None:
    records: list[Reference] = [
        *bodies(seed, Resource).values(),
        *bodies(seed, Instrument).values(),
        *bodies(seed, Jurisdiction).values(),
    ]

    for record in records:
        assert record.problems == (), record.title
        assert (record.audience.marking, record.origin) == (Marking.CLEAR, Origin.PUBLISHED), record.title
        assert record.as_of is not None, record.title
        assert record.review_by is not None, record.title
        assert record.as_of < record.review_by, record.title
        assert record.owner is None, record.title


def test_a_jurisdiction_stands_under_its_country_and_answers_what_the_checklist_asks(
    seed: dict[str, Revision], concepts: dict[str, Concept]
) -> None:
    names = Locale("en").territories
    for identifier, jurisdiction in bodies(seed, Jurisdiction).items():
        assert identifier == jurisdiction.country.lower()
        assert jurisdiction.title == names[jurisdiction.country]
        assert (
            unusable(((Scheme.LEGISLATION, each.question) for each in jurisdiction.answers), concepts) == []
        )
