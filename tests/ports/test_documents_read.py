"""What is read of documents, and what is left behind and counted: in this process, as the child does it."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from docx import Document
from docx.document import Document as WordDocument
from pptx import Presentation
from pptx.util import Inches

from kb.adapters.documents.reading import read, reader_of
from kb.adapters.markup.importing import markdown_of
from kb.domain.document import BlockKind, DocumentFormat, DropKind, Manuscript, Refusal
from tests.papers.parts import DECLARED, WORD, packed, paragraph, pixel, plain_parts, relations, word

DOCX, PPTX = DocumentFormat.DOCX, DocumentFormat.PPTX


def reading(content: bytes, claimed: DocumentFormat = DOCX) -> Manuscript:
    answer = read(content, claimed, reader_of(claimed), markdown_of)
    assert answer.manuscript is not None, answer.refusal
    return answer.manuscript


def refusal(content: bytes, claimed: DocumentFormat = DOCX) -> Refusal | None:
    return read(content, claimed, reader_of(claimed), markdown_of).refusal


def saved(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def texts(manuscript: Manuscript) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in manuscript.blocks]


def counts(manuscript: Manuscript) -> Mapping[DropKind, int]:
    return {each.kind: each.count for each in manuscript.dropped if each.kind is not DropKind.AUTHORS}


# -- Word --


def test_styles_tell_headings_titles_lists_and_tables() -> None:
    document = Document()
    document.add_heading("A case of hosting", 0)
    document.add_heading("Difficulties", 1)
    document.add_paragraph("Retention: gone", style="List Bullet")
    document.add_paragraph("Translation: slow", style="List Bullet")
    document.add_paragraph("First", style="List Number")
    table = document.add_table(2, 2)
    for row, words in enumerate((("Step", "Days"), ("Ask|answer", "12"))):
        for column, each in enumerate(words):
            table.cell(row, column).text = each
    assert texts(reading(saved(document))) == [
        (BlockKind.TITLE, "A case of hosting"),
        (BlockKind.HEADING, "Difficulties"),
        (BlockKind.LIST, "- Retention: gone\n- Translation: slow"),
        (BlockKind.LIST, "1. First"),
        (BlockKind.TABLE, "| Step | Days |\n| --- | --- |\n| Ask\\|answer | 12 |"),
    ]


def test_an_authors_own_style_is_a_heading_by_what_it_is_based_on() -> None:
    styles = (
        f'{DECLARED}<w:styles xmlns:w="{WORD}">'
        '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="ours"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Theirs"><w:name w:val="theirs"/><w:basedOn w:val="Ours"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="not [a] name"><w:basedOn w:val="Ours"/></w:style>'
        "</w:styles>"
    )
    inside = paragraph("Difficulties", "Theirs") + paragraph("The logs.", "Loop")
    content = word(
        inside,
        **{
            "word/styles.xml": styles,
            "word/_rels/document.xml.rels": relations(("styles", "styles.xml", False)),
        },
    )
    found = reading(content).blocks
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_footnote_comes_after_the_piece_that_refers_to_it() -> None:
    notes = (
        f'{DECLARED}<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">'
        f"{paragraph('Said by a prosecutor.')}</w:footnote></w:footnotes>"
    )
    inside = '<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph(
        "More."
    )
    content = word(
        inside,
        **{
            "word/footnotes.xml": notes,
            "word/_rels/document.xml.rels": relations(("footnotes", "footnotes.xml", False)),
        },
    )
    assert texts(reading(content)) == [
        (BlockKind.PARAGRAPH, "Text[1]"),
        (BlockKind.NOTE, "[1] Said by a prosecutor."),
        (BlockKind.PARAGRAPH, "More."),
    ]


def test_deleted_words_never_come_in_and_inserted_ones_do() -> None:
    inside = (
        "<w:p><w:r><w:t>Kept </w:t></w:r>"
        '<w:ins w:id="1" w:author="A. Name"><w:r><w:t>new</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A. Name"><w:r><w:delText>secret</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3"><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>'
        "<w:tbl><w:tr><w:trPr><w:del w:id='4'/></w:trPr><w:tc>" + paragraph("a secret row") + "</w:tc></w:tr>"
        "<w:tr><w:tc>" + paragraph("a row") + "</w:tc></w:tr></w:tbl>"
    )
    manuscript = reading(word(inside))
    words = " ".join(block.text for block in manuscript.blocks)
    assert "Kept new" in words
    assert "a row" in words
    assert not any(word in words for word in ("secret", "moved away", "A. Name"))
    assert counts(manuscript) == {DropKind.DELETIONS: 3, DropKind.INSERTIONS: 1}


def test_what_else_is_left_behind_of_a_document_is_counted() -> None:
    comments = f'{DECLARED}<w:comments xmlns:w="{WORD}"><w:comment w:id="1" w:author="B">{paragraph("Do not say")}</w:comment></w:comments>'
    header = f'{DECLARED}<w:hdr xmlns:w="{WORD}">{paragraph("RESTRICTED, unit 12")}</w:hdr>'
    inside = (
        '<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>the page</w:t></w:r></w:hyperlink></w:p>'
        '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words</w:t></w:r><w:fldSimple w:instr="DATE"/>'
        "<m:oMath/><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        '<a:blip r:embed="rId2"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    lines = (
        ("hyperlink", "https://a.test/secret-report", True),
        ("image", "media/one.png", False),
        ("attachedTemplate", "file:///S:/unit/template.dotx", True),
        ("header", "header1.xml", False),
        ("comments", "comments.xml", False),
    )
    manuscript = reading(
        packed(
            {
                **plain_parts(inside),
                "word/_rels/document.xml.rels": relations(*lines),
                "word/comments.xml": comments,
                "word/header1.xml": header,
                "word/media/one.png": pixel(),
                "word/media/film.mp4": b"x",
                "word/embeddings/sheet.xlsx": b"x",
                "word/charts/chart1.xml": "<a/>",
                "word/diagrams/data1.xml": "<a/>",
                "docProps/core.xml": "<a>A. Name</a>",
                "docProps/thumbnail.jpeg": b"x",
            }
        )
    )
    assert texts(manuscript) == [(BlockKind.PARAGRAPH, "See the page"), (BlockKind.PARAGRAPH, "Hidden words")]
    assert {each.kind: each.count for each in manuscript.dropped} == dict.fromkeys(
        (
            DropKind.IMAGES, DropKind.CHARTS, DropKind.DIAGRAMS, DropKind.RECORDINGS, DropKind.EMBEDDED, DropKind.EQUATIONS,
            DropKind.FIELDS, DropKind.COMMENTS, DropKind.HIDDEN_TEXT, DropKind.HEADERS, DropKind.LINKS, DropKind.OTHER_FILES,
            DropKind.AUTHORS,
        ),
        1,
    )  # fmt: skip


def test_pictures_alone_are_no_paper() -> None:
    document = Document()
    document.add_picture(io.BytesIO(pixel()))
    assert refusal(saved(document)) is Refusal.WORDLESS
    assert refusal(saved(Document())) is Refusal.WORDLESS


def test_a_book_is_no_case() -> None:
    assert refusal(word(paragraph("words " * 30_000))) is Refusal.TOO_LONG


@pytest.mark.parametrize(
    "inside", ['<w:r><w:sym w:font="x" w:char="no number"/></w:r>', "<w:commentReference/>"]
)
def test_over_what_a_library_stumbles_the_file_is_called_damaged(inside: str) -> None:
    assert refusal(word(f"<w:p>{inside}</w:p>")) is Refusal.BROKEN


# -- slides --


def slides() -> bytes:
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[0])
    first.shapes.title.text = "A case\nof hosting"
    first.placeholders[1].text = "Vienna"
    second = presentation.slides.add_slide(presentation.slide_layouts[5])
    second.shapes.title.text = "Difficulties"
    for left, top, words in ((5, 2, "second"), (1, 2.1, "first"), (1, 4, "third")):
        second.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1)).text_frame.text = words
    table = second.shapes.add_table(2, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    for place, words in enumerate(("Step", "Days", "Ask", "12")):
        table.cell(place // 2, place % 2).text = words
    second.shapes.add_picture(io.BytesIO(pixel()), Inches(1), Inches(1))
    second.notes_slide.notes_text_frame.text = "I tell this.\nAnd that."
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(6.5), Inches(2), Inches(1)).text_frame.text = "in a group"
    third = presentation.slides.add_slide(presentation.slide_layouts[1])
    third.shapes.title.text = "Points"
    frame = third.placeholders[1].text_frame
    for place, (level, words) in enumerate(((0, "One"), (2, "deeper"), (0, ""), (0, "Two"))):
        line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        line.text, line.level = words, level
    hidden = presentation.slides.add_slide(presentation.slide_layouts[1])
    hidden.shapes.title.text = "Not for others"
    hidden.element.set("show", "0")
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def test_slides_are_read_in_the_order_of_reading_with_their_notes() -> None:
    manuscript = reading(slides(), PPTX)
    assert [(block.slide, block.spoken, block.kind, block.text) for block in manuscript.blocks] == [
        (1, False, BlockKind.HEADING, "A case of hosting"),
        (1, False, BlockKind.PARAGRAPH, "Vienna"),
        (2, False, BlockKind.HEADING, "Difficulties"),
        (2, False, BlockKind.PARAGRAPH, "first"),
        (2, False, BlockKind.PARAGRAPH, "second"),
        (2, False, BlockKind.PARAGRAPH, "third"),
        (2, False, BlockKind.TABLE, "| Step | Days |\n| --- | --- |\n| Ask | 12 |"),
        (2, False, BlockKind.PARAGRAPH, "in a group"),
        (2, True, BlockKind.PARAGRAPH, "I tell this."),
        (2, True, BlockKind.PARAGRAPH, "And that."),
        (3, False, BlockKind.HEADING, "Points"),
        (3, False, BlockKind.LIST, "- One\n  - deeper\n- Two"),
    ]
    assert counts(manuscript) == {DropKind.IMAGES: 1, DropKind.HIDDEN_SLIDES: 1}


def test_slides_without_a_word_are_no_paper() -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])
    file = io.BytesIO()
    presentation.save(file)
    assert refusal(file.getvalue(), PPTX) is Refusal.WORDLESS


def test_the_smallest_document_is_read() -> None:
    assert texts(reading(word())) == [(BlockKind.PARAGRAPH, "Some words.")]
