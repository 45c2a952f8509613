"""Saved searches in SQL: every statement about one names its account too."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.engine import Engine, RowMapping

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import SAVED_SEARCH
from kb.domain.query import SearchRequest
from kb.domain.saved_search import SavedSearch

_COLUMNS = SAVED_SEARCH.c


class SqlSavedSearches:
    """A `SavedSearchStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, saved: SavedSearch, most: int) -> bool:
        """Count and keep in one statement, so that two at once cannot both be the last."""
        values = {**dict(saved), "request": saved.request.model_dump_json()}
        kept = sa.select(sa.func.count()).where(_COLUMNS.account == saved.account).scalar_subquery()
        row = sa.select(*(sa.literal(values[each.name], each.type) for each in _COLUMNS)).where(kept < most)
        return self._do(sa.insert(SAVED_SEARCH).from_select(list(_COLUMNS), row)) == 1

    def get(self, account: str, identifier: str) -> SavedSearch | None:
        return self._one(_one_of(account, identifier))

    def of(self, account: str) -> tuple[SavedSearch, ...]:
        return self._some(_COLUMNS.account == account)

    def of_feed(self, token_hash: str) -> SavedSearch | None:
        return self._one(_COLUMNS.feed == token_hash)

    def rename(self, account: str, identifier: str, name: str) -> None:
        self._do(sa.update(SAVED_SEARCH).where(_one_of(account, identifier)).values(name=name))

    def see(self, account: str, identifier: str, seen_at: dt.datetime) -> None:
        earlier = _one_of(account, identifier) & (_COLUMNS.seen_at < seen_at)
        self._do(sa.update(SAVED_SEARCH).where(earlier).values(seen_at=seen_at))

    def set_feed(self, account: str, identifier: str, token_hash: str | None) -> None:
        self._do(sa.update(SAVED_SEARCH).where(_one_of(account, identifier)).values(feed=token_hash))

    def drop_feeds(self, account: str) -> None:
        self._do(sa.update(SAVED_SEARCH).where(_COLUMNS.account == account).values(feed=None))

    def drop(self, account: str, identifier: str) -> None:
        self._do(sa.delete(SAVED_SEARCH).where(_one_of(account, identifier)))

    def _one(self, condition: sa.ColumnElement[bool]) -> SavedSearch | None:
        return next(iter(self._some(condition)), None)

    def _some(self, condition: sa.ColumnElement[bool]) -> tuple[SavedSearch, ...]:
        newest = sa.select(SAVED_SEARCH).where(condition).order_by(_COLUMNS.created_at.desc(), _COLUMNS.id)
        with self._engine.connect() as connection:
            return tuple(_saved(row) for row in connection.execute(newest).mappings())

    def _do(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount


def _one_of(account: str, identifier: str) -> sa.ColumnElement[bool]:
    return (_COLUMNS.account == account) & (_COLUMNS.id == identifier)


def _saved(row: RowMapping) -> SavedSearch:
    return SavedSearch(**{**row, "request": _request(row["request"])})


def _request(text: str) -> SearchRequest:
    """Read a request; of one that another release wrote, what is still asked for: its owner can look at it and save it anew."""
    try:
        return SearchRequest.model_validate_json(text)
    except ValidationError as unreadable:
        given = json.loads(text)
        unknown = {each["loc"][:2] for each in unreadable.errors()}
        filters = [each for number, each in enumerate(given["filters"]) if ("filters", number) not in unknown]
        rest = {name: value for name, value in given.items() if (name,) not in unknown}
        return SearchRequest.model_validate({**rest, "filters": filters})
