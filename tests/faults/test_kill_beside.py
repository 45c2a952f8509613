"""SIGKILL before every single file operation of a rebuild and of a merge: the old index serves, or the new one does.

All work is done in forked children, as in `test_kill`. What a kill leaves are the files as they lie there, and no lock: so of a
dozen moments one is a real kill, and the others are copies that the process made on its way to it, before the operation of each.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from kb.adapters.search import merging
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import Difficulty
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.query import IndexState, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import Save
from kb.domain.workflow import Action
from kb.services.rebuilding import Rebuild
from tests.fakes.clock import NOON
from tests.faults.forks import Child
from tests.faults.installation import Installation
from tests.faults.real import opened
from tests.faults.watching import watch

BATCH = 12
LESSONS = 32
"""Two cases of so many make a segment too large for a commit to merge."""
Homes = Mapping[int, Path]


def _case(title: str, lessons: int) -> CaseStudy:
    return CaseStudy(
        title=title,
        lessons=tuple(
            Difficulty(key=f"d{number}", title=title, text="Nothing was kept.") for number in range(lessons)
        ),
    )


def _save(installation: Installation, name: str, lessons: int = 2, number: int = 1) -> None:
    """Put a revision where the next drain finds it."""
    save = Save(
        kind=Kind.CASE_STUDY,
        id=name,
        number=number,
        saved_at=NOON,
        saved_by="anna",
        action=Action.IMPORT,
        body=_case(f"Case {name}", lessons),
    )
    installation.store.save(save)


def _small(installation: Installation) -> None:
    for number in range(3):
        _save(installation, f"small-{number}")
        installation.drain.run()


def _crowded(installation: Installation) -> None:
    """Leave as many segments as are merged, one deletion among them."""
    for number in range(merging.MOST_IN_TIER[1]):
        _save(installation, f"one-{number}", LESSONS)
        _save(installation, f"two-{number}", LESSONS)
        installation.drain.run()
    _save(installation, "one-0", number=2)
    installation.drain.run()
    assert installation.engine.is_crowded()


def _rebuild(installation: Installation) -> None:
    assert installation.rebuilding.run() is Rebuild.DONE


def _merge(installation: Installation) -> None:
    assert installation.engine.merge()


Do = Callable[[Installation], None]
DEEDS: dict[str, tuple[Do, Do]] = {"rebuild": (_small, _rebuild), "merge": (_crowded, _merge)}


@pytest.fixture(params=DEEDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def batches(tmp_path: Path, name: str) -> Iterator[Homes]:
    """Give for each file operation its number, from 1, and the home as it will be before it."""
    prepared, rehearsal, told = tmp_path / "prepared", tmp_path / "rehearsal", tmp_path / "told.json"
    Child(partial(_prepare, prepared, name)).succeed()
    shutil.copytree(prepared, rehearsal)
    Child(partial(_rehearse, rehearsal, name, told)).succeed()
    steps = json.loads(told.read_bytes())
    assert len(steps) > 20
    return (
        _homes(prepared, first, min(first + BATCH - 1, len(steps)))
        for first in range(1, len(steps) + 1, BATCH)
    )


def _homes(prepared: Path, first: int, last: int) -> Homes:
    """Make the last one; the others are left on the way to it."""
    shutil.copytree(prepared, prepared.with_name(str(last)))
    return {number: prepared.with_name(str(number)) for number in range(first, last + 1)}


def _prepare(home: Path, name: str) -> None:
    installation = opened(home)
    installation.comparison.run()
    DEEDS[name][0](installation)
    assert installation.follows


def _rehearse(home: Path, name: str, told: Path) -> None:
    steps: list[str] = []
    installation = opened(home)
    watch(home / "search_index", steps.append)
    DEEDS[name][1](installation)
    told.write_text(json.dumps(steps), encoding="utf-8")
    _demand_tidy(home)


def _do_and_die(homes: Homes, name: str) -> None:
    """Do the deed in the last home and die before its operation, having left a copy in each of the others before theirs."""
    last, steps = max(homes), count(1)
    home = homes[last]
    installation = opened(home)

    def leave(_step: str) -> None:
        number = next(steps)
        if number == last:
            os.kill(os.getpid(), signal.SIGKILL)
        if number in homes:
            shutil.copytree(home, homes[number])

    watch(home / "search_index", leave)
    DEEDS[name][1](installation)


def _judge_each(homes: Homes, name: str) -> None:
    for number, home in homes.items():
        try:
            _judge(home, name)
        except BaseException as error:
            error.add_note(f"It was killed before its file operation {number}.")
            raise


def _judge(home: Path, name: str) -> None:
    """Demand an index that answers before anybody mends anything, follows saves, and is as good as new afterwards."""
    installation = opened(home)
    report = installation.engine.report()
    assert (report.state, report.renewing) == (IndexState.READY, False)
    assert installation.follows
    _save(installation, "later")
    installation.drain.run()
    everything = SearchQuery(viewer=OPERATOR_VIEWER, text="later")
    assert {hit.case for hit in installation.engine.search(everything).hits} == {"later"}
    installation.comparison.run()
    assert installation.follows
    with installation.engine.beside():  # whoever makes an index next sweeps away what the crash left
        _demand_tidy(home, besides=1)


def _demand_tidy(home: Path, *, besides: int = 0) -> None:
    whoosh = home / "search_index" / "whoosh"
    folders = {path.name for path in whoosh.iterdir() if path.is_dir()}
    assert (whoosh / "current").read_text() in folders
    assert len(folders) == 1 + besides


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_before_any_file_operation_an_index_serves_that_is_what_the_files_are(
    name: str, batches: Iterator[Homes]
) -> None:
    for homes in batches:
        Child(partial(_do_and_die, homes, name)).be_killed()
        assert all(home.is_dir() for home in homes.values())
        Child(partial(_judge_each, homes, name)).succeed()
        for home in homes.values():
            shutil.rmtree(home)
