"""What every entry store does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Invalid, NotFound, StaleRevision
from kb.domain.event import Event, Session
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, Difficulty, GoodPractice, Outcome, Solution
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.operation import Operation, OperationKind, RevisionRef
from kb.domain.period import Period
from kb.domain.ports import EntryStore, Marker
from kb.domain.record import Kind, Origin, Source
from kb.domain.resource import Resource
from kb.domain.revision import KIND_OF, Body, RecordRef
from kb.domain.submission import Comment, Submission
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.clock import NOON
from tests.ports.entry_stores import CASE, Stand, a_save, in_files, in_memory

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
    Resource(title="A course", languages=("en", "fr"), difficulties=("training",)),
    Operation(operation=OperationKind.PURGE, reason="", requested_by="operator", targets=()),
)


@pytest.fixture(params=[in_memory, in_files], ids=["memory", "files"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Stand:
    made: Stand = request.param(tmp_path)
    return made


@pytest.fixture
def store(stand: Stand) -> EntryStore:
    return stand.store


def _ref(body: Body) -> RecordRef:
    identifier = body.id if isinstance(body, Concept) else "abcdefghij"
    return RecordRef(kind=KIND_OF[type(body)], id=identifier)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: KIND_OF[type(body)].value)
def test_what_is_saved_is_read_back_as_it_was(store: EntryStore, body: Body) -> None:
    ref = _ref(body)

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


def test_a_chain_is_read_in_order_and_its_highest_revision_is_current(store: EntryStore) -> None:
    headers = [store.save(a_save(number, title=f"Text {number}")).header for number in (1, 2, 3)]

    assert [revision.header for revision in store.revisions(CASE)] == headers
    assert store.current(CASE).body == CaseStudy(title="Text 3")
    assert store.revision(CASE, 2).body == CaseStudy(title="Text 2")


def test_each_header_names_the_one_before_it_and_no_two_are_alike(store: EntryStore) -> None:
    headers = [store.save(a_save(number)).header for number in (1, 2, 3)]

    assert headers[0].previous is None
    assert all(header.previous for header in headers[1:])
    assert len({header.previous for header in headers}) == 3
    assert len({header.digest for header in headers}) == 3


def test_a_time_of_another_zone_is_kept_as_the_same_moment_in_utc(store: EntryStore) -> None:
    vienna = NOON.astimezone(dt.timezone(dt.timedelta(hours=2)))

    header = store.save(a_save(saved_at=vienna)).header

    assert header.saved_at == NOON
    assert header.saved_at.utcoffset() == dt.timedelta(0)
    assert store.current(CASE).header == header


@pytest.mark.parametrize("number", [1, 2, 4, 9999])
def test_a_number_that_is_not_the_next_one_changes_nothing(store: EntryStore, number: int) -> None:
    store.save(a_save(1, title="First"))
    store.save(a_save(2, title="Second"))
    markers = store.markers()

    with pytest.raises(StaleRevision) as raised:
        store.save(a_save(number, title="Too late"))

    assert (raised.value.kind, raised.value.identifier, raised.value.wanted) == (
        "case-study",
        CASE.id,
        number,
    )
    assert [revision.body for revision in store.revisions(CASE)] == [
        CaseStudy(title="First"),
        CaseStudy(title="Second"),
    ]
    assert store.markers() == markers


def test_the_first_revision_of_a_record_has_number_one(store: EntryStore) -> None:
    with pytest.raises(StaleRevision):
        store.save(a_save(2))

    assert (list(store.chains()), store.markers()) == ([], ())


def test_a_record_that_is_not_there_is_not_found(store: EntryStore) -> None:
    for read in (store.current, store.revisions):
        with pytest.raises(NotFound):
            read(CASE)


@pytest.mark.parametrize("number", [-1, 0, 2, 10_000])
def test_a_revision_that_is_not_there_is_not_found(store: EntryStore, number: int) -> None:
    store.save(a_save())

    with pytest.raises(NotFound):
        store.revision(CASE, number)
    with pytest.raises(NotFound):
        store.bury(CASE, number, "Purged")


def test_chains_come_by_kind_and_id_with_their_last_number(store: EntryStore) -> None:
    tags = [
        Concept(scheme=Scheme.TAG, key=key, labels=(Labels(language="en", preferred=key),))
        for key in ("b", "a")
    ]
    store.save(a_save(ref=RecordRef(kind=Kind.CASE_STUDY, id="zz")))
    store.save(a_save(ref=RecordRef(kind=Kind.CASE_STUDY, id="aa")))
    store.save(a_save(2, ref=RecordRef(kind=Kind.CASE_STUDY, id="aa")))
    for tag in tags:
        store.save(a_save(ref=_ref(tag), body=tag))

    assert [(str(chain.ref), chain.last) for chain in store.chains()] == [
        ("case-study/aa", 2),
        ("case-study/zz", 1),
        ("concept/tag.a", 1),
        ("concept/tag.b", 1),
    ]
    assert [chain.ref.id for chain in store.chains(Kind.CONCEPT)] == ["tag.a", "tag.b"]
    assert list(store.chains(Kind.EVENT)) == []


def test_every_save_leaves_a_marker_of_its_own_until_it_is_released(store: EntryStore) -> None:
    concept = Concept(scheme=Scheme.TAG, key="ask", labels=(Labels(language="en", preferred="Ask"),))
    store.save(a_save(1))
    store.save(a_save(2))
    store.save(a_save(ref=_ref(concept), body=concept))

    markers = store.markers()
    assert [(str(marker.ref), marker.revision) for marker in markers] == [
        ("case-study/abcdefghij", 1),
        ("case-study/abcdefghij", 2),
        ("concept/tag.ask", 1),
    ]

    store.release(markers[:1])
    store.release(markers[:2])
    assert store.markers() == markers[2:]


def test_a_marker_is_stale_when_it_is_old_and_its_revision_never_came(stand: Stand) -> None:
    store, hour = stand.store, dt.timedelta(hours=1)
    store.save(a_save(1, saved_at=NOON - 3 * hour))
    came = Marker(ref=CASE, revision=1, token="killed-after-somebody-else-won")
    old = Marker(ref=CASE, revision=2, token="killed-early")
    new = Marker(ref=CASE, revision=2, token="still-writing")
    never = Marker(ref=RecordRef(kind=Kind.CASE_STUDY, id="zz.y"), revision=1, token="first")
    for marker in (came, old, never):
        stand.leave_marker(marker, NOON - 2 * hour)
    stand.leave_marker(new, NOON)

    assert store.stale_markers(NOON - hour) == (old, never)
    assert len(store.markers()) == 5
    assert [chain.ref for chain in store.chains()] == [CASE]


def test_a_buried_revision_keeps_its_header_and_nothing_of_its_text(store: EntryStore) -> None:
    store.save(a_save(1, title="The secret name", note="The secret name", submission="cdefghijkl"))
    header = store.save(a_save(2, title="Harmless")).header
    before = store.revision(CASE, 1).header
    store.release(store.markers())

    store.bury(CASE, 1, "Purged at request")

    buried = store.revision(CASE, 1)
    assert buried.tombstone is not None
    assert (buried.header, buried.tombstone.reason) == (before, "Purged at request")
    assert (buried.body, buried.note, buried.submission) == (None, "", None)
    assert store.current(CASE).header == header
    assert list(store.holds("secret name")) == []
    assert store.markers() == ()
    assert store.verify() == ()


def test_burying_twice_changes_nothing(store: EntryStore) -> None:
    store.save(a_save())
    store.bury(CASE, 1, "First reason")

    store.bury(CASE, 1, "Second reason")

    tombstone = store.current(CASE).tombstone
    assert tombstone is not None
    assert tombstone.reason == "First reason"


def test_a_chain_goes_on_after_a_tombstone(store: EntryStore) -> None:
    store.save(a_save(1))
    store.bury(CASE, 1, "Purged")

    store.save(a_save(2, title="Written anew"))

    assert store.current(CASE).body == CaseStudy(title="Written anew")
    assert len(store.revisions(CASE)) == 2
    assert store.verify() == ()


@pytest.mark.parametrize(
    "text",
    [
        "paid to the café",
        "the  café\nin",
        "paid to the cafe\u0301",
        "to the\ncafé",
        "'café'",
        "PAID to the CAFÉ",
    ],
)
def test_a_text_is_found_in_every_revision_that_holds_it_whatever_its_line_breaks_and_capitals(
    store: EntryStore, text: str
) -> None:
    lesson = Difficulty(key="d1", text="It was paid\nto the café in\ntown, 'café' to us.")
    other = RecordRef(kind=Kind.CASE_STUDY, id="zz")
    store.save(a_save(1, body=CaseStudy(lessons=(lesson,))))
    store.save(a_save(2))
    store.save(a_save(3, body=CaseStudy(lessons=(lesson, Difficulty(key="d2")))))
    store.save(a_save(ref=other, note="It was paid to the café in town, 'café' to us."))

    assert list(store.holds(text)) == [(CASE, 1), (CASE, 3), (other, 1)]


@pytest.mark.parametrize("text", ["", " \n", "nowhere", "case-study", "abcdefghij", "a-presenter", "title"])
def test_what_no_text_of_a_record_says_is_found_nowhere(store: EntryStore, text: str) -> None:
    store.save(a_save(1))

    assert list(store.holds(text)) == []


def test_a_purge_plan_holds_no_text_that_could_be_found(store: EntryStore) -> None:
    plan = Operation(
        operation=OperationKind.PURGE,
        reason="A person asked",
        requested_by="operator",
        targets=(RevisionRef(kind=Kind.CASE_STUDY, id=CASE.id, revision=1),),
    )
    store.save(a_save(1, title="The secret name"))
    store.save(a_save(ref=_ref(plan), body=plan))

    assert list(store.holds("The secret name")) == [(CASE, 1)]


def test_a_sound_store_passes_its_check_and_tells_how_far_it_is(store: EntryStore) -> None:
    told: list[tuple[int, int]] = []
    for body in BODIES:
        store.save(a_save(ref=_ref(body), body=body))

    findings = store.verify(repair=True, progress=lambda done, total: told.append((done, total)))

    assert findings == ()
    assert told == [(done, len(BODIES)) for done in range(1, len(BODIES) + 1)]
    assert store.sweep() == 0
