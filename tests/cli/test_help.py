"""The help tells what each command is for, whole."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Kb


@pytest.mark.parametrize("group", [(), ("account",), ("index",)], ids=" ".join)
def test_each_command_is_told_in_a_line_that_is_not_cut_off(kb: Kb, group: tuple[str, ...]) -> None:
    told = kb(*group, "--help").stdout.partition("Commands:\n")[2]

    assert told
    assert [line for line in told.splitlines() if line.endswith("...")] == []
