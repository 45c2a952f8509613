"""A knowledge base of the real lessons, imported as a user would import them: what saving and starting are measured on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import MAPPING, path
from benchmarks.figures import stopwatch
from kb.bootstrap import Services, make_home, services
from kb.cli.tables import read_mapping_file, rows_of
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.services.import_checks import ImportChecks
from kb.services.importing import ImportRequest, RowFate

COORDINATOR = Account(
    id="coordinator", email="", name="Coordinator", roles=frozenset({Role.COORDINATOR, Role.INVESTIGATOR})
)


class Home(NamedTuple):
    """An imported home; `seconds` is what the import took, to the last lesson that can be found."""

    folder: Path
    services: Services
    imported: int
    seconds: float


@contextmanager
def imported() -> Iterator[Home]:
    """Import all lessons into a new home, published."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        make_home(settings)
        opened = services(settings)
        opened.indexing.update(OPERATOR)
        request = ImportRequest(mapping=read_mapping_file(MAPPING), publish=True, checks=ImportChecks.REPORT)
        with stopwatch() as seconds:
            counts = opened.importing.run(OPERATOR, rows_of(path(), "jsonl"), request, lambda _: None)
            taken = seconds()
        yield Home(Path(folder), opened, counts[RowFate.IMPORTED], taken)
