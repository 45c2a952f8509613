"""Whether a case is still true: who is asked, who may say so, and what a stale page cannot do."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStatus
from kb.domain.errors import Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.notice import Told
from kb.domain.review_date import ReviewState
from kb.domain.workflow import Action
from kb.services.still_true import StillTrueList
from tests.fakes.clock import NOON
from tests.samples import BRUSSELS
from tests.services.post_office import PostOffice

TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def ids(listed: StillTrueList) -> tuple[list[str], list[str]]:
    return [each.entry.id for each in listed.own], [each.entry.id for each in listed.others]


def test_an_organisation_sees_what_is_due_and_overdue_of_its_own_the_oldest_first(office: PostOffice) -> None:
    office.publish("due", review_by=TODAY + 30 * DAY)
    office.publish("overdue", review_by=TODAY - DAY)
    office.publish("later", review_by=TODAY + 31 * DAY)
    office.publish("never")
    office.publish("foreign", review_by=TODAY - DAY, owner=BRUSSELS)
    office.publish("retired", review_by=TODAY - DAY, status=CaseStatus.RETIRED)

    listed = office.still_true.list(office.anna)

    assert ids(listed) == (["overdue", "due"], [])
    assert [each.state for each in listed.own] == [ReviewState.OVERDUE, ReviewState.DUE]
    assert all(each.mine for each in listed.own)
    assert listed.proposed == dt.date(2027, 9, 1)


def test_coordinators_see_what_is_overdue_elsewhere_as_far_as_they_may(office: PostOffice) -> None:
    strict, quiet = Audience(marking=Marking.AMBER_STRICT), Audience(chatham_house=True)
    office.publish("overdue", review_by=TODAY - DAY)
    office.publish("due", review_by=TODAY)
    office.publish("strict", review_by=TODAY - DAY, audience=strict)
    office.publish("quiet", review_by=TODAY - 2 * DAY, audience=quiet)

    listed = office.still_true.list(office.carla)

    assert ids(listed) == ([], ["quiet", "overdue"])
    assert listed.others[0].entry.owner is None
    assert ids(office.still_true.list(office.cyril)) == (["quiet", "overdue", "strict", "due"], [])
    assert ids(office.still_true.list(office.nora)) == ([], [])


def test_who_owns_a_case_says_that_it_is_still_true_for_another_year(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY - DAY)

    date = office.still_true.confirm(office.bert, "seven", case.revision, None)

    now = office.cases.get(office.anna, "seven")
    assert date == now.case.review_by == dt.date(2027, 9, 1)
    assert now.case.title == case.case.title
    (newest, _) = office.cases.history(office.anna, "seven")
    assert (newest.action, newest.by, newest.note) == (
        Action.CONFIRM.value,
        "Bert",
        "Still true; to be looked at again by 2027-09-01",
    )
    assert ids(office.still_true.list(office.anna)) == ([], [])


def test_another_date_may_be_chosen_within_reason(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY - DAY)
    for wrong in (TODAY, TODAY - DAY, TODAY + 3_000 * DAY):
        with pytest.raises(Invalid, match="within five years"):
            office.still_true.confirm(office.anna, "seven", case.revision, wrong)

    assert (
        office.still_true.confirm(office.anna, "seven", case.revision, TODAY + 90 * DAY) == TODAY + 90 * DAY
    )


def test_who_does_not_own_it_cannot_say_so_be_it_a_coordinator(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY - DAY, audience=Audience(marking=Marking.GREEN))
    with pytest.raises(Forbidden, match="owner's organisation"):
        office.still_true.confirm(office.carla, "seven", case.revision, None)

    hidden = office.publish("strict", review_by=TODAY - DAY, audience=Audience(marking=Marking.AMBER_STRICT))
    with pytest.raises(NotFound):
        office.still_true.confirm(office.carla, "strict", hidden.revision, None)


def test_a_stale_page_confirms_nothing(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY - DAY)
    office.still_true.confirm(office.anna, "seven", case.revision, None)

    with pytest.raises(StaleRevision):
        office.still_true.confirm(office.bert, "seven", case.revision, None)


def test_what_is_retired_is_not_confirmed(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY - DAY, status=CaseStatus.RETIRED)

    with pytest.raises(WrongState):
        office.still_true.confirm(office.anna, "seven", case.revision, None)


def test_the_owners_are_asked_once_for_each_date_and_again_for_the_next(office: PostOffice) -> None:
    case = office.publish(review_by=TODAY, author="anna")
    for _ in range(2):
        office.still_true.remind(OPERATOR)
    assert [each.act for each in office.notices.of("anna")] == [Told.REVIEW_DUE]
    assert office.notices.of("bert") == ()

    office.clock.tick(days=1)
    office.still_true.remind(OPERATOR)
    assert [each.act for each in office.notices.of("bert")] == [Told.REVIEW_OVERDUE]
    assert [each.act for each in office.notices.of("anna")] == [Told.REVIEW_OVERDUE, Told.REVIEW_DUE]

    office.still_true.confirm(office.anna, "seven", case.revision, office.clock.now().date() + 40 * DAY)
    office.clock.tick(days=20)
    office.still_true.remind(OPERATOR)
    assert [each.act for each in office.notices.of("anna")].count(Told.REVIEW_DUE) == 2
    with pytest.raises(Forbidden):
        office.still_true.remind(office.carla)


def test_how_a_date_stands_is_told_for_today(office: PostOffice) -> None:
    assert office.still_true.state(TODAY) is ReviewState.DUE
    assert office.still_true.state(None) is ReviewState.LATER
    assert office.still_true.proposed() == dt.date(2027, 9, 1)
