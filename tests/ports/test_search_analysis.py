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
        ("fr", "les autorités judiciaires", "autorite judiciaire"),
        ("fr", "une œuvre", "oeuvre"),
        ("fr", "une oeuvre", "œuvres"),
        ("fr", "pendant l'enquête", "enquête"),
        ("fr", "pendant l’enquête", "l'enquête"),
        ("fr", "qu'une perquisition", "perquisitions"),
        ("it", "l'esito dell'indagine", "indagini"),
        ("it", "nell’autorità", "dell'autorita"),
        ("es", "el niño", "nino"),
        ("es", "dos fiscalías", "fiscalia"),
        ("ru", "следственной группы", "следственная группа"),
        ("ru", "в районе", "район"),
        ("uk", "об'єкт", "об’єкт"),
        ("uk", "обʼєкт", "об'єкт"),
        ("uk", "Київ, їжак", "їжак"),
        ("pl", "Łódź", "lodz"),
        ("tr", "ışık", "IŞIK"),
        ("tr", "İstanbul", "istanbul"),
        ("el", "ΟΔΟΣ", "οδός"),
        ("ar", "أحمد", "احمد"),
        ("he", "בית המשפט", "המשפט"),
        ("ja", "児童ポルノの捜査を行った。", "児童ポルノ"),
        ("zh-Hans", "跨境电子证据的保存", "电子证据"),
        ("zh-Hant", "第29條", "29"),
        ("ko", "성착취물을 수사했다", "수사 성착취물"),
        ("th", "การสืบสวนข้ามพรมแดน", "พรมแดน"),
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


GERMAN = (
    ("Häuser", "Haeuser", "Hauser", "HÄUSER", "Häusern", "Haeusern"),
    ("Straße", "Strasse", "Straßen", "STRASSE"),
    ("München", "Muenchen", "Munchen"),
    ("Verschlüsselung", "Verschluesselung", "VERSCHLÜSSELUNGEN"),
    ("Behörde", "Behoerde", "Behorden"),
    ("Überwachung", "Ueberwachung", "Uberwachungen"),
    ("Aktenübergabe", "Aktenuebergabe"),
    ("Bäuerin", "Baeuerin"),
    ("Müller", "Mueller", "Muller"),
)


@pytest.mark.parametrize("ways", GERMAN)
def test_german_is_one_word_with_umlauts_with_two_letters_for_them_and_without(ways: tuple[str, ...]) -> None:
    assert len({analysis.terms("de", word)[0] for word in ways}) == 1


@pytest.mark.parametrize(("language", "other"), [("de", 1), ("de-CH", 1), ("en", 0), ("nl", 0)])
def test_two_letters_for_an_umlaut_are_read_so_in_german_texts_alone(
    tmp_path: Path, language: str, other: int
) -> None:
    assert found(tmp_path, "Häuser", "Haeuser", language).total == other


def test_umlauts_are_found_by_beginning_suggested_and_marked_in_the_way_that_was_typed(
    tmp_path: Path,
) -> None:
    for text in ("Die Häuser wurden durchsucht.", "Die Haeuser wurden durchsucht."):
        for query in ("Häus*", "Haeus*", "Haus*", "häuser", "haeuser", '"die haeuser"', '"Häuser wurden"'):
            (hit,) = found(tmp_path, text, query, "de").hits
            assert next(run for run, matches in hit.snippet.runs if matches) in {"Häuser", "Haeuser"}
    assert found(tmp_path, "Verschlüsselung", "Verschluesellung", "de").suggestion == "verschluesselung"
    assert found(tmp_path, "Verschluesselung", "Verschlüsellung", "de").suggestion == "verschlusselung"


@pytest.mark.parametrize(
    "text",
    [
        "Feuer neue Quelle aktuell aktuelle Steuer Poet Mauer Treue Israel zuerst",
        "virtuell individuell sexuell manuelle bequem Frequenz Bauer genaue erneuern dauern",
    ],
)
def test_what_only_looks_like_an_umlaut_stays_as_it_is(text: str) -> None:
    assert analysis.surface_words("de", text) == set(text.lower().split())


@pytest.mark.parametrize(
    ("one", "other"), [("Poet", "Pot"), ("aktuell", "aktull"), ("Bauer", "Bar"), ("Quell", "Qüll")]
)
def test_what_only_looks_like_an_umlaut_is_no_other_word(one: str, other: str) -> None:
    assert analysis.terms("de", one) != analysis.terms("de", other)


@pytest.mark.parametrize("word", ["für", "fuer", "über", "ueber", "würde", "wuerde", "können", "koennen"])
def test_small_words_are_passed_over_however_they_are_typed(word: str) -> None:
    assert analysis.terms("de", word) == []


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Sent by e-mail at night", ("e-mail", "E-Mail", '"e-mail"', "mail")),
        ("A cross-border request", ("cross-border", "cross border", "Cross-Border", '"cross border"')),
        ("The 24/7 network", ("24/7", '"24/7"', "24/7 network")),
        ("Sent over I-24/7", ("I-24/7", '"I-24/7"', "24/7")),
        ("Under Directive 2014/41/EU", ("2014/41/EU", '"2014/41/EU"', "2014/41", "directive 2014/41")),
        ("See Art. 29(2) of it", ("Art. 29(2)", '"Art. 29(2)"', "art 29", "29(2)")),
        ("The investigator's phone", ("investigator's", "investigator’s", "investigators")),
        ("Mr O'Brien answered", ("O'Brien", "O’Brien", '"O\'Brien"', "obrien OR o'brien")),
    ],
)
def test_glued_words_and_numbers_are_found_as_people_type_them(
    tmp_path: Path, text: str, queries: tuple[str, ...]
) -> None:
    for query in queries:
        assert [hit.id for hit in found(tmp_path, text, query).hits] == ["a"], query


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("児童ポルノの捜査", "児童ポルノ", ["児童ポルノ"]),
        ("電子証拠、証拠", "証拠", ["証拠", "証拠"]),
        ("수사를 시작", "수사", ["수사"]),
    ],
)
def test_words_written_without_blanks_are_marked_where_they_stand(
    tmp_path: Path, text: str, word: str, marked: list[str]
) -> None:
    (hit,) = found(tmp_path, text, word, "ja").hits
    assert [run for run, matches in hit.snippet.runs if matches] == marked


def test_neighbours_in_another_order_are_another_word(tmp_path: Path) -> None:
    assert found(tmp_path, "証拠電子", "電子証拠", "ja").total == 0
