"""Without a mail server mails are files of a folder that nobody else on the machine can look into."""

from __future__ import annotations

import email
from email.policy import default
from pathlib import Path

import pytest

from kb.adapters.mail.outbox import Outbox
from kb.domain.errors import NotSent
from tests.ports.mail.test_smtp import SENDER, letter


def test_a_letter_becomes_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "outbox"
    outbox = Outbox(folder, SENDER)

    outbox.send(letter())

    (file,) = folder.iterdir()
    assert file.name == "20260901T120000Z-0123456789abcdef.eml"
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "anna@example.org"
    assert "Grüße aus Zürich" in message.get_content()
    assert str(folder) not in outbox.place


def test_the_same_letter_twice_is_one_file(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, SENDER)

    outbox.send(letter())
    outbox.send(letter())
    outbox.send(letter(id="f" * 32))

    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_a_failure_for_all(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder")

    with pytest.raises(NotSent, match="cannot be written") as refused:
        Outbox(place, SENDER).send(letter())

    assert refused.value.for_all
