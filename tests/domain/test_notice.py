"""Who is told of an act, and of what nobody is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.circle import notices_of
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.discussion import Discussion, Post
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.notice import ASKING, MailMode, Notice, Told, Wishes
from kb.domain.record import Kind
from kb.domain.revision import Body, Header, RecordRef, Revision, Tombstone
from kb.domain.submission import Comment, Purpose
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.clock import NOON
from tests.samples import BRUSSELS, VIENNA, a_case, a_submission, case_ref, submission_ref


def person(name: str, role: Role, organisation: Organisation | None = VIENNA, **more: Any) -> Account:
    return Account(
        id=name,
        email=f"{name}@example.org",
        name=name,
        organisation=organisation,
        roles=frozenset({role}),
        **more,
    )


PEOPLE = (
    person("anna", Role.PRESENTER),
    person("bert", Role.INVESTIGATOR),
    person("carla", Role.COORDINATOR, BRUSSELS),
    person("cyril", Role.COORDINATOR),
    person("dora", Role.INVESTIGATOR, BRUSSELS),
    person("otto", Role.ADMINISTRATOR),
)
RED = Audience(marking=Marking.RED, persons=("anna", "cyril"))
QUIET = Audience(marking=Marking.GREEN, chatham_house=True)


def saved(body: Body | None, action: Action, by: str) -> Revision:
    ref = case_ref() if isinstance(body, CaseStudy) else submission_ref()
    header = Header(
        kind=ref.kind, id=ref.id, revision=3, digest="0" * 64, saved_at=NOON, saved_by=by, action=action
    )
    tombstone = None if body else Tombstone(reason="Purged")
    return Revision(header=header, body=body, tombstone=tombstone)


def told(body: Body, action: Action, by: str, before: Body | None = None) -> Mapping[str, Told]:
    return {each.account: each.act for each in notices_of(saved(body, action, by), before, PEOPLE)}


def submitted(**fields: object) -> Any:
    return a_submission(**{"status": SubmissionStatus.SUBMITTED, **fields})


def in_review(**fields: object) -> Any:
    return a_submission(**{"status": SubmissionStatus.IN_REVIEW, "reviewer": "carla", **fields})


def said(by: str, about: str = "", purpose: Purpose = Purpose.REMARK) -> Comment:
    return Comment(at=NOON, by=by, round=1, text="How?", about=about, purpose=purpose)


def test_every_coordinator_hears_of_a_submission_but_for_one_who_wrote_it() -> None:
    submission = submitted(co_authors=("cyril",))

    assert told(submission, Action.SUBMIT, "anna") == {"carla": Told.SUBMITTED}


def test_of_a_red_submission_the_named_coordinator_alone_hears() -> None:
    assert told(submitted(body=a_case(audience=RED)), Action.SUBMIT, "anna") == {"cyril": Told.SUBMITTED}


def test_what_comes_again_goes_to_who_has_it() -> None:
    assert told(submitted(reviewer="carla"), Action.SUBMIT, "anna") == {"carla": Told.RESUBMITTED}


def test_what_comes_again_goes_to_all_where_who_had_it_is_no_coordinator_any_more() -> None:
    submission = submitted(reviewer="dora")

    assert told(submission, Action.SUBMIT, "anna") == {"carla": Told.SUBMITTED, "cyril": Told.SUBMITTED}


@pytest.mark.parametrize(
    ("action", "act"),
    [
        (Action.TAKE, Told.TAKEN),
        (Action.REQUEST_CHANGES, Told.CHANGES_REQUESTED),
        (Action.DECLINE, Told.DECLINED),
        (Action.COMPLETE, Told.PUBLISHED),
    ],
)
def test_its_authors_hear_what_a_coordinator_does(action: Action, act: Told) -> None:
    assert told(in_review(co_authors=("bert",)), action, "carla") == {"anna": act, "bert": act}


def test_what_is_given_back_waits_for_every_coordinator_again_but_the_one_who_had_it() -> None:
    assert told(submitted(), Action.GIVE_BACK, "carla") == {"cyril": Told.SUBMITTED}


def test_what_is_handed_over_is_told_to_who_has_it_now() -> None:
    assert told(in_review(reviewer="cyril"), Action.HAND_OVER, "carla") == {"cyril": Told.HANDED_OVER}


def test_who_had_it_hears_that_another_took_it() -> None:
    before, after = in_review(), in_review(reviewer="cyril")

    assert told(after, Action.TAKE, "cyril", before) == {"anna": Told.TAKEN, "carla": Told.TAKEN}


def test_a_withdrawal_is_told_to_the_other_authors_since_for_coordinators_nothing_is_left() -> None:
    submission = in_review(co_authors=("bert",), status=SubmissionStatus.WITHDRAWN)

    assert told(submission, Action.WITHDRAW, "anna") == {"bert": Told.WITHDRAWN}


def test_that_a_case_has_moved_on_is_told_to_its_authors_and_to_who_decided_otherwise() -> None:
    assert told(in_review(), Action.REBASE, "cyril") == {"anna": Told.REBASED, "carla": Told.REBASED}


def test_a_remark_is_told_to_the_other_side_with_the_lesson_that_it_is_about() -> None:
    submission = in_review(comments=(said("anna"), said("carla", "lessons.logs.text")), asked=("cyril",))

    notices = tuple(notices_of(saved(submission, Action.COMMENT, "carla"), None, PEOPLE))

    assert {(each.account, each.act, each.lesson) for each in notices} == {
        ("anna", Told.COMMENTED, "logs"),
        ("cyril", Told.COMMENTED, "logs"),
    }


@pytest.mark.parametrize("purpose", [Purpose.QUESTION, Purpose.OPINION])
def test_what_coordinators_say_among_themselves_is_not_told_to_the_authors(purpose: Purpose) -> None:
    submission = in_review(comments=(said("cyril", purpose=purpose),), asked=("cyril",))

    assert told(submission, Action.COMMENT, "cyril") == {"carla": Told.COMMENTED}


def test_a_remark_without_words_of_its_own_is_about_no_lesson() -> None:
    assert told(in_review(comments=()), Action.COMMENT, "carla") == {"anna": Told.COMMENTED}


def test_only_who_is_asked_now_hears_of_it() -> None:
    before = in_review(asked=("dora",))

    assert told(in_review(asked=("dora", "cyril")), Action.ASK, "carla", before) == {"cyril": Told.ASKED}


def test_only_who_is_named_now_hears_of_it() -> None:
    before, after = a_submission(), a_submission(co_authors=("bert",))

    assert told(after, Action.CO_AUTHORS, "anna", before) == {"bert": Told.NAMED}
    assert told(after, Action.CO_AUTHORS, "anna") == {"bert": Told.NAMED}


@pytest.mark.parametrize(
    ("action", "act"),
    [
        (Action.RETIRE, Told.RETIRED),
        (Action.SUPERSEDE, Told.SUPERSEDED),
        (Action.REINSTATE, Told.REINSTATED),
        (Action.UNPUBLISH, Told.UNPUBLISHED),
    ],
)
def test_what_befalls_a_published_case_is_told_to_its_author_and_the_owners_officers(
    action: Action, act: Told
) -> None:
    assert told(a_case(author="dora"), action, "anna") == {"dora": act, "bert": act, "cyril": act}


def asked(chatham_house: bool = False) -> Discussion:
    question = Post(key="p1", lesson="logs", at=NOON, by="dora", text="How?", chatham_house=chatham_house)
    answer = question.model_copy(update={"key": "p2", "by": "bert", "answers": "p1"})
    return Discussion(case="seven", posts=(question, answer))


def posted(discussion: Discussion, action: Action, case: CaseStudy | None) -> list[Notice]:
    ref = RecordRef(kind=Kind.DISCUSSION, id="seven")
    header = saved(a_case(), action, discussion.posts[-1].by).header.model_copy(update={"kind": ref.kind})
    return list(notices_of(Revision(header=header, body=discussion), None, PEOPLE, case))


def test_a_question_goes_to_the_owners_desk_and_leads_to_the_lesson() -> None:
    question = asked().model_copy(update={"posts": asked().posts[:1]})

    notices = posted(question, Action.QUESTION, a_case(author="anna"))

    assert [each.account for each in notices] == ["anna", "bert", "cyril"]
    assert {(each.act, each.subject, each.lesson, each.by) for each in notices} == {
        (Told.QUESTION, case_ref(), "logs", "dora")
    }


def test_an_answer_goes_to_those_who_asked_and_answered_there() -> None:
    second = asked().posts[1].model_copy(update={"key": "p3", "by": "carla"})
    discussion = asked().having(second)

    assert [each.account for each in posted(discussion, Action.ANSWER, a_case())] == ["dora", "bert"]


@pytest.mark.parametrize(
    ("case", "promised", "named"),
    [(a_case(), False, "bert"), (a_case(), True, None), (a_case(audience=QUIET), False, None)],
)
def test_under_chatham_house_an_outsider_is_not_told_who_answered(
    case: CaseStudy, promised: bool, named: str | None
) -> None:
    assert [each.by for each in posted(asked(promised), Action.ANSWER, case)] == [named]


def test_who_may_not_read_the_case_hears_nothing_of_its_discussion() -> None:
    assert posted(asked(), Action.ANSWER, a_case(audience=RED)) == []
    assert posted(asked(), Action.ANSWER, None) == []


def test_of_a_case_that_they_may_not_see_the_owners_officers_hear_nothing() -> None:
    assert told(a_case(audience=RED), Action.RETIRE, "anna") == {"cyril": Told.RETIRED}


@pytest.mark.parametrize("action", [Action.EDIT, Action.IMPORT, Action.PUBLISH, Action.RETAG, Action.APPROVE])
def test_of_other_acts_nobody_is_told(action: Action) -> None:
    assert told(a_case(), action, "carla") == {}
    assert told(in_review(), action, "carla") == {}


def test_an_act_on_another_kind_of_record_is_told_to_nobody() -> None:
    for action in (Action.SUBMIT, Action.COMMENT, Action.ASK, Action.TAKE, Action.ANSWER):
        assert told(a_case(), action, "carla") == {}
    assert told(in_review(), Action.RETIRE, "carla") == {}


def test_a_text_that_was_buried_tells_nobody_anything() -> None:
    assert list(notices_of(saved(None, Action.SUBMIT, "anna"), None, PEOPLE)) == []


def test_who_acted_is_named_to_those_alone_who_may_know_it() -> None:
    names = {
        each.account: each.by
        for each in notices_of(
            saved(submitted(body=a_case(audience=QUIET)), Action.SUBMIT, "anna"), None, PEOPLE
        )
    }
    assert names == {"carla": None, "cyril": "anna"}

    quiet = a_case(audience=QUIET, author="dora")
    assert {
        each.account: each.by for each in notices_of(saved(quiet, Action.RETIRE, "bert"), None, PEOPLE)
    } == {
        "dora": None,
        "anna": "bert",
        "cyril": "bert",
    }


def test_a_notice_is_named_by_the_revision_and_holds_no_text() -> None:
    (notice,) = notices_of(saved(in_review(), Action.TAKE, "carla"), None, PEOPLE)

    assert (notice.key, notice.at, notice.subject) == ("submission/draft/3", NOON, submission_ref())
    assert "Seven" not in notice.model_dump_json()


def test_who_runs_the_machine_has_no_inbox() -> None:
    operator = OPERATOR.model_copy(update={"roles": OPERATOR.roles | {Role.COORDINATOR}})

    assert list(notices_of(saved(submitted(), Action.SUBMIT, "anna"), None, [operator])) == []


def test_an_act_on_what_has_no_case_and_no_authors_names_nobody_who_did_it() -> None:
    concept = Concept(scheme=Scheme.TAG, key="known", labels=(Labels(language="en", preferred="Known"),))

    assert told(concept, Action.RETIRE, "carla") == {}


def test_what_asks_for_something_is_never_a_mere_report() -> None:
    assert Told.CHANGES_REQUESTED in ASKING
    assert Told.PUBLISHED not in ASKING


def test_what_is_mailed_is_what_somebody_wishes() -> None:
    assert Wishes().wants(Told.TAKEN)
    assert not Wishes(unmailed=frozenset({Told.TAKEN})).wants(Told.TAKEN)
    assert not Wishes(mail=MailMode.NEVER).wants(Told.ASKED)
