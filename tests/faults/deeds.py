"""What is interrupted: creating, editing, publishing and purging, each with the home that it starts from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kb.domain.account import OPERATOR, Role
from kb.domain.case_study import CaseStudy
from kb.domain.errors import StaleRevision
from kb.domain.lesson import Difficulty
from kb.domain.notice import Told
from kb.domain.ports import NewAccount
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef, Revision
from kb.domain.submission import Submission
from kb.domain.workflow import Action, SubmissionStatus
from kb.services.purging import PurgeTarget
from tests.faults.installation import Installation

CASE = RecordRef(kind=Kind.CASE_STUDY, id="abcdefghij")
OTHER_CASE = RecordRef(kind=Kind.CASE_STUDY, id="bbcdefghij")
SUBMISSION = RecordRef(kind=Kind.SUBMISSION, id="cbcdefghij")
SECRET = "A name that must go"

Do = Callable[[Installation, str], None]
"""Done by somebody whose text is told from others' by the second argument."""


class Deed(NamedTuple):
    """`done` and `undone` tell from the current revisions of a sound home whether the deed was done, or never begun."""

    prepare: Do
    do: Do
    done: Callable[[Installation], bool]
    undone: Callable[[Installation], bool]


def case(title: str, text: str = "Nothing was kept.\n\nNobody had asked.") -> CaseStudy:
    return CaseStudy(title=title, summary=text, lessons=(Difficulty(key="d1", title=title, text=text),))


def _nothing(installation: Installation, who: str) -> None:
    """A home may be empty."""


def _create(installation: Installation, who: str) -> None:
    installation.save(CASE, 1, case(f"By {who}"), Action.CREATE)


def _edit(installation: Installation, who: str) -> None:
    installation.save(CASE, 2, case(f"Edited by {who}"))


def _begin_publishing(installation: Installation, _who: str) -> None:
    roles = frozenset({Role.PRESENTER})
    author = NewAccount(id="a1", email="a1@example.org", name="Author", organisation=None, roles=roles)
    installation.accounts.add(author)
    installation.save(OTHER_CASE, 1, case("Of somebody else"), Action.CREATE)
    draft = Submission(target=CASE.id, author="a1", body=case("Draft"))
    installation.save(SUBMISSION, 1, draft, Action.CREATE)
    review = draft.model_copy(update={"status": SubmissionStatus.IN_REVIEW, "body": case("To be published")})
    installation.save(SUBMISSION, 2, review, Action.TAKE)


def _publish(installation: Installation, _who: str) -> None:
    """Decide, carry out and drain, as the coordinator's service does; both writers decide the same."""
    submission = _body(installation, SUBMISSION)
    assert isinstance(submission, Submission)
    if submission.status is not SubmissionStatus.IN_REVIEW:
        raise StaleRevision(SUBMISSION.kind, SUBMISSION.id, 3)
    decided = submission.model_copy(update={"status": SubmissionStatus.PUBLISHING, "wanted": 1})
    installation.save(SUBMISSION, 3, decided, Action.APPROVE)
    installation.publisher.carry_out(SUBMISSION)
    installation.drain.run()


def _is_published(installation: Installation) -> bool:
    submission = _body(installation, SUBMISSION)
    return (
        isinstance(submission, Submission)
        and submission.status is SubmissionStatus.PUBLISHED
        and _body(installation, CASE) == case("To be published").model_copy(update={"author": "a1"})
        and all(_is_buried(installation, SUBMISSION, number) for number in (1, 2, 3))
        and {each.act for each in installation.notices.of("a1")} == {Told.TAKEN, Told.PUBLISHED}
    )


def _is_in_review(installation: Installation) -> bool:
    return _last(installation, SUBMISSION) == 2 and _last(installation, CASE) == 0


def _begin_purging(installation: Installation, _who: str) -> None:
    installation.save(CASE, 1, case("First", f"It was {SECRET}."), Action.CREATE)
    installation.save(CASE, 2, case("Second"))
    draft = Submission(target="zz", author="a1", body=case(SECRET))
    installation.save(SUBMISSION, 1, draft, Action.CREATE)
    for place in (f"{CASE}/.0003.yaml.crashed.tmp", "case-study/never/.0001.yaml.crashed.tmp"):
        left = installation.entries / place
        left.parent.mkdir(exist_ok=True)
        left.write_text(f"Half a text: {SECRET}", encoding="ascii")


def _purge(installation: Installation, _who: str) -> None:
    installation.purging.carry_out(OPERATOR, PurgeTarget(containing=SECRET), "A person asked")


def _is_purged(installation: Installation) -> bool:
    return (
        not list(installation.store.holds(SECRET))
        and not any(SECRET.encode() in file.read_bytes() for file in installation.entries.rglob("*.*ml*"))
        and _is_buried(installation, CASE, 1)
        and _body(installation, CASE) == case("Second")
        and _is_buried(installation, SUBMISSION, 1)
    )


def _is_unpurged(installation: Installation) -> bool:
    return list(installation.store.holds(SECRET)) == [(CASE, 1), (SUBMISSION, 1)]


def _current(installation: Installation, ref: RecordRef) -> Revision | None:
    return installation.store.current(ref) if _last(installation, ref) else None


def _body(installation: Installation, ref: RecordRef) -> Body | None:
    current = _current(installation, ref)
    return current.body if current else None


def _is_buried(installation: Installation, ref: RecordRef, number: int) -> bool:
    return installation.store.revision(ref, number).tombstone is not None


def _last(installation: Installation, ref: RecordRef) -> int:
    return next((chain.last for chain in installation.store.chains(ref.kind) if chain.ref == ref), 0)


def _saved(ref: RecordRef, number: int, titles: frozenset[str]) -> Callable[[Installation], bool]:
    def is_saved(installation: Installation) -> bool:
        if _last(installation, ref) != number:
            return False
        body = _body(installation, ref)
        return isinstance(body, CaseStudy) and body in {case(title) for title in titles}

    return is_saved


WRITERS = ("one", "another")
DEEDS: dict[str, Deed] = {
    "create": Deed(
        _nothing,
        _create,
        _saved(CASE, 1, frozenset(f"By {who}" for who in WRITERS)),
        lambda installation: _last(installation, CASE) == 0,
    ),
    "edit": Deed(
        _create,
        _edit,
        _saved(CASE, 2, frozenset(f"Edited by {who}" for who in WRITERS)),
        _saved(CASE, 1, frozenset(f"By {who}" for who in WRITERS)),
    ),
    "publish": Deed(_begin_publishing, _publish, _is_published, _is_in_review),
    "purge": Deed(_begin_purging, _purge, _is_purged, _is_unpurged),
}
