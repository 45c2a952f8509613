"""The content services over fakes, with a few officers to act."""

from __future__ import annotations

from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount
from kb.domain.workflow import Action
from kb.services.applications import Applications
from kb.services.case_acts import CaseActs
from kb.services.cases import Cases, CaseView
from kb.services.co_authors import CoAuthors
from kb.services.concept_acts import ConceptActs
from kb.services.concepts import Concepts
from kb.services.home import Home
from kb.services.kept_bodies import KeptBodies
from kb.services.known_names import KnownNames
from kb.services.persons import Persons
from kb.services.practice_acts import PracticeActs
from kb.services.practices import Practices
from kb.services.records import Records
from kb.services.remarking import Remarking
from kb.services.resolving import ResolvingSearcher
from kb.services.retagging import Retagging
from kb.services.review_comments import ReviewComments
from kb.services.review_queue import ReviewQueue
from kb.services.reviews import Reviews
from kb.services.saving import Saving
from kb.services.searching import Searching
from kb.services.splitting import Splitting
from kb.services.submission_chain import SubmissionChain
from kb.services.submission_view import SubmissionView
from kb.services.submissions import Submissions
from kb.services.tag_operations import TagOperations
from kb.services.text_checks import TextChecks
from kb.services.vocabulary import Vocabularies
from kb.services.weighing import Weighing
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import BRUSSELS, VIENNA, a_case, put


class Office(World):
    """Anna and Bert work in Vienna, Carla and Dora in Brussels; Carla and Cyril coordinate, Otto administers."""

    store: FaultyEntryStore

    def __init__(self) -> None:
        super().__init__(FaultyEntryStore())
        self.people = self.accounts
        self.anna = self._hire("anna", VIENNA, Role.PRESENTER)
        self.bert = self._hire("bert", VIENNA, Role.INVESTIGATOR)
        self.carla = self._hire("carla", BRUSSELS, Role.COORDINATOR)
        self.cyril = self._hire("cyril", VIENNA, Role.COORDINATOR)
        self.dora = self._hire("dora", BRUSSELS, Role.INVESTIGATOR)
        self.otto = self._hire("otto", None, Role.ADMINISTRATOR)
        self.nora = self._hire("nora", None, Role.INVESTIGATOR)
        self.vocabularies = Vocabularies(self.store, self.catalogue)
        self.searcher = ResolvingSearcher(self.engine, self.vocabularies)
        self.records = Records(self.store, self.catalogue, self.people, self.vocabularies)
        self.saving = Saving(self.store, self.drain, self.clock)
        self.cases = Cases(self.records, self.catalogue, self.people)
        remarking = Remarking(self.records, self.saving, self.catalogue)
        self.case_acts = CaseActs(
            self.cases, self.records, self.saving, remarking=remarking, accounts=self.people, clock=self.clock
        )
        self.chain = SubmissionChain(self.records, self.saving, self.people, self.randomness, self.clock)
        self.text_checks = TextChecks(KnownNames(self.vocabularies, self.catalogue))
        self.submissions = Submissions(self.chain, self.records, self.catalogue, self.randomness)
        self.reviews = Reviews(self.chain, self.people, self.publisher, self.drain, self.text_checks)
        self.review_queue = ReviewQueue(self.chain, self.catalogue, self.text_checks)
        self.review_comments = ReviewComments(self.chain)
        self.co_authors = CoAuthors(self.chain, self.people)
        self.concepts = Concepts(self.records, self.vocabularies, self.searcher)
        self.concept_acts = ConceptActs(self.records, self.saving, self.vocabularies, self.randomness)
        self._open_operations()
        self.home = Home(self.catalogue, self.searcher, self.review_queue)
        self.persons = Persons(self.people)
        self._open_register()

    def _open_operations(self) -> None:
        kept = KeptBodies(self.store, self.catalogue)
        self.tag_operations = TagOperations(
            self.store,
            self.records,
            self.catalogue,
            self.people,
            saving=self.saving,
            drain=self.drain,
            kept=kept,
            randomness=self.randomness,
        )
        searching = Searching(self.searcher, self.vocabularies)
        self.retagging = Retagging(
            searching, self.records, self.catalogue, self.vocabularies, self.tag_operations
        )
        self.splitting = Splitting(
            self.catalogue,
            self.searcher,
            self.vocabularies,
            concept_acts=self.concept_acts,
            kept=kept,
            operations=self.tag_operations,
        )

    def _open_register(self) -> None:
        kept = KeptBodies(self.store, self.catalogue)
        self.weighing = Weighing(kept, self.catalogue)
        self.practices = Practices(self.records, self.catalogue, self.people, kept, self.weighing)
        self.practice_acts = PracticeActs(
            self.practices,
            self.records,
            self.saving,
            weighing=self.weighing,
            accounts=self.people,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.applications = Applications(
            self.records,
            self.saving,
            self.practices,
            weighing=self.weighing,
            accounts=self.people,
            clock=self.clock,
            randomness=self.randomness,
        )

    def proved(self, account: Account) -> Account:
        """Give the account as its owner acts who has just signed in."""
        return account.model_copy(update={"proved_at": self.clock.now()})

    def publish(self, identifier: str = "seven", **fields: object) -> CaseView:
        """Put a published case into the store, as an import does."""
        put(self.store, identifier, a_case(**fields), action=Action.IMPORT, at=self.clock.tick())
        self.drain.run()
        return self.cases.get(self.anna, identifier)

    def draft(self, **fields: object) -> SubmissionView:
        """Let Anna begin a case that could be submitted."""
        return self.submissions.create(self.anna, a_case(**fields))

    def submitted(self, **fields: object) -> SubmissionView:
        """Let Anna submit a case."""
        draft = self.draft(**fields)
        return self.submissions.submit(self.anna, draft.id, draft.revision)

    def in_review(self, **fields: object) -> SubmissionView:
        """Let Anna submit a case, and Carla take it."""
        sent = self.submitted(**fields)
        return self.reviews.take(self.carla, sent.id, sent.revision)

    def change(self, **fields: object) -> SubmissionView:
        """Let Anna begin a change of the published case."""
        body, number = self.submissions.base_of_change(self.anna, "seven")
        changed = CaseStudy.model_validate({**dict(body), **fields})
        return self.submissions.create_change(self.anna, "seven", number, changed)

    def concept(self, scheme: Scheme, key: str, label: str, *synonyms: str, **fields: object) -> Concept:
        """Put a concept into the store."""
        labels = (Labels(language="en", preferred=label, alternative=synonyms),)
        concept = Concept.model_validate(
            {"scheme": scheme, "key": key, "labels": labels, "status": ConceptStatus.ADOPTED, **fields}
        )
        put(self.store, concept.id, concept, action=Action.IMPORT)
        self.drain.run()
        return concept

    def _hire(self, name: str, organisation: Organisation | None, role: Role) -> Account:
        return self.people.add(
            NewAccount(
                id=name,
                email=f"{name}@example.org",
                name=name.capitalize(),
                organisation=organisation,
                roles=frozenset({role}),
            )
        )
