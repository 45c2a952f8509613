"""What operators do with reference records: they come back under what they are about, and a check names those that do not."""

from __future__ import annotations

import pytest

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Answer, Jurisdiction
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.revision import Body
from kb.services.importing import RowFate
from tests.fakes.world import World
from tests.samples import put
from tests.services.import_desk import Table
from tests.services.test_checking import findings

LAW = {"format": 1, "kind": "jurisdiction", "body": {"country": "AT", "title": "Austria"}}
CHANNEL = {"format": 1, "kind": "instrument", "body": {"title": "Preservation"}}


def test_a_country_is_kept_under_no_other_id_than_its_code() -> None:
    table = Table()

    assert table.run({**LAW, "id": "de"}, mapping=None)[RowFate.REJECTED] == 1
    assert "must be at" in table.reason
    assert table.run(LAW, mapping=None)[RowFate.IMPORTED] == 1
    assert table.run({**LAW, "id": "at"}, mapping=None)[RowFate.PRESENT] == 1
    assert table.bodies(Kind.JURISDICTION) == [Jurisdiction(country="AT", title="Austria")]


def test_an_instrument_comes_back_where_its_line_names_the_channel() -> None:
    table = Table()

    assert table.run(CHANNEL, mapping=None)[RowFate.REJECTED] == 1
    assert "key of its channel" in table.reason
    assert table.run({**CHANNEL, "id": "budapest-29"}, mapping=None)[RowFate.IMPORTED] == 1
    assert table.bodies(Kind.INSTRUMENT) == [Instrument(title="Preservation")]


@pytest.mark.parametrize(
    ("identifier", "body", "sentence"),
    [
        ("missing", Instrument(), "no channel 'missing'"),
        ("budapest-29", Instrument(difficulties=("missing",)), "difficulty 'missing'"),
        ("cets", Resource(provider_type="missing"), "partner 'missing'"),
        ("at", Jurisdiction(country="AT", answers=(Answer(question="missing"),)), "legislation 'missing'"),
        ("de", Jurisdiction(country="AT"), "stands under 'de'"),
    ],
)
def test_a_check_names_what_a_record_is_about_and_is_not_here(
    identifier: str, body: Body, sentence: str
) -> None:
    world = _with_channel()
    put(world.store, identifier, body)

    ((_, found),) = findings(world)

    assert sentence in found


def test_sound_reference_records_have_no_findings() -> None:
    world = _with_channel()
    put(world.store, "budapest-29", Instrument())
    put(world.store, "at", Jurisdiction(country="AT"))

    assert findings(world) == []


def _with_channel() -> World:
    world = World()
    labels = (Labels(language="en", preferred="Preservation"),)
    put(world.store, "channel.budapest-29", Concept(scheme=Scheme.CHANNEL, key="budapest-29", labels=labels))
    return world
