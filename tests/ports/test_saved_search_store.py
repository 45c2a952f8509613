"""What every store of saved searches promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.saved_searches import SqlSavedSearches
from kb.domain.ports import NewAccount, SavedSearchStore
from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.saved_search import SavedSearch
from kb.domain.unit import Facet
from tests.fakes.clock import NOON
from tests.fakes.saved_searches import MemorySavedSearches

HOUR = dt.timedelta(hours=1)
EVERYTHING_ASKED = SearchRequest(
    text='“Häuser” & <retention> OR -"x"',
    exact=True,
    scope=Scope.DIFFICULTIES,
    filters=(
        Filter(facet=Facet.COUNTRY, values=frozenset({"AT", "BE"})),
        Filter(facet=Facet.STAGE, values=frozenset({"triage"})),
    ),
    cases=frozenset({"seven"}),
    sort=Sort.NEWEST,
)


def database(path: Path) -> sa.Engine:
    engine = open_database(path / "accounts.db")
    for name in ("anna", "boris"):
        account = NewAccount(
            id=name, email=f"{name}@example.org", name=name, organisation=None, roles=frozenset()
        )
        SqlAccounts(engine).add(account)
    return engine


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SavedSearchStore:
    return MemorySavedSearches() if request.param == "memory" else SqlSavedSearches(database(tmp_path))


def saved(identifier: str = "one", account: str = "anna", **fields: object) -> SavedSearch:
    sound: dict[str, object] = {
        "id": identifier,
        "account": account,
        "name": "Logs",
        "request": SearchRequest(text="logs"),
        "created_at": NOON,
        "seen_at": NOON,
    }
    return SavedSearch.model_validate(sound | fields)


def keep(store: SavedSearchStore, *searches: SavedSearch) -> None:
    assert all(store.add(each, 10) for each in searches)


def test_what_a_release_no_longer_knows_is_left_out_of_a_search_and_the_rest_stands(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlSavedSearches(engine)
    keep(store, saved(request=EVERYTHING_ASKED))
    renamed = "replace(replace(request, '\"country\"', '\"continent\"'), '\"newest\"', '\"loudest\"')"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE saved_search SET request = {renamed}")

    (read,) = store.of("anna")

    filters = tuple(each for each in EVERYTHING_ASKED.filters if each.facet is Facet.STAGE)
    assert read.request == EVERYTHING_ASKED.model_copy(update={"filters": filters, "sort": Sort.RELEVANCE})


def test_everything_that_was_asked_comes_back_as_it_was(store: SavedSearchStore) -> None:
    one = saved(request=EVERYTHING_ASKED, feed="hash")

    keep(store, one)

    assert store.get("anna", "one") == one
    assert store.of("anna") == (one,)


def test_a_saved_search_is_its_accounts_alone(store: SavedSearchStore) -> None:
    one = saved()
    keep(store, one)

    store.rename("boris", "one", "Taken")
    store.see("boris", "one", NOON + HOUR)
    store.set_feed("boris", "one", "hash")
    store.drop("boris", "one")

    assert store.get("boris", "one") is None
    assert store.of("boris") == ()
    assert store.get("anna", "one") == one


def test_the_last_saved_comes_first(store: SavedSearchStore) -> None:
    keep(
        store,
        saved("b"),
        saved("a"),
        saved("new", created_at=NOON + HOUR),
        saved("old", created_at=NOON - HOUR),
    )

    assert [each.id for each in store.of("anna")] == ["new", "a", "b", "old"]


def test_no_account_keeps_more_than_it_may(store: SavedSearchStore) -> None:
    keep(store, saved("other", "boris"))

    assert [store.add(saved(name), 2) for name in ("one", "two", "three")] == [True, True, False]

    assert {each.id for each in store.of("anna")} == {"one", "two"}


def test_several_at_once_do_not_pass_the_limit_together(tmp_path: Path) -> None:
    store = SqlSavedSearches(database(tmp_path))

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda number: store.add(saved(f"s{number}"), 3), range(12)))

    assert kept.count(True) == len(store.of("anna")) == 3


def test_a_name_changes_and_nothing_else(store: SavedSearchStore) -> None:
    keep(store, saved(feed="hash"))

    store.rename("anna", "one", "Retention")

    assert store.get("anna", "one") == saved(feed="hash", name="Retention")


def test_what_was_seen_later_stays_seen(store: SavedSearchStore) -> None:
    keep(store, saved())

    store.see("anna", "one", NOON + 2 * HOUR)
    store.see("anna", "one", NOON + HOUR)
    store.see("anna", "none", NOON + HOUR)

    assert store.get("anna", "one") == saved(seen_at=NOON + 2 * HOUR)


def test_a_feed_is_found_by_its_hash_until_it_has_another_or_none(store: SavedSearchStore) -> None:
    keep(store, saved(), saved("two", "boris", feed="other"))
    store.set_feed("anna", "one", "first")
    assert store.of_feed("first") == saved(feed="first")

    store.set_feed("anna", "one", "second")
    assert store.of_feed("first") is None
    assert store.of_feed("second") == saved(feed="second")

    store.set_feed("anna", "one", None)
    assert store.of_feed("second") is None
    assert store.of_feed("other") == saved("two", "boris", feed="other")


def test_an_accounts_feeds_are_dropped_together_and_its_searches_stay(store: SavedSearchStore) -> None:
    keep(store, saved(feed="first"), saved("two", feed="second"), saved("three", "boris", feed="other"))

    store.drop_feeds("anna")

    assert [store.of_feed(each) for each in ("first", "second")] == [None, None]
    assert {each.id for each in store.of("anna")} == {"one", "two"}
    assert store.of_feed("other")


def test_what_was_dropped_is_gone_with_its_feed(store: SavedSearchStore) -> None:
    keep(store, saved(feed="hash"), saved("two"))

    store.drop("anna", "one")
    store.drop("anna", "one")

    assert store.of_feed("hash") is None
    assert store.of("anna") == (saved("two"),)


def test_an_account_that_is_removed_takes_its_searches_and_feeds_with_it(tmp_path: Path) -> None:
    engine = database(tmp_path)
    store = SqlSavedSearches(engine)
    keep(store, saved(feed="hash"))

    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM account WHERE id = 'anna'")

    assert (store.of_feed("hash"), store.of("anna")) == (None, ())
