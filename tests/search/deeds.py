"""What is done to a searched home, as values that print as what they do, and as Hypothesis draws them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kb.domain.account import OPERATOR, Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import NotFound, WrongState
from kb.domain.lesson import (
    BorderOutcome,
    CrossBorderIssue,
    Difficulty,
    GoodPractice,
    Lesson,
    Outcome,
    Solution,
)
from kb.domain.marking import Audience, Marking
from kb.domain.period import Period
from kb.services.cases import case_ref
from kb.services.purging import PurgeTarget
from kb.services.submission_view import SubmissionView
from tests.reviewing import all_passed
from tests.search.home import SearchedHome, restore

WORDS = {
    "en": "retention retained provider providers logs logging request requests preservation evidence cgnat warrant delayed",
    "de": "Vorratsdatenspeicherung Häuser Haeuser Prüfung Prüfungen Grenze Grenzen aktuell logs cgnat",
    "ru": "провайдер провайдеры запрос запросы граница логи cgnat ёлка",
    "pl": "dostawca dostawcy żądanie granica logs cgnat",
    "ja": "児童ポルノの捜査 電子証拠 証拠の保存 cgnat",
}
"""Few enough that texts share them, in inflections, and that each is missing somewhere."""
RARE = ("courier", "kryptonite")
"""Words that may be in one text alone, and that are purged."""
OWNERS = ("anna", "gert", "dora", "")
"""By whose organisation a case is owned; of the last nobody's."""
PUBLISHED = "words are published"


class Told(NamedTuple):
    """A case as short as it can be told; lessons are the kinds that it has, of `dspb`, each with title and text."""

    language: str
    title: str
    summary: str
    lessons: tuple[tuple[str, str, str], ...]
    tags: frozenset[str]
    countries: tuple[str, ...]
    began: str

    def case(self, audience: Audience) -> CaseStudy:
        lead, *others = self.countries or (None,)
        return CaseStudy(
            title=self.title,
            summary=self.summary,
            language=self.language,
            lead_country=lead,
            other_countries=tuple(each for each in others if each),
            period=Period(start=self.began) if self.began else None,
            tags=tuple(sorted(self.tags)),
            lessons=tuple(self._lesson(*each) for each in self.lessons),
            audience=audience,
        )

    def _lesson(self, kind: str, title: str, text: str) -> Lesson:
        kinds = {each[0] for each in self.lessons}
        about: Any = {"key": f"{kind}1", "title": title, "text": text}
        odd = len(text) % 2 == 1
        match kind:
            case "d":
                return Difficulty(**about, categories=("expired", "form")[: 1 + odd], stage="attribution")
            case "s":
                answers = ("d1",) if "d" in kinds else ()
                outcome = Outcome.WORKED if odd else Outcome.FAILED
                return Solution(**about, answers=answers, outcome=outcome, applies_when=text)
            case "p":
                return GoodPractice(**about, grew_from=("s1",) if "s" in kinds else (), tags=("templates",))
        return CrossBorderIssue(
            **about,
            from_country="AT",
            to_countries=("BE", "FR")[: 1 + odd],
            channels=("budapest-29",),
            outcome=BorderOutcome.RESOLVED if odd else None,
        )


class Restore(NamedTuple):
    """Import a case under an id that may be taken already; then nothing comes of it."""

    number: int
    told: Told
    audience: Audience
    owner: str

    def do(self, home: SearchedHome) -> None:
        owner = home.account(self.owner) if self.owner else None
        case = self.told.case(_addressed(self.audience, home, owner))
        owned = case.model_copy(update={"owner": owner.organisation if owner else None, "source_key": "row"})
        restore(home.kb, [(f"case-{self.number}", owned)])


class Publish(NamedTuple):
    """Write a new case, have it reviewed and publish it."""

    by: str
    told: Told
    audience: Audience

    def do(self, home: SearchedHome) -> None:
        author = home.account(self.by)
        case = self.told.case(_addressed(self.audience, home, author))
        _review(home, author, home.kb.submissions.create(author, case))


class Rewrite(NamedTuple):
    """Have a change of a published case reviewed and publish it."""

    which: int
    told: Told

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home):
            base, number = home.kb.submissions.base_of_change(owner, identifier)
            changed = self.told.case(base.audience)
            _review(home, owner, home.kb.submissions.create_change(owner, identifier, number, changed))


class Retag(NamedTuple):
    which: int
    lesson: str | None
    add: frozenset[str]
    remove: frozenset[str]

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home):
            _, case = home.cases()[identifier]
            lesson = self.lesson if self.lesson and case.lesson(self.lesson) else None
            home.kb.case_acts.retag(owner, identifier, lesson=lesson, add=self.add, remove=self.remove)


class Remark(NamedTuple):
    """Narrow or widen, as it comes."""

    which: int
    audience: Audience

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home):
            audience = _addressed(self.audience, home, owner)
            proved = owner.model_copy(update={"proved_at": home.kb.clock.now()})
            home.kb.case_acts.remark(proved, identifier, audience, "Looked at again.")


class Retire(NamedTuple):
    which: int

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home):
            home.kb.case_acts.retire(owner, identifier, "Old.")


class Supersede(NamedTuple):
    which: int
    by: int

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home):
            known = [each for each, (_, case) in home.cases().items() if owner.viewer.sees(case.readers)]
            others = [each for each in known if each != identifier]
            if others:
                home.kb.case_acts.supersede(owner, identifier, others[self.by % len(others)], "Told better.")


class Reinstate(NamedTuple):
    which: int

    def do(self, home: SearchedHome) -> None:
        for identifier, owner in _owned(self.which, home, among=lambda case: not _is_current(case)):
            home.kb.case_acts.reinstate(owner, identifier, "Good again.")


class Purge(NamedTuple):
    """Purge a whole case."""

    which: int

    def do(self, home: SearchedHome) -> None:
        cases = sorted(home.cases())
        if cases:
            target = PurgeTarget(records=(case_ref(cases[self.which % len(cases)]),))
            home.kb.purging.carry_out(OPERATOR, target, "Somebody asked.")


class PurgeText(NamedTuple):
    """Purge every revision that holds a word."""

    word: str

    def do(self, home: SearchedHome) -> None:
        target = PurgeTarget(containing=self.word)
        if home.kb.purging.plan(OPERATOR, target):
            home.kb.purging.carry_out(OPERATOR, target, "Somebody asked.")


class Rebuild(NamedTuple):
    """Make the index anew, as after an upgrade."""

    def do(self, home: SearchedHome) -> None:
        home.kb.indexing.rebuild(OPERATOR)


Deed = (
    Restore
    | Publish
    | Rewrite
    | Retag
    | Remark
    | Retire
    | Supersede
    | Reinstate
    | Purge
    | PurgeText
    | Rebuild
)


def do(deed: Deed, home: SearchedHome) -> bool:
    """Do it where the rules allow it, and say whether they did."""
    try:
        deed.do(home)
    except (WrongState, NotFound):
        return False
    return True


def _is_current(case: CaseStudy) -> bool:
    return case.status is CaseStatus.PUBLISHED


def _owned(
    which: int, home: SearchedHome, among: Callable[[CaseStudy], bool] = _is_current
) -> list[tuple[str, Account]]:
    """Give one case with somebody of its owner's who may read it, or nothing where there is none."""
    found: list[tuple[str, Account]] = []
    for identifier, (_, case) in sorted(home.cases().items()):
        readers = [each for each in home.officers_of(case.owner) if each.viewer.sees(case.readers)]
        if readers and among(case):
            found.append((identifier, readers[0]))
    return [found[which % len(found)]] if found else []


def _addressed(audience: Audience, home: SearchedHome, owner: Account | None) -> Audience:
    """Give the audience with the ids of those whom it names; RED names one of the owner's and who reviews."""
    persons = [*audience.persons, "carla"] if audience.marking is Marking.RED else []
    own = [owner.id] if owner and persons else []
    named = dict.fromkeys([*own, *(home.account(each).id for each in persons)])
    return audience.model_copy(update={"persons": tuple(named)})


def _review(home: SearchedHome, author: Account, draft: SubmissionView) -> None:
    carla = home.account("carla")
    sent = home.kb.submissions.submit(author, draft.id, draft.revision)
    taken = home.kb.reviews.take(carla, sent.id, sent.revision)
    passed = all_passed(home.kb, carla, taken)
    home.kb.reviews.publish(carla, passed.id, passed.revision)
