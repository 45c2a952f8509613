"""What a drain tells: once, to those whom it concerns, and never of what it merely found."""

from __future__ import annotations

import pytest

from kb.domain.discussion import Discussion, Post
from kb.domain.notice import MailMode, Told, Wishes
from kb.domain.ports import Chore, Marker
from kb.domain.workflow import Action, SubmissionStatus
from tests.samples import a_case, a_submission, put, submission_ref
from tests.services.office import Office


def acts(office: Office, account: str) -> list[Told]:
    return [each.act for each in office.notices.of(account)]


def test_a_save_tells_whom_it_concerns_and_has_it_mailed_beside(office: Office) -> None:
    office.in_review()

    assert acts(office, "anna") == [Told.TAKEN]
    assert acts(office, "carla") == acts(office, "cyril") == [Told.SUBMITTED]
    assert acts(office, "dora") == acts(office, "otto") == []
    assert set(office.chores.asked) == {Chore.MAIL}


def test_who_wants_no_mail_at_once_starts_none(office: Office) -> None:
    for name, mode in (("carla", MailMode.DAILY), ("cyril", MailMode.NEVER)):
        office.notices.set_wishes(name, Wishes(mail=mode))

    office.submitted()

    assert acts(office, "carla") == [Told.SUBMITTED]
    assert office.chores.asked == []


def test_a_drain_that_runs_twice_tells_nothing_twice_and_mails_nothing_again(office: Office) -> None:
    submitted = office.submitted()
    office.chores.asked.clear()
    office.notices.read_all("carla", office.clock.now(), office.clock.now())
    marker = Marker(ref=submission_ref(submitted.id), revision=2, token="again")
    office.store.leave_marker(marker, office.clock.now())

    office.drain.run()

    (notice,) = office.notices.of("carla")
    assert notice.read_at
    assert office.chores.asked == []


def test_a_comparison_that_finds_old_revisions_tells_nobody(office: Office) -> None:
    put(office.store, "draft", a_submission(), action=Action.CREATE)
    put(office.store, "draft", a_submission(), action=Action.TAKE, by="carla")
    office.store.release(office.store.markers())

    office.comparison.run()
    office.catalogue.clear()
    office.comparison.run(afresh=True)

    assert acts(office, "anna") == []
    assert len(office.audit.rows) == 2


def test_a_marker_that_a_dead_process_left_is_told_even_after_a_comparison(office: Office) -> None:
    put(office.store, "draft", a_submission(), action=Action.TAKE, by="carla")

    office.comparison.run()

    assert acts(office, "anna") == [Told.TAKEN]
    assert office.store.markers() == ()


def test_who_was_asked_before_is_not_told_of_the_next(office: Office) -> None:
    review = {"status": SubmissionStatus.IN_REVIEW, "reviewer": "carla"}
    put(office.store, "draft", a_submission(**review), action=Action.TAKE, by="carla")
    put(office.store, "draft", a_submission(**review, asked=("cyril",)), action=Action.ASK, by="carla")
    put(office.store, "draft", a_submission(**review, asked=("cyril",)), action=Action.ASK, by="carla")

    office.drain.run()

    assert [each.key for each in office.notices.of("cyril")] == ["submission/draft/2"]


@pytest.mark.parametrize("before", [(), (Action.CREATE,)], ids=["none", "damaged"])
def test_where_there_is_no_text_before_all_who_are_named_are_told(
    office: Office, before: tuple[Action, ...]
) -> None:
    for action in (*before, Action.CO_AUTHORS):
        put(office.store, "draft", a_submission(co_authors=("bert",)), action=action)
    for number in range(1, len(before) + 1):
        office.store.damage(submission_ref(), number)

    office.drain.run()

    assert acts(office, "bert") == [Told.NAMED]


def test_a_question_is_told_to_those_who_may_read_its_case_now(office: Office) -> None:
    put(office.store, "seven", a_case(), action=Action.IMPORT)
    post = Post(key="p1", lesson="logs", at=office.clock.now(), by="dora", text="How?")
    for case in ("seven", "never"):
        put(office.store, case, Discussion(case=case, posts=(post,)), action=Action.QUESTION, by="dora")

    office.drain.run()

    assert acts(office, "anna") == acts(office, "bert") == [Told.QUESTION]
    assert acts(office, "dora") == []


def test_what_somebody_was_told_of_a_record_counts_as_read_once_they_act_on_it(office: Office) -> None:
    other = office.submitted()
    office.clock.tick()
    office.in_review(title="Nine days")

    unread = [each.subject.id for each in office.notices.of("carla", unread=True)]

    assert unread == [other.id]
    assert len(office.notices.of("cyril", unread=True)) == 2
