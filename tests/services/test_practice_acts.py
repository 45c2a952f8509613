"""Steps of a practice: who takes them, what they leave behind, and how far its words may reach."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.errors import Blocked, Forbidden, Invalid, NotFound, ProveAgain, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.practice import PracticeStatus
from kb.domain.workflow import Action
from kb.services.practices import PracticeView
from tests.services.office import Office
from tests.services.register import endorsed, words

AMBER = Audience(marking=Marking.AMBER, countries=("BE",))
STRICT = Audience(marking=Marking.AMBER_STRICT)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


def proposed(office: Office, **fields: object) -> PracticeView:
    return office.practice_acts.propose(office.anna, words(**fields))


def test_any_officer_proposes_and_their_organisation_owns_it(office: Office) -> None:
    view = office.practice_acts.propose(office.dora, words())
    assert view.practice.owner == office.dora.organisation
    assert (view.practice.status, view.proposer) == (PracticeStatus.PROPOSED, "Dora")
    assert view.can == {Action.EDIT, Action.RETIRE}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, ["title"]),
        ({"rests_on": ()}, ["rests_on"]),
        ({"rests_on": ("seven/nothing",)}, ["rests_on"]),
        ({"contradicted_by": ("nowhere/d1",)}, ["contradicted_by"]),
        ({"audience": Audience(marking=Marking.CLEAR)}, ["marking"]),
        ({"audience": Audience(marking=Marking.RED)}, ["persons"]),
    ],
)
def test_what_cannot_stand_is_refused_with_its_field(
    office: Office, fields: dict[str, object], wrong: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(office, **fields)
    assert [field for field, _ in refused.value.problems] == wrong


def test_who_acts_for_nobody_proposes_nothing(office: Office) -> None:
    with pytest.raises(Invalid, match="organisation must own"):
        office.practice_acts.propose(office.nora, words())
    with pytest.raises(Forbidden):
        office.practice_acts.propose(office.otto, words())


def test_what_leads_to_a_person_is_kept_nowhere(office: Office) -> None:
    with pytest.raises(Blocked):
        proposed(office, how_to="Write to anna.meier@police.example.")


def test_a_form_begins_with_the_words_of_the_lessons_and_what_they_allow(office: Office) -> None:
    office.publish("eight", audience=AMBER)
    begun = office.practice_acts.begun(office.anna, ("seven/logs", "eight/template", "nowhere/d1"))
    assert (begun.title, begun.rests_on) == ("Logs were gone", ("seven/logs", "eight/template"))
    assert begun.how_to.count("\n\n") == 1
    assert (begun.difficulties, begun.tags) == (("retention-expired",), ("templates",))
    assert begun.audience == AMBER
    assert office.practice_acts.begun(office.anna, ()).title == ""
    assert office.practice_acts.begun(office.anna, ("/d1", "no/id/at all", "..")).rests_on == ()


def test_the_marking_of_what_it_rests_on_is_the_floor_also_for_several_owners(office: Office) -> None:
    office.publish("eight", audience=AMBER)
    office.publish("nine", audience=Audience(marking=Marking.AMBER, countries=("BE", "FR")))
    both = ("eight/preserve", "nine/preserve")
    wide = Audience(marking=Marking.AMBER, countries=("BE", "FR"))
    with pytest.raises(Invalid, match="may not read everything"):
        proposed(office, rests_on=both, audience=wide)
    assert proposed(office, rests_on=both, audience=AMBER).practice.audience == AMBER


def test_named_persons_count_by_what_they_may_read(office: Office) -> None:
    office.publish("eight", audience=Audience(marking=Marking.AMBER))
    named = Audience(marking=Marking.RED, persons=("anna", "cyril"))
    assert proposed(office, rests_on=("eight/preserve",), audience=named).practice.audience == named
    with pytest.raises(Invalid, match="may not read everything"):
        proposed(
            office,
            rests_on=("eight/preserve",),
            audience=Audience(marking=Marking.RED, persons=("anna", "carla")),
        )


def test_a_coordinator_who_did_not_write_it_endorses_it_and_readers_have_it(office: Office) -> None:
    mine = office.practice_acts.propose(office.cyril, words())
    with pytest.raises(NotFound):
        office.practices.get(office.bert, mine.id)
    with pytest.raises(Forbidden, match="did not write it"):
        office.practice_acts.endorse(office.cyril, mine.id, mine.revision)
    view = office.practice_acts.endorse(office.carla, mine.id, mine.revision)
    assert view.practice.status is PracticeStatus.ENDORSED
    assert office.practices.get(office.bert, mine.id).practice.released


def test_who_changed_the_words_last_does_not_endorse_them_either(office: Office) -> None:
    mine = proposed(office)
    edited = office.practice_acts.edit(office.carla, mine.id, mine.revision, words(effect="Fewer losses."))
    with pytest.raises(Forbidden, match="did not write it"):
        office.practice_acts.endorse(office.carla, mine.id, edited.revision)
    assert office.practice_acts.endorse(office.cyril, mine.id, edited.revision).practice.effect


def test_readers_keep_it_while_newer_words_wait_and_only_coordinators_write_these(office: Office) -> None:
    view = endorsed(office)
    with pytest.raises(Forbidden, match="until it is endorsed"):
        office.practice_acts.edit(office.anna, view.id, view.revision, words())
    edited = office.practice_acts.edit(office.cyril, view.id, view.revision, words(title="Newer"), "Shorter")
    assert (edited.practice.status, edited.practice.writers) == (PracticeStatus.PROPOSED, ("cyril",))
    assert office.practices.get(office.bert, view.id).practice.title == "Newer"
    assert office.practices.history(office.bert, view.id)[0].note == "Shorter"
    assert office.practices.revision(office.bert, view.id, 2).practice.title == words().title


def test_it_is_retired_with_a_reason_and_brought_back_to_be_endorsed_by_another(office: Office) -> None:
    view = endorsed(office)
    with pytest.raises(Invalid, match="Say why"):
        office.practice_acts.retire(office.carla, view.id, view.revision, "")
    retired = office.practice_acts.retire(office.carla, view.id, view.revision, "The law has changed")
    assert retired.practice.status_reason == "The law has changed"
    with pytest.raises(WrongState):
        office.practice_acts.retire(office.carla, view.id, retired.revision, "Again")
    back = office.practice_acts.reinstate(office.carla, view.id, retired.revision, "And back")
    assert (back.practice.status, back.practice.status_reason) == (PracticeStatus.PROPOSED, "")
    with pytest.raises(Forbidden):
        office.practice_acts.endorse(office.carla, view.id, back.revision)


def test_who_saw_an_older_revision_is_told_so(office: Office) -> None:
    view = endorsed(office)
    with pytest.raises(StaleRevision):
        office.practice_acts.retire(office.carla, view.id, view.revision - 1, "Why not")


@pytest.mark.parametrize("name", ["carla", "dora"])
def test_only_its_owner_changes_whom_it_reaches(office: Office, name: str) -> None:
    view = endorsed(office)
    with pytest.raises(Forbidden, match="owner's organisation"):
        office.practice_acts.remark(office.people.get(name), view.id, view.revision, AMBER, "Why not")


def test_its_owner_narrows_it_and_widens_it_again_as_far_as_its_lessons_reach(office: Office) -> None:
    view, owner = endorsed(office), office.proved(office.bert)
    narrow = office.practice_acts.remark(office.bert, view.id, view.revision, STRICT, "A court asked")
    with pytest.raises(NotFound):
        office.practices.get(office.carla, view.id)
    with pytest.raises(ProveAgain):
        office.practice_acts.remark(office.bert, view.id, narrow.revision, AMBER, "Decided")
    with pytest.raises(WrongState, match="already so"):
        office.practice_acts.remark(owner, view.id, narrow.revision, STRICT, "Again")
    with pytest.raises(Invalid, match="Say why"):
        office.practice_acts.remark(owner, view.id, narrow.revision, AMBER, " ")
    with pytest.raises(Invalid, match="may not read everything"):
        office.practice_acts.remark(
            owner, view.id, narrow.revision, Audience(marking=Marking.CLEAR), "Too much"
        )
    assert (
        office.practice_acts.remark(owner, view.id, narrow.revision, AMBER, "Decided").practice.audience
        == AMBER
    )


def test_lessons_that_an_editor_does_not_see_stay_where_they_are(office: Office) -> None:
    office.publish("eight")
    view = endorsed(office, rests_on=("seven/preserve", "eight/preserve"))
    owner = office.proved(office.anna)
    office.case_acts.remark(owner, "eight", STRICT, "Narrower")
    assert office.practices.get(office.carla, view.id).practice.rests_on == ("seven/preserve",)
    edited = office.practice_acts.edit(
        office.carla, view.id, view.revision, words(rests_on=("seven/preserve",))
    )
    assert edited.practice.rests_on == ("seven/preserve",)
    kept: Account = office.anna
    assert office.practices.get(kept, view.id).practice.rests_on == ("seven/preserve", "eight/preserve")
    assert office.practices.get(office.cyril, view.id).outgrown
    assert not office.practices.get(office.carla, view.id).outgrown
