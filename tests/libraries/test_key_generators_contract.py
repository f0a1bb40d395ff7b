"""What cryptography draws, in which order its parameters stand, and what PyJWT and python-jose make of small keys."""

from __future__ import annotations

import inspect

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import jwt as jose_jwt
from jose.exceptions import JOSEError


def test_order() -> None:
    parameters = list(inspect.signature(rsa.generate_private_key).parameters)
    assert parameters[:3] == ["public_exponent", "key_size", "backend"]


def test_the_size_is_that_of_the_key() -> None:
    assert rsa.generate_private_key(65537, 1024).key_size == 1024


def test_what_is_drawn_differs_each_time() -> None:
    for draw in (ed25519.Ed25519PrivateKey.generate, ed448.Ed448PrivateKey.generate):
        assert draw().private_bytes_raw() != draw().private_bytes_raw()
    assert ec.generate_private_key(ec.SECP256R1()).private_numbers() != (
        ec.generate_private_key(ec.SECP256R1()).private_numbers()
    )


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_small_rsa_key_signs_in_both_libraries() -> None:
    key = rsa.generate_private_key(65537, 1024)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for token in (jwt.encode({}, key, algorithm="RS256"), jose_jwt.encode({}, pem, algorithm="RS256")):
        assert jwt.decode(token, key.public_key(), algorithms=["RS256"]) == {}


def test_a_small_curve_signs_in_neither() -> None:
    key = ec.generate_private_key(ec.SECP192R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    with pytest.raises(jwt.InvalidKeyError):
        jwt.encode({}, key, algorithm="ES256")
    with pytest.raises(JOSEError):
        jose_jwt.encode({}, pem, algorithm="ES256")
