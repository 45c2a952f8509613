"""Whatever records there are and whatever was done to them: nobody is told a word that the rules keep from them.

Every example is a home of its own with people of its own. Everything is asked of it as each of them.
`KB_DEEP=1` tries other and many more examples every time.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from jinja2 import FileSystemBytecodeCache

from tests.crawl.canaries import Canaries
from tests.crawl.deeds import DEEDS, RECORDS, Wanted
from tests.crawl.deep import DEEP
from tests.crawl.drawn import drawn_home, examples, known_in
from tests.crawl.furnished import follow_everything
from tests.crawl.home import CrawledHome
from tests.crawl.people import Person, casts
from tests.crawl.telling import Telling
from tests.crawl.told import Told
from tests.crawl.visits import Round


@pytest.mark.slow
@pytest.mark.timeout(0 if DEEP else 900)
@examples(few=1, many=200)
@given(cast=casts(), told=RECORDS, deeds=DEEDS)
def test_nobody_is_told_a_word_that_is_not_for_them_and_everybody_what_is(
    empty: CrawledHome,
    compiled_templates: FileSystemBytecodeCache,
    cast: tuple[Person, ...],
    told: tuple[Told, ...],
    deeds: tuple[Wanted, ...],
) -> None:
    with TemporaryDirectory() as folder:
        canaries = Canaries("drawn")
        home = drawn_home(Path(folder) / "home", empty, cast, told, canaries)
        for deed in deeds:
            deed.do(home, canaries)
        followed = [follow_everything(home, each.key) for each in cast if each.is_officer]
        telling, known = Telling(home.chains(), home.people), known_in(home.chains(), home.people, followed)
        app = home.app(compiled_templates)
        for person in cast:
            visit = Round(home, app, person.key, home.tokens[person.key])
            pages = visit.read(known, log=True)
            answers = pages | (visit.read_by_commands(known) if person.active else {})
            assert not telling.leaks(person, answers)
            assert not telling.missing(person, pages)
            assert not telling.silences(person, answers)
