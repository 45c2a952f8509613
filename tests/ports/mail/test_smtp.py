"""Mail by SMTP: it leaves as it was written, encrypted as asked, and what goes wrong is told without anybody's name."""

from __future__ import annotations

import datetime as dt
import email
import ssl
from email.policy import default
from functools import partial

import pytest

from kb.adapters.mail.smtp import Encryption, Server, SmtpMailer
from kb.domain.errors import NotSent
from kb.domain.letter import Letter
from tests.fakes.clock import NOON
from tests.ports.mail.server import CERTIFICATE, MailServer

SENDER = "casebook@example.org"


def letter(**fields: object) -> Letter:
    sound: dict[str, object] = {
        "id": "0123456789abcdef0123456789abcdef",
        "at": NOON,
        "to": "anna@example.org",
        "subject": "Casebook: declined",
        "text": "Declined: Grüße aus Zürich\n.\nA dot alone ends nothing.\n",
        "settings": "https://casebook.example.org/inbox/settings",
    }
    return Letter.model_validate(sound | fields)


def mailer(server: MailServer, encryption: Encryption = Encryption.NONE, **fields: object) -> SmtpMailer:
    at = Server("127.0.0.1", server.port, encryption, timeout=0.5, greeting="casebook.example.org")
    trusting = partial(ssl.create_default_context, cafile=str(CERTIFICATE))
    return SmtpMailer(at._replace(**fields), SENDER, trusting)  # type: ignore[arg-type]


def failure(server: MailServer, encryption: Encryption = Encryption.NONE, **fields: object) -> NotSent:
    with server, pytest.raises(NotSent) as refused:
        mailer(server, encryption, **fields).send(letter())
    assert "anna" not in str(refused.value)
    return refused.value


def test_a_letter_arrives_as_it_was_written_for_one_person_and_without_the_machines_name() -> None:
    with MailServer() as server:
        mailer(server).send(letter())

    (raw,) = server.mails
    message = email.message_from_bytes(raw.replace(b"\r\n..\r\n", b"\r\n.\r\n"), policy=default)
    assert (message["To"], message["From"]) == ("anna@example.org", "Casebook <casebook@example.org>")
    assert message["Subject"] == "Casebook: declined"
    assert message["Message-ID"] == "<0123456789abcdef0123456789abcdef@example.org>"
    assert message["Date"].datetime == NOON
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://casebook.example.org/inbox/settings>"
    assert message.get_content().splitlines() == letter().text.splitlines()
    assert server.said[0] == "ehlo casebook.example.org"
    assert [line for line in server.said if line.lower().startswith("rcpt")] == ["rcpt TO:<anna@example.org>"]


@pytest.mark.parametrize("encryption", [Encryption.TLS, Encryption.STARTTLS])
def test_what_is_to_be_encrypted_is_and_the_password_goes_that_way(encryption: Encryption) -> None:
    tls = encryption is Encryption.TLS
    with MailServer(tls=tls, starttls=not tls, sign_in=True) as server:
        mailer(server, encryption, user="casebook", password="secret").send(letter())

    assert len(server.mails) == 1
    verbs = [line.split()[0].lower() for line in server.said]
    assert "auth" in verbs
    if not tls:
        assert verbs[:3] == ["ehlo", "starttls", "ehlo"]


def test_where_starttls_is_not_offered_nothing_is_sent_in_the_clear() -> None:
    """ASVS 5.0 V12.3: a connection to another service is encrypted, and falls back to nothing less."""
    server = MailServer(sign_in=True)

    refused = failure(server, Encryption.STARTTLS, user="casebook", password="secret")

    assert (refused.for_all, server.mails) == (True, [])
    assert "STARTTLS" in str(refused)
    assert {line.split()[0].lower() for line in server.said} <= {"ehlo", "starttls", "quit"}


@pytest.mark.parametrize("encryption", [Encryption.TLS, Encryption.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(encryption: Encryption) -> None:
    """ASVS 5.0 V12.3: the certificate of another service is validated."""
    tls = encryption is Encryption.TLS
    with MailServer(tls=tls, starttls=not tls) as server:
        at = Server("127.0.0.1", server.port, encryption, timeout=0.5)
        with pytest.raises(NotSent, match="certificate is not trusted"):
            SmtpMailer(at, SENDER).send(letter())
    assert server.mails == []


@pytest.mark.parametrize(
    ("answers", "sentence", "for_all"),
    [
        ({"RCPT": "550 no anna here"}, "refuses the address (550)", False),
        ({"RCPT": "450 anna, later"}, "refuses the address (450)", False),
        ({"END": "554 not this one, anna"}, "refuses the mail (554)", False),
        ({"DATA": "451 not now"}, "refuses the mail (451)", False),
        ({"MAIL": "550 who are you"}, "refuses the address that mails come from", True),
        ({"GREETING": "421 too many of you"}, "no answer that makes sense", True),
        ({"EHLO": "", "HELO": ""}, "broke off", True),
        ({"RCPT": ""}, "broke off", True),
        ({"END": ""}, "broke off", True),
    ],
)
def test_what_a_server_refuses_is_told_by_its_number(
    answers: dict[str, str], sentence: str, for_all: bool
) -> None:
    refused = failure(MailServer(answers))

    assert sentence in str(refused)
    assert refused.for_all is for_all


@pytest.mark.parametrize("word", ["GREETING", "EHLO", "RCPT", "END"])
def test_a_server_that_hangs_keeps_us_no_longer_than_the_timeout(word: str) -> None:
    begun = dt.datetime.now(dt.UTC)

    refused = failure(MailServer(hang=word))

    assert "does not answer in time" in str(refused)
    assert refused.for_all
    assert dt.datetime.now(dt.UTC) - begun < dt.timedelta(seconds=4)


def test_a_password_that_is_refused_or_cannot_be_told_is_a_failure_for_all() -> None:
    wrong = failure(MailServer({"AUTH": "535 no"}, sign_in=True), user="casebook", password="wrong")
    assert (str(wrong), wrong.for_all) == ("The mail server refuses our user or password.", True)

    strange = failure(MailServer(sign_in=True), user="casebook", password="Zürich")
    assert "holds a letter" in str(strange)


def test_where_nobody_listens_is_told() -> None:
    with MailServer() as server:
        port = server.port

    with pytest.raises(NotSent, match="No mail server listens there"):
        SmtpMailer(Server("127.0.0.1", port, Encryption.TLS, timeout=0.5), SENDER).send(letter())


def test_once_the_server_has_the_mail_a_bad_farewell_does_not_matter() -> None:
    with MailServer({"QUIT": ""}) as server:
        mailer(server).send(letter())

    assert len(server.mails) == 1


@pytest.mark.parametrize(
    "address",
    [
        "anna@example.org\r\nBcc: others@example.org",
        "anna@example.org\nSubject: another",
        "anna@example.org, boris@example.org",
        "jürgen@example.org",
        "no address at all",
        "",
    ],
)
def test_no_address_writes_a_header_of_its_own_or_reaches_a_second_person(address: str) -> None:
    """ASVS 5.0 V1.2: what is put into a mail's headers cannot add one."""
    with MailServer() as server, pytest.raises(NotSent, match="no e-mail address") as refused:
        mailer(server).send(letter(to=address))

    assert not refused.value.for_all
    assert server.said == []


def test_a_subject_stays_one_line_whatever_it_holds() -> None:
    with MailServer() as server:
        mailer(server).send(letter(subject="One\r\nBcc: others@example.org"))

    message = email.message_from_bytes(server.mails[0], policy=default)
    assert message["Bcc"] is None
    assert message["Subject"] == "One Bcc: others@example.org"


def test_it_says_where_mails_go() -> None:
    at = Server("mail.example.org", 587, Encryption.STARTTLS, user="casebook", password="secret")

    assert SmtpMailer(at, SENDER).place == "mail.example.org:587 (starttls)"
