from __future__ import annotations

import pytest

from kb.domain.account import Role
from kb.domain.marking import Marking
from tests.web.conftest import SignIn
from tests.web.reading import Page


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.ADMINISTRATOR])
def test_help_explains_markings_roles_and_what_is_never_held(client_as: SignIn, role: Role) -> None:
    text = Page(client_as(role).get("/help").text).text
    for marking in Marking:
        assert f"TLP:{marking}" in text
    for words in (
        "This is a local policy",
        "Chatham House",
        "No imagery of any kind",
        "Nobody publishes a submission",
    ):
        assert words in text


def test_every_page_leads_to_help(client_as: SignIn) -> None:
    page = Page(client_as(Role.INVESTIGATOR).get("/").text)
    assert "/help" in {link.address for link in page.links}
