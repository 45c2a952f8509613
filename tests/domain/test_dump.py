"""Files and exports write what was decided and leave out what is empty."""

from __future__ import annotations

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.dump import Plain, dump, strings_in
from kb.domain.lesson import Difficulty
from kb.domain.operation import Operation, OperationKind
from kb.domain.record import Source


def test_empty_fields_stay_out_and_decisions_stay_in() -> None:
    case = CaseStudy(title="Logs were gone", lessons=(Difficulty(key="d1", title="Retention"),))

    assert dump(case) == {
        "title": "Logs were gone",
        "language": "en",
        "audience": {"marking": "GREEN", "chatham_house": False},
        "origin": "reported",
        "lessons": [{"key": "d1", "title": "Retention", "kind": "difficulty"}],
        "status": "published",
    }


def test_fields_come_in_the_order_in_which_the_value_declares_them() -> None:
    assert list(dump(Source(url="https://example.org/", title="A paper"))) == ["title", "url"]


def test_a_required_field_stays_even_when_it_is_empty() -> None:
    plan = Operation(operation=OperationKind.PURGE, reason="", requested_by="a1")

    assert dump(plan) == {
        "operation": "purge",
        "status": "planned",
        "reason": "",
        "requested_by": "a1",
    }


def test_an_empty_item_of_a_list_stays_so_that_the_same_value_is_read_back() -> None:
    labels = Labels(language="en", preferred="Triage", alternative=("", "Sorting"))
    concept = Concept(scheme=Scheme.STAGE, key="triage", labels=(labels,), in_force=False)

    assert dump(concept)["labels"] == [
        {"language": "en", "preferred": "Triage", "alternative": ["", "Sorting"]}
    ]
    assert dump(concept)["in_force"] is False
    assert Concept.model_validate(dump(concept)) == concept


def test_the_texts_of_plain_data_are_its_strings_at_any_depth_and_no_name_of_a_field() -> None:
    plain: Plain = {
        "title": "a",
        "lessons": [{"text": "b", "elapsed_days": 3}, "c"],
        "flag": True,
        "none": None,
    }

    assert list(strings_in(plain)) == ["a", "b", "c"]
