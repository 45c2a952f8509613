"""What is derived may be deleted at any time, also under a running server."""

from __future__ import annotations

import shutil
import time

from kb.config import Settings
from kb.domain.account import Role
from tests.web.conftest import SignIn
from tests.web.reading import Page
from tests.web.shelf import Shelf

PATIENCE = 1_200
"""Twentieths of a second in which another process starts and mends, however busy the machine is."""


def test_search_and_lists_come_back_by_themselves_after_their_folder_was_deleted(
    client_as: SignIn, shelf: Shelf, settings: Settings
) -> None:
    shelf.case()
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    before = Page(client.get("/search?q=logs").text).text
    shutil.rmtree(settings.search_index)

    assert client.get("/search?q=logs").status_code == 503
    for _ in range(PATIENCE):
        if client.get("/search?q=logs").status_code == 200:
            break
        time.sleep(0.05)

    assert Page(client.get("/search?q=logs").text).text == before
