"""Every command, and with which words it is asked on somebody's behalf.

Who runs a command without `--as` and `--audience` holds the files anyway: such commands are listed with the reason why nobody reads
by them what is not theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click
from click.testing import CliRunner

from kb.cli.context import CommandContext
from kb.cli.main import cli
from kb.domain.concept import Scheme
from tests.crawl.home import CrawledHome
from tests.crawl.known import SHELVES, Known

Words = Sequence[str]


def _searches(email: str, known: Known) -> Iterator[Words]:
    yield ["search", "", "--as", email, "--json", "--limit", "200"]
    yield ["search", "", "--as", email]
    for word in known.words:
        yield ["search", word, "--as", email, "--json"]
        yield ["search", f"{word[:5]}*", "--as", email]
    for case in known.cases:
        yield ["search", "", "--as", email, "--case", case]


def _vocabularies(email: str, _: Known) -> Iterator[Words]:
    for scheme in Scheme:
        yield ["tags", "list", scheme.value, "--as", email, "--json"]
        yield ["tags", "list", scheme.value, "--as", email]


def _events(email: str, _: Known) -> Iterator[Words]:
    yield ["events", "list", "--as", email]
    yield ["events", "list", "--as", email, "--json"]


def _each_event(email: str, known: Known) -> Iterator[Words]:
    for event in known.events:
        yield ["events", "show", event, "--as", email]
        yield ["events", "show", event, "--as", email, "--json"]


def _practices(email: str, known: Known) -> Iterator[Words]:
    for status in ("proposed", "endorsed", "retired"):
        yield ["practices", "list", "--as", email, "--json", "--status", status]
    yield ["practices", "list", "--as", email]


def _each_practice(email: str, known: Known) -> Iterator[Words]:
    for practice in known.practices:
        yield ["practices", "show", practice, "--as", email, "--json"]
        yield ["practices", "show", practice, "--as", email]


def _difficulties(email: str, known: Known) -> Iterator[Words]:
    for scheme, key in known.concepts:
        if scheme == Scheme.DIFFICULTY.value:
            yield ["insights", "difficulty", key, "--as", email, "--json"]
            yield ["insights", "difficulty", key, "--as", email]


def _kept(email: str, _: Known) -> Iterator[Words]:
    for kind in SHELVES:
        yield ["reference", "list", kind, "--as", email]
        yield ["reference", "list", kind, "--as", email, "--json"]


def _each_kept(email: str, known: Known) -> Iterator[Words]:
    for kind, identifier in known.kept:
        yield ["reference", "show", kind, identifier, "--as", email, "--json"]


AS_SOMEBODY: dict[str, Callable[[str, Known], Iterator[Words]]] = {
    "search": _searches,
    "export": lambda email, _: iter([["export", "--as", email]]),
    "tags list": _vocabularies,
    "tags operations": lambda email, _: iter([["tags", "operations", "--as", email, "--json"]]),
    "tags export": lambda email, _: iter(
        [
            ["tags", "export", "-", "--as", email],
            ["tags", "export", "-", "--as", email, "--audience", "public"],
        ]
    ),
    "tags hygiene": lambda email, _: iter(
        [["tags", "hygiene", "--as", email], ["tags", "hygiene", "--as", email, "--json"]]
    ),
    "tags show": lambda email, known: (
        ["tags", "show", f"{scheme}/{key}", "--as", email, "--json"] for scheme, key in known.concepts
    ),
    "events list": _events,
    "events show": _each_event,
    "practices list": _practices,
    "practices applications list": lambda email, _: iter(
        [["practices", "applications", "list", "--as", email, "--json"]]
    ),
    "practices show": _each_practice,
    "insights matrix": lambda email, _: iter(
        [["insights", "matrix", "--as", email, "--json"], ["insights", "matrix", "--as", email]]
    ),
    "insights difficulty": _difficulties,
    "reference list": _kept,
    "reference show": _each_kept,
    "insights corridors": lambda email, _: (
        ["insights", "corridors", *words, "--as", email, *form]
        for words in ([], ["AT", "DE"], ["AT", "DE", "--need", "preserve"])
        for form in ([], ["--json"])
    ),
}
"""Commands that answer on behalf of an account."""
FOR_ANY_OFFICER: dict[str, Sequence[Words]] = {
    "search": (["search", "", "--json", "--limit", "200"],),
    "export": (["export", "--audience", "public"], ["export", "--audience", "officers"]),
    "events list": (["events", "list", "--json"],),
    "events show": (["events", "show", "nosuchthing"],),
    "practices list": (["practices", "list", "--json"],),
    "practices show": (["practices", "show", "nosuchthing"],),
    "insights matrix": (["insights", "matrix", "--json"],),
    "insights difficulty": (["insights", "difficulty", "nosuchthing"],),
    "reference list": (["reference", "list", "resources", "--json"],),
    "reference show": (["reference", "show", "resources", "nosuchthing"],),
    "insights corridors": (["insights", "corridors", "--json"],),
}
"""The same commands, on behalf of nobody in particular."""
FOR_OPERATORS = {
    "init": "makes a new home",
    "run": "serves the pages that are visited",
    "serve": "serves the pages that are visited",
    "check": "tells settings, and how many records there are in all",
    "import": "brings in what the operator has",
    "check-text": "looks at a file of one's own, and opens no home",
    "index status": "compares everything that is derived",
    "index update": "follows everything",
    "index rebuild": "follows everything",
    "index merge": "tells nothing",
    "fsck": "looks into every file",
    "purge": "takes texts out of every record",
    "practices propose": "makes what its own author reads",
    "practices edit": "changes what the same account reads by `practices show`",
    "practices endorse": "changes what the same account reads by `practices show`",
    "practices retire": "changes what the same account reads by `practices show`",
    "practices reinstate": "changes what the same account reads by `practices show`",
    "practices applications add": "says what the same account reads by `practices show`",
    "practices applications withdraw": "takes back what the same account said",
    "tags import": "changes words that every officer reads",
    "tags add": "changes words that every officer reads",
    "tags adopt": "changes words that every officer reads",
    "tags place": "changes under what every officer finds it",
    "tags refuse": "answers whoever proposed it, whom it does not name",
    "tags reinstate": "changes what is offered to every officer",
    "tags rename": "changes words that every officer reads",
    "tags merge": "changes what stands for what, which every officer reads",
    "tags deprecate": "changes what is offered to every officer",
    "tags retag": "changes what those cases bear that its account may see and change",
    "tags split": "changes what those cases bear that its account may see and change",
    "tags undo": "changes words that every officer reads",
    "account code": "tells of accounts alone",
    "account create": "tells of accounts alone",
    "account list": "tells of accounts alone",
    "account reset": "tells of accounts alone",
    "account disable": "tells of accounts alone",
    "account enable": "tells of accounts alone",
    "digest": "sends to each what is theirs, and tells how many and to which addresses",
    "audit verify": "looks through the whole audit log",
    "audit show": "tells who acted on which id",
    "audit export": "takes the whole audit log out",
    "version": "tells nothing",
}
"""What only who holds the files runs, and why nobody reads by it what is not theirs."""


class AtHome(CommandContext):
    """What commands start from, in this process and with this home."""

    def __init__(self, home: CrawledHome) -> None:
        self.settings, self.services = home.settings, home.kb


def every_command(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Walk the tree of commands."""
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from every_command(each, (*path, name))
    else:
        yield " ".join(path)


def said(home: CrawledHome, words: Words) -> tuple[int, str, str]:
    """Run a command; gives its exit status, what it says and what it says on standard error."""
    result = CliRunner().invoke(cli, words, obj=AtHome(home), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def asked_by(email: str, known: Known) -> Iterator[Words]:
    """Give everything that can be asked on behalf of an account."""
    for words in AS_SOMEBODY.values():
        yield from words(email, known)
