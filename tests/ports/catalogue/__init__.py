"""One suite over the catalogue on SQLite and the one in memory, then what only a file can suffer."""
