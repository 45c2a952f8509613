"""The documentation says what the code does: every setting and command stands in it, and its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kb.cli.errors import EXIT_STATUS
from kb.cli.main import cli
from kb.config import SETTINGS
from kb.domain.mapping import Take, case_fields
from kb.domain.unit import Facet

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
IMPORTING = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, prefix: str = "kb") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{prefix} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.variable)
def test_every_setting_stands_in_the_operations_manual_with_its_meaning(setting: object) -> None:
    assert isinstance(setting, tuple)
    variable, _, default, meaning = setting[:4]
    (row,) = re.findall(rf"^\| `{variable}` \|.*$", OPERATIONS, re.MULTILINE)
    plain = row.replace("`", "")
    assert meaning.replace("`", "") in plain
    assert default in plain


@pytest.mark.parametrize(
    ("name", "command"), tuple(commands(cli)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_stands_in_the_documentation_and_has_a_help_text(
    name: str, command: click.Command
) -> None:
    assert name in EVERYTHING
    assert command.help


@pytest.mark.parametrize(
    ("name", "command"),
    tuple(cli.commands.items()),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_command_with_arguments_shows_examples(name: str, command: click.Command) -> None:
    if name in {"serve", "version", "run"} or command.epilog:
        return
    pytest.fail(f"kb {name} --help shows no example")


def test_every_exit_status_is_explained() -> None:
    (sentence,) = re.findall(r"Exit statuses of all commands:.*?\n\n", OPERATIONS, re.DOTALL)
    told = {int(number) for number in re.findall(r"(?:: |; )(\d) ", sentence)}
    assert told == {0, 1, *(status for _, status in EXIT_STATUS)}


@pytest.mark.parametrize("key", Take.model_fields)
def test_every_key_of_a_mapping_is_explained(key: str) -> None:
    assert f"| `{key}` |" in IMPORTING


def test_the_fields_that_the_manual_names_can_be_mapped() -> None:
    (sentence,) = re.findall(r"# (title, summary, language.*?) \.\.\.", IMPORTING, re.DOTALL)
    named = set(re.findall(r"[a-z_]+", re.sub(r"^.*?#", "", sentence, flags=re.MULTILINE)))
    assert named <= {*case_fields(), "title", "column"}
    assert {"marking", "phenomena", "review_by"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(
        r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)", page.read_text(encoding="utf-8")
    ):
        linked = (page.parent / target).resolve() if target else page
        assert linked.exists(), f"{page.name} links to {target}, which is not there"
        if anchor and linked.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {
                re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings
            }
            assert anchor[1:] in anchors, f"{page.name} links to {target}{anchor}, which is not there"


def test_every_test_that_the_documentation_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", EVERYTHING))

    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert "tests/web/test_audience.py" in named


def test_every_facet_stands_in_the_documentation() -> None:
    assert all(f"`{facet.value}`" in EVERYTHING for facet in Facet)


def test_the_readme_names_the_two_commands_and_shows_the_product() -> None:
    assert "make run" in README
    assert "make test" in README
    for page in ("search", "matrix", "difficulty", "corridor"):
        assert f"docs/images/{page}.png" in README
        assert (ROOT / "docs" / "images" / f"{page}.png").stat().st_size < 200_000
