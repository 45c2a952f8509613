"""Follows in SQL: every statement about one names its account too, but for who follows something, which the drain alone asks."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine, RowMapping

from kb.adapters.accounts.database import deciding, writing
from kb.adapters.accounts.tables import FOLLOW, FOLLOW_FEED
from kb.domain.follow import Follow, Followed, Target

_COLUMNS, _FEED = FOLLOW.c, FOLLOW_FEED.c


class SqlFollows:
    """A `FollowStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, follow: Follow, most: int) -> bool:
        """Count and keep under one lock, so that two at once cannot both be the last."""
        others = (_COLUMNS.account == follow.account) & ~_among({follow.target})
        row = {"account": follow.account, "kind": follow.target.kind.value, "id": follow.target.id}
        with deciding(self._engine) as connection:
            kept = connection.execute(
                sa.select(sa.func.count()).select_from(FOLLOW).where(others)
            ).scalar_one()
            if kept >= most:
                return False
            connection.execute(insert(FOLLOW).values(**row, since=follow.since).on_conflict_do_nothing())
        return True

    def drop(self, account: str, targets: Collection[Target]) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(FOLLOW).where((_COLUMNS.account == account) & _among(targets)))

    def of(self, account: str) -> tuple[Follow, ...]:
        return self._some(_COLUMNS.account == account)

    def followers(self, targets: Collection[Target]) -> tuple[Follow, ...]:
        return self._some(_among(targets)) if targets else ()

    def set_feed(self, account: str, token_hash: str | None) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(FOLLOW_FEED).where(_FEED.account == account))
            if token_hash:
                connection.execute(sa.insert(FOLLOW_FEED).values(account=account, token=token_hash))

    def has_feed(self, account: str) -> bool:
        return self._feed(_FEED.account == account) is not None

    def of_feed(self, token_hash: str) -> str | None:
        return self._feed(_FEED.token == token_hash)

    def _feed(self, condition: sa.ColumnElement[bool]) -> str | None:
        with self._engine.connect() as connection:
            return connection.execute(sa.select(_FEED.account).where(condition)).scalar()

    def _some(self, condition: sa.ColumnElement[bool]) -> tuple[Follow, ...]:
        newest = (
            sa.select(FOLLOW)
            .where(condition)
            .order_by(_COLUMNS.since.desc(), _COLUMNS.kind, _COLUMNS.id, _COLUMNS.account)
        )
        with self._engine.connect() as connection:
            return tuple(_follow(row) for row in connection.execute(newest).mappings())


def _among(targets: Collection[Target]) -> sa.ColumnElement[bool]:
    wanted = sorted((each.kind.value, each.id) for each in targets)
    return sa.tuple_(_COLUMNS.kind, _COLUMNS.id).in_(wanted)


def _follow(row: RowMapping) -> Follow:
    target = Target(Followed(row["kind"]), row["id"])
    return Follow(account=row["account"], target=target, since=row["since"])
