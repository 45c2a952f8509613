"""The power is cut before, between and after all operations, and keeps or drops whatever was not flushed."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from itertools import chain, count
from pathlib import Path, PurePath
from typing import NamedTuple

import pytest

from kb.adapters.system import SystemRandomness
from kb.domain.ports import Severity
from tests.fakes.accounts import MemoryAccounts
from tests.fakes.audit import MemoryAuditLog
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.lock import MemoryLock
from tests.fakes.notices import MemoryNotices
from tests.fakes.search_engine import MemorySearchEngine
from tests.faults.deeds import CASE, DEEDS, SECRET, Deed
from tests.faults.disk import Step, WatchedOperations
from tests.faults.installation import Derived, Installation
from tests.faults.power import Disk, Tree, files_in, lay_out

Omitted = Callable[[Path, Step], bool]
"""Says of a flush in this home that a faulty store would leave it out."""


class Moment(NamedTuple):
    """What was derived, and is safe by its own means, when a step was about to be done; None stands for the end."""

    step: Step | None
    derived: bytes


class Run:
    """One deed done on a sound disk, with everything that is needed to cut the power at any moment of it."""

    def __init__(self, home: Path, deed: Deed, omitted: Omitted) -> None:
        (home / "entries").mkdir(parents=True)
        self._home = home
        self._omitted = omitted
        self._derived = Derived(
            MemoryCatalogue(),
            MemorySearchEngine(),
            MemoryAuditLog(),
            MemoryAccounts(),
            MemoryNotices(),
            MemoryLock(),
        )
        self._moments: list[Moment] = []
        deed.prepare(Installation(home, self._derived), "one")
        self._files = files_in(home)
        self.versions: dict[PurePath, set[bytes]] = {}
        deed.do(Installation(home, self._derived, WatchedOperations(self._before)), "another")
        self.final = self._note_revisions()
        self._moments.append(Moment(None, self._snapshot()))

    def cuts(self) -> Iterator[tuple[Tree, Moment]]:
        """Give every state in which disk and derived stores may be found, once."""
        disk, seen = Disk(self._home, self._files), set[tuple[Tree, bytes, bool]]()
        for moment in self._moments:
            for tree in disk.after_a_cut():
                key = (tree, moment.derived, moment.step is None)
                if key not in seen:
                    seen.add(key)
                    yield tree, moment
            if moment.step:
                disk.do(moment.step)

    def _before(self, step: Step) -> bool:
        self._note_revisions()
        if self._omitted(self._home, step):
            return False
        self._moments.append(Moment(step, self._snapshot()))
        return True

    def _note_revisions(self) -> dict[PurePath, bytes]:
        """Keep every version that a revision file ever had; give those of now."""
        now = {place: content for place, content in _revisions(self._tree()) if content is not None}
        for place, content in now.items():
            self.versions.setdefault(place, set()).add(content)
        return now

    def _tree(self) -> Tree:
        return frozenset(
            (PurePath(path.relative_to(self._home)), content)
            for path, content in files_in(self._home).items()
        )

    def _snapshot(self) -> bytes:
        return pickle.dumps(self._derived[:-1])


def _revisions(tree: Tree) -> Iterator[tuple[PurePath, bytes | None]]:
    return (
        (place, content) for place, content in tree if place.match("entries/*/*/[0-9][0-9][0-9][0-9].yaml")
    )


def _on_disk(deed: Deed, run: Run, tree: Tree, *, acknowledged: bool) -> Iterator[str]:
    """Tell what is wrong with the files as the cut left them."""
    found = dict(_revisions(tree))
    if any(content not in run.versions.get(place, ()) for place, content in found.items()):
        yield "a third thing"
    if acknowledged and found != run.final:
        yield "an acknowledged change is gone"
    if acknowledged and deed is DEEDS["purge"] and any(SECRET.encode() in (data or b"") for _, data in tree):
        yield "a purged text is there"


def _after_start(
    installation: Installation, deed: Deed, *, acknowledged: bool, compared: bool
) -> Iterator[str]:
    """Start, and tell what is wrong then. `compared` has the start's comparison."""
    if any(finding.severity is Severity.ERROR for finding in installation.store.verify()):
        yield "fsck finds an error"
    if compared:
        installation.comparison.run()
    installation.drain.run()
    if not installation.follows:
        yield "catalogue and index do not follow"
    if not (deed.done(installation) or (deed.undone(installation) and not acknowledged)):
        yield "half done"


def _wrong(home: Path, deed: Deed, run: Run, tree: Tree, moment: Moment, *, compared: bool) -> str:
    """Start again after a cut, and give the first thing that is wrong, or nothing."""
    lay_out(tree, home)
    derived = Derived._make([*pickle.loads(moment.derived), MemoryLock()])
    installation = Installation(home, derived, randomness=SystemRandomness())
    acknowledged = moment.step is None
    wrong = chain(
        _on_disk(deed, run, tree, acknowledged=acknowledged),
        _after_start(installation, deed, acknowledged=acknowledged, compared=compared),
    )
    return next(wrong, "")


def _faults(folder: Path, name: str, omitted: Omitted, *, compared: bool) -> Iterator[str]:
    """Cut the power in every way in the middle of a deed, and give what is wrong each time."""
    deed, number = DEEDS[name], count(1)
    run = Run(folder / "run", deed, omitted)
    for tree, moment in run.cuts():
        yield _wrong(folder / f"cut-{next(number)}", deed, run, tree, moment, compared=compared)


def _nothing(_home: Path, _step: Step) -> bool:
    return False


def _text(_home: Path, step: Step) -> bool:
    return step.name == "fsync" and step.path.suffix == ".tmp"


def _folder(home: Path, step: Step) -> bool:
    return step.name == "fsync_folder" and step.path == home / "entries" / CASE.kind / CASE.id


def _parent(home: Path, step: Step) -> bool:
    return step.name == "fsync_folder" and step.path == home / "entries" / CASE.kind


def _parent_of_parent(home: Path, step: Step) -> bool:
    return step.name == "fsync_folder" and step.path == home / "entries"


def _marker(home: Path, step: Step) -> bool:
    return step.name == "fsync_folder" and step.path == home / "entries" / ".pending" / CASE.kind


@pytest.mark.parametrize("compared", [False, True], ids=["markers-alone", "with-comparison"])
@pytest.mark.parametrize("name", DEEDS)
def test_whatever_a_power_cut_keeps_or_drops_the_old_or_the_new_is_there_and_everything_follows(
    tmp_path: Path, name: str, *, compared: bool
) -> None:
    faults = list(_faults(tmp_path, name, _nothing, compared=compared))

    assert set(faults) == {""}
    assert len(faults) > 10


@pytest.mark.parametrize(
    ("name", "omitted", "fault"),
    [
        ("create", _text, "a third thing"),
        ("edit", _text, "a third thing"),
        ("purge", _text, "a third thing"),
        ("create", _folder, "an acknowledged change is gone"),
        ("edit", _folder, "an acknowledged change is gone"),
        ("purge", _folder, "an acknowledged change is gone"),
        ("create", _parent, "an acknowledged change is gone"),
        ("publish", _parent, "an acknowledged change is gone"),
        ("create", _parent_of_parent, "an acknowledged change is gone"),
    ],
)
def test_a_store_that_left_out_a_flush_would_be_found_out(
    tmp_path: Path, name: str, omitted: Omitted, fault: str
) -> None:
    assert fault in _faults(tmp_path, name, omitted, compared=True)


@pytest.mark.parametrize("name", ["create", "edit"])
def test_a_store_that_left_out_the_flush_of_the_marker_would_be_found_out_but_for_the_comparison(
    tmp_path: Path, name: str
) -> None:
    assert "catalogue and index do not follow" in _faults(tmp_path / "off", name, _marker, compared=False)
    assert set(_faults(tmp_path / "on", name, _marker, compared=True)) == {""}
