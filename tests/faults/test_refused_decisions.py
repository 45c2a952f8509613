"""Publishing and purging on a disk that refuses any single operation: done, or to be done, and never half of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kb.domain.errors import KnowledgeBaseError
from kb.domain.ports import Severity
from tests.faults.deeds import DEEDS
from tests.faults.disk import REFUSALS, Record, RefuseAt
from tests.faults.real import opened


def _prepared(folder: Path, name: str) -> tuple[Path, int]:
    """Make the home that the deed starts from, and count the file operations that the deed takes."""
    home, rehearsal, record = folder / "prepared", folder / "rehearsal", Record()
    installation = opened(home)
    installation.comparison.run()
    DEEDS[name].prepare(installation, "one")
    shutil.copytree(home, rehearsal)
    DEEDS[name].do(opened(rehearsal, record), "one")
    return home, len(record.steps)


def _told(home: Path, name: str, refusal: RefuseAt) -> str:
    """Do the deed on the refusing disk; give the sentence that its doer is told, or nothing where it succeeded."""
    try:
        DEEDS[name].do(opened(home, refusal), "one")
    except KnowledgeBaseError as error:
        return str(error)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("code", REFUSALS, ids=os.strerror)
@pytest.mark.parametrize("name", ["publish", "purge"])
def test_a_decision_that_the_disk_refused_anywhere_is_whole_or_not_begun_after_the_next_start(
    tmp_path: Path, name: str, code: int
) -> None:
    deed = DEEDS[name]
    prepared, steps = _prepared(tmp_path, name)
    for number in range(1, steps + 1):
        home = shutil.copytree(prepared, tmp_path / "home")

        told = _told(home, name, RefuseAt(number, code))

        installation = opened(home)
        installation.comparison.run()
        assert deed.done(installation) or (told and deed.undone(installation)), (number, told)
        assert installation.follows, number
        installation.store.verify(repair=True)
        found = [each for each in installation.store.verify() if each.severity is Severity.ERROR]
        assert found == [], number
        shutil.rmtree(home)
    assert steps > 20
