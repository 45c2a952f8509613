"""What the rules refuse is passed over, so a deed that they always refuse would try nothing."""

from __future__ import annotations

from pathlib import Path

from kb.domain.marking import Marking
from kb.domain.record import Kind
from tests.crawl.canaries import Canaries
from tests.crawl.deeds import ACTS, Wanted
from tests.crawl.drawn import drawn_home
from tests.crawl.home import CrawledHome
from tests.crawl.people import STAFF, VIENNA
from tests.crawl.told import Told

EACH = (
    (Kind.CASE_STUDY, 0),
    (Kind.CASE_STUDY, 1),
    (Kind.CASE_STUDY, 4),
    (Kind.SUBMISSION, 0),
    (Kind.SUBMISSION, 1),
    (Kind.SUBMISSION, 2),
    (Kind.CONCEPT, 1),
    (Kind.RESOURCE, 0),
)
"""Current cases, a draft, a submission that waits, one in review, an adopted tag, and a resource."""


def test_every_deed_can_be_done(empty: CrawledHome, tmp_path: Path) -> None:
    canaries = Canaries("deeds")
    told = [Told(kind, Marking.GREEN, quiet=False, owner=VIENNA, variant=which) for kind, which in EACH]
    home = drawn_home(tmp_path / "home", empty, STAFF, told, canaries)
    undone = set(ACTS)
    for marking in (Marking.AMBER_STRICT, Marking.RED):  # one may only be possible after others
        wish = told[0]._replace(marking=marking)
        for act in ACTS:
            if act in undone and any(Wanted(act, which, wish).do(home, canaries) for which in range(6)):
                undone.remove(act)
    assert not undone, "nobody can ever do these"
