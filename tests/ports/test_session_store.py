"""What every session store promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.sessions import SqlSessions
from kb.domain.ports import NewAccount, Session, SessionStore
from kb.domain.session import Stage
from tests.fakes.clock import NOON
from tests.fakes.sessions import MemorySessions

HOUR = dt.timedelta(hours=1)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SessionStore:
    if request.param == "memory":
        return MemorySessions()
    engine = open_database(tmp_path / "accounts.db")
    for name in ("anna", "boris"):
        account = NewAccount(
            id=name, email=f"{name}@example.org", name=name, organisation=None, roles=frozenset()
        )
        SqlAccounts(engine).add(account)
    return SqlSessions(engine)


def session(token_hash: str, account: str = "anna", at: dt.datetime = NOON) -> Session:
    return Session(
        id=f"id-{token_hash}",
        token_hash=token_hash,
        account=account,
        browser="Firefox on Linux",
        started_at=at,
        seen_at=at,
        proved_at=at,
    )


def test_an_opened_session_is_found_by_its_hash(store: SessionStore) -> None:
    store.open(session("one"))

    assert store.get("one") == session("one")
    assert store.get("two") is None


def test_a_touched_session_remembers_when(store: SessionStore) -> None:
    store.open(session("one"))

    store.touch("one", NOON + HOUR)
    store.touch("unknown", NOON + HOUR)

    assert store.get("one") == session("one").model_copy(update={"seen_at": NOON + HOUR})


def test_an_ended_session_is_gone_and_others_stay(store: SessionStore) -> None:
    store.open(session("one"))
    store.open(session("two"))

    assert [store.end("one"), store.end("one")] == [True, False]

    assert store.get("one") is None
    assert store.get("two")


def test_all_sessions_of_an_account_end_together(store: SessionStore) -> None:
    for name, account in (("one", "anna"), ("two", "anna"), ("three", "boris")):
        store.open(session(name, account))

    store.end_all("anna")

    assert [bool(store.get(name)) for name in ("one", "two", "three")] == [False, False, True]


def test_all_sessions_but_the_one_in_use_end(store: SessionStore) -> None:
    for name, account in (("one", "anna"), ("two", "anna"), ("three", "boris")):
        store.open(session(name, account))

    store.end_all("anna", but="two")

    assert [bool(store.get(name)) for name in ("one", "two", "three")] == [False, True, True]


def test_a_session_is_ended_by_its_id_for_its_own_account_alone(store: SessionStore) -> None:
    store.open(session("one"))

    assert not store.end_one("boris", "id-one")
    assert not store.end_one("anna", "id-two")
    assert [store.end_one("anna", "id-one"), store.end_one("anna", "id-one")] == [True, False]
    assert store.get("one") is None


def test_an_accounts_sessions_come_with_the_last_used_first_and_whole(store: SessionStore) -> None:
    awaiting = session("two").model_copy(update={"stage": Stage.CODE})
    store.open(session("one", at=NOON - HOUR))
    store.open(awaiting)
    store.open(session("three", "boris"))

    assert store.of("anna") == (awaiting, session("one", at=NOON - HOUR))
    assert store.of("nobody") == ()


def test_sessions_too_old_or_too_long_unused_are_forgotten(store: SessionStore) -> None:
    store.open(session("old", at=NOON - 13 * HOUR))
    store.touch("old", NOON)
    store.open(session("idle", at=NOON - HOUR))
    store.open(session("fresh"))

    store.end_before(started_at=NOON - 12 * HOUR, seen_at=NOON - HOUR / 2)

    assert [bool(store.get(name)) for name in ("old", "idle", "fresh")] == [False, False, True]


def test_a_link_can_be_looked_at_without_being_used_up(store: SessionStore) -> None:
    store.put_link("link", "anna", NOON)

    assert store.link("link") == store.link("link") == ("anna", NOON)
    assert store.link("other") is None


def test_a_link_is_used_once(store: SessionStore) -> None:
    store.put_link("link", "anna", NOON)

    assert [store.use_link("link"), store.use_link("link")] == [True, False]
    assert store.link("link") is None


def test_a_new_link_makes_the_old_one_worthless(store: SessionStore) -> None:
    store.put_link("old", "anna", NOON)
    store.put_link("boris", "boris", NOON)

    store.put_link("new", "anna", NOON + HOUR)

    assert store.link("old") is None
    assert store.link("new") == ("anna", NOON + HOUR)
    assert store.link("boris")


def test_a_dropped_link_is_worthless(store: SessionStore) -> None:
    store.put_link("link", "anna", NOON)

    store.drop_link("anna")
    store.drop_link("boris")

    assert store.link("link") is None
