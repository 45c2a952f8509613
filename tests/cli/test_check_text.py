"""Texts are looked through before anybody sends them, without a home."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kb
from tests.papers.parts import paragraph, word

TEXT = "# Before\n\nWrite to desk@unit.example.\nHe wrote as @wolf_77 of child porn.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "paper.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_finding_is_told_by_its_place_its_rule_and_what_to_do(kb: Kb, file: Path, home: Path) -> None:
    result = kb("check-text", file)

    assert result.exit_code == 1
    first, second, third = result.stdout.splitlines()
    assert first == (
        f"{file}:3:10: block email (19-36) Leave the e-mail address out; name a role or a desk instead."
    )
    assert second.startswith(f"{file}:4:13: warn handle (50-58) ")
    assert f"{file}:4:25: hint term (62-72) Better: child sexual abuse material (CSAM)." in third
    assert "1 block, 1 warn, 1 hint in 1 file" in result.stderr
    assert "desk@unit" not in result.output + result.stderr
    assert not home.exists()


def test_json_tells_the_same_for_each_file_and_offsets_fit_the_file(kb: Kb, file: Path) -> None:
    result = kb("check-text", file, "-", "--json", stdin="nothing to see")

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["file"] for each in told] == [str(file), "-"]
    assert told[1]["findings"] == []
    email = told[0]["findings"][0]
    assert (email["rule"], email["severity"], email["line"], email["column"]) == ("email", "block", 3, 10)
    assert TEXT[email["start"] : email["end"]] == "desk@unit.example"


def test_warnings_and_hints_alone_are_no_failure(kb: Kb) -> None:
    result = kb("check-text", "-", stdin="He wrote as @wolf_77 of child porn.")

    assert result.exit_code == 0
    assert result.stdout.startswith("standard input:1:13: warn handle")


def test_the_language_decides_what_can_be_known(kb: Kb) -> None:
    text = "Peter Novak, child porn"

    assert kb("check-text", "-", stdin=text).stdout.count("\n") == 2
    assert kb("check-text", "--language", "de", "-", stdin=text).stdout == ""


def test_a_document_is_looked_through_for_its_text(kb: Kb, tmp_path: Path) -> None:
    path = tmp_path / "Paper.docx"
    path.write_bytes(word(paragraph("First.") + paragraph("Write to desk@unit.example.")))

    result = kb("check-text", path)

    assert result.exit_code == 1
    assert ":3:10: block email (17-34)" in result.stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"a" * (10 * 1024**2 + 1), "larger than 10 MiB"),
        (None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    kb: Kb, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)

    result = kb("check-text", path)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
