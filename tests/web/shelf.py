"""Records for the pages under test, put into the files of the home and then followed by lists and search."""

from __future__ import annotations

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.lesson import Difficulty, Outcome, Solution
from kb.domain.revision import Body
from kb.domain.workflow import Action
from kb.services.demo import AUSTRIA
from tests.samples import LESSONS, a_case, put

CONCEPTS = (
    (Scheme.DIFFICULTY, "retention-expired", "Retention period expired", ("logs deleted",)),
    (Scheme.DIFFICULTY, "request-rejected-on-form", "Request rejected on form", ()),
    (Scheme.STAGE, "attribution", "Attribution", ()),
    (Scheme.CHANNEL, "budapest-29", "Expedited preservation", ()),
    (Scheme.TAG, "templates", "Templates at hand", ("forms",)),
    (Scheme.TAG, "preserve-first", "Preserve first", ()),
    (Scheme.PARTNER, "platform", "Online platform", ()),
)
FAILED = Solution(
    key="wait",
    title="Wait for the treaty request",
    text="It came too late.",
    answers=("logs",),
    outcome=Outcome.FAILED,
)
OPEN = Difficulty(key="staff", title="Nobody had time", text="Two people for four hundred reports.")


class Shelf:
    """Puts records where the application finds them."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self.services = services
        self._store = FileEntryStore(settings.entries, FileOperations(), SystemRandomness())

    def put(self, identifier: str, body: Body, action: Action = Action.IMPORT, by: str = "import") -> None:
        """Make `body` the next revision of a record, without lists and search."""
        put(self._store, identifier, body, action=action, by=by)

    def follow(self) -> None:
        """Let lists and search follow."""
        self.services.indexing.update(OPERATOR)

    def concepts(self) -> None:
        """Put the concepts that the sample case names."""
        for scheme, key, label, synonyms in CONCEPTS:
            labels = (Labels(language="en", preferred=label, alternative=synonyms),)
            concept = Concept(scheme=scheme, key=key, labels=labels, definition=f"What {label} means.")
            self.put(concept.id, concept)

    def case(self, identifier: str = "seven", **fields: object) -> CaseStudy:
        """Put a case of the Austrian demo unit, with a failure and a difficulty that nobody solved."""
        sound: dict[str, object] = {
            "owner": AUSTRIA,
            "lessons": (*LESSONS, FAILED, OPEN),
            "tags": ("templates",),
        }
        case = a_case(**(sound | fields))
        self.put(identifier, case)
        return case

    def fill(self) -> None:
        """Put the sample case with its concepts."""
        self.concepts()
        self.case()
        self.follow()
