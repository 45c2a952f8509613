"""Known names: what a text may name without leading to a person, as one reader knows it.

Countries everybody knows. Of organisations, events and resources only those count that exist for the reader, so that no
warning, and none left out, tells of a record that they may not see.
"""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.checks import Names
from kb.domain.concept import Scheme
from kb.domain.country_names import ALSO_KNOWN_AS, COUNTRY_NAMES
from kb.domain.entry import Listing
from kb.domain.ports import Catalogue
from kb.domain.record import Kind
from kb.services.vocabulary import Vocabularies

COUNTRIES = (*COUNTRY_NAMES, *ALSO_KNOWN_AS)
KNOWN = frozenset({Kind.EVENT, Kind.RESOURCE})
"""Records that are called after organisations and instruments."""


class KnownNames:
    """Gathers names."""

    def __init__(self, vocabularies: Vocabularies, catalogue: Catalogue) -> None:
        self._vocabularies = vocabularies
        self._catalogue = catalogue

    def of(self, account: Account) -> Names:
        """Give the names that the account knows."""
        entries = self._catalogue.list(Listing(viewer=account.viewer, kinds=KNOWN))
        owners = {entry.owner_name for entry in entries} | (
            {account.organisation.name} if account.organisation else set()
        )
        return Names(
            countries=COUNTRIES,
            organisations=tuple(sorted(owners | {entry.title for entry in entries})),
            instruments=tuple(
                word
                for concept in self._vocabularies.of(account).concepts
                if concept.scheme in {Scheme.CHANNEL, Scheme.PARTNER}
                for labels in concept.labels
                for word in (labels.preferred, *labels.alternative)
            ),
        )
