"""What tests of the register begin with: a practice as Anna of Vienna would propose it."""

from __future__ import annotations

from kb.domain.application import Application
from kb.domain.lesson import Outcome
from kb.domain.practice import Practice
from kb.domain.workflow import Action
from kb.services.applications import Subject, Told
from kb.services.practices import PracticeView
from tests.samples import put
from tests.services.office import Office

WORDS = Practice(
    title="Ask for preservation on the first day",
    how_to="Telephone, then send the form.",
    effect="Logs were there when the order came.",
    rests_on=("seven/preserve",),
)


def words(**fields: object) -> Practice:
    return Practice.model_validate({**dict(WORDS), **fields})


def endorsed(office: Office, **fields: object) -> PracticeView:
    """Let Anna propose a practice that rests on a published case, and Carla endorse it."""
    proposed = office.practice_acts.propose(office.anna, words(**fields))
    return office.practice_acts.endorse(office.carla, proposed.id, proposed.revision)


def told(outcome: Outcome | None = Outcome.WORKED, **fields: object) -> Told:
    return Told.model_validate({"outcome": outcome, "month": "2026-07", **fields})


def solution(office: Office) -> Subject:
    return office.applications.subject(office.dora, solution="seven/preserve")


def apply(office: Office, identifier: str, **fields: object) -> None:
    """Put an application of the published solution into the store, as an import does."""
    sound = {"solution": "seven/preserve", "outcome": Outcome.WORKED, "month": "2026-07"}
    put(office.store, identifier, Application.model_validate(sound | fields), action=Action.IMPORT)
    office.drain.run()
