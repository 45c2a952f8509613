"""Failed tries in SQL; every decision is made inside one transaction that begins with a write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import THROTTLE
from kb.domain.throttle import MEMORY, Limit, Tally, failed, wait

_COLUMNS = THROTTLE.c


class SqlThrottle:
    """A `ThrottleStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, limits: Mapping[str, Limit], now: dt.datetime) -> dt.timedelta:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(THROTTLE).where(_COLUMNS.last_at <= now - MEMORY))
            known = _tallies(connection, limits)
            longest = max((wait(limit, known.get(key), now) for key, limit in limits.items()), default=_NONE)
            if not longest:
                for key in limits:
                    _put(connection, key, failed(known.get(key), now))
        return longest

    def forget(self, keys: Collection[str]) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(THROTTLE).where(_COLUMNS.key.in_(tuple(keys))))

    def take_back(self, keys: Collection[str]) -> None:
        these = _COLUMNS.key.in_(tuple(keys))
        with writing(self._engine) as connection:
            connection.execute(sa.update(THROTTLE).where(these).values(failures=_COLUMNS.failures - 1))
            connection.execute(sa.delete(THROTTLE).where(these, _COLUMNS.failures < 1))


_NONE = dt.timedelta(0)


def _tallies(connection: Connection, keys: Collection[str]) -> dict[str, Tally]:
    rows = connection.execute(sa.select(THROTTLE).where(_COLUMNS.key.in_(tuple(keys)))).mappings()
    return {row["key"]: Tally(failures=row["failures"], last_at=row["last_at"]) for row in rows}


def _put(connection: Connection, key: str, tally: Tally) -> None:
    row = insert(THROTTLE).values(key=key, failures=tally.failures, last_at=tally.last_at)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[_COLUMNS.key],
            set_={"failures": row.excluded.failures, "last_at": row.excluded.last_at},
        )
    )
