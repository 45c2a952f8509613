"""The register of good practices: reading it, curating it, and what was applied, joined to each other."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.ports import AccountStore, Catalogue, Clock, Randomness
from kb.services.applications import Applications
from kb.services.kept_bodies import KeptBodies
from kb.services.practice_acts import PracticeActs
from kb.services.practices import Practices
from kb.services.records import Records
from kb.services.saving import Saving
from kb.services.weighing import Weighing


class Register(NamedTuple):
    """The services of the register."""

    weighing: Weighing
    practices: Practices
    practice_acts: PracticeActs
    applications: Applications


def register(
    records: Records,
    saving: Saving,
    catalogue: Catalogue,
    accounts: AccountStore,
    *,
    kept: KeptBodies,
    clock: Clock,
    randomness: Randomness,
) -> Register:
    """Join them."""
    weighing = Weighing(kept, catalogue)
    practices = Practices(records, catalogue, accounts, kept, weighing)
    practice_acts = PracticeActs(
        practices, records, saving, weighing=weighing, accounts=accounts, clock=clock, randomness=randomness
    )
    applications = Applications(
        records, saving, practices, weighing=weighing, accounts=accounts, clock=clock, randomness=randomness
    )
    return Register(weighing, practices, practice_acts, applications)
