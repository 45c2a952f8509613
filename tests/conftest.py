"""What a busy or slow machine must not decide: where tests keep their files, how long an example may take, and which test is last.

What several workers need alike is made once for a run: `shared` is the folder for it (`tests/sharing.py`).

Files lie in memory where there is room. Hundreds of homes are written and flushed as carefully as real ones, and a
test waits longer for the disk than for all its work. No test learns anything from that wait: a killed process leaves
the same files behind in memory, and a disk that refuses or loses power is simulated.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

from tests.dealing import dealt
from tests.sharing import made_once

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free there; containers are often given much less."""


def pytest_configure() -> None:
    """Choose the place, unless whoever runs the tests has chosen one by this variable or by `--basetemp`."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let every worker begin with its share of the tests that are marked slow; who runs alone takes all as they come."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        slow = [each for each in items if each.get_closest_marker("slow")]
        items[:] = dealt(slow, [each for each in items if each not in slow], workers)


@pytest.fixture(autouse=True)
def _logged() -> None:
    """Let the package log as it does in a server: a command that ran in this process before has quietened it for good."""
    logging.getLogger("kb").setLevel(logging.NOTSET)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run have in common; who runs alone has it alone."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def compiled_templates(shared: Path) -> FileSystemBytecodeCache:
    """Templates compiled once: many tests have an application of their own, and compiling takes longer than its pages."""
    folder = shared / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def seeded_home(shared: Path) -> Path:
    """A home with the seed and its index, which takes seconds to make; to be copied."""
    return made_once(shared, "seeded-home", _seed)


def _seed(home: Path) -> None:
    """Import the commands here alone: whoever measures the core has no need of them."""
    from click.testing import CliRunner

    from kb.cli.main import cli

    made = CliRunner().invoke(cli, ["init", str(home), "--seed"], catch_exceptions=False)
    assert made.exit_code == 0


settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
