"""Four conference papers, illustrative, each written in a way of its own: with styles, with none, in German, and as slides.

No event, person, unit or agency in them is real.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from pptx import Presentation

from tests.papers.parts import pixel


def with_styles() -> bytes:
    """Give a paper whose author used headings, a list with lead words, a table, a picture and a header."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Draft for the conference, unit 7"
    document.add_heading("A forum whose host kept its logs for a week", 0)
    document.add_paragraph("Illustrative paper for a conference")
    document.add_heading("Background", 1)
    document.add_paragraph(
        "A report from a hotline led to a forum that was hosted abroad. Its members lived in several states. "
        "The unit wanted to know who ran it before anybody was warned."
    )
    document.add_heading("Difficulties", 1)
    document.add_paragraph("We met three of them.")
    _points(
        document,
        (
            "Short retention: the host deleted its access logs after seven days, and our first request took five weeks to reach it.",
            "Translation: the answer came in a language that nobody in the unit reads, and the sworn translator was on leave.",
            "No feedback: the hotline never learned what came of its report, so it sent the same one again.",
        ),
    )
    document.add_heading("How we solved it", 1)
    document.add_heading("Preservation by telephone", 2)
    document.add_paragraph(
        "The duty desk of the national contact point asked for preservation by telephone on the first day, and sent the "
        "written request after it. The next host kept what it had."
    )
    document.add_heading("A pool of translators", 2)
    document.add_paragraph(
        "Four units share two translators who are cleared for this work. Answers are read within two days."
    )
    table = document.add_table(3, 2)
    for row, cells in enumerate((("Step", "Days"), ("First request", "35"), ("After the change", "2"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.add_heading("Cross-border issues", 1)
    document.add_paragraph(
        "The authority abroad asked for the offence under its own law before it would preserve anything, although the "
        "convention does not make that a condition."
    )
    document.add_heading("Recommendations", 1)
    _points(
        document,
        (
            "Ask for preservation first, whatever else is still unclear.",
            "Tell the hotline what became of its report.",
        ),
    )
    document.add_picture(io.BytesIO(pixel()))
    document.add_heading("References", 1)
    document.add_paragraph("Convention on Cybercrime, article 29.")
    return _word(document)


def without_styles() -> bytes:
    """Give a paper without any style: headings are numbered, bold or in capitals, and an address was forgotten in it."""
    document = Document()
    document.add_paragraph("Payments that led further than addresses")
    for heading, *texts in (
        (
            "1. Introduction",
            (
                "A website sold access for small sums. Its address changed each week, its payment page did not. This paper "
                "tells what the unit tried, what failed, and what it would do again."
            ),
        ),
        (
            "2. What stood in the way",
            (
                "The payment service answered only to a form that the unit did not know. Every request came back once, and "
                "each time a fortnight was lost."
            ),
        ),
        (
            "3. What we did",
            (
                "The unit asked the payment service for a sample of a request that it had accepted, and made a form of it "
                "that any officer can fill in. Questions went to desk@unit.example until the form was known."
            ),
        ),
        (
            "4. What did not help: measures that failed",
            "A general request for all accounts was refused as too broad. It cost three months and nothing came of it.",
        ),
    ):
        line = document.add_paragraph()
        line.add_run(heading).bold = heading.startswith("3")
        for text in texts:
            document.add_paragraph(text)
    document.add_paragraph("LESSONS FOR OTHER UNITS")
    document.add_paragraph(
        "Ask the company what its staff need before you write. A form that was accepted once is worth more than a "
        "longer letter."
    )
    return _word(document)


def in_german() -> bytes:
    """Give a German paper with headings, difficulties told in paragraphs that begin in bold, and tracked changes."""
    document = Document()
    document.add_heading("Ein Chat, der nach einem Tag verschwand", 0)
    document.add_heading("Sachverhalt", 1)
    document.add_paragraph(
        "Eine Meldung führte zu einer Gruppe in einem Nachrichtendienst, der Inhalte nach einem Tag löscht. Die "
        "Beteiligten lebten in mehreren Staaten, und die Dienststelle erfuhr davon erst nach drei Tagen."
    )
    document.add_heading("Schwierigkeiten", 1)
    for lead, rest in (
        ("Flüchtige Inhalte.", "Als die Meldung gelesen wurde, war der Inhalt schon gelöscht. Nur die Meldung selbst war noch da."),
        ("Zeitverschiebung.", "Die Kontaktstelle im Ausland ist nachts nicht besetzt, und unsere Anfrage kam dort am Abend an."),
    ):  # fmt: skip
        line = document.add_paragraph()
        line.add_run(lead).bold = True
        line.add_run(f" {rest}")
    document.add_heading("Lösungen", 1)
    document.add_paragraph(
        "Meldungen werden jetzt auch am Wochenende binnen einer Stunde gelesen. Ein Blatt am Arbeitsplatz sagt, welcher "
        "Dienst welche Daten wie lange hat und wie man um Sicherung bittet."
    )
    document.add_heading("Grenzüberschreitendes", 1)
    document.add_paragraph(
        "Die Bitte um Sicherung ging über das Netz der ständig erreichbaren Kontaktstellen. Die Antwort kam nach zwei "
        "Tagen, für diesen Dienst war das zu spät."
    )
    document.add_heading("Empfehlungen", 1)
    document.add_paragraph(
        "Wer Meldungen bekommt, braucht einen Bereitschaftsdienst. Die Fristen der Dienste gehören auf ein Blatt."
    )
    return _word(document)


def as_slides() -> bytes:
    """Give slides with short points, speaker's notes that tell the rest, and one hidden slide."""
    presentation = Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[0])
    first.shapes.title.text = "Too many reports for two people"
    first.placeholders[1].text = "Illustrative talk"
    for title, points, spoken, shown in (
        (
            "The case",
            ("Four hundred reports a month", "Two officers", "No tool to sort them"),
            "Most reports repeat others. For a year they were read in the order in which they came.",
            True,
        ),
        (
            "Difficulties",
            ("Nobody saw which report was urgent", "The same pictures were looked at again and again"),
            "Two officers asked to leave the unit. That was when we changed something.",
            True,
        ),
        (
            "What we tried",
            ("Sort by a list of eight questions", "Compare with what is known before anybody looks"),
            "The list fits on a page. A report that answers three of the questions with yes goes on top.",
            True,
        ),
        ("Figures not for others", ("Names of the unit",), "", False),
        (
            "Lessons learned",
            ("Write the questions down before buying a tool", "Ask after the officers every month"),
            "",
            True,
        ),
        ("Thank you", ("Questions?",), "", True),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = "\n".join(points)
        if spoken:
            slide.notes_slide.notes_text_frame.text = spoken
        if not shown:
            slide.element.set("show", "0")
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _points(document: WordDocument, points: tuple[str, ...]) -> None:
    for point in points:
        document.add_paragraph(point, style="List Bullet")


def _word(document: WordDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
