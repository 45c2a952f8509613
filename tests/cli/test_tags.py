"""The vocabularies at the command line, as coordinators curate them."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Kb


def test_tags_are_listed_shown_renamed_merged_retired_and_acts_taken_back(seeded: Kb) -> None:
    listed = seeded("tags", "list", "difficulty", "--find", "retention", "--json")
    found = [json.loads(line) for line in listed.stdout.splitlines()]
    assert "retention-expired" in [each["key"] for each in found]
    assert "retention-expired" in seeded("tags", "list", "difficulty").stdout

    merge = ("tags", "merge", "difficulty/volume-backlog", "difficulty/triage", "--reason", "one")
    assert "entries that you may see" in seeded(*merge, "--dry-run").stdout
    assert "Merged, as revision 2" in seeded(*merge).stdout
    assert (
        json.loads(seeded("tags", "show", "difficulty/volume-backlog", "--json").stdout)["stands"] == "triage"
    )
    assert "merged       volume-backlog" in seeded("tags", "show", "difficulty/triage").stdout
    assert seeded(*merge).exit_code != 0
    assert "revision 3" in seeded("tags", "undo", "difficulty/volume-backlog", "2", "--reason", "two").stdout

    renamed = seeded("tags", "rename", "tag/case-debrief", "Case review", "--synonym", "Look back")
    assert "“Case review”" in renamed.stdout
    seeded("tags", "rename", "tag/case-debrief", "Fallbesprechung", "--language", "de")
    shown = seeded("tags", "show", "tag/case-debrief").stdout
    assert "Case review; " in shown
    assert "de           Fallbesprechung" in shown
    assert (
        "Retired, as revision 4" in seeded("tags", "deprecate", "tag/case-debrief", "--reason", "old").stdout
    )


@pytest.mark.parametrize("name", ["templates", "nothing/x"])
def test_a_name_that_is_none_is_told(seeded: Kb, name: str) -> None:
    told = seeded("tags", "show", name)
    assert told.exit_code == 2
    assert "names no concept" in told.stderr


def test_two_vocabularies_are_not_merged(seeded: Kb) -> None:
    told = seeded("tags", "merge", "tag/case-debrief", "stage/triage", "--reason", "one")
    assert "of the same vocabulary" in told.stderr
