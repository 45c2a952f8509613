"""What every store of searches in vain promises, asked of SQLite and of the fake; and what SQLite's file holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.vain_searches import SqlVainSearches
from kb.domain.ports import VainSearchStore
from kb.domain.vain_search import MarkedSearch, Reason, VainSearch
from tests.fakes.vain_searches import MemoryVainSearches

NOTHING, NONE = Reason.NOTHING_FOUND, Reason.NONE_OPENED
LONG_AGO, NOW, LATER = "2025-09", "2026-09", "2026-10"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "accounts.db")
    yield engine
    engine.dispose()


MAKERS: dict[str, Callable[[Engine, int], VainSearchStore]] = {
    "memory": lambda _, most: MemoryVainSearches(most),
    "sqlite": SqlVainSearches,
}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest) -> VainSearchStore:
    if request.param == "memory":
        return MemoryVainSearches()
    return SqlVainSearches(request.getfixturevalue("engine"))


def count(
    store: VainSearchStore, account: str, text: str = "lost logs", reason: Reason = NOTHING, month: str = NOW
) -> None:
    search = MarkedSearch(
        text=text, mark=f"mark of {text[:3]}", account_mark=f"{account}+{text}", reason=reason, month=month
    )
    store.count(search, forget_before=LONG_AGO)


def open_ones(store: VainSearchStore) -> list[tuple[str, int, int]]:
    return [
        (each.text, each.nothing_found, each.none_opened)
        for each in store.list(since=LONG_AGO)
        if each.dealt_with is None
    ]


def test_what_one_account_searches_is_not_shown_however_often(store: VainSearchStore) -> None:
    count(store, "anna")
    count(store, "anna")
    count(store, "anna", reason=NONE, month=LATER)

    assert store.list(since=LONG_AGO) == ()


def test_the_second_account_brings_the_text(store: VainSearchStore) -> None:
    count(store, "anna", reason=NONE)
    count(store, "boris", month=LATER)

    assert store.list(since=LONG_AGO) == (
        VainSearch(mark="mark of los", text="lost logs", nothing_found=1, none_opened=1, month=LATER),
    )


def test_each_account_counts_once_until_then_and_every_search_afterwards(store: VainSearchStore) -> None:
    for account in ("anna", "anna", "boris", "boris", "anna", "carla"):
        count(store, account)
    count(store, "anna", reason=NONE)

    assert open_ones(store) == [("lost logs", 5, 1)]


def test_the_last_reason_of_the_first_account_counts(store: VainSearchStore) -> None:
    count(store, "anna", reason=NOTHING)
    count(store, "anna", reason=NONE)
    count(store, "boris", reason=NONE)

    assert open_ones(store) == [("lost logs", 0, 2)]


def test_texts_are_counted_apart_and_listed_by_text(store: VainSearchStore) -> None:
    for text in ("peer discovery", "cloud keys"):
        count(store, "anna", text)
        count(store, "boris", text)

    assert open_ones(store) == [("cloud keys", 2, 0), ("peer discovery", 2, 0)]


def test_what_was_dealt_with_keeps_its_note_and_its_text(store: VainSearchStore) -> None:
    count(store, "anna")
    count(store, "boris")

    assert store.deal_with("mark of los", "A case was written.", LATER)

    (dealt,) = store.list(since=LONG_AGO)
    assert (dealt.text, dealt.note, dealt.dealt_with) == ("lost logs", "A case was written.", LATER)


def test_what_is_not_open_cannot_be_dealt_with(store: VainSearchStore) -> None:
    count(store, "anna")
    assert not store.deal_with("mark of los", "Too early.", NOW)

    count(store, "boris")
    assert store.deal_with("mark of los", "Once.", NOW)
    assert not store.deal_with("mark of los", "Twice.", NOW)
    assert not store.deal_with("unknown", "Never.", NOW)


def test_two_accounts_bring_back_what_was_dealt_with_and_its_counts_begin_anew(
    store: VainSearchStore,
) -> None:
    for account in ("anna", "boris", "carla"):
        count(store, account)
    store.deal_with("mark of los", "A case was written.", NOW)

    count(store, "anna")
    count(store, "anna")
    assert open_ones(store) == []

    count(store, "dora", reason=NONE, month=LATER)
    assert store.list(since=LONG_AGO) == (
        VainSearch(
            mark="mark of los",
            text="lost logs",
            nothing_found=1,
            none_opened=1,
            month=LATER,
            note="A case was written.",
        ),
    )


def test_what_is_forgotten_is_gone_open_or_dealt_with_and_begins_anew(store: VainSearchStore) -> None:
    for text in ("cloud keys", "lost logs", "peer discovery"):
        count(store, "anna", text)
        count(store, "boris", text)
    store.deal_with("mark of los", "Done.", NOW)
    count(store, "anna", "lost logs")

    for mark in ("mark of los", "mark of clo", "unknown"):
        store.forget(mark)
    count(store, "boris", "lost logs")

    assert [each.text for each in store.list(since=LONG_AGO)] == ["peer discovery"]


def test_what_was_counted_too_long_ago_is_not_listed(store: VainSearchStore) -> None:
    count(store, "anna")
    count(store, "boris")

    assert store.list(since=LATER) == ()


def test_counting_forgets_what_was_counted_too_long_ago(store: VainSearchStore) -> None:
    count(store, "anna", "old one", month="2025-01")
    count(store, "anna", "peer keys", month="2025-01")
    count(store, "boris", "peer keys", month="2025-01")

    count(store, "anna", "something else")
    count(store, "boris", "old one")

    assert store.list(since="2000-01") == ()


def test_counting_again_keeps_a_mark_from_being_forgotten(store: VainSearchStore) -> None:
    count(store, "anna", month="2025-10")
    count(store, "anna", month=NOW)
    later = MarkedSearch(text="x", mark="x", account_mark="x", reason=NOTHING, month=LATER)
    store.count(later, forget_before="2026-01")

    count(store, "boris", month=LATER)

    assert open_ones(store) == [("lost logs", 2, 0)]


@pytest.mark.parametrize("kind", MAKERS)
def test_where_one_account_types_without_end_no_more_than_so_many_texts_are_remembered(
    engine: Engine, kind: str
) -> None:
    most, texts = 5, [f"{letter}{letter}{letter} without end" for letter in "abcdefghijklmnopqrst"]
    store = MAKERS[kind](engine, most)
    for text in texts:
        count(store, "anna", text)
        count(store, "anna", texts[0])

    for text in texts:
        count(store, "boris", text)

    assert 1 <= len(open_ones(store)) <= most


def test_two_accounts_at_once_are_told_apart(engine: Engine) -> None:
    store = SqlVainSearches(engine)
    accounts = [f"account {number}" for number in range(8)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda account: count(store, account), accounts))

    assert open_ones(store) == [("lost logs", len(accounts), 0)]


def test_the_file_tells_nothing_of_what_one_account_typed_and_nothing_of_accounts_afterwards(
    engine: Engine, tmp_path: Path
) -> None:
    def file() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("accounts.db*"))

    store = SqlVainSearches(engine)
    count(store, "anna")
    assert b"lost logs" not in file().replace(b"anna+lost logs", b"")  # the test's own account mark
    count(store, "boris")

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM search_mark").all() == []
        assert len(connection.exec_driver_sql("SELECT * FROM vain_search").all()) == 1


def test_a_search_that_was_counted_already_writes_nothing(engine: Engine, tmp_path: Path) -> None:
    store = SqlVainSearches(engine)
    count(store, "anna")
    before = (tmp_path / "accounts.db-wal").stat().st_size

    count(store, "anna")

    assert (tmp_path / "accounts.db-wal").stat().st_size == before
