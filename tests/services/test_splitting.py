"""Splitting a concept lesson by lesson."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, Invalid, NotFound, WrongState
from kb.domain.lesson import GoodPractice
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.splitting import BearerLine, Choice, SplitPlan
from tests.samples import BRUSSELS, a_case, case_ref, put
from tests.services.office import Office

TAG = Scheme.TAG


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(TAG, "templates", "Templates at hand", "Forms")
    office.concept(TAG, "sheets", "Ready sheets")
    office.concept(TAG, "speed", "Speed")
    office.publish(tags=("templates",))
    return office


def give(bearer: BearerLine, *parts: str) -> Choice:
    return Choice(
        case=bearer.case, revision=bearer.revision, lesson=bearer.lesson, field=bearer.field, parts=parts
    )


def look(office: Office, *, into: tuple[str, ...] = ("sheets",), new: tuple[str, ...] = ()) -> SplitPlan:
    return office.splitting.plan(office.carla, TAG, "templates", into=into, new=new)


def borne(office: Office, identifier: str = "seven") -> list[tuple[str, ...]]:
    case = office.cases.get(office.anna, identifier).case
    return [case.tags, *(lesson.tags for lesson in case.lessons if lesson.key == "template")]


def test_every_place_that_bears_it_is_shown_with_what_one_reads_to_decide(office: Office) -> None:
    plan = look(office, into=("sheets", "speed"), new=("Forms of the court",))
    assert [(each.lesson, each.title) for each in plan.bearers] == [
        ("", "Seven days"),
        ("template", "Keep a request template ready"),
    ]
    assert plan.bearers[1].text == "The unit keeps a filled template for each provider."
    assert [(part.choice, part.label) for part in plan.parts] == [
        ("sheets", "Ready sheets"),
        ("speed", "Speed"),
        ("+0", "Forms of the court"),
    ]


def test_each_lesson_gets_what_was_chosen_for_it_and_the_rest_stays(office: Office) -> None:
    office.publish("eight")
    whole, lesson = (each for each in look(office).bearers if each.case == "seven")
    name = office.splitting.carry_out(
        office.carla,
        TAG,
        "templates",
        [give(whole, "sheets", "speed"), give(lesson, "+0")],
        new=("Forms of the court",),
        reason="It said two things.",
    )
    (made,) = (each for each in office.concepts.vocabulary(office.dora).scheme(TAG) if each.label()[0] == "F")
    assert borne(office) == [("sheets", "speed"), (made.key,)]
    assert borne(office, "eight") == [(), ("templates",)]
    office.tag_operations.undo(office.cyril, name, "It said one.")
    assert borne(office) == [("templates",), ("templates",)]


def test_what_was_merged_into_it_goes_with_it_and_comes_back_as_it_was(office: Office) -> None:
    office.concept_acts.merge(office.carla, TAG, "templates", 1, into="speed", reason="One.")
    (whole, _) = office.splitting.plan(office.carla, TAG, "speed", into=["sheets"]).bearers
    name = office.splitting.carry_out(office.carla, TAG, "speed", [give(whole, "sheets")], reason="Two.")
    assert borne(office)[0] == ("sheets",)
    office.tag_operations.undo(office.carla, name, "One.")
    assert office.store.current(case_ref()).body == a_case(tags=("templates",))


def test_what_a_coordinator_may_not_see_stays_untouched_and_untold(office: Office) -> None:
    office.publish("eight", audience=Audience(marking=Marking.AMBER))
    assert {each.case for each in look(office).bearers} == {"seven"}
    hidden = Choice(case="eight", revision=1, lesson="template", field="tags", parts=("sheets",))
    with pytest.raises(Invalid) as raised:
        office.splitting.carry_out(office.carla, TAG, "templates", [hidden], reason="Two.")
    assert raised.value.problems[0][1].startswith("Nothing would be changed.")
    assert borne(office, "eight") == [(), ("templates",)]


def test_a_case_that_cannot_be_read_is_left_out(office: Office) -> None:
    office.publish("eight")
    office.store.damage(case_ref("eight"), 1)
    assert {each.case for each in look(office).bearers} == {"seven"}


def test_cases_out_of_search_are_split_too_and_so_are_vocabularies_that_search_does_not_filter_by(
    office: Office,
) -> None:
    office.case_acts.retire(office.anna, "seven", "Old.")
    assert {each.case for each in look(office).bearers} == {"seven"}
    for key in ("hotline", "ngo"):
        office.concept(Scheme.LEGISLATION, key, key)
    assert office.splitting.plan(office.carla, Scheme.LEGISLATION, "ngo", into=["hotline"]).bearers == ()


def test_practices_are_split_too_retired_ones_as_well_and_nothing_else_of_them_changes(
    office: Office,
) -> None:
    practice = Practice(title="Keep forms.", tags=("templates",), owner=BRUSSELS, released=True)
    for identifier, status in (("forms", PracticeStatus.ENDORSED), ("gone", PracticeStatus.RETIRED)):
        put(office.store, identifier, practice.model_copy(update={"status": status}))
    put(office.store, "theirs", practice.model_copy(update={"audience": Audience(marking=Marking.RED)}))
    office.drain.run()
    kept = [each for each in look(office).bearers if each.case.startswith("practice:")]
    assert {each.case for each in kept} == {"practice:forms", "practice:gone"}
    office.splitting.carry_out(
        office.carla, TAG, "templates", [give(each, "sheets") for each in kept], reason="It meant sheets."
    )
    now = office.store.current(RecordRef(kind=Kind.PRACTICE, id="gone")).body
    assert now == practice.model_copy(update={"status": PracticeStatus.RETIRED, "tags": ("sheets",)})


def test_a_stage_becomes_one_other_stage_and_never_two(office: Office) -> None:
    for key in ("attribution", "triage", "feedback"):
        office.concept(Scheme.STAGE, key, key)
    (bearer,) = office.splitting.plan(office.carla, Scheme.STAGE, "attribution", into=["triage"]).bearers
    assert bearer.single
    with pytest.raises(Invalid):
        office.splitting.carry_out(
            office.carla, Scheme.STAGE, "attribution", [give(bearer, "triage", "feedback")], reason="Two."
        )
    office.splitting.carry_out(
        office.carla, Scheme.STAGE, "attribution", [give(bearer, "triage")], reason="It came first."
    )
    assert office.cases.get(office.anna, "seven").case.difficulties[0].stage == "triage"


@pytest.mark.parametrize(
    ("into", "new", "field", "names"),
    [
        (("templates",), (), "into", "Choose others"),
        (("missing",), (), "into", "Choose others"),
        ((), ("ready SHEETS",), "label", "“Ready sheets”"),
        ((), ("forms",), "label", "“Templates at hand”"),
        ((), ("Court forms", " court  forms"), "new", "“court forms”"),
        ((), (" ",), "label", "Give the tag a name."),
    ],
)
def test_conflicts_are_named_before_anything_is_done(
    office: Office, into: tuple[str, ...], new: tuple[str, ...], field: str, names: str
) -> None:
    with pytest.raises(Invalid) as raised:
        look(office, into=into, new=new)
    assert raised.value.problems[0][0] == field
    assert names in raised.value.problems[0][1]


def test_only_what_stands_and_is_borne_in_its_own_right_is_split(office: Office) -> None:
    office.concept(TAG, "heading", "Heading", is_group=True)
    office.concept_acts.merge(office.carla, TAG, "speed", 1, into="sheets", reason="One.")
    for key in ("heading", "speed"):
        with pytest.raises(WrongState):
            office.splitting.plan(office.carla, TAG, key)
    with pytest.raises(NotFound):
        office.splitting.plan(office.carla, TAG, "missing")
    with pytest.raises(Forbidden):
        office.splitting.plan(office.anna, TAG, "templates")


def test_choices_that_were_not_offered_make_nothing(office: Office) -> None:
    whole, lesson = look(office).bearers
    wrong = [
        give(whole, "+1"),
        give(whole.model_copy(update={"lesson": "logs"}), "sheets"),
        give(lesson.model_copy(update={"field": "partners_helped"}), "sheets"),
        give(lesson.model_copy(update={"field": "stage"}), "sheets"),
        give(whole.model_copy(update={"revision": 9}), "sheets"),
    ]
    concepts = len(office.concepts.vocabulary(office.carla).concepts)
    for each in wrong:
        with pytest.raises(Invalid):
            office.splitting.carry_out(
                office.carla, TAG, "templates", [each], new=("New one",), reason="Two."
            )
    assert len(office.concepts.vocabulary(office.carla).concepts) == concepts


def test_a_case_of_others_is_shown_to_a_coordinator_and_its_tags_are_theirs_to_change(office: Office) -> None:
    office.publish("eight", owner=BRUSSELS)
    assert {each.case for each in look(office).bearers} == {"seven", "eight"}


def test_more_than_a_person_looks_through_is_refused_as_a_whole(office: Office) -> None:
    many = [GoodPractice(key=f"p{number}", title="Practice", tags=("templates",)) for number in range(50)]
    for number in range(10):
        put(office.store, f"many{number}", a_case(lessons=many))
    office.drain.run()
    with pytest.raises(Invalid) as raised:
        look(office)
    assert raised.value.problems[0][1].startswith("502 entries")
