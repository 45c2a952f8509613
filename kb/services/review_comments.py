"""Review comments: what authors and coordinators say to each other about a submission, a lesson or a field of it."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotFound
from kb.domain.permission import Permission, permits
from kb.domain.submission import Purpose, Submission
from kb.domain.thread import WHOLE, Thread, paths, threads
from kb.domain.workflow import Action
from kb.services.submission_chain import SubmissionChain, stands
from kb.services.submission_view import SubmissionView

SAY = "Write what you want to say."


class ReviewComments:
    """Use cases over what is said in review; each is about the revision that the actor was shown."""

    def __init__(self, chain: SubmissionChain) -> None:
        self._chain = chain

    def add(
        self, actor: Account | None, identifier: str, number: int, text: str, about: str = WHOLE
    ) -> SubmissionView:
        """Open a thread about the whole, a lesson or a field of what is there."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.COMMENT)
        if about not in paths(submission.body):
            raise Invalid(("about", "Choose what this is about: the text has changed."))
        comment = self._chain.comment(account, submission, _said(text), Purpose.REMARK, about=about)
        update = {"comments": submission.with_comment(comment)}
        return self._chain.step(account, revision, Action.COMMENT, update)

    def answer(
        self, actor: Account | None, identifier: str, number: int, key: str, text: str
    ) -> SubmissionView:
        """Answer in a thread; what a coordinator says who was asked is an opinion."""
        account, revision, submission = self._chain.opened_for(actor, identifier, number, Action.COMMENT)
        thread = _thread(submission, key)
        purpose = Purpose.OPINION if _asks(thread, account, submission) else Purpose.REMARK
        comment = self._chain.comment(
            account, submission, _said(text), purpose, about=thread.about, answers=thread.key
        )
        update = {"comments": submission.with_comment(comment)}
        return self._chain.step(account, revision, Action.COMMENT, update)

    def resolve(self, actor: Account | None, identifier: str, number: int, key: str) -> SubmissionView:
        """Say that a thread is dealt with."""
        return self._mark(actor, identifier, number, key, resolved=True)

    def reopen(self, actor: Account | None, identifier: str, number: int, key: str) -> SubmissionView:
        """Take a thread up again."""
        return self._mark(actor, identifier, number, key, resolved=False)

    def _mark(
        self, actor: Account | None, identifier: str, number: int, key: str, *, resolved: bool
    ) -> SubmissionView:
        account, revision, submission = self._chain.opened_for(
            actor, identifier, number, Action.RESOLVE, thread=key
        )
        opening = _thread(submission, key).opening
        mark = {
            "resolved_by": account.id if resolved else None,
            "resolved_at": self._chain.now() if resolved else None,
        }
        marked = tuple(
            each.model_copy(update=mark) if each.key == opening.key else each for each in submission.comments
        )
        return self._chain.step(account, revision, Action.RESOLVE, {"comments": marked})


def _thread(submission: Submission, key: str) -> Thread:
    """Give the thread that this comment opened; raises NotFound."""
    for each in threads(submission.comments):
        if each.key == key:
            return each
    raise NotFound


def _asks(thread: Thread, account: Account, submission: Submission) -> bool:
    """Say whether a thread asks this coordinator, who wrote none of it, for an opinion."""
    may = permits(account, Permission.REVIEW, *stands(account, submission))
    return may and thread.is_question and thread.opening.to == account.id


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid(("text", SAY))
    return text
