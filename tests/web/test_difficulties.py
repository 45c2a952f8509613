"""The matrix and the pages of difficulties over the seed and a generated home: each number is what its link finds."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.lesson import CrossBorderIssue, Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.unit import NOT_STATED
from kb.services.demo import AUSTRIA, BELGIUM
from tests.web.counted import World, promises, world_of
from tests.web.shelf import Shelf

READERS = (Role.INVESTIGATOR, Role.COORDINATOR)


@pytest.fixture(scope="module")
def world(
    seeded_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> World:
    return world_of(seeded_home, tmp_path_factory.mktemp("difficulties") / "home", _fill, compiled_templates)


def _fill(shelf: Shelf) -> None:
    for identifier, fields in _generated():
        shelf.case(identifier, **fields)
    merged = Concept(
        scheme=Scheme.DIFFICULTY,
        key="late-answer",
        labels=(Labels(language="en", preferred="Late answer"),),
        replaced_by="mla-delay",
        status=ConceptStatus.RETIRED,
    )
    shelf.put(merged.id, merged)


def _generated() -> Iterator[tuple[str, dict[str, object]]]:
    drawn = random.Random(7)
    difficulties = ("mla-delay", "late-answer", "cgnat-attribution", "training", "of-no-vocabulary")
    for number in range(15):
        lessons = tuple(
            Difficulty(key=f"d{place}", title=f"D{place}", text="Told.", categories=(key,))
            for place, key in enumerate(drawn.sample(difficulties, 2))
        )
        outcome = drawn.choice(list(Outcome))
        solution = Solution(key="s1", title="Tried", text="Told.", answers=("d0",), outcome=outcome)
        border = CrossBorderIssue(
            key="b1",
            title="Asked",
            text="Told.",
            from_country="AT",
            to_countries=("MT",),
            obstacles=("mla-delay",),
        )
        marking = drawn.choice((Marking.GREEN, Marking.AMBER, Marking.AMBER_STRICT))
        yield (
            f"made{number}",
            {
                "title": f"Made {number}",
                "lead_country": drawn.choice(("AT", "BE", None)),
                "owner": drawn.choice((AUSTRIA, BELGIUM)),
                "audience": Audience(marking=marking, chatham_house=number % 3 == 0),
                "phenomena": (drawn.choice(("grooming", "travelling-offender")),),
                "period": {"start": str(drawn.randrange(2014, 2024))} if number % 4 else None,
                "lessons": (*lessons, solution, border) if number % 2 else lessons,
                "tags": (),
            },
        )


@pytest.mark.parametrize(
    ("query", "role"),
    [
        ("", Role.INVESTIGATOR),
        ("?sort=AT", Role.COORDINATOR),
        ("?from=2016&to=2021", Role.COORDINATOR),
        ("?phenomenon=grooming&stage=attribution", Role.INVESTIGATOR),
    ],
)
def test_every_number_of_the_matrix_is_what_its_link_finds(world: World, query: str, role: Role) -> None:
    page = world.browser(role).get(f"/difficulties{query}")
    promised = promises(page.text)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page.text)

    assert page.status_code == 200
    assert all("/search?" in cell for cell in cells if re.search(r">\d+<|^\d+$", cell))
    assert len(promised) >= sum(cell.startswith("<a") for cell in cells) > 5
    assert world.found(role, promised) == [each.number for each in promised]


@pytest.mark.parametrize("role", READERS)
def test_every_number_of_a_difficulty_is_what_its_link_finds(world: World, role: Role) -> None:
    page = world.browser(role).get("/difficulties/mla-delay").text
    promised = promises(page)

    assert len(promised) > 10
    assert world.found(role, promised) == [each.number for each in promised]


def test_a_difficulty_leads_to_what_helps_and_its_channels_to_their_instruments(world: World) -> None:
    page = world.browser(Role.INVESTIGATOR).get("/difficulties/mla-delay").text
    helping, channels = (page.partition(f'id="{each}-title"')[2] for each in ("instruments", "channels"))

    assert 'href="/resources/unodc-cna-directory"' in page
    assert 'href="/instruments/letter-rogatory"' in helping.partition("</section>")[0]
    assert 'href="/instruments/mlat"' in channels.partition("</section>")[0]


def test_the_table_is_one_that_a_screen_reader_reads(world: World) -> None:
    page = world.browser(Role.INVESTIGATOR).get("/difficulties").text
    table = page[page.index('<table class="table matrix"') : page.index("</table>")]

    assert "<caption" in table
    assert 'scope="col"' in table
    assert table.count('scope="row"') > 30
    assert 'scope="rowgroup"' in table
    assert "no case reported" in table
    assert ">0<" not in table
    assert "style=" not in page
    assert "Counts include illustrative examples: made up" in page
    assert "printed--amber" in page


def test_a_group_folds_and_unfolds_by_its_link(world: World) -> None:
    browser = world.browser(Role.INVESTIGATOR)
    page = browser.get("/difficulties").text
    fold = unescape(re.search(r'class="matrix__fold[^"]*" href="([^"]*fold=cooperation[^"]*)"', page)[1])  # type: ignore[index]
    folded = browser.get(fold.partition("#")[0]).text

    def rows(text: str) -> list[str]:
        return re.findall(r'<th scope="row" class="matrix__name"><a href="/difficulties/([^"]+)"', text)

    assert "mla-delay" in rows(page)
    assert "mla-delay" not in rows(folded)
    assert "training" in rows(folded)


def test_what_is_not_stated_stands_in_a_column_of_its_own(world: World) -> None:
    plain = json.loads(world.browser(Role.COORDINATOR).get("/difficulties.json").text)

    assert plain["columns"][-1] == NOT_STATED
    assert plain["illustrative"] is True


def test_the_files_hold_the_table_and_their_names_its_marking(world: World) -> None:
    browser = world.browser(Role.INVESTIGATOR)
    plain = json.loads(browser.get("/difficulties.json?sort=name").text)
    answer = browser.get("/difficulties.csv?sort=name")
    head, *lines = csv.reader(io.StringIO(answer.text, newline=""))

    assert answer.mimetype == "text/csv"
    assert (
        f'filename="difficulties-TLP-{plain["marking"].replace("+", "-")}.csv"'
        in answer.headers["Content-Disposition"]
    )
    told = [
        row
        for group in plain["groups"]
        for row in (*([group] if "key" in group else ()), *group["difficulties"])
    ]
    assert [line[1] or line[0] for line in lines] == [*(each["key"] for each in told), ""]
    told.append({"total": plain["total"], "cells": plain["totals"]})
    for line, each in zip(lines, told, strict=True):
        cells = {column: int(cell) for column, cell in zip(head[4:-3], line[4:-3], strict=True) if cell}
        assert (int(line[3]), cells) == (each["total"], each["cells"])


def test_an_address_full_of_nonsense_is_read_as_far_as_it_means_something(world: World) -> None:
    browser = world.browser(Role.INVESTIGATOR)
    page = browser.get(f"/difficulties?from=²007&to=99999&sort=nonsense&stage={'x' * 99}&fold={'y' * 99}")

    assert page.status_code == 200
    assert len(promises(page.text)) > 60
    nothing = browser.get("/difficulties?from=2099&stage=no-such-stage").text
    assert "That is not to say that there is no problem." in nothing
    assert "fit: begun in 2099 or later; Stage: no-such-stage." in nothing
    assert '<option value="2099" selected>2099</option>' in nothing
    assert '<option value="no-such-stage" selected>' in nothing
    assert "The last year is before the first" in browser.get("/difficulties?from=2020&to=2019").text


def test_what_is_folded_stays_folded_when_other_cases_are_counted(world: World) -> None:
    page = world.browser(Role.INVESTIGATOR).get("/difficulties?fold=cooperation&stage=attribution").text

    assert '<input type="hidden" name="fold" value="cooperation">' in page
    assert "Austria, yours</span>" in page


def test_a_merged_difficulty_leads_to_what_stands_a_group_to_its_rows_and_an_unknown_one_nowhere(
    world: World,
) -> None:
    browser = world.browser(Role.INVESTIGATOR)

    assert browser.get("/difficulties/late-answer").location == "/difficulties/mla-delay"
    assert browser.get("/difficulties/cooperation").location == "/difficulties#group-cooperation"
    assert browser.get("/difficulties/nothing-at-all").status_code == 404
    silent = json.loads(browser.get("/difficulties.json").text)["no_case_reported"][0]
    assert "No case reported" in browser.get(f"/difficulties/{silent}").text


def test_the_page_across_borders_leads_to_the_matrix_and_concepts_lead_to_their_difficulty(
    world: World,
) -> None:
    browser = world.browser(Role.INVESTIGATOR)

    assert 'href="/difficulties"' in browser.get("/across-borders").text
    assert 'href="/difficulties/mla-delay"' in browser.get("/tags/difficulty/mla-delay").text
    lessons = [browser.get(f"/cases/made3/lessons/{key}").text for key in ("d0", "d1", "b1")]
    assert sum("What others tried against it:" in page for page in lessons) > 1
    assert 'href="/difficulties/mla-delay"' not in browser.get("/tags/difficulty/cooperation").text
