from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Kb


def test_a_text_to_purge_that_is_not_utf_8_is_refused_in_one_line(empty: Kb, tmp_path: Path) -> None:
    leaked = tmp_path / "leaked.txt"
    leaked.write_bytes("Jürgen".encode("latin-1"))
    answer = empty("purge", "--containing", str(leaked), "--reason", "a name was left in", "--yes")
    assert answer.exit_code == 2
    assert "is not UTF-8 text" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
