"""The catalogue holds texts of every marking, so nobody but the server's user reads its files."""

from __future__ import annotations

import stat
from pathlib import Path

from kb.adapters.catalogue.store import SqliteCatalogue


def test_no_other_user_of_the_machine_can_read_the_lists_or_their_log(tmp_path: Path) -> None:
    catalogue = SqliteCatalogue(tmp_path / "made" / "catalogue.sqlite")
    catalogue.clear()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "made").iterdir()}
    assert set(modes) == {"catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700
