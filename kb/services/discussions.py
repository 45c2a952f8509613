"""Discussions: officers write to those who know a lesson, or in an event's workshop, without anybody's address being told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.discussion import MOST_LETTERS, Discussion, Post, PostStatus
from kb.domain.errors import Damaged, Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.event import Event
from kb.domain.identifier import Identifier
from kb.domain.marking import Marking, of_account
from kb.domain.permission import RULES, Permission, demand, permits
from kb.domain.ports import AccountStore, Clock, EntryStore
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.subject import Subject, begun_about, closed_on, discussion_of, topics_of
from kb.domain.submission import WITHHELD
from kb.domain.text import Value, normal_line, normal_prose
from kb.domain.workflow import Action
from kb.services.records import Records, body_as, named
from kb.services.saving import Saving

TRIES = 10
"""How often a post is tried again where others came at the same moment: posts stand beside one another."""

SUBJECTS: Mapping[Kind, type[Subject]] = {Kind.CASE_STUDY: CaseStudy, Kind.EVENT: Event}
"""What is discussed, by its kind."""
Change = Callable[[Account, Subject, Discussion], Post]
"""Gives the post to be added or put in the place of the one with its key."""


class PostView(Value):
    """A post as one reader may see it, with what they may do to it. `who` is empty where it is withheld."""

    post: Post
    who: str = ""
    is_own: bool = False
    may_withdraw: bool = False
    may_hide: bool = False

    @property
    def is_withheld(self) -> bool:
        """Say whether only the month is told, and nobody's name."""
        return self.post.by == WITHHELD


class Thread(Value):
    """A question with its answers."""

    question: PostView
    answers: tuple[PostView, ...] = ()
    title: str = ""
    """That of its lesson, question or session; empty where the subject tells it no more."""

    @property
    def posts(self) -> tuple[PostView, ...]:
        """Give everything that was said in it."""
        return (self.question, *self.answers)


class DiscussionView(Value):
    """The discussion of a subject as one reader may see it."""

    case: Identifier
    """The subject's id."""
    threads: tuple[Thread, ...] = ()
    is_open: bool = False
    """Whether they may ask and answer now."""
    marking: Marking = Marking.CLEAR
    """That of the subject: whoever reads the one reads the other."""

    def about(self, lesson: str) -> tuple[Thread, ...]:
        """Give the threads about one lesson, question or session."""
        return tuple(each for each in self.threads if each.question.post.lesson == lesson)

    def said(self, key: str) -> tuple[Thread, PostView]:
        """Give a post with the thread in which it stands; raises NotFound."""
        found = ((thread, each) for thread in self.threads for each in thread.posts if each.post.key == key)
        if said := next(found, None):
            return said
        raise NotFound


class Discussions:
    """Use cases over discussions of one `kind` of subject; each asks first whether the subject exists for the actor."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        store: EntryStore,
        *,
        accounts: AccountStore,
        clock: Clock,
        kind: Kind = Kind.CASE_STUDY,
    ) -> None:
        self._records = records
        self._saving = saving
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._kind = kind

    def of(self, actor: Account | None, identifier: str) -> DiscussionView:
        """Give the discussion of a subject; raises NotFound. One that cannot be read is closed, and empty."""
        account = demand(actor, Permission.READ)
        subject = self._subject(account, identifier)
        try:
            discussion, is_open = self._stored(identifier)[1], not closed_on(subject, self._today)
        except Damaged:
            discussion, is_open = begun_about(self._ref(identifier)), False
        shown = discussion.shown_to(account.viewer, subject)
        names = {
            each.id: each.name for each in self._accounts.named({post.by for post in shown.posts}).values()
        }
        titles = topics_of(subject)
        return DiscussionView(
            case=identifier,
            is_open=is_open and permits(account, Permission.DISCUSS),
            marking=subject.audience.marking,
            threads=tuple(
                Thread(
                    question=_view(account, question, names),
                    answers=tuple(_view(account, each, names) for each in shown.answers_to(question.key)),
                    title=titles.get(question.lesson, ""),
                )
                for question in shown.questions
            ),
        )

    def to_hide(self, actor: Account | None, identifier: str, key: str) -> PostView:
        """Give a post to somebody who may take it out of view now; raises NotFound or Forbidden."""
        _, said = self.of(actor, identifier).said(key)
        if not said.may_hide:
            raise Forbidden(RULES[Permission.MODERATE].refusal)
        return said

    def ask(self, actor: Account | None, identifier: str, lesson: str, text: str) -> Post:
        """Ask about a lesson, or write about an event's question; raises NotFound, Invalid, Blocked or WrongState."""

        def question(account: Account, subject: Subject, discussion: Discussion) -> Post:
            if lesson not in topics_of(subject):
                raise NotFound
            return self._new(account, subject, discussion, lesson=lesson, text=text, answers=None)

        return self._post(actor, identifier, question, Action.QUESTION)

    def answer(self, actor: Account | None, identifier: str, key: str, text: str) -> Post:
        """Answer a question; whoever may read it may answer it."""

        def answer(account: Account, subject: Subject, discussion: Discussion) -> Post:
            asked = _existing(discussion, key)
            if asked.answers is not None or not asked.is_open:
                raise WrongState("This question is no longer open. Reload the page.")
            return self._new(account, subject, discussion, lesson=asked.lesson, text=text, answers=key)

        return self._post(actor, identifier, answer, Action.ANSWER)

    def withdraw(self, actor: Account | None, identifier: str, key: str) -> Post:
        """Take back one's own words; answers to them stay."""
        account = demand(actor, Permission.DISCUSS)

        def withdrawn(account: Account, _subject: Subject, discussion: Discussion) -> Post:
            post = _existing(discussion, key)
            if post.by != account.id:
                raise Forbidden("Only who wrote it takes it back.")
            return _put_aside(post, PostStatus.WITHDRAWN)

        return self._save(account, identifier, withdrawn, Action.WITHDRAW)

    def hide(self, actor: Account | None, identifier: str, key: str, reason: str) -> Post:
        """Take somebody's words out of view; the reason stands in their place."""
        account, why = demand(actor, Permission.READ), normal_line(reason)

        def hidden(account: Account, _subject: Subject, discussion: Discussion) -> Post:
            demand(account, Permission.MODERATE)
            if not why:
                raise Invalid(("reason", "Say why; it stands where the text stood."))
            return _put_aside(_existing(discussion, key), PostStatus.HIDDEN, why)

        return self._save(account, identifier, hidden, Action.HIDE)

    def _post(self, actor: Account | None, identifier: str, change: Change, action: Action) -> Post:
        account = demand(actor, Permission.DISCUSS)

        def posted(account: Account, subject: Subject, discussion: Discussion) -> Post:
            if closed := closed_on(subject, self._today):
                raise WrongState(closed)
            if discussion.is_full:
                raise WrongState("This discussion has no room for more. Put what was learnt into the case.")
            return change(account, subject, discussion)

        return self._save(account, identifier, posted, action)

    def _new(
        self,
        account: Account,
        subject: Subject,
        discussion: Discussion,
        *,
        lesson: str,
        text: str,
        answers: str | None,
    ) -> Post:
        return Post(
            key=discussion.free_key,
            lesson=lesson,
            at=self._clock.now(),
            by=account.id,
            organisation=account.organisation,
            from_desk=account.viewer.owns(subject.owner),
            chatham_house=subject.audience.chatham_house,
            answers=answers,
            text=_needed(text),
        )

    def _save(self, account: Account, identifier: str, change: Change, action: Action) -> Post:
        for _ in range(TRIES - 1):
            with suppress(StaleRevision):
                return self._save_once(account, identifier, change, action)
        return self._save_once(account, identifier, change, action)

    def _save_once(self, account: Account, identifier: str, change: Change, action: Action) -> Post:
        subject = self._subject(account, identifier)
        number, discussion = self._stored(identifier)
        post = change(account, subject, discussion)
        changed = Discussion.model_validate(discussion.having(post).model_dump())
        ref = discussion_of(self._ref(identifier))
        self._saving.save(account, ref, number + 1, changed, action=action)
        return post

    @property
    def _today(self) -> dt.date:
        return self._clock.now().date()

    def _ref(self, identifier: str) -> RecordRef:
        return named(self._kind, identifier)

    def _subject(self, account: Account, identifier: str) -> Subject:
        return body_as(SUBJECTS[self._kind], self._records.current(account, self._ref(identifier)))

    def _stored(self, identifier: str) -> tuple[int, Discussion]:
        """Give the discussion with its number, 0 where nothing was ever asked; of one that was purged nothing is left."""
        about = self._ref(identifier)
        try:
            revision = self._store.current(discussion_of(about))
        except NotFound:
            return 0, begun_about(about)
        body = revision.body
        return revision.number, body if isinstance(body, Discussion) else begun_about(about)


def _view(account: Account, post: Post, names: Mapping[str, str]) -> PostView:
    own = of_account(post.by) in account.viewer.tokens
    return PostView(
        post=post,
        who=names.get(post.by, ""),
        is_own=own,
        may_withdraw=own and post.is_open and permits(account, Permission.DISCUSS),
        may_hide=post.is_open and permits(account, Permission.MODERATE),
    )


def _existing(discussion: Discussion, key: str) -> Post:
    post = discussion.post(key)
    if post is None:
        raise NotFound
    return post


def _put_aside(post: Post, status: PostStatus, reason: str = "") -> Post:
    if not post.is_open:
        raise WrongState("It was taken out of view already. Reload the page.")
    return post.model_copy(update={"status": status, "reason": reason, "text": ""})


def _needed(text: str) -> str:
    words = normal_prose(text)
    if not words.strip():
        raise Invalid(("text", "Write what you want to say first."))
    if len(words) > MOST_LETTERS:
        raise Invalid(("text", f"Shorten this to at most {MOST_LETTERS:,} letters."))
    return words
