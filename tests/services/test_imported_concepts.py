"""A concept is found by its scheme and key, so an import keeps it under no other id."""

from __future__ import annotations

from kb.domain.record import Kind
from kb.services.importing import RowFate
from tests.services.import_desk import Table

LINE = {
    "format": 1,
    "kind": "concept",
    "body": {"scheme": "tag", "key": "logs", "labels": [{"language": "en", "preferred": "Logs"}]},
}


def test_a_concept_under_an_id_that_its_scheme_and_key_do_not_give_is_refused() -> None:
    table = Table()
    assert table.run({**LINE, "id": "other"}, mapping=None)[RowFate.REJECTED] == 1
    assert "tag.logs" in table.reason
    assert table.bodies(Kind.CONCEPT) == []


def test_a_concept_without_an_id_gets_the_one_that_its_scheme_and_key_give() -> None:
    table = Table()
    assert table.run(LINE, mapping=None)[RowFate.IMPORTED] == 1
    assert [each.ref.id for each in table.world.store.chains(Kind.CONCEPT)] == ["tag.logs"]
    assert table.run({**LINE, "id": "tag.logs"}, mapping=None)[RowFate.PRESENT] == 1
