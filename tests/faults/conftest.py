"""What children inherit from the process that forks them."""

from __future__ import annotations

import pytest

from tests.faults.deeds import DEEDS
from tests.faults.real import opened


@pytest.fixture(scope="session", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Do every deed once, in homes apart: what is loaded and compiled at first use need not be so in each of a thousand children."""
    for name, deed in DEEDS.items():
        installation = opened(tmp_path_factory.mktemp(name) / "home")
        installation.comparison.run()
        deed.prepare(installation, "one")
        deed.do(installation, "one")
        installation.drain.run()
