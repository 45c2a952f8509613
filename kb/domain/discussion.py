"""Discussions: what officers ask about the lessons of a published case, or write about an event's questions and sessions.

A discussion has no readers of its own. It is shown with its subject, to those who may read that at the moment, and in the
form in which they may know where things come from: under Chatham House nobody outside the owner's organisation is told who
takes part, nor when to the day, because hours and holidays tell a country.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from kb.domain.identifier import Identifier, LessonKey
from kb.domain.marking import OFFICER, Organisation, Viewer, of_account
from kb.domain.record import Record
from kb.domain.submission import WITHHELD
from kb.domain.text import Line, Prose, Value

MOST_POSTS = 200
MOST_LETTERS = 4_000
"""Letters of one post: a question is not a case."""
MOST_BYTES = 180_000
"""Of all texts together; a file holds every post of its case, and may have 256 KiB."""

PostKey = Annotated[str, StringConstraints(pattern=r"^p[1-9][0-9]{0,3}$")]


class PostStatus(StrEnum):
    """Whether a post is read."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    """Taken back by who wrote it; the text is gone from this revision."""
    HIDDEN = "hidden"
    """Taken out of view by a coordinator, with a reason; the text is gone from this revision."""


class Post(Value):
    """A question, or the answer to one. `text` is Markdown."""

    key: PostKey
    lesson: LessonKey
    """What it is about: a lesson of the case, or a question or session of the event."""
    at: dt.datetime
    by: Identifier
    organisation: Organisation | None = None
    """That of who wrote it, as it was then."""
    from_desk: bool = False
    """Written for the organisation that owned the subject then."""
    chatham_house: bool = False
    """Whether the subject withheld its origin then: what was written under that promise keeps it."""
    answers: PostKey | None = None
    text: Prose = ""
    status: PostStatus = PostStatus.OPEN
    reason: Line = ""

    @property
    def is_open(self) -> bool:
        """Say whether it is read."""
        return self.status is PostStatus.OPEN

    def shown_to(self, viewer: Viewer, subject: Record) -> Post:
        """Give the post as a reader of the subject may know it: their own, and those whose origin they know, whole."""
        own = of_account(self.by) in viewer.tokens
        withheld = self.chatham_house or subject.audience.chatham_house
        if own or not withheld or viewer.unrestricted or viewer.owns(subject.owner):
            return self
        month = self.at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return self.model_copy(update={"by": WITHHELD, "organisation": None, "at": month})


class Discussion(Value):
    """All posts about one case or one event, in the order in which they came."""

    case: Identifier | None = None
    event: Identifier | None = None
    posts: Annotated[tuple[Post, ...], Field(max_length=MOST_POSTS)] = ()

    @model_validator(mode="after")
    def _is_about_one_thing(self) -> Self:
        if bool(self.case) == bool(self.event):
            raise ValueError("A discussion is about one case or one event.")
        return self

    @model_validator(mode="after")
    def _answers_follow_questions(self) -> Self:
        asked: set[str] = set()
        known: set[str] = set()
        for post in self.posts:
            if post.key in known:
                raise ValueError(f"Two posts have the key {post.key!r}.")
            if post.answers is not None and post.answers not in asked:
                raise ValueError(f"The post {post.key!r} answers no question before it.")
            known.add(post.key)
            if post.answers is None:
                asked.add(post.key)
        return self

    @property
    def own_id(self) -> str:
        """Give the id of its record: the case's own, or the event's with a mark, as a case may bear the same."""
        return f"event.{self.event}" if self.event else self.case or ""

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: none, it is read through its subject."""
        return frozenset()

    @property
    def free_key(self) -> str:
        """Give the key of the next post."""
        return f"p{len(self.posts) + 1}"

    @property
    def is_full(self) -> bool:
        """Say whether no further post has room."""
        held = sum(len(post.text.encode()) for post in self.posts)
        return len(self.posts) >= MOST_POSTS or held + 4 * MOST_LETTERS > MOST_BYTES

    def post(self, key: str) -> Post | None:
        """Give the post with this key, or None."""
        return next((post for post in self.posts if post.key == key), None)

    @property
    def questions(self) -> tuple[Post, ...]:
        """Give the questions that are read, or that have an answer which is."""
        return tuple(
            post
            for post in self.posts
            if post.answers is None and (post.is_open or self.answers_to(post.key))
        )

    def answers_to(self, key: str) -> tuple[Post, ...]:
        """Give the answers to a question that are read."""
        return tuple(post for post in self.posts if post.answers == key and post.is_open)

    def having(self, post: Post) -> Discussion:
        """Give the discussion with a post more, or with this one in the place of that of the same key."""
        if self.post(post.key) is None:
            return self.model_copy(update={"posts": (*self.posts, post)})
        posts = tuple(post if each.key == post.key else each for each in self.posts)
        return self.model_copy(update={"posts": posts})

    def shown_to(self, viewer: Viewer, subject: Record) -> Discussion:
        """Give the discussion as somebody may know it who may read its subject: among officers, not beyond."""
        if not (viewer.unrestricted or OFFICER in viewer.tokens):
            return self.model_copy(update={"posts": ()})
        return self.model_copy(update={"posts": tuple(each.shown_to(viewer, subject) for each in self.posts)})
