"""Reference records on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json

from tests.cli.conftest import Kb


def test_records_are_listed_and_shown_with_their_sources(seeded: Kb) -> None:
    lines = [
        json.loads(line) for line in seeded("reference", "list", "instruments", "--json").stdout.splitlines()
    ]
    assert "budapest-29" in [line["id"] for line in lines]
    shown = json.loads(seeded("reference", "show", "instruments", "budapest-29", "--json").stdout)
    assert len(shown["body"]["requirements"]) == 6
    text = seeded("reference", "show", "legislation", "VA").stdout
    assert "nobody has said for which day" in text
    assert "cets" in seeded("reference", "list", "resources").stdout


def test_what_is_not_there_is_told_in_one_line(seeded: Kb) -> None:
    missing = seeded("reference", "show", "instruments", "nosuchthing")
    assert missing.exit_code != 0
    assert "no such page" in missing.stderr
