"""Changing a published case, adding one lesson more, and what a form offers to choose from."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.lesson import Difficulty
from kb.services.concept_acts import Words
from tests.samples import LESSONS
from tests.web.conftest import SignIn, token_in
from tests.web.desk import Accounts, adopt, mine, publish
from tests.web.page_form import PageForm, form_at


@pytest.fixture
def published(kb_services: Services, accounts: Accounts) -> str:
    """A case of the presenter's organisation that a coordinator has published."""
    return publish(kb_services, accounts)


def begin(writer: FlaskClient, case: str) -> str:
    """Begin a change, and give the address of its parts."""
    form = form_at(writer, f"/cases/{case}/change")
    return str(writer.post(form.action, data=form.fields).location)


class TestChange:
    def test_it_starts_from_the_published_text_and_readers_keep_that(
        self, writer: FlaskClient, kb_services: Services, author: Account, published: str
    ) -> None:
        parts = begin(writer, published)
        form = form_at(writer, f"{parts}/about")
        assert form.fields["title"] == "Seven days"
        assert "origin" not in form.fields
        form.send(writer, "finish", title="Eight days")
        view = mine(kb_services, author)
        assert view.submission.target == published
        page = writer.get(f"/submissions/{view.id}").text
        assert "What it changes" in page
        assert "<del>Seven</del><ins>Eight</ins>" in page
        assert kb_services.cases.get(author, published).case.title == "Seven days"

    def test_marking_and_audience_are_no_part_of_it(self, writer: FlaskClient, published: str) -> None:
        parts = begin(writer, published)
        for path in (parts, f"{parts}/check"):
            assert f"{parts}/audience" not in writer.get(path).text
        assert writer.get(f"{parts}/audience").location == parts
        assert form_at(writer, f"{parts}/borders").send(writer, "go-on").location == f"{parts}/check"

    def test_one_that_was_begun_is_offered_before_another(self, writer: FlaskClient, published: str) -> None:
        for path in (f"/cases/{published}/change", f"/cases/{published}/add-lesson"):
            assert "already" not in writer.get(path).text
        begun = begin(writer, published)
        for path in (f"/cases/{published}/change", f"/cases/{published}/add-lesson"):
            assert f'href="{begun}"' in writer.get(path).text

    def test_others_are_told_who_may(self, client_as: SignIn, published: str) -> None:
        answer = client_as(Role.COORDINATOR).get(f"/cases/{published}/change")
        assert answer.status_code == 403
        assert "owner&#39;s organisation" in answer.text

    def test_of_a_missing_case_is_no_page(self, writer: FlaskClient) -> None:
        assert writer.get("/cases/missing/change").status_code == 404

    def test_an_old_text_comes_back_as_a_change(
        self, writer: FlaskClient, kb_services: Services, author: Account, published: str
    ) -> None:
        kb_services.case_acts.retag(author, published, add=frozenset({"quick"}))
        token = token_in(writer.get("/submit/write").text)
        answer = writer.post(f"/cases/{published}/restore/1", data={"csrf_token": token})
        view = mine(kb_services, author)
        assert answer.location == f"/submissions/{view.id}"
        assert (view.submission.based_on, view.submission.body.tags) == (2, ())


class TestOneMoreLesson:
    def test_a_lesson_is_added_to_the_published_text(
        self, writer: FlaskClient, kb_services: Services, author: Account, published: str
    ) -> None:
        path = f"/cases/{published}/add-lesson"
        form = PageForm(writer.get(f"{path}?kind=solution").text, path)
        assert form.fields["lessons-4-kind"] == "solution"
        answer = form.send(
            writer,
            **{"lessons-4-title": "Another way", "lessons-4-text": "Go there.", "lessons-4-answers": "logs"},
        )
        view = mine(kb_services, author)
        assert answer.location == f"/submissions/{view.id}/write/check"
        body = view.submission.body
        assert body.lessons[:4] == LESSONS
        added = body.solutions[-1]
        assert (added.key, added.title, added.answers) == ("s1", "Another way", ("logs",))

    def test_a_kind_that_there_is_not_shows_a_difficulty(self, writer: FlaskClient, published: str) -> None:
        path = f"/cases/{published}/add-lesson"
        form = PageForm(writer.get(f"{path}?kind=poem").text, path)
        assert form.fields["lessons-4-kind"] == "difficulty"

    def test_a_rejected_one_keeps_its_words(
        self, writer: FlaskClient, kb_services: Services, author: Account, published: str
    ) -> None:
        path = f"/cases/{published}/add-lesson"
        form = PageForm(writer.get(f"{path}?kind=cross-border-issue").text, path)
        answer = form.send(writer, **{"lessons-4-title": "Kept", "lessons-4-elapsed_days": "long"})
        assert answer.status_code == 422
        fields = PageForm(answer.text, path).fields
        assert (fields["lessons-4-title"], fields["lessons-4-elapsed_days"]) == ("Kept", "long")
        assert "whole number of days" in answer.text

    def test_a_form_without_any_lesson_is_a_blank_difficulty(
        self, writer: FlaskClient, kb_services: Services, author: Account, published: str
    ) -> None:
        path = f"/cases/{published}/add-lesson"
        token = token_in(writer.get(path).text)
        assert writer.post(path, data={"csrf_token": token}).status_code == 302
        assert mine(kb_services, author).submission.body.lessons[-1].key == "d1"


class TestChoices:
    def test_concepts_are_offered_and_those_no_longer_offered_are_kept(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        tag = adopt(kb_services, accounts, Scheme.TAG, "First day")
        old = adopt(kb_services, accounts, Scheme.TAG, "Out of fashion")
        retired = kb_services.concept_acts.retire(
            accounts[Role.COORDINATOR], Scheme.TAG, old.key, 1, "Too wide."
        )
        assert retired.status is ConceptStatus.RETIRED
        case = CaseStudy(tags=(old.key, "never-heard-of"), event="gone-event", language="tlh")
        draft = kb_services.submissions.create(author, case)
        path = f"/submissions/{draft.id}/write/about"
        page = writer.get(path).text
        for words in ("First day", "Out of fashion", "never-heard-of", "Kept from before", "gone-event"):
            assert words in page
        form = form_at(writer, path)
        form.send(writer, tags=[*form.fields.getlist("tags"), tag.key])
        body = mine(kb_services, author).submission.body
        assert set(body.tags) == {old.key, "never-heard-of", tag.key}
        assert (body.event, body.language) == ("gone-event", "tlh")

    def test_a_stage_is_one_choice_that_is_found_by_its_synonyms_and_can_be_none(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        stage = adopt(kb_services, accounts, Scheme.STAGE, "Attribution")
        case = CaseStudy(lessons=(Difficulty(key="d1", title="Logs", stage=stage.key),))
        path = f"/submissions/{kb_services.submissions.create(author, case).id}/write/difficulties"
        form, page = form_at(writer, path), writer.get(path).text
        assert form.fields.getlist("lessons-0-stage") == [stage.key]
        assert 'name="op" value="propose:stage:lessons-0-stage"' in page
        assert 'data-words="Attribution"' in page
        form.send(writer, **{"lessons-0-stage": ""})
        assert mine(kb_services, author).submission.body.difficulties[0].stage is None

    def test_a_concept_is_found_by_its_synonyms(
        self, writer: FlaskClient, kb_services: Services, accounts: Accounts
    ) -> None:
        kb_services.concept_acts.create(
            accounts[Role.COORDINATOR], Scheme.TAG, Words(label="Preservation", synonyms=("Quick freeze",))
        )
        assert 'data-words="Preservation Quick freeze"' in writer.get("/submit/write").text

    def test_labels_are_told_in_the_language_of_the_account(self) -> None:
        labels = (Labels(language="en", preferred="Speed"), Labels(language="de", preferred="Tempo"))
        assert Concept(scheme=Scheme.TAG, key="speed", labels=labels).label("de") == "Tempo"
