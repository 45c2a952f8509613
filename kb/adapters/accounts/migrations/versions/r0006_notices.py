"""Make what keeps notices, and how each account wishes to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("record", sa.String, nullable=False),
        sa.Column("lesson", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=True),
        sa.Column("read_at", sa.Integer, nullable=True),
        sa.Column("mail", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Integer, nullable=False),
        sa.Column("failure", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_notice_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "key", name="pk_notice"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_notice_unread", "notice", ["account"], sqlite_where=sa.text("read_at IS NULL"))
    op.create_index("ix_notice_due", "notice", ["next_at"], sqlite_where=sa.text("mail = 'due'"))
    op.create_table(
        "notice_wishes",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("mail", sa.String, nullable=True),
        sa.Column("unmailed", sa.String, nullable=False),
        sa.Column("digest_at", sa.Integer, nullable=True),
        sa.Column("forgotten_until", sa.Integer, nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_notice_wishes_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", name="pk_notice_wishes"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("notice_wishes")
    op.drop_index("ix_notice_due", "notice")
    op.drop_index("ix_notice_unread", "notice")
    op.drop_table("notice")
