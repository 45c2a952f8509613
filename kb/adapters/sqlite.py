"""SQLite connections that close themselves: Python 3.13 warns of every one that is let go open."""

from __future__ import annotations

import sqlite3
from contextlib import suppress


class OwnConnection(sqlite3.Connection):
    """A connection that one holder keeps for as long as it lives; letting it go closes it.

    Made with `check_same_thread=False`, because the last to let go may be another thread.
    """

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()
