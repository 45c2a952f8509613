"""What is promised of import and search holds at a real size: 1,622 public lessons, which are no part of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import corpus
from tests.cli.conftest import Kb

pytestmark = pytest.mark.slow
LESSONS = 1_622


@pytest.fixture
def lessons() -> Path:
    try:
        return corpus.path()
    except corpus.MissingCorpus as missing:
        pytest.skip(f"NOT TRIED AT A REAL SIZE: {missing}")


def test_1622_real_lessons_go_in_without_rejection_once_and_are_found(empty: Kb, lessons: Path) -> None:
    importing = ("import", lessons, "--mapping", corpus.MAPPING, "--publish", "--checks", "report")

    first = empty(*importing)
    assert first.exit_code == 0
    assert all("reference" in line for line in first.stderr.splitlines())
    assert first.stdout == f"{LESSONS} imported, 0 there already, 0 rejected\n"

    again = empty(*importing)
    assert again.stdout == f"0 imported, {LESSONS} there already, 0 rejected\n"

    assert empty("index", "status").exit_code == 0
    found = json.loads(empty("search", "lead-acid battery hydrogen", "--json").stdout)
    assert found["hits"][0]["title"] == "Battery Explosion"
    everything = json.loads(empty("search", "", "--scope", "cases", "--limit", "1", "--json").stdout)
    assert everything["total"] == LESSONS
