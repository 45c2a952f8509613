"""A submission as one reader may see it: what stands, what was said, and what has changed since when."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from kb.domain.case_study import CaseStudy
from kb.domain.difference import FieldDifference, record_difference
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.thread import Thread, threads, waiting
from kb.domain.workflow import Action


class SubmissionView(Value):
    """A submission as one reader may see it, with the steps they may take now."""

    id: str
    revision: int
    saved_at: dt.datetime
    submission: Submission
    author: str = ""
    """The author's name, empty where withheld."""
    reviewer: str = ""
    people: dict[str, str] = Field(default_factory=dict)
    """Names of those who wrote, commented, resolved or were asked, by account id."""
    steps: frozenset[Action] = frozenset()
    resolvable: frozenset[str] = frozenset()
    """The comments that the reader may resolve, or take up again."""
    is_change: bool = False
    base: CaseStudy | None = None
    """For a change: the published text that it started from, where the reader may see it."""
    now: CaseStudy | None = None
    """For a change: the published text as it stands now."""
    published: int = 0
    """The number of the case's published revision now, 0 for none that the reader may see."""

    read_before: CaseStudy | None = None
    """The text that was read last, where there was one and the reader may see it."""

    @property
    def threads(self) -> tuple[Thread, ...]:
        """Give what was said in review, with the answers."""
        return threads(self.submission.comments)

    @property
    def waiting(self) -> tuple[Thread, ...]:
        """Give the threads that have still to be dealt with."""
        return waiting(self.submission)

    @property
    def since_last_round(self) -> tuple[FieldDifference, ...]:
        """Give what has changed since the text was last read."""
        return record_difference(self.read_before, self.submission.body) if self.read_before else ()

    @property
    def behind(self) -> bool:
        """Say whether the case has moved on since this text was begun."""
        return self.published > self.submission.based_on

    @property
    def changes(self) -> tuple[FieldDifference, ...]:
        """Give what a change alters, against the text that it started from."""
        return record_difference(self.base, self.submission.body) if self.base else ()

    @property
    def meanwhile(self) -> tuple[FieldDifference, ...]:
        """Give what others changed in the published text since a change was begun."""
        return record_difference(self.base, self.now) if self.base and self.now else ()
