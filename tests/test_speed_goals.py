"""The benchmark of speed from its command on: every part runs on a tiny base, and its goals are held against what it found."""

from __future__ import annotations

import json
import os
import time
from itertools import islice
from random import Random

import pytest

from benchmarks import goals, speed
from benchmarks.base import BadFolder, Base, Metered
from benchmarks.generator import cases
from benchmarks.goals import GOALS, verdicts
from benchmarks.made_home import made_home
from benchmarks.parts import existence, hostile, saving
from benchmarks.parts.memory import account_of
from benchmarks.section import Section, Table, figures_of
from benchmarks.seed import reference
from kb.bootstrap import services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.domain.grammar import parse
from kb.domain.record_units import SEARCHED

TINY = 6


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("base"), TINY)


def test_a_goal_is_reached_up_to_its_bound_missed_beyond_and_not_measured_without_a_figure() -> None:
    goal = next(each for each in GOALS if each.which == goals.AT_MOST)
    words = [
        verdicts(figures)[GOALS.index(goal)].word
        for figures in ({goal.figure: goal.bound}, {goal.figure: goal.bound + 1}, {})
    ]
    assert words == ["reached", "missed", "not measured"]
    other = next(each for each in GOALS if each.which == goals.AT_LEAST)
    assert verdicts({other.figure: other.bound - 0.01})[GOALS.index(other)].word == "missed"


def test_the_table_of_goals_has_a_row_for_each_with_bound_figure_and_verdict() -> None:
    rows = goals.table(verdicts({"memory/rss": 123.4})).rows
    assert len(rows) == len(GOALS)
    assert ("memory of one process", "at most 600 MB", "123 MB", "reached") in rows


def test_figures_are_told_by_percentile_and_a_table_is_plain_markdown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert figures_of("a", [1, 2, 3, 4]) == {"a/p50": 3, "a/p95": 4, "a/p99": 4, "a/max": 4}
    Section([Table("T", ("x", "y"), [("1", "2")])], {}).show()
    assert capsys.readouterr().out == "\n### T\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"


def test_making_units_up_does_not_count_as_indexing_them() -> None:
    units = Metered(unit for each in cases(3) for unit in each.units)
    some = list(islice(units, 8))
    built = units.built()
    assert built.units == len(some) == 8
    assert -0.05 < built.cpu < 0.5


def test_a_folder_that_was_kept_is_used_again_and_one_of_another_size_refused(base: Base) -> None:
    made_home(base)
    before = (base.folder / "built.json").read_bytes()
    again = Base(base.folder, TINY)
    made_home(again)
    assert (base.folder / "built.json").read_bytes() == before
    with pytest.raises(BadFolder, match="6 cases"):
        Base(base.folder, TINY + 1)


def test_files_catalogue_and_index_of_the_home_agree(base: Base) -> None:
    status = services(Settings(home=made_home(base))).indexing.status(OPERATOR)
    assert status.equal
    assert status.index.records == TINY + sum(ref.kind in SEARCHED for ref, _ in reference())


def test_every_save_that_is_measured_is_found_by_the_search_after_it(base: Base) -> None:
    figures = saving.measure(base, 4, time.perf_counter).figures
    assert figures["saving/searchable/p95"] >= figures["saving/save/p50"] > 0
    assert figures["saving/first of warm"] > 0


def test_hidden_and_missing_cases_are_asked_for_in_pairs_and_their_times_compared_by_rank(base: Base) -> None:
    figures = existence.measure(base, time.perf_counter, pairs=2).figures
    assert figures["existence/noise"] >= 0
    assert (
        existence.apart([1, 2, 3], [4, 5, 6]) == existence.apart([4, 5, 6], [1, 2, 3]) == pytest.approx(1.964)
    )
    assert existence.apart([1, 2, 2], [2, 2, 1]) == 0
    assert existence.apart([1, 1], [1, 1]) == 0


def test_hostile_texts_are_the_known_ones_and_random_ones_and_all_can_be_read() -> None:
    named = hostile.named_texts(Random(1))
    assert named["5,000 parentheses"].count("(") == 5_000
    assert len(named["10,000 characters"]) == 10_000
    assert named["12 prefixes of three letters"].count("*") == 12
    assert all(parse(hostile.as_received(text)).read_as for text in named.values())
    assert hostile.as_received("a\ud800") == "a\ufffd"


def test_the_kernels_account_of_a_process_is_told_in_megabytes() -> None:
    account = account_of(os.getpid())
    assert 10 < account["rss"] <= account["most ever"]
    assert account["rss"] == pytest.approx(account["private"] + account["shared"], abs=2)


def test_the_command_runs_the_parts_asked_for_and_prints_figures_and_goals_as_json(
    base: Base, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--cases", str(TINY), "--keep", str(base.folder), "--only", "search", "--queries", "2"]
    assert speed.main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cases"] == TINY
    assert found["figures"]["search/one word/warm/Casebook/p50"] > 0
    verdict = found["goals"]["warm page, p50 of FTS5's"]
    assert verdict["verdict"] in {"reached", "missed"}
    assert verdict["figure"] == found["figures"]["search ratio/all/SQLite FTS5/p50"]
    assert found["goals"]["memory of one process"]["verdict"] == "not measured"


def test_the_command_refuses_a_part_that_is_none_and_a_folder_of_another_base(
    base: Base, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        speed.main(["--only", "nothing"])
    assert "there is no part 'nothing'" in capsys.readouterr().err
    assert speed.main(["--cases", "7", "--keep", str(base.folder), "--only", "search"]) == 2
