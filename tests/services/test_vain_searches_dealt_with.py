"""What coordinators do about searches in vain: put them aside with a note, or forget them."""

from __future__ import annotations

import pytest

from kb.domain.errors import Invalid, NotFound
from kb.domain.period import YearMonth
from tests.fakes.vain_searches import MemoryVainSearches
from tests.services.watch import KEY, TEXT, Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_what_is_dealt_with_leaves_the_list_with_its_note(watch: Watch) -> None:
    older, newer = watch.both("balloon"), watch.both()
    watch.vain.deal_with(watch.carla, older, "Nothing to be done.")
    watch.clock.tick(days=31)

    assert watch.vain.deal_with(watch.cyril, newer, "  A case was\nasked for. ").text == TEXT

    page = watch.vain.list(watch.carla)
    assert page.open == ()
    assert [(each.text, each.note, each.dealt_with) for each in page.dealt_with] == [
        (TEXT, "A case was asked for.", "2026-10"),
        ("balloon", "Nothing to be done.", "2026-09"),
    ]


def test_the_audit_log_gets_no_text(watch: Watch) -> None:
    mark = watch.both()
    watch.vain.deal_with(watch.carla, mark, "A case was asked for.")

    (row,) = (each for each in watch.audit.rows if each.action == "search-in-vain.dealt-with")

    assert (row.actor, row.subject, row.detail) == ("carla", mark, "")


def test_two_more_accounts_bring_it_back(watch: Watch) -> None:
    watch.vain.deal_with(watch.carla, watch.both(), "A synonym was added.")

    watch.search(watch.anna)
    assert watch.shown() == []

    watch.search(watch.dora)
    (told,) = watch.vain.list(watch.carla).open
    assert (told.search.note, told.search.searches) == ("A synonym was added.", 2)


def test_coordinators_who_look_into_the_list_drive_up_nothing_and_bring_nothing_back(watch: Watch) -> None:
    mark = watch.both()
    watch.search(watch.carla)
    (told,) = watch.vain.list(watch.carla).open
    assert told.search.searches == 2

    watch.vain.deal_with(watch.carla, mark, "A synonym was added.")
    watch.search(watch.carla)
    watch.search(watch.anna)
    assert watch.shown() == []
    watch.search(watch.dora)
    assert watch.shown() == [TEXT]


def test_a_coordinators_own_search_counts_as_anybodys(watch: Watch) -> None:
    watch.search(watch.carla)
    watch.search(watch.anna)
    assert watch.shown() == [TEXT]


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("  ", "at most 300"),
        ("x" * 301, "at most 300"),
        ("ask anna@unit.example or 203.0.113.7", "e-mail address out.*IP address out"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(watch: Watch, note: str, sentence: str) -> None:
    mark = watch.both()

    with pytest.raises(Invalid, match=sentence):
        watch.vain.deal_with(watch.carla, mark, note)

    assert watch.shown() == [TEXT]


def test_what_is_unknown_hidden_or_dealt_with_is_not_found(watch: Watch) -> None:
    watch.search(watch.anna)
    hidden, mark = next(iter(watch.vain_store.marks)), watch.both("balloon")
    watch.vain.deal_with(watch.carla, mark, "Done.")
    assert watch.vain.get(watch.carla, mark).text == "balloon"

    for each in (hidden, mark, "unknown"):
        with pytest.raises(NotFound):
            watch.vain.deal_with(watch.carla, each, "Again.")
    for each in (hidden, "unknown"):
        with pytest.raises(NotFound):
            watch.vain.forget(watch.carla, each)


def test_what_is_forgotten_is_gone_for_good_and_only_that_is_audited(watch: Watch) -> None:
    mark = watch.both()

    assert watch.vain.forget(watch.carla, mark).text == TEXT

    page = watch.vain.list(watch.carla)
    assert (page.open, page.more, page.dealt_with, page.search_works) == ((), 0, (), True)
    assert [(row.action, row.subject, row.detail) for row in watch.audit.rows[-1:]] == [
        ("search-in-vain.forgotten", mark, "")
    ]


class QuickerColleague(MemoryVainSearches):
    """A store in which somebody else has dealt with it between reading and writing."""

    def deal_with(self, mark: str, note: str, month: YearMonth) -> bool:
        return False


def test_who_comes_second_is_told_that_it_is_gone(watch: Watch) -> None:
    watch.vain_store = QuickerColleague()
    watch.vain = watch.service(KEY)
    mark = watch.both()

    with pytest.raises(NotFound):
        watch.vain.deal_with(watch.carla, mark, "Done.")
    assert not [row for row in watch.audit.rows if row.action == "search-in-vain.dealt-with"]
