"""Reference records: public facts with their source, named by what they are about, and retired with a reason."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.discussion import Discussion
from kb.domain.entry import entry_of
from kb.domain.errors import Invalid, WrongState
from kb.domain.instrument import Instrument, Participation, Standing
from kb.domain.jurisdiction import Answer, Jurisdiction, Reply, jurisdiction_id
from kb.domain.marking import Audience, Marking
from kb.domain.record import Source
from kb.domain.reference import REFERENCE_STEPS, ReferenceStatus, reference_after
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF, Body, Header, Revision, own_id
from kb.domain.workflow import Action
from tests.fakes.clock import NOON

DAY = dt.date(2026, 11, 22)
SOURCE = Source(title="Penal code", url="https://law.example/207", as_of=DAY)
CURRENT, RETIRED = ReferenceStatus.CURRENT, ReferenceStatus.RETIRED


@pytest.mark.parametrize("marking", [Marking.AMBER, Marking.AMBER_STRICT, Marking.RED])
def test_what_stands_under_an_id_that_everybody_guesses_is_for_every_officer(marking: Marking) -> None:
    hidden = Audience(marking=marking)

    with pytest.raises(ValidationError, match="CLEAR or GREEN"):
        Instrument(audience=hidden)
    with pytest.raises(ValidationError, match="CLEAR or GREEN"):
        Jurisdiction(country="AT", audience=hidden)
    assert Resource(audience=hidden).audience == hidden


def test_nothing_of_it_is_withheld_under_chatham_house() -> None:
    with pytest.raises(ValidationError, match="CLEAR or GREEN"):
        Instrument(audience=Audience(chatham_house=True))


@pytest.mark.parametrize("source", [None, SOURCE.model_copy(update={"as_of": None})])
@pytest.mark.parametrize("reply", [Reply.YES, Reply.NO, Reply.PARTLY])
def test_an_answer_names_its_source_and_the_day(reply: Reply, source: Source | None) -> None:
    with pytest.raises(ValidationError, match="public source"):
        Answer(question="csam-law", reply=reply, source=source)
    assert Answer(question="csam-law", reply=reply, source=SOURCE).reply is reply


def test_what_nobody_has_answered_is_unknown() -> None:
    law = Jurisdiction(country="at", answers=(Answer(question="csam-law", reply=Reply.YES, source=SOURCE),))

    assert law.country == "AT"
    assert law.answer("csam-law").reply is Reply.YES
    assert law.answer("data-retention") == Answer(question="data-retention")
    assert law.answer("data-retention").reply is Reply.UNKNOWN


def test_every_question_is_answered_in_order_and_one_that_is_asked_no_more_comes_last() -> None:
    former, known = (
        Answer(question=key, reply=Reply.YES, source=SOURCE) for key in ("former-question", "csam-law")
    )
    law = Jurisdiction(country="at", answers=(former, known))

    assert law.answered(("data-retention", "csam-law")) == (Answer(question="data-retention"), known, former)


def test_a_question_is_answered_once_and_a_country_stands_in_the_table_once() -> None:
    twice = (Answer(question="csam-law"), Answer(question="csam-law"))
    line = Participation(country="AT", standing=Standing.PARTY, source=SOURCE)

    with pytest.raises(ValidationError, match="answered once"):
        Jurisdiction(country="AT", answers=twice)
    with pytest.raises(ValidationError, match="stands in the table once"):
        Instrument(participation=(line, line))
    assert Instrument(participation=(line,)).participation == (line,)


def test_records_are_named_by_what_they_are_about() -> None:
    tag = Concept(scheme=Scheme.TAG, key="warrant", labels=(Labels(language="en", preferred="Warrant"),))

    assert own_id(tag) == "tag.warrant"
    assert own_id(Discussion(case="seven")) == "seven"
    assert own_id(Jurisdiction(country="AT")) == jurisdiction_id("AT") == "at"
    assert own_id(Resource()) is None
    with pytest.raises(ValueError, match="no country code"):
        jurisdiction_id("nowhere")


@pytest.mark.parametrize("body", [Resource(), Instrument(), Jurisdiction(country="AT")])
def test_lists_are_told_whether_it_is_retired(body: Resource | Instrument | Jurisdiction) -> None:
    entry = entry_of(_revision(body), NOON)
    retired = entry_of(_revision(body.model_copy(update={"status": RETIRED})), NOON)

    assert entry
    assert retired
    assert (entry.status, retired.status) == ("current", "retired")


def _revision(body: Body) -> Revision:
    header = Header(
        kind=KIND_OF[type(body)],
        id="one",
        revision=1,
        digest="0" * 64,
        saved_at=NOON,
        saved_by="anna",
        action=Action.CREATE,
    )
    return Revision(header=header, body=body)


@pytest.mark.parametrize("action", REFERENCE_STEPS)
@pytest.mark.parametrize("status", ReferenceStatus)
def test_a_step_is_possible_from_where_the_table_says(action: Action, status: ReferenceStatus) -> None:
    possible = {(Action.REINSTATE, RETIRED), *((each, CURRENT) for each in REFERENCE_STEPS)} - {
        (Action.REINSTATE, CURRENT)
    }
    if (action, status) in possible:
        assert reference_after(action, status, "It ended.") is (
            RETIRED if action is Action.RETIRE else CURRENT
        )
    else:
        with pytest.raises(WrongState):
            reference_after(action, status, "It ended.")


def test_retiring_and_bringing_back_need_a_reason() -> None:
    for action, status in ((Action.RETIRE, CURRENT), (Action.REINSTATE, RETIRED)):
        with pytest.raises(Invalid, match="Say why"):
            reference_after(action, status, "  ")


def test_it_is_overdue_when_its_day_has_passed() -> None:
    late = Resource(review_by=DAY)

    assert late.is_overdue(DAY + dt.timedelta(days=1))
    assert not late.is_overdue(DAY)
    assert not Resource().is_overdue(DAY)
