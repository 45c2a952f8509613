"""Words as they are found: in all inflections, without case and accents, each language with its own stemmer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.search import analysis
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import SearchPage, SearchQuery
from tests.ports.search_engines import whoosh_engine
from tests.units import a_unit


def found(tmp_path: Path, text: str, query: str, language: str = "en", title: str = "") -> SearchPage:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit("a", title=title, text=text, language=language), a_unit("b", text="nothing")], 2)
    return engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text=query))


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("en", "requests were rejected", "reject request"),
        ("en-GB", "The Investigators", "investigator"),
        ("de", "die Prüfungen", "prufung"),
        ("de-AT", "Straße", "strasse"),
        ("fr", "des enquêtes", "enquete"),
        ("fr", "les preuves décryptées", "decrypte"),
        ("es", "investigación", "investigaciones"),
        ("es", "investigaciones", "investigacion"),
        ("it", "richieste", "richiesta"),
        ("ru", "провайдеров", "провайдер"),
        ("ru", "ещё ёлка", "елка"),
        ("uk", "запит", "запит"),
        ("pl", "żądanie", "zadanie"),
        ("sr-Latn", "Čuvanje", "cuvanje"),
        ("ar", "طلب الحفظ", "الحفظ"),
        ("en", "CGNAT", "cgnat"),
    ],
)
def test_a_word_is_found_in_its_language_whatever_its_form(
    tmp_path: Path, language: str, text: str, query: str
) -> None:
    assert [hit.id for hit in found(tmp_path, text, query, language).hits] == ["a"]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ('"connection logs"', 1),
        ('"logs connection"', 0),
        ('"connection logs of the provider"', 1),
        ('"logs"', 1),
        ("-logs", 1),
        ("connection -logs", 0),
        ("(cgnat OR logs) provider", 1),
        ("(cgnat OR mail) provider", 0),
        ("provid*", 1),
        ("kept provid* -seven", 1),
        ("title:retention", 1),
        ("title:logs", 0),
        ('title:"data retention"', 1),
        ("kind:CASE-STUDY logs", 1),
        ("kind:solution logs", 0),
        ("tag:unknown logs", 0),
        ("country:not-stated logs", 1),
        ("the", 0),
    ],
)
def test_each_operator_does_what_the_sentence_says(tmp_path: Path, query: str, hits: int) -> None:
    text = "The provider kept its connection logs of the provider for a week."
    assert found(tmp_path, text, query, title="Data retention").total == hits


def test_letters_swapped_are_the_nearest_spelling(tmp_path: Path) -> None:
    assert found(tmp_path, "valve value value", "vavle").suggestion == "valve"


def test_only_the_misspelt_word_is_replaced(tmp_path: Path) -> None:
    page = found(tmp_path, "connection logs", '"connection logs" OR provder OR Conection')
    assert page.suggestion == '"connection logs" OR provder OR connection'


@pytest.mark.parametrize("query", ["xyz", "1999", "kryptonite", "-conection logs"])
def test_what_is_near_to_nothing_gets_no_suggestion(tmp_path: Path, query: str) -> None:
    assert found(tmp_path, "connection logs", query).suggestion == ""


def test_a_suggestion_that_would_find_nothing_is_not_made(tmp_path: Path) -> None:
    assert found(tmp_path, "connection logs", "conection tag:none").suggestion == ""


def test_a_family_is_known_by_the_primary_language() -> None:
    assert [analysis.family_of(tag) for tag in ("de-AT", "en", "sr-Latn", "uk")] == [
        "de",
        "en",
        "other",
        "other",
    ]


def test_words_are_cut_to_a_length_that_an_index_can_bear() -> None:
    assert analysis.terms("other", "x" * 1_000) == ["x" * 40]
