"""How people are told what concerns them, joined."""

from __future__ import annotations

from typing import NamedTuple

from kb.bootstrap.adapters import Adapters
from kb.bootstrap.outside import Outside
from kb.services.digests import Digests
from kb.services.inbox import Inbox
from kb.services.letters import Letters
from kb.services.records import Records
from kb.services.saved_searches import SavedSearches
from kb.services.saving import Saving
from kb.services.still_true import StillTrue
from kb.services.telling import Telling
from kb.services.vain_searches import VainSearches


class Known(NamedTuple):
    """The services that are joined before, and that letters ask."""

    records: Records
    saving: Saving
    telling: Telling
    saved_searches: SavedSearches
    vain_searches: VainSearches


class Told(NamedTuple):
    """What people are told in, and what tells them."""

    inbox: Inbox
    still_true: StillTrue
    digests: Digests


def told(adapters: Adapters, outside: Outside, known: Known, address: str) -> Told:
    notices, accounts, catalogue, clock = (
        adapters.notices,
        adapters.accounts,
        adapters.catalogue,
        outside.clock,
    )
    still_true = StillTrue(
        records=known.records,
        saving=known.saving,
        catalogue=catalogue,
        accounts=accounts,
        telling=known.telling,
        clock=clock,
    )
    letters = Letters(
        notices=notices,
        accounts=accounts,
        records=known.records,
        saved_searches=known.saved_searches,
        vain_searches=known.vain_searches,
        address=address,
    )
    digests = Digests(
        notices=notices,
        accounts=accounts,
        letters=letters,
        still_true=still_true,
        mailer=adapters.mailer,
        chores=adapters.chores,
        clock=clock,
    )
    return Told(Inbox(notices, catalogue, accounts, clock), still_true, digests)
