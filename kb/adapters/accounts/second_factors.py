"""Second factors in SQL: what is used up is used up by one statement, so that two at once cannot both have it."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import RECOVERY_CODE, SECOND_FACTOR
from kb.domain.second_factor import Factor

_FACTOR, _RECOVERY = SECOND_FACTOR.c, RECOVERY_CODE.c


class SqlSecondFactors:
    """A `SecondFactorStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, account: str) -> Factor | None:
        chosen = sa.select(_FACTOR.account, _FACTOR.secret, _FACTOR.last_step).where(
            _FACTOR.account == account, _FACTOR.secret.is_not(None)
        )
        with self._engine.connect() as connection:
            row = connection.execute(chosen).mappings().one_or_none()
        return Factor(**row) if row else None

    def begin(self, account: str, secret: str) -> None:
        row = insert(SECOND_FACTOR).values(account=account, secret=None, last_step=0, waiting=secret)
        self._do(
            row.on_conflict_do_update(
                index_elements=[_FACTOR.account], set_={"waiting": row.excluded.waiting}
            )
        )

    def waiting(self, account: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(_FACTOR.waiting).where(_FACTOR.account == account))

    def confirm(self, account: str, secret: str, step: int, recovery: Collection[str]) -> bool:
        waiting = (_FACTOR.account == account) & (_FACTOR.waiting == secret)
        now = {"secret": secret, "last_step": step, "waiting": None}
        with writing(self._engine) as connection:
            if connection.execute(sa.update(SECOND_FACTOR).where(waiting).values(now)).rowcount != 1:
                return False
            _replace_recovery(connection, account, recovery)
        return True

    def use_step(self, factor: Factor, step: int) -> bool:
        unused = (
            (_FACTOR.account == factor.account)
            & (_FACTOR.secret == factor.secret)
            & (_FACTOR.last_step < step)
        )
        return self._do(sa.update(SECOND_FACTOR).where(unused).values(last_step=step)) == 1

    def use_recovery(self, account: str, code_hash: str) -> bool:
        one = (_RECOVERY.account == account) & (_RECOVERY.code_hash == code_hash)
        return self._do(sa.delete(RECOVERY_CODE).where(one)) == 1

    def recovery_left(self, account: str) -> int:
        counted = sa.select(sa.func.count()).where(_RECOVERY.account == account)
        with self._engine.connect() as connection:
            return connection.execute(counted).scalar_one()

    def renew_recovery(self, account: str, recovery: Collection[str]) -> None:
        with writing(self._engine) as connection:
            _replace_recovery(connection, account, recovery)

    def remove(self, account: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.delete(SECOND_FACTOR).where(_FACTOR.account == account))
            _replace_recovery(connection, account, ())

    def _do(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount


def _replace_recovery(connection: Connection, account: str, recovery: Collection[str]) -> None:
    connection.execute(sa.delete(RECOVERY_CODE).where(_RECOVERY.account == account))
    rows = [{"account": account, "code_hash": each} for each in recovery]
    if rows:
        connection.execute(sa.insert(RECOVERY_CODE), rows)
