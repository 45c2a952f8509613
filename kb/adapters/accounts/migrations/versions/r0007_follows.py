"""Make what keeps who follows what, and the hash of the token of each account's feed of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name="fk_follow_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account", "kind", "id", name="pk_follow"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_follow_target", "follow", ["kind", "id"])
    op.create_table(
        "follow_feed",
        sa.Column("account", sa.String, nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_follow_feed_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", name="pk_follow_feed"),
        sa.UniqueConstraint("token", name="uq_follow_feed_token"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("follow_feed")
    op.drop_index("ix_follow_target", "follow")
    op.drop_table("follow")
