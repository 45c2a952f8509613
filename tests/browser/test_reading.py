"""Reading with a real browser: the journeys of an officer, with and without JavaScript, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kb.domain.account import Role
from tests.browser.conftest import PATIENCE, Site

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/search",
    "/search?q=logs&country=AT",
    "/search?q=zzzz",
    "/cases",
    "/cases/seven/seven-days",
    "/cases/seven/lessons/logs",
    "/cases/seven/history",
    "/cases/seven/revisions/1",
    "/cases/seven/marking",
    "/cases/seven/retire",
    "/tags",
    "/tags/difficulty",
    "/tags/tag/templates",
    "/tags/tag/templates/rename",
    "/tags/tag/new",
    "/across-borders",
    "/difficulties",
    "/difficulties/retention-expired",
    "/events",
    "/resources",
    "/help",
    "/profile",
    "/profile/password",
    "/profile/second-factor/set-up",
    "/profile/second-factor/recovery-codes",
    "/nothing-here",
)
PHONE = 320
"""CSS pixels: WCAG 2.2's reflow criterion (1.4.10)."""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNNAMED = """
[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
  .filter(each => each.checkVisibility())
  .filter(each => !(each.textContent.trim() || each.labels?.length || each.getAttribute('aria-label') || each.value))
  .map(each => each.outerHTML)
"""
LEVELS = "[...document.querySelectorAll('h1, h2, h3, h4')].map(each => Number(each.tagName[1]))"


@pytest.fixture
def page(site: Site, context: BrowserContext) -> Page:
    return site.sign_in(context)


@pytest.fixture
def without_script(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield site.sign_in(context)
    context.close()


def test_from_a_difficulty_in_words_to_how_it_was_solved(page: Page) -> None:
    page.get_by_label("Describe the difficulty").fill("logs gone")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Logs were gone").first.click()
    page.get_by_role("link", name="Ask for preservation first").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for preservation first")
    page.get_by_role("main").get_by_role("link", name="Seven days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seven days")


def test_results_follow_what_is_typed_and_the_address_with_them(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/search")
    page.get_by_role("searchbox", name="Search for").fill("template")
    expect(page.locator("#results").get_by_role("link", name="Keep a request template ready")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page).to_have_url(f"{site.address}/search?q=template&scope=all")
    expect(page.get_by_role("searchbox", name="Search for")).to_be_focused()


def test_a_slash_goes_to_the_search_box_but_not_while_typing(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/tags")
    page.keyboard.press("/")
    box = page.get_by_role("searchbox").first
    page.keyboard.type("a/b")
    assert "a/b" in {page.get_by_role("searchbox").nth(number).input_value() for number in range(2)}
    expect(box).to_be_visible()


def test_a_list_of_tags_is_filtered_by_name_and_by_synonym(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/tags")
    page.get_by_label("Find by name or synonym").fill("FORMS")
    expect(page.get_by_role("link", name="Templates at hand")).to_be_visible()
    expect(page.get_by_role("link", name="Preserve first")).to_be_hidden()


def test_filters_fold_on_a_phone_and_stand_open_on_a_desk(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.address}/search")
    kinds = page.get_by_role("heading", name="Kind", exact=True)
    expect(kinds).to_be_visible()
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.reload()
    expect(kinds).to_be_hidden()
    page.locator("details.filters > summary").click()
    expect(kinds).to_be_visible()


def test_the_header_is_one_line_on_a_desk_with_room_to_search_and_its_folds_fit_a_phone(
    without_script: Page, site: Site
) -> None:
    page = without_script
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site.address}/tags")
    bar, box = page.locator(".header__bar").bounding_box(), page.locator("#header-search").bounding_box()
    assert bar
    assert box
    assert bar["height"] < 60
    assert box["width"] >= 24 * 10, "24 letters of ten pixels, as wide as the widest type draws them"
    page.set_viewport_size({"width": PHONE, "height": 640})
    for fold in ("Manage", "Demo coordinator"):
        page.locator(".header summary", has_text=fold).press("Enter")
        menu = page.locator(".header details[open] .menu__list").bounding_box()
        assert menu, "the one that was opened before is folded"
        assert 0 <= menu["x"] <= menu["x"] + menu["width"] <= PHONE
    page.get_by_role("link", name="Saved", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved searches")


def test_everything_works_without_javascript(without_script: Page, site: Site) -> None:
    page = without_script
    page.goto(f"{site.address}/search?q=logs")
    page.get_by_role("link", name="Difficulty").first.click()
    expect(page.get_by_role("status")).to_have_text("1 result")
    page.goto(f"{site.address}/cases/seven/seven-days")
    page.locator("#logs summary").click()
    page.locator("#tag-logs").select_option(label="Preserve first")
    page.locator("#logs").get_by_role("button", name="Add").click()
    expect(page.locator("#logs").get_by_role("link", name="Preserve first")).to_be_visible()
    page.locator("#logs").get_by_role("button", name="Take off the tag Preserve first").click()
    expect(page.locator("#logs").get_by_role("link", name="Preserve first")).to_have_count(0)


def test_no_page_breaks_its_own_security_policy_or_leaves_a_control_without_a_name(
    page: Page, site: Site
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        page.goto(f"{site.address}{path}")
        assert page.evaluate(UNNAMED) == [], path
        levels = page.evaluate(LEVELS)
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            path,
            levels,
        )
    assert [each for each in complaints if "Failed to load resource" not in each] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_small_phone(chromium: Browser, site: Site, scheme: str) -> None:
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 640}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = site.sign_in(context)
    for path in PAGES:
        page.goto(f"{site.address}{path}")
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), path
    context.close()


def test_a_printed_case_bears_its_marking_on_every_page(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/cases/seven/seven-days")
    page.emulate_media(media="print")
    for part in ("body", "article.printed--green"):
        assert page.locator(part).evaluate("each => getComputedStyle(each).page") == "tlp-green", part
    expect(page.get_by_role("link", name="See its history")).to_be_hidden()
    expect(page.get_by_role("heading", name="Logs were gone")).to_be_visible()


def test_no_tag_is_cut_in_two_by_the_end_of_a_sheet_so_that_its_lower_edge_fills_the_next_alone(
    page: Page, site: Site
) -> None:
    page.goto(f"{site.address}/cases/seven/seven-days")
    page.emulate_media(media="print")
    for part in (".lesson__tags", ".lesson__tags .chip"):
        assert page.locator(part).first.evaluate("each => getComputedStyle(each).breakInside") == "avoid", (
            part
        )


def test_laws_side_by_side_share_the_width_of_a_sheet_so_that_none_is_cut(page: Page, site: Site) -> None:
    six = "&".join(f"country={code}" for code in ("AT", "BE", "DE", "FR", "IT", "ES"))
    page.goto(f"{site.address}/legislation/compare?{six}")
    page.emulate_media(media="print")
    table = page.get_by_role("table")
    assert table.evaluate("each => getComputedStyle(each).tableLayout") == "fixed"
    widths = table.locator("thead th").evaluate_all("each => each.map(cell => cell.offsetWidth)")
    assert max(widths) - min(widths) <= 1


def test_who_may_not_curate_is_offered_nothing_to_curate(site: Site, context: BrowserContext) -> None:
    page = site.sign_in(context, Role.INVESTIGATOR)
    page.goto(f"{site.address}/tags")
    expect(page.get_by_role("link", name="Add one")).to_have_count(0)
