"""What is derived can be thrown away, and a damaged file is told, never shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from kb.adapters.search.folders import Folders
from kb.cli.index import MOST_SHOWN
from tests.cli.conftest import Kb


def test_everything_derived_comes_back_after_it_was_thrown_away(seeded: Kb, home: Path) -> None:
    before = seeded("search", "preservation", "--json").stdout
    shutil.rmtree(home / "search_index")

    assert seeded("index", "status").exit_code == 1
    assert seeded("index", "update").exit_code == 0

    assert seeded("index", "status").stdout.endswith("\nequal\n")
    assert seeded("search", "preservation", "--json").stdout == before


def test_a_rebuild_gives_the_same_answers(seeded: Kb) -> None:
    before = seeded("search", "preservation", "--json").stdout

    rebuilt = seeded("index", "rebuild")

    assert (rebuilt.exit_code, "index built anew" in rebuilt.stdout) == (0, True)
    assert seeded("search", "preservation", "--json").stdout == before
    assert json.loads(seeded("index", "status", "--json").stdout)["equal"] is True


def test_a_damaged_file_is_found_and_kept_from_view(seeded: Kb, home: Path) -> None:
    file = min((home / "entries" / "case-study").iterdir()) / "0001.yaml"
    file.chmod(0o640)
    file.write_bytes(file.read_bytes().replace(b"title:", b"tilte:", 1))

    checked = seeded("fsck", "--json")

    assert checked.exit_code == 1
    findings = [json.loads(line) for line in checked.stdout.splitlines()]
    assert any(
        file.parent.name in finding["place"] and finding["severity"] == "error" for finding in findings
    )
    seeded("index", "rebuild")
    assert file.parent.name not in seeded("search", "", "--scope", "cases", "--limit", "50", "--json").stdout


def test_what_a_crash_left_is_removed_by_repair(seeded: Kb, home: Path) -> None:
    folder = min((home / "entries" / "case-study").iterdir())
    left = folder / ".0002.yaml.0123456789abcdef.tmp"
    left.write_text("half")

    assert left.name in seeded("fsck").stdout or folder.name in seeded("fsck").stdout
    assert seeded("fsck", "--repair").exit_code == 0

    assert not left.exists()
    assert "0 findings" in seeded("fsck").stderr


def test_a_small_index_has_nothing_to_merge(seeded: Kb) -> None:
    merged = seeded("index", "merge")
    assert (merged.exit_code, merged.stdout) == (0, "nothing to merge\n")


def test_while_another_process_makes_the_index_the_old_one_serves_and_a_rebuild_leaves_it_to_it(
    seeded: Kb, home: Path
) -> None:
    with Folders(home / "search_index" / "whoosh").making():
        status = seeded("index", "status")
        rebuilt = seeded("index", "rebuild")

    assert "ready, serving while a new one is made\n" in status.stdout
    assert status.exit_code == 0
    assert "another process is building the index anew" in rebuilt.stdout
    assert rebuilt.exit_code == 0


def test_without_an_index_while_another_process_makes_it_search_is_behind_and_said_to_be(
    seeded: Kb, home: Path
) -> None:
    folders = Folders(home / "search_index" / "whoosh")
    shutil.rmtree(folders.current())

    with folders.making():
        status = seeded("index", "status")
        updated = seeded("index", "update")

    assert "rebuilding (the index folder is gone)" in status.stdout
    assert (status.exit_code, updated.exit_code) == (1, 1)
    assert "search is behind" in updated.stdout
    assert seeded("index", "update").exit_code == 0


def test_of_many_differences_a_person_reads_the_first_and_a_script_all(seeded: Kb, home: Path) -> None:
    cases = home / "entries" / "case-study"
    for number in range(MOST_SHOWN + 2):
        (cases / f"copy{number:06}").mkdir()
        (cases / f"copy{number:06}" / "0001.yaml").touch()

    shown = seeded("index", "status").stdout

    assert shown.count("differs") == MOST_SHOWN + 1
    assert "2 more; all with --json" in shown
    assert len(json.loads(seeded("index", "status", "--json").stdout)["differences"]) == MOST_SHOWN + 2
