"""Searches in vain in SQL: two keyed hashes for what one account typed, and the text once a second one did.

The tables have no row numbers, so nothing tells in which order anything was typed.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import SEARCH_MARK, VAIN_SEARCH
from kb.domain.period import YearMonth
from kb.domain.vain_search import MOST_ALONE, MarkedSearch, Reason, VainSearch

_MARK, _VAIN = SEARCH_MARK.c, VAIN_SEARCH.c
_COUNTERS = {Reason.NOTHING_FOUND: _VAIN.nothing_found, Reason.NONE_OPENED: _VAIN.none_opened}


class SqlVainSearches:
    """A `VainSearchStore`."""

    def __init__(self, engine: Engine, most_alone: int = MOST_ALONE) -> None:
        self._engine = engine
        self._most_alone = most_alone

    def count(self, search: MarkedSearch, *, forget_before: YearMonth) -> None:
        """Decide inside one transaction that begins with a write, so that two at once are told apart."""
        if self._is_known(search):
            return
        with writing(self._engine) as connection:
            connection.execute(sa.delete(SEARCH_MARK).where(_MARK.month < forget_before))
            connection.execute(sa.delete(VAIN_SEARCH).where(_VAIN.month < forget_before))
            if not _count_open(connection, search):
                _count_hidden(connection, search)
                _make_room(connection, search, self._most_alone)

    def list(self, *, since: YearMonth) -> tuple[VainSearch, ...]:
        kept = sa.select(VAIN_SEARCH).where(_VAIN.month >= since).order_by(_VAIN.text)
        with self._engine.connect() as connection:
            return tuple(VainSearch(**row) for row in connection.execute(kept).mappings())

    def deal_with(self, mark: str, note: str, month: YearMonth) -> bool:
        change = sa.update(VAIN_SEARCH).where(_is_open(mark)).values(note=note, dealt_with=month)
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount == 1

    def forget(self, mark: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(VAIN_SEARCH).where(_VAIN.mark == mark))
            connection.execute(sa.delete(SEARCH_MARK).where(_MARK.mark == mark))
        with (
            self._engine.connect() as connection
        ):  # the log beside the file still holds the page with the words
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _is_known(self, search: MarkedSearch) -> bool:
        """Say whether counting would change nothing: reading pages must not mean writing to the disk."""
        same = sa.select(SEARCH_MARK).where(
            *(_MARK[name] == getattr(search, name) for name in _MARK.keys())  # noqa: SIM118 - a collection of columns
        )
        with self._engine.connect() as connection:
            return connection.execute(same).first() is not None


def _is_open(mark: str) -> sa.ColumnElement[bool]:
    return (_VAIN.mark == mark) & _VAIN.dealt_with.is_(None)


def _count_open(connection: Connection, search: MarkedSearch) -> bool:
    counter = _COUNTERS[search.reason]
    more = sa.update(VAIN_SEARCH).where(_is_open(search.mark))
    return connection.execute(more.values({counter: counter + 1, _VAIN.month: search.month})).rowcount == 1


def _count_hidden(connection: Connection, search: MarkedSearch) -> None:
    """Keep the marks of the first account; with the second, keep the text in their place."""
    first = connection.execute(sa.select(SEARCH_MARK).where(_MARK.mark == search.mark)).mappings().first()
    if first is None or first["account_mark"] == search.account_mark:
        row = insert(SEARCH_MARK).values(search.model_dump(exclude={"text"}))
        latest = {"reason": row.excluded.reason, "month": row.excluded.month}
        connection.execute(row.on_conflict_do_update(index_elements=[_MARK.mark], set_=latest))
        return
    connection.execute(sa.delete(SEARCH_MARK).where(_MARK.mark == search.mark))
    reasons = [first["reason"], search.reason.value]
    shown = insert(VAIN_SEARCH).values(
        mark=search.mark,
        text=search.text,
        nothing_found=reasons.count(Reason.NOTHING_FOUND.value),
        none_opened=reasons.count(Reason.NONE_OPENED.value),
        month=search.month,
        note="",
        dealt_with=None,
    )
    again = {name: shown.excluded[name] for name in ("nothing_found", "none_opened", "month", "dealt_with")}
    connection.execute(shown.on_conflict_do_update(index_elements=[_VAIN.mark], set_=again))


def _make_room(connection: Connection, search: MarkedSearch, most: int) -> None:
    """Let one mark go where there are too many: any but the new one, chosen by the new one's own hash, which nobody can aim."""
    if (connection.scalar(sa.select(sa.func.count()).select_from(SEARCH_MARK)) or 0) <= most:
        return
    others = sa.select(_MARK.mark).where(_MARK.mark != search.mark).order_by(_MARK.mark)
    gone = connection.scalar(others.where(_MARK.mark > search.account_mark).limit(1))
    connection.execute(
        sa.delete(SEARCH_MARK).where(_MARK.mark == (gone or connection.scalar(others.limit(1))))
    )
