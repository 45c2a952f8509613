"""The organisations for which accounts act, as an administrator sees them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kb.domain.account import Role
from tests.web.conftest import SignIn
from tests.web.telephone import send


@pytest.fixture
def admin(client_as: SignIn) -> FlaskClient:
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def rename(admin: FlaskClient) -> str:
    """The address at which the Austrian unit is renamed."""
    [path, *_] = re.findall(
        r'href="(/admin/organisations/[^"]+/rename)"', admin.get("/admin/organisations").text
    )
    return str(path)


def test_each_organisation_is_listed_with_its_accounts(admin: FlaskClient) -> None:
    page = admin.get("/admin/organisations").text

    rows = re.findall(
        r'<th scope="row">([^<]+)</th>\s*<td>([^<]+)</td>\s*<td class="number">(\d+)</td>', page
    )
    assert rows == [("Example unit, Austria", "Austria", "3"), ("Example unit, Belgium", "Belgium", "1")]


def test_a_new_name_is_borne_by_its_accounts(admin: FlaskClient, client_as: SignIn, rename: str) -> None:
    page = admin.get(rename).text
    assert "Records keep the name that they were published with." in page
    assert 'value="Example unit, Austria"' in page

    assert send(admin, rename, page, name="Example office, Austria") == (302, "/admin/organisations")

    assert "It is called “Example office, Austria” now." in admin.get("/admin/organisations").text
    assert "Example office, Austria" in client_as(Role.PRESENTER).get("/profile").text


@pytest.mark.parametrize("name", ["", " ", "x" * 301])
def test_a_name_that_cannot_be_is_refused_in_place(admin: FlaskClient, rename: str, name: str) -> None:
    status, page = send(admin, rename, admin.get(rename).text, name=name)

    assert status == 422
    assert "field__error" in page
    assert "Example unit, Austria" in admin.get("/admin/organisations").text
