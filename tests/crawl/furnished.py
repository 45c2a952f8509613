"""What everybody may read, so that pages have something to show beside which a hidden record could show itself."""

from __future__ import annotations

from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.event import Event
from kb.domain.marking import Audience, Marking
from kb.domain.query import SearchRequest
from kb.domain.resource import Resource
from kb.domain.revision import Body
from tests.crawl.canaries import Canaries
from tests.crawl.changes import OWN
from tests.crawl.home import CrawledHome
from tests.crawl.people import AUTHOR, BRUSSELS

CASES = ("canaryseena", "canaryseenb", "canaryseenquiet", "canaryseenold")
FEEDS = "feed of {}"


def furnish(home: CrawledHome, canaries: Canaries | None = None) -> None:
    """Put records of every kind that any officer may read."""
    canaries = canaries or Canaries(1)
    home.restore([*_concepts(canaries), *_cases(canaries), *_others(canaries)], by=AUTHOR.key)


def follow_everything(home: CrawledHome, key: str) -> tuple[str, str]:
    """Let somebody follow everything, with a feed; gives the id of the saved search and the key of the feed."""
    account = home.account(key)
    home.clock.tick(days=-1)
    saved = home.kb.saved_searches.save(account, SearchRequest(text="retention"), "Followed")
    home.clock.tick(days=1)
    return saved.id, home.kb.feeds.make(account, saved.id)


def _concepts(canaries: Canaries) -> list[tuple[str, Body]]:
    def concept(scheme: Scheme, key: str) -> tuple[str, Body]:
        about = {"broader": None, "replaced_by": None, "related": (), "status": ConceptStatus.ADOPTED}
        made = canaries.sown(Concept, scheme=scheme, key=key, proposer=None, status_reason="", **about)
        return made.id, made

    return [
        concept(Scheme.TAG, "canaryshared"),
        concept(Scheme.DIFFICULTY, "canaryhard"),
        concept(Scheme.STAGE, "canarystage"),
    ]


def _cases(canaries: Canaries) -> list[tuple[str, Body]]:
    green, quiet = Audience(), Audience(marking=Marking.CLEAR, chatham_house=True)
    retired = {"status": CaseStatus.RETIRED, "status_reason": canaries.word()}
    given: tuple[dict[str, object], ...] = (
        {"audience": green},
        {"audience": green, "owner": BRUSSELS},
        {"audience": quiet},
        {"audience": green, **retired},
    )
    return [
        (name, canaries.sown(CaseStudy, **(OWN | {"tags": ("canaryshared",)} | each)))
        for name, each in zip(CASES, given, strict=True)
    ]


def _others(canaries: Canaries) -> list[tuple[str, Body]]:
    return [
        ("canaryseenevent", canaries.sown(Event, audience=Audience(), owner=BRUSSELS)),
        ("canaryseenresource", canaries.sown(Resource, audience=Audience(), owner=BRUSSELS)),
    ]
