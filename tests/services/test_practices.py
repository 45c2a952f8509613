"""Reading the register: what one may see of it, and what speaks for a practice as far as one knows."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotFound
from kb.domain.evidence import Strength
from kb.domain.lesson import Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.practice import PracticeLabel, PracticeStatus
from kb.domain.record import Source
from kb.domain.workflow import Action
from kb.services.practices import PracticeFilter
from tests.samples import BRUSSELS, LESSONS
from tests.services.office import Office
from tests.services.register import endorsed, words

STRICT = Audience(marking=Marking.AMBER_STRICT)
FAILED = Solution(key="wait", title="Wait", text="Too late.", answers=("logs",), outcome=Outcome.FAILED)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


def test_the_register_lists_what_is_there_to_be_read_and_no_retired_one(office: Office) -> None:
    first = endorsed(office)
    office.practice_acts.propose(office.anna, words(title="A second"))
    gone = endorsed(office, title="Bygone")
    office.practice_acts.retire(office.carla, gone.id, gone.revision, "Old")
    assert [line.practice.title for line in office.practices.list(office.anna)] == [
        "A second",
        first.practice.title,
    ]
    assert [line.id for line in office.practices.list(office.dora)] == [first.id]
    retired = PracticeFilter(status=PracticeStatus.RETIRED)
    assert [line.id for line in office.practices.list(office.dora, retired)] == [gone.id]
    with pytest.raises(Forbidden):
        office.practices.list(office.otto)


def test_it_is_filtered_by_label_strength_difficulty_and_lesson(office: Office) -> None:
    view = endorsed(office, label=PracticeLabel.WORKED, difficulties=("retention-expired",))

    def found(**wanted: object) -> bool:
        return bool(office.practices.list(office.dora, PracticeFilter.model_validate(wanted)))

    assert found(
        label="worked", difficulty="retention-expired", lesson="seven/preserve", strength="single-case"
    )
    assert not found(label="new")
    assert not found(strength="replicated")
    assert not found(difficulty="staff")
    assert not found(lesson="seven/logs")
    assert not found(lesson="eight/preserve")
    assert view.weighed.evidence.strength is Strength.SINGLE


def test_strength_is_computed_of_what_one_may_see(office: Office) -> None:
    office.publish("nine", owner=BRUSSELS)
    view = endorsed(office, rests_on=("seven/preserve", "nine/preserve"))
    assert view.weighed.evidence.strength is Strength.REPLICATED
    office.case_acts.remark(office.proved(office.dora), "nine", STRICT, "Narrower")
    assert office.practices.get(office.bert, view.id).weighed.evidence.strength is Strength.SINGLE
    assert office.practices.get(office.dora, view.id).weighed.evidence.strength is Strength.REPLICATED


def test_a_withheld_origin_makes_nothing_replicated_for_outsiders(office: Office) -> None:
    office.publish("nine", owner=BRUSSELS, audience=Audience(chatham_house=True))
    view = endorsed(
        office, rests_on=("seven/preserve", "nine/preserve"), audience=Audience(chatham_house=True)
    )
    evidence = office.practices.get(office.bert, view.id).weighed.evidence
    assert (evidence.strength, evidence.unstated) == (Strength.SINGLE, 1)
    assert office.practices.get(office.dora, view.id).weighed.evidence.strength is Strength.REPLICATED
    assert office.practices.get(office.dora, view.id).origin_withheld


def test_a_retired_case_bears_nothing_out(office: Office) -> None:
    view = endorsed(office)
    office.case_acts.retire(office.anna, "seven", "Outdated")
    assert office.practices.get(office.bert, view.id).weighed.evidence.strength is None


def test_an_evaluation_that_is_cited_is_the_strongest(office: Office) -> None:
    source = Source(title="An outside study", url="https://university.example/study")
    assert endorsed(office, evaluations=(source,)).weighed.evidence.strength is Strength.EVALUATED


def test_contradicting_lessons_and_what_one_may_do_stand_on_its_page(office: Office) -> None:
    office.publish("eight", lessons=(*LESSONS, FAILED))
    view = endorsed(office, contradicted_by=("eight/wait",))
    assert [each.name for each in view.contradicting] == ["eight/wait"]
    assert view.contradicting[0].outcome is Outcome.FAILED
    assert office.practices.get(office.carla, view.id).can == {Action.EDIT, Action.RETIRE}
    mine = office.practices.get(office.bert, view.id)
    assert mine.can == {Action.RETIRE}
    assert (mine.can_apply, mine.can_remark) == (True, True)
    assert office.practices.get(office.dora, view.id).can == frozenset()


def test_the_page_bears_the_narrowest_marking_of_what_it_shows(office: Office) -> None:
    view = endorsed(office)
    assert view.marking is Marking.GREEN
    amber = Audience(marking=Marking.AMBER)
    office.case_acts.remark(office.proved(office.anna), "seven", amber, "Narrower")
    assert office.practices.get(office.bert, view.id).marking is Marking.AMBER


def test_lessons_are_cited_in_the_form_shown(office: Office) -> None:
    cited = office.practices.cited(
        office.dora, ("seven/preserve", "seven/preserve", "seven/none", "odd", "", "/d1", "Odd name/d1")
    )
    assert [each.name for each in cited] == ["seven/preserve"]


def test_concepts_that_were_merged_are_shown_and_asked_for_as_what_stands_for_them(office: Office) -> None:
    for scheme in (Scheme.TAG, Scheme.DIFFICULTY):
        for key in ("old", "new"):
            office.concept(scheme, key, key.capitalize())
    made = endorsed(office, tags=("old", "new"), difficulties=("old",))
    for scheme in (Scheme.TAG, Scheme.DIFFICULTY):
        office.concept_acts.merge(office.carla, scheme, "old", 1, into="new", reason="They are one.")
    shown = office.practices.get(office.dora, made.id).practice
    assert (shown.tags, shown.difficulties) == (("new",), ("new",))
    for difficulty in ("old", "new"):
        (line,) = office.practices.list(office.dora, PracticeFilter(difficulty=difficulty))
        assert line.practice.difficulties == ("new",)


def test_two_revisions_are_compared_in_the_form_that_the_reader_may_see(office: Office) -> None:
    first = endorsed(office, title="Ask first")
    changed = words(title="Ask at once")
    office.practice_acts.edit(office.carla, first.id, first.revision, changed)
    found = office.practices.difference(office.dora, first.id, first.revision, first.revision + 1)
    assert "title" in {field.path for field in found.fields}
    assert found.marking is found.after.marking
    same = office.practices.difference(office.dora, first.id, first.revision, first.revision)
    assert same.fields == ()
    with pytest.raises(NotFound):
        office.practices.difference(office.dora, first.id, first.revision, 9)
