"""The server answers to its own name only, and writes no other into links, however the name is sent."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.conftest import StillAnswers

HOSTS = (
    "evil.example", "localhost.evil.example", "evil.example:80", "evil.example#localhost", "localhost@evil.example",
    "localhost:80@evil.example", "evil.example/localhost", "localhost, evil.example", "localhost evil.example", "xlocalhost",
    "[::1]", "0.0.0.0", "127.1", "2130706433", "\\evil.example", "localhost:port", "..", "*", "%6cocalhost", "l\u043ecalhost",
)  # fmt: skip
FORWARDED = ("X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-Forwarded-Server")


@pytest.mark.parametrize("host", HOSTS)
def test_another_name_is_refused_and_not_repeated(
    client: FlaskClient, host: str, still_answers: StillAnswers
) -> None:
    for path in ("/sign-in", "/nothing", "/static/0/css/main.css", "/feed?key=x"):
        answer = client.get(path, headers={"Host": host.encode().decode("latin-1")}, buffered=True)

        assert answer.status_code == 400
        assert host not in answer.text
        assert "evil" not in str(answer.headers)
    still_answers()


@pytest.mark.parametrize("header", FORWARDED)
def test_a_name_in_another_header_is_not_believed(app: Flask, header: str) -> None:
    answer = app.test_client().get("/profile", headers={header: "evil.example"})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/profile"
