"""A discussion goes where its case goes, among officers."""

from __future__ import annotations

import json

import pytest

from kb.domain.account import OPERATOR
from kb.domain.discussion import Discussion
from kb.domain.marking import Audience, Marking
from kb.services.discussions import Discussions
from kb.services.exporting import ExportAudience, Exporting
from tests.samples import BRUSSELS, VIENNA, a_case, put
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


@pytest.fixture
def talk(office: Office) -> Discussions:
    return Discussions(
        office.records, office.saving, office.store, accounts=office.people, clock=office.clock
    )


def exported(office: Office, audience: ExportAudience) -> dict[str, Discussion]:
    exporting = Exporting(office.store, office.catalogue, office.audit, office.clock)
    lines = [json.loads(each) for each in exporting.lines(exporting.plan(OPERATOR, audience))]
    return {
        each["id"]: Discussion.model_validate(each["body"]) for each in lines if each["kind"] == "discussion"
    }


@pytest.mark.parametrize(
    ("marking", "audiences"),
    [
        (Marking.CLEAR, {ExportAudience.OFFICERS, ExportAudience.EVERYTHING}),
        (Marking.AMBER, {ExportAudience.EVERYTHING}),
    ],
)
def test_it_is_exported_for_officers_who_may_have_the_case_and_never_for_the_public(
    office: Office, talk: Discussions, marking: Marking, audiences: set[ExportAudience]
) -> None:
    put(office.store, "seven", a_case(audience=Audience(marking=marking)))
    talk.ask(office.bert, "seven", "logs", "How long?")
    assert {each for each in ExportAudience if exported(office, each)} == audiences


def test_it_tells_no_more_than_a_page_does(office: Office, talk: Discussions) -> None:
    put(office.store, "seven", a_case(audience=Audience(chatham_house=True)))
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    talk.answer(office.anna, "seven", asked.key, "A week.")
    told = exported(office, ExportAudience.OFFICERS)["seven"]
    assert {(each.by, each.organisation) for each in told.posts} == {("withheld", None)}
    whole = exported(office, ExportAudience.EVERYTHING)["seven"]
    assert [each.organisation for each in whole.posts] == [BRUSSELS, VIENNA]


def test_it_stays_out_where_the_case_was_narrowed_or_went_since_the_plan(
    office: Office, talk: Discussions
) -> None:
    talk.ask(office.dora, "seven", "logs", "How long?")
    exporting = Exporting(office.store, office.catalogue, office.audit, office.clock)
    plan = exporting.plan(OPERATOR, ExportAudience.OFFICERS)
    put(office.store, "seven", a_case(audience=Audience(marking=Marking.AMBER_STRICT)))
    assert list(exporting.lines(plan)) == []
