"""The arrays beside Whoosh's segments: they say what Whoosh says, and what is found in them is what Whoosh finds."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index, query
from whoosh.automata.lev import levenshtein_automaton
from whoosh.reading import IndexReader

from kb.adapters.search import seal, toc
from kb.adapters.search.arrays import Ledger
from kb.adapters.search.distance import Words, near
from kb.adapters.search.gathering import Gathering
from kb.adapters.search.inverted import Inverted
from kb.adapters.search.joining import Part, in_memory, join
from kb.adapters.search.merging import MOST_IN_TIER
from kb.adapters.search.phrases import following
from kb.adapters.search.schema import ANALYSED, FACETS, READERS, WORDS, document, schema
from kb.adapters.search.segment import LENGTHS, Segment
from kb.adapters.search.term_list import STRIDE, TermList
from kb.domain.ports import SearchEngine
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit
from tests.ports.search_engines import ask, fill, index_folder, tags
from tests.ports.test_search_exactness import played, some_units
from tests.units import a_unit

Postings = Mapping[str, Sequence[tuple[int, int, Sequence[int]]]]
"""By term the documents, with how often and where."""


def by_whoosh(reader: IndexReader, field: str) -> Postings:
    found: dict[str, list[tuple[int, int, Sequence[int]]]] = {}
    for raw in reader.lexicon(field):
        matcher = reader.postings(field, raw)
        entries = found.setdefault(raw.decode(), [])
        while matcher.is_active():
            positions = matcher.value_as("positions") if field in ANALYSED else ()
            entries.append((matcher.id(), int(matcher.weight()), tuple(positions)))
            matcher.next()
    return found


def by_arrays(inverted: Inverted | None) -> Postings:
    found: dict[str, list[tuple[int, int, Sequence[int]]]] = {}
    for place, term in enumerate(inverted.terms if inverted else ()):
        assert inverted
        documents = inverted.documents_of(place).tolist()
        counts = inverted.frequencies_of(place).tolist()
        positions = iter(inverted.positions_of(place).tolist() if inverted.occurrences else ())
        has = inverted.occurrences is not None
        found[term] = [
            (each, count, tuple(next(positions) for _ in range(count)) if has else ())
            for each, count in zip(documents, counts, strict=True)
        ]
    return found


def assert_equal(segment: Segment, reader: IndexReader) -> None:
    """Whoosh leaves the postings of deleted documents out when it reads them, and the arrays when they are used."""
    live = frozenset(reader.all_doc_ids())
    for field in (READERS, FACETS, *ANALYSED):
        ours = by_arrays(segment.fields.get(field)).items()
        assert by_whoosh(reader, field) == {
            term: [each for each in found if each[0] in live] for term, found in ours
        }
    for number in live:
        record = segment.record(number)
        assert tuple(record) == reader.stored_fields(number)["record"]
        for field, lengths in (("title", segment.title_bytes), ("body", segment.body_bytes)):
            assert LENGTHS[lengths[number]] == (
                reader.doc_field_length(number, f"{field}_{record.family}") or 0
            )
        assert number in segment.of_case(record.case)
        codes = segment.facets.codes[segment.facets.starts[number] : segment.facets.starts[number + 1]]
        values = {term for term, found in by_whoosh(reader, FACETS).items() if number in dict(pairs(found))}
        assert [segment.fields[FACETS].terms[code] for code in codes] == sorted(values)


def pairs(found: Sequence[tuple[int, int, Sequence[int]]]) -> list[tuple[int, int]]:
    return [(document, count) for document, count, _ in found]


def assert_folder_equal(folder: Path) -> None:
    reader = index.open_dir(str(folder)).reader()
    leaves = [each for each, _ in reader.leaf_readers() if each.doc_count_all()]
    states = seal.verify(folder, seal.Sums()).segments
    assert [state.name for state in states] == [leaf.segment().segment_id() for leaf in leaves]
    for state, leaf in zip(states, leaves, strict=True):
        assert state.size == leaf.doc_count_all()
        assert np.flatnonzero(state.live()).tolist() == list(leaf.all_doc_ids())
        assert_equal(Segment.opened(folder, state.name), leaf)
    reader.close()


@pytest.mark.parametrize("steps", [0, 3, MOST_IN_TIER[0] + 4])
def test_arrays_say_what_whoosh_says_after_every_commit_and_merge(tmp_path: Path, steps: int) -> None:
    played(random.Random(steps), tmp_path, steps)
    assert_folder_equal(index_folder(tmp_path))


def test_documents_are_gathered_some_at_a_time_and_joined_in_their_order(tmp_path: Path) -> None:
    draw = random.Random(1)
    writing = index.create_in(str(tmp_path), schema()).writer()
    ledger = Ledger(tmp_path, together=7)
    for number in range(30):
        for unit in some_units(draw, f"case-{number}", 1):
            analysed = document(unit)
            writing.add_document(**analysed.fields())
            ledger.add(analysed)
    writing.commit()
    ledger.write()
    tmp_path.chmod(0o700)
    seal.write(tmp_path, seal.Sums())
    assert_folder_equal(tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("tmp")]


def test_a_segment_of_other_documents_than_were_told_is_refused(tmp_path: Path) -> None:
    writing = index.create_in(str(tmp_path), schema()).writer()
    ledger = Ledger(tmp_path)
    writing.add_document(**document(a_unit("a")).fields())
    ledger.add(document(a_unit("b")))
    writing.commit()
    with pytest.raises(seal.Broken, match="other documents"):
        ledger.write()


def gathered(units: Sequence[SearchUnit]) -> Segment:
    gathering = Gathering()
    for unit in units:
        gathering.add(document(unit))
    return gathering.segment()


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_joining_what_is_kept_gives_what_gathering_it_would(draw: random.Random, block: int) -> None:
    units = [unit for number in range(8) for unit in some_units(draw, f"case-{number}", 1)]
    keeps = [draw.random() < 0.7 for _ in units]
    keeps[0] = keeps[-1] = True
    middle = len(units) // 2
    parts = [
        Part(gathered(some), np.flatnonzero(kept))
        for some, kept in ((units[:middle], keeps[:middle]), (units[middle:], keeps[middle:]))
    ]
    joined = join(parts, in_memory, block).arrays
    wanted = gathered([unit for unit, kept in zip(units, keeps, strict=True) if kept]).arrays
    assert joined.keys() == wanted.keys()
    for name, array in wanted.items():
        assert joined[name].tolist() == array.tolist(), name


def test_words_as_they_are_written_are_kept_with_their_documents() -> None:
    segment = gathered([a_unit("a", title="Logs", text="logged logs"), a_unit("b", text="logged")])
    assert {
        term: [each for each, _, _ in found] for term, found in by_arrays(segment.fields[WORDS]).items()
    } == {
        "logged": [0, 1],
        "logs": [0],
    }


@pytest.mark.parametrize("field", ["title_en", "body_en", "body_ru"])
def test_phrases_are_those_that_whoosh_finds(tmp_path: Path, field: str) -> None:
    draw = random.Random(2)
    engine, _ = played(draw, tmp_path, 0)
    del engine
    folder = index_folder(tmp_path)
    (state,) = toc.states(folder)
    segment = Segment.opened(folder, state.name)
    terms = list(segment.fields[field].terms)
    with index.open_dir(str(folder)).searcher() as searcher:
        for length in (2, 2, 2, 3, 4):
            for _ in range(60):
                phrase = draw.choices(terms, k=length)
                wanted = sorted(set(query.Phrase(field, phrase).docs(searcher)))
                assert following(segment.fields[field], phrase).tolist() == wanted


def test_a_phrase_does_not_run_over_from_one_document_to_the_next() -> None:
    segment = gathered([a_unit("a", text="border courier"), a_unit("b", text="courier border")])
    field = segment.fields["body_en"]
    assert following(field, ["border", "courier"]).tolist() == [0]
    assert following(field, ["courier", "courier"]).tolist() == []
    assert following(field, ["courier", "absent"]).tolist() == []


WORDS_OF_FEW_LETTERS = st.text("abcлё", min_size=1, max_size=8)


@given(WORDS_OF_FEW_LETTERS, st.lists(WORDS_OF_FEW_LETTERS), st.integers(1, 2))
def test_near_words_are_those_that_whoosh_finds(word: str, words: Sequence[str], distance: int) -> None:
    automaton = levenshtein_automaton(word, distance).to_dfa()
    assert near(word, Words.of(words), distance) == [each for each in words if automaton.accept(each)]


@given(st.sets(st.text("abлё", max_size=6), max_size=4 * STRIDE), st.text("abлё", max_size=4))
def test_words_are_found_in_a_list_of_terms(words: set[str], wanted: str) -> None:
    listed = sorted(words)
    terms = TermList.of(listed)
    assert list(terms) == listed
    assert terms.find(wanted) == (listed.index(wanted) if wanted in words else None)
    assert terms.place(wanted) == sum(word < wanted for word in words)
    assert terms.part(*terms.beginning(wanted)) == [word for word in listed if word.startswith(wanted)]


@given(st.sets(WORDS_OF_FEW_LETTERS, max_size=20), WORDS_OF_FEW_LETTERS, st.integers(1, 2))
def test_near_words_are_the_same_out_of_a_list_of_terms(words: set[str], word: str, distance: int) -> None:
    listed = sorted(words)
    terms = TermList.of(listed)
    beginning = terms.beginning(word[0])
    assert near(word, terms.words(*beginning), distance) == near(
        word, Words.of(terms.part(*beginning)), distance
    )


def test_a_list_remembers_only_so_many_of_the_words_that_it_was_asked_for() -> None:
    terms = TermList.of(["a", "b"], most_known=3)
    for word in ("a", "b", "c", "d", "e", "a", "b", "c"):
        assert terms.find(word) == {"a": 0, "b": 1}.get(word)
        assert len(terms) == 2
        assert terms.known <= 3


def test_letters_that_no_text_can_have_are_looked_for_in_vain() -> None:
    terms = TermList.of(["a", "tag", "\uffff", "\U0001f600"])
    assert terms.find("tag\udcff") is None
    assert terms.place("tag\udcff") == 2
    assert terms.beginning("tag\udcff") == (2, 2)


def test_a_filter_of_broken_letters_finds_nothing(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", facets=tags("one")))
    chosen = Filter(facet=Facet.TAG, values=frozenset({"one\udcff"}))
    assert ask(engine, filters=(chosen,)).total == 0


@pytest.mark.parametrize("number", [1, 2, 5, 40, 100])
def test_documents_of_many_cases_are_those_of_each(number: int) -> None:
    gathering = Gathering()
    for case in range(100):
        for key in ("", "/a"):
            gathering.add(document(a_unit(f"case{case:02}{key}")))
    segment = gathering.segment()
    wanted = {f"case{case:02}" for case in range(number)} | {"missing"}

    places = [segment.of_case(case) for case in wanted]

    assert np.flatnonzero(segment.of_cases(wanted)).tolist() == sorted(np.concatenate(places).tolist())
    assert int(segment.of_cases(wanted).sum()) == 2 * number
