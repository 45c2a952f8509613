"""What is looked for, and the finding that tells where it stands."""

from __future__ import annotations

from enum import StrEnum

from kb.domain.text import Value


class Severity(StrEnum):
    """What a finding asks for."""

    BLOCK = "block"
    """It must be mended: the text is kept nowhere until it is."""
    WARN = "warn"
    """It may lead to a person: mend it, or let a second person say with a reason why it may stand."""
    HINT = "hint"
    """There is a better term; nobody is stopped."""


class Check(StrEnum):
    """What is looked for; domain experts call these the checks at submission, and the last one terminology hints."""

    EMAIL = "email"
    """An e-mail address: a contact is a role or desk, never an address."""
    ONION = "onion"
    """The address of a hidden service, which would lead readers to it."""
    MAGNET = "magnet"
    """A magnet link or infohash, which would lead readers to the files."""
    WALLET = "wallet"
    """A crypto wallet with a right checksum."""
    HASH = "hash"
    """A checksum of a file: MD5, SHA-1, SHA-256 and the longer ones of that family."""
    IBAN = "iban"
    """A bank account with right check digits."""
    CARD = "card"
    """A payment card of a known scheme with a right check digit."""
    IMEI = "imei"
    """A telephone's serial number with a right check digit."""
    NATIONAL_ID = "national-id"
    """A person's number in the register of a state, with a right checksum where there is one."""
    MAC = "mac"
    """The hardware address of a network interface."""
    IP = "ip"
    """An IPv4 or IPv6 address, also when it is written so that nobody clicks on it."""
    COORDINATES = "coordinates"
    """A place exact to a house."""
    PHONE = "phone"
    """A telephone number that the numbering plans know."""
    REFERENCE = "reference"
    """A long report or case number, or another long key that leads to one file."""
    LINK = "link"
    """A link to elsewhere than a public legal source."""
    HANDLE = "handle"
    """The name under which somebody goes in a service."""
    DATE_AND_PLACE = "date-and-place"
    """A day and a place in one sentence, by which an event is found."""
    AGE_AND_TOWN = "age-and-town"
    """An age and a place in one sentence, by which a person is found."""
    FILE_NAME = "file-name"
    """The name of a file, by which it is found elsewhere."""
    NAME = "name"
    """Capitalised words that are no known country, organisation or instrument: perhaps a person."""
    TERM = "term"
    """A term for which the field has a better one."""

    @property
    def severity(self) -> Severity:
        """Give what a finding of this check asks for."""
        return _SEVERITIES.get(self, Severity.BLOCK)


_SEVERITIES = {
    Check.LINK: Severity.WARN,
    Check.HANDLE: Severity.WARN,
    Check.DATE_AND_PLACE: Severity.WARN,
    Check.AGE_AND_TOWN: Severity.WARN,
    Check.FILE_NAME: Severity.WARN,
    Check.NAME: Severity.WARN,
    Check.TERM: Severity.HINT,
}
"""All others block."""


class Objection(Value):
    """Where a text holds something to look at: characters from `start` up to `end`, never their value."""

    check: Check
    start: int
    end: int
    suggestion: str = ""
    """The better term, for a hint; words of ours."""

    @property
    def severity(self) -> Severity:
        """Give what is asked for."""
        return self.check.severity

    @property
    def sentence(self) -> str:
        """Say what to do about it, in a sentence that holds nothing of the text, so that it may be shown and translated."""
        from kb.domain.checks.sentences import sentence_of

        return sentence_of(self.check, self.suggestion)
