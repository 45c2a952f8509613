"""A case that fills every field of the form, and a browser's way of sending the form back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from werkzeug.datastructures import MultiDict

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import (
    BorderOutcome,
    CrossBorderIssue,
    Difficulty,
    Effort,
    GoodPractice,
    Outcome,
    Solution,
)
from kb.domain.marking import Audience, Marking
from kb.domain.period import Period
from kb.domain.record import Origin, Source
from kb.web.forms.case import CaseForm

OFFICERS = {"anna@example.org": "anna"}

FULL = CaseStudy.model_validate(
    {
        "title": "A forum across three states",
        "summary": "What we met.\n\nAnd how it ended.",
        "language": "de",
        "lead_country": "AT",
        "other_countries": ("BE", "GB"),
        "period": Period(start="2007-03", end="2008"),
        "phenomena": ("forum-or-community",),
        "stages": ("attribution", "preservation"),
        "event": "vienna-2007",
        "presenter_role": "Head of unit",
        "contact": "Cybercrime desk",
        "tags": ("first-day",),
        "review_by": "2027-01-31",
        "origin": Origin.PUBLISHED,
        "audience": Audience(marking=Marking.AMBER, countries=("FR",), chatham_house=True),
        "sources": (Source(title="A report", url="https://example.org/report", as_of=dt.date(2024, 5, 31)),),
        "lessons": (
            Difficulty(
                key="d1",
                title="Logs were gone",
                text="They keep them for seven days.",
                categories=("retention-expired",),
                stage="attribution",
                partners_hindered=("hosting-provider",),
                same_as=("elsewhere/d9",),
            ),
            Solution(
                key="s1",
                title="Ask on the first day",
                text="- at once\n- in writing",
                answers=("d1",),
                outcome=Outcome.WORKED,
                applies_when="The provider answers.",
                applies_not_when="It does not.",
                cost=Effort.LOW,
                effort=Effort.MEDIUM,
                tags=("first-day",),
            ),
            GoodPractice(key="p1", title="A form at hand", text="Ready to send.", grew_from=("s1",)),
            CrossBorderIssue(
                key="b1",
                title="The letter came back",
                text="Refused on form.",
                from_country="AT",
                to_countries=("US", "CA"),
                channels=("mlat",),
                obstacles=("translation",),
                outcome=BorderOutcome.PARTLY,
                elapsed_days=210,
                partners_helped=("prosecutor",),
            ),
        ),
    }
)


def persons(addresses: Collection[str]) -> Mapping[str, str]:
    return {address: OFFICERS[address] for address in addresses if address in OFFICERS}


def sent(form: CaseForm, **changed: str | list[str]) -> MultiDict[str, str]:
    """Give what a browser would send for this form as it is shown."""
    words: MultiDict[str, str] = MultiDict()
    for name, values in form.typed.fields.words.items():
        words.setlist(name, list(values))
    for place, lesson in enumerate(form.typed.lessons):
        words.update({f"lessons-{place}-key": lesson.key, f"lessons-{place}-kind": lesson.kind.value})
        for name, values in lesson.words.items():
            words.setlist(f"lessons-{place}-{name}", list(values))
    for place, source in enumerate(form.typed.sources):
        for name, values in source.words.items():
            words.setlist(f"sources-{place}-{name}", list(values))
    words["retired_keys"] = " ".join(form.typed.retired_keys)
    words["revision"] = str(form.revision)
    for name, value in changed.items():
        words.setlist(name, value if isinstance(value, list) else [value])
    return words


def again(case: CaseStudy, **changed: str | list[str]) -> CaseForm:
    """Show a case in a form, change some of the words, and send it."""
    return CaseForm.sent(sent(CaseForm.of(case, originator=True), **changed), originator=True)


def problems(form: CaseForm) -> dict[str, list[str]]:
    assert form.value(persons) is None
    assert form.status == 422
    return form.errors
