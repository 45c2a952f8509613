"""What every store of follows promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.follows import SqlFollows
from kb.domain.follow import Follow, Followed, Target
from kb.domain.ports import FollowStore, NewAccount
from tests.fakes.clock import NOON
from tests.fakes.follows import MemoryFollows

AUSTRIA, BELGIUM = Target(Followed.COUNTRY, "AT"), Target(Followed.COUNTRY, "BE")
LOGS, PRACTICE = Target(Followed.CONCEPT, "difficulty.retention-expired"), Target(Followed.PRACTICE, "one")


def database(path: Path) -> sa.Engine:
    engine = open_database(path / "accounts.db")
    for name in ("anna", "boris"):
        account = NewAccount(
            id=name, email=f"{name}@example.org", name=name, organisation=None, roles=frozenset()
        )
        SqlAccounts(engine).add(account)
    return engine


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FollowStore:
    return MemoryFollows() if request.param == "memory" else SqlFollows(database(tmp_path))


def follow(target: Target, account: str = "anna", minutes: int = 0) -> Follow:
    return Follow(account=account, target=target, since=NOON + dt.timedelta(minutes=minutes))


def keep(store: FollowStore, *follows: Follow) -> None:
    assert all(store.add(each, 10) for each in follows)


def test_an_account_has_its_own_the_last_one_first(store: FollowStore) -> None:
    keep(store, follow(LOGS), follow(AUSTRIA), follow(PRACTICE, minutes=1), follow(BELGIUM, "boris"))
    assert store.of("anna") == (follow(PRACTICE, minutes=1), follow(LOGS), follow(AUSTRIA))
    assert store.of("nobody") == ()


def test_what_is_kept_stays_as_it_is_and_counts_once(store: FollowStore) -> None:
    assert store.add(follow(AUSTRIA), 1)
    assert store.add(follow(AUSTRIA, minutes=5), 1)
    assert not store.add(follow(BELGIUM), 1)
    assert store.add(follow(BELGIUM, "boris"), 1)
    assert store.of("anna") == (follow(AUSTRIA),)


def test_followers_of_any_of_several_things_are_given(store: FollowStore) -> None:
    keep(store, follow(AUSTRIA), follow(AUSTRIA, "boris"), follow(LOGS, "boris"), follow(BELGIUM))
    assert set(store.followers({AUSTRIA, LOGS})) == {
        follow(AUSTRIA),
        follow(AUSTRIA, "boris"),
        follow(LOGS, "boris"),
    }
    assert store.followers({Target(Followed.CONCEPT, "AT")}) == store.followers(()) == ()


def test_what_is_dropped_is_dropped_for_its_account_alone(store: FollowStore) -> None:
    keep(store, follow(AUSTRIA), follow(LOGS), follow(AUSTRIA, "boris"))
    store.drop("anna", {AUSTRIA, BELGIUM})
    store.drop("anna", ())
    assert store.of("anna") == (follow(LOGS),)
    assert store.of("boris") == (follow(AUSTRIA, "boris"),)


def test_an_account_has_one_feed_at_most(store: FollowStore) -> None:
    assert not store.has_feed("anna")
    store.set_feed("anna", "first")
    store.set_feed("boris", "other")
    store.set_feed("anna", "second")
    assert store.has_feed("anna")
    assert [store.of_feed(each) for each in ("first", "second", "other")] == [None, "anna", "boris"]
    store.set_feed("anna", None)
    assert (store.has_feed("anna"), store.of_feed("second"), store.of_feed("other")) == (False, None, "boris")


def test_two_at_once_cannot_both_be_the_last(tmp_path: Path) -> None:
    store = SqlFollows(database(tmp_path))
    targets = [Target(Followed.COUNTRY, code) for code in ("AT", "BE", "FR", "RU", "ES", "US")]
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda each: store.add(follow(each), 3), targets))
    assert sum(kept) == len(store.of("anna")) == 3


def test_all_of_it_goes_with_the_account(tmp_path: Path) -> None:
    """ASVS 5.0 V14: what an account kept is deleted with it."""
    engine = database(tmp_path)
    store = SqlFollows(engine)
    keep(store, follow(AUSTRIA), follow(AUSTRIA, "boris"))
    store.set_feed("anna", "first")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM account WHERE id = 'anna'")
    assert store.followers({AUSTRIA}) == (follow(AUSTRIA, "boris"),)
    assert store.of_feed("first") is None
