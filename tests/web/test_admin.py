"""The administrator's pages, from which everybody else is kept."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from tests.web.conftest import SignIn, csrf_token

PAGES = (
    "/admin/accounts",
    "/admin/accounts/invite",
    "/admin/accounts/demo-presenter",
    "/admin/audit",
    "/admin/organisations",
    "/admin/organisations/demo-austria/rename",
)
NEW = "other words that last"


@pytest.fixture
def admin(client_as: SignIn) -> FlaskClient:
    return client_as(Role.ADMINISTRATOR)


def post(client: FlaskClient, path: str, **data: object) -> str:
    token = csrf_token(client, "/profile")
    return client.post(path, data={"csrf_token": token, **data}, follow_redirects=True).text


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.PRESENTER, Role.COORDINATOR])
def test_officers_have_no_way_in_and_see_no_link_to_it(
    client_as: SignIn, accounts: dict[Role, Account], kb_services: Services, role: Role
) -> None:
    client = client_as(role)
    other = accounts[Role.ADMINISTRATOR].id
    token = csrf_token(client, "/profile")

    assert "/admin/" not in client.get("/profile").text
    assert {client.get(path).status_code for path in PAGES} == {403}
    for step in ("", "disable", "enable", "end-sessions", "reset", "reset-second-factor", "sessions/x/end"):
        assert (
            client.post(f"/admin/accounts/{other}/{step}".rstrip("/"), data={"csrf_token": token}).status_code
            == 403
        )
    assert kb_services.accounts.find(OPERATOR, "administrator@example.org").active


def test_all_accounts_are_listed(admin: FlaskClient) -> None:
    page = admin.get("/admin/accounts").text

    for role in ("investigator", "presenter", "coordinator", "administrator"):
        assert f"{role}@example.org" in page
    assert "Example unit, Belgium (Belgium)" in page


def test_an_invited_person_gets_in_by_the_link_that_is_shown(admin: FlaskClient, client: FlaskClient) -> None:
    page = post(
        admin,
        "/admin/accounts/invite",
        email="new@example.org",
        name="New Person",
        organisation="Unit, France",
        country="FR",
        roles=["investigator", "presenter"],
    )
    found = re.search(r"http://localhost(/link/[\w-]+)", page)
    assert found
    client.post(
        found[1],
        data={"csrf_token": csrf_token(client, found[1]), "password": NEW, "password_again": NEW},
    )
    credentials = {"email": "new@example.org", "password": NEW}
    client.post("/sign-in", data=credentials | {"csrf_token": csrf_token(client, "/sign-in")})

    profile = client.get("/profile").text
    assert "Unit, France (France)" in profile
    assert "Investigator, Presenter" in profile
    assert "Unit, France" in admin.get("/admin/accounts").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "nonsense"}, "Give an e-mail address"),
        ({"email": "presenter@example.org"}, "already"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["operator"]}, "not a valid choice"),
        ({"organisation": ""}, "acts for an organisation"),
        ({"country": ""}, "in which country"),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(
    admin: FlaskClient, change: dict[str, object], sentence: str
) -> None:
    typed: dict[str, object] = {
        "email": "new@example.org",
        "name": "Typed with care",
        "organisation": "Unit, France",
        "country": "FR",
        "roles": ["presenter"],
    }

    page = post(admin, "/admin/accounts/invite", **typed | change)

    assert sentence in page.replace("&#39;", "'")
    assert "Typed with care" in page
    assert "/link/" not in page


def test_a_disabled_account_is_shown_as_such_and_enabled_again(
    admin: FlaskClient, accounts: dict[Role, Account]
) -> None:
    path = f"/admin/accounts/{accounts[Role.PRESENTER].id}"

    disabled = post(admin, f"{path}/disable")
    enabled = post(admin, f"{path}/enable")

    assert "The account is disabled" in disabled
    assert f"{path}/enable" in disabled
    assert "The account is enabled" in enabled
    assert f"{path}/disable" in enabled


def test_ending_sessions_signs_somebody_out(
    admin: FlaskClient, client_as: SignIn, accounts: dict[Role, Account]
) -> None:
    client = client_as(Role.PRESENTER)

    post(admin, f"/admin/accounts/{accounts[Role.PRESENTER].id}/end-sessions")

    assert client.get("/profile").status_code == 302


def test_a_reset_shows_a_link_once(admin: FlaskClient, accounts: dict[Role, Account]) -> None:
    page = post(admin, f"/admin/accounts/{accounts[Role.PRESENTER].id}/reset")

    assert re.search(r"http://localhost/link/[\w-]{43}<", page)
    assert "/link/" not in admin.get("/admin/accounts").text


def test_administrators_cannot_disable_themselves(admin: FlaskClient, accounts: dict[Role, Account]) -> None:
    own = accounts[Role.ADMINISTRATOR].id

    page = post(admin, f"/admin/accounts/{own}/disable")

    assert "your own account" in page
    assert f"{own}/disable" not in admin.get(f"/admin/accounts/{own}").text


def test_an_account_that_does_not_exist_is_not_found(admin: FlaskClient) -> None:
    token = csrf_token(admin, "/profile")

    for step in ("disable", "reset", "reset-second-factor", "no-such-step", "sessions/x/end"):
        path = f"/admin/accounts/nobody/{step}"
        assert admin.post(path, data={"csrf_token": token}).status_code == 404
    assert admin.get("/admin/accounts/nobody").status_code == 404
    assert admin.get("/admin/organisations/nobody/rename").status_code == 404
