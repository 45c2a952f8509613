"""Commands run in this process, over a real home in a scratch folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import cli

Kb = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of a home that no command has made yet, and let KB_HOME name it."""
    path = tmp_path / "home"
    monkeypatch.setenv("KB_HOME", str(path))
    return path


@pytest.fixture
def kb(home: Path) -> Kb:
    """Run `kb` with these words; output and errors are kept apart."""

    def run(*words: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def empty(kb: Kb, home: Path) -> Kb:
    """Give `kb` over an empty home."""
    assert kb("init", str(home)).exit_code == 0
    return kb


@pytest.fixture
def seeded(kb: Kb, home: Path, seeded_home: Path) -> Kb:
    """Give `kb` over a home of its own with the seed."""
    shutil.copytree(seeded_home, home)
    return kb
