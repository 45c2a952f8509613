"""Searches in vain: counted without the person, and shown to coordinators alone."""

from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden, NotSignedIn, SearchUnavailable, StoreFailure
from kb.domain.period import YearMonth
from kb.domain.query import IndexState, SearchRequest
from kb.domain.vain_search import MarkedSearch, PendingSearch, VainSearch
from kb.services.vain_searches import MOST_SHOWN, ToldSearch, VainSearchPage
from tests.fakes.vain_searches import MemoryVainSearches
from tests.samples import VIENNA
from tests.services.watch import KEY, TEXT, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_search_is_pending_until_another_settles_it(watch: Watch) -> None:
    for account in (watch.anna, watch.dora):
        pending = watch.vain.note(account, None, "Zeppelin  footage", found=False)
        assert pending == PendingSearch(text="Zeppelin footage", found=False)
        assert watch.shown() == []
        watch.vain.note(account, pending, "something else", found=True)

    assert watch.shown() == [TEXT]


def test_what_is_cleared_before_is_not_counted(watch: Watch) -> None:
    for account in (watch.anna, watch.dora):
        watch.vain.note(account, None, TEXT, found=True)
        watch.vain.note(account, None, "something else", found=True)

    assert watch.vain_store.marks == {}


def test_one_account_alone_is_never_shown_and_its_text_never_kept(watch: Watch) -> None:
    for _ in range(3):
        watch.search(watch.anna)

    assert watch.shown() == []
    assert TEXT not in repr(vars(watch.vain_store))
    assert "anna" not in repr(vars(watch.vain_store))


def test_marks_fit_no_other_installation_and_no_other_account_or_text(watch: Watch) -> None:
    watch.search(watch.anna)
    watch.search(watch.anna, "another text")
    watch.service(b"another key").settle(watch.anna, PendingSearch(text=TEXT, found=False))

    marks = [*watch.vain_store.marks, *(mark[0] for mark in watch.vain_store.marks.values())]
    assert len(set(marks)) == 6


def test_two_accounts_are_shown_with_reason_and_month_and_nothing_of_who(watch: Watch) -> None:
    watch.search(watch.anna, found=False)
    watch.search(watch.dora, found=True)

    (told,) = watch.vain.list(watch.carla).open

    assert told.search.model_dump(exclude={"mark"}) == {
        "text": TEXT,
        "nothing_found": 1,
        "none_opened": 1,
        "month": "2026-09",
        "note": "",
        "dealt_with": None,
    }


def test_the_most_frequent_come_first_and_not_all_at_once(watch: Watch) -> None:
    for text in ("balloon", TEXT, "airship"):
        watch.both(text)
    watch.search(watch.bert)
    assert watch.shown() == [TEXT, "airship", "balloon"]

    for letter in "abcdefghijklmnopqrstuvwxyz"[: MOST_SHOWN // 2 + 1]:
        watch.both(f"glider {letter}")
        watch.both(f"kite {letter}")
    page = watch.vain.list(watch.carla)
    assert (len(page.open), page.more) == (MOST_SHOWN, 5)
    assert page.open[0].search.text == TEXT


@pytest.mark.parametrize(
    "text", ["anna.berg@unit.example", "call +43 664 1234567", "ab", "who is 203.0.113.7"]
)
def test_what_leads_to_somebody_leaves_no_trace(watch: Watch, text: str) -> None:
    watch.search(watch.anna, text)
    watch.search(watch.dora, text)

    assert watch.vain_store.marks == {}
    assert watch.shown() == []


def test_each_is_told_with_what_this_reader_would_find_today(watch: Watch) -> None:
    watch.both("preservation")
    watch.publish(title="Preservation in time")

    (told,) = watch.vain.list(watch.carla).open

    assert told.today
    assert not told.illustrative
    assert not watch.vain.list(watch.carla).illustrative


def test_that_something_was_found_is_told_only_where_any_officer_finds_something(watch: Watch) -> None:
    watch.publish(title="Zeppelin footage", audience={"marking": "AMBER+STRICT"}, owner=VIENNA)
    watch.search(watch.anna, found=True)
    watch.search(watch.bert, found=False)

    for coordinator, today in ((watch.carla, 0), (watch.cyril, 1)):
        (told,) = watch.vain.list(coordinator).open
        assert bool(told.today) == bool(today)
        assert (told.none_opened, told.nothing_found) == (0, 2)

    watch.publish("eight", title="Zeppelin footage for all")
    for coordinator in (watch.carla, watch.cyril):
        (told,) = watch.vain.list(coordinator).open
        assert (told.none_opened, told.nothing_found) == (1, 1)


def test_while_search_is_rebuilt_the_list_is_told_without_what_is_found(watch: Watch) -> None:
    watch.both(found=True)
    watch.engine.state = IndexState.REBUILDING
    with pytest.raises(SearchUnavailable):
        watch.searching.search(watch.carla, SearchRequest())

    page = watch.vain.list(watch.carla)

    assert not page.search_works
    assert [(each.today, each.nothing_found) for each in page.open] == [(None, 2)]


class FullDisk(MemoryVainSearches):
    def count(self, search: MarkedSearch, *, forget_before: YearMonth) -> None:
        raise StoreFailure


def test_a_full_disk_keeps_nobody_from_searching(watch: Watch) -> None:
    watch.vain_store = FullDisk()
    watch.vain = watch.service(KEY)

    watch.search(watch.anna)


def test_what_nobody_searched_for_a_year_is_forgotten(watch: Watch) -> None:
    watch.both()
    watch.clock.tick(days=360)
    assert watch.shown() == [TEXT]

    watch.clock.tick(days=60)
    assert watch.shown() == []
    watch.search(watch.anna, "something else")
    assert watch.vain_store.list(since="2000-01") == ()


def test_how_many_wait_is_told_to_coordinators_alone(watch: Watch) -> None:
    watch.both()
    watch.vain.deal_with(watch.carla, watch.both("balloon"), "Done.")

    told = [watch.vain.waiting(account) for account in (watch.carla, watch.anna, watch.otto, None)]
    assert told == [1, 0, 0, 0]


def test_only_who_reads_is_counted_and_only_coordinators_watch(watch: Watch) -> None:
    mark, pending = watch.both(), PendingSearch(text=TEXT, found=False)
    for account in (watch.otto, watch.anna):
        with pytest.raises(Forbidden):
            watch.vain.list(account)
        with pytest.raises(Forbidden):
            watch.vain.get(account, mark)
        with pytest.raises(Forbidden):
            watch.vain.deal_with(account, mark, "Done.")
        with pytest.raises(Forbidden):
            watch.vain.forget(account, mark)
    with pytest.raises(Forbidden):
        watch.vain.settle(watch.otto, pending)
    with pytest.raises(NotSignedIn):
        watch.vain.note(None, pending, "x", found=False)


def test_illustrative_records_among_what_is_found_are_told(watch: Watch) -> None:
    search = VainSearch(mark="m", text="t", nothing_found=2, month="2026-09")
    told = ToldSearch(search=search, today=1, illustrative=True)

    assert VainSearchPage(open=(told,), more=0, dealt_with=()).illustrative
