"""Make the searches that people save, each with the hash of its feed's token."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.Integer, nullable=False),
        sa.Column("feed", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
        sa.UniqueConstraint("feed", name="uq_saved_search_feed"),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name="fk_saved_search_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_saved_search_account", "saved_search", ["account"])


def downgrade() -> None:
    op.drop_table("saved_search")
