from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb.domain.account import Account, Role
from kb.domain.application import Application, ApplicationStatus
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.follow import (
    Followed,
    Scene,
    Target,
    concept_name,
    notices_to_follower,
    search_of,
    standing_target,
    targets_of,
    tells_followers,
)
from kb.domain.marking import Audience, Marking
from kb.domain.notice import Notice, Told
from kb.domain.practice import Practice
from kb.domain.query import Filter, SearchRequest
from kb.domain.record import Kind
from kb.domain.revision import KIND_OF, Body, Header, Revision, Tombstone
from kb.domain.thesaurus import Thesaurus
from kb.domain.unit import Facet
from kb.domain.workflow import Action
from tests.fakes.clock import NOON
from tests.samples import BRUSSELS, LESSONS, VIENNA, a_case

AUSTRIA, BELGIUM = Target(Followed.COUNTRY, "AT"), Target(Followed.COUNTRY, "BE")
PRACTICE = Target(Followed.PRACTICE, "one")
TEMPLATES = Target(Followed.CONCEPT, "tag.templates")
REGISTERED = Practice(title="Ask", owner=VIENNA, released=True, tags=("templates",))
STRICT = Audience(marking=Marking.AMBER_STRICT)


def concept(key: str, **fields: object) -> Concept:
    labels = (Labels(language="en", preferred=key),)
    adopted = {"scheme": Scheme.TAG, "key": key, "labels": labels, "status": ConceptStatus.ADOPTED}
    return Concept.model_validate(adopted | fields)


THESAURUS = Thesaurus(
    [
        concept("forms"),
        concept("templates", broader="forms"),
        concept("models", replaced_by="templates", status=ConceptStatus.RETIRED),
        concept("papers", replaced_by="forms", status=ConceptStatus.RETIRED),
        concept("other"),
    ]
)


def officer(identifier: str = "dora", **fields: object) -> Account:
    sound: dict[str, object] = {
        "id": identifier,
        "email": f"{identifier}@example.org",
        "name": identifier,
        "organisation": BRUSSELS,
        "roles": frozenset({Role.INVESTIGATOR}),
    }
    return Account.model_validate(sound | fields)


def revision(
    body: Body | None, number: int = 1, action: Action = Action.PUBLISH, kind: Kind | None = None
) -> Revision:
    header = Header(
        kind=kind or KIND_OF[type(body)],  # type: ignore[index]  # a tombstone's kind is always given
        id="one",
        revision=number,
        previous=None if number == 1 else "0" * 64,
        digest="0" * 64,
        saved_at=NOON,
        saved_by="anna",
        action=action,
    )
    tombstone = None if body else Tombstone(reason="Gone.")
    return Revision(header=header, body=body, tombstone=tombstone)


def told(
    now: Revision,
    wanted: Iterable[Target],
    before: Body | None = None,
    follower: Account | None = None,
    subject: Body | None = None,
) -> list[Notice]:
    scene = Scene(before, subject or now.body, THESAURUS)
    return list(notices_to_follower(now, scene, follower or officer(), frozenset(wanted)))


def test_a_new_case_is_told_to_who_follows_a_country_of_it_once() -> None:
    (notice,) = told(revision(a_case()), {AUSTRIA, TEMPLATES})
    assert (notice.act, notice.lesson, notice.account, notice.by) == (Told.FOLLOWED, "", "dora", None)
    assert (notice.key, str(notice.subject)) == ("case-study/one/1", "case-study/one")
    assert told(revision(a_case()), {Target(Followed.COUNTRY, "FR")}) == []


def test_one_new_lesson_is_told_as_itself_and_what_was_found_before_is_no_news() -> None:
    before = a_case(lessons=LESSONS[:2])
    (notice,) = told(revision(a_case(), 2), {TEMPLATES}, before)
    assert notice.lesson == "template"
    assert told(revision(a_case(title="Eight days"), 2), {TEMPLATES, AUSTRIA}, a_case()) == []


def test_a_tag_that_a_lesson_bears_now_is_news_to_who_follows_it() -> None:
    lessons = tuple(
        each.model_copy(update={"tags": ("other",)}) if each.key == "logs" else each for each in LESSONS
    )
    (notice,) = told(
        revision(a_case(lessons=lessons), 2, Action.RETAG), {Target(Followed.CONCEPT, "tag.other")}, a_case()
    )
    assert notice.lesson == "logs"


@pytest.mark.parametrize("key", ["templates", "models", "forms", "papers"])
def test_a_concept_is_followed_with_what_is_narrower_and_under_the_names_of_what_was_merged(key: str) -> None:
    target = Target(Followed.CONCEPT, f"tag.{key}")
    assert target in targets_of(revision(a_case()), THESAURUS)
    assert len(told(revision(a_case()), {target})) == 1


def test_what_is_broader_is_not_told_to_who_follows_what_is_narrower() -> None:
    lessons = tuple(
        each.model_copy(update={"tags": ("forms",)}) if each.key == "template" else each for each in LESSONS
    )
    assert told(revision(a_case(lessons=lessons)), {TEMPLATES}) == []


def test_of_a_withheld_country_nobody_outside_is_told_and_of_its_concepts_everybody() -> None:
    """Following a country would tell where the case comes from (ASVS 5.0 V8)."""
    quiet = revision(a_case(audience=Audience(chatham_house=True)))
    outside, own = officer(), officer("bert", organisation=VIENNA)
    assert told(quiet, {AUSTRIA, BELGIUM}, follower=outside) == []
    assert len(told(quiet, {AUSTRIA}, follower=own)) == 1
    assert len(told(quiet, {TEMPLATES}, follower=outside)) == 1


def test_who_learns_of_a_text_only_now_is_told_as_of_a_new_one() -> None:
    widened = revision(a_case(), 2, Action.WIDEN)
    assert len(told(widened, {AUSTRIA}, a_case(audience=STRICT))) == 1
    unveiled = a_case(audience=Audience(chatham_house=True))
    assert len(told(widened, {AUSTRIA}, unveiled)) == 1
    assert told(widened, {TEMPLATES}, unveiled) == []


@pytest.mark.parametrize(
    "follower",
    [
        officer("anna"),
        officer(roles=frozenset({Role.ADMINISTRATOR})),
        officer(active=False),
    ],
)
def test_who_did_it_or_may_follow_nothing_any_more_is_told_nothing(follower: Account) -> None:
    assert told(revision(a_case()), {AUSTRIA}, follower=follower) == []


def test_what_does_not_exist_for_a_follower_is_not_told() -> None:
    assert told(revision(a_case(audience=STRICT)), {AUSTRIA}) == []
    assert told(revision(None, kind=Kind.CASE_STUDY), {AUSTRIA}) == []


def test_a_practice_tells_each_of_its_revisions_and_as_a_find_only_the_first() -> None:
    assert [each.act for each in told(revision(REGISTERED), {PRACTICE, TEMPLATES})] == [Told.PRACTICE_CHANGED]
    assert [each.act for each in told(revision(REGISTERED), {TEMPLATES})] == [Told.FOLLOWED]
    again = revision(REGISTERED, 2, Action.EDIT)
    assert [each.act for each in told(again, {PRACTICE}, REGISTERED)] == [Told.PRACTICE_CHANGED]
    assert told(again, {TEMPLATES, AUSTRIA}, REGISTERED) == []
    assert told(revision(REGISTERED.model_copy(update={"released": False})), {PRACTICE}) == []
    assert PRACTICE in targets_of(again, THESAURUS)


def application(**fields: object) -> Application:
    return Application.model_validate({"practice": "one", "month": "2026-07", "owner": VIENNA, **fields})


def test_an_application_is_told_once_to_who_may_see_it_and_its_practice() -> None:
    applied = revision(application())
    assert targets_of(applied, THESAURUS) == {PRACTICE}
    assert [each.act for each in told(applied, {PRACTICE}, subject=REGISTERED)] == [Told.APPLIED]
    hidden = REGISTERED.model_copy(update={"audience": STRICT})
    assert told(applied, {PRACTICE}, subject=hidden) == []
    assert (
        list(notices_to_follower(applied, Scene(None, None, THESAURUS), officer(), frozenset({PRACTICE})))
        == []
    )
    assert told(revision(application(audience=STRICT)), {PRACTICE}, subject=REGISTERED) == []
    corrected = revision(application(), 2, Action.EDIT)
    assert told(corrected, {PRACTICE}, application(), subject=REGISTERED) == []
    own = application(status=ApplicationStatus.WITHDRAWN, author="dora")
    assert told(revision(own), {PRACTICE}, subject=REGISTERED) == []


def test_an_application_of_a_solution_concerns_nobody_who_follows() -> None:
    applied = revision(application(practice=None, solution="seven/preserve"))
    assert targets_of(applied, THESAURUS) == frozenset()


@pytest.mark.parametrize(
    ("kind", "action", "expected"),
    [
        (Kind.CASE_STUDY, Action.PUBLISH, True),
        (Kind.PRACTICE, Action.ENDORSE, True),
        (Kind.APPLICATION, Action.CREATE, True),
        (Kind.CASE_STUDY, Action.IMPORT, False),
        (Kind.CASE_STUDY, Action.CONFIRM, False),
        (Kind.SUBMISSION, Action.EDIT, False),
        (Kind.CONCEPT, Action.MERGE, False),
    ],
)
def test_of_many_texts_at_once_or_of_none_that_changed_nobody_is_told(
    kind: Kind, action: Action, expected: bool
) -> None:
    body: CaseStudy = a_case()
    header = revision(body, action=action).header.model_copy(update={"kind": kind})
    assert tells_followers(header) is expected


def filtered(facet: Facet, *values: str) -> SearchRequest:
    return SearchRequest(filters=(Filter(facet=facet, values=frozenset(values)),))


def test_a_search_finds_what_is_followed() -> None:
    assert search_of(AUSTRIA, THESAURUS) == filtered(Facet.COUNTRY, "AT")
    assert search_of(PRACTICE, THESAURUS) == SearchRequest(cases=frozenset({"practice:one"}))
    assert search_of(Target(Followed.CONCEPT, "tag.papers"), THESAURUS) == filtered(
        Facet.TAG, "forms", "templates"
    )
    assert search_of(Target(Followed.CONCEPT, "partner.bank"), THESAURUS) == filtered(Facet.PARTNER, "bank")
    assert search_of(Target(Followed.CONCEPT, "legislation.csam-law"), THESAURUS) is None


def test_what_stands_for_a_merged_concept_stands_for_following_it() -> None:
    assert standing_target(Target(Followed.CONCEPT, "tag.models"), THESAURUS) == TEMPLATES
    assert standing_target(AUSTRIA, THESAURUS) == AUSTRIA
    assert concept_name(Target(Followed.CONCEPT, "nonsense")) is None
    assert concept_name(AUSTRIA) is None
