"""SIGKILL in the middle of a change of many cases: whoever comes next brings it to its end, and does nothing twice."""

from __future__ import annotations

import json
import shutil
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path

from kb.domain.account import Role
from kb.domain.case_study import CaseStudy
from kb.domain.errors import KnowledgeBaseError
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.operation import BearingStep, Operation, OperationKind, OperationStatus, StepOutcome
from kb.domain.ports import NewAccount, Severity
from kb.domain.query import Filter, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.unit import Facet
from kb.domain.workflow import Action
from tests.faults.deeds import CASE, OTHER_CASE, case
from tests.faults.disk import Before, Record, SignalBefore
from tests.faults.forks import Child
from tests.faults.installation import Installation
from tests.faults.real import opened

PLAN = RecordRef(kind=Kind.OPERATION, id="dbcdefghij")
EACH = 11
"""Every so many file operations it is killed: an odd number meets every kind of them in one case or the other."""
STEPS = tuple(
    BearingStep(case=ref.id, revision=1, lesson=lesson, field="tags", add=("care",))
    for ref in (CASE, OTHER_CASE)
    for lesson in ("", "d1")
)


def _prepare(home: Path) -> None:
    installation = opened(home)
    installation.comparison.run()
    roles = frozenset({Role.COORDINATOR})
    who = NewAccount(id="c1", email="c1@example.org", name="Coordinator", organisation=None, roles=roles)
    installation.accounts.add(who)
    for ref in (CASE, OTHER_CASE):
        installation.save(ref, 1, case("To be retagged"), Action.CREATE)


def _retag(home: Path, before: Before) -> None:
    plan = Operation(operation=OperationKind.RETAG, reason="Asked", requested_by="c1", steps=STEPS)
    with suppress(KnowledgeBaseError):
        opened(home, before).save(PLAN, 1, plan, Action.RETAG)


def _count(home: Path, counted: Path) -> None:
    record = Record()
    _retag(home, record)
    counted.write_text(json.dumps(len(record.steps)), encoding="ascii")


def _judge(home: Path) -> None:
    """Start again, and demand that either no plan was ever kept, or all of it is done, once, and found."""
    installation = opened(home)
    installation.comparison.run()
    assert not [each for each in installation.store.verify() if each.severity is Severity.ERROR]
    assert installation.follows
    planned = installation.store.last(PLAN) > 0
    assert installation.store.last(PLAN) == (2 if planned else 0)
    for ref in (CASE, OTHER_CASE):
        assert installation.store.last(ref) == (2 if planned else 1)
        body = installation.store.current(ref).body
        assert isinstance(body, CaseStudy)
        assert {body.tags, body.lessons[0].tags} == {("care",) if planned else ()}
    assert _found(installation) == (4 if planned else 0)
    if planned:
        _demand_done(installation)


def _demand_done(installation: Installation) -> None:
    done = installation.store.current(PLAN).body
    assert isinstance(done, Operation)
    assert done.status is OperationStatus.DONE
    assert {(step.outcome, step.revision) for step in done.steps} == {(StepOutcome.DONE, 2)}


def _found(installation: Installation) -> int:
    filters = (Filter(facet=Facet.TAG, values=frozenset({"care"})),)
    return installation.engine.search(SearchQuery(viewer=OFFICERS_VIEWER, filters=filters)).total


def test_a_change_of_many_cases_that_is_killed_anywhere_is_done_wholly_or_never_begun(tmp_path: Path) -> None:
    prepared, counted = tmp_path / "prepared", tmp_path / "steps.json"
    Child(partial(_prepare, prepared)).succeed()
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(prepared, rehearsal)
    Child(partial(_count, rehearsal, counted)).succeed()
    steps = json.loads(counted.read_bytes())
    assert steps > 4 * EACH
    for number in range(1, steps + 1, EACH):
        home = tmp_path / str(number)
        shutil.copytree(prepared, home)
        Child(partial(_retag, home, SignalBefore(number, signal.SIGKILL))).be_killed()
        Child(partial(_judge, home)).succeed()
