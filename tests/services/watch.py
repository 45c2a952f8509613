"""An office in which people search in vain, and coordinators watch it."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.vain_search import PendingSearch
from kb.services.searching import Searching
from kb.services.vain_searches import VainSearches
from tests.fakes.vain_searches import MemoryVainSearches
from tests.services.office import Office

KEY = b"the key of this installation"
TEXT = "zeppelin footage"


class Watch(Office):
    """An office in which people search; `search` does it once and signs out, so that it is settled."""

    def __init__(self) -> None:
        super().__init__()
        self.vain_store = MemoryVainSearches()
        self.searching = Searching(self.engine, self.vocabularies)
        self.vain = self.service(KEY)

    def service(self, key: bytes) -> VainSearches:
        return VainSearches(self.vain_store, self.searching, self.audit, self.clock, key)

    def search(self, account: Account, text: str = TEXT, *, found: bool = False) -> None:
        self.vain.settle(account, PendingSearch(text=text, found=found))

    def both(self, text: str = TEXT, *, found: bool = False) -> str:
        """Let two accounts search for it, and give its mark."""
        self.search(self.anna, text, found=found)
        self.search(self.dora, text, found=found)
        return next(each.mark for each in self.vain_store.list(since="2000-01") if each.text == text)

    def shown(self) -> list[str]:
        return [each.search.text for each in self.vain.list(self.carla).open]
