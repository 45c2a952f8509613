"""Serving begins with what is derived in order; trying it is for this machine alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from gunicorn.glogging import Logger
from gunicorn.util import load_class

from kb.bootstrap.logs import LINES, WORDS
from kb.cli.main import cli
from kb.paths import CHECKOUT
from tests.cli.conftest import Kb


class Became(Exception):
    """The process would be gunicorn now."""


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Catch the moment in which the process becomes gunicorn, and with which words."""
    words: list[str] = []

    def become(_: str, arguments: list[str]) -> None:
        words.extend(arguments)
        raise Became

    monkeypatch.setattr(os, "execv", become)
    monkeypatch.chdir(Path.cwd())  # where the tests go on afterwards
    return words


@contextmanager
def becoming_gunicorn() -> Iterator[None]:
    with pytest.raises(Became):
        yield


def test_serving_hands_gunicorn_the_name_of_the_application_and_makes_no_account(
    empty: Kb, command: list[str], home: Path
) -> None:
    with becoming_gunicorn():
        empty("serve")

    assert command[1:5] == ["-P", "-m", "gunicorn", "kb.web.wsgi:app"]
    assert command[command.index("--bind") + 1] == "127.0.0.1:8080"
    assert os.environ["KB_HOME"] == str(home)
    assert Path.cwd() == CHECKOUT
    assert empty("account", "list").stdout == ""


@pytest.mark.parametrize(
    ("listen", "bound"), [("127.0.0.1:8080", "0"), ("[::1]:8080", "0"), ("0.0.0.0:8080", "8190")]
)
def test_an_address_of_any_length_is_read_from_this_machine_alone(
    empty: Kb, command: list[str], monkeypatch: pytest.MonkeyPatch, listen: str, bound: str
) -> None:
    monkeypatch.setenv("KB_URL", "https://casebook.example.org")
    monkeypatch.setenv("KB_LISTEN", listen)

    with becoming_gunicorn():
        empty("serve")

    assert command[command.index("--limit-request-line") + 1] == bound


def test_the_first_run_makes_one_demo_account_per_role_and_the_second_says_how_to_reset_one(
    empty: Kb, command: list[str]
) -> None:
    for _ in range(2):
        with becoming_gunicorn():
            empty("run")

    listed = empty("account", "list").stdout.splitlines()
    assert [line.split("@")[0] for line in listed] == [
        "administrator",
        "coordinator",
        "investigator",
        "presenter",
    ]
    assert command


def test_the_first_run_prints_what_each_demo_account_signs_in_with(empty: Kb, command: list[str]) -> None:
    printed = CliRunner().invoke(cli, ["run"])

    assert isinstance(printed.exception, Became)
    drawn = dict(line.split(maxsplit=1) for line in printed.stdout.splitlines()[:4])
    assert [len(drawn[f"{role}@example.org"].split()) for role in ("investigator", "presenter")] == [1, 1]
    for role in ("coordinator", "administrator"):
        _, secret = drawn[f"{role}@example.org"].split()
        assert len(secret) == 32
    assert "account code EMAIL" in printed.stdout


def test_trying_it_is_refused_beyond_this_machine(empty: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_URL", "https://casebook.example.org")

    refused = empty("run")

    assert (refused.exit_code, "Use `kb serve`" in refused.stderr) == (3, True)


def test_a_server_logs_lines_for_programs_and_a_trial_words_for_a_person(
    empty: Kb, command: list[str]
) -> None:
    for name, log in (("serve", LINES), ("run", WORDS)):
        command.clear()
        with becoming_gunicorn():
            empty(name)

        assert command[command.index("--logger-class") + 1] == log
        assert issubclass(load_class(log), Logger)


def test_the_server_opens_no_other_way_in_to_steer_it(empty: Kb, command: list[str]) -> None:
    with becoming_gunicorn():
        empty("serve")

    assert "--no-control-socket" in command


@pytest.mark.slow
def test_a_package_of_our_name_in_the_folder_of_the_start_is_not_loaded(
    empty: Kb, command: list[str], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """gunicorn would take its settings and the application from the folder that it is started in."""
    foreign = tmp_path / "foreign"
    (foreign / "kb").mkdir(parents=True)
    for planted in ("kb/__init__.py", "gunicorn.conf.py", "gunicorn.py"):
        (foreign / planted).write_text("raise SystemExit('planted')\n")
    monkeypatch.chdir(foreign)

    with becoming_gunicorn():
        empty("serve")
    tried = subprocess.run(
        [*command, "--check-config"], capture_output=True, text=True, check=False, timeout=60
    )

    assert (tried.returncode, tried.stderr) == (0, "")
