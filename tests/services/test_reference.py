"""Reading reference records: what exists for a reader, what nobody has written yet, and what it reads as after a merge."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotFound, NotSignedIn
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Answer, Reply
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Cost, ResourceType
from kb.domain.review_date import ReviewState
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.reference_view import ResourceFilter, reference_in
from kb.services.still_true import StillTrue
from tests.samples import BRUSSELS, VIENNA
from tests.services.library import SOURCE, TODAY, Library, a_law, a_resource, an_instrument


def yes(question: str) -> Answer:
    return Answer(question=question, reply=Reply.YES, source=SOURCE)


@pytest.fixture
def library() -> Library:
    return Library()


def test_reading_needs_an_officer(library: Library) -> None:
    with pytest.raises(NotSignedIn):
        library.references.resources(None)
    with pytest.raises(Forbidden):
        library.references.instruments(library.otto)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ResourceFilter(), ["course", "tool"]),
        (ResourceFilter(type=ResourceType.TRAINING), ["course"]),
        (ResourceFilter(cost=Cost.FREE_FOR_POLICE), ["tool"]),
        (ResourceFilter(language="de"), ["course"]),
        (ResourceFilter(difficulty="volume-backlog"), ["tool"]),
        (ResourceFilter(difficulty="data"), ["tool"]),
        (ResourceFilter(difficulty="training"), []),
        (ResourceFilter(status=ReferenceStatus.RETIRED), ["old"]),
    ],
)
def test_resources_are_listed_by_what_is_asked_for(
    library: Library, wanted: ResourceFilter, found: list[str]
) -> None:
    library.keep(
        "tool", a_resource(cost="free-for-police", languages=("en",), difficulties=("volume-backlog",))
    )
    library.keep("course", a_resource(title="A course", type="training", languages=("de",)))
    library.keep("old", a_resource(status="retired"))

    assert [each.id for each in library.references.resources(library.dora, wanted)] == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ResourceFilter(), []),
        (ResourceFilter(cost=Cost.FREE_FOR_POLICE), ["course", "silent"]),
        (ResourceFilter(cost=Cost.UNKNOWN), []),
        (ResourceFilter(language="de"), ["silent"]),
        (ResourceFilter(cost=Cost.FREE_FOR_POLICE, language="en"), ["silent"]),
        (ResourceFilter(cost=Cost.FREE_FOR_POLICE, type=ResourceType.TRAINING), ["course"]),
    ],
)
def test_where_no_source_tells_a_cost_or_a_language_a_resource_may_fit(
    library: Library, wanted: ResourceFilter, found: list[str]
) -> None:
    library.keep("tool", a_resource(cost="free-for-police", languages=("en",)))
    library.keep("course", a_resource(title="A course", type="training", languages=("de",)))
    library.keep("silent", a_resource())

    assert [each.id for each in library.references.untold(library.dora, wanted)] == found


def test_a_resource_that_is_not_for_somebody_does_not_exist_for_them(library: Library) -> None:
    strict = Audience(marking=Marking.AMBER_STRICT)
    library.keep("own", a_resource(audience=strict, owner=BRUSSELS, difficulties=("volume-backlog",)))

    assert [each.id for each in library.references.resources_for(library.dora, "data")] == ["own"]
    assert library.references.resources_for(library.anna, "data") == ()
    with pytest.raises(NotFound):
        library.references.resource(library.anna, "own")


def test_outsiders_are_not_told_whose_a_resource_under_chatham_house_is(library: Library) -> None:
    library.keep("quiet", a_resource(audience=Audience(chatham_house=True), owner=VIENNA))

    assert library.references.resource(library.anna, "quiet").record.owner == VIENNA
    assert library.references.resource(library.dora, "quiet").record.owner is None
    (listed,) = library.references.resources(library.dora)
    assert listed.record.owner is None


def test_of_merged_concepts_a_record_names_those_that_stand(library: Library) -> None:
    library.keep("tool", a_resource(difficulties=("volume-backlog",), provider_type="ngo"))
    library.keep("at", a_law(answers=(yes("data-retention"), Answer(question="csam-law"))))
    library.concept(Scheme.DIFFICULTY, "triage", "Triage")
    library.concept(Scheme.DIFFICULTY, "volume-backlog", "Volume", replaced_by="triage", status="retired")
    library.concept(Scheme.LEGISLATION, "csam-law", "Law", replaced_by="data-retention", status="retired")

    assert library.references.resource(library.dora, "tool").record.difficulties == ("triage",)
    assert [each.id for each in library.references.resources_for(library.dora, "volume-backlog")] == ["tool"]
    law = library.references.jurisdiction(library.dora, "AT").record
    assert [(each.question, each.reply) for each in law.answers] == [("data-retention", Reply.YES)]


def test_an_instrument_is_read_under_the_key_of_its_channel(library: Library) -> None:
    library.keep("budapest-29", an_instrument(difficulties=("volume-backlog",)))

    assert library.references.instrument(library.dora, "budapest-29").record.title == "Preservation"
    assert [each.id for each in library.references.instruments_for(library.dora, "data")] == ["budapest-29"]
    assert library.references.instruments_for(library.dora, "training") == ()
    assert [each.key for each in library.references.unwritten(library.dora)] == ["eio"]
    with pytest.raises(NotFound):
        library.references.instrument(library.dora, "eio")


def test_of_a_merged_channel_the_instrument_of_the_one_that_stands_is_read(library: Library) -> None:
    library.keep("budapest-29", an_instrument())
    library.concept(Scheme.CHANNEL, "budapest-29", "Old", replaced_by="eio", status="retired")

    before = library.references.instrument(library.dora, "eio")
    assert before.id == "budapest-29"
    assert [each.id for each in library.references.instruments(library.dora)] == ["budapest-29"]
    assert library.references.unwritten(library.dora) == ()

    library.keep("eio", an_instrument(title="Order"))
    for key in ("eio", "budapest-29"):
        assert library.references.instrument(library.dora, key).record.title == "Order"
    assert [each.id for each in library.references.instruments(library.dora)] == ["eio"]


def test_a_form_begins_with_a_channel_that_has_no_page_and_with_no_other(library: Library) -> None:
    library.keep("budapest-29", an_instrument())

    blank = library.references.blank_instrument(library.carla, "eio")
    assert (blank.revision, blank.record.title, blank.saved_at) == (0, "Investigation order", None)
    for key in ("budapest-29", "nosuchchannel"):
        with pytest.raises(NotFound):
            library.references.blank_instrument(library.carla, key)


def test_a_form_is_given_the_record_or_nothing_yet_and_to_coordinators_alone(library: Library) -> None:
    library.keep("budapest-29", an_instrument())
    library.keep("tool", a_resource())

    def revision(kind: Kind, identifier: str) -> int:
        return library.references.to_write(library.carla, kind, identifier).revision

    assert (revision(Kind.INSTRUMENT, "budapest-29"), revision(Kind.INSTRUMENT, "eio")) == (1, 0)
    assert (revision(Kind.RESOURCE, "tool"), revision(Kind.JURISDICTION, "at")) == (1, 0)
    with pytest.raises(NotFound):
        revision(Kind.INSTRUMENT, "nosuchchannel")
    with pytest.raises(Forbidden):
        library.references.to_write(library.dora, Kind.RESOURCE, "tool")


def test_coordinators_are_asked_for_what_is_to_be_looked_at_again(library: Library) -> None:
    today = library.clock.now().date()
    library.keep("late", a_resource(review_by=today - dt.timedelta(days=1)))
    library.keep("soon", an_instrument(review_by=today + dt.timedelta(days=20)))
    library.keep("at", a_law(review_by=today + dt.timedelta(days=200)))
    library.keep("ended", a_resource(status="retired", review_by=today))
    asking = StillTrue(
        records=library.records,
        saving=library.saving,
        catalogue=library.catalogue,
        accounts=library.people,
        telling=library.telling,
        clock=library.clock,
    )

    listed = asking.list(library.carla).references
    assert [(each.entry.id, each.state) for each in listed] == [
        ("late", ReviewState.OVERDUE),
        ("soon", ReviewState.DUE),
    ]
    assert asking.list(library.dora).references == ()


def test_of_a_country_about_which_nobody_has_written_everything_is_unknown(library: Library) -> None:
    library.keep("at", a_law(answers=(yes("csam-law"),)))

    assert library.references.jurisdiction(library.dora, "at").record.answer("csam-law").reply is Reply.YES
    other = library.references.jurisdiction(library.dora, "DE")
    assert (other.id, other.revision) == ("de", 0)
    assert other.record.answer("csam-law").reply is Reply.UNKNOWN
    assert [each.id for each in library.references.jurisdictions(library.dora)] == ["at"]
    with pytest.raises(NotFound):
        library.references.jurisdiction(library.dora, "nowhere")


def test_questions_come_in_one_order_and_new_ones_at_the_end(library: Library) -> None:
    assert library.references.questions(library.dora) == ("csam-law", "data-retention", "added-later")


def test_what_was_not_looked_at_in_time_says_so(library: Library) -> None:
    now = library.clock.now().date()
    library.keep("late", a_resource(review_by=now - dt.timedelta(days=1)))
    library.keep("fresh", a_resource(review_by=now))

    assert library.references.resource(library.dora, "late").overdue
    assert not library.references.resource(library.dora, "fresh").overdue


def test_only_who_keeps_it_is_offered_steps(library: Library) -> None:
    library.keep("tool", a_resource())
    library.keep("old", a_resource(status="retired"))

    assert library.references.resource(library.dora, "tool").can == frozenset()
    assert library.references.resource(library.carla, "tool").can == {
        Action.EDIT,
        Action.CONFIRM,
        Action.RETIRE,
    }
    assert library.references.resource(library.carla, "old").can == {Action.REINSTATE}


def test_old_revisions_and_what_changed_between_two_are_read(library: Library) -> None:
    library.keep("at", a_law(answers=(Answer(question="csam-law"),)))
    changed = a_law(answers=(yes("csam-law"),), as_of=TODAY)
    library.reference_acts.edit(library.carla, "at", 1, changed, "Looked up.")

    lines = library.references.history(library.dora, Kind.JURISDICTION, "at")
    assert [(each.number, each.note) for each in lines] == [(2, "Looked up."), (1, "")]
    first = library.references.revision(library.dora, Kind.JURISDICTION, "at", 1)
    assert first.record.concepts() == (("answers", Scheme.LEGISLATION, ("csam-law",)),)
    difference = library.references.difference(library.dora, Kind.JURISDICTION, "at", 1, 2)
    assert "answers.csam-law.reply" in [each.path for each in difference.fields]
    assert difference.marking is Marking.GREEN


def test_a_record_of_another_kind_is_not_read_as_one(library: Library) -> None:
    library.keep("budapest-29", an_instrument())
    library.keep("tool", a_resource())

    with pytest.raises(NotFound):
        library.references.get(library.dora, Kind.RESOURCE, "budapest-29")
    with pytest.raises(NotFound):
        reference_in(Instrument, library.store.current(RecordRef(kind=Kind.RESOURCE, id="tool")))
    with pytest.raises(NotFound):
        library.references.revision(library.dora, Kind.INSTRUMENT, "budapest-29", 2)
