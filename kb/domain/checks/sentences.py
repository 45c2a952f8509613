"""What to do about each finding: one sentence per check, fit to be shown beside the text and to be translated."""

from __future__ import annotations

from kb.domain.checks.check import Check
from kb.domain.checks.terms import WHY

SENTENCES: dict[Check, str] = {
    Check.EMAIL: "Leave the e-mail address out; name a role or a desk instead.",
    Check.ONION: "Leave the address of the hidden service out; say what kind of service it was.",
    Check.MAGNET: "Leave the magnet link or infohash out; say how the files were shared.",
    Check.WALLET: "Leave the wallet address out; say which currency it was and what tracing gave.",
    Check.HASH: "Leave the file's checksum out; say which kind of list it was compared with.",
    Check.IBAN: "Leave the bank account out; say which kind of account it was.",
    Check.CARD: "Leave the card number out; say which kind of card it was.",
    Check.IMEI: "Leave the telephone's serial number out; say how the telephone was identified.",
    Check.NATIONAL_ID: "Leave the person's number out; nobody may be found by this text.",
    Check.MAC: "Leave the hardware address out; say which kind of device it was.",
    Check.IP: "Leave the IP address out; say which kind of connection it was.",
    Check.COORDINATES: "Leave the co-ordinates out; name the country.",
    Check.PHONE: "Leave the telephone number out; name a role or a desk instead.",
    Check.REFERENCE: "Leave the report or case number out; say which kind of report it was.",
    Check.LINK: "Is this link a public source of law or guidance? If it leads anywhere else, leave it out.",
    Check.HANDLE: "Leave the name of the account out; say what kind of account it was.",
    Check.DATE_AND_PLACE: "A day with a place lets people find the case: give the month or the year, or leave the place out.",
    Check.AGE_AND_TOWN: "An age with a place lets people find the person: write “a child” or an age group, or name the country alone.",
    Check.FILE_NAME: "Leave the name of the file out; say which kind of file it was.",
    Check.NAME: "Is this the name of a person, a place or an operation? If so, write a role, a country or nothing instead.",
}


def sentence_of(check: Check, suggestion: str) -> str:
    """Give the sentence of a check; for a term, the explanation that belongs to what is suggested."""
    return WHY[suggestion] if check is Check.TERM else SENTENCES[check]
