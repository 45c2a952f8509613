"""What every store of notices promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.notices import SqlNotices
from kb.domain.notice import MailMode, MailState, Notice, Told, Wishes
from kb.domain.ports import NoticeStore, Outstanding
from tests.fakes.clock import NOON
from tests.fakes.notices import MemoryNotices
from tests.ports.test_saved_search_store import database
from tests.samples import submission_ref

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> NoticeStore:
    return MemoryNotices() if request.param == "memory" else SqlNotices(database(tmp_path))


def notice(key: str = "one", account: str = "anna", **fields: object) -> Notice:
    sound: dict[str, object] = {
        "key": key,
        "account": account,
        "at": NOON,
        "act": Told.TAKEN,
        "subject": submission_ref(),
        "by": "carla",
    }
    return Notice.model_validate(sound | fields)


def keys(notices: Iterable[Notice]) -> list[str]:
    return [each.key for each in notices]


def due(store: NoticeStore, now: dt.datetime = NOON) -> dict[str, list[str]]:
    return {account: keys(notices) for account, notices in store.due(now).items()}


def test_a_notice_comes_back_as_it_was_and_the_newest_comes_first(store: NoticeStore) -> None:
    later = notice("later", at=NOON + DAY, by=None, lesson="logs", act=Told.COMMENTED)

    assert store.add([notice("b"), notice("a"), later, notice("other", "boris")]) == {"anna", "boris"}

    assert store.of("anna") == (later, notice("a"), notice("b"))
    assert store.of("nobody") == ()
    assert store.add([]) == frozenset()


def test_what_is_added_again_stays_as_it_is_and_is_news_to_nobody(store: NoticeStore) -> None:
    store.add([notice()])
    store.read("anna", ["one"], NOON + MINUTE)

    assert store.add([notice(), notice(account="boris")]) == {"boris"}

    assert store.of("anna") == (notice(read_at=NOON + MINUTE),)


def test_reading_is_for_ones_own_and_is_noted_once(store: NoticeStore) -> None:
    store.add([notice(), notice("two"), notice(account="boris")])

    store.read("anna", ["one", "none"], NOON + MINUTE)
    store.read("anna", ["one"], NOON + DAY)

    assert store.of("anna", unread=True) == (notice("two"),)
    assert store.of("anna")[0].read_at == NOON + MINUTE
    assert store.of("boris", unread=True) == (notice(account="boris"),)


def test_what_came_after_the_list_was_made_stays_unread(store: NoticeStore) -> None:
    store.add([notice(), notice("late", at=NOON + MINUTE), notice(account="boris")])

    store.read_all("anna", NOON, NOON + DAY)

    assert keys(store.of("anna", unread=True)) == ["late"]
    assert keys(store.of("boris", unread=True)) == ["one"]


def test_wishes_are_kept_and_leave_the_last_digest_alone(store: NoticeStore) -> None:
    assert store.wishes("anna") == Wishes()
    store.add([notice()])
    store.sent("anna", ["one"], NOON)

    assert store.wishes("anna") == Wishes(digest_at=NOON)
    wishes = Wishes(mail=MailMode.DAILY, unmailed=frozenset({Told.TAKEN, Told.CHANGES_REQUESTED}))
    store.set_wishes("anna", wishes)
    store.set_wishes("boris", Wishes(mail=MailMode.NEVER))

    assert store.wishes("anna") == wishes.model_copy(update={"digest_at": NOON})
    assert store.wishes("boris") == Wishes(mail=MailMode.NEVER)


def test_what_waits_is_given_by_account_the_longest_waiting_first(store: NoticeStore) -> None:
    store.add([notice("b", at=NOON), notice("a", at=NOON + MINUTE), notice("c", "boris", at=NOON - MINUTE)])

    assert due(store, NOON + DAY) == {"boris": ["c"], "anna": ["b", "a"]}
    assert list(due(store, NOON + DAY)) == ["boris", "anna"]
    assert due(store) == {"boris": ["c"], "anna": ["b"]}


def test_what_somebody_has_taken_nobody_else_gets_until_it_comes_free_again(store: NoticeStore) -> None:
    store.add([notice(), notice("two")])

    assert store.claim("anna", ["one"], NOON, NOON + MINUTE) == {"one"}
    assert store.claim("anna", ["one", "two", "none"], NOON, NOON + MINUTE) == {"two"}
    assert store.claim("boris", ["one"], NOON, NOON + MINUTE) == frozenset()

    assert due(store) == {}
    assert due(store, NOON + MINUTE) == {"anna": ["one", "two"]}
    assert {each.tries for each in store.of("anna")} == {1}


def test_of_several_at_once_one_takes_each(tmp_path: Path) -> None:
    store = SqlNotices(database(tmp_path))
    store.add([notice(f"n{number}") for number in range(5)])
    named = [f"n{number}" for number in range(5)]

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: store.claim("anna", named, NOON, NOON + DAY), range(8)))

    assert sorted(key for each in taken for key in each) == named


def test_what_was_sent_is_not_due_any_more(store: NoticeStore) -> None:
    store.add([notice(), notice("two")])
    store.failed("anna", ["one"], NOON, "Refused.")

    store.sent("anna", ["one"])

    assert due(store) == {"anna": ["two"]}
    sent = next(each for each in store.of("anna") if each.key == "one")
    assert (sent.mail, sent.failure) == (MailState.SENT, "")
    assert store.wishes("anna").digest_at is None


def test_what_failed_is_tried_again_later_and_told_until_then(store: NoticeStore) -> None:
    store.add([notice(), notice("two", "boris")])
    store.claim("anna", ["one"], NOON, NOON + DAY)

    store.failed("anna", ["one"], NOON + MINUTE, "The server does not answer.")

    assert store.outstanding() == Outstanding(waiting=2, failures={"anna": "The server does not answer."})
    assert due(store) == {"boris": ["two"]}
    assert due(store, NOON + MINUTE) == {"boris": ["two"], "anna": ["one"]}
    store.sent("anna", ["one"])
    assert store.outstanding() == Outstanding(waiting=1)


def test_what_is_dropped_is_never_sent_and_what_was_sent_is_not_dropped(store: NoticeStore) -> None:
    store.add([notice(), notice("two")])
    store.sent("anna", ["one"])

    store.dropped("anna", ["one", "two"])
    store.failed("anna", ["one", "two"], NOON, "Too late.")

    assert {each.key: each.mail for each in store.of("anna")} == {
        "one": MailState.SENT,
        "two": MailState.DROPPED,
    }
    assert store.outstanding() == Outstanding()


def test_beyond_a_number_the_old_ones_go_those_first_that_were_read(store: NoticeStore) -> None:
    old = [notice(f"old{number}", at=NOON - number * DAY) for number in range(4)]
    store.add([*old, notice("new", at=NOON + DAY)])
    store.dropped("anna", [each.key for each in old])
    store.read("anna", ["old1", "old2"], NOON)

    store.tidy(NOON + MINUTE, 3)

    assert keys(store.of("anna")) == ["new", "old0", "old3"]


def test_what_is_not_old_or_still_to_be_mailed_stays(store: NoticeStore) -> None:
    store.add([notice("due"), notice("young", at=NOON + DAY), notice("gone")])
    store.dropped("anna", ["young", "gone"])

    store.tidy(NOON + MINUTE, 0)

    assert keys(store.of("anna")) == ["young", "due"]


def test_what_was_forgotten_does_not_come_back_and_what_is_newer_does(store: NoticeStore) -> None:
    store.add([notice(), notice("older", at=NOON - DAY)])
    store.dropped("anna", ["one", "older"])
    store.tidy(NOON + MINUTE, 0)

    told = store.add([notice(), notice("older", at=NOON - DAY), notice("newer", at=NOON + MINUTE)])

    assert told == {"anna"}
    assert keys(store.of("anna")) == ["newer"]
    assert store.add([notice(account="boris")]) == {"boris"}
    assert store.wishes("anna") == Wishes()


def test_an_account_that_is_removed_takes_its_notices_and_wishes_with_it(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlNotices(engine)
    store.add([notice()])
    store.set_wishes("anna", Wishes(mail=MailMode.NEVER))

    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM account WHERE id = 'anna'")

    assert (store.of("anna"), store.wishes("anna")) == ((), Wishes())


def test_an_act_that_a_release_no_longer_tells_is_wished_away_by_nobody(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlNotices(engine)
    store.set_wishes("anna", Wishes(unmailed=frozenset({Told.TAKEN})))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE notice_wishes SET unmailed = unmailed || ' forgotten-act'")

    assert SqlNotices(open_database(tmp_path / "accounts.db")).wishes("anna").unmailed == {Told.TAKEN}
