"""What stands on a submission's page beside its text: the form that came back, warnings, people to ask, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.domain.case_study import CaseStudy
from kb.domain.finding import TextFinding, texts_of
from kb.domain.submission import Override
from kb.domain.thread import Thread, by_path, paths
from kb.domain.workflow import Action
from kb.services.persons import Person
from kb.services.records import HistoryLine
from kb.services.submission_view import SubmissionView
from kb.web.beside import Found, found_in
from kb.web.current import current_account, services
from kb.web.forms.decisions import StepForm


class Warned(NamedTuple):
    """A warning, and the words that it is about in their sentence."""

    finding: TextFinding
    found: Found

    @property
    def place(self) -> str:
        """Give where on the page its form stands."""
        return f"{self.finding.path}-{self.finding.objection.check}-{self.finding.digest}"


class Reviewing(NamedTuple):
    """What the page shows to those who review and to those who wrote."""

    sent: StepForm
    """The form that came back, or an empty one."""
    meanwhile: tuple[HistoryLine, ...]
    """What happened after the page was shown from which that form came."""
    warnings: tuple[Warned, ...]
    passed: tuple[Override, ...]
    colleagues: tuple[Person, ...]
    successors: tuple[Person, ...]
    said: Mapping[str, tuple[Thread, ...]]
    """The threads by the lesson or field beside which they stand."""
    about: Mapping[str, tuple[str, ...]]
    """By that lesson or field: what a comment there may be about."""

    def back(self, place: str) -> StepForm | None:
        """Give the form that came back where it stood here."""
        return self.sent if self.sent.status != 200 and self.sent.place == place else None

    @property
    def elsewhere(self) -> tuple[Thread, ...]:
        """Give the threads about what the text no longer holds."""
        return tuple(
            thread for place, found in self.said.items() if place not in self.about for thread in found
        )


def reviewing(view: SubmissionView, sent: StepForm) -> Reviewing:
    """Gather what the page of a submission shows beside its text."""
    account, identifier, reviews = current_account(), view.id, services().reviews
    body = view.submission.body
    warnings = reviews.warnings(account, identifier) if Action.OVERRIDE in view.steps else ()
    return Reviewing(
        sent=sent,
        meanwhile=services().submissions.since(account, identifier, sent.number) if sent.overtaken else (),
        warnings=tuple(_warned(warnings, body)),
        passed=view.submission.overrides,
        colleagues=reviews.colleagues(account, identifier) if Action.ASK in view.steps else (),
        successors=reviews.successors(account, identifier) if Action.HAND_OVER in view.steps else (),
        said=by_path(view.threads, beside),
        about=_about(body),
    )


def beside(path: str) -> str:
    """Give the lesson, or the part above the lessons, beside which something about `path` is shown."""
    head, *rest = path.split(".")
    return f"{head}.{rest[0]}" if head == "lessons" and rest else ""


def _about(body: CaseStudy) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in paths(body):
        found[beside(path)] = (*found.get(beside(path), ()), path)
    return found


def _warned(findings: Iterable[TextFinding], body: CaseStudy) -> Iterable[Warned]:
    texts = dict(texts_of(body))
    return (Warned(each, found_in(texts.get(each.path, ""), [each.objection])) for each in findings)
