"""Small texts that would cost much: each is answered within seconds, refused or taken, and the server goes on answering."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import KnowledgeBaseError
from kb.services.importing import ImportRequest, RowFate
from kb.web.headers import MOST_BYTES
from tests.attacks.conftest import StillAnswers
from tests.samples import a_case
from tests.web.conftest import SignIn, csrf_token
from tests.web.shelf import Shelf

HANG = 60
"""Seconds after which a test is stopped: a machine that is busy is given its time, an endless loop is not."""
PATIENCE = 8.0
"""Seconds that one answer may take on a busy machine; each takes well under one on an idle one."""
FULL = 38_000
MARKDOWN: dict[str, str] = {
    "open brackets": "[" * 20_000,
    "open links": "[a](" * 9_000,
    "images in images": "![" * 15_000,
    "references": "[a]: /b 'c'\n" * 3_000,
    "nested quotes": ">" * 20_000 + " x",
    "quotes line by line": "\n".join(">" * depth + " x" for depth in range(1, 250)),
    "nested lists": "\n".join("  " * depth + "- x" for depth in range(190)),
    "list markers": "- " * 15_000,
    "ordered markers": "1. " * 12_000,
    "emphasis": "*a_ " * 9_000,
    "open emphasis": "*" * FULL,
    "strong in strong": "**a" * 10_000,
    "code ticks": "".join("`" * length + " " for length in range(1, 260)),
    "code fences": "~~~\n" * 9_000,
    "tables": "|a" * 10_000 + "\n" + "|-" * 8_000,
    "rows": "|a|b|\n|-|-|\n" + "|x|\n" * 9_000,
    "entities": "&amp" * 9_000,
    "html comments": "<!--" * 9_000,
    "html tags": "<a " * 12_000,
    "declarations": "<!A" * 12_000,
    "autolinks": "<http://a" * 4_000,
    "backslashes": "\\" * FULL,
    "blank lines": "x\n\n" * 12_000,
    "one word": "x" * FULL,
    "combining marks": "a" + "\u0301" * 20_000,
    "headings": "#" * FULL,
    "underlined": "x\n=\n" * 9_000,
}
"""Of no more than the forty thousand letters that a lesson may have."""


def in_time(call: Callable[[], object]) -> None:
    begun = time.monotonic()
    call()
    assert time.monotonic() - begun < PATIENCE


@pytest.mark.timeout(HANG)
@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_that_nests_or_repeats_is_rendered_in_time(kb_services: Services, text: str) -> None:
    """ASVS 5.0 V1.5 and V15.3: what renders is bounded, whatever is written."""
    rendered: list[str] = []

    in_time(lambda: rendered.append(kb_services.markup.render(text)))

    assert len(rendered[0]) < 60 * len(text)


@pytest.mark.timeout(3 * HANG)
def test_a_case_full_of_them_is_saved_shown_and_searched(
    kb_services: Services, author: Account, writer: FlaskClient, still_answers: StillAnswers
) -> None:
    lessons = a_case().lessons
    for name in (
        "open brackets",
        "nested quotes",
        "nested lists",
        "tables",
        "open emphasis",
        "combining marks",
    ):
        bomb = lessons[0].model_copy(update={"text": MARKDOWN[name]})
        draft = kb_services.submissions.create(author, a_case(lessons=(bomb, *lessons[1:])))

        for path in (
            f"/submissions/{draft.id}",
            f"/submissions/{draft.id}/write/difficulties",
            "/search?q=seven",
        ):
            begun = time.monotonic()
            assert writer.get(path).status_code == 200
            assert time.monotonic() - begun < PATIENCE, (name, path)
    still_answers()


YAML: dict[str, str] = {
    "aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n",
    "billion laughs": "a: &a [lol]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(20)),
    "merge keys": "a: &a {x: y}\nb:\n  <<: *a\n",
    "an anchor alone": "a: &a x\n",
    "an alias to itself": "a: &a [*a]\n",
    "maps 600 deep": "".join("  " * depth + "a:\n" for depth in range(600)),
    "flow maps 600 deep": "{a: " * 600 + "x" + "}" * 600,
    "lists 20,000 deep": "[" * 20_000 + "]" * 20_000,
    "open brackets": "[" * 20_000,
    "a hundred thousand nodes": "a: [" + "x, " * 80_000 + "x]\n",
    "a tag": "a: !!python/object/apply:os.system ['true']\n",
    "a local tag": "a: !x y\n",
    "a directive": "%TAG ! tag:evil.example,2000:\n---\na: x\n",
    "two documents": "a: x\n---\nb: y\n",
    "a key twice": "a: x\na: y\n",
    "binary": "a: !!binary aGVsbG8=\n",
    "one long scalar": "a: " + "x" * 300_000 + "\n",
    "a megabyte": "a: x\n" * 200_000,
    "a complex key": "? [a, b]\n: x\n",
    "control characters": "a: \x00\x07\n",
    "nothing": "",
}


@pytest.mark.timeout(HANG)
@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
def test_a_file_that_is_a_bomb_is_kept_from_view_and_harms_nothing(
    settings: Settings, shelf: Shelf, kb_services: Services, client_as: SignIn, text: str
) -> None:
    """ASVS 5.0 1.5.1 and 1.5.2: no entities, no types, no depth; the record is told as damaged, all others are there."""
    shelf.fill()
    (file,) = (settings.entries / "case-study" / "seven").glob("0001.yaml")
    header = file.read_text(encoding="utf-8").split("\n---\n")[0]
    digest = hashlib.sha256(text.encode()).hexdigest()
    file.chmod(0o644)
    file.write_text(re.sub("digest: .*", f"digest: {digest}", header) + f"\n---\n{text}", encoding="utf-8")
    client = client_as(Role.COORDINATOR)

    in_time(lambda: kb_services.indexing.update(OPERATOR))

    assert client.get("/cases/seven/").status_code in {404, 503}
    assert client.get("/cases").status_code == 200
    assert client.get("/tags/tag/templates").status_code == 200


IMPORTS: dict[str, str] = {
    "deep lists": '{"body": ' + "[" * 20_000 + "]" * 20_000 + "}",
    "deep maps": '{"a": ' * 600 + "1" + "}" * 600,
    "open brackets": "[" * 20_000,
    "a long number": '{"kind": ' + "9" * 5_000 + "}",
    "a huge exponent": '{"kind": 1e999999}',
    "not a number": '{"kind": NaN}',
    "no object": '"x"',
    "half a surrogate": '{"kind": "\\ud800"}',
    "a path": json.dumps({"format": 1, "kind": "case-study", "id": "../../secret", "body": {}}),
    "a kind that is a path": json.dumps({"format": 1, "kind": "../..", "id": "x", "body": {}}),
}


@pytest.mark.timeout(HANG)
@pytest.mark.parametrize("line", IMPORTS.values(), ids=IMPORTS)
def test_an_import_that_is_a_bomb_is_refused_by_line(
    kb_services: Services, author: Account, settings: Settings, line: str, tmp_path: Path
) -> None:
    told: list[tuple[RowFate, str]] = []
    assert kb_services.cases.count(author) == 0  # what is derived is opened now, and its files stand
    before = {path for path in tmp_path.rglob("*") if "whoosh" not in path.parts}

    def run() -> None:
        rows = [(1, json.loads(line))]
        kb_services.importing.run(
            OPERATOR, rows, ImportRequest(on_behalf=author), lambda row: told.append((row.fate, row.reason))
        )

    try:
        in_time(run)
    except (KnowledgeBaseError, ValueError, RecursionError):
        assert not told
    else:
        assert [fate for fate, _ in told] == [RowFate.REJECTED]
        assert all(len(reason) < 2_000 for _, reason in told)
    assert {path for path in tmp_path.rglob("*") if "whoosh" not in path.parts} == before
    assert kb_services.cases.count(author) == 0


@pytest.mark.timeout(HANG)
def test_three_million_bytes_are_not_taken(client_as: SignIn, still_answers: StillAnswers) -> None:
    """ASVS 5.0 5.2.1: refused by size, before it is read as anything."""
    client = client_as(Role.PRESENTER)
    token = csrf_token(client, "/profile")

    for kind in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b",
        "application/json",
        "text/plain",
    ):
        body = f"csrf_token={token}&name=".encode() + b"x" * (3 * 1024 * 1024)
        answer = client.post("/profile", data=body, content_type=kind)
        assert answer.status_code == 413, kind
    assert MOST_BYTES < 3 * 1024 * 1024
    still_answers()


@pytest.mark.timeout(HANG)
def test_a_packed_body_is_not_unpacked(client_as: SignIn, still_answers: StillAnswers) -> None:
    """A hundred million bytes that travel as a hundred thousand: nothing of ours unpacks what a browser sends."""
    packed = gzip.compress(b"name=" + b"x" * 100 * 1024 * 1024, compresslevel=1)
    client = client_as(Role.PRESENTER)

    in_time(
        lambda: client.post(
            "/profile",
            data=packed,
            content_type="application/x-www-form-urlencoded",
            headers={"Content-Encoding": "gzip"},
        )
    )

    assert len(packed) < MOST_BYTES
    still_answers()
