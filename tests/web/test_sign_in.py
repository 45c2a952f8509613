"""Nothing is readable without signing in; how one signs in and out, and how a link sets the first password."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.throttle import ADDRESS
from kb.services.demo import DemoAccount
from kb.web.security import OPEN, local_path
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn, csrf_token, token_in

NEW = "other words that last"


def sign_in(
    client: FlaskClient, demo: DemoAccount, password: str | None = None, where: str = ""
) -> tuple[int, str]:
    """Sign in over the form; gives the status and where it led, or the page."""
    answer = client.post(
        "/sign-in",
        data={
            "csrf_token": csrf_token(client, "/sign-in"),
            "email": demo.account.email,
            "password": password or demo.password,
            "next": where,
        },
    )
    return answer.status_code, answer.headers.get("Location") or answer.text


def test_every_address_but_a_literal_few_leads_a_visitor_to_sign_in(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN or "GET" not in (rule.methods or ()):
            continue
        path = rule.rule.replace("<", "").replace(">", "")
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/sign-in"), path


def test_the_open_addresses_are_those_that_need_to_be() -> None:
    assert {
        "account.code",
        "account.link",
        "account.set_up",
        "account.sign_in",
        "bootstrap.static",
        "favicon",
        "feeds.show",
        "health",
        "static",
    } == OPEN


def test_a_page_that_does_not_exist_looks_like_any_other_to_a_visitor(client: FlaskClient) -> None:
    missing, existing = client.get("/no-such-page"), client.get("/profile")

    assert (missing.status_code, missing.headers["Location"]) == (302, "/sign-in?next=/no-such-page")
    assert (existing.status_code, existing.headers["Location"]) == (302, "/sign-in?next=/profile")


def test_the_health_page_is_plain_and_open(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers


def test_signing_in_leads_to_where_one_wanted_to_go(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    assert sign_in(client, people[Role.PRESENTER], where="/profile?x=1") == (302, "/profile?x=1")
    assert client.get("/profile").status_code == 200


def test_a_visitor_is_led_back_with_the_whole_address(client: FlaskClient) -> None:
    location = client.get("/profile?a=1&b=2").headers["Location"]

    assert 'name="next" value="/profile?a=1&amp;b=2"' in client.get(location).text


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/a\\..\\b",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/\tevil",
        "",
        None,
    ],
)
def test_signing_in_never_leads_to_another_site(foreign: str | None) -> None:
    assert local_path(foreign) == "/"


def test_local_addresses_are_kept_whole() -> None:
    assert local_path("/search?q=a//b&x=https://y#z") == "/search?q=a//b&x=https://y#z"


def test_a_wrong_password_is_refused_in_place_and_the_address_kept(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    status, page = sign_in(client, people[Role.PRESENTER], password="not the right words")

    assert status == 422
    assert "is not right" in page
    assert 'value="presenter@example.org"' in page
    assert "not the right words" not in page
    assert client.get("/profile").status_code == 302


def test_an_unknown_address_gets_the_very_same_page(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    known = people[Role.PRESENTER]
    unknown = known.model_copy(
        update={"account": known.account.model_copy(update={"email": "x@example.org"})}
    )
    pages = [sign_in(client, demo, password="not the right words") for demo in (known, unknown)]

    without = [
        page.replace(csrf, "").replace(each.account.email, "")
        for (_, page), each, csrf in zip(
            pages, (known, unknown), [token_in(page) for _, page in pages], strict=True
        )
    ]
    assert pages[0][0] == pages[1][0]
    assert without[0] == without[1]


def test_the_cookie_changes_at_sign_in_and_holds_no_remembered_login(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    client.get("/sign-in")
    before = client.get_cookie("casebook")
    sign_in(client, people[Role.PRESENTER])
    after = client.get_cookie("casebook")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert after.http_only
    assert after.same_site == "Lax"
    assert client.get_cookie("remember_token") is None


def test_signing_in_again_ends_the_session_before(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    sign_in(client, people[Role.PRESENTER])
    with client.session_transaction() as session:
        first = session["_user_id"]
    sign_in_form = {"csrf_token": csrf_token(client, "/profile"), "email": "", "password": ""}
    demo = people[Role.INVESTIGATOR]
    client.post("/sign-in", data=sign_in_form | {"email": demo.account.email, "password": demo.password})

    other = client.application.test_client()
    with other.session_transaction() as session:
        session["_user_id"] = first
    assert other.get("/profile").status_code == 302
    assert "investigator@example.org" in client.get("/profile").text


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(client_as: SignIn) -> None:
    assert client_as(Role.PRESENTER).get("/sign-in?next=/profile").headers["Location"] == "/profile"


def test_signing_out_ends_the_session_on_the_server(client_as: SignIn, app: Flask) -> None:
    client = client_as(Role.PRESENTER)
    with client.session_transaction() as session:
        kept = dict(session)

    answer = client.post("/sign-out", data={"csrf_token": csrf_token(client, "/profile")})

    assert answer.headers["Location"] == "/sign-in"
    other = app.test_client()
    with other.session_transaction() as session:
        session.update(kept)
    assert other.get("/profile").status_code == 302


def test_a_session_ends_by_itself(client_as: SignIn, clock: FakeClock) -> None:
    client = client_as(Role.PRESENTER)
    clock.tick(minutes=29)
    assert client.get("/profile").status_code == 200

    clock.tick(minutes=30)

    assert client.get("/profile").status_code == 302


def test_a_disabled_account_is_out_at_the_next_click(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    client = client_as(Role.PRESENTER)

    kb_services.accounts.disable(OPERATOR, accounts[Role.PRESENTER].id)

    assert client.get("/profile").status_code == 302


def test_a_one_time_link_sets_a_password_once(
    client: FlaskClient, kb_services: Services, people: dict[Role, DemoAccount]
) -> None:
    demo = people[Role.PRESENTER]
    path = kb_services.accounts.reset(OPERATOR, demo.account.id).path
    assert "presenter@example.org" in client.get(path).text
    token = csrf_token(client, path)

    answer = client.post(path, data={"csrf_token": token, "password": NEW, "password_again": NEW})

    assert answer.headers["Location"] == "/sign-in"
    assert client.get(path).status_code == 410
    assert sign_in(client, demo, password=NEW)[0] == 302


@pytest.mark.parametrize(
    ("typed", "again", "sentence"),
    [("short", "short", "at least 15"), (NEW, "something else", "differ"), ("", "", "Fill this in")],
)
def test_a_bad_new_password_is_refused_with_its_reason_and_never_shown(
    client: FlaskClient,
    kb_services: Services,
    accounts: dict[Role, Account],
    *,
    typed: str,
    again: str,
    sentence: str,
) -> None:
    path = kb_services.accounts.reset(OPERATOR, accounts[Role.PRESENTER].id).path
    data = {"csrf_token": csrf_token(client, path), "password": typed, "password_again": again}

    answer = client.post(path, data=data)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert NEW not in answer.text


@pytest.mark.parametrize("token", ["made-up", "x" * 500, "%00"])
def test_a_link_that_is_none_says_what_to_do(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/link/{token}")

    assert answer.status_code == 410
    assert "Ask your administrator" in answer.text


def test_guessing_links_is_answered_with_how_long_to_wait(client: FlaskClient) -> None:
    """ASVS 5.0 V6.3: against guessing, for resets too."""
    answers = [client.get(f"/link/made-up-{number}") for number in range(ADDRESS.free + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {410}
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "1")
