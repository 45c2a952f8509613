"""What is looked for, and the finding that tells where it stands."""

from __future__ import annotations

from enum import StrEnum

from kb.domain.text import Value


class Check(StrEnum):
    """What blocks a text; domain experts call these the checks at submission."""

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


class Objection(Value):
    """Where a text holds something that blocks it: characters from `start` up to `end`, never their value."""

    check: Check
    start: int
    end: int
