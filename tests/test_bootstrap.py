"""The composition root over a real home: what opening makes, keeps and refuses."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import pytest

from kb.bootstrap import Outside, Services, make_home, probe_home, seed_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Role
from kb.domain.errors import BadSetting
from kb.domain.query import IndexState, SearchRequest
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.hasher import PlainHasher


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"KB_HOME": str(tmp_path / "home")})


def opened(settings: Settings) -> Services:
    return services(settings, Outside(hasher=PlainHasher(), chores=ChoresWithoutMail))


def test_a_folder_that_is_no_home_is_refused_and_nothing_is_made(settings: Settings) -> None:
    settings.home.mkdir()

    with pytest.raises(BadSetting, match="kb init"):
        services(settings)

    assert list(settings.home.iterdir()) == []


def test_an_empty_home_opens_with_a_service_for_every_attribute(settings: Settings) -> None:
    make_home(settings)

    everything = services(settings)

    assert all(getattr(everything, field.name) is not None for field in dataclasses.fields(Services))
    assert everything.accounts.list(OPERATOR) == ()


def test_the_home_holds_what_it_should_and_secrets_are_for_its_user_alone(settings: Settings) -> None:
    make_home(settings)
    opened(settings)

    names = {path.name for path in settings.home.iterdir()} - {"accounts.db-wal", "accounts.db-shm"}
    assert names == {"accounts.db", "audit.key", "entries", "search_index", "secret.key"}
    for path in (settings.accounts, settings.secret_key, settings.audit_key):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_opening_again_finds_accounts_and_key_as_they_were(settings: Settings) -> None:
    make_home(settings)
    first = opened(settings)
    first.demo.create(OPERATOR)

    again = opened(settings)

    assert again.secret_key == first.secret_key
    assert len(again.accounts.list(OPERATOR)) == 4
    assert again.demo.create(OPERATOR) == ()


def test_the_key_is_in_no_text_that_a_log_might_hold(settings: Settings) -> None:
    make_home(settings)
    everything = opened(settings)

    assert everything.secret_key.decode() not in repr(everything)


def test_a_seeded_home_is_searched_by_its_demo_accounts_after_one_update(settings: Settings) -> None:
    make_home(settings)
    copied = seed_home(settings)
    everything = opened(settings)

    everything.indexing.update(OPERATOR)

    status = everything.indexing.status(OPERATOR)
    assert status.records == copied > 0
    assert status.index.state is IndexState.READY
    reader = next(
        each.account for each in everything.demo.create(OPERATOR) if Role.INVESTIGATOR in each.account.roles
    )
    assert everything.search.search(reader, SearchRequest(text="preservation")).total > 0


def test_a_lost_index_folder_is_made_anew(settings: Settings) -> None:
    make_home(settings)
    settings.search_index.rmdir()

    opened(settings).indexing.update(OPERATOR)

    assert (settings.search_index / "catalogue.sqlite").exists()


def test_a_sound_home_passes_the_probe_and_keeps_no_trace_of_it(settings: Settings) -> None:
    make_home(settings)

    assert probe_home(settings) == ()
    assert list(settings.entries.iterdir()) == []
