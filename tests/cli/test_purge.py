"""A purge is planned, confirmed, carried out, and says what it cannot reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kb
from tests.cli.test_transfer import HEADER, MAPPING


@pytest.fixture
def stored(empty: Kb, tmp_path: Path) -> Kb:
    (tmp_path / "map.toml").write_text(MAPPING)
    (tmp_path / "rows.csv").write_text(f"{HEADER}1,Logs,The unlucky wording,\n2,Other,Nothing of it,\n")
    empty("import", tmp_path / "rows.csv", "--mapping", tmp_path / "map.toml", "--publish")
    return empty


def anywhere(home: Path, text: bytes) -> list[Path]:
    return [file for file in home.rglob("*") if file.is_file() and text in file.read_bytes()]


def test_a_text_is_gone_from_every_file_of_the_home(stored: Kb, home: Path) -> None:
    assert anywhere(home, b"unlucky")

    done = stored(
        "purge", "--containing", "-", "--reason", "a name was left in", "--yes", stdin="unlucky wording"
    )

    assert done.exit_code == 0
    assert "1 revisions purged" in done.stderr
    assert "Backups" in done.stderr
    assert anywhere(home, b"unlucky") == []
    assert stored("search", "unlucky").stdout.startswith("0 results")
    assert stored("search", "nothing").stdout.startswith("2 results")
    assert stored("fsck").exit_code == 0
    assert stored("index", "status").exit_code == 0


def test_a_dry_run_or_a_no_leaves_everything(stored: Kb, home: Path) -> None:
    words = ("purge", "--containing", "-", "--reason", "personal data")

    planned = stored(*words, "--dry-run", stdin="unlucky")
    assert planned.stdout.startswith("case-study/")
    assert stored(*words, stdin="unlucky").exit_code == 1
    assert anywhere(home, b"unlucky")


def test_whole_records_are_named_by_kind_and_id(stored: Kb, home: Path) -> None:
    identifier = min((home / "entries" / "case-study").iterdir()).name

    assert "names no record" in stored("purge", f"cases/{identifier}", "--reason", "x").stderr
    assert stored("purge", f"case-study/{identifier}", "--reason", "personal data", "--yes").exit_code == 0
    assert stored("search", "", "--scope", "cases").stdout.startswith("1 results")
    assert stored("purge", "case-study/none", "--reason", "x", "--yes").exit_code == 4


def test_nothing_named_is_nothing_purged(stored: Kb) -> None:
    assert stored("purge", "--reason", "x").exit_code == 2
