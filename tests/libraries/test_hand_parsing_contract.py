"""What taking a token apart by hand gives: its header and claims, whoever has written them."""

from __future__ import annotations

import base64
import json

import jwt
import pytest
from jose.utils import base64url_decode as jose_decode
from jwt.utils import base64url_decode as pyjwt_decode

SECRET = "s" * 32
CLAIMS = {"sub": "alice", "motto": "\u00fe\u00ff??>>"}
HEADER = {"alg": "HS256", "typ": "JWT", "kid": "1"}


@pytest.fixture
def token() -> str:
    return jwt.encode(CLAIMS, SECRET, algorithm="HS256", headers={"kid": "1"})


def test_header_payload_and_signature_are_its_sections(token: str) -> None:
    header, payload, signature = token.split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == HEADER
    assert json.loads(base64.urlsafe_b64decode(payload + "==")) == CLAIMS
    assert token.rsplit(".", 1)[1] == token.rpartition(".")[2] == token.split(".")[-1] == signature


def test_padding_and_alphabet_change_nothing(token: str) -> None:
    payload = token.split(".")[1]
    padded = payload + "=" * (-len(payload) % 4)
    assert json.loads(base64.b64decode(padded.replace("-", "+").replace("_", "/"))) == CLAIMS


def test_decoders_of_libraries_verify_nothing(token: str) -> None:
    payload = token.split(".")[1].encode()
    assert json.loads(pyjwt_decode(payload)) == json.loads(jose_decode(payload)) == CLAIMS
