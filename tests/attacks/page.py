"""What a page of ours may consist of, and a reader that notes everything else."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "link",
        "title",
        "script",
        "body",
        "a",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "article",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "span",
        "form",
        "input",
        "button",
        "select",
        "option",
        "optgroup",
        "textarea",
        "label",
        "fieldset",
        "legend",
        "datalist",
        "details",
        "summary",
        "table",
        "caption",
        "thead",
        "abbr",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "time",
        "strong",
        "em",
        "small",
        "b",
        "i",
        "code",
        "pre",
        "del",
        "ins",
        "mark",
        "blockquote",
        "hr",
        "br",
        "svg",
        "path",
        "circle",
        "rect",
        "line",
        "polygon",
        "g",
        "use",
        "title",
        "desc",
        "search",
        "kbd",
        "output",
        "meter",
        "sup",
        "noscript",
    ]
)
"""What our pages, and Markdown in them, consist of: no frame, no embedding, no style, no base."""
ATTRIBUTES = re.compile(
    r"(id|class|lang|dir|href|rel|name|value|type|for|method|action|src|title|hidden|checked|selected|disabled|required|readonly|open|"
    r"rows|cols|maxlength|minlength|min|max|step|multiple|autocomplete|autocapitalize|inputmode|placeholder|pattern|list|tabindex|spellcheck|size|"
    r"charset|content|defer|async|datetime|start|scope|colspan|rowspan|role|aria-[a-z]+|data-[a-z-]+|accesskey|enctype|novalidate|media|"
    r"viewbox|width|height|d|cx|cy|r|x|y|rx|ry|x1|x2|y1|y2|points|shape-rendering|fill|stroke|stroke-[a-z]+|focusable|transform|fill-rule|clip-rule|xmlns|"
    r"sizes|color|formaction|formnovalidate|autofocus|translate|target|accept|download)"
)
HERE = re.compile(r"(/(?![/\\])|#|\?)")
"""How an address of this site begins."""
ADDRESSES = {
    "a": "href",
    "form": "action",
    "link": "href",
    "script": "src",
    "img": "src",
    "button": "formaction",
    "input": "formaction",
}
ELSEWHERE = re.compile(r"https?://[a-z0-9]|otpauth://totp/Casebook:", re.IGNORECASE)


class Page(HTMLParser):
    """Reads a page as a browser does, and notes every element and attribute that no page of ours has."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if not ATTRIBUTES.fullmatch(name):
                self.wrong.append(f"<{tag} {name}>")
            if name == ADDRESSES.get(tag) and not self._leads_well(tag, value or ""):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self.wrong.append("<script> without a source")
        if tag == "meta" and any(name == "http-equiv" for name, _ in attrs):
            self.wrong.append("<meta http-equiv>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data[:40]}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data[:40]}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data[:40]}")

    def _leads_well(self, tag: str, address: str) -> bool:
        return bool(HERE.match(address) or not address) or (tag == "a" and bool(ELSEWHERE.match(address)))
