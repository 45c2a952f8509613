"""What is done to practices: proposing, changing, endorsing, retiring, and whom they reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.domain.account import Account
from kb.domain.audience_change import audience_change
from kb.domain.errors import Invalid, StaleRevision
from kb.domain.ground import audience_on
from kb.domain.lesson import Difficulty
from kb.domain.marking import Audience
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, Clock, Randomness
from kb.domain.practice import PRACTICE_STEPS, Practice, PracticeStatus, practice_after
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.workflow import Action
from kb.services.practices import Practices, PracticeView, practice_ref, standing, standing_for
from kb.services.reaching import Reaching
from kb.services.records import Records, body_as
from kb.services.saving import Saving
from kb.services.weighing import CitedLesson, Weighing

NOBODY_OWNS = "An organisation must own the practice; ask an administrator to give you one."
NO_SUCH_LESSON = "There is no lesson “{}” for you. Take its address from its own page."
LESSON_FIELDS = ("rests_on", "contradicted_by")
WORDS = frozenset(
    {
        "title", "language", "how_to", "effect", "mechanism", "context", "implementation", "economics", "rests_on",
        "contradicted_by", "evaluations", "sources", "difficulties", "tags", "label", "review_by",
    }
)  # fmt: skip
"""What who writes a practice decides; everything else follows from steps."""


class PracticeActs:
    """Use cases that save a revision of a practice."""

    def __init__(
        self,
        practices: Practices,
        records: Records,
        saving: Saving,
        *,
        weighing: Weighing,
        accounts: AccountStore,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._practices = practices
        self._records = records
        self._saving = saving
        self._weighing = weighing
        self._reaching = Reaching(accounts)
        self._clock = clock
        self._randomness = randomness

    def begun(self, actor: Account | None, lessons: tuple[str, ...]) -> Practice:
        """Give what a form begins with that distils these lessons: their words, and the audience that they allow."""
        account = demand(actor, Permission.PROPOSE_PRACTICE)
        cited = self._weighing.cited(account, lessons)
        first = cited[0] if cited else None
        return Practice(
            title=first.lesson.title if first else "",
            language=first.case.language if first else "en",
            how_to="\n\n".join(each.lesson.text for each in cited),
            rests_on=tuple(each.name for each in cited),
            difficulties=_gathered(difficulty for each in cited for difficulty in _difficulties(each)),
            tags=_gathered(tag for each in cited for tag in each.lesson.tags),
            audience=audience_on((each.ground for each in cited), account.organisation),
        )

    def propose(self, actor: Account | None, words: Practice) -> PracticeView:
        """Put a practice into the register, for a coordinator to endorse who did not write it."""
        account = demand(actor, Permission.PROPOSE_PRACTICE)
        if account.organisation is None:
            raise Invalid(("owner", NOBODY_OWNS))
        made = _words_of(words) | {"audience": words.audience, "owner": account.organisation}
        practice = Practice.model_validate(made | {"writers": (account.id,)})
        self._demand_known(account, practice)
        self._demand_sound(account, practice)
        ref = RecordRef(kind=Kind.PRACTICE, id=self._randomness.identifier())
        saved = self._saving.save(account, ref, 1, practice, action=Action.CREATE)
        return self._practices.view(account, Revision(header=saved.header, body=practice))

    def edit(
        self, actor: Account | None, identifier: str, number: int, words: Practice, note: str = ""
    ) -> PracticeView:
        """Change the words of revision `number`; they wait to be endorsed by somebody else. The marking stays."""
        account, revision, practice = self._stepped(actor, identifier, number, Action.EDIT)
        self._demand_known(account, words)
        return self._save(
            account,
            revision,
            _words_of(words)
            | {
                "rests_on": self._rejoined(account, words.rests_on, practice.rests_on),
                "contradicted_by": self._rejoined(account, words.contradicted_by, practice.contradicted_by),
                "status": practice_after(Action.EDIT, practice.status),
                "writers": _with_writer(practice, account),
            },
            Action.EDIT,
            note,
        )

    def endorse(self, actor: Account | None, identifier: str, number: int) -> PracticeView:
        """Stand for the words of revision `number`, which somebody else wrote; its audience reads them from now on."""
        account, revision, practice = self._stepped(actor, identifier, number, Action.ENDORSE)
        status = practice_after(Action.ENDORSE, practice.status)
        return self._save(account, revision, {"status": status, "released": True}, Action.ENDORSE)

    def retire(self, actor: Account | None, identifier: str, number: int, reason: str) -> PracticeView:
        """Take a practice out of search because it is no longer good advice; its page stays, with the reason."""
        account, revision, practice = self._stepped(actor, identifier, number, Action.RETIRE)
        status = practice_after(Action.RETIRE, practice.status, reason)
        update = {"status": status, "status_reason": reason}
        return self._save(account, revision, update, Action.RETIRE, reason)

    def reinstate(self, actor: Account | None, identifier: str, number: int, reason: str) -> PracticeView:
        """Bring a retired practice back, to be endorsed by another coordinator."""
        account, revision, practice = self._stepped(actor, identifier, number, Action.REINSTATE)
        update = {
            "status": practice_after(Action.REINSTATE, practice.status, reason),
            "status_reason": "",
            "writers": _with_writer(practice, account),
        }
        return self._save(account, revision, update, Action.REINSTATE, reason)

    def remark(
        self, actor: Account | None, identifier: str, number: int, audience: Audience, reason: str
    ) -> PracticeView:
        """Change whom a practice reaches; only its owner's organisation does, and never beyond what it rests on."""
        account = demand(actor, Permission.READ)
        revision, practice = self._current(account, identifier, number)
        demand(account, Permission.REMARK_CASE, *standing(account, practice))
        action = audience_change(account, practice.audience, audience, reason=reason, now=self._clock.now())
        return self._save(account, revision, {"audience": audience}, action, reason)

    def _stepped(
        self, actor: Account | None, identifier: str, number: int, action: Action
    ) -> tuple[Account, Revision, Practice]:
        account = demand(actor, Permission.READ)
        revision, practice = self._current(account, identifier, number)
        step = PRACTICE_STEPS[action]
        demand(account, step.permission, *standing_for(action, account, practice))
        return account, revision, practice

    def _current(self, account: Account, identifier: str, number: int) -> tuple[Revision, Practice]:
        revision = self._records.current(account, practice_ref(identifier))
        if revision.number != number:
            raise StaleRevision(Kind.PRACTICE, identifier, number + 1)
        return revision, body_as(Practice, revision)

    def _save(
        self,
        account: Account,
        revision: Revision,
        update: Mapping[str, object],
        action: Action,
        note: str = "",
    ) -> PracticeView:
        practice = body_as(Practice, revision)
        changed = Practice.model_validate({**dict(practice), **update})
        if action in {Action.EDIT, Action.ENDORSE, Action.WIDEN, Action.NARROW}:
            self._demand_sound(account, changed)
        saved = self._saving.save(
            account, revision.ref, revision.number + 1, changed, action=action, note=note
        )
        return self._practices.view(account, Revision(header=saved.header, note=note, body=changed))

    def _demand_sound(self, account: Account, practice: Practice) -> None:
        """Raise Invalid where something is missing, a lesson is none, or the audience is wider than what it rests on."""
        if problems := practice.problems:
            raise Invalid(*problems)
        cited = self._weighing.cited(account, practice.lessons)
        self._reaching.demand_within((each.ground for each in cited), practice.audience, practice.owner)

    def _demand_known(self, account: Account, words: Practice) -> None:
        for field in LESSON_FIELDS:
            names = getattr(words, field)
            known = {each.name for each in self._weighing.cited(account, names)}
            if unknown := [name for name in names if name not in known]:
                raise Invalid((field, NO_SUCH_LESSON.format(unknown[0])))

    def _rejoined(self, account: Account, typed: tuple[str, ...], stored: tuple[str, ...]) -> tuple[str, ...]:
        """Give the lessons as they were typed by somebody who was not shown all of them: those hidden stay."""
        seen = {each.name for each in self._weighing.cited(account, stored)}
        return tuple(dict.fromkeys((*typed, *(name for name in stored if name not in seen))))


def _words_of(practice: Practice) -> dict[str, object]:
    return {name: getattr(practice, name) for name in WORDS}


def _with_writer(practice: Practice, account: Account) -> tuple[str, ...]:
    """Give who has written its words since they were endorsed last; who brings it back stands for it as a writer does."""
    before = () if practice.status is PracticeStatus.ENDORSED else practice.writers
    return tuple(dict.fromkeys((*before, account.id)))


def _difficulties(cited: CitedLesson) -> tuple[str, ...]:
    return cited.lesson.categories if isinstance(cited.lesson, Difficulty) else ()


def _gathered(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
