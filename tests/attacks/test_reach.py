"""What the product never does, whatever is asked of it: fetch from elsewhere, or run a pattern that somebody typed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kb.paths import PACKAGE

CLIENTS = (
    "aiohttp", "ftplib", "http.client", "http.server", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib",
    "socket", "telnetlib", "urllib.request", "urllib3", "xmlrpc", "websockets",
)  # fmt: skip
RUNNERS = frozenset({"eval", "exec", "compile", "__import__"})
LOADERS = ("pickle", "marshal", "shelve", "dill")
PATTERNS = frozenset(
    {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
)


REACHING_OUT = {"adapters/mail/smtp.py": {"smtplib"}}
"""What speaks to a server that an operator named, and to no other."""
FROM_A_TABLE = {
    "domain/checks/national.py": frozenset({"look"}),
    "domain/heading_words.py": frozenset({"fold", "line", "lines"}),
}
"""Names whose text comes from a literal table of the same module."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


SOURCES = dict(modules())


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def is_one_of(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in modules)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    return ((ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_no_module_can_fetch_from_elsewhere_or_load_what_carries_code() -> None:
    """ASVS 5.0 1.3.6 and 15.3.2: links of records are for people to follow, never for the server."""
    found = {
        source: {name for name in imported(tree) if is_one_of(name, (*CLIENTS, *LOADERS))}
        - REACHING_OUT.get(source, set())
        for source, tree in SOURCES.items()
    }

    assert not {source: names for source, names in found.items() if names}


def test_no_module_runs_text_as_code() -> None:
    """ASVS 5.0 1.3.2."""
    for source, tree in SOURCES.items():
        assert not RUNNERS & {name for name, _ in calls(tree)}, source


def read_as_pattern(node: ast.AST) -> Iterator[str]:
    """Give the names whose text is read as a pattern; what is escaped is read as itself."""
    if isinstance(node, ast.Name) and node.id != "str":
        yield node.id
    if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"):
        for inner in ast.iter_child_nodes(node):
            yield from read_as_pattern(inner)


def test_every_pattern_is_written_in_the_code() -> None:
    """ASVS 5.0 V1.2: what somebody typed is never read as a regular expression; patterns are made of constants and of what is escaped."""
    patterns = [
        (source, call.args[0])
        for source, tree in SOURCES.items()
        for name, call in calls(tree)
        if name.startswith("re.") and name.removeprefix("re.") in PATTERNS
    ]

    assert len(patterns) > 50
    for source, pattern in patterns:
        known = FROM_A_TABLE.get(source, frozenset())
        assert all(name.isupper() or name in known for name in read_as_pattern(pattern)), (
            source,
            ast.unparse(pattern),
        )


def test_tables_for_spreadsheets_are_written_where_their_cells_are_guarded_alone() -> None:
    """ASVS 5.0 1.2.10; `tests/cli/test_audit.py` and `tests/domain/test_spreadsheet.py` try the guard."""
    writers = {
        source
        for source, tree in SOURCES.items()
        for name, _ in calls(tree)
        if name in {"csv.writer", "csv.DictWriter"}
    }

    assert writers == {"cli/audit_forms.py", "domain/spreadsheet.py"}


def test_sockets_and_patterns_are_looked_for_where_they_would_be() -> None:
    """The walk finds what it is for."""
    assert {"web/app.py", "services/sessions.py", "adapters/files/store.py"} <= set(SOURCES)
    assert Path(PACKAGE / "__main__.py").name in SOURCES
    assert is_one_of("urllib.request.urlopen", CLIENTS)
    assert not is_one_of("urllib.parse.quote", CLIENTS)
