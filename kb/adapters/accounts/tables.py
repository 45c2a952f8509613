"""The tables, as today's code reads them; `migrations/` tells how a database comes to have them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

    _Seconds = TypeDecorator[dt.datetime]
else:
    _Seconds = TypeDecorator


class Instant(_Seconds):
    """A moment in UTC, kept as seconds since 1970: SQLite has no type for one, and numbers compare without a parser."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, _dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromtimestamp(value, dt.UTC)


METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ORGANISATION = sa.Table(
    "organisation",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("country", sa.String(2), nullable=False),
)

ACCOUNT = sa.Table(
    "account",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("email", sa.String, nullable=False),
    sa.Column("email_key", sa.String, nullable=False, unique=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("organisation", sa.ForeignKey("organisation.id"), nullable=True),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
    sa.Column("password_hash", sa.String, nullable=True),
)
"""`email_key` is the address without case, so that an address is taken whatever way it is typed."""

ROLE_MEMBERSHIP = sa.Table(
    "role_membership",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("role", sa.String, primary_key=True),
)

SESSION = sa.Table(
    "session",
    METADATA,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("id", sa.String, nullable=False, unique=True),
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("stage", sa.String, nullable=False),
    sa.Column("browser", sa.String, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("proved_at", Instant, nullable=False),
)

LINK = sa.Table(
    "link",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("expires_at", Instant, nullable=False),
)
"""One link per account: a new one makes the old one worthless."""

SECOND_FACTOR = sa.Table(
    "second_factor",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("secret", sa.String, nullable=True),
    sa.Column("last_step", sa.Integer, nullable=False),
    sa.Column("waiting", sa.String, nullable=True),
)
"""`secret` is readable, because codes are made from it; `waiting` is one whose first code is awaited."""

RECOVERY_CODE = sa.Table(
    "recovery_code",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("code_hash", sa.String(64), primary_key=True),
)

THROTTLE = sa.Table(
    "throttle",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Failed tries by keyed hashes of what was tried and from where: no address of a person lies here."""

SAVED_SEARCH = sa.Table(
    "saved_search",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("request", sa.String, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("feed", sa.String(64), nullable=True, unique=True),
)
"""`request` is the search as JSON; `feed` the hash of a token."""

FOLLOW = sa.Table(
    "follow",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String, primary_key=True),
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("since", Instant, nullable=False),
    sqlite_with_rowid=False,
)
sa.Index("ix_follow_target", FOLLOW.c.kind, FOLLOW.c.id)
"""Ids alone, of concepts and practices, and codes of countries."""

FOLLOW_FEED = sa.Table(
    "follow_feed",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("token", sa.String(64), nullable=False, unique=True),
    sqlite_with_rowid=False,
)
"""`token` is the hash of what reads the feed of all that an account follows."""

SEARCH_MARK = sa.Table(
    "search_mark",
    METADATA,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("account_mark", sa.String(64), nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sqlite_with_rowid=False,
)
"""What one account alone searched in vain: keyed hashes, without text, account or time."""

VAIN_SEARCH = sa.Table(
    "vain_search",
    METADATA,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("nothing_found", sa.Integer, nullable=False),
    sa.Column("none_opened", sa.Integer, nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("note", sa.String, nullable=False),
    sa.Column("dealt_with", sa.String(7), nullable=True),
    sqlite_with_rowid=False,
)
"""What two accounts or more searched in vain: nothing of the accounts is left."""

NOTICE = sa.Table(
    "notice",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("act", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("record", sa.String, nullable=False),
    sa.Column("lesson", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=True),
    sa.Column("read_at", Instant, nullable=True),
    sa.Column("mail", sa.String, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_at", Instant, nullable=False),
    sa.Column("failure", sa.String, nullable=False),
    sqlite_with_rowid=False,
)
sa.Index("ix_notice_unread", NOTICE.c.account, sqlite_where=NOTICE.c.read_at.is_(None))
sa.Index("ix_notice_due", NOTICE.c.next_at, sqlite_where=NOTICE.c.mail == "due")
"""Ids alone; no title or text of a record."""

NOTICE_WISHES = sa.Table(
    "notice_wishes",
    METADATA,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("mail", sa.String, nullable=True),
    sa.Column("unmailed", sa.String, nullable=False),
    sa.Column("digest_at", Instant, nullable=True),
    sa.Column("forgotten_until", Instant, nullable=True),
    sqlite_with_rowid=False,
)
"""`mail` is empty until somebody chose; what is as old as `forgotten_until` was told once, and is not told again."""

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("subject", sa.String, nullable=False, index=True),
    sa.Column("result", sa.String, nullable=False),
    sa.Column("detail", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=True, unique=True),
    sa.Column("mac", sa.String(64), nullable=False),
    sa.Index("ix_audit_actor_at", "actor", "at"),
    sqlite_autoincrement=True,
)
"""Triggers refuse changes, removals and whatever is not the next row; `mac` chains each row to the one before."""
