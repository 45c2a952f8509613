"""Guessing gets nobody in: codes that were seen are worth nothing, and whoever guesses is soon made to wait."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from kb.bootstrap import Services
from kb.domain.account import Role
from kb.domain.errors import Invalid, TooManyTries
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.web.conftest import csrf_token
from tests.web.telephone import Telephone, enrol

AN_HOUR = 3600
Guess = Callable[[int], object]


@pytest.fixture
def demo(people: dict[Role, DemoAccount]) -> DemoAccount:
    return people[Role.PRESENTER]


@pytest.fixture
def enrolled(kb_services: Services, demo: DemoAccount, clock: FakeClock) -> tuple[Telephone, tuple[str, ...]]:
    return enrol(kb_services, demo.account, clock)


def half_way(kb: Services, demo: DemoAccount) -> str:
    return kb.sessions.sign_in(demo.account.email, demo.password).token


def succeeds(call: Callable[[], object]) -> bool:
    try:
        call()
    except (Invalid, TooManyTries):
        return False
    return True


@pytest.mark.parametrize("seconds", [0, 15, 30, 60, 90])
def test_a_code_that_was_seen_is_worth_nothing_however_soon(
    kb_services: Services,
    demo: DemoAccount,
    enrolled: tuple[Telephone, tuple[str, ...]],
    clock: FakeClock,
    seconds: int,
) -> None:
    """ASVS 5.0 V6.5: within the tolerance of one step too."""
    seen = enrolled[0].code
    kb_services.sessions.prove(half_way(kb_services, demo), seen)
    clock.tick(seconds=seconds)

    assert not succeeds(lambda: kb_services.sessions.prove(half_way(kb_services, demo), seen))


@pytest.mark.parametrize("kind", ["a code", "a recovery code"])
def test_of_several_who_send_the_same_at_once_one_gets_in(
    kb_services: Services, demo: DemoAccount, enrolled: tuple[Telephone, tuple[str, ...]], kind: str
) -> None:
    telephone, recovery = enrolled
    sent = telephone.code if kind == "a code" else recovery[0]
    tokens = [half_way(kb_services, demo) for _ in range(3)]

    with ThreadPoolExecutor(len(tokens)) as threads:
        let_in = list(
            threads.map(lambda token: succeeds(lambda: kb_services.sessions.prove(token, sent)), tokens)
        )

    assert let_in.count(True) == 1


def tries_in_an_hour(clock: FakeClock, guess: Guess) -> int:
    """Guess as fast as the answers allow; give how many guesses were looked at."""
    begun, looked_at = clock.now(), 0
    while (clock.now() - begun).total_seconds() < AN_HOUR:
        try:
            guess(looked_at)
        except TooManyTries as refused:
            clock.tick(seconds=max(1, refused.wait_seconds))
        except Invalid:
            looked_at += 1
    return looked_at


def test_passwords_of_one_person_are_guessed_a_few_times_an_hour_from_wherever(
    kb_services: Services, demo: DemoAccount, clock: FakeClock
) -> None:
    """ASVS 5.0 6.3.1: each guess from another address; afterwards the owner gets in, after a wait of minutes."""
    tries = tries_in_an_hour(
        clock,
        lambda number: kb_services.sessions.sign_in(
            demo.account.email, f"a wrong password {number}", address=f"203.0.{number % 250}.{number % 97}"
        ),
    )

    assert 5 < tries < 30
    clock.tick(minutes=5)
    assert kb_services.sessions.sign_in(demo.account.email, demo.password).account.id == demo.account.id


def test_one_password_is_tried_on_a_few_people_an_hour_from_one_address(
    kb_services: Services, clock: FakeClock
) -> None:
    tries = tries_in_an_hour(
        clock,
        lambda number: kb_services.sessions.sign_in(
            f"person{number}@example.org", "the same password", address="203.0.113.7"
        ),
    )

    assert 10 < tries < 30


def test_codes_are_guessed_a_few_times_an_hour_though_the_password_is_known(
    kb_services: Services, demo: DemoAccount, enrolled: tuple[Telephone, tuple[str, ...]], clock: FakeClock
) -> None:
    """A thousand guesses would be needed for one chance in three hundred; the whole space takes years."""
    telephone = enrolled[0]

    def guess(number: int) -> object:
        token = half_way(kb_services, demo)
        return kb_services.sessions.prove(token, telephone.wrong_code, address=f"203.0.{number % 250}.9")

    assert 3 < tries_in_an_hour(clock, guess) < 30
    clock.tick(minutes=5)
    assert succeeds(lambda: kb_services.sessions.prove(half_way(kb_services, demo), telephone.next_code()))


def test_a_claimed_address_does_not_begin_anew(app: Flask, demo: DemoAccount) -> None:
    """No proxy stands before the server, so what a browser claims to come from is believed of nobody."""
    browser = app.test_client()
    token = csrf_token(browser, "/sign-in")
    statuses = [
        browser.post(
            "/sign-in",
            data={"email": f"person{number}@example.org", "password": "wrong words", "csrf_token": token},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number in range(14)
    ]

    assert (statuses[0], statuses[-1]) == (422, 429)
    assert browser.get("/healthz").text == "ok\n"
