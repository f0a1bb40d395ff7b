"""Signature algorithms by name (RFC 7518 §3.1, RFC 8037, RFC 8812)."""

from __future__ import annotations

import re

NONE = "none"
"""RFC 7518 §3.6: an unsecured token."""

HMAC_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}
"""The least length of an HMAC key in bytes: that of its hash (RFC 7518 §3.2)."""

_ASYMMETRIC = ("RS", "PS", "ES", "EdDSA", "Ed25519", "Ed448", "ML-DSA")

PASSWORD_ITERATIONS = 1_000
"""The least number of times that a password is hashed for PBES2 (RFC 7518 §4.8.1.2)."""

_BROKEN_HASH = re.compile(r"(?i)(?:HS|RS|PS|ES)1|.*(?:sha-?1|md5)")


def has_broken_hash(name: str) -> bool:
    """Whether an algorithm is one of SHA-1 or MD5; of these, RFC 7518 registers none."""
    return _BROKEN_HASH.fullmatch(name) is not None


def takes_key_as_it_is(name: str) -> bool:
    """Whether a shared key encrypts without being hashed first: `dir` and the AES key wraps (RFC 7518 §4.4 to §4.7)."""
    return name == "dir" or (name.startswith("A") and name.endswith("KW"))


def is_hmac(name: str) -> bool:
    """Whether one secret both signs and verifies."""
    return name in HMAC_BYTES


def is_asymmetric(name: str) -> bool:
    """Whether a private key signs and a public one verifies."""
    return name.startswith(_ASYMMETRIC)
