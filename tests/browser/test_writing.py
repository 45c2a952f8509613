"""Writing a case with a real browser: without a script, by keyboard alone, and what a script adds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.domain.account import Role
from kb.domain.completeness import Part
from tests.browser.conftest import PATIENCE, Site
from tests.browser.test_reading import LEVELS, PHONE, UNNAMED, WIDER_THAN_THE_SCREEN

pytestmark = pytest.mark.browser


@pytest.fixture
def without_script(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield site.sign_in(context, Role.PRESENTER)
    context.close()


@pytest.fixture
def page(site: Site, context: BrowserContext) -> Page:
    return site.sign_in(context, Role.PRESENTER)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def test_a_case_goes_from_the_first_word_to_its_receipt_without_a_script(
    without_script: Page, site: Site
) -> None:
    page = without_script
    page.goto(f"{site.address}/submit")
    page.get_by_role("link", name="Write it here").click()
    page.get_by_label("Title").first.fill("Logs that were gone")
    page.get_by_label("Summary").fill("What the unit met.")
    press(page, "Save and go on")
    press(page, "Add a difficulty")
    page.get_by_label("Title").fill("Kept for seven days")
    page.get_by_label("Text").fill("The order came on the ninth.")
    press(page, "Add a solution to this difficulty")
    expect(page.get_by_role("heading", level=1)).to_have_text("Solutions")
    expect(page.get_by_label("Kept for seven days")).to_be_checked()
    page.get_by_label("Title").fill("Ask by telephone")
    page.get_by_label("Text").fill("On the first day.")
    page.get_by_label("How it went").select_option("worked")
    press(page, "Save and leave")
    expect(page.locator(".progress-tag")).to_have_text(
        ["Complete", "Complete", "Complete", "Optional", "Optional", "Complete", "Ready"]
    )
    page.get_by_role("link", name="Check your answers").click()
    press(page, "Submit it")
    receipt = page.locator(".receipt__number code").inner_text()
    page.get_by_role("link", name="To the submission").click()
    expect(page.get_by_text(receipt)).to_be_visible()


def test_what_is_found_is_marked_while_one_types_and_gone_when_it_is_mended(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/submit/write")
    page.get_by_label("Summary").press_sequentially("He wrote as @somebody99 there. ")
    expect(page.locator("#f-summary-found mark")).to_have_text("@somebody991")
    page.get_by_label("Summary").fill("He wrote under a name that he used elsewhere.")
    expect(page.locator("#f-summary-found mark")).to_have_count(0)


def test_every_page_of_writing_fits_a_phone_names_its_controls_and_is_reached_by_keyboard(
    page: Page, site: Site
) -> None:
    page.set_viewport_size({"width": PHONE, "height": 640})
    page.goto(f"{site.address}/submit/write")
    page.get_by_label("Title").first.fill("By keyboard")
    page.get_by_label("Title").first.press("Enter")
    page.wait_for_url("**/write/about", timeout=PATIENCE)
    root = page.url.removesuffix("/about")
    page.goto(f"{root}/difficulties")
    press(page, "Add a difficulty")
    for path in ("", "/check", *(f"/{part.value}" for part in Part)):
        page.goto(f"{root}{path}")
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), path
        assert page.evaluate(UNNAMED) == [], path
        levels = page.evaluate(LEVELS)
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
    page.goto(f"{root}/difficulties")
    summary = page.locator(".removing summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("None yet.")).to_be_visible()
