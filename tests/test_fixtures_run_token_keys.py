"""Runs the programs of JWT108: with a key of his own in the token's header, a stranger is let in by each bad program.

The stranger embeds his public key and his certificate in the token, and publishes his key set on a server of his own,
which the header names. Proper tokens name the provider's key set.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from fixture_keys import REALM, claims, environment, keys, load, takes
from fixture_programs import bad, good

FOLDER = "JWT108-key-from-token"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: nobody reads it."""


def public(key: RSAPrivateKey) -> dict[str, Any]:
    """The public half as a JWK with the id that all tokens name."""
    return jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": REALM, "alg": "RS256"}


def certificate(key: RSAPrivateKey) -> str:
    """A certificate of the key that nobody else has signed, as `x5c` holds one (RFC 7515 §4.1.6)."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "login.example.com")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    dated = builder.not_valid_before(datetime.datetime(2020, 1, 1)).not_valid_after(datetime.datetime(2100, 1, 1))
    return base64.b64encode(dated.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)).decode()


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Path]:
    """A folder that a server shows to everybody; its address is in the file `address`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        (tmp_path / "address").write_text(f"http://127.0.0.1:{server.server_port}")
        yield tmp_path
        server.shutdown()
        thread.join()


@pytest.fixture
def strangers_token(published: Path) -> str:
    return _signed(keys().stranger, published, "http://localhost:", "strangers.json")


@pytest.fixture
def proper_token(published: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The provider's own token; the environment of the programs is the provider's too."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    address = (published / "address").read_text()
    monkeypatch.setenv("KEY_SET_URL", f"{address}/provider.json")
    return _signed(keys().rsa, published, "http://127.0.0.1:", "provider.json")


def _signed(key: RSAPrivateKey, published: Path, host: str, name: str) -> str:
    (published / name).write_text(json.dumps({"keys": [public(key)]}))
    address = (published / "address").read_text().replace("http://127.0.0.1:", host)
    headers = {"kid": REALM, "jwk": public(key), "x5c": [certificate(key)], "jku": f"{address}/{name}"}
    return jwt.encode(claims(), key, algorithm="RS256", headers=headers)


@bad(FOLDER)
def test_a_bad_program_takes_a_strangers_token(path: Path, strangers_token: str, proper_token: str) -> None:
    program = load(path)
    assert takes(program, strangers_token)
    assert takes(program, proper_token)


@good(FOLDER)
def test_a_good_program_takes_proper_tokens_only(path: Path, strangers_token: str, proper_token: str) -> None:
    program = load(path)
    assert not takes(program, strangers_token)
    assert takes(program, proper_token)
