"""Whatever records there are and whatever was done to them: nobody is told a word that the rules keep from them.

Every example is a home of its own with people of its own. Everything is asked of it as each of them, and as a visitor.
`KB_DEEP=1` tries other and many more examples every time.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jinja2 import FileSystemBytecodeCache

from kb.domain.revision import Body
from tests.crawl.addresses import Known, known_of
from tests.crawl.canaries import Canaries
from tests.crawl.deeds import DEEDS, RECORDS, Told, Wanted
from tests.crawl.furnished import follow_everything
from tests.crawl.home import CrawledHome
from tests.crawl.oracle import Chain
from tests.crawl.people import Person, casts
from tests.crawl.telling import Telling
from tests.crawl.visits import Answers, Round

DEEP = bool(os.environ.get("KB_DEEP"))
EXAMPLES = 200 if DEEP else 3


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> CrawledHome:
    return CrawledHome(tmp_path_factory.mktemp("empty") / "home", ())


@pytest.mark.timeout(0 if DEEP else 600)
@settings(
    max_examples=EXAMPLES,
    derandomize=not DEEP,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if DEEP else [])],
    print_blob=True,
)
@given(cast=casts(), told=RECORDS, deeds=DEEDS)
def test_nobody_is_told_a_word_that_is_not_for_them_and_everybody_what_is(
    empty: CrawledHome,
    compiled_templates: FileSystemBytecodeCache,
    cast: tuple[Person, ...],
    told: tuple[Told, ...],
    deeds: tuple[Wanted, ...],
) -> None:
    with TemporaryDirectory() as folder:
        home = CrawledHome(Path(folder) / "home", cast, like=empty)
        canaries = Canaries("drawn")
        for each in told:
            body = each.body(canaries, cast)
            name = body.id if hasattr(body, "id") else canaries.word()
            home.restore([(name, body)], by=next(person.key for person in cast if person.is_officer))
        for deed in deeds:
            deed.do(home, canaries)
        telling = Telling(home.chains(), home.people)
        known = _known(home)
        app = home.app(compiled_templates)
        for person in home.people.values():
            answers = _told_to(person, Round(home, app, person.key, home.tokens[person.key]), known)
            assert not telling.leaks(person, answers)
            assert not telling.silences(person, answers)


def _told_to(person: Person, visit: Round, known: Known) -> Answers:
    answers = visit.read(known, log=True)
    return answers | visit.read_by_commands(known) if person.active else answers


def _known(home: CrawledHome) -> Known:
    chains = home.chains()
    bodies = {
        name: (chain[-1].number, body)
        for name, chain in chains.items()
        for body in [_last_text(chain)]
        if body
    }
    followed = [follow_everything(home, each.key) for each in home.people.values() if each.is_officer]
    return known_of(
        bodies,
        saved=[saved for saved, _ in followed],
        feeds=[feed for _, feed in followed],
        accounts=[each.id for each in home.people.values()],
        words=("retention",),
    )


def _last_text(chain: Chain) -> Body | None:
    return next((revision.body for revision in reversed(chain) if revision.body), None)
