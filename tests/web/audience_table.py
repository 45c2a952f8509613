"""Every page with the addresses under which it is asked for, and everything that is sent: a new route gets a line here."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from kb.domain.completeness import Part
from kb.domain.concept import Scheme
from kb.domain.query import Scope
from tests.web.hidden import APPLICATIONS, CASES, MAY_READ, PEOPLE, PRACTICES, SUBMISSIONS

Parameters = tuple[Mapping[str, Any], ...]
NONE: Parameters = ({},)
EACH_CASE: Parameters = tuple({"identifier": case} for case in CASES)
EACH_POST: Parameters = tuple({"identifier": case, "post": "p1"} for case in CASES)
EACH_CASE_TO_WRITE: Parameters = tuple({"case": case} for case in CASES)
EACH_SUBMISSION: Parameters = tuple({"identifier": each} for each in SUBMISSIONS)
EACH_PART: Parameters = tuple(
    {"identifier": each, "part": part.value} for each, part in product(SUBMISSIONS, Part)
)
EACH_COMMENT: Parameters = tuple({"identifier": each, "key": "c1"} for each in SUBMISSIONS)
EACH_PRACTICE: Parameters = tuple({"identifier": each} for each in PRACTICES)
EACH_APPLICATION: Parameters = tuple({"identifier": each} for each in APPLICATIONS)
KEPT_RECORD: Parameters = ({"shelf": "resources", "identifier": "resource"},)
EACH_SOLUTION: Parameters = tuple({"identifier": case, "key": "s1"} for case in CASES)
TAG_ACTS = tuple(
    f"tag_acts.{act}" for act in ("rename", "retire", "reinstate", "merge", "place", "adopt", "refuse")
)
KEEPING = ("edit", "confirm", "retire", "reinstate")
EACH_TAG: Parameters = (
    {"scheme": "tag", "key": "proposed"},
    {"scheme": "tag", "key": "templates"},
    {"scheme": "difficulty", "key": "retention-expired"},
)
EVENT: Parameters = ({"identifier": "event"},)
EVENT_POST: Parameters = ({"identifier": "event", "post": "p1"},)
EVENT_ACTS = tuple(f"events.{act}" for act in ("edit", "cancel", "retire", "reinstate", "remark"))
EVENT_PAGES = (
    *EVENT_ACTS,
    "events.show",
    "events.history",
    "events.board",
    "events.in_common",
    "workshops.show",
)
EACH_SAVED: Parameters = tuple({"identifier": f"saved-{person}"} for person in PEOPLE)
SEARCHES: Parameters = (
    *({"scope": scope.value} for scope in Scope),
    *({"q": word[:-1]} for word in MAY_READ),
    *({"q": f"{word[:4]}*"} for word in MAY_READ),
    *({"sort": sort} for sort in ("newest", "oldest")),
    {"tag": "templates"},
    {"tag": "proposed"},
    {"country": "not-stated"},
)

GET: dict[str, Parameters] = {
    "home.index": NONE,
    "search.index": SEARCHES,
    "retag.index": ({}, {"tag": "templates", "vocabulary": "tag"}, {"q": "zz", "vocabulary": "stage"}),
    "saved.index": NONE,
    "saved.show": EACH_SAVED,
    "saved.rename": EACH_SAVED,
    "cases.index": ({}, {"status": "retired"}, {"status": "superseded"}, {"status": "unpublished"}),
    "cases.show": EACH_CASE,
    "cases.history": EACH_CASE,
    "cases.revision": tuple({"identifier": case, "number": number} for case in CASES for number in (1, 2)),
    "cases.difference": tuple(
        {"identifier": case, "before": 1, "after": number} for case in CASES for number in (1, 2)
    ),
    "case_acts.retire": EACH_CASE,
    "case_acts.supersede": EACH_CASE,
    "case_acts.unpublish": EACH_CASE,
    "case_acts.reinstate": EACH_CASE,
    "case_acts.remark": EACH_CASE,
    "discussions.hide": EACH_POST,
    "lessons.show": tuple({"identifier": case, "key": key} for case in CASES for key in ("d1", "s1", "b1")),
    "tags.index": tuple({"scheme": scheme.value} for scheme in Scheme),
    "tags.show": EACH_TAG,
    "tags.history": EACH_TAG,
    "tags.propose": ({"scheme": "tag"},),
    "thesaurus.export": ({}, {"audience": "public"}),
    "thesaurus.choose": NONE,
    "hygiene.index": NONE,
    "tag_acts.create": ({"scheme": "tag"},),
    **dict.fromkeys(TAG_ACTS, EACH_TAG),
    "tag_acts.take_back": tuple({**each, "number": 2} for each in EACH_TAG),
    "tag_operations.split": EACH_TAG,
    "tag_operations.index": NONE,
    "tag_operations.show": ({"identifier": "none"},),
    "across.index": NONE,
    "difficulties.index": (
        {},
        {"sort": "name"},
        {"from": 2000, "to": 2030},
        {"phenomenon": "grooming"},
        {"fold": "data"},
    ),
    "difficulties.comma_separated_values": NONE,
    "difficulties.as_json": NONE,
    "difficulties.show": ({"key": "retention-expired"}, {"key": "proposed"}),
    "events.index": NONE,
    **dict.fromkeys(EVENT_PAGES, EVENT),
    "events.reader": ({"identifier": "event", "discussion": "yes"},),
    "events.revision": ({"identifier": "event", "number": 1},),
    "events.difference": ({"identifier": "event", "before": 1, "after": 1},),
    "events.announce": NONE,
    "workshops.hide": EVENT_POST,
    "resources.index": NONE,
    "resources.show": ({"identifier": "resource"},),
    "resources.create": NONE,
    "instruments.index": ({}, {"user": "police"}, {"status": "retired"}),
    "instruments.show": ({"identifier": "budapest-29"},),
    "legislation.index": NONE,
    "legislation.show": ({"country": "AT"},),
    "legislation.compare": ({"country": ["AT", "BE"]},),
    **dict.fromkeys([f"reference.{step}" for step in (*KEEPING, "history")], KEPT_RECORD),
    "reference.revision": tuple({**each, "number": 1} for each in KEPT_RECORD),
    "reference.difference": tuple({**each, "before": 1, "after": 1} for each in KEPT_RECORD),
    "corridors.index": ({}, {"channel": "budapest-29"}),
    "corridors.comma_separated_values": NONE,
    "corridors.as_json": NONE,
    "corridors.show": ({"start": "AT", "end": "DE"},),
    "corridors.ask": ({}, {"from": "AT", "to": "DE", "need": "preserve"}),
    "partners.index": NONE,
    "partners.show": ({"key": "hotline"},),
    "documents.choose": NONE,
    "documents.template": NONE,
    "practices.index": ({}, {"status": "retired"}, {"strength": "single-case"}),
    "practices.show": EACH_PRACTICE,
    "practices.history": EACH_PRACTICE,
    "practices.revision": tuple({**each, "number": 1} for each in EACH_PRACTICE),
    "practices.difference": tuple({**each, "before": 1, "after": 1} for each in EACH_PRACTICE),
    "practices.create": tuple({"from": f"{case}/s1"} for case in CASES),
    "practices.edit": EACH_PRACTICE,
    "practices.retire": EACH_PRACTICE,
    "practices.reinstate": EACH_PRACTICE,
    "practices.remark": EACH_PRACTICE,
    "applications.index": NONE,
    "applications.of_practice": EACH_PRACTICE,
    "applications.of_solution": EACH_SOLUTION,
    "applications.correct": EACH_APPLICATION,
    "submissions.new": ({}, {"event": "event"}),
    "submissions.begin": ({}, {"event": "event"}),
    "submissions.show": EACH_SUBMISSION,
    "submissions.edit": EACH_SUBMISSION,
    "submissions.receipt": EACH_SUBMISSION,
    "writing.index": EACH_SUBMISSION,
    "writing.show": EACH_PART,
    "writing.check": EACH_SUBMISSION,
    "writing.bring_up": EACH_SUBMISSION,
    "changes.change": EACH_CASE_TO_WRITE,
    "changes.add_lesson": EACH_CASE_TO_WRITE,
    "review.index": ({}, {"for": "unclaimed"}),
    "vain_searches.index": NONE,
    "vain_searches.deal_with": ({"mark": "none"},),
    "inbox.index": ({}, {"show": "unread"}),
    "inbox.settings": NONE,
    "still_true.index": NONE,
    "still_true.confirm": EACH_CASE,
    "mail.index": NONE,
    "help.index": NONE,
    "account.sign_in": NONE,
    "account.code": NONE,
    "account.set_up": NONE,
    "account.link": ({"token": "none"},),
    "accounts_admin.index": NONE,
    "accounts_admin.invite": NONE,
    "accounts_admin.show": ({"identifier": "vera"},),
    "organisations.index": NONE,
    "organisations.rename": ({"identifier": "none"},),
    "audit.index": ({}, {"subject": "case-study/red"}),
    "profile.index": NONE,
    "profile.password": NONE,
    "second_factor.set_up": NONE,
    "second_factor.renew_codes": NONE,
    "second_factor.remove": NONE,
}
"""Every page, with the addresses under which it is asked for."""
FOR_WHO_HAS_THE_ADDRESS = frozenset({"feeds.show"})
"""What is told to anybody with an address that nobody guesses: `test_feeds` says what."""
WITHOUT_RECORDS = frozenset({"static", "bootstrap.static", "health", "favicon"})
ABOUT_ACCOUNTS = frozenset(
    {
        "accounts_admin.index", "accounts_admin.invite", "accounts_admin.show", "audit.index", "organisations.index",
        "organisations.rename", "profile.index", "mail.index", "inbox.settings",
    }
)  # fmt: skip
"""Pages that name accounts and organisations by their purpose; they show no record."""
POST: dict[str, Parameters] = {
    "case_acts.retag": EACH_CASE,
    "case_acts.retire": EACH_CASE,
    "case_acts.supersede": EACH_CASE,
    "case_acts.unpublish": EACH_CASE,
    "case_acts.reinstate": EACH_CASE,
    "case_acts.remark": EACH_CASE,
    "discussions.ask": tuple({"identifier": case, "key": "d1"} for case in CASES),
    "discussions.answer": EACH_POST,
    "discussions.withdraw": EACH_POST,
    "discussions.hide": EACH_POST,
    "workshops.ask": ({"identifier": "event", "key": "q1"},),
    **dict.fromkeys((f"workshops.{act}" for act in ("answer", "withdraw", "hide")), EVENT_POST),
    **dict.fromkeys(EVENT_ACTS, EVENT),
    "still_true.confirm": EACH_CASE,
    "writing.save": EACH_PART,
    "writing.bring_up": EACH_SUBMISSION,
    "submissions.submit": EACH_SUBMISSION,
    "submissions.withdraw": EACH_SUBMISSION,
    "changes.begin": EACH_CASE_TO_WRITE,
    "changes.create_lesson": EACH_CASE_TO_WRITE,
    "changes.restore": tuple({"case": case, "number": 1} for case in CASES),
    "review.take": EACH_SUBMISSION,
    "review.give_back": EACH_SUBMISSION,
    "review.hand_over": EACH_SUBMISSION,
    "review.ask": EACH_SUBMISSION,
    "review.override": EACH_SUBMISSION,
    "review_comments.add": EACH_SUBMISSION,
    "review_comments.answer": EACH_COMMENT,
    "review_comments.resolve": EACH_COMMENT,
    "review_comments.reopen": EACH_COMMENT,
    "review_comments.add_author": EACH_SUBMISSION,
    "review_comments.remove_author": EACH_SUBMISSION,
    "review.publish": EACH_SUBMISSION,
    "review.request_changes": EACH_SUBMISSION,
    "review.decline": EACH_SUBMISSION,
    "practices.edit": EACH_PRACTICE,
    "practices.endorse": EACH_PRACTICE,
    "practices.retire": EACH_PRACTICE,
    "practices.reinstate": EACH_PRACTICE,
    "practices.remark": EACH_PRACTICE,
    "applications.of_practice": EACH_PRACTICE,
    "applications.of_solution": EACH_SOLUTION,
    "applications.correct": EACH_APPLICATION[::2],
    "applications.withdraw": EACH_APPLICATION[::2],
    **dict.fromkeys(TAG_ACTS, EACH_TAG[:1]),
    **dict.fromkeys([f"reference.{step}" for step in KEEPING], KEPT_RECORD),
    "tag_acts.take_back": tuple({**each, "number": 2} for each in EACH_TAG[:1]),
    "tag_operations.split": EACH_TAG[:1],
    "tag_operations.show": ({"identifier": "none"},),
}
"""Everything that changes a record; sent by who may not see it."""
POST_OF_ONES_OWN = frozenset(
    {
        "follows.make_feed", "follows.revoke_feed", "saved.see", "saved.rename", "saved.make_feed", "saved.act", "inbox.read", "inbox.read_all", "inbox.settings",
    }
)  # fmt: skip
"""Everything that changes what an account keeps for itself."""
POST_WITHOUT_RECORDS = frozenset(
    {
        "documents.draft", "documents.read", "retag.index", "tags.propose", "tag_acts.create", "practices.create", "events.announce", "resources.create", "submissions.create", "submissions.look_through", "saved.create", "follows.create", "follows.stop",
        "account.sign_in", "account.code", "account.set_up", "account.sign_out",
        "account.link", "accounts_admin.invite", "accounts_admin.reset", "accounts_admin.act", "accounts_admin.show",
        "accounts_admin.reset_second_factor", "accounts_admin.end_session", "organisations.rename", "profile.index",
        "profile.password", "profile.end_session", "profile.end_other_sessions", "second_factor.set_up",
        "thesaurus.plan", "thesaurus.confirm", "second_factor.renew_codes", "second_factor.remove", "vain_searches.deal_with", "vain_searches.forget",
    }
)  # fmt: skip
WORD_OF = {"opened": "zzafterwards", "resource": "zzresource", "event": "zzevent"} | {
    name: f"zz{name}" for name in (*CASES, *SUBMISSIONS, *PRACTICES, *APPLICATIONS) if name != "opened"
}
"""The word that stands for being allowed to see each record at all."""
FORM = {
    "lesson": "d1",
    "add": "preserve-first",
    "reason": "x",
    "by": "green",
    "marking": "CLEAR",
    "comment": "x",
    "revision": "1",
    "to": "carla",
    "text": "x",
}
