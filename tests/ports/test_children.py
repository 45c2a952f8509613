"""Chores in processes of their own: each kind one at a time, and nobody who asks for one waits or fails."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from kb.adapters.children import ChoresInChildren
from kb.domain.ports import Chore
from kb.paths import CHECKOUT

SCRIPT = """#!/bin/sh
echo "$KB_HOME $@ $(ps -o ni= -p $$)" >> {told}
while [ -e {hold} ]; do sleep 0.02; done
"""


class Stage:
    """Our command, played by a script that writes down how it was called and goes on while it is held."""

    def __init__(self, folder: Path) -> None:
        self.told, self.hold = folder / "told", folder / "hold"
        self.program = folder / "program"
        self.program.write_text(SCRIPT.format(told=self.told, hold=self.hold))
        self.program.chmod(0o700)

    def wait_for(self, number: int) -> list[str]:
        """Give what was told once it is so many lines."""
        for _ in range(2_000):
            lines = self.told.read_text().splitlines() if self.told.exists() else []
            if len(lines) >= number:
                return lines
            time.sleep(0.02)
        raise AssertionError


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = Stage(tmp_path)
    monkeypatch.setattr(sys, "executable", str(made.program))
    return made


def test_a_chore_is_our_own_command_for_the_home(stage: Stage, tmp_path: Path) -> None:
    chores = ChoresInChildren(tmp_path / "home")
    for chore in Chore:
        chores.do(chore)
    called = {line.rsplit(" ", 1)[0].strip() for line in stage.wait_for(3)}
    for _, child in chores._begun.values():
        child.wait()
    commands = ("index update", "index merge", "digest --at-once")
    assert called == {f"{tmp_path / 'home'} -P -m kb {command}" for command in commands}


def test_it_runs_on_the_modules_that_run_here(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.program.write_text(f'#!/bin/sh\necho "$PYTHONPATH" >> {stage.told}\n')
    monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
    ChoresInChildren(tmp_path).do(Chore.MERGE)
    assert stage.wait_for(1) == [f"{CHECKOUT}:/somewhere/else"]


@pytest.mark.slow
def test_what_lies_in_the_working_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "__init__.py").write_text("raise SystemExit('not ours')\n")
    monkeypatch.chdir(tmp_path)
    chores = ChoresInChildren(tmp_path / "no-home")
    chores.do(Chore.MERGE)
    for _, child in chores._begun.values():
        child.wait()
    assert "not ours" not in capfd.readouterr().err


def test_one_of_a_kind_is_done_at_a_time_and_again_after_a_rest(stage: Stage, tmp_path: Path) -> None:
    stage.hold.touch()
    chores = ChoresInChildren(tmp_path, rest=0)
    for _ in range(3):
        chores.do(Chore.MERGE)
    assert len(stage.wait_for(1)) == 1
    chores.do(Chore.UPDATE)
    assert len(stage.wait_for(2)) == 2
    stage.hold.unlink()
    chores._begun[Chore.MERGE][1].wait()
    chores.do(Chore.MERGE)
    assert len(stage.wait_for(3)) == 3
    for _, child in chores._begun.values():
        child.wait()


def test_within_the_rest_asking_again_is_heard_by_nobody(stage: Stage, tmp_path: Path) -> None:
    chores = ChoresInChildren(tmp_path)
    chores.do(Chore.MERGE)
    _, child = chores._begun[Chore.MERGE]
    child.wait()
    chores.do(Chore.MERGE)
    assert chores._begun[Chore.MERGE][1] is child


def test_what_is_to_be_mailed_while_a_mailing_runs_is_mailed_once_more_after_it(
    stage: Stage, tmp_path: Path
) -> None:
    stage.hold.touch()
    chores = ChoresInChildren(tmp_path)
    for _ in range(3):
        chores.do(Chore.MAIL)
    assert len(stage.wait_for(1)) == 1
    stage.hold.unlink()
    assert len(stage.wait_for(2)) == 2
    chores._begun[Chore.MAIL][1].wait()
    chores.do(Chore.MAIL)
    assert len(stage.wait_for(3)) == 3
    chores._begun[Chore.MAIL][1].wait()


def test_a_program_that_cannot_be_started_fails_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    ChoresInChildren(tmp_path).do(Chore.UPDATE)
    assert "could not be started" in caplog.text
