"""Search units that tests say one thing about."""

from __future__ import annotations

from kb.domain.entry import Entry
from kb.domain.marking import OFFICER, Marking
from kb.domain.ports import Change
from kb.domain.record import Kind
from kb.domain.record_units import record_of
from kb.domain.unit import Facet, SearchUnit, UnitKind
from tests.fakes.clock import NOON


def a_unit(id: str = "seven", **fields: object) -> SearchUnit:
    """Give a unit that any officer may see, changed by `fields`; its kind is among its facets."""
    case = id.partition("/")[0]
    alone = UnitKind.CASE_STUDY if record_of(case).kind is Kind.CASE_STUDY else UnitKind(record_of(case).kind)
    sound: dict[str, object] = {
        "id": id,
        "case": case,
        "kind": UnitKind.DIFFICULTY if "/" in id else alone,
        "title": "",
        "text": "",
        "case_title": f"Case {case}",
        "language": "en",
        "readers": frozenset({OFFICER}),
        "owner": None,
        "chatham_house": False,
        "facets": frozenset(),
        "date": "",
        "revision": 1,
    }
    unit = SearchUnit.model_validate(sound | fields)
    return unit.model_copy(update={"facets": unit.facets | {(Facet.KIND, unit.kind.value)}})


def a_change(group: str, *units: SearchUnit) -> Change:
    """Tell that a record now has exactly these units; of none, that it is no more."""
    ref = record_of(group)
    if not units:
        return Change(ref=ref, entry=None)
    entry = Entry(
        kind=ref.kind,
        id=ref.id,
        revision=units[0].revision,
        digest="0" * 64,
        title=units[0].case_title,
        status="published",
        language="en",
        marking=Marking.GREEN,
        readers=units[0].readers,
        created_at=NOON,
        saved_at=NOON,
        units=units,
    )
    return Change(ref=ref, entry=entry)
