"""Partners: help and hindrance counted by lesson, what came of it, and the desks that a reader may know."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotFound
from kb.domain.lesson import Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.partner_experience import Counts
from kb.domain.record import Origin
from kb.services.insights import Insights
from kb.services.kept_bodies import KeptBodies
from kb.services.partners import DealtWith, Partners
from kb.services.searching import Searching
from tests.samples import BRUSSELS
from tests.services.library import Library, a_resource

GONE = Difficulty(
    key="d1",
    title="Gone",
    text="After a week.",
    categories=("volume-backlog",),
    partners_hindered=("bank",),
)
HELPED = Solution(
    key="s1",
    title="Asked",
    text="Early.",
    answers=("d1",),
    outcome=Outcome.WORKED,
    partners_helped=("hotline",),
)
FAILED = Solution(
    key="s2", title="Waited", text="Long.", outcome=Outcome.FAILED, partners_hindered=("hotline", "bank")
)


@pytest.fixture
def library() -> Library:
    library = Library()
    library.concept(Scheme.PARTNER, "hotline", "Hotline")
    library.concept(Scheme.PARTNER, "bank", "Bank")
    library.publish("one", lead_country="AT", lessons=(GONE, HELPED, FAILED), contact="Duty desk")
    return library


@pytest.fixture
def partners(library: Library) -> Partners:
    searching = Searching(library.searcher, library.vocabularies)
    kept = KeptBodies(library.store, library.catalogue)
    return Partners(
        Insights(library.searcher, library.vocabularies),
        searching,
        library.references,
        library.vocabularies,
        kept,
    )


def test_every_type_is_listed_by_its_label_with_the_lessons_in_which_it_helped_and_hindered(
    library: Library, partners: Partners
) -> None:
    library.concept(Scheme.PARTNER, "academia", "Universities")
    view = partners.list(library.dora)
    assert [(each.concept.key, each.counts) for each in view.lines] == [
        ("bank", Counts(0, 2)),
        ("hotline", Counts(1, 1)),
        ("academia", Counts()),
    ]
    assert (view.illustrative, view.marking) == (False, Marking.GREEN)


def test_of_made_up_lessons_the_list_speaks_only_where_it_counts_one(
    library: Library, partners: Partners
) -> None:
    plain = GONE.model_copy(update={"partners_hindered": ()})
    library.publish("two", lessons=(plain,), origin=Origin.ILLUSTRATIVE)
    assert not partners.list(library.dora).illustrative
    library.publish("two", lessons=(GONE,), origin=Origin.ILLUSTRATIVE)
    assert partners.list(library.dora).illustrative


def test_a_partner_is_told_by_difficulty_and_country_with_what_worked_and_what_did_not(
    library: Library, partners: Partners
) -> None:
    library.keep("course", a_resource(provider_type="hotline"))
    library.keep("other", a_resource(provider_type="bank"))
    view = partners.get(library.dora, "hotline")
    assert view.experience.lessons == Counts(1, 1)
    assert view.experience.difficulties == {"volume-backlog": Counts(1, 0)}
    assert view.experience.countries == {"AT": Counts(1, 1)}
    assert [hit.id for hit in view.worked.hits] == ["one/s1"]
    assert [hit.id for hit in view.failed.hits] == ["one/s2"]
    assert [hit.id for hit in view.hindered.hits] == ["one/s2"]
    assert view.desks == (DealtWith("Duty desk", "one", "Seven days", "en"),)
    assert [each.id for each in view.resources] == ["course"]


def test_under_the_chatham_house_rule_outsiders_learn_neither_the_desk_nor_the_country(
    library: Library, partners: Partners
) -> None:
    library.publish(
        "one",
        lead_country="AT",
        lessons=(GONE, HELPED),
        contact="Duty desk",
        audience=Audience(chatham_house=True),
    )
    outside, inside = (partners.get(each, "hotline") for each in (library.dora, library.anna))
    assert (outside.desks, outside.experience.countries) == ((), {"not-stated": Counts(1, 0)})
    assert [each.contact for each in inside.desks] == ["Duty desk"]


def test_what_is_hidden_counts_for_nobody_who_may_not_read_it(library: Library, partners: Partners) -> None:
    library.publish("one", lessons=(GONE, HELPED), audience=Audience(marking=Marking.AMBER_STRICT))
    view = partners.get(library.dora, "hotline")
    assert (view.experience.lessons, view.worked.total, view.marking) == (Counts(), 0, Marking.CLEAR)
    assert partners.get(library.anna, "hotline").marking is Marking.AMBER_STRICT


def test_a_page_bears_the_marking_of_the_resources_that_it_names_too(
    library: Library, partners: Partners
) -> None:
    strict = Audience(marking=Marking.AMBER_STRICT)
    library.keep("own", a_resource(provider_type="hotline", audience=strict, owner=BRUSSELS))
    assert partners.get(library.dora, "hotline").marking is Marking.AMBER_STRICT
    assert partners.get(library.anna, "hotline").marking is Marking.GREEN


def test_a_partner_that_was_merged_is_told_as_the_one_that_stands_for_it(
    library: Library, partners: Partners
) -> None:
    library.concept(Scheme.PARTNER, "bank", "Bank", replaced_by="hotline", status="retired")
    view = partners.get(library.dora, "bank")
    assert (view.concept.key, view.stands, view.experience.lessons) == ("hotline", "hotline", Counts(1, 2))


def test_what_is_no_partner_is_not_found_and_who_may_not_read_is_told_nothing(
    library: Library, partners: Partners
) -> None:
    with pytest.raises(NotFound):
        partners.get(library.dora, "nobody")
    with pytest.raises(Forbidden):
        partners.list(library.otto)
    with pytest.raises(Forbidden):
        partners.get(library.otto, "hotline")
