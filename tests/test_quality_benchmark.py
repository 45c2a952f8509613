"""The benchmark of search quality: its measures, the judged questions, and the way that a collection of files takes."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.measures import averages, ndcg, recall, reciprocal_rank, success
from benchmarks.sets import JUDGED, collection, judged, seed_documents
from benchmarks.trec import BadCollection, Document, read_documents, read_qrels, read_queries

GRADES = {"best": 3, "good": 1, "bad": 0}
DOCUMENTS = (
    Document("DOC:1", "Keeping records", "A provider deletes connection records after two weeks."),
    Document("FR-2", "", "La préservation des données part le jour même."),
    Document("LA010189-0001", "Sealed evidence", "Each seal is signed for by whoever opens it."),
)


@pytest.fixture(scope="module")
def units() -> frozenset[str]:
    """Opened once: the seed is indexed for it."""
    return frozenset(document.id for document in seed_documents())


def test_ndcg_divides_each_grade_by_the_logarithm_of_its_rank_and_compares_with_the_best_order() -> None:
    # (1/log2(2) + 0/log2(3) + 3/log2(4)) / (3/log2(2) + 1/log2(3)) = 2.5 / 3.63093
    assert ndcg(["good", "unjudged", "best"], GRADES, 10) == pytest.approx(0.688529, abs=1e-6)
    assert ndcg(["best", "good", "bad"], GRADES, 10) == 1.0
    assert ndcg(["unjudged", "best"], GRADES, 1) == 0.0


def test_the_best_order_of_ndcg_is_cut_at_the_same_depth() -> None:
    assert ndcg(["best"], GRADES, 1) == 1.0


def test_recall_is_the_share_of_relevant_documents_among_the_first() -> None:
    assert recall(["bad", "best", "good"], GRADES, 2) == 0.5
    assert recall(["bad", "best", "good"], GRADES, 3) == 1.0
    assert recall([], GRADES, 100) == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_document_within_the_depth() -> None:
    assert reciprocal_rank(["bad", "unjudged", "good", "best"], GRADES, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(["bad", "unjudged", "good"], GRADES, 2) == 0.0


def test_success_asks_whether_any_of_the_first_is_relevant() -> None:
    assert success(["good"], GRADES, 1) == 1.0
    assert success(["bad", "best"], GRADES, 1) == 0.0


@pytest.mark.skipif(
    importlib.util.find_spec("ir_measures") is None,
    reason="ir-measures is not installed: `make bench` does it",
)
def test_ir_measures_agrees() -> None:
    from benchmarks import ir

    draw = random.Random(1)
    documents = [f"d{number}" for number in range(150)]
    qrels = {
        f"q{number}": {each: draw.randrange(4) for each in draw.sample(documents, 12)} | {"d0": 1}
        for number in range(40)
    }
    run = {query: draw.sample(documents, draw.choice([1, 9, 100])) for query in list(qrels)[1:]}
    assert ir.averages(run, qrels) == pytest.approx(averages(run, qrels), abs=1e-9)


def test_a_query_without_an_answer_counts_as_nothing_found() -> None:
    values = averages({"q1": ["a"]}, {"q1": {"a": 1}, "q2": {"b": 2}})
    assert values == {"nDCG@10": 0.5, "recall@100": 0.5, "MRR@10": 0.5, "success@1": 0.5}


def test_there_are_sixty_judged_questions_in_six_languages_each_with_a_relevant_unit() -> None:
    asked = judged()
    assert len(asked.queries) == 60
    assert {query[:2] for query in asked.queries} == {"de", "en", "es", "fr", "it", "ru"}
    assert len(set(asked.queries.values())) == 60
    assert set(asked.qrels) == set(asked.queries)


def test_each_judgement_is_of_a_seed_unit_that_any_officer_may_see_graded_one_to_three_once(
    units: frozenset[str],
) -> None:
    lines = (JUDGED / "qrels.txt").read_text(encoding="utf-8").splitlines()
    pairs = [tuple(line.split()) for line in lines]
    assert {unit for _, _, unit, _ in pairs} <= units
    assert {zero for _, zero, _, _ in pairs} == {"0"}
    assert {grade for _, _, _, grade in pairs} == {"1", "2", "3"}
    assert len({(query, unit) for query, _, unit, _ in pairs}) == len(pairs)


def test_narrower_cases_are_neither_searched_nor_given_to_the_other_engines(
    units: frozenset[str],
) -> None:
    cases = {unit.partition("/")[0] for unit in units}
    assert cases.isdisjoint({"payments-point-the-way", "the-wrong-household", "two-teams-one-forum"})


def test_every_engine_finds_the_documents_of_a_collection_under_their_own_ids() -> None:
    queries = {"a": "deletes connection records?", "b": "préservation données", "c": "who signed seal"}
    qrels = {"a": {"DOC:1": 1}, "b": {"FR-2": 1}, "c": {"LA010189-0001": 2}}
    found = quality.measured(collection("small", DOCUMENTS, queries, qrels, "en"))
    firsts = {engine: [ranking[0] for ranking in run.values()] for engine, run in found.runs.items()}
    assert len(firsts) == 3
    assert set(map(tuple, firsts.values())) == {("DOC:1", "FR-2", "LA010189-0001")}


def test_a_query_of_no_words_finds_nothing_in_the_other_engines() -> None:
    found = quality.measured(collection("empty", DOCUMENTS, {"a": "?!"}, {"a": {"DOC:1": 1}}, "en"))
    assert [list(run["a"]) for engine, run in found.runs.items() if engine != quality.OURS] == [[], []]


def test_a_collection_in_files_gives_figures_as_json_and_keeps_what_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs, queries, qrels = tmp_path / "docs.jsonl", tmp_path / "queries.tsv", tmp_path / "qrels.txt"
    docs.write_text("".join(json.dumps(each._asdict()) + "\n" for each in DOCUMENTS), encoding="utf-8")
    queries.write_text("1\tsealed evidence\n2\tnot judged\n", encoding="utf-8")
    qrels.write_text("1 0 LA010189-0001 1\n2 0 FR-2 0\n", encoding="utf-8")
    files = ["--docs", str(docs), "--queries", str(queries), "--qrels", str(qrels)]
    assert quality.main([*files, "--json", "--runs", str(tmp_path / "runs")]) == 0
    figures = json.loads(capsys.readouterr().out)["docs"]
    assert figures["documents"] == 3
    assert figures["queries"] == 1
    assert figures["engines"][quality.OURS]["success@1"] == 1.0
    kept = (tmp_path / "runs" / "docs.casebook.run").read_text(encoding="utf-8")
    assert kept.splitlines()[0] == "1 Q0 LA010189-0001 1 100 casebook"


@pytest.mark.parametrize(
    ("read", "text", "place"),
    [
        (read_documents, '{"id": "1", "text": "x"}\n[]\n', "line 2"),
        (read_documents, '{"id": "1", "text": "x"}\n{"id": 1, "text": "y"}\n', "twice"),
        (read_queries, "1 no tab\n", "line 1"),
        (read_queries, "1\ta\n1\tb\n", "line 2"),
        (read_qrels, "1 0 a 1\n\n1 0 b high\n", "line 3"),
    ],
)
def test_a_file_in_another_form_is_refused_with_its_place(
    read: Callable[[Path], object], text: str, place: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadCollection, match=place):
        read(file)
