"""What all homes that are visited begin with."""

from __future__ import annotations

import pytest

from tests.crawl.home import CrawledHome


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> CrawledHome:
    """A home without people, of which others are copies."""
    return CrawledHome(tmp_path_factory.mktemp("empty") / "home", ())
