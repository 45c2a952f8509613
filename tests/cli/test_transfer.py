"""Records go in and out in bulk, and come back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.cli import tables
from tests.cli.conftest import Kb

MAPPING = """
source_key = "id"
create_tags = true
[owner]
name = { value = "Example unit, Austria" }
country = { value = "AT" }
[case]
title = "title"
summary = "text"
marking = { value = "CLEAR" }
tags = { column = "tags", split = ";" }
[[lessons]]
kind = "difficulty"
key = "d1"
title = "title"
text = { column = "text", html = true }
"""
HEADER = "id,title,text,tags\n"


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    file = tmp_path / "map.toml"
    file.write_text(MAPPING)
    return str(file)


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    file = tmp_path / "talks.csv"
    file.write_text(
        f'{HEADER}1,Logs gone,"<p>Kept for <b>seven</b> days</p>",logs;time\n2,Two tags,Text,logs\n'
    )
    return file


def test_a_table_is_imported_once_found_and_exported(empty: Kb, mapping: str, csv: Path) -> None:
    first = empty("import", csv, "--mapping", mapping, "--publish")
    assert (first.exit_code, first.stdout) == (0, "2 imported, 0 there already, 0 rejected\n")
    assert empty("import", csv, "--mapping", mapping, "--publish").stdout.startswith(
        "0 imported, 2 there already"
    )

    found = json.loads(empty("search", "seven days", "--scope", "difficulties", "--json").stdout)
    assert [hit["source_key"] for hit in found["hits"]] == ["1"]

    public = [json.loads(line) for line in empty("export", "--audience", "public").stdout.splitlines()]
    assert [record["kind"] for record in public] == ["concept", "concept", "case-study", "case-study"]
    bodies = [record["body"] for record in public if record["source_key"] == "1"]
    assert bodies[0]["lessons"][0]["text"] == "Kept for **seven** days"


def test_an_export_comes_back_byte_for_byte(
    empty: Kb, mapping: str, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty("import", csv, "--mapping", mapping, "--publish")
    dump, again = tmp_path / "dump.jsonl", tmp_path / "again.jsonl"
    exported = empty("export", "--output", dump)
    assert (exported.stdout, exported.stderr) == ("", "4 records, highest marking TLP:CLEAR\n")

    monkeypatch.setenv("KB_HOME", str(tmp_path / "other"))
    empty("init", str(tmp_path / "other"))
    assert empty("import", dump).stdout.startswith("4 imported")
    empty("export", "--output", again)

    assert again.read_bytes() == dump.read_bytes()


def test_a_bad_row_is_told_with_its_line_and_the_rest_goes_in(empty: Kb, mapping: str, csv: Path) -> None:
    csv.write_text(f"{HEADER}1,,Text,\n2,Good,Text,\n3,Too,many,cells,here\n4,few\n")

    done = empty("import", csv, "--mapping", mapping, "--publish")

    assert (done.exit_code, done.stdout) == (1, "1 imported, 0 there already, 3 rejected\n")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["row 2", "row 4", "row 5"]


def test_a_dry_run_changes_nothing(empty: Kb, mapping: str, csv: Path) -> None:
    done = empty("import", csv, "--mapping", mapping, "--publish", "--dry-run")

    assert done.stdout == "2 would be imported, 0 there already, 0 rejected\n"
    assert empty("export").stdout == ""


def test_drafts_need_to_be_somebodys(empty: Kb, mapping: str, csv: Path) -> None:
    refused = empty("import", csv, "--mapping", mapping)
    assert (refused.exit_code, "--as EMAIL" in refused.stderr) == (2, True)

    organisation = ("--organisation", "Example unit, Austria", "--country", "AT")
    empty("account", "create", "eva@unit.example", "--role", "presenter", *organisation)
    assert empty("import", csv, "--mapping", mapping, "--as", "eva@unit.example").stdout.startswith(
        "2 imported"
    )
    assert empty("search", "seven").stdout.startswith("0 results")
    mine = [json.loads(line) for line in empty("export", "--as", "eva@unit.example").stdout.splitlines()]
    assert [record["kind"] for record in mine].count("submission") == 2


def test_lines_that_are_no_json_object_are_told(
    empty: Kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "LONGEST_LINE", 100)
    file = tmp_path / "bad.jsonl"
    file.write_text(f"{{\n\n[1]\n{'[' * 99}\n{'x' * 101}\n{{}}\n")

    done = empty("import", file)

    assert done.stdout == "0 imported, 0 there already, 5 rejected\n"
    reasons = done.stderr.splitlines()
    assert reasons[0].startswith("row 1: The line is not JSON")
    assert reasons[1] == "row 3: The line is not a JSON object."
    assert reasons[3] == "row 5: The line has more than 100 characters."
    assert "give a mapping" in reasons[4]


def test_files_that_are_no_text_no_table_or_no_mapping_are_refused(empty: Kb, tmp_path: Path) -> None:
    binary, bare, broken = tmp_path / "a.jsonl", tmp_path / "b.csv", tmp_path / "c.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    bare.write_text("")
    broken.write_text("source_key = ")

    assert "is not UTF-8 text" in empty("import", binary).stderr
    assert "has no header line" in empty("import", bare).stderr
    assert "is not TOML" in empty("import", bare, "--mapping", broken).stderr
    assert empty("import", tmp_path / "none.jsonl").exit_code == 2


def test_one_export_has_one_audience(empty: Kb) -> None:
    both = empty("export", "--as", "a@unit.example", "--audience", "public")

    assert (both.exit_code, "not both" in both.stderr) == (2, True)


def test_a_row_that_leads_to_somebody_is_rejected_unless_it_is_let_in(
    empty: Kb, mapping: str, tmp_path: Path
) -> None:
    file = tmp_path / "talks.csv"
    file.write_text(f"{HEADER}1,Logs gone,Write to desk@unit.example,logs\n")
    importing = ("import", file, "--mapping", mapping, "--publish")

    refused = empty(*importing)
    assert refused.exit_code == 1
    assert "row 2: summary, characters 10 to 26: email" in refused.stderr
    assert "desk@unit" not in refused.output + refused.stderr

    reported = empty(*importing, "--checks", "report")
    assert reported.exit_code == 0
    assert "row 2 goes in with summary, characters 10 to 26: email" in reported.stderr
    assert "desk@unit" not in reported.output + reported.stderr
