"""The one table from an error to the exit status of a command; scripts can tell what kind of failure it was."""

from __future__ import annotations

from typing import NoReturn

import click

from kb.domain.errors import (
    BadSetting,
    Forbidden,
    Invalid,
    KnowledgeBaseError,
    NotFound,
    NotSignedIn,
    SearchUnavailable,
    StaleRevision,
    StoreFailure,
    WrongState,
)

FOUND_PROBLEMS = 1
"""The command ran, and what it looked at is not in order: rejected rows, findings, an index that is behind."""
EXIT_STATUS: tuple[tuple[type[KnowledgeBaseError], int], ...] = (
    (Invalid, 2),
    (BadSetting, 3),
    (NotFound, 4),
    (NotSignedIn, 5),
    (Forbidden, 5),
    (StaleRevision, 6),
    (WrongState, 6),
    (StoreFailure, 7),
    (SearchUnavailable, 8),
    (KnowledgeBaseError, 9),
)
"""The first class that fits decides. 2 is also click's own status for a command that was typed wrongly."""


def leave(error: KnowledgeBaseError) -> NoReturn:
    """Say what is wrong in one line on standard error, and end with its status."""
    sentence = " ".join(str(error).split())
    click.echo(f"kb: {sentence}", err=True)
    raise SystemExit(next(status for kind, status in EXIT_STATUS if isinstance(error, kind)))
