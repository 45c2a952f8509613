from __future__ import annotations

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR, Account
from kb.domain.application import Application
from kb.domain.case_study import CaseStatus
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.discussion import Discussion
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.event import Event
from kb.domain.operation import Operation, OperationKind, OperationStatus
from kb.domain.ports import Finding, Progress, Severity
from kb.domain.practice import Practice
from kb.domain.resource import Resource
from kb.domain.revision import Body
from kb.domain.workflow import SubmissionStatus
from kb.services.checking import Checking
from kb.services.indexing import Indexing
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import LESSONS, a_case, a_submission, approved, case_ref, put

KNOWN = (
    (Scheme.DIFFICULTY, "retention-expired"),
    (Scheme.DIFFICULTY, "request-rejected-on-form"),
    (Scheme.STAGE, "attribution"),
    (Scheme.TAG, "templates"),
    (Scheme.CHANNEL, "budapest-29"),
)


@pytest.fixture
def world(store: FaultyEntryStore) -> World:
    world = World(store)
    for scheme, key in KNOWN:
        put(store, f"{scheme}.{key}", concept(scheme, key))
    world.drain.run()
    return world


def concept(scheme: Scheme, key: str, **fields: object) -> Concept:
    return Concept.model_validate(
        {"scheme": scheme, "key": key, "labels": (Labels(language="en", preferred=key),), **fields}
    )


def findings(world: World, *, drained: bool = True) -> list[tuple[str, str]]:
    if drained:
        world.drain.run()
    return [(finding.place, finding.sentence) for finding in checking(world).fsck(OPERATOR)]


def checking(world: World) -> Checking:
    indexing = Indexing(
        world.store, world.catalogue, world.engine, world.derivation, world.comparison, index=world.index
    )
    return Checking(world.store, world.derivation, indexing)


@pytest.mark.parametrize(
    ("actor", "refusal"), [(None, NotSignedIn), (OFFICER_WITHOUT_ORGANISATION, Forbidden)]
)
def test_only_an_operator_checks(world: World, actor: Account | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        checking(world).fsck(actor)


def test_a_sound_home_has_no_findings(world: World) -> None:
    put(world.store, "vienna-2007", Event(title="Conference"))
    put(world.store, "seven", a_case(event="vienna-2007"))
    put(world.store, "old", a_case(status=CaseStatus.SUPERSEDED, superseded_by="seven"))
    put(world.store, "draft", a_submission(based_on=1))
    put(world.store, "closed", a_submission(status=SubmissionStatus.PUBLISHED))
    put(world.store, "cets", Resource(title="CETS", difficulties=("retention-expired",)))

    assert findings(world) == []


def test_what_the_store_finds_comes_first_and_progress_and_repair_reach_it(world: World) -> None:
    asked: list[bool] = []

    class FindingStore(FaultyEntryStore):
        def verify(self, *, repair: bool = False, progress: Progress | None = None) -> tuple[Finding, ...]:
            asked.append(repair)
            assert progress
            progress(1, 1)
            return (Finding(severity=Severity.REPAIRED, place="x", sentence="A left name was removed."),)

    world = World(FindingStore())
    put(world.store, "seven", a_case())
    told: list[tuple[int, int]] = []

    found = checking(world).fsck(OPERATOR, repair=True, progress=lambda *at: told.append(at))

    assert found[0].severity is Severity.REPAIRED
    assert (asked, told) == ([True], [(1, 1)])


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (a_case(tags=("missing",)), "tag 'missing'"),
        (a_case(phenomena=("missing",)), "phenomenon 'missing'"),
        (a_case(stages=("missing",)), "stage 'missing'"),
        (
            a_case(lessons=(LESSONS[0].model_copy(update={"partners_helped": ("missing",)}),)),
            "partner 'missing'",
        ),
        (
            a_case(lessons=(LESSONS[0].model_copy(update={"categories": ("missing",)}),)),
            "difficulty 'missing'",
        ),
        (
            a_case(lessons=(LESSONS[0].model_copy(update={"stage": "missing"}),)),
            "stage 'missing'",
        ),
        (
            a_case(lessons=(LESSONS[3].model_copy(update={"channels": ("missing",)}),)),
            "channel 'missing'",
        ),
        (
            a_case(lessons=(LESSONS[3].model_copy(update={"obstacles": ("missing",)}),)),
            "difficulty 'missing'",
        ),
        (a_submission(body=a_case(tags=("missing",))), "tag 'missing'"),
        (concept(Scheme.TAG, "warrants", broader="missing"), "tag 'missing'"),
        (concept(Scheme.STAGE, "warrants", replaced_by="missing"), "stage 'missing'"),
        (concept(Scheme.STAGE, "warrants", related=("missing",)), "stage 'missing'"),
        (Resource(title="CETS", difficulties=("missing",)), "difficulty 'missing'"),
        (Practice(difficulties=("missing",)), "difficulty 'missing'"),
        (Practice(tags=("missing",)), "tag 'missing'"),
    ],
)
def test_a_concept_that_does_not_exist_is_named_once(world: World, body: Body, named: str) -> None:
    put(world.store, "seven", body)

    ((place, sentence),) = findings(world)

    assert place.endswith("/seven")
    assert named in sentence


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (Practice(rests_on=("seven/missing",)), "lesson 'seven/missing'"),
        (Practice(contradicted_by=("nowhere/d1",)), "lesson 'nowhere/d1'"),
        (Application(solution="seven/logs", month="2026-09"), "solution 'seven/logs'"),
        (Application(practice="nothing", month="2026-09"), "practice 'nothing'"),
    ],
)
def test_a_lesson_or_practice_that_is_named_and_does_not_exist_is_told(
    world: World, body: Body, named: str
) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "sound", Practice(rests_on=("seven/logs",)))
    put(world.store, "applied", Application(solution="seven/preserve", month="2026-09"))
    put(world.store, "again", Application(practice="sound", month="2026-09"))
    put(world.store, "other", body)

    ((place, sentence),) = findings(world)

    assert place.endswith("/other")
    assert named in sentence


def test_a_closed_submission_may_name_what_is_gone_since(world: World) -> None:
    put(world.store, "draft", a_submission(status=SubmissionStatus.DECLINED, body=a_case(tags=("missing",))))

    assert findings(world) == []


def test_a_difficulty_without_a_stage_names_none(world: World) -> None:
    put(world.store, "seven", a_case(lessons=(LESSONS[0].model_copy(update={"stage": None}),)))

    assert findings(world) == []


def test_an_event_that_does_not_exist_is_named(world: World) -> None:
    put(world.store, "seven", a_case(event="nowhere"))

    ((place, sentence),) = findings(world)

    assert (place, "'nowhere'" in sentence) == ("case-study/seven", True)


@pytest.mark.parametrize("other", [None, "nothing"])
def test_a_case_superseded_by_nothing_is_named(world: World, other: str | None) -> None:
    put(world.store, "seven", a_case(status=CaseStatus.SUPERSEDED, superseded_by=other))

    ((_, sentence),) = findings(world)

    assert "superseded by a case that does not exist" in sentence


def test_a_case_superseded_by_itself_is_named(world: World) -> None:
    put(world.store, "seven", a_case(status=CaseStatus.SUPERSEDED, superseded_by="seven"))

    ((_, sentence),) = findings(world)

    assert "by itself" in sentence


@pytest.mark.parametrize("other", ["nothing/logs", "eight/nothing", "eight/preserve"])
def test_a_difficulty_that_names_one_which_is_not_told_is_named(world: World, other: str) -> None:
    put(world.store, "eight", a_case())
    same = LESSONS[0].model_copy(update={"same_as": (other, "eight/logs")})
    put(world.store, "seven", a_case(lessons=(same,)))

    ((place, sentence),) = findings(world)

    assert place == "case-study/seven"
    assert f"'{other}'" in sentence


@pytest.mark.parametrize(("name", "about"), [("seven", "eight"), ("eight", "eight")])
def test_a_discussion_of_a_case_that_is_not_there_is_named(world: World, name: str, about: str) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "seven", Discussion(case="seven"))
    assert findings(world) == []
    put(world.store, name, Discussion(case=about))

    ((place, sentence),) = findings(world)

    assert place == f"discussion/{name}"
    assert f"case-study/{about}" in sentence


def test_a_discussion_of_an_event_that_is_not_there_is_named(world: World) -> None:
    put(world.store, "vienna", Event(title="Vienna"))
    put(world.store, "event.vienna", Discussion(event="vienna"))
    assert findings(world) == []
    put(world.store, "event.brussels", Discussion(event="brussels"))

    ((place, sentence),) = findings(world)

    assert place == "discussion/event.brussels"
    assert "event/brussels" in sentence


def test_a_change_to_a_revision_that_never_was_is_named(world: World) -> None:
    put(world.store, "seven", a_case())
    put(world.store, "draft", a_submission(based_on=2))

    ((place, sentence),) = findings(world)

    assert place == "submission/draft"
    assert "revision 2 of the case 'seven', which has 1" in sentence


def test_a_submission_published_as_a_case_that_does_not_exist_is_named(world: World) -> None:
    put(world.store, "draft", a_submission(status=SubmissionStatus.PUBLISHED))

    ((_, sentence),) = findings(world)

    assert "published as the case 'seven', which does not exist" in sentence


def test_acts_left_half_done_are_named(world: World) -> None:
    put(world.store, "draft", approved())
    plan = Operation(operation=OperationKind.PURGE, reason="Asked", requested_by="operator", targets=())
    put(world.store, "plan", plan)
    put(world.store, "done", plan.model_copy(update={"status": OperationStatus.DONE}))

    sentences = [
        sentence for place, sentence in findings(world, drained=False) if "Files have" not in sentence
    ]

    assert len(sentences) == 2
    assert sentences[0].startswith("It is planned and not done yet.")
    assert sentences[1].startswith("Its publishing was interrupted.")


def test_lists_and_search_behind_the_files_are_named(world: World) -> None:
    put(world.store, "seven", a_case())

    ((place, sentence),) = findings(world, drained=False)

    assert place == "case-study/seven"
    assert sentence.startswith("Files have revision 1, lists 0, search 0")


def test_a_damaged_record_is_an_error(store: FaultyEntryStore, world: World) -> None:
    put(store, "seven", a_case())
    store.damage(case_ref(), 1)
    world.drain.run()

    (finding,) = checking(world).fsck(OPERATOR)

    assert (finding.severity, finding.place) == (Severity.ERROR, "case-study/seven")
