"""An installation with its importer, and rows to import."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.entry import Listing
from kb.domain.mapping import Row, TableMapping, read_mapping
from kb.domain.marking import OPERATOR_VIEWER
from kb.domain.record import Kind
from kb.services.importing import Importing, ImportRequest, RowFate, RowReport
from kb.services.known_names import KnownNames
from kb.services.text_checks import TextChecks
from kb.services.vocabulary import Vocabularies
from tests.fakes.world import World
from tests.samples import VIENNA

ANNA = Account(
    id="anna", email="a@unit.example", name="Anna", organisation=VIENNA, roles=frozenset({Role.PRESENTER})
)
MAPPING = read_mapping(
    {
        "source_key": "id",
        "source_prefix": "t:",
        "create_tags": True,
        "case": {"title": "title", "summary": "title", "tags": {"column": "tags", "split": ";"}},
        "lessons": [
            {
                "kind": "difficulty",
                "key": "d1",
                "title": "title",
                "text": "text",
                "fields": {"categories": {"column": "topic", "split": ";"}, "stage": "stage"},
            }
        ],
    }
)


class Table:
    """An installation with its importer, and what the importer said of each row."""

    def __init__(self) -> None:
        self.world = World()
        self.importing = importer(self.world)
        self.reports: list[RowReport] = []

    def run(
        self, *rows: Row | str, mapping: TableMapping | None = MAPPING, **how: object
    ) -> Mapping[RowFate, int]:
        request = ImportRequest.model_validate({"mapping": mapping, "publish": True, **how})
        self.reports.clear()
        return self.importing.run(OPERATOR, enumerate(rows, 1), request, self.reports.append)

    def bodies(self, kind: Kind) -> list[object]:
        listing = Listing(viewer=OPERATOR_VIEWER, kinds=frozenset({kind}))
        return [self.world.store.current(entry.ref).body for entry in self.world.catalogue.list(listing)]

    @property
    def reason(self) -> str:
        return self.reports[-1].reason


def importer(world: World) -> Importing:
    return Importing(
        store=world.store,
        catalogue=world.catalogue,
        vocabularies=Vocabularies(world.store, world.catalogue),
        audit=world.audit,
        drain=world.drain,
        clock=world.clock,
        randomness=world.randomness,
        from_html=lambda html: re.sub("<[^>]+>", "", html),
        text_checks=TextChecks(KnownNames(Vocabularies(world.store, world.catalogue), world.catalogue)),
    )


def a_row(number: int = 1, **cells: str) -> Row:
    row = {
        "id": str(number),
        "title": f"Case {number}",
        "text": "It was gone.",
        "tags": "",
        "topic": "",
        "stage": "",
    }
    return {**row, **cells}
