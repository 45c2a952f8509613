"""Whatever was done, whoever asks and whatever they ask: the answer is that of an index of just what they may see.

Every example is a home of its own. Cases come in, are published, rewritten, retagged, narrowed, widened, retired, superseded, reinstated
and purged, by those who may and through the services; then readers ask. Each page is held against two measures made from the
files alone: Whoosh's own scorer over an index of the reader's units in the form shown to them, and an engine that
holds nothing else. `KB_DEEP=1` tries other and many more examples every time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from kb.domain.account import Account
from kb.domain.marking import OPERATOR_VIEWER, Audience, Marking
from kb.domain.query import SearchPage, SearchQuery
from kb.domain.similarity import SimilarQuery, Where
from tests.search.deeds import (
    Deed,
    Publish,
    Purge,
    PurgeText,
    Rebuild,
    Reinstate,
    Remark,
    Restore,
    Retag,
    Retire,
    Rewrite,
    Supersede,
    Told,
    do,
)
from tests.search.home import SearchedHome, Truth, furnish
from tests.search.stories import BEGINNINGS, DEEDS, QUESTIONS, Question

DEEP = bool(os.environ.get("KB_DEEP"))
EXAMPLES = 300 if DEEP else 4

Furnished = tuple[Path, Mapping[str, Account]]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    home = tmp_path_factory.mktemp("furnished") / "home"
    return home, furnish(home)


def test_every_deed_can_be_done(furnished: Furnished, tmp_path: Path) -> None:
    """What the rules refuse is passed over, so a deed that they always refuse would try nothing."""
    told = Told("en", "Logs", "courier", (("d", "Gone", "logs"),), frozenset(), ("AT",), "2007")
    green, amber = Audience(), Audience(marking=Marking.AMBER, chatham_house=True)
    deeds: tuple[Deed, ...] = (
        Restore(0, told, green, "anna"),
        Restore(1, told, amber, "gert"),
        Publish("dora", told, Audience(marking=Marking.RED)),
        Rewrite(0, told._replace(summary="kryptonite")),
        Retag(0, "d1", frozenset({"cgnat"}), frozenset()),
        Remark(0, amber),
        Supersede(0, 0),
        Reinstate(0),
        Retire(0),
        PurgeText("courier"),
        Rebuild(),
        Purge(0),
    )
    home = SearchedHome(*furnished, tmp_path)
    for deed in deeds:
        assert do(deed, home), deed
        home.assert_followed()
    assert {type(deed) for deed in deeds} == set(get_args(Deed))


@pytest.mark.slow
@pytest.mark.timeout(0 if DEEP else 900)
@settings(
    max_examples=EXAMPLES,
    derandomize=not DEEP,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(beginnings=BEGINNINGS, deeds=DEEDS, questions=QUESTIONS)
def test_every_answer_is_that_of_an_index_of_just_what_the_reader_may_see(
    furnished: Furnished,
    beginnings: tuple[Restore, ...],
    deeds: tuple[Deed, ...],
    questions: tuple[Question, ...],
) -> None:
    with TemporaryDirectory() as folder:
        home = SearchedHome(*furnished, Path(folder))
        for deed in (*beginnings, *deeds):
            do(deed, home)
            home.assert_followed()
        truths = home.truths()
        for question in questions:
            assert_exact(question, home, truths[question.who])


def assert_exact(question: Question, home: SearchedHome, truth: Truth) -> None:
    page = home.ask(question.who, question.request)
    try:
        _assert_exact(page, home, truth)
    except AssertionError as wrong:
        wrong.add_note(f"This was asked: {question}")
        raise


def _assert_exact(page: SearchPage, home: SearchedHome, truth: Truth) -> None:
    truth.oracle.assert_answers(page)
    alone = truth.alone.search(page.query.model_copy(update={"viewer": OPERATOR_VIEWER}))
    assert page == alone.model_copy(update={"query": page.query, "also": page.also})
    assert home.beside.count(page.query) == page.total
    if page.suggestion:
        assert home.beside.count(SearchQuery(viewer=page.query.viewer, text=page.suggestion))
    for hit, where in zip(page.hits, Where, strict=False):
        similar = SimilarQuery(viewer=page.query.viewer, to=hit.id, where=where)
        to_operator = similar.model_copy(update={"viewer": OPERATOR_VIEWER})
        assert home.beside.similar(similar) == truth.alone.similar(to_operator)
