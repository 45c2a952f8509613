"""Searching with a real browser: keys, results that follow what is typed, and what is announced."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

ALL_OF_ONE = "/search?case=seven"
"""Every unit of the case, none folded."""


@pytest.fixture
def page(site: Site, context: BrowserContext) -> Page:
    return site.sign_in(context)


def box_of(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search for")


def title(page: Page, number: int) -> Locator:
    return page.locator("#results .result__title > a").nth(number)


def test_arrow_keys_go_from_the_box_through_the_results_and_back(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}")
    page.keyboard.press("/")
    expect(box_of(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(title(page, 0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(title(page, 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box_of(page)).to_be_focused()
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#results .result__title > a").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(box_of(page)).to_be_focused()


def test_enter_opens_the_result_that_has_the_focus(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}")
    box_of(page).focus()
    page.keyboard.press("ArrowDown")
    wanted = title(page, 0).inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(wanted)


def test_arrow_keys_stay_with_the_caret_and_with_whoever_holds_a_modifier(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}&q=logs")
    box_of(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(box_of(page)).to_be_focused()
    page.keyboard.press("End")
    for key in ("Shift+ArrowDown", "Control+ArrowDown", "Alt+ArrowDown"):
        page.keyboard.press(key)
        expect(box_of(page)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(title(page, 0)).to_be_focused()


def test_the_keys_work_on_results_that_came_while_typing(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}")
    everything = page.get_by_role("status").inner_text()
    box_of(page).press_sequentially("template", delay=20)
    expect(page.get_by_role("status")).not_to_have_text(everything)
    expect(box_of(page)).to_be_focused()
    page.keyboard.type(" logs")
    expect(box_of(page)).to_have_value("template logs")
    page.wait_for_url("**q=template+logs**")
    page.keyboard.press("ArrowDown")
    expect(title(page, 0)).to_be_focused()


def test_results_are_busy_until_they_come_and_the_count_is_announced_once(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}")
    page.evaluate(
        """() => {
          window.told = [];
          const status = document.querySelector("[role=status]");
          new MutationObserver(() => window.told.push(status.textContent)).observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    busy: list[str | None] = []

    def note(route: Route) -> None:
        busy.append(page.locator("#results").get_attribute("aria-busy"))
        route.continue_()

    page.route("**/search?**", note)
    box_of(page).press_sequentially("template")
    page.wait_for_url("**q=template**")
    expect(page.locator("#results[aria-busy]")).to_have_count(0)
    assert set(busy) == {"true"}
    told = page.evaluate("window.told")
    assert told == [page.get_by_role("status").inner_text()]
    assert page.title().startswith("Search: template")


def test_who_had_gone_on_to_a_result_keeps_it_when_the_results_are_replaced(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{ALL_OF_ONE}")
    box_of(page).fill("logs")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**q=logs**")
    assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Escape")
    expect(box_of(page)).to_be_focused()


def test_without_anything_to_filter_there_is_one_column(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/search?q=zzzz")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(page.locator("details.filters")).to_have_count(0)
