"""What an act is done with: by whom, in which home, to which record."""

from __future__ import annotations

from typing import NamedTuple

from kb.bootstrap import Services
from kb.domain.account import Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import NotFound
from kb.domain.marking import Audience
from kb.domain.record import Kind
from tests.crawl.canaries import Canaries
from tests.crawl.home import CrawledHome
from tests.crawl.told import Told, one_of


class Doing(NamedTuple):
    """What an act is done with."""

    home: CrawledHome
    canaries: Canaries
    actor: Account
    which: int
    told: Told

    @property
    def kb(self) -> Services:
        """Give what the home offers."""
        return self.home.kb

    def word(self) -> str:
        """Give a word that stands nowhere else."""
        return self.canaries.word()

    def pick(self, kind: Kind) -> str:
        """Give the id of one of the records of a kind; raises NotFound where there is none."""
        names = [ref.id for ref in self.home.refs(kind)]
        if not names:
            raise NotFound
        return one_of(names, self.which)

    def submission(self) -> tuple[str, int]:
        """Give a submission and the revision that the actor's page shows; raises NotFound where there is none for them."""
        name = self.pick(Kind.SUBMISSION)
        return name, self.kb.submissions.get(self.actor, name).revision

    @property
    def audience(self) -> Audience:
        coordinators = [each.id for each in self.home.people.values() if each.key == "carla"]
        return self.told.audience(self.actor.id, *coordinators)

    def case(self) -> CaseStudy:
        return self.canaries.sown(CaseStudy, audience=self.audience, status=CaseStatus.PUBLISHED)
