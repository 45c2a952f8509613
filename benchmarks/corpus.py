"""The 1,622 real lessons that the measurements use; they are not part of the project, and a run without them says so."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb.domain.marking import OFFICER
from kb.domain.unit import Facet, SearchUnit, UnitKind
from kb.paths import CHECKOUT

VARIABLE = "KB_LESSONS_DATA"
DEFAULT = CHECKOUT.parent / "shared" / "data" / "nasa-llis.jsonl"
MAPPING = CHECKOUT / "docs" / "mappings" / "nasa-llis.toml"


class MissingCorpus(Exception):
    """The file is not there; the text says how to name it."""


class Lesson(NamedTuple):
    """One row of the extract."""

    id: str
    title: str
    body: str
    year: str
    categories: tuple[str, ...]

    @property
    def facets(self) -> frozenset[tuple[Facet, str]]:
        """Give what the lesson is counted by."""
        tags = {(Facet.TAG, re.sub(r"\W+", "-", each.lower()).strip("-")) for each in self.categories}
        return frozenset(tags | {(Facet.YEAR, self.year), (Facet.KIND, UnitKind.GOOD_PRACTICE.value)})

    def unit(self, *, titled: bool = True) -> SearchUnit:
        """Give the lesson as a search unit, with or without its title."""
        return SearchUnit(
            id=f"{self.id}/lesson",
            case=self.id,
            kind=UnitKind.GOOD_PRACTICE,
            title=self.title if titled else "",
            text=self.body,
            case_title=self.title,
            language="en",
            readers=frozenset({OFFICER}),
            owner=None,
            chatham_house=False,
            facets=self.facets,
            date=self.year,
            revision=1,
        )


def path() -> Path:
    """Give where the lessons lie; raises MissingCorpus."""
    found = Path(os.environ.get(VARIABLE, "") or DEFAULT)
    if not found.is_file():
        raise MissingCorpus(f"No lessons at {found}. Set {VARIABLE} to the file nasa-llis.jsonl.")
    return found


def lessons() -> Sequence[Lesson]:
    """Read the lessons; raises MissingCorpus."""
    rows = [json.loads(line) for line in path().read_text(encoding="utf-8").splitlines()]
    return [
        Lesson(
            row["id"],
            row["title"],
            "\n\n".join(row[part] for part in ("abstract", "lesson") if row.get(part)),
            str(row.get("year") or ""),
            tuple(row.get("categories") or ()),
        )
        for row in rows
    ]
