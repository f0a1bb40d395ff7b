"""The keys, the environment and the tokens with which the programs under `fixtures/` are run.

One imagined identity provider signs in three ways: with a shared secret, with an RSA key and with an EC key. A program
is proper if it takes a token made in one of these ways and refuses every token that somebody else could have made.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib.util
import json
import secrets
import sys
import time
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

SECRET = secrets.token_hex(32)
STRANGERS_SECRET = secrets.token_hex(32)
DAY = 24 * 60 * 60
ISSUER = "https://login.example.com"
REALM = "realm"
"""The key id of the provider's RSA key; the shared secret has none."""


class Keys(NamedTuple):
    """Key pairs that live as long as the test session."""

    rsa: rsa.RSAPrivateKey
    ec: ec.EllipticCurvePrivateKey
    stranger: rsa.RSAPrivateKey


@cache
def keys() -> Keys:
    """The session's key pairs; drawing them takes a moment, so they are drawn once."""
    return Keys(
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
        rsa.generate_private_key(65537, 2048),
    )


@cache
def published() -> dict[str, str]:
    """What everybody may know of the provider's keys, by the variable from which programs read it."""
    public = keys().rsa.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return {
        "JWT_PUBLIC_KEY": pem,
        "REALM_PUBLIC_KEY": "".join(pem.splitlines()[1:-1]),
        "JWT_JWK": json.dumps(jwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True) | {"alg": "RS256"}),
        "SSH_PUBLIC_KEY": keys().ec.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode(),
    }


@cache
def environment() -> dict[str, str]:
    """Every variable that programs read and that is set; those that they read with a fallback are left unset."""
    private = keys().rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return published() | {
        "JWT_SECRET": SECRET,
        "JWT_PRIVATE_KEY": private.decode(),
        "AUTH_DEBUG": "1",
        "ALLOW_EXPIRED": "1",
        "ALLOW_REALM": "1",
    }


def load(path: Path) -> ModuleType:
    """The program at `path`, freshly imported, so that it reads the environment as it is now."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    # Some frameworks look up where a function comes from while it is defined.
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def takes(program: ModuleType, token: str) -> bool:
    """Whether the program's `accept` takes `token`; any exception is a refusal."""
    try:
        program.accept(token)
    except Exception:
        return False
    return True


def claims(lifetime: int | None = 600) -> dict[str, object]:
    """The claims of a token that expires in `lifetime` seconds: below zero it has expired, with None it never does."""
    now = int(time.time())
    content: dict[str, object] = {"sub": "alice", "role": "admin", "iss": ISSUER, "iat": now - 2 * DAY}
    return content if lifetime is None else content | {"exp": now + lifetime}


def provider_tokens(lifetime: int | None = 600) -> list[str]:
    """The provider's own tokens, one for each way in which it signs; `lifetime` as for `claims`."""
    return [
        jwt.encode(claims(lifetime), SECRET, algorithm="HS256"),
        jwt.encode(claims(lifetime), keys().rsa, algorithm="RS256", headers={"kid": REALM}),
        jwt.encode(claims(lifetime), keys().ec, algorithm="ES256"),
    ]


def strangers_tokens() -> list[str]:
    """Tokens of somebody who has none of the provider's keys and says that he is the provider."""
    return [
        jwt.encode(claims(), "", algorithm="none"),
        jwt.encode(claims(), STRANGERS_SECRET, algorithm="HS256"),
        jwt.encode(claims(), keys().stranger, algorithm="RS256", headers={"kid": REALM}),
    ]


def confused_tokens() -> list[str]:
    """Tokens whose HMAC key is a public key, in every form in which it is published."""
    return [hmac_token(text.encode()) for text in published().values()]


def hmac_token(key: bytes) -> str:
    """An HS256 token made by hand, for keys with which the libraries refuse to sign."""
    header = {"alg": "HS256", "typ": "JWT", "kid": REALM}
    signed = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims()))
    return f"{signed}.{hmac_signature(key, signed)}"


def hmac_signature(key: bytes, signed: str) -> str:
    """The HS256 signature of a token's first two segments, as it stands in the third."""
    return _encoded(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
