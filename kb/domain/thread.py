"""What was said about a submission, as threads: a comment with its answers, standing beside the field that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from kb.domain.case_study import CaseStudy
from kb.domain.submission import Comment, Purpose, Submission
from kb.domain.text import Value
from kb.domain.workflow import CLOSED

WHOLE = ""
"""The path of what is about the submission as a whole."""
_OF_NO_AUTHOR = frozenset(
    {"owner", "author", "lessons", "status", "status_reason", "superseded_by", "source_key"}
)
_PARTED: Mapping[str, tuple[str, ...]] = {"audience": ("audience.marking",)}
"""Fields that are talked about by a part of theirs."""


class Thread(Value):
    """A comment that answers none, with all that answer it, in the order in which they came."""

    opening: Comment
    answers: tuple[Comment, ...] = ()

    @property
    def key(self) -> str:
        """Give the key by which it is answered and resolved."""
        return self.opening.key

    @property
    def about(self) -> str:
        """Give the path of the field or lesson, or the empty string."""
        return self.opening.about

    @property
    def is_open(self) -> bool:
        """Say whether it waits to be dealt with: a question until who was asked answers, all else until it is resolved."""
        if self.is_question:
            return all(answer.by != self.opening.to for answer in self.answers)
        return self.opening.resolved_at is None

    @property
    def is_question(self) -> bool:
        """Say whether one coordinator asks another."""
        return self.opening.purpose is Purpose.QUESTION

    @property
    def last(self) -> Comment:
        """Give what was said last."""
        return (self.opening, *self.answers)[-1]


def threads(comments: Iterable[Comment]) -> tuple[Thread, ...]:
    """Give the threads, in the order in which they were opened; an answer to what is gone opens one of its own."""
    answers: defaultdict[str, list[Comment]] = defaultdict(list)
    openings: dict[str, Comment] = {}
    for comment in comments:
        if comment.answers in openings:
            answers[comment.answers].append(comment)
        else:
            openings[comment.key] = comment
    return tuple(Thread(opening=comment, answers=tuple(answers[key])) for key, comment in openings.items())


def waiting(submission: Submission) -> tuple[Thread, ...]:
    """Give the threads that authors and reviewer have still to deal with; after the decision there are none."""
    if submission.status in CLOSED:
        return ()
    return tuple(each for each in threads(submission.comments) if each.is_open and not each.is_question)


def asked(submission: Submission, person: str) -> tuple[Thread, ...]:
    """Give the questions that wait for this coordinator's opinion."""
    found = threads(submission.comments)
    return tuple(each for each in found if each.is_question and each.is_open and each.opening.to == person)


def by_path(
    found: Iterable[Thread], beside: Callable[[str], str] = lambda path: path
) -> Mapping[str, tuple[Thread, ...]]:
    """Give threads by what they are about, or by that `beside` which they are shown."""
    sorted_out: defaultdict[str, tuple[Thread, ...]] = defaultdict(tuple)
    for thread in found:
        sorted_out[beside(thread.about)] += (thread,)
    return dict(sorted_out)


def paths(case: CaseStudy) -> tuple[str, ...]:
    """Give everything that a comment on this text may be about, in the order of the text."""
    return tuple(_paths(case))


def _paths(case: CaseStudy) -> Iterator[str]:
    yield WHOLE
    for name in dict.fromkeys((*("title", "summary"), *CaseStudy.model_fields)):
        if name not in _OF_NO_AUTHOR:
            yield from _PARTED.get(name, (name,))
    for lesson in case.lessons:
        yield f"lessons.{lesson.key}"
        for name in type(lesson).model_fields:
            if name not in {"key", "kind"}:
                yield f"lessons.{lesson.key}.{name}"
