"""Searches in vain where people really type: letter by letter, in two browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from kb.domain.account import Role
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_what_two_people_type_letter_by_letter_counts_once_each_in_full(
    chromium: Browser, site: Site
) -> None:
    for role in (Role.INVESTIGATOR, Role.PRESENTER):
        context = chromium.new_context()
        page = site.sign_in(context, role)
        page.goto(f"{site.address}/search")
        box = page.get_by_role("main").get_by_role("searchbox")
        for text in ("zeppelin footage", "balloons and fotage", "wholly other words"):
            box.fill("")
            asked = f"q={text.replace(' ', '+')}"
            with page.expect_response(lambda answer, asked=asked: asked in answer.url):  # type: ignore[misc]
                box.press_sequentially(text, delay=120)
            page.wait_for_url(f"**{asked}**")
            expect(page.locator("#results[aria-busy]")).to_have_count(0)
        context.close()

    context = chromium.new_context()
    page = site.sign_in(context, Role.COORDINATOR)
    page.get_by_role("link", name="in vain").click()
    expect(page.locator(".vain__text")).to_have_text(["balloons and fotage", "zeppelin footage"])
    context.close()
