"""Revision files: readable, exact, and proof against whoever wrote them."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given

from kb.adapters.files import codec
from kb.adapters.files.codec import Document, decode, encode
from kb.domain.case_study import CaseStudy
from kb.domain.errors import Damaged
from kb.domain.lesson import Difficulty
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision, Save
from kb.domain.submission import Comment, Submission
from tests.fakes.clock import NOON
from tests.ports.entry_stores import CASE, a_save
from tests.ports.tricky_texts import LINES, PROSE

SALT = "0123456789abcdef0123456789abcdef"


def _file(text: str = "title: Logs were gone\n", header: str = "", rest: str = "") -> bytes:
    """Give a revision file with a header that fits whatever the rest is."""
    rest = rest or f"salt: {SALT}\nbody:\n  {text}"
    header = header or (
        "format: 1\nkind: case-study\nid: abcdefghij\nrevision: 1\n"
        f"digest: {hashlib.sha256(rest.encode()).hexdigest()}\n"
        'saved_at: "2026-09-01T12:00:00Z"\nsaved_by: a-presenter\naction: create\n'
    )
    return f"{header}---\n{rest}".encode()


@given(LINES, PROSE, LINES)
def test_any_record_is_read_back_as_it_was(title: str, text: str, note: str) -> None:
    lesson = Difficulty(key="d1", title=title, text=text)
    body = Submission(
        target="zz",
        author="a1",
        comments=(Comment(at=NOON, by="c1", round=1, text=text),),
        body=CaseStudy(title=title, summary=text, contact=note, lessons=(lesson,)),
    )
    save = a_save(3, RecordRef(kind=Kind.SUBMISSION, id="abcdefghij"), body, note=note)

    header, data = encode(save, b"the header before\n", SALT)

    assert decode(data, "here") == Revision(header=header, note=save.note, body=body)


def test_a_revision_file_is_a_text_that_people_read_and_compare() -> None:
    lesson = Difficulty(
        key="d1",
        title="Provider: no logs",
        text="# Почему\n\n- kept\tseven days 😀",
        categories=("retention-expired",),
    )
    case = CaseStudy(title="Logs were gone", lead_country="NO", lessons=(lesson,))
    save = a_save(2, body=case, note="Said more", submission="bcdefghijk")

    _, data = encode(save, b"header\n", SALT)

    head, rest = data.decode().split("---\n")
    assert head == (
        "format: 1\n"
        "kind: case-study\n"
        "id: abcdefghij\n"
        "revision: 2\n"
        f"previous: {hashlib.sha256(b'header' + bytes([10])).hexdigest()}\n"
        f"digest: {hashlib.sha256(rest.encode()).hexdigest()}\n"
        'saved_at: "2026-09-01T12:00:00Z"\n'
        "saved_by: a-presenter\n"
        "action: edit\n"
    )
    assert rest == (
        f"salt: {SALT}\n"
        "note: Said more\n"
        "submission: bcdefghijk\n"
        "body:\n"
        "  title: Logs were gone\n"
        "  language: en\n"
        "  audience:\n"
        "    marking: GREEN\n"
        "    chatham_house: false\n"
        "  origin: reported\n"
        '  lead_country: "NO"\n'
        "  lessons:\n"
        "    - key: d1\n"
        '      title: "Provider: no logs"\n'
        "      text: |-\n"
        "        # Почему\n"
        "\n"
        "        - kept\tseven days 😀\n"
        "      kind: difficulty\n"
        "      categories:\n"
        "        - retention-expired\n"
        "  status: published\n"
    )


def test_the_salt_keeps_two_files_of_one_text_from_having_one_digest() -> None:
    first, second = (encode(a_save(), None, salt)[0] for salt in (SALT, SALT[::-1]))

    assert first.digest != second.digest


SECRET = "Secret-Name"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no header"),
        (b"x" * (codec.MOST_BYTES + 1), "longer than 256 KiB"),
        (_file(header=f"kind: {SECRET}\n"), "format"),
        (_file(header=f"format: {SECRET}\n"), "format"),
        (_file(header="format: 2\n"), "newer"),
        (_file(header="format: [1]\n"), "format"),
        (_file(header=f"format: 1\nkind: {SECRET}\n"), "field kind"),
        (_file(header="format: 1\nkind: case-study\nid: ../x\n"), "field id"),
        (_file().replace(b"12:00:00Z", b"12:00:00"), "saved_at"),
        (_file().replace(b"12:00:00Z", b"12:00:00+02:00"), "saved_at"),
        (_file().replace(b"revision: 1", b"revision: 0"), "field revision"),
        (_file().replace(b"Logs", b"Dogs"), "digest"),
        (_file(f"title: 1\n  {SECRET}: 2\n"), r"field body\.\? is not valid"),
        (_file(f"language: {SECRET}\n"), r"field body\.language"),
        (_file(f"lessons:\n    - key: d1\n      kind: {SECRET}\n"), r"field body\.lessons\.0"),
        (_file(f"lessons: {SECRET}\n"), r"field body\.lessons"),
        (_file(rest=f"salt: {SECRET}\nbody:\n  title: a\n"), "field salt"),
        (_file(rest=f"salt: {SALT}\n"), "exactly one"),
        (_file(rest="tombstone:\n  reason: a\nbody:\n  title: a\n"), "exactly one"),
        (_file(rest=f"body: {SECRET}\n"), "field body"),
        (_file(rest="body:\n  title: a\n---\nbody:\n  title: b\n"), "document"),
        (_file(f"title: {SECRET}\n").replace(b"Secret", b"\xff"), "no UTF-8"),
        (_file("title: !!python/name:os.system\n"), "tag"),
    ],
)
def test_a_file_that_is_no_revision_is_damaged_and_says_where_but_never_what(data: bytes, why: str) -> None:
    with pytest.raises(Damaged, match=why) as raised:
        decode(data, "case-study/abcdefghij/0001.yaml")

    assert str(raised.value).startswith("case-study/abcdefghij/0001.yaml cannot be read: ")
    assert "Secret" not in str(raised.value)


def test_scalars_stay_text_until_the_model_reads_them() -> None:
    body = "title: 007\n  summary: yes\n  audience: {chatham_house: true}\n  review_by: 2027-01-31\n"

    found = decode(_file(body), "here").body

    assert isinstance(found, CaseStudy)
    assert (found.title, found.summary, found.audience.chatham_house) == ("007", "yes", True)
    assert found.review_by is not None
    assert found.review_by.isoformat() == "2027-01-31"


def test_a_file_of_an_older_format_is_upgraded_step_by_step_on_reading() -> None:
    def name_the_title(document: Document) -> Document:
        body = document.rest["body"]
        assert isinstance(body, dict)
        return document._replace(rest=document.rest | {"body": {"title": body["headline"]}})

    def shout(document: Document) -> Document:
        body = document.rest["body"]
        assert isinstance(body, dict)
        return document._replace(rest=document.rest | {"body": {"title": f"{body['title']}!"}})

    old = _file("headline: Logs were gone\n")

    found = decode(old, "here", {1: name_the_title, 2: shout}, newest=3)

    assert found.body == CaseStudy(title="Logs were gone!")
    assert found.header.format == 1


def test_burying_keeps_the_header_byte_by_byte_and_leaves_no_salt() -> None:
    _, data = encode(a_save(title="Secret", note="Secret"), None, SALT)
    parts = codec.split(data, "here")

    buried = codec.join(codec.bury(parts, "Purged"))

    assert buried == parts.header + b"---\ntombstone:\n  reason: Purged\n"
    found = decode(buried, "here")
    assert found.tombstone is not None
    assert found.ref == CASE


def test_the_plain_form_of_a_save_loses_no_field() -> None:
    """A field added to `Save` must be written, or this test names it."""
    header = {"kind", "id", "number", "saved_at", "saved_by", "action"}
    written = header | {"note", "submission", "operation", "body"}

    assert set(Save.model_fields) == written
