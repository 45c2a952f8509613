"""A home that is visited: real files, databases, index and application, a clock that stands still, and chance that repeats."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from random import Random

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.bootstrap import Outside, make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account
from kb.domain.ports import NewAccount
from kb.domain.record import Kind
from kb.domain.revision import KIND_OF, Body, RecordRef
from kb.services.import_checks import ImportChecks
from kb.services.importing import ImportRequest, RowFate
from kb.web.app import create_app
from tests.crawl.oracle import Chain
from tests.crawl.people import Person
from tests.fakes.chores import MemoryChores
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.fakes.randomness import SeededRandomness

Records = Iterable[tuple[str, Body]]


class Chance(SeededRandomness):
    """Chance that begins anew where it is told, so that everybody can be given the same draws."""

    def begin(self, seed: str) -> None:
        """Draw as from this seed."""
        self._draw = Random(seed)


class CrawledHome:
    """A home with these people in it, opened once for everything that is done and asked."""

    def __init__(self, folder: Path, people: Iterable[Person], like: CrawledHome | None = None) -> None:
        self.people = {each.key: each for each in people}
        self.folder = folder
        self.tokens: dict[str, str] = dict(like.tokens) if like else {}
        self.clock, self.chance = FakeClock(), Chance()
        self.settings = Settings.read({"KB_HOME": str(folder), "KB_URL": "http://localhost"})
        if like:
            shutil.copytree(like.folder, folder)
        else:
            make_home(self.settings)
        self.kb = services(self.settings, self._outside())
        self._store = FileEntryStore(self.settings.entries, FileOperations(), self.chance)
        if not like:
            self.kb.indexing.update(OPERATOR)
        self._hire(each for each in self.people.values() if each.key not in self.tokens)

    def _hire(self, people: Iterable[Person]) -> None:
        """Give each an account and an open session; who is to be disabled is disabled then."""
        store = SqlAccounts(open_database(self.settings.accounts))
        for person in people:
            account = store.add(
                NewAccount(
                    id=person.id,
                    email=person.email,
                    name=person.name,
                    organisation=person.organisation,
                    roles=person.roles,
                )
            )
            self.tokens[person.key] = self.kb.sessions.open(account).token
            if not person.active:
                self.kb.accounts.disable(OPERATOR, person.id)

    def account(self, key: str) -> Account:
        """Give the account of somebody who is signed in."""
        account = self.kb.sessions.resolve(self.tokens[key])
        assert account is not None, f"{key} is not signed in"
        return account

    def restore(self, records: Records, by: str) -> None:
        """Bring records in as an import of an export does, on somebody's behalf."""
        rows = [
            (number, {"kind": KIND_OF[type(body)].value, "id": name, "body": body.model_dump(mode="json")})
            for number, (name, body) in enumerate(records, 1)
        ]
        told: list[str] = []
        request = ImportRequest(on_behalf=self.account(by), checks=ImportChecks.REPORT)
        counts = self.kb.importing.run(OPERATOR, rows, request, lambda row: told.append(row.reason))
        assert counts[RowFate.IMPORTED] == len(rows), told

    def chains(self) -> Mapping[str, Chain]:
        """Give every record with all its revisions, from the files."""
        return {str(each.ref): self._store.revisions(each.ref) for each in self._store.chains() if each.last}

    def refs(self, kind: Kind) -> tuple[RecordRef, ...]:
        """Give the records of a kind."""
        return tuple(each.ref for each in self._store.chains(kind) if each.last)

    def chain(self, kind: Kind, identifier: str) -> Chain:
        """Give one record's revisions."""
        return self._store.revisions(RecordRef(kind=kind, id=identifier))

    def app(self, compiled: FileSystemBytecodeCache) -> Flask:
        """Give the application over the home."""
        application = create_app(self.settings, self.kb)
        application.jinja_env.bytecode_cache = compiled
        application.testing = True
        return application

    def _outside(self) -> Outside:
        return Outside(
            clock=self.clock,
            randomness=self.chance,
            hasher=PlainHasher(),
            pause=lambda _seconds: None,
            chores=lambda _home: MemoryChores(),
        )


ADDRESSES = count(1)


def browser(app: Flask, token: str) -> FlaskClient:
    """Give a browser in which this session is open, at an address of its own: links that are none are counted by it."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = str(IPv4Address("10.0.0.0") + next(ADDRESSES))
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client
