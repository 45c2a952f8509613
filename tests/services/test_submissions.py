from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin, Source
from kb.domain.submission import WITHHELD, SourceSection
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.submissions import is_editable
from tests.samples import VIENNA, a_case, case_ref, put, submission_ref
from tests.services.office import Office

NAMED = Audience(marking=Marking.RED, persons=("carla",))


def problems(raised: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [field for field, _ in raised.value.problems]


class TestWriting:
    def test_a_form_starts_from_the_actors_language_organisation_and_country(self, office: Office) -> None:
        blank = office.submissions.blank(office.anna.model_copy(update={"language": "de"}))
        assert (blank.language, blank.owner, blank.lead_country) == ("de", VIENNA, "AT")
        assert office.submissions.blank(office.nora).lead_country is None

    def test_an_administrator_writes_nothing(self, office: Office) -> None:
        for call in (office.submissions.blank, office.submissions.mine):
            with pytest.raises(Forbidden):
                call(office.otto)
        with pytest.raises(Forbidden):
            office.submissions.create(office.otto, a_case())
        with pytest.raises(NotSignedIn):
            office.submissions.get(None, "x")

    def test_a_draft_may_lack_almost_everything_and_is_seen_by_its_author_alone(self, office: Office) -> None:
        view = office.submissions.create(office.anna, CaseStudy())
        assert view.submission.status is SubmissionStatus.DRAFT
        assert view.steps == {Action.EDIT, Action.SUBMIT, Action.WITHDRAW, Action.CO_AUTHORS}
        assert not view.is_change
        assert (view.changes, view.meanwhile) == ((), ())
        for other in (office.bert, office.carla):
            with pytest.raises(NotFound):
                office.submissions.get(other, view.id)

    def test_originator_and_standing_are_not_the_authors_to_set(self, office: Office) -> None:
        body = a_case(
            owner=None, author="dora", origin="illustrative", status="retired", status_reason="x",
            superseded_by="other", source_key="row-1",
        )  # fmt: skip
        case = office.submissions.create(office.anna, body).submission.body
        assert (case.owner, case.author, case.origin) == (VIENNA, "anna", Origin.REPORTED)
        assert (case.status, case.status_reason, case.superseded_by) == (CaseStatus.PUBLISHED, "", None)
        assert case.source_key == ""

    def test_what_was_published_elsewhere_stays_so(self, office: Office) -> None:
        body = a_case(origin="published", sources=(Source(title="Report"),))
        assert office.submissions.create(office.anna, body).submission.body.origin is Origin.PUBLISHED

    def test_the_author_is_always_among_the_persons_that_red_names(self, office: Office) -> None:
        case = office.draft(audience=NAMED).submission.body
        assert case.audience.persons == ("anna", "carla")
        named = Audience(marking=Marking.RED, persons=("carla", "anna"))
        assert office.draft(audience=named).submission.body.audience == named

    def test_saving_keeps_a_further_text(self, office: Office) -> None:
        draft = office.draft()
        view = office.submissions.save(office.anna, draft.id, 1, a_case(title="Better"))
        assert (view.revision, view.submission.body.title) == (2, "Better")
        assert view.submission.target == draft.submission.target

    def test_nobody_else_saves_and_nobody_after_submission(self, office: Office) -> None:
        view = office.submitted()
        with pytest.raises(Forbidden):
            office.submissions.save(office.carla, view.id, view.revision, a_case())
        with pytest.raises(WrongState):
            office.submissions.save(office.anna, view.id, view.revision, a_case())

    def test_mine_are_listed_newest_first(self, office: Office) -> None:
        office.draft(title="First")
        office.clock.tick()
        office.draft(title="Second")
        assert [entry.title for entry in office.submissions.mine(office.anna)] == ["Second", "First"]
        assert office.submissions.mine(office.bert) == ()

    def test_a_withdrawn_one_keeps_its_last_text_for_its_author(self, office: Office) -> None:
        draft = office.draft()
        view = office.submissions.withdraw(office.anna, draft.id, draft.revision)
        assert view.submission.status is SubmissionStatus.WITHDRAWN
        assert view.steps == frozenset()
        assert office.store.revision(submission_ref(draft.id), 1).tombstone
        with pytest.raises(WrongState):
            office.submissions.withdraw(office.anna, draft.id, view.revision)

    def test_it_is_editable_as_a_draft_and_when_changes_were_requested(self) -> None:
        editable = {status for status in SubmissionStatus if is_editable(status)}
        assert editable == {SubmissionStatus.DRAFT, SubmissionStatus.CHANGES_REQUESTED}


class TestSubmitting:
    def test_it_gets_a_receipt_that_stays_and_a_round_that_counts(self, office: Office) -> None:
        first = office.in_review()
        receipt = first.submission.receipt
        assert len(receipt) == 10
        assert first.submission.round == 1
        asked = office.reviews.request_changes(office.carla, first.id, first.revision, "Tell more.")
        again = office.submissions.submit(office.anna, first.id, asked.revision)
        assert (again.submission.receipt, again.submission.round) == (receipt, 2)

    def test_every_problem_is_told_at_once(self, office: Office) -> None:
        view = office.submissions.create(office.nora, CaseStudy(audience=Audience(marking=Marking.RED)))
        with pytest.raises(Invalid) as raised:
            office.submissions.submit(office.nora, view.id, 1)
        assert problems(raised) == ["title", "summary", "lessons", "owner", "audience.persons"]

    def test_another_text_than_the_one_shown_is_not_submitted(self, office: Office) -> None:
        draft = office.draft()
        office.submissions.save(office.anna, draft.id, 1, a_case(title="Changed"))
        with pytest.raises(StaleRevision):
            office.submissions.submit(office.anna, draft.id, 1)

    @pytest.mark.parametrize("persons", [(), ("bert",), ("nobody",)])
    def test_red_goes_nowhere_without_a_coordinator_who_could_review_it(
        self, office: Office, persons: tuple[str, ...]
    ) -> None:
        draft = office.draft(audience=Audience(marking=Marking.RED, persons=persons))
        with pytest.raises(Invalid) as raised:
            office.submissions.submit(office.anna, draft.id, 1)
        assert problems(raised) == ["audience.persons"]

    def test_a_coordinator_who_writes_needs_another_one_named(self, office: Office) -> None:
        draft = office.submissions.create(office.carla, a_case(audience=NAMED))
        with pytest.raises(Invalid):
            office.submissions.submit(office.carla, draft.id, 1)

    def test_red_is_seen_by_the_named_coordinator_only(self, office: Office) -> None:
        view = office.submitted(audience=NAMED)
        assert office.submissions.get(office.carla, view.id).id == view.id
        with pytest.raises(NotFound):
            office.submissions.get(office.cyril, view.id)

    def test_every_coordinator_sees_any_other(self, office: Office) -> None:
        view = office.submitted(audience=Audience(marking=Marking.AMBER_STRICT))
        shown = office.submissions.get(office.carla, view.id)
        assert shown.author == "Anna"
        assert shown.steps == {Action.TAKE, Action.COMMENT}

    def test_under_chatham_house_a_coordinator_elsewhere_learns_no_author(self, office: Office) -> None:
        view = office.submitted(audience=Audience(chatham_house=True))
        shown = office.submissions.get(office.carla, view.id)
        assert (shown.author, shown.submission.author) == ("", WITHHELD)


class TestChanges:
    def test_a_change_starts_from_the_published_text_and_keeps_the_case(self, office: Office) -> None:
        office.publish()
        view = office.change(title="Eight days")
        assert (view.is_change, view.submission.based_on, view.submission.target) == (True, 1, "seven")
        assert [field.path for field in view.changes] == ["title"]
        assert not view.behind
        assert office.cases.get(office.anna, "seven").case.title == "Seven days"

    def test_what_the_originator_decided_stays_as_published(self, office: Office) -> None:
        office.publish(audience=Audience(marking=Marking.AMBER), source_key="row-1", author="bert")
        body = office.change(audience=Audience(), owner=None, source_key="", author="anna").submission.body
        assert body.audience.marking is Marking.AMBER
        assert (body.owner, body.source_key, body.author) == (VIENNA, "row-1", "bert")

    def test_only_the_owners_organisation_begins_one(self, office: Office) -> None:
        office.publish()
        for stranger in (office.dora, office.carla):
            with pytest.raises(Forbidden):
                office.submissions.base_of_change(stranger, "seven")
        assert office.submissions.base_of_change(office.bert, "seven")[1] == 1

    def test_a_retired_case_must_be_reinstated_first(self, office: Office) -> None:
        office.publish(status="retired")
        with pytest.raises(WrongState):
            office.submissions.base_of_change(office.anna, "seven")

    @pytest.mark.parametrize("based_on", [0, 2])
    def test_one_that_does_not_say_from_where_it_started_is_refused(
        self, office: Office, based_on: int
    ) -> None:
        office.publish()
        with pytest.raises(Invalid):
            office.submissions.create_change(office.anna, "seven", based_on, a_case())

    def test_a_case_from_a_public_source_does_not_lose_its_last_source(self, office: Office) -> None:
        office.publish(origin="published", sources=(Source(title="Report"),))
        with pytest.raises(Invalid) as raised:
            office.change(origin="reported", sources=())
        assert problems(raised) == ["sources"]
        assert office.change(title="Better").submission.body.origin is Origin.PUBLISHED

    def test_one_that_fell_behind_is_brought_up_with_both_texts_known(self, office: Office) -> None:
        office.publish()
        change = office.change(title="Mine")
        put(office.store, "seven", a_case(summary="Theirs."))
        view = office.submissions.get(office.anna, change.id)
        assert view.behind
        assert [field.path for field in view.meanwhile] == ["summary"]
        body = a_case(title="Mine", summary="Theirs.")
        kept = office.submissions.save(office.anna, change.id, 1, body)
        assert kept.behind
        brought = office.submissions.save(office.anna, change.id, 2, body, based_on=2)
        assert not brought.behind
        assert [field.path for field in brought.changes] == ["title"]

    @pytest.mark.parametrize("based_on", [0, 3])
    def test_it_is_brought_up_only_to_what_is_published(self, office: Office, based_on: int) -> None:
        office.publish()
        change = office.change()
        with pytest.raises(Invalid):
            office.submissions.save(office.anna, change.id, 1, a_case(), based_on=based_on)

    def test_a_new_case_is_based_on_nothing_whatever_is_asked(self, office: Office) -> None:
        draft = office.draft()
        saved = office.submissions.save(office.anna, draft.id, 1, a_case(), based_on=7)
        assert saved.submission.based_on == 0

    def test_the_base_is_not_shown_to_who_may_not_see_the_case(self, office: Office) -> None:
        office.publish(audience=Audience(marking=Marking.AMBER_STRICT))
        change = office.change(title="Eight days")
        office.submissions.submit(office.anna, change.id, 1)
        shown = office.submissions.get(office.carla, change.id)
        assert (shown.is_change, shown.base, shown.published, shown.changes) == (True, None, 0, ())


class TestRestoring:
    def test_an_old_text_comes_back_as_a_change_with_todays_audience(self, office: Office) -> None:
        office.publish(title="Old words", audience=Audience(marking=Marking.CLEAR))
        put(office.store, "seven", a_case(title="New words"))
        view = office.submissions.restore(office.anna, "seven", 1)
        assert view.submission.based_on == 2
        assert view.submission.body.title == "Old words"
        assert view.submission.body.audience.marking is Marking.GREEN
        assert office.store.current(submission_ref(view.id)).note == "Text of revision 1"

    def test_the_current_one_needs_no_bringing_back(self, office: Office) -> None:
        office.publish()
        with pytest.raises(WrongState):
            office.submissions.restore(office.anna, "seven", 1)
        assert office.store.current(case_ref()).number == 1


def test_the_document_that_it_was_read_from_goes_when_a_submission_is_withdrawn(office: Office) -> None:
    draft = office.draft()
    read = draft.submission.model_copy(update={"source": (SourceSection(text="What the paper said."),)})
    put(office.store, draft.id, read, action=Action.EDIT, by="anna")

    assert office.submissions.get(office.anna, draft.id).submission.source == read.source
    assert office.submissions.withdraw(office.anna, draft.id, 2).submission.source == ()
