"""The words for every value of the domain that a page shows, in one table per kind of value.

Values of different kinds may be spelt alike (a case is *published*, a record can come from a *published* source), so
a value is looked up by its own type first; plain strings, as lists carry them, are looked up in all tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.account import Role
from kb.domain.case_study import CaseStatus
from kb.domain.checks import Severity
from kb.domain.completeness import Part, Progress
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.event import EventForm, EventStatus
from kb.domain.evidence import Strength
from kb.domain.lesson import BorderOutcome, Effort, LessonKind, Outcome
from kb.domain.practice import PracticeLabel, PracticeStatus
from kb.domain.record import Kind, Origin
from kb.domain.unit import NOT_STATED, UnitKind
from kb.domain.workflow import Action, SubmissionStatus
from kb.web.corridor_words import BETWEEN
from kb.web.operation_words import OPERATIONS
from kb.web.reference_words import REFERENCE_FIELDS, REFERENCES
from kb.web.search_words import SEARCHED
from kb.web.told_words import TOLD

Words = Mapping[str, LazyString]

_KINDS: Words = {
    UnitKind.CASE_STUDY: _l("Case study"),
    UnitKind.DIFFICULTY: _l("Difficulty"),
    UnitKind.SOLUTION: _l("Solution"),
    UnitKind.GOOD_PRACTICE: _l("Good practice"),
    UnitKind.CROSS_BORDER_ISSUE: _l("Cross-border issue"),
    UnitKind.PRACTICE: _l("Good practice of the register"),
    UnitKind.RESOURCE: _l("Resource"),
    UnitKind.INSTRUMENT: _l("Channel or instrument"),
}

WORDS: dict[type[StrEnum], Words] = {
    UnitKind: _KINDS,
    Kind: {
        Kind.CASE_STUDY: _l("Case study"),
        Kind.PRACTICE: _l("Good practice of the register"),
        Kind.RESOURCE: _l("Resource"),
        Kind.INSTRUMENT: _l("Channel or instrument"),
        Kind.JURISDICTION: _l("Legislation"),
        Kind.EVENT: _l("Event"),
        Kind.CONCEPT: _l("Entry of a vocabulary"),
        Kind.SUBMISSION: _l("Submission"),
        Kind.DISCUSSION: _l("Question"),
        Kind.APPLICATION: _l("Application"),
        Kind.OPERATION: _l("Change of many entries"),
    },
    LessonKind: {kind.value: _KINDS[kind.value] for kind in LessonKind},
    Outcome: {
        Outcome.WORKED: _l("Worked"),
        Outcome.PARTLY: _l("Partly worked"),
        Outcome.FAILED: _l("Did not work"),
        Outcome.UNKNOWN: _l("Outcome unknown"),
    },
    BorderOutcome: {
        BorderOutcome.RESOLVED: _l("Resolved"),
        BorderOutcome.PARTLY: _l("Partly resolved"),
        BorderOutcome.UNRESOLVED: _l("Unresolved"),
    },
    Effort: {Effort.LOW: _l("Low"), Effort.MEDIUM: _l("Medium"), Effort.HIGH: _l("High")},
    CaseStatus: {
        CaseStatus.PUBLISHED: _l("Published"),
        CaseStatus.SUPERSEDED: _l("Superseded"),
        CaseStatus.RETIRED: _l("Retired"),
        CaseStatus.UNPUBLISHED: _l("Taken from readers"),
    },
    SubmissionStatus: {
        SubmissionStatus.DRAFT: _l("Draft, not submitted yet"),
        SubmissionStatus.SUBMITTED: _l("Submitted"),
        SubmissionStatus.IN_REVIEW: _l("In review"),
        SubmissionStatus.CHANGES_REQUESTED: _l("Changes requested"),
        SubmissionStatus.PUBLISHING: _l("Being published"),
        SubmissionStatus.PUBLISHED: _l("Published"),
        SubmissionStatus.DECLINED: _l("Declined"),
        SubmissionStatus.WITHDRAWN: _l("Withdrawn"),
    },
    Part: {
        Part.ABOUT: _l("About the case"),
        Part.DIFFICULTIES: _l("Difficulties"),
        Part.SOLUTIONS: _l("Solutions"),
        Part.PRACTICES: _l("Good practices"),
        Part.BORDERS: _l("Cross-border issues"),
        Part.AUDIENCE: _l("Marking and audience"),
    },
    Progress: {
        Progress.NOT_BEGUN: _l("Not begun"),
        Progress.BEGUN: _l("Begun"),
        Progress.COMPLETE: _l("Complete"),
        Progress.OPTIONAL: _l("Optional"),
    },
    Severity: {
        Severity.BLOCK: _l("To be mended"),
        Severity.WARN: _l("Look at it again"),
        Severity.HINT: _l("A better term"),
    },
    ConceptStatus: {
        ConceptStatus.PROPOSED: _l("Proposed"),
        ConceptStatus.REFUSED: _l("Refused"),
        ConceptStatus.ADOPTED: _l("Adopted"),
        ConceptStatus.RETIRED: _l("Retired"),
    },
    PracticeStatus: {
        PracticeStatus.PROPOSED: _l("Proposed"),
        PracticeStatus.ENDORSED: _l("Endorsed"),
        PracticeStatus.RETIRED: _l("Retired"),
    },
    PracticeLabel: {
        PracticeLabel.WORKED: _l("Worked"),
        PracticeLabel.PROMISING: _l("Promising"),
        PracticeLabel.NEW: _l("New"),
        PracticeLabel.FAILED: _l("Did not work"),
    },
    Strength: {
        Strength.SINGLE: _l("Single case"),
        Strength.REPLICATED: _l("Replicated"),
        Strength.EVALUATED: _l("Evaluated"),
    },
    Origin: {
        Origin.REPORTED: _l("Reported by an officer"),
        Origin.PUBLISHED: _l("From a public source"),
        Origin.ILLUSTRATIVE: _l("Illustrative example"),
    },
    Role: {
        Role.INVESTIGATOR: _l("Investigator"),
        Role.PRESENTER: _l("Presenter"),
        Role.COORDINATOR: _l("Coordinator"),
        Role.ADMINISTRATOR: _l("Administrator"),
        Role.OPERATOR: _l("Operator"),
    },
    Scheme: {
        Scheme.TAG: _l("Good-practice tags"),
        Scheme.DIFFICULTY: _l("Difficulties"),
        Scheme.STAGE: _l("Stages of an investigation"),
        Scheme.PHENOMENON: _l("Phenomena"),
        Scheme.CHANNEL: _l("Channels and instruments"),
        Scheme.PARTNER: _l("Partners"),
        Scheme.LEGISLATION: _l("Legislation checklist"),
    },
    EventStatus: {
        EventStatus.PUBLISHED: _l("Published"),
        EventStatus.CANCELLED: _l("Cancelled"),
        EventStatus.RETIRED: _l("Retired"),
    },
    EventForm: {EventForm.CONFERENCE: _l("Conference"), EventForm.ONLINE_WORKSHOP: _l("Online workshop")},
    **REFERENCES,
    Action: {
        Action.CREATE: _l("Created"),
        Action.EDIT: _l("Edited"),
        Action.SUBMIT: _l("Submitted"),
        Action.TAKE: _l("Taken into review"),
        Action.GIVE_BACK: _l("Given back"),
        Action.HAND_OVER: _l("Handed over"),
        Action.REQUEST_CHANGES: _l("Changes requested"),
        Action.DECLINE: _l("Declined"),
        Action.WITHDRAW: _l("Withdrawn"),
        Action.APPROVE: _l("Approved"),
        Action.COMPLETE: _l("Completed"),
        Action.REBASE: _l("Back to review: the case has moved on"),
        Action.COMMENT: _l("Commented"),
        Action.RESOLVE: _l("A comment resolved or reopened"),
        Action.ASK: _l("Second coordinator asked"),
        Action.OVERRIDE: _l("Warning passed with a reason"),
        Action.CO_AUTHORS: _l("Co-authors changed"),
        Action.PUBLISH: _l("Published"),
        Action.IMPORT: _l("Imported"),
        Action.RETAG: _l("Tags changed"),
        Action.RETIRE: _l("Retired"),
        Action.SUPERSEDE: _l("Superseded"),
        Action.REINSTATE: _l("Reinstated"),
        Action.UNPUBLISH: _l("Taken from readers"),
        Action.CANCEL: _l("Cancelled"),
        Action.CONFIRM: _l("Found still true"),
        Action.WIDEN: _l("Marking widened"),
        Action.NARROW: _l("Marking narrowed"),
        Action.RENAME: _l("Renamed"),
        Action.PROPOSE: _l("Proposed"),
        Action.ADOPT: _l("Adopted"),
        Action.REFUSE: _l("Refused"),
        Action.MERGE: _l("Merged into another"),
        Action.PLACE: _l("Put elsewhere in its vocabulary"),
        Action.SPLIT: _l("Split"),
        Action.UNDO: _l("An earlier act taken back"),
        Action.ENDORSE: _l("Endorsed"),
        Action.QUESTION: _l("Question asked"),
        Action.ANSWER: _l("Question answered"),
        Action.HIDE: _l("Question or answer hidden"),
        Action.PURGE: _l("Purged"),
    },
    **TOLD,
    **OPERATIONS,
    **SEARCHED,
    **BETWEEN,
}

_IN_ALL: dict[str, LazyString] = {NOT_STATED: _l("Not stated")}
for _words in WORDS.values():
    _IN_ALL = {**_words, **_IN_ALL}

FIELDS: Words = {
    "title": _l("Title"),
    "text": _l("Text"),
    "summary": _l("Summary"),
    "language": _l("Language"),
    "lead_country": _l("Lead country"),
    "other_countries": _l("Other countries"),
    "period.start": _l("Period: from"),
    "period.end": _l("Period: to"),
    "phenomena": _l("Phenomena"),
    "stages": _l("Stages"),
    "event": _l("Event"),
    "session": _l("Session of the event"),
    "presenter_role": _l("Presenter's role"),
    "contact": _l("Contact"),
    "author": _l("Author"),
    "tags": _l("Tags"),
    "status": _l("Status"),
    "status_reason": _l("Reason"),
    "superseded_by": _l("Superseded by"),
    "origin": _l("Origin"),
    "review_by": _l("Review by"),
    "source_key": _l("Source key"),
    "key": _l("Key"),
    "kind": _l("Kind"),
    "categories": _l("Difficulty categories"),
    "same_as": _l("The same difficulty as"),
    "stage": _l("Stage"),
    "answers": _l("Answers the difficulties"),
    "outcome": _l("Outcome"),
    "applies_when": _l("Applies when"),
    "applies_not_when": _l("Does not apply when"),
    "cost": _l("Cost"),
    "effort": _l("Effort"),
    "grew_from": _l("Grew from the solutions"),
    "from_country": _l("From country"),
    "to_countries": _l("To countries"),
    "channels": _l("Channels"),
    "obstacles": _l("Obstacles"),
    "elapsed_days": _l("Days it took"),
    "partners_helped": _l("Partners that helped"),
    "partners_hindered": _l("Partners that hindered"),
    "audience.marking": _l("Marking"),
    "audience.countries": _l("Countries in the audience"),
    "audience.persons": _l("Persons in the audience"),
    "audience.chatham_house": _l("Chatham House"),
    "audience_addresses": _l("Persons named by address"),
    "sources": _l("Public sources"),
    "lessons": _l("Lessons"),
    "owner": _l("Owner"),
    "owner.id": _l("Owner"),
    "owner.name": _l("Owner's name"),
    "owner.country": _l("Owner's country"),
    "definition": _l("Definition"),
    "form": _l("Form"),
    "organiser": _l("Organiser"),
    "place": _l("Place"),
    "start": _l("First day"),
    "end": _l("Last day"),
    "held": _l("When, in words"),
    "participants": _l("Who takes part"),
    "countries": _l("Countries"),
    "call.text": _l("What presenters are asked for"),
    "call.deadline": _l("Call open until"),
    "workshop.opens": _l("The workshop opens on"),
    "workshop.closes": _l("The workshop closes after"),
    **REFERENCE_FIELDS,
}
"""Names of fields in differences; one that is missing here is shown as it is called in the files."""


def word(value: str) -> str:
    """Give the word for a value of the domain; a value without one is shown as it is."""
    table = WORDS.get(type(value)) if isinstance(value, StrEnum) else None
    return str((table or _IN_ALL).get(str(value), value))


def word_in(kind: type[StrEnum], value: str) -> str:
    """Give the word for a value that is spelt like those of other kinds, such as `unknown`, where its kind is known."""
    return str(WORDS[kind].get(value) or word(value))
