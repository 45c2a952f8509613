"""Events on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json

from tests.cli.conftest import Kb


def test_events_are_listed_and_one_is_shown_with_what_was_presented(seeded: Kb) -> None:
    lines = [json.loads(line) for line in seeded("events", "list", "--json").stdout.splitlines()]
    assert [line["id"] for line in lines] == ["example-workshop", "osce-workshop-2008", "osce-vienna-2007"]
    assert "conference; 2007-09-20 to 2007-09-21; Vienna" in seeded("events", "list").stdout
    shown = json.loads(seeded("events", "show", "example-workshop", "--json").stdout)
    assert {"id", "title", "session"} == shown["presented"][0].keys()
    text = seeded("events", "show", "example-workshop").stdout
    assert all(each["id"] in text for each in shown["presented"])
    assert "question  Which difficulties did you run into?" in text


def test_an_event_that_is_not_there_is_told_in_one_line(seeded: Kb) -> None:
    missing = seeded("events", "show", "nosuchthing")
    assert missing.exit_code != 0
    assert "no such page" in missing.stderr
