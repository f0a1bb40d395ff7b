"""Tokens that are written into source: how their bytes are recognised, and what PyJWT reads in them. Prints none.

Light to import: the gate asks it about every file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jwt_sast.tokens.algorithms import HMAC_BYTES, NONE

_BEGINNING = re.compile(rb"eyJ[A-Za-z0-9_-]{10}")
"""`{"` in base64, and some more: every header begins so, unless somebody has put spaces into it."""

_TOKEN = re.compile(r"(?<![\w.-])eyJ[\w-]{10,}\.eyJ[\w-]{2,}\.[\w-]{40,}(?![\w.-])", re.ASCII)

_SHORTEST_SIGNATURE = 64
"""Bytes; what an elliptic curve of 256 bits gives, the shortest of all that are no HMAC (RFC 7518 §3.4)."""

_SAMPLES: tuple[Mapping[str, Any], ...] = (
    # RFC 7515 §A.1 to §A.3 and RFC 7519 §3.1, jwt.io, and the documentation of PyJWT, python-jose and others.
    {"iss": "joe"},
    {"sub": "1234567890"},
    {"some": "payload"},
    {"hello": "world"},
    {"foo": "bar"},
    {"key": "value"},
    # Meant for browsers by the service that hands it out: it lets in whom nobody knows.
    {"iss": "supabase", "role": "anon"},
)
_RESERVED = re.compile(r"(?:^|\.)(?:example|invalid|test|example\.(?:com|net|org))$")
"""Host names that belong to nobody (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class WrittenToken:
    """What a token says: its algorithm, the names of its claims, and when it expires, in seconds since 1970, None where
    it never does.
    """

    algorithm: str
    claims: tuple[str, ...]
    expires: float | None


def may_hold_token(data: bytes) -> bool:
    """Whether there may be a token in a file with these bytes."""
    return b"eyJ" in data and _BEGINNING.search(data) is not None


def tokens_in(text: str) -> Iterator[WrittenToken]:
    """The signed tokens in a text that are no samples of a specification."""
    for match in _TOKEN.finditer(text):
        token = _read(match[0])
        if token is not None:
            yield token


def _read(text: str) -> WrittenToken | None:
    # Only here: most files have no token in them, and PyJWT brings its cryptography along.
    import jwt

    try:
        content = jwt.decode_complete(text, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    algorithm, claims = content["header"].get("alg"), content["payload"]
    if not isinstance(algorithm, str) or not _is_signature(algorithm, content["signature"]) or _is_sample(claims):
        return None
    expires = claims.get("exp")
    is_time = isinstance(expires, int | float) and not isinstance(expires, bool)
    return WrittenToken(algorithm, tuple(sorted(map(str, claims))), expires if is_time else None)


def _is_signature(algorithm: str, signature: bytes) -> bool:
    """Whether the third section can be a signature of that algorithm, not a word that stands for one."""
    if algorithm.lower() == NONE:
        return False
    needed = HMAC_BYTES.get(algorithm)
    return len(signature) == needed if needed is not None else len(signature) >= _SHORTEST_SIGNATURE


def _is_sample(claims: Mapping[str, Any]) -> bool:
    if any(sample.items() <= claims.items() for sample in _SAMPLES if _is_flat(claims, sample)):
        return True
    issuer = claims.get("iss")
    if not isinstance(issuer, str):
        return False
    try:
        host = urlsplit(issuer if "//" in issuer else f"//{issuer}").hostname
    except ValueError:
        return False
    return _RESERVED.search(host or "") is not None


def _is_flat(claims: Mapping[str, Any], sample: Mapping[str, Any]) -> bool:
    """Whether the claims that a sample has can be compared with it."""
    return all(isinstance(claims.get(name), str) for name in sample)
