"""An office whose people follow searches."""

from __future__ import annotations

from kb.domain.query import SearchRequest
from kb.domain.saved_search import SavedSearch
from kb.services.feeds import Feeds
from kb.services.saved_searches import SavedSearches
from kb.services.searching import Searching
from tests.fakes.saved_searches import MemorySavedSearches
from tests.services.office import Office


class ReadingDesk(Office):
    """`saved` keeps the searches, `feeds` answers them; Anna's `follow` lets a minute pass before anything new comes."""

    def __init__(self) -> None:
        super().__init__()
        self.saved_store = MemorySavedSearches()
        self.searching = Searching(self.engine, self.vocabularies)
        self.feeds = Feeds(
            saved=self.saved_store,
            follows=self.follows,
            vocabularies=self.vocabularies,
            accounts=self.people,
            searching=self.searching,
            catalogue=self.catalogue,
            audit=self.audit,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.saved = SavedSearches(
            saved=self.saved_store,
            feeds=self.feeds,
            searching=self.searching,
            catalogue=self.catalogue,
            clock=self.clock,
            randomness=self.randomness,
        )

    def follow(self, text: str = "preservation", **asked: object) -> SavedSearch:
        """Let Anna follow a search."""
        self.clock.tick()
        saved = self.saved.save(self.anna, SearchRequest.model_validate({"text": text, **asked}), "Followed")
        self.clock.tick()
        return saved
