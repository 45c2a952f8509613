"""The Markup port: whatever is typed or imported, only the allowed elements, attributes and schemes come out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

import pytest

from kb.adapters.markup.adapter import SafeMarkup
from kb.adapters.markup.importing import markdown_of
from kb.adapters.markup.rendering import parser
from kb.adapters.markup.rules import ELEMENTS, LINK_REL
from kb.adapters.markup.sanitising import by_bleach, by_nh3, sanitised
from kb.domain.ports import Markup
from tests.ports.markup_attacks import HTML, MARKDOWN

ALLOWED = {"a": {"href", "rel"}, "ol": {"start"}}
VOID = {"br", "hr"}

Event = tuple[str, str, tuple[tuple[str, str | None], ...]]


class Tree(HTMLParser):
    """What a parser makes of HTML: elements with sorted attributes, text joined, and whatever else should not be there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("start", tag, tuple(sorted(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag, ()))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "text":
            data = self.events.pop()[1] + data
        self.events.append(("text", data, ()))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data, ()))

    def handle_decl(self, decl: str) -> None:
        self.events.append(("declaration", decl, ()))

    def handle_pi(self, data: str) -> None:
        self.events.append(("instruction", data, ()))

    def unknown_decl(self, data: str) -> None:
        self.events.append(("declaration", data, ()))


def assert_harmless(html: str) -> None:
    open_elements: list[str] = []
    for what, name, attributes in Tree(html).events:
        assert what in {"start", "end", "text"}
        if what == "start":
            assert name in ELEMENTS
            assert {attribute for attribute, _ in attributes} <= ALLOWED.get(name, set())
            _assert_values(dict(attributes))
            if name not in VOID:
                open_elements.append(name)
        elif what == "end" and name not in VOID:
            assert open_elements.pop() == name, "an element is closed that is not the innermost one"
    assert not open_elements, "an element stays open and would swallow the page"


def _assert_values(attributes: Mapping[str, str | None]) -> None:
    if "href" in attributes:
        address = attributes["href"] or ""
        assert address.lower().startswith(("http://", "https://"))
        assert not address.lower().startswith(("http:///", "https:///"))
        assert attributes["rel"] == LINK_REL
    if "start" in attributes:
        assert (attributes["start"] or "").isdecimal()


@pytest.fixture(scope="module")
def markup() -> Markup:
    return SafeMarkup()


def test_there_are_attacks_enough() -> None:
    assert len(set(MARKDOWN)) == len(MARKDOWN) >= 80
    assert len(set(HTML)) == len(HTML) >= 60


@pytest.mark.parametrize("attack", MARKDOWN)
def test_rendered_markdown_holds_only_what_is_allowed(markup: Markup, attack: str) -> None:
    assert_harmless(markup.render(attack))


@pytest.mark.parametrize("attack", HTML)
def test_each_sanitiser_alone_would_do_if_the_renderer_let_html_through(attack: str) -> None:
    for html in (by_bleach(attack), by_nh3(attack), sanitised(attack)):
        for what, name, attributes in Tree(html).events:
            assert what in {"start", "end", "text"}
            if what != "text":
                assert name in ELEMENTS
            assert {attribute for attribute, _ in attributes} <= ALLOWED.get(name, set())
            _assert_values({"rel": LINK_REL, **dict(attributes)})


@pytest.mark.parametrize("attack", MARKDOWN)
def test_the_second_pass_finds_nothing_to_change(attack: str) -> None:
    once = by_bleach(parser().render(attack))
    assert Tree(by_nh3(once)).events == Tree(once).events


@pytest.mark.parametrize("attack", MARKDOWN)
def test_bleach_takes_nothing_from_what_the_renderer_makes_but_alignment(attack: str) -> None:
    """The renderer is safe by itself; were it not, this test would tell before the sanitisers had to."""
    rendered = parser().render(attack).replace("\x01", "")
    kept = [
        (what, name, tuple(each for each in attributes if each[0] not in {"style", "class", "title"}))
        for what, name, attributes in Tree(rendered).events
    ]
    assert Tree(by_bleach(rendered)).events == kept


@pytest.mark.parametrize("attack", [*MARKDOWN, *HTML])
def test_imported_html_becomes_markdown_that_renders_harmlessly(markup: Markup, attack: str) -> None:
    assert_harmless(markup.render(markup.from_html(attack)))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Plain *em* and **strong**.", "<p>Plain <em>em</em> and <strong>strong</strong>.</p>\n"),
        ("# One\n\n## Two\n\n### Three", "<h4>One</h4>\n<h5>Two</h5>\n<h5>Three</h5>\n"),
        ("Heading\n=======", "<h4>Heading</h4>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("`code` & <tag>", "<p><code>code</code> &amp; &lt;tag&gt;</p>\n"),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("---", "<hr>\n"),
        (
            "[law](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">law</a></p>\n',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("https://example.org", "<p>https://example.org</p>\n"),
        (
            "![scan](https://example.org/a.png)",
            '<p>!<a href="https://example.org/a.png" rel="noopener nofollow">scan</a></p>\n',
        ),
    ],
)
def test_what_officers_write_reads_as_they_meant_it(markup: Markup, markdown: str, html: str) -> None:
    assert markup.render(markdown) == html


def test_tables_are_read_and_their_alignment_is_left_out(markup: Markup) -> None:
    html = markup.render("|a|b|\n|:-|-:|\n|1|2|")
    assert "<th>a</th>" in html
    assert "<td>2</td>" in html
    assert "style" not in html


def test_text_in_any_script_passes_unharmed(markup: Markup) -> None:
    for text in ("Запрос о сохранности", "żółć 😀 שלום", "naïve “quotes” – dash"):
        assert markup.render(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("No markup at all.\n\nTwo paragraphs.", "No markup at all.\n\nTwo paragraphs."),
        ("<p>One<p>Two &amp; three", "One\n\nTwo & three"),
        ("before </br> \n\n\n after", "before\n\nafter"),
        (
            "a <ul>\n\n<li>one\n\n<li>two <b>x</b>\n</ul>\n\nafter\n\nagain",
            "a\n\n- one\n- two **x**\n\nafter\n\nagain",
        ),
        ("Text.\n\n <li style='x'>\n\nstray item", "Text.\n\n- stray item"),
        ("<ol start=2>\n\n Analysis\n\n  of it", "Analysis\n\nof it"),
        ("<ul><li></li><li>kept</li></ul>", "- kept"),
        ("N<sub>2</sub>O<sub>4</sub> &lt; 5&deg;", "N2O4 < 5°"),
        ("snake_case, 2*3 and _not em_", "snake_case, 2*3 and \\_not em_"),
        ("<i>em</i>, snake_case, *not em*", "*em*, snake_case, \\*not em*"),
        ("<center><font color=red>loud</font></center>", "loud"),
        ("<IMG SRC='x.gif' ALT='figure'>text", "text"),
        ("<script>var x;</script><style>p{}</style>text", "text"),
        (
            "<a href='https://example.org/a'>law</a>, <a href='javascript:x'>trap</a>",
            "[law](https://example.org/a), trap",
        ),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<pre>a\n\n  b</pre>", "```\na\n\n  b\n```"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("caf&eacute;&nbsp;noir", "café noir"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("", ""),
    ],
)
def test_fragments_as_importers_meet_them_become_clean_markdown(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


def test_html_nested_deeper_than_anybody_writes_keeps_its_words() -> None:
    assert markdown_of("<div>" * 3_000 + "x &amp; y") == "x & y"


def test_a_text_of_too_many_parts_is_shown_as_it_was_typed(markup: Markup) -> None:
    """ASVS 5.0 V15.3: what one text costs is bounded, and no word of it is lost."""
    table = "|<b>a</b>|b|\n|-|-|\n" + "|x|\n" * 9_000

    shown = markup.render(table)

    assert shown == f"<pre>{escape(table, quote=False)}</pre>"
    assert markup.render("|a|\n|-|\n" + "|x|\n" * 500).count("<td>") == 500
