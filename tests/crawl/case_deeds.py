"""What is done to submissions and case studies, from the first draft to taking a case from its readers."""

from __future__ import annotations

from collections.abc import Callable

from kb.domain.record import Kind
from tests.crawl.doing import Doing
from tests.crawl.told import one_of
from tests.reviewing import all_passed


def _publish(doing: Doing) -> None:
    kb, reviewer = doing.kb, doing.home.account("carla")
    draft = kb.submissions.create(doing.actor, doing.case())
    sent = kb.submissions.submit(doing.actor, draft.id, draft.revision)
    taken = kb.reviews.take(reviewer, sent.id, sent.revision)
    passed = all_passed(kb, reviewer, taken)
    kb.reviews.publish(reviewer, passed.id, passed.revision)


def _decide(doing: Doing) -> None:
    """Decide about a submission, which is taken first where somebody else has it."""
    (name, number), kb, word = doing.submission(), doing.kb, doing.word()
    if kb.submissions.get(doing.actor, name).submission.holder != doing.actor.id:
        number = kb.reviews.take(doing.actor, name, number).revision
    if doing.told.quiet:
        kb.reviews.decline(doing.actor, name, number, word)
    else:
        kb.reviews.request_changes(doing.actor, name, number, word)


def _resolve(doing: Doing) -> None:
    """Comment on a submission, and resolve the comment."""
    name, number = doing.submission()
    view = doing.kb.review_comments.add(doing.actor, name, number, doing.word())
    doing.kb.review_comments.resolve(doing.actor, name, view.revision, view.threads[-1].key)


def _change(doing: Doing) -> None:
    name, kb = doing.pick(Kind.CASE_STUDY), doing.kb
    _, number = kb.submissions.base_of_change(doing.actor, name)
    draft = kb.submissions.create_change(doing.actor, name, number, doing.case())
    if doing.which % 2:
        sent = kb.submissions.submit(doing.actor, draft.id, draft.revision)
        reviewer = doing.home.account("carla")
        passed = all_passed(kb, reviewer, kb.reviews.take(reviewer, sent.id, sent.revision))
        kb.reviews.publish(reviewer, passed.id, passed.revision)


def _supersede(doing: Doing) -> None:
    """Let the next case take the place of one."""
    by = doing._replace(which=doing.which + 1).pick(Kind.CASE_STUDY)
    doing.kb.case_acts.supersede(doing.actor, doing.pick(Kind.CASE_STUDY), by, doing.word())


def _cased(act: Callable[[Doing, str], object]) -> Callable[[Doing], object]:
    return lambda doing: act(doing, doing.pick(Kind.CASE_STUDY))


CASE_ACTS: dict[str, Callable[[Doing], object]] = {
    "publish": _publish,
    "submit": lambda doing: doing.kb.submissions.submit(doing.actor, *doing.submission()),
    "take": lambda doing: doing.kb.reviews.take(doing.actor, *doing.submission()),
    "decide": _decide,
    "withdraw": lambda doing: doing.kb.submissions.withdraw(doing.actor, *doing.submission()),
    "change": _change,
    "retag": _cased(
        lambda doing, name: doing.kb.case_acts.retag(doing.actor, name, add=frozenset({doing.word()}))
    ),
    "restore": _cased(lambda doing, name: doing.kb.submissions.restore(doing.actor, name, 1)),
    "remark": _cased(
        lambda doing, name: doing.kb.case_acts.remark(doing.actor, name, doing.audience, doing.word())
    ),
    "retire": _cased(lambda doing, name: doing.kb.case_acts.retire(doing.actor, name, doing.word())),
    "supersede": _supersede,
    "reinstate": _cased(lambda doing, name: doing.kb.case_acts.reinstate(doing.actor, name, doing.word())),
    "unpublish": _cased(lambda doing, name: doing.kb.case_acts.unpublish(doing.actor, name, doing.word())),
    "comment": lambda doing: doing.kb.review_comments.add(
        doing.actor, *doing.submission(), doing.word(), "title"
    ),
    "resolve": _resolve,
    "name a co-author": lambda doing: doing.kb.co_authors.add(
        doing.actor, *doing.submission(), one_of([*doing.home.people.values()], doing.which).email
    ),
}
