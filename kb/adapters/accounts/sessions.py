"""Sessions and one-time links in SQL: hashes of tokens, never a token."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import LINK, SESSION
from kb.domain.ports import Session

_BY_TOKEN = sa.select(SESSION).where(SESSION.c.token_hash == sa.bindparam("token_hash"))
"""Every request asks it: made once, because making a statement takes longer than answering it."""


class SqlSessions:
    """A `SessionStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, session: Session) -> None:
        self._do(sa.insert(SESSION).values(session.model_dump()))

    def get(self, token_hash: str) -> Session | None:
        with self._engine.connect() as connection:
            row = connection.execute(_BY_TOKEN, {"token_hash": token_hash}).mappings().one_or_none()
        return Session(**row) if row else None

    def of(self, account: str) -> tuple[Session, ...]:
        latest = (
            sa.select(SESSION)
            .where(SESSION.c.account == account)
            .order_by(SESSION.c.seen_at.desc(), SESSION.c.id)
        )
        with self._engine.connect() as connection:
            return tuple(Session(**row) for row in connection.execute(latest).mappings())

    def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
        self._do(sa.update(SESSION).where(SESSION.c.token_hash == token_hash).values(seen_at=seen_at))

    def end(self, token_hash: str) -> bool:
        return self._do(sa.delete(SESSION).where(SESSION.c.token_hash == token_hash)) == 1

    def end_one(self, account: str, identifier: str) -> bool:
        one = (SESSION.c.account == account) & (SESSION.c.id == identifier)
        return self._do(sa.delete(SESSION).where(one)) == 1

    def end_all(self, account: str, but: str | None = None) -> None:
        others = SESSION.c.token_hash != but if but else sa.true()
        self._do(sa.delete(SESSION).where(SESSION.c.account == account, others))

    def end_before(self, started_at: dt.datetime, seen_at: dt.datetime) -> None:
        self._do(
            sa.delete(SESSION).where((SESSION.c.started_at < started_at) | (SESSION.c.seen_at < seen_at))
        )

    def put_link(self, token_hash: str, account: str, expires_at: dt.datetime) -> None:
        row = insert(LINK).values(account=account, token_hash=token_hash, expires_at=expires_at)
        replaced = {"token_hash": row.excluded.token_hash, "expires_at": row.excluded.expires_at}
        self._do(row.on_conflict_do_update(index_elements=[LINK.c.account], set_=replaced))

    def link(self, token_hash: str) -> tuple[str, dt.datetime] | None:
        with self._engine.connect() as connection:
            row = connection.execute(
                sa.select(LINK.c.account, LINK.c.expires_at).where(LINK.c.token_hash == token_hash)
            ).one_or_none()
        return (row.account, row.expires_at) if row else None

    def use_link(self, token_hash: str) -> bool:
        return self._do(sa.delete(LINK).where(LINK.c.token_hash == token_hash)) == 1

    def drop_link(self, account: str) -> None:
        self._do(sa.delete(LINK).where(LINK.c.account == account))

    def _do(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount
