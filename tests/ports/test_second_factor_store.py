"""What every store of second factors promises, asked of SQLite and of the fake."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.second_factors import SqlSecondFactors
from kb.domain.ports import NewAccount, SecondFactorStore
from kb.domain.second_factor import Factor
from tests.fakes.second_factors import MemorySecondFactors


def sql_factors(path: Path) -> SqlSecondFactors:
    engine = open_database(path)
    for name in ("anna", "boris"):
        account = NewAccount(
            id=name, email=f"{name}@example.org", name=name, organisation=None, roles=frozenset()
        )
        SqlAccounts(engine).add(account)
    return SqlSecondFactors(engine)


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SecondFactorStore:
    return MemorySecondFactors() if request.param == "memory" else sql_factors(tmp_path / "accounts.db")


def enrolled(
    store: SecondFactorStore, account: str = "anna", secret: str = "SECRET", step: int = 7
) -> Factor:
    store.begin(account, secret)
    assert store.confirm(account, secret, step, ["one", "two"])
    factor = store.get(account)
    assert factor is not None
    return factor


def test_nobody_begins_with_a_second_factor(store: SecondFactorStore) -> None:
    assert (store.get("anna"), store.waiting("anna"), store.recovery_left("anna")) == (None, None, 0)


def test_a_secret_waits_until_its_first_code_is_proved(store: SecondFactorStore) -> None:
    store.begin("anna", "SECRET")

    assert (store.get("anna"), store.waiting("anna")) == (None, "SECRET")

    assert store.confirm("anna", "SECRET", 7, ["one", "two"])
    assert store.get("anna") == Factor(account="anna", secret="SECRET", last_step=7)
    assert (store.waiting("anna"), store.recovery_left("anna")) == (None, 2)


def test_a_later_beginning_makes_the_earlier_one_worthless(store: SecondFactorStore) -> None:
    store.begin("anna", "FIRST")
    store.begin("anna", "SECOND")

    assert not store.confirm("anna", "FIRST", 7, ["one"])
    assert not store.confirm("boris", "SECOND", 7, ["one"])
    assert (store.get("anna"), store.recovery_left("anna")) == (None, 0)


def test_a_factor_stands_until_another_is_proved_and_its_recovery_codes_too(store: SecondFactorStore) -> None:
    first = enrolled(store)

    store.begin("anna", "OTHER")
    assert (store.get("anna"), store.recovery_left("anna")) == (first, 2)

    assert store.confirm("anna", "OTHER", 9, ["three"])
    assert store.get("anna") == Factor(account="anna", secret="OTHER", last_step=9)
    assert store.recovery_left("anna") == 1
    assert not store.use_recovery("anna", "one")


def test_a_step_is_used_once_and_none_before_it_any_more(store: SecondFactorStore) -> None:
    factor = enrolled(store, step=7)

    assert [store.use_step(factor, step) for step in (7, 8, 8, 7, 9)] == [False, True, False, False, True]


def test_a_step_of_a_factor_that_was_replaced_is_worth_nothing(store: SecondFactorStore) -> None:
    factor = enrolled(store)
    enrolled(store, secret="OTHER", step=1)

    assert not store.use_step(factor, 100)


def test_a_recovery_code_is_used_once_by_its_own_account(store: SecondFactorStore) -> None:
    enrolled(store)
    enrolled(store, "boris")

    assert [store.use_recovery("anna", "one"), store.use_recovery("anna", "one")] == [True, False]
    assert not store.use_recovery("anna", "made up")
    assert (store.recovery_left("anna"), store.recovery_left("boris")) == (1, 2)


def test_renewed_recovery_codes_take_the_place_of_all_earlier_ones(store: SecondFactorStore) -> None:
    enrolled(store)

    store.renew_recovery("anna", ["three"])

    assert [store.use_recovery("anna", each) for each in ("one", "three")] == [False, True]


def test_a_removed_factor_leaves_nothing(store: SecondFactorStore) -> None:
    factor = enrolled(store)
    store.begin("anna", "OTHER")
    other = enrolled(store, "boris")

    store.remove("anna")
    store.remove("anna")

    assert (store.get("anna"), store.waiting("anna"), store.recovery_left("anna")) == (None, None, 0)
    assert not store.use_step(factor, 100)
    assert store.get("boris") == other


def test_of_many_at_once_one_has_the_step_and_one_the_recovery_code(tmp_path: Path) -> None:
    """ASVS 5.0 V6.5: a code is good for one use, also when it is sent twice at the same moment."""
    store = sql_factors(tmp_path / "accounts.db")
    factor = enrolled(store, step=7)

    with ThreadPoolExecutor(8) as pool:
        steps = list(pool.map(lambda _: store.use_step(factor, 8), range(8)))
        codes = list(pool.map(lambda _: store.use_recovery("anna", "one"), range(8)))

    assert (steps.count(True), codes.count(True)) == (1, 1)
