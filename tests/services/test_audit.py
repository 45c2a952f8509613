"""Who reads the audit log, and what they see."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Role
from kb.domain.errors import Forbidden, NotSignedIn
from tests.services.people import People


@pytest.fixture
def people() -> People:
    people = People()
    people.add("anna", Role.INVESTIGATOR)
    people.accounts.end_sessions(OPERATOR, "anna")
    people.accounts.disable(OPERATOR, "anna")
    return people


def test_administrators_and_operators_read_the_newest_first_with_names(people: People) -> None:
    page = people.audit.read(people.add("admin", Role.ADMINISTRATOR))

    assert [row.action for row in page.rows] == ["account.disabled", "account.sessions-ended"]
    assert page.names == {"anna": "Anna"}
    assert people.audit.read(OPERATOR) == page


def test_reading_can_be_of_one_subject_and_of_few_rows(people: People) -> None:
    assert people.audit.read(OPERATOR, subject="nobody").rows == ()
    assert [row.action for row in people.audit.read(OPERATOR, subject="anna", limit=1).rows] == [
        "account.disabled"
    ]


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.PRESENTER, Role.COORDINATOR])
def test_officers_do_not_read_it(people: People, role: Role) -> None:
    with pytest.raises(Forbidden):
        people.audit.read(people.add("boris", role))


def test_visitors_do_not_read_it(people: People) -> None:
    with pytest.raises(NotSignedIn):
        people.audit.read(None)
