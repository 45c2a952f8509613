from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR
from kb.domain.application import Application
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.discussion import Discussion
from kb.domain.entry import Entry, entry_of
from kb.domain.event import Event
from kb.domain.marking import OFFICERS_VIEWER, Audience, Marking, Viewer, of_account
from kb.domain.operation import Operation, OperationKind
from kb.domain.period import Period
from kb.domain.practice import Practice
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF, Body, Header, Revision, Tombstone
from kb.domain.unit import units_of
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.clock import NOON
from tests.samples import VIENNA, a_case, a_submission

BEGUN = NOON - dt.timedelta(days=1)
FOREIGN = Viewer(tokens=OFFICERS_VIEWER.tokens, organisation="brussels")


def entry(body: Body) -> Entry:
    made = entry_of(revision(body), BEGUN)
    assert made
    return made


def revision(body: Body) -> Revision:
    header = Header(
        kind=KIND_OF[type(body)],
        id="seven",
        revision=2,
        previous="0" * 64,
        digest="1" * 64,
        saved_at=NOON,
        saved_by="anna",
        action=Action.EDIT,
    )
    return Revision(header=header, body=body)


def told(made: Entry, *names: str) -> tuple[object, ...]:
    return tuple(getattr(made, name) for name in names)


@pytest.mark.parametrize(
    "body",
    [
        a_case(),
        a_submission(),
        Event(title="Conference"),
        Resource(title="CETS"),
        Practice(title="Do so", rests_on=("seven/logs",), writers=("anna",)),
        Application(solution="seven/preserve", month="2026-09", author="anna"),
        Concept(scheme=Scheme.TAG, key="a", labels=(Labels(language="en", preferred="A"),)),
        Discussion(case="seven"),
        Operation(operation=OperationKind.PURGE, reason="Asked", requested_by="operator", targets=()),
    ],
)
def test_every_kind_of_record_has_an_entry_under_its_own_name_and_audience(body: Body) -> None:
    made = entry(body)

    assert made.ref == revision(body).ref
    assert told(made, "revision", "digest", "saved_at", "created_at") == (2, "1" * 64, NOON, BEGUN)
    assert made.readers == body.readers


def test_a_practice_is_found_by_its_cases_and_an_application_by_what_was_applied() -> None:
    practice = entry(Practice(title="Do so", rests_on=("seven/logs",), writers=("anna", "bert")))
    assert told(practice, "status", "author", "co_authors", "names") == (
        "proposed", "anna", ("bert",), {"seven"},
    )  # fmt: skip
    applied = entry(Application(practice="do-so", month="2026-09", author="anna"))
    assert told(applied, "status", "author", "target") == ("standing", "anna", "do-so")


def test_a_buried_record_has_none() -> None:
    buried = Revision(header=revision(a_case()).header, tombstone=Tombstone(reason="Purged"))

    assert entry_of(buried, BEGUN) is None


def test_a_case_is_listed_with_owner_author_period_and_units() -> None:
    case = a_case(author="anna", source_key="row 7", period=Period(start="2007"), review_by="2027-01-01")
    made = entry(case)

    assert told(made, "title", "status", "language", "marking") == (
        "Seven days",
        "published",
        "en",
        Marking.GREEN,
    )
    assert told(made, "owner", "owner_name", "country") == ("vienna", "Example unit, Austria", "AT")
    assert told(made, "author", "period", "source_key") == ("anna", "2007", "row 7")
    assert made.review_by == dt.date(2027, 1, 1)
    assert made.units == units_of("seven", 2, case)


def test_a_record_without_an_owner_or_period_leaves_them_empty() -> None:
    made = entry(a_case(owner=None))

    assert told(made, "owner", "owner_name", "country", "period") == (None, "", None, "")


def test_a_submission_is_listed_with_its_people_and_target_and_never_searched() -> None:
    made = entry(a_submission(co_authors=("dora",), reviewer="carla", status=SubmissionStatus.IN_REVIEW))

    assert told(made, "author", "co_authors", "reviewer", "target") == ("anna", ("dora",), "carla", "seven")
    assert told(made, "status", "title", "units") == ("in-review", "Seven days", ())


def test_a_proposed_concept_is_listed_without_its_proposer() -> None:
    made = entry(
        Concept(
            scheme=Scheme.TAG,
            key="a",
            labels=(Labels(language="en", preferred="A"),),
            status=ConceptStatus.PROPOSED,
            proposer="anna",
        )
    )

    assert told(made, "title", "status", "author", "marking") == ("A", "proposed", None, Marking.CLEAR)


WITHHELD = Audience(chatham_house=True)


def test_under_chatham_house_outsiders_learn_no_origin() -> None:
    shown = entry(a_case(author="anna", source_key="row 7", audience=WITHHELD)).shown_to(FOREIGN)

    assert told(shown, "owner", "owner_name", "country", "author", "co_authors", "source_key") == (
        None,
        "",
        None,
        None,
        (),
        "",
    )
    assert shown.title == "Seven days"


@pytest.mark.parametrize(
    "viewer",
    [
        OPERATOR.viewer,
        Viewer(tokens=OFFICERS_VIEWER.tokens, organisation="vienna"),
        Viewer(tokens=OFFICERS_VIEWER.tokens | {of_account("dora")}, organisation="brussels"),
    ],
)
def test_operator_owner_and_authors_learn_it(viewer: Viewer) -> None:
    made = entry(a_submission(co_authors=("dora",), body=a_case(owner=VIENNA, audience=WITHHELD)))

    assert made.shown_to(viewer) is made


def test_who_wrote_a_published_record_learns_it_no_longer_from_another_unit() -> None:
    made = entry(a_case(owner=VIENNA, author="dora", audience=WITHHELD))
    moved = Viewer(tokens=OFFICERS_VIEWER.tokens | {of_account("dora")}, organisation="brussels")

    assert made.shown_to(moved).owner is None


def test_a_withheld_record_without_an_owner_is_told_to_nobody_by_owning() -> None:
    made = entry(a_case(owner=None, audience=WITHHELD))

    assert made.shown_to(Viewer(tokens=OFFICERS_VIEWER.tokens)).country is None


def test_a_stated_origin_is_told_to_everybody() -> None:
    made = entry(a_case())

    assert made.shown_to(FOREIGN) is made
