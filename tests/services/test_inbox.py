"""The inbox shows what concerns somebody, and nothing that is hidden from them by now."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.discussion import Discussion, Post
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.marking import Audience, Marking
from kb.domain.notice import MailMode, Told, Wishes
from kb.domain.workflow import Action
from kb.services.inbox import MOST_COUNTED, PER_PAGE
from tests.samples import a_case, put
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def acts(office: PostOffice, name: str, *, unread: bool = False) -> list[Told]:
    page = office.inbox.show(getattr(office, name), unread=unread)
    return [each.notice.act for each in page.lines]


def test_a_notice_is_shown_with_the_title_of_today_and_who_acted(office: PostOffice) -> None:
    view = office.in_review()

    page = office.inbox.show(office.anna)

    (line,) = page.lines
    assert (line.notice.act, line.entry.id, line.entry.title, line.by) == (
        Told.TAKEN,
        view.id,
        "Seven days",
        "Carla",
    )
    assert (page.unread, page.total, page.page, page.pages) == (1, 1, 1, 1)
    assert not line.asks
    assert not line.of_a_day


def test_what_somebody_may_no_longer_see_is_in_no_list_and_no_count(office: PostOffice) -> None:
    view = office.submitted()
    assert office.inbox.unread(office.carla) == 1

    office.submissions.withdraw(office.anna, view.id, view.revision)

    assert acts(office, "carla") == []
    assert office.inbox.show(office.carla).unread == office.inbox.unread(office.carla) == 0


def test_under_chatham_house_an_outsider_is_not_told_who_acted_even_if_the_flag_came_later(
    office: PostOffice,
) -> None:
    quiet = Audience(marking=Marking.GREEN, chatham_house=True)
    case = a_case(author="dora", status=CaseStatus.RETIRED)
    put(office.store, "seven", case, action=Action.RETIRE, by="bert")
    office.drain.run()
    assert [each.by for each in office.inbox.show(office.dora).lines] == ["Bert"]

    put(office.store, "seven", case.model_copy(update={"audience": quiet}), action=Action.NARROW, by="bert")
    office.drain.run()

    assert [each.by for each in office.inbox.show(office.dora).lines] == [""]
    assert [each.by for each in office.inbox.show(office.anna).lines] == ["Bert"]


def test_what_is_written_under_chatham_house_is_told_to_outsiders_by_the_month(office: PostOffice) -> None:
    put(office.store, "seven", a_case(audience=Audience(chatham_house=True)), action=Action.IMPORT)
    first = Post(key="p1", lesson="logs", at=office.clock.now(), by="dora", text="How?")
    answer = first.model_copy(update={"key": "p2", "by": "anna", "answers": "p1"})
    for posts, action in (((first,), Action.QUESTION), ((first, answer), Action.ANSWER)):
        put(office.store, "seven", Discussion(case="seven", posts=posts), action=action, by=posts[-1].by)
    office.drain.run()

    assert [(each.vague, each.by) for each in office.inbox.show(office.dora).lines] == [(True, "")]
    assert [(each.vague, each.by) for each in office.inbox.show(office.anna).lines] == [(False, "Dora")]


def test_an_act_by_nobody_who_has_an_account_names_nobody(office: PostOffice) -> None:
    put(office.store, "seven", a_case(status=CaseStatus.RETIRED), action=Action.RETIRE, by="operator")
    office.drain.run()

    assert [each.by for each in office.inbox.show(office.anna).lines] == [""]


def test_unread_comes_first_and_among_it_what_asks_for_something(office: PostOffice) -> None:
    first = office.in_review()
    office.reviews.request_changes(office.carla, first.id, first.revision, "More on the second day, please.")
    office.clock.tick()
    office.in_review(title="Nine days")
    assert acts(office, "anna") == [Told.CHANGES_REQUESTED, Told.TAKEN, Told.TAKEN]

    key = next(each.key for each in office.notices.of("anna") if each.act is Told.CHANGES_REQUESTED)
    office.inbox.read(office.anna, key)

    assert acts(office, "anna") == [Told.TAKEN, Told.TAKEN, Told.CHANGES_REQUESTED]
    assert acts(office, "anna", unread=True) == [Told.TAKEN, Told.TAKEN]
    assert office.inbox.unread(office.anna) == 2


def test_all_that_a_list_showed_is_read_at_once_and_what_came_meanwhile_is_not(office: PostOffice) -> None:
    office.submitted()
    shown = office.inbox.show(office.carla)
    office.clock.tick()
    office.submitted(title="Nine days")

    office.inbox.read_all(office.carla, shown.until)

    assert [each.entry.title for each in office.inbox.show(office.carla, unread=True).lines] == ["Nine days"]
    office.inbox.read_all(office.carla, office.clock.now() + dt.timedelta(days=9))
    assert office.inbox.unread(office.carla) == 0


def test_a_long_inbox_comes_in_pages_and_is_counted_to_a_bound(office: PostOffice) -> None:
    office.submitted()
    (notice,) = office.notices.of("carla")
    office.notices.add([notice.model_copy(update={"key": f"k{number}"}) for number in range(150)])

    page = office.inbox.show(office.carla, page=99)

    assert (page.page, page.pages, page.total) == (7, 7, 151)
    assert len(page.lines) == 151 - 6 * PER_PAGE
    assert office.inbox.unread(office.carla) == MOST_COUNTED + 1


def test_wishes_are_ones_own(office: PostOffice) -> None:
    wishes = Wishes(mail=MailMode.DAILY, unmailed=frozenset({Told.TAKEN}))

    office.inbox.wish(office.anna, wishes)

    assert office.inbox.wishes(office.anna) == wishes
    assert office.inbox.wishes(office.bert) == Wishes()


def test_who_reads_no_record_has_no_inbox(office: PostOffice) -> None:
    with pytest.raises(Forbidden):
        office.inbox.show(office.otto)
    with pytest.raises(NotSignedIn):
        office.inbox.show(None)
    assert (
        office.inbox.unread(office.otto) == office.inbox.unread(None) == office.inbox.unread(office.nora) == 0
    )
