"""Evidence: how strong it is, computed from what one reader may see and knows; never a label that somebody chose.

A made-up example is no fact, so it counts only among its like, and the result says so. An origin that is not told cannot be told from
another, so it can never make two of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import GoodPractice, LessonBase, Outcome, Solution
from kb.domain.marking import Organisation
from kb.domain.record import Origin, Record
from kb.domain.text import Value


class Experience(Value):
    """That somebody met it, as one reader may know; `organisation` is None where the origin is not told to them."""

    organisation: Organisation | None = None
    outcome: Outcome = Outcome.UNKNOWN
    illustrative: bool = False

    @classmethod
    def of(cls, shown: Record, outcome: Outcome) -> Experience:
        """Give what a record tells in the form shown to a reader."""
        return cls(
            organisation=shown.owner, outcome=outcome, illustrative=shown.origin is Origin.ILLUSTRATIVE
        )


class Strength(StrEnum):
    """How strong the evidence is."""

    SINGLE = "single-case"
    REPLICATED = "replicated"
    """It worked in two or more organisations of different countries."""
    EVALUATED = "evaluated"
    """An outside evaluation is cited."""


class Evidence(Value):
    """The strength with what it is computed from; `strength` is None where nothing is known that counts."""

    strength: Strength | None = None
    organisations: int = 0
    """In which it worked."""
    countries: int = 0
    unstated: int = 0
    """Experiences in which it worked, and of which the reader is not told where."""
    evaluations: int = 0
    illustrative: bool = False
    """Whether it is all made up."""

    @property
    def sentence(self) -> str:
        """Say why it is as strong as it is."""
        reasons = [_REASONS[self.strength]]
        if self.organisations:
            units = _counted(self.organisations, "organisation", "organisations")
            countries = _counted(self.countries, "country", "countries")
            reasons.append(f"It worked in {units} of {countries}.")
        if self.unstated:
            times = _counted(self.unstated, "time", "times")
            reasons.append(f"It worked {times} where the origin is not stated.")
        return " ".join(reasons)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


_REASONS: dict[Strength | None, str] = {
    None: "No experience is known yet.",
    Strength.SINGLE: "It did not yet work in two organisations of different countries, as far as is told.",
    Strength.REPLICATED: "It worked in organisations of different countries.",
    Strength.EVALUATED: "An outside evaluation is cited.",
}


class Confirmation(Value):
    """Whether it is a lesson learned: an organisation from which it does not come applied it, and it worked."""

    learned: bool = False
    organisations: int = 0
    """Others in which it worked."""
    illustrative: bool = False


class Reuse(Value):
    """How often it was applied, and how that went."""

    total: int = 0
    worked: int = 0
    partly: int = 0
    failed: int = 0
    illustrative: bool = False
    """Whether made-up examples are among them."""


def evidence_of(experiences: Iterable[Experience], evaluations: int = 0) -> Evidence:
    """Weigh experiences: facts alone where there is one, else examples among their like."""
    counted = _of_a_kind(tuple(experiences))
    worked = [each for each in counted if each.outcome is Outcome.WORKED]
    known = {each.organisation.id: each.organisation.country for each in worked if each.organisation}
    return Evidence(
        strength=_strength(evaluations, len(set(known.values())), len(counted)),
        organisations=len(known),
        countries=len(set(known.values())),
        unstated=sum(each.organisation is None for each in worked),
        evaluations=evaluations,
        illustrative=bool(counted) and counted[0].illustrative,
    )


def _strength(evaluations: int, countries: int, counted: int) -> Strength | None:
    if evaluations:
        return Strength.EVALUATED
    if countries > 1:
        return Strength.REPLICATED
    return Strength.SINGLE if counted else None


def _of_a_kind(experiences: Sequence[Experience]) -> Sequence[Experience]:
    facts = [each for each in experiences if not each.illustrative]
    return facts or experiences


def confirmation_of(grounds: Iterable[Experience], applications: Iterable[Experience]) -> Confirmation:
    """Say whether applications confirm what comes from `grounds`.

    Where the reader is not told where it comes from, nothing is known to be elsewhere. An example confirms examples alone.
    """
    origins = tuple(grounds)
    home = {each.organisation.id for each in origins if each.organisation}
    made_up = all(each.illustrative for each in origins)
    if not origins or any(each.organisation is None for each in origins):
        return Confirmation()
    counted = _of_a_kind(tuple(applications)) if made_up else applications
    elsewhere = {
        each.organisation.id
        for each in counted
        if each.outcome is Outcome.WORKED
        and each.organisation
        and each.organisation.id not in home
        and (made_up or not each.illustrative)
    }
    return Confirmation(
        learned=bool(elsewhere), organisations=len(elsewhere), illustrative=made_up and bool(elsewhere)
    )


def reuse_of(applications: Iterable[Experience]) -> Reuse:
    """Count applications."""
    counted = tuple(applications)
    outcomes = [each.outcome for each in counted]
    return Reuse(
        total=len(counted),
        worked=outcomes.count(Outcome.WORKED),
        partly=outcomes.count(Outcome.PARTLY),
        failed=outcomes.count(Outcome.FAILED),
        illustrative=any(each.illustrative for each in counted),
    )


def outcome_of(case: CaseStudy, lesson: LessonBase) -> Outcome:
    """Give how a lesson says that it went: of a practice, whether a solution worked from which it grew."""
    if isinstance(lesson, Solution):
        return lesson.outcome
    if not isinstance(lesson, GoodPractice):
        return Outcome.UNKNOWN
    worked = any(each.outcome is Outcome.WORKED for each in case.solutions if each.key in lesson.grew_from)
    return Outcome.WORKED if worked else Outcome.UNKNOWN
