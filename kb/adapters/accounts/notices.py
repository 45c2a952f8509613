"""Notices in SQL: every statement names its account, and a try to send is taken by one statement, so that one process has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Engine, RowMapping

from kb.adapters.accounts.database import deciding, writing
from kb.adapters.accounts.tables import NOTICE, NOTICE_WISHES
from kb.domain.notice import MailMode, MailState, Notice, Told, Wishes
from kb.domain.ports import Outstanding
from kb.domain.revision import RecordRef

_NOTICE, _WISHES = NOTICE.c, NOTICE_WISHES.c
_DUE = _NOTICE.mail == MailState.DUE.value
_NEWEST = (_NOTICE.at.desc(), _NOTICE.key)
_OF_ACCOUNT = sa.select(NOTICE).where(_NOTICE.account == sa.bindparam("account")).order_by(*_NEWEST)
_UNREAD = _OF_ACCOUNT.where(_NOTICE.read_at.is_(None))
"""Every page with a header asks it: made once, because making a statement takes longer than answering it."""


class SqlNotices:
    """A `NoticeStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, notices: Sequence[Notice]) -> frozenset[str]:
        """Look first, then write: a drain that runs twice over many records writes nothing the second time."""
        if not notices:
            return frozenset()
        with deciding(self._engine) as connection:
            forgotten = _forgotten(connection, {each.account for each in notices})
            new = [each for each in notices if each.at > forgotten.get(each.account, each.at - _A_MOMENT)]
            return frozenset(each.account for each in new if _insert(connection, each))

    def of(self, account: str, *, unread: bool = False) -> tuple[Notice, ...]:
        return self._some(_UNREAD if unread else _OF_ACCOUNT, account=account)

    def read(self, account: str, keys: Collection[str], at: dt.datetime) -> None:
        self._do(_change(account, keys, read_at=at).where(_NOTICE.read_at.is_(None)))

    def read_all(self, account: str, until: dt.datetime, at: dt.datetime) -> None:
        unread = (_NOTICE.account == account) & _NOTICE.read_at.is_(None) & (_NOTICE.at <= until)
        self._do(sa.update(NOTICE).where(unread).values(read_at=at))

    def wishes(self, account: str) -> Wishes:
        with self._engine.connect() as connection:
            asked = sa.select(NOTICE_WISHES).where(_WISHES.account == account)
            row = connection.execute(asked).mappings().first()
        return _wishes(row) if row else Wishes()

    def set_wishes(self, account: str, wishes: Wishes) -> None:
        self._put_wishes(account, mail=wishes.mail.value, unmailed=" ".join(sorted(wishes.unmailed)))

    def due(self, now: dt.datetime) -> Mapping[str, tuple[Notice, ...]]:
        waiting = (
            sa.select(NOTICE).where(_DUE & (_NOTICE.next_at <= now)).order_by(_NOTICE.next_at, _NOTICE.key)
        )
        found = dict[str, tuple[Notice, ...]]()
        for notice in self._some(waiting):
            found[notice.account] = (*found.get(notice.account, ()), notice)
        return found

    def claim(
        self, account: str, keys: Collection[str], now: dt.datetime, until: dt.datetime
    ) -> frozenset[str]:
        free = _change(account, keys, next_at=until, tries=_NOTICE.tries + 1)
        taken = free.where(_DUE & (_NOTICE.next_at <= now)).returning(_NOTICE.key)
        with writing(self._engine) as connection:
            return frozenset(connection.execute(taken).scalars())

    def sent(self, account: str, keys: Collection[str], digest_at: dt.datetime | None = None) -> None:
        with writing(self._engine) as connection:
            connection.execute(_change(account, keys, mail=MailState.SENT.value, failure=""))
            if digest_at:
                connection.execute(_put(account, digest_at=digest_at))

    def failed(self, account: str, keys: Collection[str], next_at: dt.datetime, sentence: str) -> None:
        self._do(_change(account, keys, next_at=next_at, failure=sentence).where(_DUE))

    def dropped(self, account: str, keys: Collection[str]) -> None:
        self._do(_change(account, keys, mail=MailState.DROPPED.value, failure="").where(_DUE))

    def outstanding(self) -> Outstanding:
        waiting = sa.select(sa.func.count()).select_from(NOTICE).where(_DUE)
        failing = sa.select(_NOTICE.account, sa.func.max(_NOTICE.failure)).where(
            _DUE & (_NOTICE.failure != "")
        )
        with self._engine.connect() as connection:
            failures = connection.execute(failing.group_by(_NOTICE.account)).all()
            return Outstanding(
                failures=dict(failures),
                waiting=connection.scalar(waiting) or 0,
            )

    def tidy(self, before: dt.datetime, most: int) -> None:
        place = sa.func.row_number().over(
            partition_by=_NOTICE.account, order_by=(_NOTICE.read_at.is_not(None), *_NEWEST)
        )
        placed = sa.select(_NOTICE.account, _NOTICE.key, place.label("place")).subquery()
        beyond = sa.select(placed.c.account, placed.c.key).where(placed.c.place > most)
        old = (_NOTICE.at < before) & ~_DUE & sa.tuple_(_NOTICE.account, _NOTICE.key).in_(beyond)
        with deciding(self._engine) as connection:
            newest = sa.select(_NOTICE.account, sa.func.max(_NOTICE.at)).where(old).group_by(_NOTICE.account)
            for account, until in connection.execute(newest).all():
                connection.execute(_put(account, forgotten_until=until))
            connection.execute(sa.delete(NOTICE).where(old))

    def _put_wishes(self, account: str, **values: str) -> None:
        with writing(self._engine) as connection:
            connection.execute(_put(account, **values))

    def _some(self, statement: sa.Select[tuple[object, ...]], **values: str) -> tuple[Notice, ...]:
        with self._engine.connect() as connection:
            return tuple(_notice(row) for row in connection.execute(statement, values).mappings())

    def _do(self, statement: sa.Update) -> None:
        with writing(self._engine) as connection:
            connection.execute(statement)


_A_MOMENT = dt.timedelta(seconds=1)


def _change(account: str, keys: Collection[str], **values: object) -> sa.Update:
    named = (_NOTICE.account == account) & _NOTICE.key.in_(sorted(keys))
    return sa.update(NOTICE).where(named).values(**values)


def _put(account: str, **values: object) -> sa.Insert:
    """Change what is said of an account, or say it for the first time."""
    row = insert(NOTICE_WISHES).values(account=account, **{"unmailed": "", **values})
    return row.on_conflict_do_update(index_elements=[_WISHES.account], set_=values)


def _insert(connection: Connection, notice: Notice) -> bool:
    fields = notice.model_dump(mode="python", exclude={"subject"})
    values = {**fields, "kind": notice.subject.kind, "record": notice.subject.id, "next_at": notice.at}
    return connection.execute(insert(NOTICE).values(values).on_conflict_do_nothing()).rowcount == 1


def _forgotten(connection: Connection, accounts: Collection[str]) -> Mapping[str, dt.datetime]:
    said = sa.select(_WISHES.account, _WISHES.forgotten_until).where(
        _WISHES.forgotten_until.is_not(None) & _WISHES.account.in_(sorted(accounts))
    )
    return dict(connection.execute(said).all())


def _notice(row: RowMapping) -> Notice:
    fields = {name: row[name] for name in Notice.model_fields if name != "subject"}
    return Notice(subject=RecordRef(kind=row["kind"], id=row["record"]), **fields)


def _wishes(row: RowMapping) -> Wishes:
    """Read what somebody chose; of acts that another release knew, those that are still told."""
    known = {each.value for each in Told}
    return Wishes(
        mail=MailMode(row["mail"]) if row["mail"] else Wishes().mail,
        unmailed=frozenset(Told(each) for each in row["unmailed"].split() if each in known),
        digest_at=row["digest_at"],
    )
