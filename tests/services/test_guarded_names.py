"""Names that others read hold nothing that the checks block, and neither do reasons of operators."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Blocked
from kb.services.purging import PurgeTarget, Purging
from tests.fakes.world import World
from tests.services.people import INVITATION, STANDING, People

PLANTED = "Ring +43 664 1234567"

NAMING: tuple[tuple[str, Callable[[People, Account], object]], ...] = (
    (
        "name",
        lambda people, admin: people.accounts.invite(admin, INVITATION.model_copy(update={"name": PLANTED})),
    ),
    (
        "organisation",
        lambda people, admin: people.accounts.invite(
            admin, INVITATION.model_copy(update={"organisation": PLANTED})
        ),
    ),
    (
        "organisation",
        lambda people, admin: people.accounts.change_standing(
            admin, "anna", STANDING.model_copy(update={"organisation": PLANTED})
        ),
    ),
    ("name", lambda people, admin: people.accounts.rename_organisation(admin, "unit-at", PLANTED)),
    ("name", lambda people, admin: people.accounts.change_profile(admin, PLANTED, "en")),
)


@pytest.mark.parametrize(("field", "act"), NAMING)
def test_a_name_that_leads_to_somebody_is_refused_at_its_field(
    people: People, anna: Account, admin: Account, field: str, act: Callable[[People, Account], object]
) -> None:
    before = people.store.list(), people.store.organisations(), people.audited()

    with pytest.raises(Blocked) as refused:
        act(people, admin)

    assert [each.path for each in refused.value.findings] == [field]
    assert (people.store.list(), people.store.organisations(), people.audited()) == before
    assert anna in before[0]


def test_a_name_from_before_keeps_nobody_from_taking_a_role_away(people: People, admin: Account) -> None:
    held = people.add("ringing", Role.PRESENTER)
    people.store.set_profile(held.model_copy(update={"name": PLANTED}))

    assert people.accounts.change_standing(admin, held.id, STANDING).roles == STANDING.roles


def test_the_reason_of_a_purge_is_kept_and_so_is_looked_at(world: World) -> None:
    purging = Purging(world.store, world.drain, world.clock, world.randomness)

    with pytest.raises(Blocked):
        purging.carry_out(OPERATOR, PurgeTarget(containing="a text"), PLANTED)

    assert not [*world.store.chains()]
