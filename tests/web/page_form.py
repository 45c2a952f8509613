"""A form as a browser sends it: what stands in the page, and nothing that the test only believes to stand there."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


class PageForm(HTMLParser):
    """The fields of the form with this action, filled as shown; `problems` are the sentences at its fields."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: MultiDict[str, str] = MultiDict()
        self.buttons: list[str] = []
        self._inside = False
        self._textarea = ""
        self._select = ""
        self._text: list[str] = []
        self.feed(page)
        assert self.fields, f"the page has no form that is sent to {action}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self.action
        if not self._inside:
            return
        if tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._textarea, self._text = given["name"], []
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given:
            self.fields.add(self._select, given["value"])
        elif tag == "button" and given.get("name") == "op":
            self.buttons.append(given["value"])

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # A browser drops the first line feed of a text area and sends line breaks as CR LF.
            text = "".join(self._text).removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            self.fields.add(self._textarea, text)
            self._textarea = ""
        if tag == "form":
            self._inside = False

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if "name" in given and (kind not in {"checkbox", "radio"} or "checked" in given):
            self.fields.add(given["name"], given.get("value", "on"))

    def send(
        self, client: FlaskClient, op: str = "save", *, to: str = "", **changed: str | list[str]
    ) -> TestResponse:
        """Change some fields, press a button, and give the answer before any redirect."""
        fields = MultiDict(self.fields)
        for name, value in changed.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        fields["op"] = op
        return client.post(to or self.action, data=fields)


def form_at(client: FlaskClient, path: str, action: str = "") -> PageForm:
    """Open a page and take its form, which is sent to the page itself unless `action` says otherwise."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return PageForm(answer.text, action or path)
