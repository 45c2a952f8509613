"""What is told by e-mail, sent by a timer: one line, a status that a job can act on, and the folder where there is no server."""

from __future__ import annotations

import email
import json
from email.policy import default
from pathlib import Path

import pytest

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.bootstrap import Outside, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Role
from kb.domain.workflow import Action
from kb.services.accounts import Invitation
from tests.cli.conftest import Kb
from tests.fakes.chores import ChoresWithoutMail
from tests.samples import a_submission, put


@pytest.fixture
def told(empty: Kb, home: Path) -> Kb:
    """Give a home in which Anna is to be told of something, and nobody has mailed it yet."""
    made = services(Settings.read(), Outside(chores=ChoresWithoutMail))
    roles = frozenset({Role.INVESTIGATOR})
    invitation = Invitation(email="anna@example.org", roles=roles, organisation="Unit", country="AT")
    made.accounts.invite(OPERATOR, invitation)
    anna = made.accounts.find(OPERATOR, "anna@example.org")
    store = FileEntryStore(home / "entries", FileOperations(), SystemRandomness())
    put(store, "draft", a_submission(author=anna.id), action=Action.TAKE, by="carla")
    made.indexing.update(OPERATOR)
    return empty


def test_a_run_sends_what_is_due_once_and_says_so_in_a_line(told: Kb, home: Path) -> None:
    first, second = told("digest"), told("digest", "--json")

    assert (first.exit_code, first.stdout) == (
        0,
        "1 mails sent with 1 notices, 0 failed, 0 notices needed none, 0 review dates stand\n",
    )
    assert json.loads(second.stdout) == {
        "reminders": 0,
        "letters": [],
        "notices": 0,
        "dropped": 0,
        "failed": 0,
    }
    (file,) = (home / "outbox").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "anna@example.org"
    assert "Taken into review: Seven days" in message.get_content()


def test_a_dry_run_says_to_whom_and_sends_nothing(told: Kb, home: Path) -> None:
    dry = told("digest", "--dry-run")

    assert dry.stdout.startswith("anna@example.org: Casebook: taken into review\n1 mails would be sent")
    assert not (home / "outbox").exists()
    assert "1 notices wait" in told("check").stdout


def test_what_did_not_leave_is_a_status_and_is_shown_until_it_has_left(
    told: Kb, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "outbox").write_text("no folder")

    assert told("digest", "--at-once").exit_code == 1
    status = told("digest", "--status")
    assert status.exit_code == 1
    assert "failed    anna@example.org: The outbox cannot be written" in status.stdout
    assert "1 recipients not reached" in told("check").stdout
    assert json.loads(told("digest", "--status", "--json").stdout)["waiting"] == 1

    monkeypatch.setenv("KB_MAIL_OUTBOX", str(home / "elsewhere"))
    monkeypatch.setenv("KB_SMTP_TIMEOUT", "1")
    assert told("digest").exit_code == 0
    assert "waiting   1 notices" in told("digest", "--status").stdout
