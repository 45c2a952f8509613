"""Submissions: a case being written, or a change to a published one, on its way through review."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from kb.domain.case_study import CaseStudy
from kb.domain.identifier import Identifier
from kb.domain.marking import COORDINATOR, Marking, Viewer, of_account, of_named_coordinator
from kb.domain.text import Line, Prose, Value
from kb.domain.workflow import WITH_COORDINATORS, SubmissionStatus


class Comment(Value):
    """A remark in review; `round` counts the submissions, so that a reader sees which text it was about."""

    at: dt.datetime
    by: Identifier
    round: int
    text: Prose


class Submission(Value):
    """The draft of a case with its place in the workflow.

    `target` is the case's id, fixed when the submission is made; `based_on` the number of the published revision that
    the text started from, 0 for a new case; `wanted` the number that publishing has claimed.
    """

    target: Identifier
    based_on: int = 0
    status: SubmissionStatus = SubmissionStatus.DRAFT
    author: Identifier
    co_authors: tuple[Identifier, ...] = ()
    reviewer: Identifier | None = None
    receipt: Line = ""
    """Given at the first submitting; not sequential, so that it tells nothing about others."""
    round: int = 0
    wanted: int | None = None
    comments: tuple[Comment, ...] = ()
    body: CaseStudy = Field(default_factory=CaseStudy)

    @property
    def authors(self) -> tuple[str, ...]:
        """Give the author and the co-authors."""
        return (self.author, *self.co_authors)

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: the authors always, coordinators from submission to decision."""
        authors = frozenset(of_account(person) for person in self.authors)
        if self.status not in WITH_COORDINATORS:
            return authors
        if self.body.audience.marking is Marking.RED:
            return authors | {of_named_coordinator(person) for person in self.body.audience.persons}
        return authors | {COORDINATOR}

    def shown_to(self, viewer: Viewer) -> Submission:
        """Give the submission as `viewer` may read it: under Chatham House outsiders learn no author."""
        own = any(of_account(person) in viewer.tokens for person in self.authors)
        if own or viewer.knows_origin(self.body.audience, self.body.owner):
            return self
        hidden = set(self.authors)
        return self.model_copy(
            update={
                "author": WITHHELD,
                "co_authors": (),
                "comments": tuple(
                    comment.model_copy(update={"by": WITHHELD}) if comment.by in hidden else comment
                    for comment in self.comments
                ),
                "body": self.body.shown_to(viewer),
            }
        )


WITHHELD = "withheld"
"""Stands for a person whom the Chatham House flag hides."""
