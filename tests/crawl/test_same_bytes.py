"""What somebody may not see leaves every answer to them byte for byte the same, whatever is done to it.

The only exception is the audit log as it is shown to who keeps accounts and is no officer: its lines name every record by its
id, which is its purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Role
from kb.domain.revision import KIND_OF, Body
from tests.crawl.canaries import Canaries
from tests.crawl.changes import CHANGES, hidden
from tests.crawl.deep import DEEP
from tests.crawl.furnished import follow_everything, furnish
from tests.crawl.home import CrawledHome, Records
from tests.crawl.known import Known, known_of
from tests.crawl.people import AUTHOR, BOTH, KEEPER, LONER, PARIS, STAFF, STRANGER, Person
from tests.crawl.visits import Round, differences
from tests.crawl.withheld import HERE, THERE, records_from

ELSEWHERE = Person("cora", PARIS, frozenset({Role.COORDINATOR}))
FORMS = frozenset({"added", "purged"})
"""After these everybody looks, and forms are sent and headers asked for too."""
PAGES = frozenset({"reviewed", "widened", "followed"})
"""After these one person reads; what was done in between is noticed with them."""
OFTEN = ELSEWHERE
"""A coordinator is shown more pages than anybody else to whom the records do not exist."""
LOOKING = (OFTEN, *((BOTH, STRANGER, LONER, KEEPER) if DEEP else ()))
"""An officer who administers, plain officers, who has no organisation, and who keeps accounts alone are shown less than these; they look with `KB_DEEP=1`."""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("person", LOOKING, ids=lambda person: person.key)
def test_nothing_that_is_done_to_hidden_records_changes_a_byte(
    person: Person, tmp_path: Path, compiled_templates: FileSystemBytecodeCache
) -> None:
    home = CrawledHome(tmp_path / "home", (*STAFF, ELSEWHERE))
    furnish(home)
    records = hidden(Canaries("hidden"), waiting=person != ELSEWHERE)
    known, unseen = _known(home, person, records), known_of(_coming(records))
    visit = Round(home, home.app(compiled_templates), person.key, home.tokens[person.key])
    visit.read(known)
    before = visit.read_everything(known) | visit.try_everything(unseen)
    changes = {"added": lambda *_: home.restore(records, by=AUTHOR.key), **CHANGES}
    for name, change in changes.items():
        home.chance.begin(name)
        change(home, Canaries(name))
        if name not in (FORMS | PAGES if person == OFTEN else FORMS):
            continue
        after = visit.read_everything(known) | (visit.try_everything(unseen) if name in FORMS else {})
        different = [*differences({asked: before[asked] for asked in after}, after)]
        assert not different, f"once it was {name}, {person.key} was answered otherwise: {different}"
    assert len(before) > len(known.cases) * len(known.lessons)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "person", [STRANGER, ELSEWHERE, *([LONER] if DEEP else [])], ids=lambda person: person.key
)
def test_where_a_record_under_chatham_house_comes_from_changes_no_byte(
    person: Person, tmp_path: Path, compiled_templates: FileSystemBytecodeCache
) -> None:
    answers = []
    for name, source in {"here": HERE, "there": THERE}.items():
        home = CrawledHome(tmp_path / name, (*STAFF, ELSEWHERE))
        furnish(home)
        records = [*records_from(source)]
        home.restore(records, by=source.who.key)
        known = _known(home, person, records)
        visit = Round(home, home.app(compiled_templates), person.key, home.tokens[person.key])
        answers.append(visit.read_everything(known))
    different = [*differences(*answers)]
    assert not different, f"{person.key} is told where it comes from: {different}"


def _known(home: CrawledHome, person: Person, records: Records) -> Known:
    seen = {
        name: (chain[-1].number, body) for name, chain in home.chains().items() if (body := chain[-1].body)
    }
    saved, feed = follow_everything(home, person.key) if person.is_officer else ("", "")
    return known_of(
        {**seen, **_coming(records)},
        saved=[saved],
        feeds=[feed],
        accounts=[each.id for each in STAFF],
        words=("retention", "logs"),
    )


def _coming(records: Records) -> Mapping[str, tuple[int, Body]]:
    return {f"{KIND_OF[type(body)].value}/{name}": (2, body) for name, body in records}
