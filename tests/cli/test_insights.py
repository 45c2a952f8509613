"""Insights on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json

from kb.cli.insights import MADE_UP
from tests.cli.conftest import Kb


def test_the_matrix_and_each_difficulty_say_the_same_as_text_and_as_json(seeded: Kb) -> None:
    matrix = json.loads(seeded("insights", "matrix", "--json").stdout)
    text = seeded("insights", "matrix", "--sort", "name").stdout
    line = matrix["groups"][0]["difficulties"][0]
    assert f"{line['total']:>5}    {line['label']}: " in text
    assert ("Counts include illustrative examples." in text) == matrix["illustrative"]

    shown = json.loads(seeded("insights", "difficulty", line["key"], "--json").stdout)
    assert (shown["cases"], shown["countries"]) == (line["total"], line["cells"])
    told = seeded("insights", "difficulty", line["key"]).stdout
    assert all(each["title"] in told for group in shown["solutions"] for each in group["first"])
    for kind in ("practice", "resource", "instrument"):
        assert told.count(f"{kind}: ") == len(shown[f"{kind}s"])
    assert shown["instruments"]
    assert all(f"ask: {each['desk']}  {each['id']}" in told for each in shown["ask"])


def test_a_period_narrows_and_what_is_not_there_is_told_in_one_line(seeded: Kb) -> None:
    assert json.loads(seeded("insights", "matrix", "--from", "2099", "--json").stdout)["groups"] == []
    wrong = seeded(
        "insights", "matrix", "--from", "2020", "--to", "2010", "--stage", "nosuch", "--sort", "best"
    )
    assert wrong.exit_code != 0
    for sentence in ("The last year is before the first.", "No stage is nosuch.", "not best."):
        assert sentence in wrong.stderr
    missing = seeded("insights", "difficulty", "nosuchthing")
    assert missing.exit_code != 0
    assert "no such page" in missing.stderr
    group = seeded("insights", "difficulty", "cooperation")
    assert group.exit_code != 0
    assert "cooperation is a group" in group.stderr


def test_corridors_say_the_same_as_text_and_as_json_for_all_for_two_and_for_a_need(seeded: Kb) -> None:
    table = json.loads(seeded("insights", "corridors", "--json").stdout)
    way = max(table["corridors"], key=lambda each: each["reports"])
    assert f"{way['reports']:>5}  {way['from']} -> {way['to']}" in seeded("insights", "corridors").stdout

    pair = json.loads(seeded("insights", "corridors", way["from"], way["to"], "--json").stdout)
    assert pair["directions"][0]["reports"] == way["reports"]
    told = seeded("insights", "corridors", way["from"], way["to"]).stdout
    assert f"{way['from']} -> {way['to']}: {way['reports']} reports (" in told

    asked = ("insights", "corridors", way["from"], way["to"], "--need", "preserve")
    answer, said = json.loads(seeded(*asked, "--json").stdout), seeded(*asked).stdout
    assert answer["channels"]
    assert all(f"{each['key']}: {each['between']}" in said for each in answer["channels"])
    assert answer["illustrative"]
    assert MADE_UP in said


def test_what_is_no_border_is_told_in_one_line(seeded: Kb) -> None:
    wrong = seeded("insights", "corridors", "AT", "AT")
    assert wrong.exit_code != 0
    assert "two different countries" in wrong.stderr
