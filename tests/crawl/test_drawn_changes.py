"""Whatever is done in one of two copies of a home: whoever sees nothing of it is answered byte for byte alike in both.

Who sees nothing of it is said by the oracle. Before they look, they write something of their own, in both copies.
`KB_DEEP=1` tries other and many more examples every time.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given
from jinja2 import FileSystemBytecodeCache

from kb.domain.case_study import CaseStudy
from kb.domain.query import SearchRequest
from tests.crawl.canaries import Canaries
from tests.crawl.deeds import HIDDEN, SECRET_DEEDS, Wanted
from tests.crawl.deep import DEEP
from tests.crawl.drawn import drawn_home, examples, known_in
from tests.crawl.furnished import follow_everything
from tests.crawl.home import CrawledHome
from tests.crawl.oracle import seen
from tests.crawl.people import Person, casts
from tests.crawl.told import Told
from tests.crawl.visits import Round, differences


@pytest.mark.slow
@pytest.mark.timeout(0 if DEEP else 900)
@examples(few=1, many=200)
@given(cast=casts(), told=HIDDEN, deeds=SECRET_DEEDS)
def test_who_sees_nothing_of_a_change_gets_the_same_bytes_from_both_copies(
    empty: CrawledHome,
    compiled_templates: FileSystemBytecodeCache,
    cast: tuple[Person, ...],
    told: tuple[Told, ...],
    deeds: tuple[Wanted, ...],
) -> None:
    with TemporaryDirectory() as folder:
        canaries = Canaries("drawn")
        one = drawn_home(Path(folder) / "one", empty, cast, told, canaries)
        followed = [follow_everything(one, each.key) for each in cast if each.is_officer]
        two = CrawledHome(Path(folder) / "two", cast, like=one)
        two.chance.begin("in one copy alone")
        done = [deed.do(two, canaries) for deed in deeds]
        event(f"{sum(done)} deeds done")
        before, after = one.chains(), two.chains()
        strangers = [each for each in cast if each.active and seen(each, before) == seen(each, after)]
        event(f"{len(strangers)} see nothing of it")
        known = known_in({**after, **before}, one.people, followed)
        answers = [{person.key: _asked(home, person) for person in strangers} for home in (one, two)]
        for person in strangers:
            rounds = [
                Round(
                    home, home.app(compiled_templates), person.key, home.tokens[person.key]
                ).read_everything(known)
                for home in (one, two)
            ]
            assert not [*differences(*rounds)], person.key
        assert answers[0] == answers[1]


def _asked(home: CrawledHome, person: Person) -> object:
    """Let somebody write something of their own; gives what they are told of it."""
    if not person.is_officer:
        return None
    home.chance.begin(person.key)
    account = home.account(person.key)
    home.kb.saved_searches.save(account, SearchRequest(text=person.name))
    return home.kb.submissions.create(account, CaseStudy(title="Something of one's own"))
