"""Records of every marking, each with words that stand nowhere else, and by a literal list who may read those words.

The lists are written by hand from the rules in words, not computed from the code that they judge.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.saved_searches import SqlSavedSearches
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount
from kb.domain.query import SearchRequest
from kb.domain.saved_search import SavedSearch
from kb.services.links import token_hash
from tests.fakes.clock import NOON

VIENNA = Organisation(id="vienna", name="Vienna unit", country="AT")
GRAZ = Organisation(id="graz", name="Graz unit", country="AT")
BRUSSELS = Organisation(id="brussels", name="Brussels unit", country="BE")
PARIS = Organisation(id="paris", name="Paris unit", country="FR")
BERLIN = Organisation(id="berlin", name="Berlin unit", country="DE")
SECRET = Organisation(id="zzowner", name="zzowner unit", country="IS")


class Person(NamedTuple):
    organisation: Organisation | None
    roles: frozenset[Role]


PEOPLE = {
    "vera": Person(VIENNA, frozenset({Role.INVESTIGATOR})),
    "viktor": Person(VIENNA, frozenset({Role.COORDINATOR})),
    "greta": Person(GRAZ, frozenset({Role.INVESTIGATOR})),
    "bruno": Person(BRUSSELS, frozenset({Role.PRESENTER})),
    "carla": Person(BRUSSELS, frozenset({Role.COORDINATOR})),
    "frida": Person(PARIS, frozenset({Role.INVESTIGATOR})),
    "rosa": Person(BERLIN, frozenset({Role.COORDINATOR})),
    "isla": Person(SECRET, frozenset({Role.INVESTIGATOR})),
    "nora": Person(None, frozenset({Role.INVESTIGATOR})),
    "olga": Person(BERLIN, frozenset({Role.ADMINISTRATOR, Role.INVESTIGATOR})),
    "otto": Person(VIENNA, frozenset({Role.ADMINISTRATOR})),
}
EVERY_OFFICER = frozenset(PEOPLE) - {"otto"}
COORDINATORS = frozenset({"viktor", "carla", "rosa"})

MAY_READ: dict[str, frozenset[str]] = {
    # Words of published cases, by the marking in their name.
    "zzclear": EVERY_OFFICER,
    "zzgreen": EVERY_OFFICER,
    "zzamber": frozenset({"vera", "viktor", "greta"}),
    "zznaming": frozenset({"vera", "viktor", "greta", "frida"}),
    "zzstrict": frozenset({"vera", "viktor"}),
    "zzred": frozenset({"vera", "rosa"}),
    "zzretired": frozenset({"vera", "viktor", "greta"}),
    # A text that was narrower before it was opened, and one that was open before it was narrowed.
    "zzbefore": frozenset({"vera", "viktor"}),
    "zzafterwards": EVERY_OFFICER,
    "zzopenonce": frozenset({"vera", "rosa"}),
    "zznarrowed": frozenset({"vera", "rosa"}),
    # What was taken from readers is its owner's own, as far as the marking lets them in.
    "zzaway": frozenset({"vera", "viktor"}),
    "zzclosed": frozenset({"vera"}),
    "zzwhytaken": frozenset({"vera", "viktor"}),
    # Under Chatham House the text is for all, and where it comes from is for the owner's organisation.
    "zzquiet": EVERY_OFFICER,
    "zzowner": frozenset({"isla"}),
    "zzcontact": frozenset({"isla"}),
    "zzpresenter": frozenset({"isla"}),
    "zzauthor": frozenset({"isla"}),
    "Iceland": frozenset({"isla"}),
    "Malta": frozenset({"isla"}),
    "Bhutan": frozenset({"isla"}),
    # What is asked and answered about them, and who asked where that is withheld.
    "zzaskedstrict": frozenset({"vera", "viktor"}),
    "zzaskedquiet": EVERY_OFFICER,
    "zzasker": frozenset({"isla", "frida"}),
    # What is being written.
    "zzdraft": frozenset({"vera", "bruno"}),
    "zzsubmitted": frozenset({"vera"}) | COORDINATORS,
    "zzsaid": frozenset({"vera"}) | COORDINATORS,
    "zzfornamed": frozenset({"vera", "rosa"}),
    "zzaskedred": frozenset({"vera", "rosa"}),
    # A proposed tag, an event and a resource.
    "zzproposed": frozenset({"vera"}) | COORDINATORS,
    "zzevent": frozenset({"vera", "viktor", "greta"}),
    "zzworkshop": frozenset({"vera", "viktor", "greta"}),
    "zzresource": frozenset({"vera", "viktor"}),
    # Practices of the register, and what was applied.
    "zzpractice": frozenset({"vera", "viktor", "greta"}),
    "zzproposal": frozenset({"vera"}) | COORDINATORS,
    "zzregister": EVERY_OFFICER,
    "zzapplied": frozenset({"vera", "viktor"}),
    "zzreused": EVERY_OFFICER,
    "zzwithdrawn": frozenset({"vera"}),
}

CASES = (
    "clear", "green", "amber", "naming", "strict", "red", "retired", "opened", "narrowed", "away",
    "closed", "quiet",
)  # fmt: skip
SUBMISSIONS = ("draft", "submitted", "fornamed")
PRACTICES = ("practice", "proposal", "register")
APPLICATIONS = ("applied", "reused", "withdrawn")


def hire(settings: Settings) -> dict[str, Account]:
    """Give everybody an account; the secret unit's has a name that must not be told either."""
    store = SqlAccounts(open_database(settings.accounts))
    return {
        name: store.add(
            NewAccount(
                id=name,
                email=f"{name}@example.org",
                name="zzauthor" if name == "isla" else name.capitalize(),
                organisation=person.organisation,
                roles=person.roles,
            )
        )
        for name, person in PEOPLE.items()
    }


def let_follow(settings: Settings) -> None:
    """Let everybody follow everything since the day before the records came, with a feed of it."""
    store = SqlSavedSearches(open_database(settings.accounts))
    before = NOON - dt.timedelta(days=1)
    for name in PEOPLE:
        saved = SavedSearch(
            id=f"saved-{name}",
            account=name,
            name="Everything",
            request=SearchRequest(),
            created_at=before,
            seen_at=before,
            feed=token_hash(f"feed-{name}"),
        )
        assert store.add(saved, 1)
