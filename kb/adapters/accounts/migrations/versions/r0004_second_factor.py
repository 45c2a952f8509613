"""Make second factors and their recovery codes, and sessions that know how far a browser came in.

Sessions of before say neither, so they end: everybody signs in once more.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("session")
    _make_sessions()
    _make_second_factors()
    _make_throttle()


def _make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column("browser", sa.String, nullable=False),
        sa.Column("started_at", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Integer, nullable=False),
        sa.Column("proved_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        sa.UniqueConstraint("id", name="uq_session_id"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_session_account", ondelete="CASCADE"),
    )
    op.create_index("ix_session_account", "session", ["account"])


def _make_second_factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("secret", sa.String, nullable=True),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("waiting", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("account", name="pk_second_factor"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_second_factor_account", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("account", "code_hash", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_recovery_code_account", ondelete="CASCADE"
        ),
    )


def _make_throttle() -> None:
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttle"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_throttle_last_at", "throttle", ["last_at"])


def downgrade() -> None:
    raise NotImplementedError("Second factors are never dropped: restore a backup instead.")
