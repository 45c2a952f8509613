"""The first account is made at the command line; its password is chosen by its owner."""

from __future__ import annotations

import json
import re

from tests.cli.conftest import Kb


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
