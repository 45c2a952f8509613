"""What is derived can be thrown away, and a damaged file is told, never shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

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
