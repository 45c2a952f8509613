"""What every throttle promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.tables import THROTTLE
from kb.adapters.accounts.throttle import SqlThrottle
from kb.domain.ports import ThrottleStore
from kb.domain.throttle import MEMORY, Limit
from tests.fakes.clock import NOON
from tests.fakes.throttle import MemoryThrottle

LIMIT = Limit(free=2, longest=dt.timedelta(minutes=1))
SECOND = dt.timedelta(seconds=1)
NONE = dt.timedelta(0)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ThrottleStore:
    if request.param == "memory":
        return MemoryThrottle()
    return SqlThrottle(open_database(tmp_path / "accounts.db"))


def tries(store: ThrottleStore, count: int, *keys: str) -> list[dt.timedelta]:
    return [store.reserve(dict.fromkeys(keys or ("anna",), LIMIT), NOON) for _ in range(count)]


def test_the_first_tries_are_free_and_then_the_wait_stands_however_often_one_asks(
    store: ThrottleStore,
) -> None:
    assert tries(store, 4) == [NONE, NONE, SECOND, SECOND]


def test_after_the_wait_one_try_is_let_through_and_the_next_wait_is_longer(store: ThrottleStore) -> None:
    tries(store, 2)

    assert store.reserve({"anna": LIMIT}, NOON + SECOND) == NONE
    assert store.reserve({"anna": LIMIT}, NOON + SECOND) == 2 * SECOND


def test_where_one_key_waits_none_is_counted_and_the_longest_wait_is_told(store: ThrottleStore) -> None:
    tries(store, 2)

    assert tries(store, 1, "anna", "boris") == [SECOND]
    assert tries(store, 2, "boris") == [NONE, NONE]


def test_no_key_is_no_wait(store: ThrottleStore) -> None:
    assert store.reserve({}, NOON) == NONE


def test_what_is_forgotten_counts_no_more(store: ThrottleStore) -> None:
    tries(store, 2, "anna", "boris")

    store.forget(["anna", "unknown"])

    assert tries(store, 1) == [NONE]
    assert tries(store, 1, "boris") == [SECOND]


def test_what_is_taken_back_counts_one_less(store: ThrottleStore) -> None:
    tries(store, 2)

    store.take_back(["anna", "unknown"])

    assert tries(store, 2) == [NONE, SECOND]


def test_failures_of_yesterday_count_no_more(store: ThrottleStore) -> None:
    tries(store, 2)

    assert [store.reserve({"anna": LIMIT}, NOON + MEMORY) for _ in range(3)] == [NONE, NONE, SECOND]


def test_rows_of_yesterday_are_swept_away_by_whoever_tries_next(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "accounts.db")
    store = SqlThrottle(engine)
    tries(store, 1, "anna", "boris")

    store.reserve({"carla": LIMIT}, NOON + MEMORY)
    store.take_back(["carla"])

    with engine.connect() as connection:
        assert connection.execute(sa.select(THROTTLE)).all() == []


def test_many_at_once_do_not_slip_through_together(tmp_path: Path) -> None:
    """ASVS 5.0 V6.3: guessing in parallel gets no more tries than guessing one after the other."""
    store = SqlThrottle(open_database(tmp_path / "accounts.db"))

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: store.reserve({"anna": LIMIT}, NOON), range(16)))

    assert waits.count(NONE) == LIMIT.free
