"""A home is made on purpose, tried before it is trusted, and missed with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.config import SETTINGS
from tests.cli.conftest import Kb


def test_a_new_home_is_empty_and_in_order(kb: Kb, home: Path) -> None:
    made = kb("init", str(home))

    assert (made.exit_code, made.stdout) == (0, f"Made a home in {home} with 0 records.\n")
    assert kb("index", "status").exit_code == 0
    assert kb("fsck").exit_code == 0
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_new_home_begins_without_a_warning(kb: Kb, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    kb("init", str(home))

    assert [record.getMessage() for record in caplog.records if record.levelname != "INFO"] == []


def test_a_home_is_never_made_over_another(kb: Kb, home: Path) -> None:
    kb("init", str(home))

    again = kb("init", str(home))

    assert again.exit_code == 2
    assert "is a home already" in again.stderr


def test_without_a_home_commands_say_so_and_create_nothing(kb: Kb, home: Path) -> None:
    found = kb("search", "logs")

    assert found.exit_code == 3
    assert "kb init" in found.stderr
    assert found.stderr.count("\n") == 1
    assert not home.exists()


def test_the_seed_comes_along_when_asked_for(kb: Kb, home: Path) -> None:
    assert kb("init", str(home), "--seed").exit_code == 0

    found = kb("search", "preservation")
    assert found.exit_code == 0
    assert "difficulty" in found.stdout
    assert kb("fsck").exit_code == 0


def test_check_lists_every_setting_and_tries_the_home(empty: Kb) -> None:
    checked = empty("check")

    assert checked.exit_code == 0
    assert all(setting.variable in checked.stdout for setting in SETTINGS)
    assert "0 records, index ready" in checked.stdout


def test_a_bad_setting_is_named_with_a_value_that_works(kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_WORKERS", "many")

    checked = kb("check")

    assert checked.exit_code == 3
    assert "KB_WORKERS='many' does not work" in checked.stderr


def test_version_needs_no_home(kb: Kb) -> None:
    assert kb("version").stdout.startswith("casebook ")


def test_help_lists_the_commands_in_the_order_in_which_one_meets_them(kb: Kb) -> None:
    text = kb("--help").stdout

    assert text.index("  init ") < text.index("  serve ") < text.index("  search ") < text.index("  version ")
