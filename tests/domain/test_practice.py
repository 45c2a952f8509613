"""Practices of the register: who reads them when, and which steps they take."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.account import Account, Role
from kb.domain.errors import Invalid, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice, PracticeStatus, practice_after, resting_on_known
from kb.domain.workflow import Action
from tests.samples import BRUSSELS, VIENNA

SOUND = Practice(
    title="Preserve first", how_to="Send it on the first day.", rests_on=("seven/preserve",), owner=VIENNA
)


def somebody(name: str, *roles: Role, home: object = VIENNA) -> Account:
    return Account.model_validate(
        {"id": name, "email": "", "name": name, "organisation": home, "roles": frozenset(roles)}
    )


AUTHOR = somebody("anna", Role.PRESENTER)
HERE, ABROAD = somebody("cyril", Role.COORDINATOR), somebody("carla", Role.COORDINATOR, home=BRUSSELS)
OFFICER = somebody("bert", Role.INVESTIGATOR)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience(), {"anna", "cyril", "carla"}),
        (Audience(marking=Marking.CLEAR), {"anna", "cyril", "carla"}),
        (Audience(marking=Marking.AMBER), {"anna", "cyril"}),
        (Audience(marking=Marking.AMBER, countries=("BE",)), {"anna", "cyril", "carla"}),
        (Audience(marking=Marking.AMBER_STRICT), {"anna", "cyril"}),
        (Audience(marking=Marking.RED, persons=("bert", "carla")), {"anna", "carla"}),
    ],
)
def test_before_it_is_endorsed_its_writers_and_the_coordinators_of_its_audience_read_it(
    audience: Audience, readers: set[str]
) -> None:
    practice = SOUND.model_copy(update={"audience": audience, "writers": ("anna",)})
    people = (AUTHOR, HERE, ABROAD, OFFICER)
    assert {each.id for each in people if each.viewer.sees(practice.readers)} == readers
    assert practice.meant_for == audience.readers(VIENNA)


def test_once_it_was_endorsed_its_audience_reads_it_also_while_newer_words_wait() -> None:
    practice = SOUND.model_copy(update={"released": True})
    assert OFFICER.viewer.sees(practice.readers)


@pytest.mark.parametrize(
    ("action", "status", "result"),
    [
        (Action.EDIT, PracticeStatus.PROPOSED, PracticeStatus.PROPOSED),
        (Action.EDIT, PracticeStatus.ENDORSED, PracticeStatus.PROPOSED),
        (Action.ENDORSE, PracticeStatus.PROPOSED, PracticeStatus.ENDORSED),
        (Action.RETIRE, PracticeStatus.ENDORSED, PracticeStatus.RETIRED),
        (Action.REINSTATE, PracticeStatus.RETIRED, PracticeStatus.PROPOSED),
    ],
)
def test_each_step_leads_where_the_table_says(
    action: Action, status: PracticeStatus, result: PracticeStatus
) -> None:
    assert practice_after(action, status, "because") is result


def test_a_step_is_refused_from_elsewhere_and_without_its_reason() -> None:
    with pytest.raises(WrongState, match="endorsed"):
        practice_after(Action.ENDORSE, PracticeStatus.ENDORSED)
    with pytest.raises(Invalid, match="Say why"):
        practice_after(Action.RETIRE, PracticeStatus.ENDORSED, " ")


def test_it_says_what_is_missing() -> None:
    assert SOUND.problems == ()
    assert [field for field, _ in Practice().problems] == ["title", "how_to", "rests_on"]
    both = SOUND.model_copy(update={"contradicted_by": SOUND.rests_on})
    assert [field for field, _ in both.problems] == ["contradicted_by"]


def test_a_heading_is_a_few_sentences() -> None:
    with pytest.raises(ValidationError):
        Practice(effect="x" * 1201)
    with pytest.raises(ValidationError):
        Practice.model_validate({"effect": 7})


def test_it_names_no_lesson_of_a_case_that_is_unknown() -> None:
    practice = SOUND.model_copy(update={"contradicted_by": ("hidden/d1", "seven/logs")})
    told = resting_on_known(practice, lambda case: case == "seven")
    assert told.lessons == ("seven/preserve", "seven/logs")


def test_under_chatham_house_outsiders_learn_no_writer() -> None:
    practice = SOUND.model_copy(
        update={"audience": Audience(chatham_house=True), "writers": ("anna",), "released": True}
    )
    assert practice.shown_to(ABROAD.viewer).writers == ()
    assert practice.shown_to(ABROAD.viewer).owner is None
    assert practice.shown_to(HERE.viewer) is practice
