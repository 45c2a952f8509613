"""The few errors that the core raises; each sentence says what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.finding import TextFinding


class KnowledgeBaseError(Exception):
    """Base of everything that the core raises on purpose; its text may be shown to the person who acted."""


class NotFound(KnowledgeBaseError):
    """The record is missing or hidden: the two must not be told apart, so the text names neither."""

    def __init__(self) -> None:
        super().__init__("There is no such page for you. Check the address, or search for what you need.")


class Forbidden(KnowledgeBaseError):
    """The actor may see the record but may not do this with it."""


class NotSignedIn(KnowledgeBaseError):
    """Nothing is readable without signing in."""

    def __init__(self, sentence: str = "Sign in to go on.") -> None:
        super().__init__(sentence)


class ProveAgain(NotSignedIn):
    """Somebody is signed in, but what they want cannot be taken back, so whoever sits there proves again who they are."""

    def __init__(self) -> None:
        super().__init__(
            "This needs to be certain that it is you. Sign in again; nothing that you typed is lost."
        )


class TooManyTries(KnowledgeBaseError):
    """Somebody tried to get in too often; after the wait the right words are accepted as ever."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"That was tried too often. Wait {_duration(wait_seconds)}, then try again.")


class Busy(KnowledgeBaseError):
    """Too many people want at this moment what is slow on purpose: checking a password, or reading a paper apart from all else."""

    wait_seconds = 5

    def __init__(
        self, sentence: str = "Many people are signing in at this moment. Try again in a few seconds."
    ) -> None:
        super().__init__(sentence)


class Invalid(KnowledgeBaseError):
    """Input that cannot be accepted: one sentence per problem, each with the field it belongs to."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        self.problems: tuple[tuple[str, str], ...] = problems
        super().__init__(" ".join(sentence for _, sentence in problems) or "The input is not valid.")


class Blocked(Invalid):
    """A text holds what must be kept nowhere: it is told where, by path and offsets, and never what."""

    def __init__(self, findings: Iterable[TextFinding]) -> None:
        self.findings = tuple(findings)
        super().__init__(*dict.fromkeys((each.path, each.objection.sentence) for each in self.findings))
        self.args = (" ".join(dict.fromkeys(sentence for _, sentence in self.problems)),)


class WrongState(KnowledgeBaseError):
    """The workflow does not allow this step now (somebody else may have taken one since the page was shown)."""


class StaleRevision(KnowledgeBaseError):
    """Somebody saved the number that this save wanted: nothing was written, both texts must be shown."""

    def __init__(self, kind: str, identifier: str, wanted: int) -> None:
        self.kind, self.identifier, self.wanted = kind, identifier, wanted
        super().__init__(
            "Somebody saved a newer revision after your page was made, so nothing of yours was done. Look at what stands "
            "now, then send it again."
        )


class StoreFailure(KnowledgeBaseError):
    """The disk refused before the commit point: the record is as it was before."""


class Damaged(KnowledgeBaseError):
    """A file cannot be read as the revision that it claims to be; it is kept from view, nothing is deleted."""


class SearchUnavailable(KnowledgeBaseError):
    """The search index is missing or being rebuilt; pages go on working."""

    def __init__(self) -> None:
        super().__init__("Search is being rebuilt. Try again in a minute; everything else works.")


class NotFollowed(KnowledgeBaseError):
    """A save stands, but search or lists may still show what it took away."""

    def __init__(self) -> None:
        super().__init__(
            "The change is saved, but search has not followed yet and may still show the old text. "
            "Look again in a minute; if it stays, ask whoever runs the server to see `kb index status`."
        )


class NotCarriedOut(KnowledgeBaseError):
    """A decision stands, but the disk refused what follows from it; the next drain or start carries it out."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or "The decision to publish is saved, but the disk refused the case's text. It is published as soon as "
            "the disk takes it; do not decide twice. Ask whoever runs the server to look at the disk."
        )


class NotSent(KnowledgeBaseError):
    """A mail did not leave; `for_all` says that the next one would not leave either, whoever it is for."""

    def __init__(self, sentence: str, *, for_all: bool = False) -> None:
        super().__init__(sentence)
        self.for_all = for_all


class BadSetting(KnowledgeBaseError):
    """A setting has a value that cannot work; the text names the variable and a value that would."""


def _duration(seconds: int) -> str:
    if seconds < 60:
        return "a second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
