"""Submissions: a case being written, or a change to a published one, on its way through review."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from kb.domain.case_study import CaseStudy
from kb.domain.identifier import Identifier
from kb.domain.marking import COORDINATOR, Marking, Viewer, of_account, of_named_coordinator
from kb.domain.text import Line, Prose, Value
from kb.domain.workflow import EDITABLE, WITH_COORDINATORS, SubmissionStatus

_HELD = frozenset(
    {SubmissionStatus.IN_REVIEW, SubmissionStatus.CHANGES_REQUESTED, SubmissionStatus.PUBLISHING}
)


class Purpose(StrEnum):
    """What a comment is for."""

    REMARK = "remark"
    """Said to the other side, or an answer to it."""
    DECISION = "decision"
    """The reason of a decision: what should change, or why it was declined."""
    QUESTION = "question"
    """What a reviewer asks of a second coordinator."""
    OPINION = "opinion"
    """What a second coordinator says of it."""


class Comment(Value):
    """A remark in review; `round` counts the submissions, so that a reader sees which text it was about."""

    key: Line = ""
    """Unique in its submission, such as `c1`; a submission gives one to each that has none."""
    at: dt.datetime
    by: Identifier
    round: int
    text: Prose
    about: Line = ""
    """The field, as `CaseStudy.problems` names it, such as `summary` or `lessons.d1.text`; empty for the whole."""
    answers: Line | None = None
    """The key of the comment that it answers."""
    purpose: Purpose = Purpose.REMARK
    to: Identifier | None = None
    """The coordinator to whom a question is put."""
    resolved_by: Identifier | None = None
    resolved_at: dt.datetime | None = None


class Round(Value):
    """Which revision was read in which round, so that the next round shows what has changed since."""

    number: int
    revision: int
    at: dt.datetime


class Override(Value):
    """A warning that a reviewer let pass: where it stood, which check gave it, and why it may stay.

    `digest` is the SHA-256 of the matched words cut to 16 letters: the words themselves are kept in the text alone.
    """

    path: Line
    check: Line
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    reason: Line
    by: Identifier
    at: dt.datetime


class SourceSection(Value):
    """A part of the document that a submission was read from, for its authors to write from; `lesson` names its lesson."""

    heading: Line = ""
    text: Prose
    lesson: Line = ""


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
    rounds: tuple[Round, ...] = ()
    asked: tuple[Identifier, ...] = ()
    """Second coordinators whose opinion was asked for."""
    overrides: tuple[Override, ...] = ()
    source: tuple[SourceSection, ...] = ()
    """For the authors alone, and gone when the submission is closed."""
    body: CaseStudy = Field(default_factory=CaseStudy)

    @field_validator("comments")
    @classmethod
    def _comments_have_keys(cls, comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
        """Give each comment its key: the older ones were written without."""
        return tuple(
            comment if comment.key else comment.model_copy(update={"key": f"c{place}"})
            for place, comment in enumerate(comments, start=1)
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """Give the author and the co-authors."""
        return (self.author, *self.co_authors)

    @property
    def holder(self) -> str | None:
        """Give the coordinator who has it; what was submitted again waits for whoever takes it."""
        return self.reviewer if self.status in _HELD else None

    @property
    def waits_since(self) -> dt.datetime | None:
        """Give when somebody began to wait for the step that is next; None where no file tells."""
        asked = [each.at for each in self.comments if each.purpose is Purpose.DECISION]
        if self.status is SubmissionStatus.CHANGES_REQUESTED and asked:
            return asked[-1]
        return self.rounds[-1].at if self.rounds else None

    @property
    def read_before(self) -> int | None:
        """Give the revision whose text was read last: while it is written the last one submitted, else the one before."""
        earlier = self.rounds if self.status in EDITABLE else self.rounds[:-1]
        return earlier[-1].revision if earlier else None

    def submitted(self, revision: int, at: dt.datetime) -> Submission:
        """Give what it is after being submitted as `revision`: one round further."""
        number = self.round + 1
        entered = Round(number=number, revision=revision, at=at)
        return self.model_copy(update={"round": number, "rounds": (*self.rounds, entered)})

    def with_comment(self, comment: Comment) -> tuple[Comment, ...]:
        """Give the comments with one more, which gets the next key."""
        return (*self.comments, comment.model_copy(update={"key": f"c{len(self.comments) + 1}"}))

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
        """Give the submission as `viewer` may read it: the source is its authors' own, and under Chatham House outsiders
        learn no author.
        """
        if viewer.unrestricted or any(of_account(person) in viewer.tokens for person in self.authors):
            return self
        shown = self.model_copy(update={"source": ()}) if self.source else self
        return shown if viewer.knows_origin(self.body.audience, self.body.owner) else shown._nameless(viewer)

    def _nameless(self, viewer: Viewer) -> Submission:
        return self.model_copy(
            update={
                "author": WITHHELD,
                "co_authors": (),
                "comments": tuple(_without(frozenset(self.authors), comment) for comment in self.comments),
                "body": self.body.shown_to(viewer),
            }
        )


def _without(hidden: frozenset[str], comment: Comment) -> Comment:
    people = {name: getattr(comment, name) for name in ("by", "resolved_by")}
    return comment.model_copy(update={name: WITHHELD for name, person in people.items() if person in hidden})


WITHHELD = "withheld"
"""Stands for a person whom the Chatham House flag hides."""
