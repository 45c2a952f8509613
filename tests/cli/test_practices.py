"""The register on the command line: the same as the pages show, for the same reader."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_a_practice_is_proposed_changed_endorsed_applied_retired_and_brought_back(
    seeded: Kb, tmp_path: Path
) -> None:
    for name, role in (("anna", "presenter"), ("carla", "coordinator"), ("cyril", "coordinator")):
        who = (
            "--name",
            name.title(),
            "--role",
            role,
            "--organisation",
            "Example unit, Austria",
            "--country",
            "AT",
        )
        assert seeded("account", "create", f"{name}@unit.example", *who).exit_code == 0
    anna, carla, cyril = (("--as", f"{name}@unit.example") for name in ("anna", "carla", "cyril"))
    found = "preservation-before-formality/s1"
    words = tmp_path / "words.json"
    words.write_text('{"title": "Ask by telephone first", "label": "promising"}', encoding="utf-8")
    made = seeded("practices", "propose", str(words), "--from", found, *anna, "--json")
    told = json.loads(made.stdout)
    assert (told["status"], told["practice"]["title"]) == ("proposed", "Ask by telephone first")
    practice = told["id"]
    words.write_text('{"label": "worked"}', encoding="utf-8")
    edited = json.loads(seeded("practices", "edit", practice, str(words), *anna, "--json").stdout)
    assert (edited["revision"], edited["practice"]["label"]) == (2, "worked")
    assert "endorsed, revision 3" in seeded("practices", "endorse", practice, *carla).stdout

    applied = ("practices", "applications")
    said = ("--outcome", "worked", "--month", "2026-01", "--note", "-", *cyril, "--json")
    application = json.loads(seeded(*applied, "add", practice, *said, stdin="It went well.").stdout)
    assert application["application"]["note"] == "It went well."
    assert application["id"] in seeded(*applied, "list", *cyril).stdout
    taken = seeded(*applied, "withdraw", application["id"], *cyril).stdout
    assert "withdrawn" in taken
    assert seeded(*applied, "add", found, *said, stdin="Also.").exit_code == 0

    assert "retired, revision 4" in seeded("practices", "retire", practice, "--reason", "old", *carla).stdout
    assert (
        "proposed, revision 5"
        in seeded("practices", "reinstate", practice, "--reason", "true", *cyril).stdout
    )
    for wrong in ("no JSON", '{"status": "endorsed"}', '{"label": "fine"}', "[]"):
        words.write_text(wrong, encoding="utf-8")
        refused = seeded("practices", "edit", practice, str(words), *anna)
        assert refused.exit_code != 0
        assert "The file is" in refused.stderr or "label" in refused.stderr
