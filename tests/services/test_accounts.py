"""Inviting, listing, disabling; and one's own profile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn
from kb.domain.query import SearchRequest
from kb.domain.saved_search import SavedSearch
from kb.services.accounts import Invitation
from tests.fakes.clock import NOON
from tests.services.people import INVITATION, PASSWORD, STANDING, UNIT, People

KEEPING: tuple[Callable[[People, Account | None], object], ...] = (
    lambda people, actor: people.accounts.list(actor),
    lambda people, actor: people.accounts.organisations(actor),
    lambda people, actor: people.accounts.find(actor, "anna@example.org"),
    lambda people, actor: people.accounts.get(actor, "anna"),
    lambda people, actor: people.accounts.invite(actor, INVITATION),
    lambda people, actor: people.accounts.organisations_with_counts(actor),
    lambda people, actor: people.accounts.rename_organisation(actor, "unit-at", "Another unit"),
    lambda people, actor: people.accounts.change_standing(actor, "anna", STANDING),
    lambda people, actor: people.accounts.reset_second_factor(actor, "anna"),
    lambda people, actor: people.accounts.reset(actor, "anna"),
    lambda people, actor: people.accounts.disable(actor, "anna"),
    lambda people, actor: people.accounts.enable(actor, "anna"),
    lambda people, actor: people.accounts.end_sessions(actor, "anna"),
)


@pytest.mark.parametrize("act", KEEPING)
def test_only_administrators_and_operators_keep_accounts(
    people: People, anna: Account, admin: Account, act: Callable[[People, Account | None], object]
) -> None:
    with pytest.raises(Forbidden):
        act(people, anna)
    with pytest.raises(NotSignedIn):
        act(people, None)

    assert act(people, admin)


@pytest.mark.parametrize("act", KEEPING[2:4] + KEEPING[6:])
def test_an_account_that_does_not_exist_is_not_found(
    people: People, act: Callable[[People, Account | None], object]
) -> None:
    with pytest.raises(NotFound):
        act(people, OPERATOR)


def test_an_invited_person_sets_a_password_by_the_link_and_signs_in(people: People, admin: Account) -> None:
    link = people.accounts.invite(admin, INVITATION)

    people.passwords.set_by_link(link.token, PASSWORD)
    signed_in = people.sessions.sign_in("new@example.org", PASSWORD)

    assert link.path == f"/link/{link.token}"
    assert signed_in.account == people.proved(people.accounts.find(admin, "NEW@example.org"))
    assert signed_in.account.roles == {Role.PRESENTER}
    assert signed_in.account.organisation is not None
    assert (signed_in.account.organisation.name, signed_in.account.organisation.country) == (
        "Unit, France",
        "FR",
    )
    assert people.audited()[0] == ("admin", "account.invited", signed_in.account.id)
    assert people.log.rows[0].detail == "presenter"


def test_an_organisation_is_found_again_by_name_and_country(people: People, anna: Account) -> None:
    same = INVITATION.model_copy(update={"organisation": " unit, austria ", "country": "AT"})
    elsewhere = same.model_copy(update={"country": "BE", "email": "b@example.org"})

    invited = people.accounts.invite(OPERATOR, same).account
    other = people.accounts.invite(OPERATOR, elsewhere).account

    assert invited.organisation == anna.organisation == UNIT
    assert other.organisation not in {UNIT, None}
    assert len(people.accounts.organisations(OPERATOR)) == 2


def test_an_administrator_alone_may_be_without_organisation(people: People) -> None:
    link = people.accounts.invite(
        OPERATOR, Invitation(email="root@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    )

    assert link.account.organisation is None
    assert link.account.name == "root"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a" * 250 + "@example.org"}, "email"),
        ({"roles": frozenset()}, "roles"),
        ({"roles": frozenset({Role.OPERATOR})}, "roles"),
        ({"organisation": " ", "country": ""}, "organisation"),
        ({"country": ""}, "country"),
        ({"country": "Francia"}, "country"),
        ({"name": "x" * 301}, "name"),
        ({"language": "deutsch"}, "language"),
    ],
)
def test_an_invitation_that_cannot_be_kept_is_refused_at_its_field(
    people: People, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        people.accounts.invite(OPERATOR, INVITATION.model_copy(update=change))

    assert [name for name, _ in refused.value.problems] == [field]
    assert people.store.list() == ()


def test_an_organisations_name_that_is_too_long_is_refused(people: People) -> None:
    with pytest.raises(Invalid):
        people.accounts.invite(OPERATOR, INVITATION.model_copy(update={"organisation": "x" * 301}))


def test_an_address_is_invited_once(people: People, anna: Account) -> None:
    with pytest.raises(Invalid, match="already"):
        people.accounts.invite(OPERATOR, INVITATION.model_copy(update={"email": anna.email}))


def test_disabling_keeps_somebody_out_at_once_and_enabling_lets_them_in_again(
    people: People, anna: Account, admin: Account
) -> None:
    session = people.sessions.sign_in(anna.email, PASSWORD).token
    link = people.accounts.reset(admin, anna.id).token

    assert not people.accounts.disable(admin, anna.id).active
    assert people.sessions.resolve(session) is None
    assert people.passwords.behind_link(link) is None

    assert people.accounts.enable(admin, anna.id).active
    assert people.sessions.resolve(session) is None
    assert people.passwords.behind_link(link) is None
    assert people.sessions.sign_in(anna.email, PASSWORD).token
    actions = [action for actor, action, _ in people.audited() if actor == "admin"]
    assert actions == ["account.link-made", "account.disabled", "account.enabled"]


def test_administrators_do_not_lock_themselves_out(people: People, admin: Account) -> None:
    with pytest.raises(Invalid, match="your own account"):
        people.accounts.disable(admin, admin.id)

    assert people.store.get(admin.id) == admin


def test_a_disabled_account_gets_no_link(people: People, anna: Account, admin: Account) -> None:
    people.accounts.disable(admin, anna.id)

    with pytest.raises(Invalid, match="Enable it first"):
        people.accounts.reset(admin, anna.id)


def test_ending_sessions_signs_out_everywhere_and_no_more(people: People, anna: Account) -> None:
    tokens = [people.sessions.sign_in(anna.email, PASSWORD).token for _ in range(2)]

    people.accounts.end_sessions(OPERATOR, anna.id)

    assert [people.sessions.resolve(token) for token in tokens] == [None, None]
    assert people.sessions.sign_in(anna.email, PASSWORD).token
    assert ("operator", "account.sessions-ended", "anna") in people.audited()


def test_signing_out_everywhere_ends_feeds_too_and_disabling_does_not(people: People, anna: Account) -> None:
    kept = SavedSearch(
        id="saved",
        account="anna",
        name="Saved",
        request=SearchRequest(),
        created_at=NOON,
        seen_at=NOON,
        feed="x",
    )
    people.saved.add(kept, 1)
    people.follows.set_feed(anna.id, "y")

    people.accounts.disable(OPERATOR, anna.id)
    people.accounts.enable(OPERATOR, anna.id)
    assert people.saved.get("anna", "saved") == kept
    assert people.follows.has_feed("anna")

    people.accounts.end_sessions(OPERATOR, anna.id)
    assert people.saved.get("anna", "saved") == kept.model_copy(update={"feed": None})
    assert not people.follows.has_feed("anna")


def test_everybody_changes_their_own_name_and_language(people: People, anna: Account) -> None:
    changed = people.accounts.change_profile(anna, "  Anna   Beispiel ", "de")

    assert (changed.name, changed.language) == ("Anna Beispiel", "de")
    assert people.store.get("anna") == changed


@pytest.mark.parametrize(
    ("name", "language", "field"), [(" ", "en", "name"), ("x" * 301, "en", "name"), ("A", "?", "language")]
)
def test_a_profile_that_cannot_be_kept_is_refused_at_its_field(
    people: People, anna: Account, name: str, language: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        people.accounts.change_profile(anna, name, language)

    assert [each for each, _ in refused.value.problems] == [field]
    assert people.store.get("anna") == anna


def test_nobody_has_no_profile(people: People, anna: Account) -> None:
    for actor in (None, anna.model_copy(update={"active": False})):
        with pytest.raises(NotSignedIn):
            people.accounts.change_profile(actor, "Name", "en")
