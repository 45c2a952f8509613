"""SIGKILL before every single file operation of every deed, alone and with another writer and a drain in between.

All work is done in forked children: the test's own process opens no database and no index of a home that is tried, so nothing
of it can leak into them.
"""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import pytest

from kb.domain.errors import KnowledgeBaseError
from kb.domain.operation import Operation, OperationStatus
from kb.domain.ports import EntryStore, Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.fakes.audit import CHAIN
from tests.faults.deeds import DEEDS, Deed
from tests.faults.disk import Before, Record, SignalBefore
from tests.faults.forks import Child
from tests.faults.installation import Installation
from tests.faults.real import opened

BATCH = 16
EMPTY = "It holds no revision"
ALL = 10_000
Homes = Mapping[int, Path]


@pytest.fixture(params=DEEDS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def batches(tmp_path: Path, name: str) -> Iterator[Homes]:
    """Give for each file operation of the deed its number, from 1, and a home in which the deed may be done.

    In batches, because a process may well look after many homes, and starting one takes longer than its work.
    """
    deed, prepared = DEEDS[name], tmp_path / "prepared"
    Child(partial(_prepare, prepared, deed)).succeed()
    rehearsal, counted = _copy(prepared, tmp_path / "rehearsal"), tmp_path / "steps.json"
    Child(partial(_rehearse, rehearsal, deed, counted)).succeed()
    steps = json.loads(counted.read_bytes())
    assert steps > 10
    return (
        {
            number: _copy(prepared, tmp_path / str(number))
            for number in range(first, min(first + BATCH, steps + 1))
        }
        for first in range(1, steps + 1, BATCH)
    )


def _copy(prepared: Path, home: Path) -> Path:
    shutil.copytree(prepared, home)
    return home


def _prepare(home: Path, deed: Deed) -> None:
    installation = opened(home)
    installation.comparison.run()
    deed.prepare(installation, "one")
    assert installation.follows
    assert deed.undone(installation)


def _rehearse(home: Path, deed: Deed, counted: Path) -> None:
    record = Record()
    installation = opened(home, record)
    deed.do(installation, "one")
    counted.write_text(json.dumps(len(record.steps)), encoding="ascii")
    _judge(home, deed, finished=True)


def _do(home: Path, deed: Deed, who: str, before: Before | None = None) -> None:
    """Do the deed and drain; who comes too late is told so, which is as good an end as any."""
    installation = opened(home, before)
    with suppress(KnowledgeBaseError):
        deed.do(installation, who)
    installation.drain.run()


def _do_in_each(homes: Homes, deed: Deed) -> None:
    for home in homes.values():
        _do(home, deed, "another")


def _judge_each(homes: Homes, deed: Deed, *, finished: bool) -> None:
    for number, home in homes.items():
        try:
            _judge(home, deed, finished=finished)
        except BaseException as error:
            error.add_note(f"The first writer was interrupted before its file operation {number}.")
            raise


def _judge(home: Path, deed: Deed, *, finished: bool) -> None:
    """Start again, and demand the old or the new, then everything derived after the next drain; `finished` is new."""
    installation = opened(home)
    errors = [each for each in installation.store.verify() if each.severity is Severity.ERROR]
    assert errors == []
    report = installation.drain.run()
    assert (report.had_lock, report.damaged, report.troubles) == (True, (), ())
    assert installation.follows
    assert deed.done(installation) or (deed.undone(installation) and not finished)
    _demand_tidy(installation)


def _revisions(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.glob("entries/*/*/[0-9]*.yaml")}


def _demand_kept(before: Mapping[Path, bytes], after: Mapping[Path, bytes]) -> None:
    """Demand that who went on later changed no revision that stood, but for burying it."""
    for path, content in before.items():
        assert after[path] == content or b"\ntombstone:\n" in after[path], path


def _demand_tidy(installation: Installation) -> None:
    """Demand that repair leaves nothing behind, and that every revision was audited once, and nothing else."""
    store = installation.store
    store.verify(repair=True)
    assert [each for each in store.verify() if not each.sentence.startswith(EMPTY)] == []
    last = {chain.ref: chain.last for chain in store.chains()}
    assert all(marker.revision > last.get(marker.ref, 0) for marker in store.markers())
    log = installation.audit.newer(limit=ALL)
    assert CHAIN.verdict(log).fault is None
    audited = sorted(row.key for row in log if row.key)
    assert audited == sorted(_to_be_audited(installation.store, last))


def _to_be_audited(store: EntryStore, last: Mapping[RecordRef, int]) -> Iterator[str]:
    """Give the keys of every revision's row, and of a finished purge's rows about the records that it took a text out of."""
    for ref, newest in last.items():
        yield from (f"{ref}/{number}" for number in range(1, newest + 1))
        plan = store.current(ref).body if newest and ref.kind is Kind.OPERATION else None
        if isinstance(plan, Operation) and plan.status is OperationStatus.DONE:
            yield from {f"{ref}/{newest}/{target.kind.value}/{target.id}" for target in plan.targets}


@pytest.mark.slow
def test_killed_before_any_file_operation_the_old_or_the_new_is_there_and_everything_follows(
    name: str, batches: Iterator[Homes]
) -> None:
    deed = DEEDS[name]
    for homes in batches:
        for number, home in homes.items():
            Child(partial(_do, home, deed, "one", SignalBefore(number, signal.SIGKILL))).be_killed()
        Child(partial(_judge_each, homes, deed, finished=False)).succeed()


@pytest.mark.parametrize("end", [Child.kill, Child.go_on], ids=["then-killed", "then-going-on"])
def test_stopped_before_any_file_operation_while_another_writes_and_drains_nothing_is_lost_or_mixed(
    name: str, batches: Iterator[Homes], end: Callable[[Child], None]
) -> None:
    deed = DEEDS[name]
    for homes in batches:
        with ExitStack() as processes:
            stopped = [
                processes.enter_context(
                    Child(partial(_do, home, deed, "one", SignalBefore(number, signal.SIGSTOP)))
                )
                for number, home in homes.items()
            ]
            assert all(first.stopped() for first in stopped)
            Child(partial(_do_in_each, homes, deed)).succeed()
            standing = {home: _revisions(home) for home in homes.values()}
            for first in stopped:
                end(first)
            for home, before in standing.items():
                _demand_kept(before, _revisions(home))
        Child(partial(_judge_each, homes, deed, finished=True)).succeed()
