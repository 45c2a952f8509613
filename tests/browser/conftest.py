"""One Chromium for the tests of a process: the system's, so that nothing is downloaded to run them; and one real server."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pyotp
import pytest
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from kb.bootstrap import Outside, Services, make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Role
from kb.services.demo import DemoAccount
from kb.web.app import create_app
from tests.fakes.chores import ChoresWithoutMail
from tests.web.shelf import Shelf

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 10_000
"""Milliseconds that a step may take on a busy machine."""


@dataclass
class Site:
    """The application, served on a port of its own, with its demo accounts."""

    address: str
    people: dict[Role, DemoAccount]
    services: Services

    def sign_in(self, context: BrowserContext, role: Role = Role.COORDINATOR) -> Page:
        """Sign in over the form, as a person does."""
        demo = self.people[role]
        code = self._code_of_a_new_device(demo) if demo.secret else None
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("E-mail address").fill(demo.account.email)
        page.get_by_label("Password").fill(demo.password)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        if code:
            page.get_by_label("Code from your app").fill(code)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    def _code_of_a_new_device(self, demo: DemoAccount) -> str:
        """Set one up for this sign-in, and give its next code: no test waits until that of this half minute is unused."""
        now = self.services.clock.now()
        account = demo.account.model_copy(update={"proved_at": now})
        device = pyotp.TOTP(self.services.second_factor.begin(account).secret)
        self.services.second_factor.confirm(account, device.at(now))
        return device.at(now, counter_offset=1)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start it once; root, in containers and CI, has no sandbox to offer."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("Chromium is missing: apt-get install chromium fonts-dejavu-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Site]:
    """Serve a home with one case, its concepts and the demo accounts."""
    address = f"http://127.0.0.1:{_free_port()}"
    settings = Settings.read({"KB_HOME": str(tmp_path_factory.mktemp("site")), "KB_URL": address})
    make_home(settings)
    kb = services(settings, Outside(chores=ChoresWithoutMail))
    people = kb.demo.create(OPERATOR)
    Shelf(settings, kb).fill()
    app = create_app(settings, kb)
    app.jinja_env.bytecode_cache = compiled_templates
    server = make_server("127.0.0.1", settings.url.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(address, {next(iter(each.account.roles)): each for each in people}, kb)
    server.shutdown()
    thread.join()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody has used."""
    context = chromium.new_context()
    yield context
    context.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
