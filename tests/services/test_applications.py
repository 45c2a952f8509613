""" "I applied this": said, corrected and taken back, and never told further than what was applied."""

from __future__ import annotations

import pytest

from kb.domain.errors import Blocked, Forbidden, Invalid, NotFound, ProveAgain, StaleRevision, WrongState
from kb.domain.evidence import Strength
from kb.domain.lesson import LessonKind, Outcome
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.applications import LessonStanding
from tests.samples import BRUSSELS, VIENNA
from tests.services.office import Office
from tests.services.register import apply, endorsed, solution, told

AMBER = Audience(marking=Marking.AMBER, countries=("BE",))


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


def standing(office: Office, name: str = "anna", key: str = "preserve") -> LessonStanding:
    account = office.people.get(name)
    case = office.cases.get(account, "seven").case
    lesson = case.lesson(key)
    assert lesson is not None
    return office.applications.of_lesson(account, "seven", case, lesson)


def test_an_officer_says_how_it_went_and_the_solution_is_learned(office: Office) -> None:
    assert not standing(office).weighed.confirmation.learned
    view = office.applications.apply(office.dora, solution(office), told(note="It saved the logs."))
    assert (view.application.owner, view.mine) == (BRUSSELS, True)
    weighed = standing(office).weighed
    assert weighed.confirmation.learned
    assert weighed.evidence.strength is Strength.REPLICATED
    assert (weighed.reuse.total, weighed.reuse.worked) == (1, 1)
    assert [each.mine for each in weighed.applications] == [False]


def test_a_page_bears_the_narrowest_marking_of_what_stands_on_it(office: Office) -> None:
    assert standing(office).marking is Marking.CLEAR
    endorsed(office, audience=AMBER)
    assert standing(office).marking is Marking.AMBER


def test_what_an_organisation_says_of_its_own_confirms_nothing(office: Office) -> None:
    subject = office.applications.subject(office.bert, solution="seven/preserve")
    office.applications.apply(office.bert, subject, told())
    assert not standing(office).weighed.confirmation.learned


def test_a_practice_is_applied_once_readers_have_it(office: Office) -> None:
    view = endorsed(office)
    subject = office.applications.subject(office.dora, practice=view.id)
    assert subject.title == view.practice.title
    office.applications.apply(office.dora, subject, told(Outcome.FAILED))
    page = office.practices.get(office.bert, view.id)
    assert (page.weighed.reuse.failed, page.weighed.confirmation.learned) == (1, False)
    retired = office.practice_acts.retire(office.carla, view.id, view.revision, "Old")
    with pytest.raises(WrongState, match="no longer"):
        office.applications.subject(office.dora, practice=retired.id)


def test_nothing_is_applied_that_is_no_solution_or_no_advice_any_more(office: Office) -> None:
    for name in ("seven/logs", "seven/none", "nowhere/s1", "odd name"):
        with pytest.raises(NotFound):
            office.applications.subject(office.dora, solution=name)
    with pytest.raises(NotFound):
        office.applications.subject(office.dora)
    with pytest.raises(Forbidden):
        office.applications.subject(office.otto, solution="seven/preserve")
    office.case_acts.retire(office.anna, "seven", "Old")
    with pytest.raises(WrongState):
        solution(office)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"month": "2099-01"}, "month"),
        ({"outcome": None}, "outcome"),
        ({"marking": Marking.CLEAR}, "marking"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    office: Office, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        office.applications.apply(office.dora, solution(office), told().model_copy(update=changes))
    assert [name for name, _ in refused.value.problems] == [field]


def test_who_acts_for_nobody_has_applied_nothing_and_no_note_leads_to_a_person(office: Office) -> None:
    with pytest.raises(Invalid, match="no organisation"):
        office.applications.apply(office.nora, solution(office), told())
    with pytest.raises(Blocked):
        office.applications.apply(office.dora, solution(office), told(note="Ask anna.meier@police.example"))


def test_it_reaches_no_further_than_what_was_applied(office: Office) -> None:
    office.publish(audience=AMBER)
    subject = solution(office)
    assert subject.offered == (Marking.AMBER, Marking.AMBER_STRICT)
    view = office.applications.apply(office.dora, subject, told(marking=Marking.AMBER))
    assert view.application.audience == Audience(marking=Marking.AMBER, countries=("AT",))
    with pytest.raises(Invalid, match="may not read everything"):
        office.applications.apply(office.dora, subject, told(marking=Marking.GREEN))
    strict = office.applications.apply(office.dora, subject, told(marking=Marking.AMBER_STRICT))
    assert strict.application.audience == Audience(marking=Marking.AMBER_STRICT)
    assert len(standing(office).weighed.applications) == 1


def test_of_what_is_for_named_persons_only_they_learn(office: Office) -> None:
    office.publish(audience=Audience(marking=Marking.RED, persons=("anna", "dora")))
    subject = solution(office)
    assert subject.offered == (Marking.RED,)
    view = office.applications.apply(office.dora, subject, told(marking=Marking.RED))
    assert view.application.audience.persons == ("anna", "dora")


def test_red_where_nobody_is_named_is_the_authors_alone(office: Office) -> None:
    view = office.applications.apply(office.dora, solution(office), told(marking=Marking.RED))
    assert view.application.audience.persons == ("dora",)


def test_under_chatham_house_it_counts_and_confirms_nothing_for_outsiders(office: Office) -> None:
    office.applications.apply(office.dora, solution(office), told(chatham_house=True))
    weighed = standing(office).weighed
    assert (weighed.reuse.worked, weighed.confirmation.learned) == (1, False)
    assert weighed.applications[0].application.owner is None
    assert standing(office, "carla").weighed.confirmation.learned


def test_who_said_so_corrects_it_and_nobody_else_reads_it_by_its_id(office: Office) -> None:
    view = office.applications.apply(office.dora, solution(office), told())
    assert [each.id for each in office.applications.mine(office.dora)] == [view.id]
    assert office.applications.mine(office.carla) == ()
    with pytest.raises(NotFound):
        office.applications.get(office.carla, view.id)
    corrected = office.applications.correct(office.dora, view.id, view.revision, told(Outcome.PARTLY))
    assert office.applications.get(office.dora, view.id).application.outcome is Outcome.PARTLY
    with pytest.raises(StaleRevision):
        office.applications.correct(office.dora, view.id, view.revision, told())
    narrower = told(marking=Marking.AMBER_STRICT)
    narrow = office.applications.correct(office.dora, view.id, corrected.revision, narrower)
    assert standing(office).weighed.applications == ()
    with pytest.raises(ProveAgain):
        office.applications.correct(office.dora, view.id, narrow.revision, told())
    office.applications.correct(office.proved(office.dora), view.id, narrow.revision, told())
    assert len(standing(office).weighed.applications) == 1


def test_what_is_taken_back_counts_nowhere(office: Office) -> None:
    view = office.applications.apply(office.dora, solution(office), told())
    office.applications.withdraw(office.dora, view.id, view.revision)
    assert standing(office).weighed.reuse.total == 0
    assert office.applications.mine(office.dora) == ()
    with pytest.raises(WrongState, match="withdrawn already"):
        office.applications.withdraw(office.dora, view.id, view.revision + 1)


def test_applications_of_another_thing_of_the_same_case_stay_apart(office: Office) -> None:
    apply(office, "first", owner=VIENNA)
    apply(office, "second", solution="seven/other", owner=VIENNA)
    apply(office, "newest", month="2026-09", owner=BRUSSELS)
    assert [each.id for each in standing(office).weighed.applications] == ["newest", "first"]


def test_what_cannot_be_read_is_left_out(office: Office) -> None:
    apply(office, "first", owner=VIENNA)
    office.store.damage(RecordRef(kind=Kind.APPLICATION, id="first"), 1)
    assert standing(office).weighed.applications == ()


def test_beside_a_lesson_stand_the_practices_that_rest_on_it_and_what_one_may_do(office: Office) -> None:
    view = endorsed(office)
    beside = standing(office, "dora")
    assert (beside.name, beside.kind) == ("seven/preserve", LessonKind.SOLUTION)
    assert [each.id for each in beside.practices] == [view.id]
    assert (beside.can_apply, beside.can_propose) == (True, True)
    difficulty = standing(office, "dora", "logs")
    assert (difficulty.can_apply, difficulty.can_propose, difficulty.practices) == (False, True, ())
    assert office.applications.this_month() == office.clock.now().strftime("%Y-%m")
