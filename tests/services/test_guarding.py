"""No service writes what the checks block, and none is kept from taking it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.concept import Concept, Labels, Scheme, concept_id
from kb.domain.errors import Blocked
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.submission import Submission
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.concept_acts import Words
from tests.samples import LESSONS, a_case, a_submission, put
from tests.services.office import Office

PLANTED = "desk@unit.example"
ADDRESSED = f"Write to {PLANTED}."
DRAFT = RecordRef(kind=Kind.SUBMISSION, id="draft")


def refused(call: Callable[[], object]) -> list[str]:
    """Give the paths for which a call is refused."""
    with pytest.raises(Blocked) as blocked:
        call()
    assert PLANTED not in str(blocked.value)
    return [each.path for each in blocked.value.findings]


def kept(office: Office, planted: str = PLANTED) -> bool:
    """Say whether anything in the store holds the words."""
    return bool([*office.store.holds(planted)])


def imported(office: Office, status: SubmissionStatus, **fields: object) -> Submission:
    """Put a submission that holds the words into the store, as an import that only reports does."""
    held = a_submission(body=a_case(summary=ADDRESSED), status=status, **fields)
    put(office.store, DRAFT.id, held, action=Action.IMPORT, at=office.clock.tick())
    office.drain.run()
    return held


def test_a_new_draft_is_refused_before_anything_is_on_disk(office: Office) -> None:
    lessons = (LESSONS[0].model_copy(update={"text": ADDRESSED}),)

    assert refused(lambda: office.submissions.create(office.anna, a_case(lessons=lessons))) == [
        "lessons.logs.text"
    ]
    assert not [*office.store.chains()]
    assert office.store.markers() == ()


def test_a_further_text_is_refused_and_the_one_before_stands(office: Office) -> None:
    draft = office.submissions.create(office.anna, a_case())

    assert refused(
        lambda: office.submissions.save(office.anna, draft.id, draft.revision, a_case(title=ADDRESSED))
    ) == ["title"]
    assert office.submissions.get(office.anna, draft.id).revision == draft.revision
    assert not kept(office)


def test_a_reason_of_a_reviewer_is_refused(office: Office) -> None:
    imported(office, SubmissionStatus.IN_REVIEW, reviewer="carla")

    assert refused(lambda: office.reviews.decline(office.carla, DRAFT.id, 1, f"Ask {PLANTED} first")) == [
        "reason"
    ]


def test_a_reason_about_a_published_case_is_refused(office: Office) -> None:
    office.publish()

    assert refused(lambda: office.case_acts.retire(office.anna, "seven", ADDRESSED)) == ["reason"]
    assert refused(
        lambda: office.case_acts.remark(office.anna, "seven", Audience(marking=Marking.AMBER), ADDRESSED)
    ) == ["reason"]
    assert not kept(office)


def test_what_is_wrong_with_a_published_text_keeps_nobody_from_taking_it_away(office: Office) -> None:
    office.publish(summary=ADDRESSED)

    office.case_acts.remark(office.anna, "seven", Audience(marking=Marking.AMBER_STRICT), "It names a desk.")
    office.case_acts.retire(office.anna, "seven", "It names a desk.")

    assert office.store.current(RecordRef(kind=Kind.CASE_STUDY, id="seven")).number == 3


def test_what_is_wrong_with_a_submission_keeps_nobody_from_sending_it_back_or_giving_it_up(
    office: Office,
) -> None:
    imported(office, SubmissionStatus.SUBMITTED)

    taken = office.reviews.take(office.carla, DRAFT.id, 1)
    asked = office.reviews.request_changes(office.carla, DRAFT.id, taken.revision, "Leave the address out.")
    office.submissions.withdraw(office.anna, DRAFT.id, asked.revision)


def test_but_it_is_not_submitted_until_it_is_mended(office: Office) -> None:
    imported(office, SubmissionStatus.DRAFT)
    assert refused(lambda: office.submissions.submit(office.anna, DRAFT.id, 1)) == ["summary"]

    office.submissions.save(office.anna, DRAFT.id, 1, a_case())
    office.submissions.submit(office.anna, DRAFT.id, 2)


def test_what_came_in_before_keeps_nobody_from_saving_another_part_but_nothing_is_added_to_it(
    office: Office,
) -> None:
    imported(office, SubmissionStatus.DRAFT)
    office.submissions.save(office.anna, DRAFT.id, 1, a_case(title="Another part", summary=ADDRESSED))

    worse = a_case(title=f"Or {PLANTED}", summary=ADDRESSED)
    assert refused(lambda: office.submissions.save(office.anna, DRAFT.id, 2, worse)) == ["title"]


def test_a_published_text_that_holds_it_can_be_mended_by_a_change_which_is_not_submitted_before(
    office: Office,
) -> None:
    office.publish(summary=ADDRESSED)
    change = office.change()
    assert refused(lambda: office.submissions.submit(office.anna, change.id, change.revision)) == ["summary"]
    assert refused(lambda: office.change(title=f"Or {PLANTED}")) == ["title"]

    mended = office.submissions.save(office.anna, change.id, change.revision, a_case())
    office.submissions.submit(office.anna, change.id, mended.revision)


def test_a_text_in_review_that_holds_it_is_not_published(office: Office) -> None:
    imported(office, SubmissionStatus.IN_REVIEW, reviewer="carla")

    assert refused(lambda: office.reviews.publish(office.carla, DRAFT.id, 1)) == ["summary"]


def test_an_old_text_that_holds_it_is_not_brought_back(office: Office) -> None:
    office.publish(summary=ADDRESSED)
    put(office.store, "seven", a_case(), action=Action.PUBLISH, at=office.clock.tick())
    office.drain.run()

    assert refused(lambda: office.submissions.restore(office.anna, "seven", 1)) == ["summary"]


def test_a_concept_bears_it_neither_as_label_nor_as_definition(office: Office) -> None:
    assert refused(lambda: office.concept_acts.create(office.carla, Scheme.TAG, Words(label=ADDRESSED))) == [
        "labels.0.preferred"
    ]
    assert refused(
        lambda: office.concept_acts.create(
            office.carla, Scheme.TAG, Words(label="Contacts", definition=ADDRESSED)
        )
    ) == ["definition"]


def test_renaming_mends_a_label_that_came_in_before_without_keeping_it(office: Office) -> None:
    held = Concept(scheme=Scheme.TAG, key="desk", labels=(Labels(language="en", preferred=ADDRESSED),))
    put(office.store, held.id, held)
    office.drain.run()

    mended = office.concept_acts.rename(
        office.carla, Scheme.TAG, "desk", 1, "Contact desks", reason="So it is."
    )

    assert mended.labels[0].alternative == ()
    ref = RecordRef(kind=Kind.CONCEPT, id=concept_id(Scheme.TAG, "desk"))
    assert office.store.current(ref).note == "… → Contact desks: So it is."


def test_a_save_over_a_revision_that_is_not_there_has_all_its_words_looked_at(office: Office) -> None:
    assert refused(
        lambda: office.saving.save(
            office.anna, DRAFT, 7, a_submission(receipt="A", body=a_case(title=ADDRESSED)), action=Action.TAKE
        )
    ) == ["title"]


def test_a_save_over_a_tombstone_has_all_its_words_looked_at(office: Office) -> None:
    imported(office, SubmissionStatus.SUBMITTED)
    office.store.bury(DRAFT, 1, "Purged.")

    assert refused(
        lambda: office.saving.save(
            office.anna, DRAFT, 2, a_submission(body=a_case(title=ADDRESSED)), action=Action.TAKE
        )
    ) == ["title"]
