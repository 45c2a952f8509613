"""A letter in the form in which it travels (RFC 5322)."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kb.domain.errors import NotSent
from kb.domain.letter import PRODUCT, Letter


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """Give the message; raises NotSent where the recipient's address cannot stand in a header.

    Header by header, by the library that refuses line breaks in them: nobody writes a second header into a first.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(PRODUCT, addr_spec=sender)
        message["To"] = Address(addr_spec=letter.to)
    except (MessageError, ValueError, IndexError):
        raise NotSent("The address of the account is no e-mail address.") from None
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{letter.settings}>"
    message.set_content(letter.text)
    return message
