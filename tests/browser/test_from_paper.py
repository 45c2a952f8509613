"""A paper from the upload to the published case, as its presenter and a coordinator do it; docs/from-paper-to-case.md has the figures.

`KB_DEEP=1` takes all four papers; one is enough to see that the way is open. `-s` shows what each took.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Locator, Page

from kb.domain.account import Role
from tests.browser.conftest import Site
from tests.papers.written import as_slides, in_german, with_styles, without_styles

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Talk:
    """A paper, and what its presenter changes in the proposals: uses by place, words by field."""

    build: Callable[[], bytes]
    name: str
    lessons: int
    uses: dict[int, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    kind: str = WORD


TALKS = (
    Talk(in_german, "Vortrag.docx", 5),
    Talk(with_styles, "paper.docx", 8),
    Talk(
        without_styles,
        "paper2.docx",
        4,
        words={
            "sections-2-text": (
                "The unit asked the payment service for a sample of a request that it had accepted, and made a form of it that "
                "any officer can fill in."
            )
        },
    ),
    Talk(as_slides, "talk.pptx", 6, kind=SLIDES),
)
TRIED = TALKS if os.environ.get("KB_DEEP") else TALKS[:1]


@dataclass
class Hand:
    """Does what a person does, and counts it."""

    page: Page
    clicks: int = 0
    fields: int = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def fill(self, what: Locator, words: str) -> None:
        what.fill(words)
        self.fields += 1

    def choose(self, what: Locator, value: str) -> None:
        what.select_option(value)
        self.fields += 1

    def button(self, words: str) -> None:
        self.click(self.page.get_by_role("main").get_by_role("button", name=words).first)

    def link(self, words: str) -> None:
        self.click(self.page.get_by_role("main").get_by_role("link", name=words).first)


def bring(hand: Hand, talk: Talk) -> int:
    """Take a paper to its draft; gives how many places had to be mended."""
    hand.link("From a paper or slides")
    hand.page.set_input_files("#file", {"name": talk.name, "mimeType": talk.kind, "buffer": talk.build()})
    hand.fields += 1
    hand.button("Read it")
    marked = hand.page.locator(".found__mark--block").count()
    for place, use in talk.uses.items():
        hand.choose(hand.page.locator(f'[name="sections-{place}-use"]'), use)
    for name, words in talk.words.items():
        hand.fill(hand.page.locator(f'[name="{name}"]'), words)
    hand.button("Make a draft of it")
    return marked


def complete(hand: Hand) -> None:
    """Add what a paper seldom says in so many words: the year, and how each solution went and what it answers."""
    page = hand.page
    hand.link("About the case")
    hand.fill(page.locator('[name="period_start"]'), "2007")
    hand.button("Save and leave")
    hand.link("Solutions")
    for place in range(page.locator('select[name$="-outcome"]').count()):
        hand.choose(page.locator('select[name$="-outcome"]').nth(place), "worked")
        hand.click(page.locator(".writing__lesson").nth(place).locator('input[name$="-answers"]').first)
    hand.button("Save and leave")


def submit(hand: Hand) -> str:
    hand.link("Check your answers and submit")
    hand.button("Submit it")
    return hand.page.locator("code").first.inner_text()


def review(hand: Hand, site: Site, title: str) -> int:
    """Take it, let each warning pass with a reason, publish; gives how many warnings there were."""
    page = hand.page
    page.goto(f"{site.address}/review")
    hand.link(title)
    hand.button("Take it")
    warnings = 0
    while (form := page.locator('form[action$="/override"]')).count():
        hand.fill(form.first.locator("textarea, input[type=text]").first, "A word of the field, no person.")
        hand.click(form.first.get_by_role("button"))
        warnings += 1
    hand.button("Publish")
    return warnings


@pytest.mark.slow
@pytest.mark.parametrize("talk", TRIED, ids=lambda talk: talk.build.__name__)
def test_a_paper_becomes_a_published_case(chromium: Browser, site: Site, talk: Talk) -> None:
    writing, reading = chromium.new_context(), chromium.new_context()
    presenter = Hand(site.sign_in(writing, Role.PRESENTER))
    coordinator = Hand(site.sign_in(reading, Role.COORDINATOR))
    for hand in (presenter, coordinator):
        hand.page.set_default_timeout(30_000)
    presenter.page.goto(f"{site.address}/submit")

    started = time.monotonic()
    marked = bring(presenter, talk)
    title = presenter.page.get_by_role("heading", level=1).inner_text()
    complete(presenter)
    receipt = submit(presenter)
    written = time.monotonic() - started
    warnings = review(coordinator, site, title)
    decided = time.monotonic() - started - written

    assert receipt
    author = site.people[Role.PRESENTER].account
    (entry,) = [each for each in site.services.submissions.mine(author) if each.title == title]
    submission = site.services.submissions.get(author, entry.id).submission
    assert submission.status == "published"
    assert submission.source == ()
    case = site.services.cases.get(author, submission.target).case
    assert len(case.lessons) == talk.lessons
    assert all(solution.answers for solution in case.solutions)
    print(  # noqa: T201 - the figures of docs/from-paper-to-case.md
        f"\n{talk.build.__name__}: {len(case.lessons)} lessons, {marked} to mend; presenter {presenter.clicks} clicks, "
        f"{presenter.fields} fields, {written:.0f} s; coordinator {warnings} warnings, {coordinator.clicks} clicks, "
        f"{coordinator.fields} fields, {decided:.0f} s"
    )
    for context in (writing, reading):
        context.close()
