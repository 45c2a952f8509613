"""A whole application over a home of its own: real files, real databases, a clock that stands still.

Four accounts stand in it, one per role; `client_as` gives a browser in which one of them is signed in. Only password
hashing is replaced, because argon2 is slow on purpose. Every home is a copy of one that was made once for the whole run.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from jinja2 import FileSystemBytecodeCache
from pydantic import TypeAdapter

from kb.adapters.system import SystemRandomness
from kb.bootstrap import Outside, Services, make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.services.demo import DemoAccount
from kb.web.app import create_app
from kb.web.current import EXTENSION
from kb.web.signing import CookieSessions
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.sharing import made_once
from tests.web.shelf import Shelf

SignIn = Callable[[Role], FlaskClient]
HOME, DRAWN = "home", "accounts.json"
DEMO_ACCOUNTS = TypeAdapter(tuple[DemoAccount, ...])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path / "home")


@pytest.fixture(scope="session")
def new_home(shared: Path) -> Path:
    """An empty home as its first start leaves it: making the databases takes longer than most tests."""
    return made_once(shared, "new-home", _make)


@pytest.fixture(scope="session")
def peopled(shared: Path, new_home: Path) -> Path:
    """A folder with a home in which the four accounts stand, and with what was drawn for them."""
    return made_once(shared, "peopled", lambda folder: _people(folder, new_home))


@pytest.fixture(scope="session")
def filled_home(shared: Path, peopled: Path) -> Path:
    """A home with the four accounts, and with the sample case and its concepts."""
    return made_once(shared, "filled-home", lambda home: _fill(home, peopled / HOME))


@pytest.fixture
def beginning(peopled: Path) -> Path:
    """What the home of a test is a copy of; a file whose tests all begin with the sample case gives `filled_home` instead."""
    return peopled / HOME


@pytest.fixture
def kb_services(settings: Settings, clock: FakeClock, beginning: Path) -> Services:
    """The services of a home of its own, searched like a home that was started."""
    shutil.copytree(beginning, settings.home)
    return _opened(settings, clock)


def _make(home: Path) -> None:
    settings = _settings(home)
    make_home(settings)
    _opened(settings, FakeClock()).indexing.update(OPERATOR)


def _people(folder: Path, new_home: Path) -> None:
    shutil.copytree(new_home, folder / HOME)
    made = _opened(_settings(folder / HOME), FakeClock()).demo.create(OPERATOR)
    (folder / DRAWN).write_bytes(DEMO_ACCOUNTS.dump_json(made))


def _fill(home: Path, peopled_home: Path) -> None:
    shutil.copytree(peopled_home, home)
    settings = _settings(home)
    Shelf(settings, _opened(settings, FakeClock())).fill()


def _settings(home: Path) -> Settings:
    return Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})


def _opened(settings: Settings, clock: FakeClock) -> Services:
    return services(
        settings,
        Outside(clock=clock, randomness=SystemRandomness(), hasher=PlainHasher(), chores=ChoresWithoutMail),
    )


@pytest.fixture
def people(peopled: Path) -> dict[Role, DemoAccount]:
    """The four accounts: coordinator in Belgium, the others in Austria."""
    drawn = DEMO_ACCOUNTS.validate_json((peopled / DRAWN).read_bytes())
    return {next(iter(each.account.roles)): each for each in drawn}


@pytest.fixture
def accounts(people: dict[Role, DemoAccount]) -> dict[Role, Account]:
    return {role: each.account for role, each in people.items()}


@pytest.fixture(scope="session")
def made_app(
    tmp_path_factory: pytest.TempPathFactory, new_home: Path, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    """One application for many homes, one after the other: making its routes takes longer than most tests."""
    settings = _settings(tmp_path_factory.mktemp("application") / "home")
    shutil.copytree(new_home, settings.home)
    return _application(settings, _opened(settings, FakeClock()), compiled_templates)


@pytest.fixture
def app(made_app: Flask, kb_services: Services, clock: FakeClock) -> Flask:
    """The application over this test's home, which leaves it as it is."""
    made_app.extensions[EXTENSION] = kb_services
    made_app.secret_key = kb_services.secret_key
    made_app.session_interface = CookieSessions(clock)
    return made_app


@pytest.fixture
def own_app(settings: Settings, kb_services: Services, compiled_templates: FileSystemBytecodeCache) -> Flask:
    """An application that nobody else has, for a test that changes it."""
    return _application(settings, kb_services, compiled_templates)


def _application(settings: Settings, made: Services, compiled: FileSystemBytecodeCache) -> Flask:
    application = create_app(settings, made)
    application.jinja_env.bytecode_cache = compiled
    application.testing = True
    return application


@pytest.fixture
def shelf(settings: Settings, kb_services: Services) -> Shelf:
    """Records to be put into that home."""
    return Shelf(settings, kb_services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def client_as(app: Flask, kb_services: Services, accounts: dict[Role, Account]) -> SignIn:
    """Give a browser in which the account of a role is signed in, without the way over the form."""

    def sign_in(role: Role) -> FlaskClient:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = kb_services.sessions.open(accounts[role]).token
            session["_fresh"] = True
        return browser

    return sign_in


@pytest.fixture
def author(accounts: dict[Role, Account]) -> Account:
    """Who writes the cases of these tests."""
    return accounts[Role.PRESENTER]


@pytest.fixture
def writer(client_as: SignIn) -> FlaskClient:
    """A browser in which the author is signed in."""
    return client_as(Role.PRESENTER)


@pytest.fixture
def request_for_forms() -> Iterator[None]:
    """A request with nothing behind it, in which forms are made and words translated."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def csrf_token(client: FlaskClient, path: str) -> str:
    """Read the token from the page at `path`, as a browser would send it back."""
    return token_in(client.get(path, follow_redirects=True).text)


def token_in(page: str) -> str:
    """Read the token from a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page holds no form of its own"
    return found[1]
