"""Proofs of crypto wallets: addresses carry checksums, so that a typing error sends no money astray."""

from __future__ import annotations

import hashlib
import re
from functools import reduce

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
REMAINDERS = frozenset({1, 0x2BC830A3})
"""Of bech32 and bech32m (BIP 173 and BIP 350)."""
LENGTHS = frozenset({25, 26})
"""Bytes of an address with its version and checksum: Bitcoin, Litecoin, Dogecoin, Dash, TRON, Ripple's kin; Zcash has one more."""
CHECKSUM = 4


def is_base58check(match: re.Match[str]) -> int:
    """Prove an address in base58 by its doubly hashed checksum."""
    text = match["it"]
    number = reduce(lambda total, letter: total * len(BASE58) + BASE58.index(letter), text, 0)
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    body, checksum = raw[:-CHECKSUM], raw[-CHECKSUM:]
    right = hashlib.sha256(hashlib.sha256(body).digest()).digest()[:CHECKSUM] == checksum
    return len(text) if right and len(raw) in LENGTHS else 0


def is_bech32(match: re.Match[str]) -> int:
    """Prove a bech32 address, whatever its case."""
    prefix, _, data = match["it"].lower().rpartition("1")
    head = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    return len(match["it"]) if _remainder([*head, *map(BECH32.index, data)]) in REMAINDERS else 0


def _remainder(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(GENERATOR):
            total ^= generator if top >> bit & 1 else 0
    return total
