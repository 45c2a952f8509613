"""What a busy or slow machine must not decide: where tests keep their files, how long an example may take, and which test is last.

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

from tests.dealing import dealt

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


settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
