"""Requests that are too large, from another site, to another name, or with a form of another session."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from kb.domain.account import Role
from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.concept import Scheme
from kb.domain.lesson import CrossBorderIssue
from kb.web.bounded import FORM, MOST_FIELDS
from kb.web.forms.case import CaseForm
from kb.web.headers import MOST_BYTES, MOST_PARTS
from tests.web.conftest import SignIn, csrf_token
from tests.web.typed_case import sent

MOST_CONCEPTS = 60
"""As many as the largest of the vocabularies that are shipped holds, and one more."""

PROFILE = {"name": "Another Name", "language": "en"}


def name_of(client: FlaskClient) -> str:
    page = client.get("/profile").text
    return page.split('name="name"')[1].split('value="')[1].split('"')[0]


def test_a_form_of_this_session_from_this_site_is_taken(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)
    data = PROFILE | {"csrf_token": csrf_token(client, "/profile")}

    for headers in (
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
    ):
        assert client.post("/profile", data=data, headers=headers).status_code == 302
    assert name_of(client) == "Another Name"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost:8081"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_a_form_from_another_site_does_nothing_though_its_token_is_right(
    client_as: SignIn, headers: dict[str, str]
) -> None:
    client = client_as(Role.PRESENTER)
    data = PROFILE | {"csrf_token": csrf_token(client, "/profile")}

    answer = client.post("/profile", data=data, headers=headers)

    assert answer.status_code == 403
    assert "Another Name" not in answer.text
    assert name_of(client) == "Demo presenter"


def test_a_form_without_its_token_does_nothing(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)

    answer = client.post("/profile", data=PROFILE)

    assert answer.status_code == 400
    assert name_of(client) == "Demo presenter"


def test_a_token_of_another_session_is_none(client_as: SignIn) -> None:
    other = csrf_token(client_as(Role.COORDINATOR), "/profile")

    assert client_as(Role.PRESENTER).post("/profile", data=PROFILE | {"csrf_token": other}).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", "x@localhost"])
def test_the_server_goes_by_its_own_name_only(client: FlaskClient, host: str) -> None:
    answer = client.get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert host not in answer.text


def test_a_request_that_is_too_large_is_refused(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)

    answer = client.post("/profile", data={"name": "x" * (MOST_BYTES + 1)})

    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_a_request_with_too_many_parts_is_refused(client_as: SignIn) -> None:
    client = client_as(Role.PRESENTER)
    parts = {f"field-{number}": "x" for number in range(MOST_PARTS + 1)}

    answer = client.post("/profile", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"x=" + b"x" * MOST_BYTES, FORM),
        (b"&".join([b"x="] * (MOST_FIELDS + 1)), FORM),
        (
            b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n" * (MOST_PARTS + 1) + b"--b--",
            "multipart/form-data; boundary=b",
        ),
    ],
    ids=["bytes", "fields", "parts"],
)
def test_what_is_too_large_is_refused_whoever_sends_it_from_wherever(
    client: FlaskClient, client_as: SignIn, body: bytes, content_type: str
) -> None:
    """Words typed are shown again after other refusals: this one comes first, whatever else is wrong with the request."""
    for browser in (client, client_as(Role.PRESENTER)):
        for headers in ({}, {"Origin": "http://localhost"}, {"Origin": "https://evil.example"}):
            answer = browser.post("/profile", data=body, content_type=content_type, headers=headers)

            assert (answer.status_code, len(answer.data) < 10_000) == (413, True)
            assert browser.get("/sign-in", follow_redirects=True).status_code == 200


def test_the_largest_case_is_within_the_bounds(request_for_forms: None) -> None:
    """Sixty lessons, in each of which every box is ticked that the shipped vocabularies offer."""
    offered = {
        scheme: tuple(f"{scheme.value}-{place}" for place in range(MOST_CONCEPTS)) for scheme in Scheme
    }
    lessons = tuple(
        CrossBorderIssue(
            key=f"b{place}",
            channels=offered[Scheme.CHANNEL],
            obstacles=offered[Scheme.DIFFICULTY],
            partners_helped=offered[Scheme.PARTNER],
            partners_hindered=offered[Scheme.PARTNER],
            tags=offered[Scheme.TAG],
        )
        for place in range(MOST_LESSONS)
    )
    words = sent(CaseForm.of(CaseStudy(title="Large", lessons=lessons), originator=True))

    fields = sum(len(values) for _, values in words.lists())
    assert MOST_FIELDS / 2 < fields < MOST_FIELDS
    assert len(urlencode(list(words.items(multi=True)))) < MOST_BYTES
