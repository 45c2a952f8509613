"""How every entry store saves a record and gives it back."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.application import Application
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Invalid
from kb.domain.event import Event, Session
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, Difficulty, GoodPractice, Outcome, Solution
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.operation import Operation, OperationKind
from kb.domain.period import Period
from kb.domain.ports import EntryStore
from kb.domain.practice import Practice
from kb.domain.record import Kind, Origin, Source
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF, Body
from kb.domain.submission import Comment, Submission
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.clock import NOON
from tests.ports.entry_stores import CASE, a_save, ref_of

LONG_TEXT = "Первый абзац: данных нет.\n\n\tA line with a tab\n# no heading\n- no list\n  indented 😀\n--- not the end"
CASE_STUDY = CaseStudy(
    title='Logs: "gone" # after seven days',
    language="ru",
    summary=LONG_TEXT,
    audience=Audience(marking=Marking.RED, persons=("a1", "c1"), chatham_house=True),
    owner=Organisation(id="unit-no", name="Example unit, Norway", country="NO"),
    lead_country="NO",
    other_countries=("AT", "BE"),
    period=Period(start="2007", end="2007-09"),
    origin=Origin.PUBLISHED,
    sources=(Source(title="A paper", url="https://example.org/a?b=1#c", as_of=dt.date(2008, 10, 1)),),
    lessons=(
        Difficulty(key="d1", title="yes", text=LONG_TEXT, categories=("retention-expired",), stage="triage"),
        Solution(key="s1", title="123", text="~", answers=("d1",), outcome=Outcome.FAILED),
        GoodPractice(key="g1", title="null", text=" - ", grew_from=("s1",), tags=("ask-early",)),
        CrossBorderIssue(
            key="x1", from_country="NO", to_countries=("AT",), outcome=BorderOutcome.PARTLY, elapsed_days=0
        ),
    ),
)
BODIES: tuple[Body, ...] = (
    CASE_STUDY,
    Submission(
        target="bcdefghijk",
        author="a1",
        status=SubmissionStatus.IN_REVIEW,
        round=1,
        comments=(Comment(at=NOON, by="c1", round=1, text="Why?\n\nSay more."),),
        body=CASE_STUDY,
    ),
    Concept(
        scheme=Scheme.CHANNEL,
        key="budapest-29",
        labels=(Labels(language="en", preferred="Preservation", alternative=("freeze", "")),),
        in_force=False,
        as_of=dt.date(2026, 9, 1),
    ),
    Event(title="Vienna", start=dt.date(2007, 9, 20), programme=(Session(key="s1", title="Opening"),)),
    Practice(
        title="Do so", effect="Fewer losses.", rests_on=("seven/logs",), writers=("anna",), released=True
    ),
    Application(solution="seven/preserve", month="2026-09", note="It worked.", author="anna"),
    Resource(title="A course", languages=("en", "fr"), difficulties=("training",)),
    Operation(operation=OperationKind.PURGE, reason="", requested_by="operator", targets=()),
)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: KIND_OF[type(body)].value)
def test_what_is_saved_is_read_back_as_it_was(store: EntryStore, body: Body) -> None:
    ref = ref_of(body)

    saved = store.save(a_save(1, ref, body, note="No: first", submission="cdefghijkl"))

    found = store.current(ref)
    assert (found.body, found.note, found.submission) == (body, "No: first", "cdefghijkl")
    assert found.header == saved.header
    assert (found.ref, found.number, found.tombstone) == (ref, 1, None)
    assert (saved.header.saved_at, saved.header.saved_by, saved.header.action) == (
        NOON,
        "a-presenter",
        Action.CREATE,
    )
    assert saved.warning == ""


def test_a_body_is_kept_in_normal_form_however_it_was_made(store: EntryStore) -> None:
    typed = CaseStudy().model_copy(update={"title": "  Cafe\u0301 \r\n", "summary": "one \r\ntwo\t\n\n"})

    store.save(a_save(body=typed))

    assert store.current(CASE).body == CaseStudy(title="Café", summary="one\ntwo")


def test_a_body_that_breaks_a_rule_of_its_own_is_refused(store: EntryStore) -> None:
    broken = CaseStudy().model_copy(update={"language": "no language"})

    with pytest.raises(Invalid):
        store.save(a_save(body=broken))

    assert (list(store.chains()), store.markers()) == ([], ())


def test_a_body_of_another_kind_is_refused(store: EntryStore) -> None:
    wrong = a_save().model_copy(update={"kind": Kind.EVENT})

    with pytest.raises(Invalid):
        store.save(wrong)

    assert list(store.chains()) == []


def test_a_record_that_is_too_long_to_be_read_again_is_refused(store: EntryStore) -> None:
    lessons = tuple(Difficulty(key=f"d{number}", text="long " * 4_000) for number in range(15))

    with pytest.raises(Invalid, match="split it"):
        store.save(a_save(body=CaseStudy(lessons=lessons)))

    assert (list(store.chains()), store.markers()) == ([], ())


def test_a_sound_store_passes_its_check_and_tells_how_far_it_is(store: EntryStore) -> None:
    told: list[tuple[int, int]] = []
    for body in BODIES:
        store.save(a_save(ref=ref_of(body), body=body))

    findings = store.verify(repair=True, progress=lambda done, total: told.append((done, total)))

    assert findings == ()
    assert told == [(done, len(BODIES)) for done in range(1, len(BODIES) + 1)]
    assert store.sweep() == 0
