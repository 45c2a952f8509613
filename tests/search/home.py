"""A real home that people search: files, databases and index as the composition root wires them, and what each reader may find.

What may be found is read from the files alone, in the form shown to the reader, with nothing of what follows the files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.search.engine import WhooshSearchEngine
from kb.bootstrap import Outside, Services, make_home, services
from kb.config import Settings
from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR, Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.marking import PUBLIC_VIEWER, Organisation, Viewer
from kb.domain.query import LARGEST_PAGE, SearchPage, SearchQuery, SearchRequest
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef
from kb.domain.unit import SearchUnit, units_of
from kb.services.accounts import Invitation
from kb.services.importing import ImportRequest, RowFate
from tests.fakes.chores import MemoryChores
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.fakes.randomness import FakeRandomness
from tests.ports.oracle import Oracle

OFFICERS = {
    "anna": ("Vienna", "AT", Role.PRESENTER),
    "gert": ("Graz", "AT", Role.INVESTIGATOR),
    "dora": ("Brussels", "BE", Role.PRESENTER),
    "carla": ("Brussels", "BE", Role.COORDINATOR),
    "nora": ("Lyon", "FR", Role.INVESTIGATOR),
}
"""Two organisations of one country, and one each of two others; Carla reviews what the others write."""
ALONE = {"nobody": Viewer(), "public": PUBLIC_VIEWER}
"""Who asks without an account."""
BUILT_IN = {"officer": OFFICER_WITHOUT_ORGANISATION, "operator": OPERATOR}
READERS = (*OFFICERS, *ALONE, *BUILT_IN)
TAGGED = {
    "retention": ("Retention", "logs deleted", "Vorratsdatenspeicherung"),
    "cgnat": ("CGNAT", "shared addresses", "логи"),
    "templates": ("Templates", "request form"),
}
"""Tags by key with their labels: words that the texts are made of, so that widening finds something."""


Cases = dict[str, tuple[int, CaseStudy]]
"""By id, each with its revision."""


def furnish(home: Path) -> Mapping[str, Account]:
    """Make a home with accounts and vocabulary, and without cases; gives the accounts by first name."""
    settings = Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})
    make_home(settings)
    kb = services(settings, _outside())
    for name, (organisation, country, role) in OFFICERS.items():
        invitation = Invitation(
            email=f"{name}@example.org",
            name=name.capitalize(),
            organisation=organisation,
            country=country,
            roles=frozenset({role}),
        )
        kb.accounts.invite(OPERATOR, invitation)
    restore(kb, [(concept.id, concept) for concept in map(_tag, TAGGED)])
    kb.indexing.update(OPERATOR)
    return {name: kb.accounts.find(OPERATOR, f"{name}@example.org") for name in OFFICERS}


def restore(kb: Services, records: list[tuple[str, Body]]) -> None:
    """Bring records in as an import of an export does."""
    kinds = {Concept: Kind.CONCEPT, CaseStudy: Kind.CASE_STUDY}
    rows = [
        (number, {"kind": kinds[type(body)].value, "id": identifier, "body": body.model_dump(mode="json")})
        for number, (identifier, body) in enumerate(records, 1)
    ]
    counts = kb.importing.run(OPERATOR, rows, ImportRequest(), lambda _: None)
    assert counts[RowFate.REJECTED] == 0


class SearchedHome:
    """A copy of a furnished home. `kb` is the process in which everything is done, `beside` one that only answers."""

    def __init__(self, furnished: Path, accounts: Mapping[str, Account], folder: Path) -> None:
        self._folder = folder
        self._accounts = accounts
        self.home = folder / "home"
        shutil.copytree(furnished, self.home)
        settings = Settings.read({"KB_HOME": str(self.home), "KB_URL": "http://localhost"})
        self.kb = services(settings, _outside())
        self.beside = WhooshSearchEngine(settings.search_index / "whoosh")
        self._store = FileEntryStore(settings.entries, FileOperations(), FakeRandomness())

    def account(self, name: str) -> Account:
        """Give somebody's account; nobody and the public have none."""
        return BUILT_IN.get(name) or self._accounts[name]

    def viewer(self, name: str) -> Viewer:
        """Give what decides what somebody sees."""
        return ALONE[name] if name in ALONE else self.account(name).viewer

    def officers_of(self, owner: Organisation | None) -> list[Account]:
        """Give the accounts of an organisation."""
        return [each for each in self._accounts.values() if owner and each.organisation == owner]

    def cases(self) -> Cases:
        """Give every case that has a text, with its revision, from the files."""
        return {ref.id: (number, body) for ref, number, body in self._bodies()}

    def visible(self, name: str, cases: Cases) -> list[SearchUnit]:
        """Give the units of these cases that exist for somebody, in the form shown to them."""
        viewer = self.viewer(name)
        return [
            unit
            for identifier, (number, case) in cases.items()
            if viewer.sees(case.readers)
            for unit in units_of(identifier, number, case.shown_to(viewer))
        ]

    def ask(self, name: str, request: SearchRequest) -> SearchPage:
        """Search as somebody does: through the services, or of the engine where there is no account to ask for."""
        if name in ALONE:
            return self.beside.search(SearchQuery(viewer=ALONE[name], **dict(request)))
        return self.kb.search.search(self.account(name), request)

    def assert_followed(self) -> None:
        """Nobody finds any more or any less than is theirs, as soon as a deed is done, here and in the process beside."""
        cases = self.cases()
        for name in READERS:
            wanted = sorted(unit.id for unit in self.visible(name, cases))
            page = self.ask(name, SearchRequest(size=LARGEST_PAGE))
            assert sorted(hit.id for hit in page.hits) == wanted, f"{name} finds other units than exist"

    def truths(self) -> dict[str, Truth]:
        """Give what answers each reader from today's files; nothing may be done while they are asked."""
        cases = self.cases()
        return {name: Truth(self._folder / name, self.visible(name, cases)) for name in READERS}

    def _bodies(self) -> Iterator[tuple[RecordRef, int, CaseStudy]]:
        for chain in self._store.chains(Kind.CASE_STUDY):
            if chain.last:
                body = self._store.current(chain.ref).body
                if isinstance(body, CaseStudy):
                    yield chain.ref, chain.last, body


@dataclass(frozen=True)
class Truth:
    """Somebody's units, and what answers from these alone."""

    folder: Path
    units: list[SearchUnit]

    @cached_property
    def oracle(self) -> Oracle:
        """Give Whoosh's own scorer over them."""
        return Oracle(self.folder / "oracle", self.units)

    @cached_property
    def alone(self) -> WhooshSearchEngine:
        """Give an engine in which nothing else ever was."""
        self.folder.mkdir(parents=True, exist_ok=True)
        engine = WhooshSearchEngine(self.folder / "alone")
        engine.rebuild(self.units, len(self.units))
        return engine


def _tag(key: str) -> Concept:
    preferred, *alternative = TAGGED[key]
    broader = "retention" if key == "cgnat" else None
    labels = (Labels(language="en", preferred=preferred, alternative=tuple(alternative)),)
    return Concept(scheme=Scheme.TAG, key=key, labels=labels, broader=broader)


def _outside() -> Outside:
    return Outside(
        clock=FakeClock(),
        randomness=_Chance(),
        hasher=PlainHasher(),
        pause=lambda _seconds: None,
        chores=lambda _home: MemoryChores(),
    )


class _Chance(FakeRandomness):
    """Chance that repeats itself, with tokens long enough for a key."""

    def token(self) -> str:
        return super().token().rjust(64, "-")
