"""An account's page, where an administrator changes what somebody is, and helps who cannot get in."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn
from tests.web.telephone import enrol, send

PAGE = "/admin/accounts/demo-presenter"
NEW = "other words that last"


@pytest.fixture
def admin(client_as: SignIn) -> FlaskClient:
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def enrolled(kb_services: Services, people: dict[Role, DemoAccount], clock: FakeClock) -> DemoAccount:
    """The presenter, who has a second factor."""
    enrol(kb_services, people[Role.PRESENTER].account, clock)
    return people[Role.PRESENTER]


def press(client: FlaskClient, path: str, where: str = PAGE) -> tuple[int, str]:
    """Press a button of a page."""
    return send(client, path, client.get(where).text)


def standing(**changed: object) -> dict[str, object]:
    return {"roles": ["presenter"], "organisation": "Example unit, Austria", "country": "AT"} | changed


def change(client: FlaskClient, where: str = PAGE, /, **changed: object) -> tuple[int, str]:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(where).text)
    assert token
    answer = client.post(where, data=standing(**changed) | {"csrf_token": token[1]})
    return answer.status_code, answer.headers.get("Location") or answer.text


def test_an_account_has_a_page_with_all_that_is_known_of_it(admin: FlaskClient, client_as: SignIn) -> None:
    client_as(Role.PRESENTER)

    page = admin.get(PAGE).text

    for words in ("presenter@example.org", "Example unit, Austria", "Signed in 1 Sep 2026, 12:00 UTC"):
        assert words in page
    assert '<input checked class="form-check-input" id="roles-1"' in page
    assert f'href="{PAGE}"' in admin.get("/admin/accounts").text
    assert 'href="/admin/audit?account=demo-presenter"' in page


def test_roles_and_organisation_are_changed_and_sign_the_person_out(
    admin: FlaskClient, client_as: SignIn, kb_services: Services
) -> None:
    """ASVS 5.0 V7.4 and V8.3: what somebody may do changes at once, in every session."""
    theirs = client_as(Role.PRESENTER)

    answer = change(admin, roles=["investigator", "presenter"], organisation="Unit, France", country="FR")

    assert answer == (302, PAGE)
    assert theirs.get("/profile").status_code == 302
    changed = kb_services.accounts.get(OPERATOR, "demo-presenter")
    assert changed.roles == {Role.INVESTIGATOR, Role.PRESENTER}
    assert changed.organisation
    assert (changed.organisation.name, changed.organisation.country) == ("Unit, France", "FR")
    assert "Nowhere at the moment." in admin.get(PAGE).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["operator"]}, "not a valid choice"),
        ({"organisation": ""}, "acts for an organisation"),
        ({"country": ""}, "in which country"),
    ],
)
def test_a_refused_change_keeps_what_was_typed_and_ends_nothing(
    admin: FlaskClient, client_as: SignIn, changed: dict[str, object], sentence: str
) -> None:
    theirs = client_as(Role.PRESENTER)

    status, page = change(admin, **{"organisation": "Typed with care", **changed})

    assert (status, sentence in page) == (422, True)
    assert ("Typed with care" in page) is ("organisation" not in changed)
    assert theirs.get("/profile").status_code == 200


def test_administrators_change_themselves_in_a_new_session_but_keep_their_role(
    admin: FlaskClient, client_as: SignIn
) -> None:
    own, elsewhere = "/admin/accounts/demo-administrator", client_as(Role.ADMINISTRATOR)
    with admin.session_transaction() as session:
        before = session["_user_id"]

    assert change(admin, own, roles=["administrator", "investigator"]) == (302, own)
    with admin.session_transaction() as session:
        assert session["_user_id"] != before
    assert "Administrator, Investigator" in admin.get("/profile").text
    assert elsewhere.get("/profile").status_code == 302
    status, page = change(admin, own, roles=["investigator"])
    assert (status, "cannot take the administrator" in page) == (422, True)


def test_one_session_of_somebody_is_ended(admin: FlaskClient, client_as: SignIn) -> None:
    """ASVS 5.0 7.4.5: administrators end sessions of any account."""
    theirs = client_as(Role.PRESENTER)
    [path] = re.findall(rf'action="({PAGE}/sessions/[a-z2-7]{{10}}/end)"', admin.get(PAGE).text)

    assert press(admin, path) == (302, PAGE)

    assert theirs.get("/profile").status_code == 302
    assert press(admin, path)[0] == 404


def test_a_session_is_ended_only_as_one_of_its_own_account(admin: FlaskClient, client_as: SignIn) -> None:
    theirs = client_as(Role.PRESENTER)
    [path] = re.findall(rf'action="({PAGE}/sessions/[a-z2-7]{{10}}/end)"', admin.get(PAGE).text)

    assert press(admin, path.replace("demo-presenter", "demo-investigator"))[0] == 404

    assert theirs.get("/profile").status_code == 200


def test_who_lost_the_telephone_begins_again_with_a_new_password(
    admin: FlaskClient, enrolled: DemoAccount, client_as: SignIn, app: Flask
) -> None:
    """ASVS 5.0 V6.4: a lost factor is replaced by a way that a stolen password does not open."""
    theirs = client_as(Role.PRESENTER)
    assert "Reset the second factor" in admin.get(PAGE).text

    status, page = press(admin, f"{PAGE}/reset-second-factor")

    assert status == 200
    found = re.search(r"http://localhost(/link/[\w-]+)", page)
    assert found
    assert theirs.get("/profile").status_code == 302
    browser = app.test_client()
    sign_in = browser.get("/sign-in").text
    old = send(browser, "/sign-in", sign_in, email=enrolled.account.email, password=enrolled.password)
    assert old[0] == 422
    link = browser.get(found[1]).text
    assert send(browser, found[1], link, password=NEW, password_again=NEW) == (302, "/sign-in")
    sign_in = browser.get("/sign-in").text
    new = send(browser, "/sign-in", sign_in, email=enrolled.account.email, password=NEW)
    assert new == (302, "/")
    assert "It is off" in browser.get("/profile").text


def test_nobody_resets_their_own_second_factor(
    admin: FlaskClient,
    kb_services: Services,
    accounts: dict[Role, Account],
    clock: FakeClock,
    client_as: SignIn,
) -> None:
    enrol(kb_services, accounts[Role.ADMINISTRATOR], clock)
    admin = client_as(Role.ADMINISTRATOR)
    own = "/admin/accounts/demo-administrator"
    assert "Reset the second factor" not in admin.get(own).text

    status, page = press(admin, f"{own}/reset-second-factor", own)

    assert (status, "your own account" in page) == (422, True)


def test_a_disabled_account_offers_to_be_enabled_and_nothing_else(admin: FlaskClient) -> None:
    press(admin, f"{PAGE}/disable")

    page = admin.get(PAGE).text

    assert "This account is disabled" in page
    assert f'action="{PAGE}/enable"' in page
    assert f'action="{PAGE}/reset"' not in page
