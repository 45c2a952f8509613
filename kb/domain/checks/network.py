"""Proofs of network addresses."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re

from kb.domain.checks.plain import before

WIDEST_LINE = {4: 24, 6: 48}
"""A block that is named as a whole and at least as wide as this says nothing of one line."""
SHORTEST = len("1.2.3.4")
ONION_ENDING = "onion"

_VERSION = re.compile(
    r"(?:\b(?:version|release|v|ver|section|sections|sec|paragraph|para|clause|chapter|article|rule|figure|table|step|"
    r"requirement|item|appendix|annex|ios|windows|android|linux|kernel|firmware)\b\.?|§)\s?$",
    re.IGNORECASE,
)
"""What stands before four numbers that are no address."""
_TITLE = re.compile(r" {1,3}[^\W\d_a-z]")
_DEFANGED_DOT = re.compile(r"\s?[\[({<]\s?(?:\.|dot|punkt|punto|point)\s?[\])}>]\s?", re.IGNORECASE)


def is_version_4(match: re.Match[str]) -> int:
    """Prove an IPv4 address; four numbers after a word like "section" or at the head of a paragraph are none."""
    text, ahead = _DEFANGED_DOT.sub(".", match["it"]), before(match)
    is_heading = (
        len(text) == SHORTEST and ahead[-1:] in {"", "\n"} and _TITLE.match(match.string, match.end("it"))
    )
    if is_heading or _VERSION.search(ahead):
        return 0
    return len(match["it"]) if _is_somebodys(text) else 0


def is_version_6(match: re.Match[str]) -> int:
    """Prove an IPv6 address."""
    return len(match["it"]) if _is_somebodys(match["it"].replace("[:]", ":")) else 0


def _is_somebodys(text: str) -> bool:
    """Say whether this is an address of one line or machine: no mask, loopback or wide block."""
    try:
        interface = ipaddress.ip_interface(text)
    except ValueError:
        return False
    address, block = interface.ip, interface.network
    if address.is_loopback or address.is_unspecified or address.is_multicast or address.packed[0] == 0xFF:
        return False
    is_wide_block = address == block.network_address and block.prefixlen <= WIDEST_LINE[address.version]
    return not is_wide_block


def is_hardware_address(match: re.Match[str]) -> int:
    """Prove a MAC address: six pairs that are only digits between hyphens are more likely a date or a part."""
    text = match["it"]
    sure = ":" in text or any(letter.isalpha() for letter in text)
    return len(text) if sure and len(set(text.replace(":", "").replace("-", ""))) > 1 else 0


def is_onion(match: re.Match[str]) -> int:
    """Prove an onion address: its ending, or the checksum of version 3 (Tor's rend-spec-v3, section 6)."""
    text = match["it"].lower()
    return len(text) if text.endswith(ONION_ENDING) or _has_onion_checksum(text) else 0


def _has_onion_checksum(text: str) -> bool:
    raw = base64.b32decode(text.upper())
    key, checksum, version = raw[:32], raw[32:34], raw[34:]
    return hashlib.sha3_256(b".onion checksum" + key + version).digest()[:2] == checksum
