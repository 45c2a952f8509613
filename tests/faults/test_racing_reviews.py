"""Coordinators and a presenter who act on one submission at the same moment, over the real store and its files."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.bootstrap import Outside, Services, make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import KnowledgeBaseError, NotFound, StaleRevision
from kb.domain.ports import NewAccount
from kb.domain.workflow import SubmissionStatus
from kb.services.submission_view import SubmissionView
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.hasher import PlainHasher
from tests.samples import BRUSSELS, VIENNA, a_case

Act = Callable[[Services, Account, str, int], object]
PEOPLE = {
    "anna": (VIENNA, Role.PRESENTER),
    "carla": (BRUSSELS, Role.COORDINATOR),
    "cyril": (VIENNA, Role.COORDINATOR),
}
ROUNDS = 2


def _publish(kb: Services, who: Account, identifier: str, number: int) -> object:
    return kb.reviews.publish(who, identifier, number)


def _decline(kb: Services, who: Account, identifier: str, number: int) -> object:
    return kb.reviews.decline(who, identifier, number, "Too operational.")


def _take(kb: Services, who: Account, identifier: str, number: int) -> object:
    return kb.reviews.take(who, identifier, number)


def _withdraw(kb: Services, who: Account, identifier: str, number: int) -> object:
    return kb.submissions.withdraw(who, identifier, number)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"KB_HOME": str(tmp_path / "home"), "KB_URL": "http://localhost"})


@pytest.fixture
def nodes(settings: Settings) -> tuple[Services, Services]:
    """Two servers over one home, as two processes open it."""
    make_home(settings)
    opened = tuple(
        services(settings, Outside(hasher=PlainHasher(), chores=ChoresWithoutMail)) for _ in range(2)
    )
    opened[0].indexing.update(OPERATOR)
    return opened[0], opened[1]


@pytest.fixture
def people(settings: Settings) -> dict[str, Account]:
    store = SqlAccounts(open_database(settings.accounts))
    return {
        name: store.add(
            NewAccount(
                id=name,
                email=f"{name}@example.org",
                name=name,
                organisation=home,
                roles=frozenset({role}),
            )
        )
        for name, (home, role) in PEOPLE.items()
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("carla", _publish), ("carla", _decline)),
        (("carla", _publish), ("anna", _withdraw)),
        (("carla", _decline), ("cyril", _take)),
        (("carla", _publish), ("cyril", _take)),
    ],
)
def test_of_two_who_act_on_one_page_at_once_exactly_one_does(
    nodes: tuple[Services, Services],
    people: dict[str, Account],
    one: tuple[str, Act],
    other: tuple[str, Act],
) -> None:
    """ASVS 5.0 V2.3: the loser is told so, and nothing of theirs stands."""
    kb = nodes[0]
    for turn in range(ROUNDS):
        draft = kb.submissions.create(people["anna"], a_case(title=f"Turn {turn}"))
        sent = kb.submissions.submit(people["anna"], draft.id, draft.revision)
        page = kb.reviews.take(people["carla"], sent.id, sent.revision)
        together = Barrier(2)

        def act(node: Services, who: str, deed: Act, page: SubmissionView, start: Barrier) -> bool:
            start.wait()
            try:
                deed(node, people[who], page.id, page.revision)
            except (StaleRevision, NotFound):
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            running = [
                pool.submit(act, node, who, deed, page, together)
                for node, (who, deed) in zip(nodes, (one, other), strict=True)
            ]
            done = [each.result() for each in running]
        assert sorted(done) == [False, True]
        standing = kb.submissions.get(people["anna"], draft.id).submission
        assert (standing.status is SubmissionStatus.PUBLISHED) == _is_published(kb, people, standing.target)


def _is_published(kb: Services, people: dict[str, Account], case: str) -> bool:
    try:
        kb.cases.get(people["anna"], case)
    except KnowledgeBaseError:
        return False
    return True
