"""Who else writes a submission."""

from __future__ import annotations

import pytest

from kb.domain.errors import Forbidden, Invalid, NotFound
from kb.domain.marking import Audience, Marking
from kb.domain.workflow import Action
from kb.services.co_authors import UNKNOWN
from tests.samples import a_case
from tests.services.office import Office

STRICT = Audience(marking=Marking.AMBER_STRICT)
RED = Audience(marking=Marking.RED, persons=("carla", "bert"))


def test_a_co_author_reads_writes_and_submits(office: Office) -> None:
    draft = office.draft()
    with pytest.raises(NotFound):
        office.submissions.get(office.bert, draft.id)
    view = office.co_authors.add(office.anna, draft.id, draft.revision, " bert@example.org ")
    assert (view.submission.co_authors, view.people["bert"]) == (("bert",), "Bert")
    shown = office.submissions.get(office.bert, draft.id)
    assert shown.steps == {Action.EDIT, Action.SUBMIT, Action.WITHDRAW}
    saved = office.submissions.save(office.bert, draft.id, shown.revision, a_case(title="Ours"))
    sent = office.submissions.submit(office.bert, draft.id, saved.revision)
    assert sent.author == "Anna"


def test_who_is_removed_knows_of_it_no_more(office: Office) -> None:
    draft = office.draft()
    view = office.co_authors.add(office.anna, draft.id, draft.revision, "bert@example.org")
    view = office.co_authors.remove(office.anna, draft.id, view.revision, "bert")
    assert view.submission.co_authors == ()
    with pytest.raises(NotFound):
        office.submissions.get(office.bert, draft.id)


@pytest.mark.parametrize("address", ["nobody@example.org", "otto@example.org", "dora@example.org", ""])
def test_who_may_not_read_it_and_who_is_not_there_are_refused_in_the_same_words(
    office: Office, address: str
) -> None:
    """ASVS 5.0 V8.2: the form tells nobody who has an account, or where they work."""
    draft = office.draft(audience=STRICT)
    with pytest.raises(Invalid) as refused:
        office.co_authors.add(office.anna, draft.id, draft.revision, address)
    assert refused.value.problems == (("address", UNKNOWN),)


def test_the_marking_says_who_can_be_named(office: Office) -> None:
    green = office.draft()
    office.co_authors.add(office.anna, green.id, green.revision, "dora@example.org")
    red = office.draft(audience=RED)
    office.co_authors.add(office.anna, red.id, red.revision, "bert@example.org")
    with pytest.raises(Invalid):
        office.co_authors.add(office.anna, red.id, red.revision + 1, "dora@example.org")


def test_a_change_is_written_by_the_owners_own_alone(office: Office) -> None:
    office.publish()
    change = office.change(title="Eight days")
    with pytest.raises(Invalid):
        office.co_authors.add(office.anna, change.id, change.revision, "dora@example.org")
    office.co_authors.add(office.anna, change.id, change.revision, "bert@example.org")


def test_only_who_began_it_names_others_each_once(office: Office) -> None:
    draft = office.draft()
    view = office.co_authors.add(office.anna, draft.id, draft.revision, "bert@example.org")
    for twice in ("bert@example.org", "anna@example.org"):
        with pytest.raises(Invalid, match="already"):
            office.co_authors.add(office.anna, draft.id, view.revision, twice)
    with pytest.raises(Forbidden, match="who began"):
        office.co_authors.add(office.bert, draft.id, view.revision, "dora@example.org")


def test_no_coordinator_writes_what_they_review_nor_reviews_what_they_write(office: Office) -> None:
    view = office.in_review()
    asked = office.reviews.ask(office.carla, view.id, view.revision, "cyril", "Fit for GREEN?")
    for name in ("carla", "cyril"):
        with pytest.raises(Invalid, match="cannot write it too"):
            office.co_authors.add(office.anna, view.id, asked.revision, f"{name}@example.org")
    other = office.submitted()
    named = office.co_authors.add(office.anna, other.id, other.revision, "cyril@example.org")
    with pytest.raises(Forbidden):
        office.reviews.take(office.cyril, other.id, named.revision)


def test_whom_the_marking_leaves_out_later_is_named_before_it_can_be_submitted(office: Office) -> None:
    draft = office.draft()
    view = office.co_authors.add(office.anna, draft.id, draft.revision, "dora@example.org")
    view = office.submissions.save(office.anna, draft.id, view.revision, a_case(audience=STRICT))
    with pytest.raises(Invalid, match="leaves out who writes this too: Dora"):
        office.submissions.submit(office.anna, draft.id, view.revision)
    view = office.co_authors.remove(office.anna, draft.id, view.revision, "dora")
    assert office.submissions.submit(office.anna, draft.id, view.revision).submission.receipt
