"""The form of a case: words to value and back, and what it says when it cannot."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from kb.domain.case_study import CaseStudy
from kb.domain.completeness import Part
from kb.domain.errors import Invalid, StaleRevision, StoreFailure, WrongState
from kb.domain.lesson import (
    LessonKind,
    Solution,
)
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin, Source
from kb.domain.submission import Submission
from kb.web.forms.case import FINISH, CaseForm
from kb.web.forms.countries import country_code, split_countries
from kb.web.forms.fields import CASE_FIELDS, LESSON_FIELDS, ORIGINATOR_FIELDS, SOURCE_FIELDS, STEPS
from kb.web.forms.typed import Typed, TypedLesson
from tests.web.typed_case import FULL, again, persons, problems, sent

pytestmark = pytest.mark.usefixtures("request_for_forms")


def test_a_form_gives_back_the_very_case_that_it_shows() -> None:
    assert again(FULL).value(persons) == FULL


def test_every_field_of_a_case_and_its_lessons_is_in_the_form() -> None:
    decided_elsewhere = {
        "owner", "author", "status", "status_reason", "superseded_by", "source_key", "lessons", "sources",
    }  # fmt: skip
    heads = {field.path[0] for field in (*CASE_FIELDS, *ORIGINATOR_FIELDS)}
    assert heads == CaseStudy.model_fields.keys() - decided_elsewhere
    for lesson in FULL.lessons:
        names = {field.name for field in LESSON_FIELDS[lesson.kind]}
        assert names == type(lesson).model_fields.keys() - {"key", "kind"}
    assert {field.name for field in SOURCE_FIELDS} == Source.model_fields.keys()


def test_an_empty_form_is_a_draft_that_lacks_everything() -> None:
    assert CaseForm.sent(MultiDict(), originator=True).value(persons) == CaseStudy()


def test_text_is_normalised_but_shown_again_as_typed() -> None:
    form = again(
        CaseStudy(), title=" A\ttitle  of\u00a0ours ", summary="Zeile \r\n\r\nЕщё e\u0301 🙂\tTab\x00  "
    )
    case = form.value(persons)
    assert case is not None
    assert case.title == "A title of ours"
    assert case.summary == "Zeile\n\nЕщё é 🙂\tTab"
    assert form.typed.fields.one("summary") == "Zeile \r\n\r\nЕщё e\u0301 🙂\tTab\x00  "


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("title", "x" * 301, "Shorten this to at most 300 characters."),
        ("period_start", "March 2007", "Write a year such as 2007"),
        ("period_end", "2007-13", "Write a year such as 2007"),
        ("lead_country", "Atlantis", "“Atlantis” is no country that we know."),
        ("other_countries", "Belgium, Atlantis", "“Atlantis” is no country that we know."),
        ("audience_countries", "Mordor", "“Mordor” is no country that we know."),
        ("review_by", "next year", "Write the day as year-month-day"),
        ("language", "German!", "Choose the language"),
        ("event", "no such!", "Choose an event"),
        ("marking", "PINK", "Choose one of the list."),
        ("phenomena", "Not A Key", "This cannot be kept as it is."),
        ("sources-0-url", "www.example.org", "beginning with https://"),
        ("sources-0-as_of", "yesterday", "Write the day as year-month-day"),
        ("lessons-3-elapsed_days", "a month", "Write a whole number of days"),
        ("lessons-3-elapsed_days", "-1", "Write a whole number of days"),
        ("lessons-3-from_country", "Nowhere", "“Nowhere” is no country"),
        ("lessons-1-outcome", "splendid", "Choose one of the list."),
        ("lessons-0-text", "x" * 50_000, "Shorten this to at most"),
    ],
)
def test_a_wrong_field_gets_a_sentence_that_says_what_to_do_and_keeps_its_words(
    name: str, typed: str, sentence: str
) -> None:
    form = again(FULL, **{name: typed})
    found = problems(form)
    assert list(found) == [name]
    assert sentence in " ".join(found[name])
    assert sent(form)[name] == typed
    assert sent(form)["lessons-1-text"] == "- at once\n- in writing"


def test_a_period_that_runs_backwards_is_told_at_the_period() -> None:
    assert problems(again(FULL, period_end="2005")) == {
        "period_start": ["The period ends (2005) before it starts (2007-03)."]
    }


def test_a_period_without_a_beginning_asks_for_it() -> None:
    assert list(problems(again(FULL, period_start=""))) == ["period_start"]


def test_a_published_case_without_a_source_is_asked_for_it_at_the_sources() -> None:
    assert list(problems(again(CaseStudy(), origin="published"))) == ["sources"]


def test_blank_rows_for_sources_are_no_sources() -> None:
    words = sent(CaseForm.of(FULL, originator=True))
    words.update({"sources-4-title": " ", "sources-4-url": "", "sources-7-title": "Second"})
    case = CaseForm.sent(words, originator=True).value(persons)
    assert case is not None
    assert [source.title for source in case.sources] == ["A report", "Second"]


def test_names_that_no_form_has_do_no_harm() -> None:
    form = again(
        FULL, status="retired", **{"lessons-x-title": "?", "lessons-99999-title": "?", "owner": "me"}
    )
    assert form.value(persons) == FULL


@pytest.mark.parametrize(
    ("event", "offered_by", "session"),
    [("vienna", "vienna", "talk"), ("prague", "vienna", ""), ("", "vienna", ""), ("vienna", None, "talk")],
)
def test_a_session_goes_with_the_event_whose_programme_offered_it(
    event: str, offered_by: str | None, session: str
) -> None:
    words = MultiDict({"event": event, "session": "talk"})
    if offered_by is not None:
        words.add("session_of", offered_by)
    assert Typed.read(words).fields.one("session") == session
    assert Typed.read(words).fields.one("event") == event


def test_a_change_holds_nothing_that_only_the_originator_decides() -> None:
    words = sent(CaseForm.of(FULL, originator=True), marking="CLEAR")
    case = CaseForm.sent(words, originator=False).value(persons)
    assert case is not None
    assert case.audience == Audience()
    assert case.origin is Origin.REPORTED


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("title", "title"),
        ("period_end", "period.end"),
        ("audience_persons", "audience.persons"),
        ("lessons-1-text", "lessons.s1.text"),
        ("sources-0-url", "sources.0.url"),
        ("lessons", "lessons"),
    ],
)
def test_a_field_is_called_by_its_path_in_the_case(name: str, path: str) -> None:
    assert again(FULL).path_of(name) == path


class TestAudience:
    def test_persons_are_named_by_the_address_with_which_they_sign_in(self) -> None:
        form = again(
            CaseStudy(), marking="RED", audience_persons=["carl"], audience_addresses="<anna@example.org>;"
        )
        case = form.value(persons)
        assert case is not None
        assert case.audience.persons == ("carl", "anna")

    def test_an_address_of_nobody_is_refused_and_kept(self) -> None:
        form = again(CaseStudy(), marking="RED", audience_addresses="anna@example.org, bo@example.org")
        found = problems(form)
        assert list(found) == ["audience_addresses"]
        assert "bo@example.org" in found["audience_addresses"][0]
        assert form.typed.fields.one("audience_addresses") == "anna@example.org, bo@example.org"

    @pytest.mark.parametrize("marking", ["CLEAR", "GREEN", "AMBER+STRICT"])
    def test_names_count_only_under_the_marking_that_names(self, marking: str) -> None:
        form = again(CaseStudy(), marking=marking, audience_countries="France", audience_persons=["anna"])
        case = form.value(persons)
        assert case is not None
        assert case.audience == Audience(marking=Marking(marking))


class TestCountries:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Austria", "AT"),
            ("austria ", "AT"),
            ("at", "AT"),
            ("the Netherlands", "NL"),
            ("Turkiye", "TR"),
            ("Côte d’Ivoire", "CI"),
            ("Bosnia and Herzegovina", "BA"),
            ("Bosnia & Herzegovina", "BA"),
            ("Ruritania", None),
            ("", None),
        ],
    )
    def test_are_known_by_name_or_code(self, text: str, code: str | None) -> None:
        assert country_code(text) == code

    def test_are_separated_by_commas_semicolons_or_lines(self) -> None:
        assert split_countries("Austria, Belgium;\nCanada,,") == ("Austria", "Belgium", "Canada")

    def test_are_counted_once(self) -> None:
        case = again(CaseStudy(), other_countries="Belgium, BE, belgium").value(persons)
        assert case is not None
        assert case.other_countries == ("BE",)


class TestRefusals:
    """What a service refuses, with every word still in the form."""

    @staticmethod
    def refused(error: Exception) -> CaseForm:
        def call(_: CaseStudy) -> str:
            raise error

        form = again(FULL)
        assert form.attempt(call, persons) is None
        assert sent(form)["summary"] == FULL.summary
        return form

    def test_invalid_ones_stand_at_their_fields(self) -> None:
        form = self.refused(
            Invalid(
                ("title", "A."),
                ("lessons", "B."),
                ("lessons.s1.text", "C."),
                ("audience.persons", "D."),
                ("lessons.zz.text", "E."),
                ("owner", "F."),
                ("whatever", "G."),
            )
        )
        assert form.status == 422
        assert form.errors == {
            "title": ["A."],
            "lessons": ["B.", "E."],
            "lessons-1-text": ["C."],
            "audience_persons": ["D."],
            "owner": ["F."],
            "": ["G."],
        }

    def test_a_newer_revision_makes_the_form_stale(self) -> None:
        form = self.refused(StaleRevision("submission", "abc", 3))
        assert (form.status, form.stale) == (409, True)

    @pytest.mark.parametrize(
        ("error", "status"), [(WrongState("Not now."), 409), (StoreFailure("The disk is full."), 503)]
    )
    def test_others_stand_above_the_form(self, error: Exception, status: int) -> None:
        form = self.refused(error)
        assert (form.status, form.stale, form.errors) == (status, False, {"": [str(error)]})

    def test_what_is_accepted_gives_what_the_service_gives(self) -> None:
        assert again(FULL).attempt(lambda body: body.title, persons) == FULL.title

    def test_nothing_is_called_with_words_that_are_no_value(self) -> None:
        form = again(FULL, period_start="soon")
        assert form.attempt(lambda body: pytest.fail("called"), persons) is None


class TestWaysIn:
    def test_editing_a_change_keeps_the_keys_of_the_published_text_from_coming_again(self) -> None:
        body = FULL.model_copy(update={"lessons": FULL.lessons[:1]})
        submission = Submission(target="case", based_on=2, author="anna", body=body)
        form = CaseForm.editing(submission, 5, STEPS[Part.DIFFICULTIES], FULL)
        assert (form.revision, form.originator) == (5, False)
        assert form.typed.retired_keys == {"s1", "p1", "b1"}

    def test_editing_a_new_case_lets_its_audience_be_changed(self) -> None:
        submission = Submission(target="case", author="anna", body=FULL)
        form = CaseForm.editing(submission, 1, STEPS[Part.AUDIENCE])
        assert form.originator
        assert form.typed.retired_keys == frozenset()

    def test_one_lesson_more_stands_after_the_published_ones_with_a_key_of_its_own(self) -> None:
        typed = TypedLesson({"title": ("Another",), "answers": ("d1",)}, LessonKind.SOLUTION, "s1")
        case = CaseForm.one_more(FULL, typed).value(persons)
        assert case is not None
        assert case.lessons[:4] == FULL.lessons
        assert case.lessons[4] == Solution(key="s2", title="Another", answers=("d1",))

    def test_the_number_that_travels_hidden_is_read_and_others_ignored(self) -> None:
        form = again(FULL, revision="7", op=FINISH)
        assert (form.revision, form.op) == (7, "finish")
        assert [again(FULL, revision=text).revision for text in ("-1", "99999", "x", "")] == [0, 0, 0, 0]
