"""Signing in with a real browser: setting up a second factor, its codes, and being asked again; with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.domain.account import OPERATOR, Role
from tests.browser.conftest import PATIENCE, Site
from tests.browser.test_reading import PHONE, WIDER_THAN_THE_SCREEN
from tests.web.qr_reader import text_of

pytestmark = pytest.mark.browser

SET_UP = "/profile/second-factor/set-up"
PAGES_OF_ADMINISTRATORS = (
    "/admin/accounts",
    "/admin/accounts/invite",
    "/admin/accounts/demo-coordinator",
    "/admin/accounts/demo-administrator",
    "/admin/organisations",
    "/admin/organisations/example-unit-at/rename",
    "/profile",
    SET_UP,
)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def any_browser(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser in which scripts run, and one in which none does."""
    context = chromium.new_context(java_script_enabled=request.param)
    yield context
    context.close()


def give_password(page: Page, site: Site, role: Role) -> None:
    demo = site.people[role]
    if page.get_by_label("E-mail address").is_editable():
        page.get_by_label("E-mail address").fill(demo.account.email)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("main").get_by_role("button").first.click()


def reset_factor(site: Site, role: Role) -> None:
    """Let the account be as if it had never set up a second factor, with the password that it has."""
    demo = site.people[role]
    link = site.services.accounts.reset_second_factor(OPERATOR, demo.account.id)
    site.services.passwords.set_by_link(link.token, demo.password)


def test_a_coordinator_sets_up_the_second_factor_by_keyboard_and_gets_in_by_a_recovery_code(
    site: Site, any_browser: BrowserContext, tmp_path: Path
) -> None:
    reset_factor(site, Role.COORDINATOR)
    page = any_browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{site.address}/tags")
    give_password(page, site, Role.COORDINATOR)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    device = pyotp.parse_uri(text_of(page.content()))
    assert isinstance(device, pyotp.TOTP)
    page.get_by_label("Code from your app").fill(device.now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    codes = page.locator(".codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save them as a text file").click()
    download.value.save_as(tmp_path / "codes.txt")
    assert (tmp_path / "codes.txt").read_text().split()[-10:] == codes
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page).to_have_url(f"{site.address}/tags")

    any_browser.clear_cookies()
    page.goto(f"{site.address}/tags")
    give_password(page, site, Role.COORDINATOR)
    expect(page.get_by_label("Code from your app")).to_be_focused()
    page.get_by_text("Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(codes[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/tags")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_qr_code_is_black_on_white_whatever_the_page_looks_like(
    chromium: Browser, site: Site, scheme: str
) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = site.sign_in(context, Role.PRESENTER)
    page.goto(f"{site.address}{SET_UP}")

    fills = page.locator("svg.qr path").evaluate_all(
        "paths => paths.map(each => getComputedStyle(each).fill)"
    )

    assert fills == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    box = page.locator("svg.qr").bounding_box()
    assert box
    assert box["width"] == box["height"] >= 200
    context.close()


def test_what_is_being_written_outlives_a_session_that_ends(site: Site, any_browser: BrowserContext) -> None:
    page = site.sign_in(any_browser, Role.PRESENTER)
    page.goto(f"{site.address}/profile")
    page.get_by_label("Name", exact=True).fill("Typed with <care>")
    site.services.accounts.end_sessions(OPERATOR, "demo-presenter")

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to go on")
    give_password(page, site, Role.PRESENTER)
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Typed with <care>")


def test_one_browser_signs_another_out(site: Site, chromium: Browser) -> None:
    here, elsewhere = chromium.new_context(), chromium.new_context()
    page, other = site.sign_in(here, Role.INVESTIGATOR), site.sign_in(elsewhere, Role.INVESTIGATOR)
    page.goto(f"{site.address}/profile")

    page.get_by_role("button", name="Sign out every other browser").click()

    expect(page.get_by_text("Every other browser is signed out.")).to_be_visible()
    other.goto(f"{site.address}/profile")
    expect(other.get_by_role("heading", level=1)).to_have_text("Sign in")
    here.close()
    elsewhere.close()


def test_no_page_of_an_administrator_is_wider_than_a_small_phone(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": PHONE, "height": 640})
    page = site.sign_in(context, Role.ADMINISTRATOR)
    for path in PAGES_OF_ADMINISTRATORS:
        page.goto(f"{site.address}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), path
    context.close()
