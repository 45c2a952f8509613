"""The first account is made at the command line; its password is chosen by its owner."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from kb.bootstrap import Outside, Services, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.session import Stage
from kb.services.audit import AuditQuestion
from tests.cli.conftest import Kb
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.hasher import PlainHasher


def test_an_invitation_prints_a_link_and_no_password(empty: Kb) -> None:
    made = empty("account", "create", "chief@unit.example", "--role", "administrator")

    assert made.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/link/[\w-]{40,}\n", made.stdout)
    assert "chief@unit.example, once" in made.stderr
    (account,) = json.loads(empty("account", "list", "--json").stdout)
    assert (account["email"], account["roles"], account["active"]) == (
        "chief@unit.example",
        ["administrator"],
        True,
    )


def test_an_officer_acts_for_an_organisation(empty: Kb) -> None:
    refused = empty("account", "create", "eva@unit.example", "--role", "investigator")
    assert (refused.exit_code, "name it" in refused.stderr) == (2, True)

    made = empty(
        *("account", "create", "eva@unit.example", "--role", "investigator", "--role", "coordinator"),
        *("--organisation", "Example unit, Austria", "--country", "at"),
    )

    assert made.exit_code == 0
    assert empty("account", "list").stdout == (
        "eva@unit.example  coordinator, investigator  Example unit, Austria (AT)\n"
    )


def test_a_wrong_country_or_language_is_told_in_one_line(empty: Kb) -> None:
    words = ("account", "create", "eva@unit.example", "--role", "investigator", "--organisation", "Unit")

    wrong = empty(*words, "--country", "Austria")

    assert wrong.exit_code == 2
    assert "a code such as AT or BE" in wrong.stderr
    assert wrong.stderr.count("\n") == 1


def test_an_account_is_reset_disabled_and_enabled_by_its_address(empty: Kb) -> None:
    empty("account", "create", "chief@unit.example", "--role", "administrator")

    assert "/link/" in empty("account", "reset", "CHIEF@unit.example").stdout
    assert "is disabled" in empty("account", "disable", "chief@unit.example").stdout
    assert empty("account", "list").stdout.endswith("disabled\n")
    assert empty("account", "reset", "chief@unit.example").exit_code == 2
    assert "may sign in again" in empty("account", "enable", "chief@unit.example").stdout


def test_an_unknown_address_is_told(empty: Kb) -> None:
    unknown = empty("account", "disable", "nobody@unit.example")

    assert unknown.exit_code == 2
    assert "No account has the address nobody@unit.example" in unknown.stderr


def test_an_empty_list_says_how_to_make_the_first(empty: Kb) -> None:
    assert "kb account create" in empty("account", "list").stderr


def test_a_lost_device_is_reset_together_with_the_password(empty: Kb, home: Path) -> None:
    empty("account", "create", "chief@unit.example", "--role", "administrator")
    (kept,) = opened(home).accounts.list(OPERATOR)
    opened(home).second_factor.begin(proved(kept))

    reset = empty("account", "reset", "chief@unit.example", "--second-factor")

    assert "/link/" in reset.stdout
    last = opened(home).audit.lines(OPERATOR, AuditQuestion(), 1)
    assert [line.action for line in last] == ["second-factor.reset"]


def test_the_code_of_a_demo_account_is_told_until_it_is_used(empty: Kb, home: Path) -> None:
    demo = {next(iter(each.account.roles)): each for each in opened(home).demo.create(OPERATOR)}
    coordinator = demo[Role.COORDINATOR]

    code = empty("account", "code", coordinator.account.email).stdout.strip()
    sessions = opened(home).sessions
    half = sessions.sign_in(coordinator.account.email, coordinator.password)
    assert sessions.prove(half.token, code).stage is Stage.FULL

    again = empty("account", "code", coordinator.account.email)
    assert again.exit_code == 6 or again.stdout.strip() != code  # the next half minute may have begun
    without = empty("account", "code", demo[Role.PRESENTER].account.email)
    assert (without.exit_code, "password alone" in without.stderr) == (2, True)


def test_codes_are_told_of_demo_accounts_and_on_this_machine_alone(
    empty: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty("account", "create", "chief@unit.example", "--role", "administrator")

    real = empty("account", "code", "chief@unit.example")
    monkeypatch.setenv("KB_URL", "https://casebook.example.org")
    elsewhere = empty("account", "code", "chief@unit.example")

    assert (real.exit_code, "demo accounts alone" in real.stderr) == (2, True)
    assert (elsewhere.exit_code, "on this machine" in elsewhere.stderr) == (3, True)


def opened(home: Path) -> Services:
    return services(
        Settings.read({"KB_HOME": str(home)}), Outside(hasher=PlainHasher(), chores=ChoresWithoutMail)
    )


def proved(account: Account) -> Account:
    return account.model_copy(update={"proved_at": dt.datetime.now(dt.UTC)})
