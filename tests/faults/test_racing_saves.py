"""Four processes at once: wanting the same number of one record, again and again, and draining beside each other."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.case_study import CaseStudy
from kb.domain.errors import StaleRevision
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.faults.forks import Child
from tests.faults.real import opened
from tests.ports.entry_stores import CASE, a_save

PROCESSES = 4
SAVES = 50
DRAINED_SAVES = 8


def _store(folder: Path) -> FileEntryStore:
    return FileEntryStore(folder / "entries", FileOperations(), SystemRandomness())


def _start_together(work: Callable[[Path, int, int], None], folder: Path) -> None:
    """Let every racer begin at the same moment, and wait until all have done well."""
    start, go = os.pipe()
    racers = [Child(partial(work, folder, racer, start)) for racer in range(PROCESSES)]
    os.write(go, b"x" * PROCESSES)
    for child in racers:
        child.succeed()
    os.close(start)
    os.close(go)


def _race(folder: Path, racer: int, start: int) -> None:
    """Save as often as agreed, each time over what is current; note what was acknowledged and what was refused."""
    store = _store(folder)
    os.read(start, 1)
    acknowledged, refused = dict[int, str](), 0
    for turn in range(SAVES):
        title = f"Racer {racer}, turn {turn}"
        number = store.current(CASE).number + 1
        try:
            saved = store.save(a_save(number, title=title))
        except StaleRevision:
            refused += 1
        else:
            assert saved.header.revision == number
            acknowledged[number] = title
    (folder / f"{racer}.json").write_text(json.dumps([acknowledged, refused]), encoding="utf-8")


def test_of_four_processes_saving_at_once_every_acknowledged_save_stands_and_every_other_was_told(
    tmp_path: Path,
) -> None:
    store = _store(tmp_path)
    store.save(a_save(1, title="The first"))
    _start_together(_race, tmp_path)

    told = [json.loads((tmp_path / f"{racer}.json").read_bytes()) for racer in range(PROCESSES)]
    acknowledged = {int(number): title for saves, _ in told for number, title in saves.items()}
    refused = sum(each for _, each in told)

    assert sum(len(saves) for saves, _ in told) == len(acknowledged), "one number was given twice"
    assert len(acknowledged) + refused == PROCESSES * SAVES
    accepted = {revision.number: revision.body for revision in store.revisions(CASE)}
    assert accepted.pop(1) == CaseStudy(title="The first")
    assert accepted == {number: CaseStudy(title=title) for number, title in acknowledged.items()}
    assert refused, "nobody was in anybody's way: this run proved nothing"
    assert sorted(marker.revision for marker in store.markers()) == [1, *sorted(acknowledged)]
    assert store.verify() == ()


def _save_and_drain(home: Path, racer: int, start: int) -> None:
    """Save a case of one's own and, as often as the others let it, one that all want."""
    installation = opened(home)
    own = RecordRef(kind=Kind.CASE_STUDY, id=f"case-of-{racer}")
    os.read(start, 1)
    for turn in range(1, DRAINED_SAVES + 1):
        installation.save(own, turn, CaseStudy(title=f"Racer {racer}, turn {turn}"))
        with suppress(StaleRevision):
            installation.save(CASE, installation.store.current(CASE).number + 1, CaseStudy(title=f"{racer}"))


def _begin(home: Path) -> None:
    installation = opened(home)
    installation.comparison.run()
    installation.save(CASE, 1, CaseStudy(title="The first"))


def _demand_equal(home: Path) -> None:
    """No drain and no comparison comes before: whoever had the lock looked again after giving it back."""
    installation = opened(home)
    assert installation.follows
    assert installation.store.markers() == ()
    assert [chain.last for chain in installation.store.chains()][1:] == [DRAINED_SAVES] * PROCESSES
    assert installation.store.verify() == ()


def test_four_processes_saving_and_draining_at_once_leave_catalogue_and_index_equal_to_the_files(
    tmp_path: Path,
) -> None:
    Child(partial(_begin, tmp_path)).succeed()
    _start_together(_save_and_drain, tmp_path)

    Child(partial(_demand_equal, tmp_path)).succeed()
