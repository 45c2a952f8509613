"""The register on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json

from tests.cli.conftest import Kb


def test_the_register_is_listed_and_a_practice_shown_with_its_evidence(seeded: Kb) -> None:
    lines = [json.loads(line) for line in seeded("practices", "list", "--json").stdout.splitlines()]
    assert seeded("practices", "list").stdout.count("evidence: ") == len(lines)
    for line in lines:
        shown = json.loads(seeded("practices", "show", line["id"], "--json").stdout)
        assert shown["practice"]["how_to"]
        assert shown["evidence"]["reason"]
        assert {key: shown[key] for key in line} == line
        text = seeded("practices", "show", line["id"]).stdout
        assert line["statement"] in text
        assert all(unit in text for unit in line["rests_on"])


def test_filters_narrow_and_what_is_not_there_is_told_in_one_line(seeded: Kb) -> None:
    assert seeded("practices", "list", "--status", "retired").stdout == ""
    missing = seeded("practices", "show", "nosuchthing")
    assert missing.exit_code != 0
    assert "no such page" in missing.stderr
