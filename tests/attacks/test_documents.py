"""Files that no word processor made: each is refused before any library sees it, with a sentence that says what to do.

ASVS 5.0 V5.2: size, kind and content of files, archives before they are unpacked, and what a name claims.
"""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from pptx import Presentation

from kb.adapters.bounds import MEBIBYTE, Limits
from kb.adapters.documents.package import MOST_MEMBERS, MOST_UNPACKED, checked
from kb.adapters.documents.reader import DocumentsInChildren
from kb.adapters.documents.refusal import Refused
from kb.adapters.documents.scanning import DEEPEST, MOST_ELEMENTS
from kb.domain.document import MOST_BYTES, SENTENCES, DocumentFormat, Refusal
from kb.domain.errors import Invalid
from tests.papers.parts import MAIN, body, packed, paragraph, plain_parts, relations, types, word

FROM_HTML = "kb.adapters.markup.importing:markdown_of"


def with_part(name: str, content: str | bytes) -> bytes:
    return packed({**plain_parts(), name: content})


def slides() -> bytes:
    file = io.BytesIO()
    Presentation().save(file)
    return file.getvalue()


def flagged(content: bytes, place: int, mask: int) -> bytes:
    """Set bits in the flags of every member, here and in the directory."""
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", place), (b"PK\x01\x02", place + 2)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= mask
            at = changed.find(signature, at + 4)
    return bytes(changed)


def bomb() -> bytes:
    """Give a document whose one part grows a thousand times."""
    return with_part("word/bomb.xml", b"<a>" + b" " * 40 * MEBIBYTE + b"</a>")


def many_bombs() -> bytes:
    """Give a document of parts that are each dense but not too dense, and too much together."""
    noise = random.Random(7).randbytes(30_000)
    return packed(
        {
            **plain_parts(),
            **{f"word/media/{n}.bin": noise * 100 for n in range(MOST_UNPACKED // 3_000_000 + 1)},
        }
    )


def lying() -> bytes:
    """Give a document whose directory says that a part is small, and whose data is not."""
    content = with_part("word/large.xml", b"<a>" + b"x" * 5_000_000 + b"</a>")
    at = content.rfind(b"PK\x01\x02")
    size = content.index(struct.pack("<I", 5_000_007), at)
    return content[:size] + struct.pack("<I", 100) + content[size + 4 :]


def quine() -> bytes:
    """Give a document that holds itself, and that one itself."""
    inner = word()
    for _ in range(20):
        inner = with_part("word/embeddings/self.docx", inner)
    return inner


def twice() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in plain_parts().items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", body(paragraph("Something else.")))
    return file.getvalue()


def otherwise_packed() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_BZIP2) as archive:
        for name, content in plain_parts().items():
            archive.writestr(name, content)
    return file.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
EXTERNAL = '<!ENTITY secret SYSTEM "file:///etc/passwd">'
NESTED = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60

HOSTILE: dict[str, tuple[Callable[[], bytes], Refusal]] = {
    "nothing": (lambda: b"", Refusal.NOTHING),
    "one byte too many": (lambda: b"PK\x03\x04" + bytes(MOST_BYTES - 3), Refusal.TOO_LARGE),
    "a text": (lambda: b"Dear colleagues", Refusal.NO_DOCUMENT),
    "a PDF": (lambda: b"%PDF-1.7\n", Refusal.NO_DOCUMENT),
    "an archive behind a picture": (lambda: b"\x89PNG\r\n" + word(), Refusal.NO_DOCUMENT),
    "an old Word file, or one with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), Refusal.PROTECTED),
    "an archive with a password": (lambda: flagged(word(), 6, 0x1), Refusal.PROTECTED),
    "half a file": (lambda: word()[:700], Refusal.BROKEN),
    "a damaged part": (lambda: word().replace(b"PK\x01\x02", b"PK\x01\x03"), Refusal.BROKEN),
    "a part packed in another way": (otherwise_packed, Refusal.BROKEN),
    "an archive of something else": (lambda: packed({"notes.txt": "x"}), Refusal.NO_DOCUMENT),
    "no main part": (
        lambda: packed({"[Content_Types].xml": types(), "_rels/.rels": relations(("officeDocument", "x.xml", False))}),
        Refusal.NO_DOCUMENT,
    ),
    "a main part elsewhere": (
        lambda: with_part("_rels/.rels", relations(("officeDocument", "https://a.test/x.xml", True))),
        Refusal.NO_DOCUMENT,
    ),
    "slides under another name": (slides, Refusal.OTHER_KIND),
    "a template": (
        lambda: with_part("[Content_Types].xml", types(MAIN.replace("document.main", "template.main"))),
        Refusal.OTHER_KIND,
    ),
    "macros": (lambda: with_part("word/vbaProject.bin", b"x"), Refusal.MACROS),
    "macros by their type alone": (
        lambda: with_part("[Content_Types].xml", types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        Refusal.MACROS,
    ),
    "macros in a part of another name": (
        lambda: with_part(
            "[Content_Types].xml",
            types(more='<Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
        ),
        Refusal.MACROS,
    ),
    "a bomb": (bomb, Refusal.UNPACKED),
    "many small bombs": (many_bombs, Refusal.UNPACKED),
    "a part larger than it says": (lying, Refusal.BROKEN),
    "too many members": (
        lambda: packed({**plain_parts(), **{f"word/{n}.bin": "" for n in range(MOST_MEMBERS)}}),
        Refusal.INTRICATE,
    ),
    "a name that climbs": (lambda: with_part("../../etc/cron.d/x.xml", "<a/>"), Refusal.NAMES),
    "a name from the root": (lambda: with_part("/etc/passwd", "x"), Refusal.NAMES),
    "a name of another system": (lambda: with_part("word\\..\\x.xml", "<a/>"), Refusal.NAMES),
    "a name with a drive": (lambda: with_part("C:/x.xml", "<a/>"), Refusal.NAMES),
    "a name that ends early": (lambda: with_part("word/x.xml", "<a/>").replace(b"word/x.xml", b"word/\0.xml"), Refusal.NAMES),
    "a name that comes twice": (twice, Refusal.NAMES),
    "names that differ in capitals alone": (lambda: with_part("WORD/document.xml", body("")), Refusal.NAMES),
    "a billion laughs": (
        lambda: with_part("word/document.xml", f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l8;</a>'),
        Refusal.ENTITIES,
    ),
    "an entity from outside": (
        lambda: with_part("word/document.xml", f"<!DOCTYPE a [{EXTERNAL}]><a>&secret;</a>"), Refusal.ENTITIES,
    ),
    "a declaration alone": (
        lambda: with_part("word/styles.xml", '<!DOCTYPE a SYSTEM "https://a.test/x.dtd"><a/>'), Refusal.ENTITIES,
    ),
    "an entity in a relationship part": (
        lambda: with_part("word/_rels/document.xml.rels", f"<!DOCTYPE a [{EXTERNAL}]><a>&secret;</a>"), Refusal.ENTITIES,
    ),
    "an entity in another encoding": (
        lambda: with_part("word/styles.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")),
        Refusal.ENTITIES,
    ),
    "what is no XML": (lambda: with_part("word/document.xml", "<w:document>"), Refusal.BROKEN),
    "an unknown encoding": (lambda: with_part("word/document.xml", '<?xml version="1.0" encoding="x-y"?><a/>'), Refusal.BROKEN),
    "elements inside each other": (lambda: with_part("word/x.xml", "<a>" * 200 + "</a>" * 200), Refusal.INTRICATE),
    "tables inside each other": (lambda: word(NESTED), Refusal.INTRICATE),
    "a hundred thousand paragraphs": (
        lambda: word("".join(paragraph(f"Number {n * 7919 % 100_003}.") for n in range(100_000))), Refusal.INTRICATE,
    ),
    "an element of a thousand attributes": (
        lambda: with_part("word/x.xml", "<a " + " ".join(f"b{n}=''" for n in range(1_000)) + "/>"), Refusal.INTRICATE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_before_anything_reads_it(name: str) -> None:
    build, refusal = HOSTILE[name]
    with pytest.raises(Refused) as refused:
        checked(build(), DocumentFormat.DOCX)
    assert refused.value.refusal is refusal


def test_the_attacks_stand_just_beyond_what_is_allowed() -> None:
    assert checked(
        packed({**plain_parts(), **{f"word/{n}.bin": "" for n in range(MOST_MEMBERS - 3)}}),
        DocumentFormat.DOCX,
    )
    deep = "<a>" * DEEPEST + "</a>" * DEEPEST
    assert checked(with_part("word/x.xml", deep), DocumentFormat.DOCX)
    assert MOST_ELEMENTS < 3 * 100_000


def test_what_holds_itself_is_not_followed() -> None:
    package = checked(quine(), DocumentFormat.DOCX)
    assert package.others == ("word/embeddings/self.docx",)
    assert "word/embeddings/self.docx" not in ZipFile(package.clean()).namelist()


def test_nothing_outside_is_left_for_a_library_to_fetch() -> None:
    """ASVS 5.0 V1.3: what is read leads to no request of the server's own making."""
    outside = ("image", "attachedTemplate", "oleObject", "hyperlink", "frame", "subDocument")
    content = packed(
        {
            **plain_parts(),
            "word/_rels/document.xml.rels": relations(
                *((kind, f"https://a.test/{kind}", True) for kind in outside), ("image", "media/a.png", False)
            ),
            "word/media/a.png": b"\x89PNG",
        }
    )
    with ZipFile(checked(content, DocumentFormat.DOCX).clean()) as clean:
        assert "word/media/a.png" not in clean.namelist()
        kept = clean.read("word/_rels/document.xml.rels").decode()
    assert "a.test" not in kept
    assert kept.count('Target="about:blank"') == len(outside) + 1


# -- what gets past the checks meets the bounds of the child ----------------------------------------------------------------


def slow() -> bytes:
    """Give a small, sound document over which mammoth takes time that grows by the square: each field reads all before it."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    noise = random.Random(7).randbytes(2_000_000).hex()
    steps = "".join(
        f'<w:r><w:instrText>{noise[at : at + 200]}</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
        for at in range(0, len(noise), 200)
    )
    return word(f"<w:p>{begin}{steps}</w:p>")


def refusal_of(content: bytes, limits: Limits) -> str:
    with pytest.raises(Invalid) as refused:
        DocumentsInChildren(FROM_HTML, limits).read(content, DocumentFormat.DOCX)
    return str(refused.value)


@pytest.mark.parametrize(
    "limits", [Limits(cpu=2), Limits(clock=3.0)], ids=["of the processor", "of the clock"]
)
def test_a_file_that_is_slow_to_read_is_given_up_in_time(limits: Limits) -> None:
    assert refusal_of(slow(), limits) == SENTENCES[Refusal.TOO_SLOW]


@pytest.mark.slow
def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    many = word("".join(paragraph(f"Number {n}.") for n in range(60_000)))
    assert refusal_of(many, Limits(memory=160 * MEBIBYTE)) == SENTENCES[Refusal.INTRICATE]


def test_an_answer_that_is_too_long_is_given_up() -> None:
    assert refusal_of(word(paragraph("x" * 140_000)), Limits(output=100_000)) == SENTENCES[Refusal.INTRICATE]
