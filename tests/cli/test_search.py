"""The command searches as the page does, and says how it read the words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Kb


def test_json_has_total_reading_hits_and_facets(seeded: Kb) -> None:
    page = json.loads(seeded("search", "preservation", "--json", "--limit", "3").stdout)

    assert page["total"] >= len(page["hits"]) == 3
    assert "preservation" in page["read_as"]
    assert set(page["hits"][0]) == {"id", "case", "source_key", "kind", "title", "snippet", "score"}
    assert sum(page["facets"]["kind"].values()) == page["total"]


def test_scope_and_filters_narrow_and_a_facet_count_is_what_its_filter_returns(seeded: Kb) -> None:
    whole = json.loads(seeded("search", "", "--scope", "difficulties", "--json").stdout)
    value, count = next(iter(whole["facets"]["difficulty"].items()))

    narrowed = json.loads(
        seeded("search", "", "--scope", "difficulties", "--filter", f"difficulty={value}", "--json").stdout
    )

    assert narrowed["total"] == count
    assert {hit["kind"] for hit in narrowed["hits"]} == {"difficulty"}


def test_many_queries_are_answered_in_one_process(seeded: Kb, tmp_path: Path) -> None:
    batch = tmp_path / "queries.tsv"
    batch.write_text("q1\tpreservation\n\nq2\tzzzzzz\n")

    pages = [json.loads(line) for line in seeded("search", "--batch", batch, "--json").stdout.splitlines()]

    assert [page["query_id"] for page in pages] == ["q1", "q2"]
    assert pages[0]["total"] > 0 == pages[1]["total"]
    batch.write_text("q1 preservation\n")
    assert "Line 1" in seeded("search", "--batch", batch, "--json").stderr


def test_wrong_words_of_the_command_are_told(seeded: Kb) -> None:
    assert seeded("search").exit_code == 2
    wrong = seeded("search", "x", "--filter", "colour=red")
    assert wrong.exit_code == 2
    assert "difficulty" in wrong.stderr
    assert seeded("search", "x", "--as", "nobody@unit.example").exit_code == 2


def test_without_as_a_green_officer_searches_and_with_it_the_account(seeded: Kb) -> None:
    organisation = ("--organisation", "Example unit, Austria", "--country", "AT")
    seeded("account", "create", "eva@unit.example", "--role", "investigator", *organisation)
    seeded("account", "create", "adm@unit.example", "--role", "administrator")

    anybody = json.loads(seeded("search", "", "--json").stdout)
    assert set(anybody["facets"]["marking"]) <= {"CLEAR", "GREEN"}
    assert (
        json.loads(seeded("search", "", "--json", "--as", "eva@unit.example").stdout)["total"]
        >= anybody["total"]
    )
    assert seeded("search", "", "--as", "adm@unit.example").exit_code == 5


def test_what_was_searched_also_is_told_and_exact_switches_it_off(seeded: Kb) -> None:
    page = json.loads(seeded("search", "MLA", "--json").stdout)
    exact = json.loads(seeded("search", "MLA", "--json", "--exact").stdout)

    assert "mutual legal assistance" in page["also"]
    assert page["total"] > exact["total"]
    assert exact["also"] == []
    assert "Also searched: channel: Mutual legal assistance request, " in seeded("search", "MLA").stdout
    assert "Also searched" not in seeded("search", "MLA", "--exact").stdout


def test_one_case_alone_can_be_searched(seeded: Kb) -> None:
    whole = json.loads(seeded("search", "", "--json", "--limit", "200").stdout)
    case = whole["hits"][0]["case"]
    units = [hit["id"] for hit in whole["hits"] if hit["case"] == case]

    page = json.loads(seeded("search", "", "--case", case, "--json").stdout)

    assert sorted(hit["id"] for hit in page["hits"]) == sorted(units)
    wrong = seeded("search", "x", "--case", "NO/ID")
    assert wrong.exit_code == 2
    assert "no id of a case" in wrong.stderr


def test_another_spelling_is_named_but_never_searched_instead(seeded: Kb) -> None:
    told = seeded("search", "preservetion").stdout
    assert told.startswith("0 results.")
    assert "Did you mean: preservation?" in told
