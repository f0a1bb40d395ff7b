"""Signature algorithms by name (RFC 7518 §3.1, RFC 8037, RFC 8812)."""

from __future__ import annotations

NONE = "none"
"""RFC 7518 §3.6: an unsecured token."""

HMAC_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}
"""The least length of an HMAC key in bytes: that of its hash (RFC 7518 §3.2)."""

_ASYMMETRIC = ("RS", "PS", "ES", "EdDSA", "Ed25519", "Ed448", "ML-DSA")


def is_hmac(name: str) -> bool:
    """Whether one secret both signs and verifies."""
    return name in HMAC_BYTES


def is_asymmetric(name: str) -> bool:
    """Whether a private key signs and a public one verifies."""
    return name.startswith(_ASYMMETRIC)
