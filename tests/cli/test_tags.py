"""The vocabularies at the command line, as coordinators curate them."""

from __future__ import annotations

import json
from pathlib import Path

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

    why = ("--reason", "the usual word")
    rename = ("tags", "rename", "tag/case-debrief", "Case review", "--synonym", "Look back")
    looked = seeded(*rename, "--dry-run").stdout
    assert "en  “Case debrief” → “Case review”  +Look back; +Case debrief" in looked
    assert "Say why" in seeded(*rename).stderr
    renamed = seeded(*rename, *why)
    assert "“Case review”" in renamed.stdout
    seeded("tags", "rename", "tag/case-debrief", "Fallbesprechung", "--language", "de", *why)
    shown = seeded("tags", "show", "tag/case-debrief").stdout
    assert "Case review; " in shown
    assert "de           Fallbesprechung" in shown
    assert (
        "Retired, as revision 4" in seeded("tags", "deprecate", "tag/case-debrief", "--reason", "old").stdout
    )


def test_tags_are_added_placed_offered_again_and_proposals_decided(seeded: Kb) -> None:
    why = ("--reason", "a kind of it")
    assert seeded("tags", "add", "tag", "Debrief of a team", "--dry-run").stdout.startswith("Nothing stands")
    added = seeded("tags", "add", "tag", "Debrief of a team", "--synonym", "Round table").stdout
    name = added.split()[0]
    assert "There is already" in seeded("tags", "add", "tag", "debrief OF a team").stderr
    place = ("tags", "place", name, "tag/case-debrief")
    assert "Nothing stands against it" in seeded(*place, "--dry-run").stdout
    assert "Put there, as revision 2" in seeded(*place, *why).stdout
    assert "broader and narrower" in seeded("tags", "place", "tag/case-debrief", name, "--dry-run").stderr
    assert "Put there, as revision 3" in seeded("tags", "place", name, *why).stdout
    assert "of the same vocabulary" in seeded("tags", "place", name, "stage/triage", *why).stderr
    share = seeded("tags", "rename", "tag/case-debrief", "Debrief", "--synonym", "round table", "--dry-run")
    assert "“round table” is a word of “Debrief of a team” as well" in share.stdout
    assert "Retired, as revision 4" in seeded("tags", "deprecate", name, *why).stdout
    assert "Offered again, as revision 5" in seeded("tags", "reinstate", name, *why).stdout
    assert "nothing was changed" in seeded("tags", "undo", name, "5", "--dry-run").stdout
    for act in ("adopt", "refuse"):
        assert "does not wait for a decision" in seeded("tags", act, name, *why).stderr


@pytest.mark.parametrize("name", ["templates", "nothing/x"])
def test_a_name_that_is_none_is_told(seeded: Kb, name: str) -> None:
    told = seeded("tags", "show", name)
    assert told.exit_code == 2
    assert "names no concept" in told.stderr


def test_two_vocabularies_are_not_merged(seeded: Kb) -> None:
    told = seeded("tags", "merge", "tag/case-debrief", "stage/triage", "--reason", "one")
    assert "of the same vocabulary" in told.stderr


def test_vocabularies_go_out_and_come_in_by_a_plan(seeded: Kb, tmp_path: Path) -> None:
    file = tmp_path / "all.ttl"
    assert seeded("tags", "export", str(file)).exit_code == 0
    assert seeded("tags", "export", "-").stdout.encode() == file.read_bytes()
    some = seeded("tags", "export", "--audience", "public", "--scheme", "stage", "-").stdout
    assert "concepts/stage/triage>" in some
    assert "concepts/tag/" not in some

    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"Case debrief"@en', '"Looking back at a case"@en'), encoding="utf-8")
    assert seeded("tags", "import", str(file)).exit_code == 2
    plan = seeded("tags", "import", str(file), "--dry-run").stdout
    assert "changed   tag.case-debrief  “Looking back at a case”: labels en" in plan
    assert "0 new, 1 changed, 0 retired" in plan
    lines = seeded("tags", "import", str(file), "--reason", "better words", "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["changed", "plan", "done"]
    assert seeded("tags", "export", "-").stdout == file.read_text(encoding="utf-8")
    assert "0 new, 0 changed, 0 retired" in seeded("tags", "import", str(file), "--dry-run").stdout


def test_what_stands_in_the_way_of_an_import_is_told_and_nothing_goes_in(seeded: Kb, tmp_path: Path) -> None:
    file = tmp_path / "theirs.ttl"
    head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    both = "<http://t.example/a> a skos:Concept ; skos:prefLabel 'One'@en, 'Two'@en ."
    file.write_text(head + both, encoding="utf-8")
    told = seeded("tags", "import", str(file), "--scheme", "tag", "--dry-run")
    assert (told.exit_code, told.stderr.splitlines()[0][:28]) == (1, "S14 <http://t.example/a> It ")
    many = "".join(
        f"<http://t.example/{n}> a skos:Concept ; skos:prefLabel 'New {n}'@en ; skos:note 'x' .\n"
        for n in range(22)
    )
    file.write_text(head + many, encoding="utf-8")
    done = seeded("tags", "import", str(file), "--scheme", "tag", "--reason", "theirs").stdout
    assert "new       and 2 more" in done
    assert "not kept: skos:note, 22 times" in done
    assert "22 concepts saved." in done


def test_results_are_retagged_and_a_tag_is_split_as_operations_that_are_taken_back(seeded: Kb) -> None:
    who = ("--role", "coordinator", "--organisation", "Unit", "--country", "AT")
    assert seeded("account", "create", "carla@unit.example", *who).exit_code == 0
    carla = ("--as", "carla@unit.example", "--reason", "two things")
    tag = json.loads(seeded("tags", "list", "tag", "--json").stdout.splitlines()[0])["key"]
    retag = ("tags", "retag", "preservation", "--scope", "difficulties", "--put", f"tag/{tag}", *carla)
    looked = [json.loads(line) for line in seeded(*retag, "--dry-run", "--json").stdout.splitlines()]
    assert looked
    assert {tuple(each["add"]) for each in looked} == {(tag,)}
    assert "would be changed" in seeded(*retag, "--dry-run").stdout
    done = seeded(*retag, "--json").stdout.splitlines()[-1]
    operation = json.loads(done)["operation"]
    assert operation in seeded("tags", "operations").stdout

    split = ("tags", "split", f"tag/{tag}", *carla)
    bearers = [json.loads(line) for line in seeded(*split, "--dry-run", "--json").stdout.splitlines()]
    assert {each["entry"] for each in looked} <= {each["entry"] for each in bearers}
    one = looked[0]["entry"]
    given = ("--new", "Zz other", "--give", f"{one}=Zz other")
    assert "+0" in seeded(*split, *given, "--dry-run").stdout
    told = seeded(*split, *given).stdout
    assert "Done by operation" in told
    assert "names" in seeded(*split, "--give", f"{one}=nothing").stderr
    assert "does not bear it" in seeded(*split, "--new", "Zz more", "--give", "nothing=Zz more").stderr

    looked_at = seeded("tags", "undo", operation, "--dry-run", *carla).stdout
    assert f"{len(looked) - 1} of {len(looked)} would be taken back" in looked_at
    back = seeded("tags", "undo", operation, *carla)
    assert "Taken back, by operation" in back.stdout
    again = seeded("tags", "undo", told.split()[3].rstrip("."), *carla)
    assert "Taken back" in again.stdout
    assert seeded("tags", "undo", operation, "2", *carla).exit_code == 2
    assert seeded("tags", "undo", f"tag/{tag}", *carla).exit_code == 2
    both = ("tags", "retag", "", "--put", "stage/triage", "--take", f"tag/{tag}", *carla)
    assert "of the same vocabulary" in seeded(*both).stderr


def test_what_needs_a_look_is_listed(seeded: Kb) -> None:
    seeded("tags", "rename", "tag/duty-rota", "Case debriefs", "--reason", "near")
    told = seeded("tags", "hygiene")
    assert "near         tag/case-debrief" in told.stdout
    assert "illustrative" in told.stderr
    kinds = {json.loads(line)["kind"] for line in seeded("tags", "hygiene", "--json").stdout.splitlines()}
    assert "near" in kinds
