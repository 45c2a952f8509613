"""Make what counts searches in vain: marks while one account typed a text, the text from the second account on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_mark",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("account_mark", sa.String(64), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_search_mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vain_search",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("nothing_found", sa.Integer, nullable=False),
        sa.Column("none_opened", sa.Integer, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("dealt_with", sa.String(7), nullable=True),
        sa.PrimaryKeyConstraint("mark", name="pk_vain_search"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("vain_search")
    op.drop_table("search_mark")
