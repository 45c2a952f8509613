"""One's own account."""

from __future__ import annotations

import re

import pytest

from kb.domain.account import Role
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn, csrf_token

NEW = "other words that last"


def test_the_profile_shows_who_one_is(client_as: SignIn) -> None:
    page = client_as(Role.COORDINATOR).get("/profile").text

    for words in ("coordinator@example.org", "Example unit, Belgium (Belgium)", "Demo coordinator"):
        assert words in page


def test_name_and_language_are_saved(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    data = {"csrf_token": csrf_token(client, "/profile"), "name": "Ирина", "language": "ru"}

    answer = client.post("/profile", data=data, follow_redirects=True)

    assert "Your profile is saved." in answer.text
    assert 'value="Ирина"' in answer.text
    assert '<option selected value="ru">' in answer.text


@pytest.mark.parametrize(
    ("name", "language", "sentence"),
    [("", "en", "Fill this in."), ("x" * 301, "en", "300"), ("Name", "xx", "Not a valid choice")],
)
def test_a_refused_profile_is_shown_again_with_what_was_typed(
    client_as: SignIn, name: str, language: str, sentence: str
) -> None:
    client = client_as(Role.INVESTIGATOR)
    data = {"csrf_token": csrf_token(client, "/profile"), "name": name, "language": language}

    answer = client.post("/profile", data=data)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{name}"' in answer.text


def test_changing_the_password_signs_out_every_other_browser_and_keeps_this_one(
    client_as: SignIn, people: dict[Role, DemoAccount]
) -> None:
    here, elsewhere = client_as(Role.INVESTIGATOR), client_as(Role.INVESTIGATOR)
    data = {
        "csrf_token": csrf_token(here, "/profile/password"),
        "current_password": people[Role.INVESTIGATOR].password,
        "password": NEW,
        "password_again": NEW,
    }

    answer = here.post("/profile/password", data=data)

    assert answer.headers["Location"] == "/profile"
    assert here.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 302


def test_changing_the_password_needs_todays(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    data = {
        "csrf_token": csrf_token(client, "/profile/password"),
        "current_password": "not it",
        "password": NEW,
        "password_again": NEW,
    }

    answer = client.post("/profile/password", data=data)

    assert answer.status_code == 422
    assert "not your password of today" in answer.text
    assert NEW not in answer.text


def test_the_profile_names_every_browser_that_is_signed_in(client_as: SignIn, clock: FakeClock) -> None:
    """ASVS 5.0 7.5.2: people see their sessions and end them."""
    here, elsewhere = client_as(Role.INVESTIGATOR), client_as(Role.INVESTIGATOR)
    clock.tick(minutes=5)
    elsewhere.get("/profile")

    page = here.get("/profile").text

    assert page.count("Signed in 1 Sep 2026, 12:00 UTC") == 2
    assert "last used 1 Sep 2026, 12:05 UTC" in page
    assert page.count("this one") == 1


def test_one_browser_is_signed_out_from_another(client_as: SignIn) -> None:
    here, elsewhere = client_as(Role.INVESTIGATOR), client_as(Role.INVESTIGATOR)
    [address] = re.findall(r'action="(/profile/sessions/[a-z2-7]{10}/end)"', here.get("/profile").text)

    answer = here.post(address, data={"csrf_token": csrf_token(here, "/profile")}, follow_redirects=True)

    assert "That browser is signed out." in answer.text
    assert '/end"' not in answer.text.replace("end-others", "")
    assert elsewhere.get("/profile").status_code == 302


def test_all_others_are_signed_out_and_this_one_stays(client_as: SignIn) -> None:
    here, *others = (client_as(Role.INVESTIGATOR) for _ in range(3))
    token = csrf_token(here, "/profile")

    here.post("/profile/sessions/end-others", data={"csrf_token": token})

    assert "In no other browser." in here.get("/profile").text
    assert [other.get("/profile").status_code for other in others] == [302, 302]


def test_nobody_ends_a_session_of_somebody_else(client_as: SignIn) -> None:
    theirs = client_as(Role.COORDINATOR)
    client_as(Role.COORDINATOR)
    [address] = re.findall(r'action="(/profile/sessions/[a-z2-7]{10}/end)"', theirs.get("/profile").text)
    mine = client_as(Role.INVESTIGATOR)

    answer = mine.post(address, data={"csrf_token": csrf_token(mine, "/profile")})

    assert answer.status_code == 404
    assert address in theirs.get("/profile").text
