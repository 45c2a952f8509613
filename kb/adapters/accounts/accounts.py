"""Accounts and organisations in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import ACCOUNT, ORGANISATION, ROLE_MEMBERSHIP
from kb.domain.account import Account, Role
from kb.domain.errors import Invalid
from kb.domain.marking import Organisation
from kb.domain.ports import NewAccount

_ROLES = (
    sa.select(sa.func.group_concat(ROLE_MEMBERSHIP.c.role, " "))
    .where(ROLE_MEMBERSHIP.c.account == ACCOUNT.c.id)
    .scalar_subquery()
)
_ACCOUNTS = (
    sa.select(
        ACCOUNT,
        ORGANISATION.c.name.label("organisation_name"),
        ORGANISATION.c.country.label("organisation_country"),
        _ROLES.label("roles"),
    )
    .select_from(ACCOUNT.outerjoin(ORGANISATION))
    .order_by(ACCOUNT.c.email_key)
)
_BY_ID = _ACCOUNTS.where(ACCOUNT.c.id == sa.bindparam("id"))
"""Every request asks it: made once, because making a statement takes longer than answering it."""


class SqlAccounts:
    """An `AccountStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, account: NewAccount) -> Account:
        made = Account(**{name: getattr(account, name) for name in NewAccount.model_fields})
        try:
            with writing(self._engine) as connection:
                if made.organisation:
                    _put_organisation(connection, made.organisation)
                connection.execute(sa.insert(ACCOUNT).values(id=made.id, **_columns(made)))
                _put_roles(connection, made)
        except IntegrityError as taken:
            raise Invalid(("email", "There is an account with this e-mail address already.")) from taken
        return made

    def get(self, identifier: str) -> Account | None:
        return next(iter(self._some(_BY_ID, id=identifier)), None)

    def by_email(self, email: str) -> Account | None:
        found = self._some(_ACCOUNTS.where(ACCOUNT.c.email_key == email.strip().casefold()))
        return next(iter(found), None)

    def named(self, identifiers: Collection[str]) -> Mapping[str, Account]:
        return {account.id: account for account in self._some(_named(identifiers))}

    def list(self) -> tuple[Account, ...]:
        return self._some(_ACCOUNTS)

    def set_profile(self, account: Account) -> None:
        with writing(self._engine) as connection:
            _change(connection, account.id, name=account.name, language=account.language)

    def set_standing(self, account: Account) -> None:
        with writing(self._engine) as connection:
            if account.organisation:
                _put_organisation(connection, account.organisation)
            organisation = account.organisation.id if account.organisation else None
            if _change(connection, account.id, organisation=organisation, active=account.active):
                connection.execute(sa.delete(ROLE_MEMBERSHIP).where(ROLE_MEMBERSHIP.c.account == account.id))
                _put_roles(connection, account)

    def password_hash(self, identifier: str) -> str | None:
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(ACCOUNT.c.password_hash).where(ACCOUNT.c.id == identifier))

    def set_password_hash(self, identifier: str, value: str | None) -> None:
        with writing(self._engine) as connection:
            _change(connection, identifier, password_hash=value)

    def organisations(self) -> tuple[Organisation, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(
                sa.select(ORGANISATION).order_by(ORGANISATION.c.name, ORGANISATION.c.id)
            )
            return tuple(Organisation(**row) for row in rows.mappings())

    def rename_organisation(self, identifier: str, name: str) -> None:
        renamed = sa.update(ORGANISATION).where(ORGANISATION.c.id == identifier).values(name=name)
        with writing(self._engine) as connection:
            connection.execute(renamed)

    def _some(self, statement: sa.Select[tuple[object, ...]], **values: str) -> tuple[Account, ...]:
        with self._engine.connect() as connection:
            return tuple(_account(row) for row in connection.execute(statement, values).mappings())


def _named(identifiers: Collection[str]) -> sa.Select[tuple[object, ...]]:
    return _ACCOUNTS.where(ACCOUNT.c.id.in_(tuple(identifiers)))


def _account(row: RowMapping) -> Account:
    organisation = row["organisation"] and Organisation(
        id=row["organisation"], name=row["organisation_name"], country=row["organisation_country"]
    )
    return Account(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        organisation=organisation,
        roles=frozenset(map(Role, (row["roles"] or "").split())),
        active=row["active"],
        language=row["language"],
        demo=row["demo"],
    )


def _change(connection: Connection, identifier: str, **values: object) -> int:
    return connection.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id == identifier).values(values)).rowcount


def _columns(account: Account) -> dict[str, object]:
    return {
        "email": account.email.strip(),
        "email_key": account.email.strip().casefold(),
        "name": account.name,
        "organisation": account.organisation.id if account.organisation else None,
        "active": account.active,
        "language": account.language,
        "demo": account.demo,
    }


def _put_organisation(connection: Connection, organisation: Organisation) -> None:
    row = insert(ORGANISATION).values(organisation.model_dump())
    connection.execute(row.on_conflict_do_nothing(index_elements=[ORGANISATION.c.id]))


def _put_roles(connection: Connection, account: Account) -> None:
    rows = [{"account": account.id, "role": role.value} for role in sorted(account.roles)]
    if rows:
        connection.execute(sa.insert(ROLE_MEMBERSHIP), rows)
