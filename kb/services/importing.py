"""Importing: many records at once, from an export or from anybody's table; bad rows stay out with a reason, the rest goes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum

from pydantic import ValidationError

from kb.domain.account import OFFICER_ROLES, Account
from kb.domain.case_study import CaseStudy
from kb.domain.entry import Listing
from kb.domain.errors import Blocked, Invalid, StaleRevision
from kb.domain.finding import TextFinding
from kb.domain.instrument import Instrument
from kb.domain.mapping import Row, TableMapping, mapped
from kb.domain.permission import Permission, demand
from kb.domain.ports import AuditLog, AuditRow, Catalogue, Clock, EntryStore, Randomness
from kb.domain.record import Kind
from kb.domain.revision import BODY_OF, FORMAT, Body, RecordRef, Save, own_id
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.drain import Drain
from kb.services.import_checks import CheckedRows, ImportChecks, places_of
from kb.services.import_lines import line_of, sentence_of, told
from kb.services.import_words import ImportWords
from kb.services.text_checks import TextChecks
from kb.services.vocabulary import Vocabularies

BATCH = 200
"""Records between two drains: one commit of the index costs as much as twenty saves."""


class RowFate(StrEnum):
    """What became of a row."""

    IMPORTED = "imported"
    PRESENT = "present"
    """It came in before; nothing was done."""
    REJECTED = "rejected"


class RowReport(Value):
    """One row's fate; `reason` says what to mend where it was rejected."""

    number: int
    fate: RowFate
    reason: str = ""
    findings: tuple[TextFinding, ...] = ()
    """What the checks block in it, whether it was let in or not."""


class ImportRequest(Value):
    """How to import. Without a mapping rows are in the product's own format, and are restored as they stand."""

    mapping: TableMapping | None = None
    on_behalf: Account | None = None
    """Whose drafts mapped rows become, and whose organisation owns what names none."""
    publish: bool = False
    """Publish mapped rows without review: an operator's act."""
    checks: ImportChecks = ImportChecks.BLOCK
    dry_run: bool = False


class Importing:
    """Imports; an operator's act, on somebody's behalf or not, and audited."""

    def __init__(
        self,
        *,
        store: EntryStore,
        catalogue: Catalogue,
        vocabularies: Vocabularies,
        audit: AuditLog,
        drain: Drain,
        clock: Clock,
        randomness: Randomness,
        from_html: Callable[[str], str],
        text_checks: TextChecks,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._audit = audit
        self._drain = drain
        self._clock = clock
        self._randomness = randomness
        self._from_html = from_html
        self._text_checks = text_checks

    def run(
        self,
        actor: Account | None,
        rows: Iterable[tuple[int, Row | str]],
        request: ImportRequest,
        report: Callable[[RowReport], None],
    ) -> Mapping[RowFate, int]:
        """Import numbered rows, telling each one's fate as it is known, and give the counts.

        A row that could not even be read is the sentence that says why. Raises Forbidden, or Invalid for a request
        that would make drafts for nobody.
        """
        account = demand(actor, Permission.OPERATE)
        _demand_author(request)
        job = _Job(self, account, request)
        counts = dict.fromkeys(RowFate, 0)
        for number, row in rows:
            each = job.row(number, row)
            counts[each.fate] += 1
            report(each)
            if counts[RowFate.IMPORTED] % BATCH == 0 and each.fate is RowFate.IMPORTED:
                self._drain.run()
        if not request.dry_run:
            self._drain.run()
            self._note(account, request, counts, job.checked.summary)
        return counts

    def _note(
        self, account: Account, request: ImportRequest, counts: Mapping[RowFate, int], checked: str
    ) -> None:
        how = "published" if request.publish else "drafts" if request.mapping else "restored"
        detail = ", ".join(f"{count} {fate.value}" for fate, count in counts.items())
        subject = request.on_behalf.id if request.on_behalf else ""
        row = AuditRow(
            at=self._clock.now(),
            actor=account.id,
            action="import",
            subject=subject,
            detail="; ".join(each for each in (f"{how}: {detail}", checked) if each),
        )
        self._audit.append([row])

    # What a job needs of its surroundings.

    def known_keys(self, viewer: Account) -> set[str]:
        """Give the source keys that came in before."""
        kinds = frozenset({Kind.CASE_STUDY, Kind.SUBMISSION})
        entries = self._catalogue.list(Listing(viewer=viewer.viewer, kinds=kinds))
        return {entry.source_key for entry in entries if entry.source_key}

    def words(self, account: Account, create_tags: bool) -> ImportWords:
        """Give the look-up of concept words."""
        return ImportWords(self._vocabularies.of(account), create_tags=create_tags)

    def checked(self, account: Account, wanted: ImportChecks) -> CheckedRows:
        """Give the checks of an import."""
        return CheckedRows(self._text_checks, account, wanted)

    def known_records(self) -> frozenset[RecordRef]:
        """Give the records that are there already."""
        return frozenset(chain.ref for chain in self._store.chains())

    def new_id(self) -> str:
        """Draw an id."""
        return self._randomness.identifier()

    def to_markdown(self, html: str) -> str:
        """Turn HTML into Markdown."""
        return self._from_html(html)

    def save(self, ref: RecordRef, body: Body, by: str) -> None:
        """Make the first revision of an imported record; raises StaleRevision where it exists."""
        self._store.save(
            Save(
                kind=ref.kind,
                id=ref.id,
                number=1,
                saved_at=self._clock.now(),
                saved_by=by,
                action=Action.IMPORT,
                body=body,
            )
        )


class _Job:
    """One import while it runs: which keys have come, which tags were made."""

    def __init__(self, importing: Importing, operator: Account, request: ImportRequest) -> None:
        self._importing = importing
        self._request = request
        self._by = request.on_behalf.id if request.on_behalf else operator.id
        self._present = importing.known_keys(operator)
        self._records = importing.known_records() if request.mapping is None else frozenset[RecordRef]()
        self._rows: dict[str, int] = {}
        create = request.mapping is not None and request.mapping.create_tags
        self._words = importing.words(operator, create)
        self.checked = importing.checked(operator, request.checks)
        self._found: tuple[TextFinding, ...] = ()

    def row(self, number: int, row: Row | str) -> RowReport:
        """Import one row, or say why not."""
        if isinstance(row, str):
            return RowReport(number=number, fate=RowFate.REJECTED, reason=row)
        self._found = ()
        try:
            done = (
                self._mapped(number, row, self._request.mapping) if self._request.mapping else self._own(row)
            )
        except ValidationError as wrong:
            return RowReport(number=number, fate=RowFate.REJECTED, reason=told(sentence_of(wrong)))
        except Blocked as wrong:
            reason = f"{places_of(wrong.findings)}. {wrong}"
            return RowReport(number=number, fate=RowFate.REJECTED, reason=reason, findings=wrong.findings)
        except Invalid as wrong:
            return RowReport(number=number, fate=RowFate.REJECTED, reason=told(str(wrong)))
        fate = RowFate.IMPORTED if done else RowFate.PRESENT
        return RowReport(number=number, fate=fate, findings=self._found)

    def _own(self, row: Row) -> bool:
        """Restore a line of an export; gives False where the record is there already."""
        line = line_of(row)
        if line.format != FORMAT:
            raise Invalid(("format", f"Format {line.format} is not known; this version reads {FORMAT}."))
        key = line.source_key
        plain = {**line.body, "source_key": key} if key else line.body
        body = BODY_OF[line.kind].model_validate(plain)
        ref = RecordRef(kind=line.kind, id=line.id or self._id_for(body))
        if (own := own_id(body)) and ref.id != own:
            raise Invalid(("id", f"This {line.kind.value}'s id must be {own}: that is what it is about."))
        if key and key in self._present:
            return False
        if ref in self._records:
            return False
        self._found = self.checked.look([body])
        return self._save(ref, body)

    def _id_for(self, body: Body) -> str:
        if isinstance(body, Instrument):
            raise Invalid(("id", "An instrument's id is the key of its channel: name it."))
        return own_id(body) or self._importing.new_id()

    def _mapped(self, number: int, row: Row, mapping: TableMapping) -> bool:
        """Import a row of somebody's table; gives False where its source key came in before."""
        read = mapped(row, mapping, self._importing.to_markdown)
        if read.source_key in self._rows:
            raise Invalid(("source_key", f"Row {self._rows[read.source_key]} has the same source key."))
        self._rows[read.source_key] = number
        if read.source_key in self._present:
            return False
        case = self._case(
            CaseStudy.model_validate({**self._words.resolved(read), "source_key": read.source_key})
        )
        if problems := case.problems:
            raise Invalid(*problems)
        concepts = self._words.take_new()
        self._found = self.checked.look([case, *concepts])
        for concept in concepts:
            self._save(RecordRef(kind=Kind.CONCEPT, id=concept.id), concept)
        identifier = self._importing.new_id()
        if self._request.publish:
            return self._save(RecordRef(kind=Kind.CASE_STUDY, id=identifier), case)
        draft = Submission(
            target=identifier, author=self._by, body=case.model_copy(update={"author": self._by})
        )
        return self._save(RecordRef(kind=Kind.SUBMISSION, id=self._importing.new_id()), draft)

    def _case(self, case: CaseStudy) -> CaseStudy:
        if case.owner is None and self._request.on_behalf:
            return case.model_copy(update={"owner": self._request.on_behalf.organisation})
        return case

    def _save(self, ref: RecordRef, body: Body) -> bool:
        if self._request.dry_run:
            return True
        with suppress(StaleRevision):
            self._importing.save(ref, body, self._by)
            return True
        return False


def _demand_author(request: ImportRequest) -> None:
    if request.mapping is None or request.publish:
        return
    if request.on_behalf is None:
        raise Invalid(
            (
                "as",
                "Say whose drafts the rows become (--as EMAIL), or publish them without review (--publish).",
            )
        )
    if OFFICER_ROLES.isdisjoint(request.on_behalf.roles):
        raise Invalid(("as", "Drafts belong to somebody with an officer role; this account has none."))
