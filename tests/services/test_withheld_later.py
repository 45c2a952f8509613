"""What was open once and is withheld today stays withheld wherever an old text, or its writer, could be met."""

from __future__ import annotations

import pytest

from kb.domain.marking import Audience
from tests.samples import a_case, put
from tests.services.office import Office

WITHHELD = Audience(chatham_house=True)


@pytest.fixture
def office() -> Office:
    return Office()


def turned(office: Office, before: Audience, after: Audience) -> None:
    for audience in (before, after):
        put(office.store, "seven", a_case(audience=audience, contact="The desk"), by="anna")
    office.drain.run()


@pytest.mark.parametrize(("before", "after"), [(Audience(), WITHHELD), (WITHHELD, Audience())])
def test_an_old_text_tells_no_origin_where_it_or_todays_withholds_it(
    office: Office, before: Audience, after: Audience
) -> None:
    turned(office, before, after)
    old = office.cases.revision(office.dora, "seven", 1)
    assert (old.case.owner, old.case.lead_country, old.case.contact) == (None, None, "")
    assert old.origin_withheld
    assert office.cases.revision(office.bert, "seven", 1).case.contact == "The desk"


def test_a_difference_tells_no_origin_that_is_withheld_today(office: Office) -> None:
    turned(office, Audience(), WITHHELD)
    paths = {field.path for field in office.cases.difference(office.dora, "seven", 1, 2).fields}
    assert paths == {"audience.chatham_house"}


def test_a_history_names_who_saved_a_text_only_where_neither_it_nor_todays_withholds_it(
    office: Office,
) -> None:
    turned(office, WITHHELD, Audience())
    assert [line.by for line in office.cases.history(office.dora, "seven")] == ["Anna", ""]
    assert [line.by for line in office.cases.history(office.bert, "seven")] == ["Anna", "Anna"]
    turned(office, Audience(), WITHHELD)
    assert {line.by for line in office.cases.history(office.dora, "seven")} == {""}


def test_a_reviewer_meets_no_origin_in_the_text_that_a_change_was_begun_from(office: Office) -> None:
    office.publish(contact="The desk")
    change = office.change(title="Eight days")
    office.case_acts.remark(office.anna, "seven", WITHHELD, "Asked to.")
    office.submissions.submit(office.anna, change.id, change.revision)
    seen = office.submissions.get(office.carla, change.id)
    assert seen.base
    assert seen.base.contact == ""
