"""`kb check-text`: what the checks say of a text, before anybody sends it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from kb.bootstrap import text_files
from kb.cli.errors import FOUND_PROBLEMS
from kb.domain.checks import Severity
from kb.domain.document import MOST_BYTES
from kb.domain.errors import Invalid
from kb.services.text_files import FileFinding

STANDARD_INPUT = "-"


@click.command(
    "check-text",
    short_help="Say what the checks find in a text.",
    epilog="""\b
Examples:
  kb check-text paper.md                     what blocks, what warns, which terms
  kb check-text --language de vortrag.docx   names and terms are known in English alone
  pbpaste | kb check-text - --json           standard input; one JSON object per file
""",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of the text.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file.")
def check_text(files: tuple[str, ...], *, language: str, as_json: bool) -> None:
    """Look through each FILE (text, Markdown, .docx or .pptx; - is standard input) as a submission would be.

    Nothing is kept, and no home or account is needed. Told are places and rules, never the words. Exit status 1 says that
    something blocks; warnings and hints do not change it.
    """
    counts: Counter[Severity] = Counter()
    for name in files:
        found = text_files().check(name, _content(name), language)
        counts.update(each.severity for each in found)
        click.echo(_as_json(name, found) if as_json else _as_lines(name, found), nl=as_json)
    told = ", ".join(f"{counts[each]} {each.value}" for each in Severity)
    click.echo(f"{told} in {len(files)} {'file' if len(files) == 1 else 'files'}", err=True)
    if counts[Severity.BLOCK]:
        raise SystemExit(FOUND_PROBLEMS)


def _content(name: str) -> bytes:
    try:
        with click.open_file(name, "rb") as stream:
            content = bytes(stream.read(MOST_BYTES + 1))
    except OSError as wrong:
        raise Invalid(("file", f"{name} cannot be read: {wrong.strerror}.")) from wrong
    if len(content) > MOST_BYTES:
        raise Invalid(("file", f"{name} is larger than {MOST_BYTES // 1024**2} MiB. Split it."))
    return content


def _as_lines(name: str, found: Iterable[FileFinding]) -> str:
    shown = "standard input" if name == STANDARD_INPUT else Path(name).as_posix()
    return "".join(
        f"{shown}:{each.line}:{each.column}: {each.severity.value} {each.rule.value} ({each.start}-{each.end}) "
        f"{_advice(each)}\n"
        for each in found
    )


def _advice(each: FileFinding) -> str:
    return f"Better: {each.suggestion}. {each.sentence}" if each.suggestion else each.sentence


def _as_json(name: str, found: Iterable[FileFinding]) -> str:
    return json.dumps({"file": name, "findings": [each.model_dump(mode="json") for each in found]})
