"""Tokens that are written into source: how their bytes are recognised, and what PyJWT reads in them. Prints none.

Light to import: the gate asks it about every file.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jwt_sast.tokens.algorithms import HMAC_BYTES, NONE
from jwt_sast.tokens.challenges import Challenge, challenge

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
    it never does. `challenge` is what tells its key, None where that is no secret.
    """

    algorithm: str
    claims: tuple[str, ...]
    expires: float | None
    challenge: Challenge | None = field(default=None, compare=False, repr=False)


def may_hold_token(data: bytes) -> bool:
    """Whether there may be a token in a file with these bytes."""
    return b"eyJ" in data and _BEGINNING.search(data) is not None


def tokens_in(text: str) -> Iterator[WrittenToken]:
    """The signed tokens in a text that are no samples of a specification."""
    for match in _TOKEN.finditer(text):
        token = _read(match[0])
        if token is not None:
            yield token


def challenges_in(data: bytes) -> frozenset[Challenge]:
    """The challenges of the tokens among the literals of a source; none where it is too odd to be parsed."""
    # Only here: LibCST comes with it.
    from jwt_sast.syntax.source import MAX_LINE_LENGTH

    if max(map(len, data.splitlines()), default=0) > MAX_LINE_LENGTH:
        return frozenset()
    with warnings.catch_warnings():
        # Invalid escapes and the like are of no concern here and must not reach standard error.
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    read = (one.decode("latin-1") if isinstance(one, bytes) else one for one in texts)
    found = (token.challenge for text in read if isinstance(text, str) and "eyJ" in text for token in tokens_in(text))
    return frozenset(one for one in found if one is not None)


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
    names = tuple(sorted(map(str, claims)))
    signed = challenge(text, algorithm, content["signature"])
    return WrittenToken(algorithm, names, expires if is_time else None, signed)


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
