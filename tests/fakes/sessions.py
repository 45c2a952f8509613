"""Sessions and one-time links in memory."""

from __future__ import annotations

import datetime as dt

from kb.domain.ports import Session


class MemorySessions:
    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._links: dict[str, tuple[str, dt.datetime]] = {}

    def open(self, session: Session) -> None:
        self._sessions[session.token_hash] = session

    def get(self, token_hash: str) -> Session | None:
        return self._sessions.get(token_hash)

    def of(self, account: str) -> tuple[Session, ...]:
        own = sorted(
            (each for each in self._sessions.values() if each.account == account), key=lambda each: each.id
        )
        return tuple(sorted(own, key=lambda each: each.seen_at, reverse=True))

    def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
        if token_hash in self._sessions:
            session = self._sessions[token_hash]
            self._sessions[token_hash] = session.model_copy(update={"seen_at": seen_at})

    def end(self, token_hash: str) -> bool:
        return self._sessions.pop(token_hash, None) is not None

    def end_one(self, account: str, identifier: str) -> bool:
        ended = [
            key for key, each in self._sessions.items() if (each.account, each.id) == (account, identifier)
        ]
        return any(self.end(key) for key in ended)

    def end_all(self, account: str, but: str | None = None) -> None:
        self._sessions = {
            key: each for key, each in self._sessions.items() if each.account != account or key == but
        }

    def end_before(self, started_at: dt.datetime, seen_at: dt.datetime) -> None:
        self._sessions = {
            key: each
            for key, each in self._sessions.items()
            if each.started_at >= started_at and each.seen_at >= seen_at
        }

    def put_link(self, token_hash: str, account: str, expires_at: dt.datetime) -> None:
        self.drop_link(account)
        self._links[token_hash] = (account, expires_at)

    def link(self, token_hash: str) -> tuple[str, dt.datetime] | None:
        return self._links.get(token_hash)

    def use_link(self, token_hash: str) -> bool:
        return self._links.pop(token_hash, None) is not None

    def drop_link(self, account: str) -> None:
        self._links = {key: link for key, link in self._links.items() if link[0] != account}
