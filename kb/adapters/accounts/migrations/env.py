"""Alembic's entry: runs the steps on the connection that it is handed, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from kb.adapters.accounts.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True
)
context.run_migrations()
