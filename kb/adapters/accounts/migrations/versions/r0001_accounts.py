"""Make accounts, organisations, sessions, one-time links and the append-only audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSALS = {
    "audit_keeps_its_rows": "BEFORE DELETE",
    "audit_never_changes": "BEFORE UPDATE",
}


def upgrade() -> None:
    _make_people()
    _make_sessions()
    _make_audit()


def _make_people() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("email_key", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("organisation", sa.String, nullable=True),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email_key", name="uq_account_email_key"),
        sa.ForeignKeyConstraint(["organisation"], ["organisation.id"], name="fk_account_organisation"),
    )
    op.create_table(
        "role_membership",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("account", "role", name="pk_role_membership"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_role_membership_account", ondelete="CASCADE"
        ),
    )


def _make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("started_at", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_session_account", ondelete="CASCADE"),
    )
    op.create_index("ix_session_account", "session", ["account"])
    op.create_table(
        "link",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_link"),
        sa.UniqueConstraint("token_hash", name="uq_link_token_hash"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_link_account", ondelete="CASCADE"),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
        sa.UniqueConstraint("key", name="uq_audit_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    for name, moment in REFUSALS.items():
        op.execute(
            f"CREATE TRIGGER {name} {moment} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        )


def downgrade() -> None:
    raise NotImplementedError("The audit log is never dropped: restore a backup instead.")
