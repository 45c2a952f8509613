"""Chain the audit log: each row gets its result, and a seal over itself and the seal of the row before.

Rows are numbered anew, because a row that was skipped for its key took a number with it and left a gap.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from kb.domain.audit import AuditRow
from kb.domain.audit_chain import AuditChain, Head

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REFUSALS = {
    "audit_keeps_its_rows": "BEFORE DELETE ON audit",
    "audit_never_changes": "BEFORE UPDATE ON audit",
    "audit_only_grows": (
        "BEFORE INSERT ON audit WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit) "
        "OR EXISTS (SELECT 1 FROM audit WHERE key = NEW.key)"
    ),
}
"""The last one is for INSERT OR REPLACE, whose removals fire no trigger on a connection that did not ask for it."""
PAGE = 1_000


def upgrade() -> None:
    op.rename_table("audit", "audit_before")
    op.drop_index("ix_audit_subject", "audit_before")
    _make_table()
    _seal_what_stands()
    op.drop_table("audit_before")
    for name, moment in REFUSALS.items():
        op.execute(
            f"CREATE TRIGGER {name} {moment} BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


def _make_table() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("result", sa.String, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=True),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sa.UniqueConstraint("key", name="uq_audit_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_index("ix_audit_actor_at", "audit", ["actor", "at"])


def _seal_what_stands() -> None:
    connection, head, last = op.get_bind(), Head(), 0
    insert = sa.text(
        "INSERT INTO audit VALUES (:number, :at, :actor, :action, :subject, :result, :detail, :key, :mac)"
    )
    page = sa.text("SELECT * FROM audit_before WHERE number > :last ORDER BY number LIMIT :size")
    while rows := connection.execute(page, {"last": last, "size": PAGE}).mappings().all():
        chain = AuditChain(context.config.attributes["audit_key"])
        lines = list(chain.sealed(head, (_row(each) for each in rows)))
        seconds = (int(line.at.timestamp()) for line in lines)
        connection.execute(
            insert, [{**line.model_dump(), "at": at} for line, at in zip(lines, seconds, strict=True)]
        )
        head, last = Head(number=lines[-1].number, mac=lines[-1].mac), rows[-1]["number"]


def _row(old: Any) -> AuditRow:
    """Give a row of before; its result is what its action tells."""
    kept = {name: old[name] for name in ("actor", "action", "subject", "detail", "key")}
    return AuditRow(at=dt.datetime.fromtimestamp(old["at"], dt.UTC), **kept)


def downgrade() -> None:
    raise NotImplementedError("The audit log is never dropped: restore a backup instead.")
