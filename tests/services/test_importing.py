"""An import takes what can go in, says of every other row why not, and never takes a row twice."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Role
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept
from kb.domain.errors import Forbidden, Invalid
from kb.domain.mapping import read_mapping
from kb.domain.record import Kind
from kb.domain.submission import Submission
from kb.domain.workflow import SubmissionStatus
from kb.services import importing as importing_module
from kb.services.importing import ImportRequest, RowFate
from tests.samples import VIENNA
from tests.services.import_desk import ANNA, MAPPING, Table, a_row


def test_a_published_row_is_a_case_that_search_finds_and_its_importer_is_kept(table: Table) -> None:
    counts = table.run(a_row(), on_behalf=ANNA)

    (case,) = table.bodies(Kind.CASE_STUDY)
    assert isinstance(case, CaseStudy)
    assert (case.title, case.source_key, case.owner) == ("Case 1", "t:1", VIENNA)
    assert counts == {RowFate.IMPORTED: 1, RowFate.PRESENT: 0, RowFate.REJECTED: 0}
    (saved, done) = table.world.audit.rows[-2:]
    assert (saved.actor, saved.action) == ("anna", "import")
    assert (done.actor, done.subject, done.detail) == (
        "operator",
        "anna",
        "published: 1 imported, 0 present, 0 rejected",
    )
    assert table.world.engine.manifest()


def test_without_publish_rows_become_drafts_of_the_person_named(table: Table) -> None:
    table.run(a_row(), publish=False, on_behalf=ANNA)

    (draft,) = table.bodies(Kind.SUBMISSION)
    assert isinstance(draft, Submission)
    assert (draft.status, draft.author, draft.body.author) == (SubmissionStatus.DRAFT, "anna", "anna")
    assert draft.body.source_key == "t:1"
    assert table.bodies(Kind.CASE_STUDY) == []
    assert table.run(a_row(), publish=False, on_behalf=ANNA)[RowFate.PRESENT] == 1


def test_drafts_for_nobody_or_for_somebody_who_writes_none_are_refused(table: Table) -> None:
    with pytest.raises(Invalid, match="--as EMAIL"):
        table.run(a_row(), publish=False)
    clerk = ANNA.model_copy(update={"roles": frozenset({Role.ADMINISTRATOR})})
    with pytest.raises(Invalid, match="officer role"):
        table.run(a_row(), publish=False, on_behalf=clerk)


def test_a_second_run_imports_nothing_twice(table: Table) -> None:
    owned = {"owner": {"name": {"value": "Unit"}, "country": {"value": "AT"}}}
    mapping = MAPPING.model_copy(update={"owner": read_mapping({"source_key": "id", **owned}).owner})
    table.run(a_row(1), a_row(2), mapping=mapping)

    counts = table.run(a_row(1), a_row(2), a_row(3), mapping=mapping)

    assert counts[RowFate.PRESENT] == 2
    assert counts[RowFate.IMPORTED] == 1
    assert len(table.bodies(Kind.CASE_STUDY)) == 3


def test_bad_rows_stay_out_with_their_reasons_and_the_rest_goes_in(table: Table) -> None:
    rows = ("The line is not JSON.", a_row(2, title=""), a_row(3, title="x" * 301), a_row(4), a_row(4))

    counts = table.run(*rows, on_behalf=ANNA)

    assert (counts[RowFate.IMPORTED], counts[RowFate.REJECTED]) == (1, 4)
    reasons = [report.reason for report in table.reports]
    assert reasons[0] == "The line is not JSON."
    assert "Give the case a title" in reasons[1]
    assert reasons[2].startswith("title: String should have at most 300 characters")
    assert reasons[4] == "Row 4 has the same source key."
    assert [report.number for report in table.reports] == [1, 2, 3, 4, 5]


def test_words_are_found_by_key_or_label_and_unknown_ones_are_told(table: Table) -> None:
    table.run(a_row(topic="Retention expired", stage="attribution"), on_behalf=ANNA)

    (case,) = table.bodies(Kind.CASE_STUDY)
    assert isinstance(case, CaseStudy)
    assert case.difficulties[0].categories == ("retention-expired",)
    assert case.difficulties[0].stage == "attribution"
    table.run(a_row(2, topic="weather"), on_behalf=ANNA)
    assert "No difficulty is called 'weather'" in table.reason


def test_tags_are_found_or_made_once_with_keys_of_their_own(table: Table) -> None:
    table.run(a_row(1, tags="Known;New tag;new TAG;New/tag"), a_row(2, tags="new tag"), on_behalf=ANNA)

    first, second = sorted(
        (body for body in table.bodies(Kind.CASE_STUDY) if isinstance(body, CaseStudy)),
        key=lambda case: case.title,
    )
    assert first.tags == ("known", "new-tag", "new-tag-2")
    assert second.tags == ("new-tag",)
    labels = {body.label() for body in table.bodies(Kind.CONCEPT) if isinstance(body, Concept)}
    assert {"Known", "New tag", "New/tag"} <= labels
    table.run(a_row(3, tags="new tag"), on_behalf=ANNA)
    assert table.reports[-1].fate is RowFate.IMPORTED


def test_a_rejected_row_makes_no_tag(table: Table) -> None:
    table.run(a_row(1, tags="Orphan", title=""), a_row(2), on_behalf=ANNA)

    assert "Orphan" not in {body.label() for body in table.bodies(Kind.CONCEPT) if isinstance(body, Concept)}


def test_tags_are_made_only_where_the_mapping_says_so(table: Table) -> None:
    table.run(a_row(tags="New"), mapping=MAPPING.model_copy(update={"create_tags": False}), on_behalf=ANNA)

    assert "create_tags = true" in table.reason


def test_too_many_tags_that_read_alike_are_refused(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.services.import_words.MOST_ALIKE", 2)
    table.run(a_row(tags="a/b;a-b;a b"), on_behalf=ANNA)

    assert "Too many tags read like 'a-b'" in table.reason


def test_a_case_that_nobody_owns_is_refused_with_what_to_do(table: Table) -> None:
    table.run(a_row())

    assert "An organisation must own the case" in table.reason


def test_a_dry_run_tells_the_same_and_changes_nothing(table: Table) -> None:
    before = table.world.catalogue.digest()

    counts = table.run(a_row(tags="New"), a_row(2, title=""), on_behalf=ANNA, dry_run=True)

    assert (counts[RowFate.IMPORTED], counts[RowFate.REJECTED]) == (1, 1)
    table.world.drain.run()
    assert table.world.catalogue.digest() == before
    assert not any(row.action == "import" for row in table.world.audit.rows)


def test_a_column_of_html_comes_in_without_it_and_any_other_as_it_stands(table: Table) -> None:
    columns = {"title": "title", "summary": {"column": "text", "html": True}}
    mapping = MAPPING.model_copy(update={"case": read_mapping({"source_key": "id", "case": columns}).case})

    table.run(a_row(text="<p>It was gone.</p>"), mapping=mapping, on_behalf=ANNA)

    (case,) = table.bodies(Kind.CASE_STUDY)
    assert isinstance(case, CaseStudy)
    assert (case.summary, case.difficulties[0].text) == ("It was gone.", "<p>It was gone.</p>")


def test_many_rows_are_followed_in_batches(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing_module, "BATCH", 2)
    listed: list[int] = []
    request = ImportRequest(mapping=MAPPING, publish=True, on_behalf=ANNA)

    table.importing.run(
        OPERATOR,
        ((number, a_row(number)) for number in range(1, 6)),
        request,
        lambda _: listed.append(len(table.bodies(Kind.CASE_STUDY))),
    )

    assert listed == [0, 0, 2, 2, 4]
    assert len(table.bodies(Kind.CASE_STUDY)) == 5


def test_only_operators_import(table: Table) -> None:
    with pytest.raises(Forbidden):
        table.importing.run(ANNA, [], ImportRequest(), table.reports.append)
