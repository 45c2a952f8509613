"""Differences and notes name what keys stand for: nobody can compare `zgd6ffvvfd` with anything."""

from __future__ import annotations

import pytest

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.difference import FieldDifference, text_difference
from kb.domain.workflow import Action
from kb.web.labelled import labelled
from tests.web.conftest import SignIn
from tests.web.shelf import Shelf


@pytest.fixture(autouse=True)
def records(shelf: Shelf) -> None:
    shelf.concepts()
    shelf.case(tags=("templates",), other_countries=("DE",))
    case = shelf.case(tags=("preserve-first",), other_countries=("FR",))
    shelf.put("seven", case, action=Action.RETAG)
    shelf.follow()


def test_a_difference_of_tags_and_countries_is_told_in_words(client_as: SignIn) -> None:
    html = client_as(Role.INVESTIGATOR).get("/cases/seven/differences/1/2").text

    assert "<del>Templates at hand</del><ins>Preserve first</ins>" in html
    assert "<del>Germany</del><ins>France</ins>" in html
    assert "preserve-first" not in html


def test_the_history_names_the_tags_that_were_put_on_and_taken_off(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    added, removed = frozenset({"templates"}), frozenset({"preserve-first"})
    kb_services.case_acts.retag(accounts[Role.COORDINATOR], "seven", add=added, remove=removed)

    assert (
        "case: +Templates at hand -Preserve first"
        in client_as(Role.INVESTIGATOR).get("/cases/seven/history").text
    )


@pytest.mark.parametrize("path", ["title", "lessons.d1.text", "summary"])
def test_a_text_stays_as_it_is_though_it_looks_like_a_key(path: str) -> None:
    field = FieldDifference(path=path, runs=text_difference("templates", "preserve-first"))

    assert labelled(field) == field.runs
