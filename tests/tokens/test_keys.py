"""Keys as facts: what a literal is as a key, what a key can be, and how long it is."""

from __future__ import annotations

import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.semantics.stdlib.randomness import PREDICTABLE, RANDOM, Drawn
from jwt_sast.semantics.values import Absent, Constant, Environment, Known, OneOf, Part, Produced, Text, Unknown, Value
from jwt_sast.tokens.keys import Kind, kind, known_length, literals

EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)


def private_text(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, form: PrivateFormat) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


def public_text(form: PublicFormat, encoding: Encoding = Encoding.PEM) -> str:
    key = EC_KEY if encoding is Encoding.OpenSSH else RSA_KEY
    return key.public_key().public_bytes(encoding, form).decode()


PRIVATE_JWK = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256).to_jwk(EC_KEY, as_dict=True)
PUBLIC_JWK = jwt.algorithms.RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True)
HMAC_JWK = jwt.algorithms.HMACAlgorithm.to_jwk(b"not a real secret", as_dict=True)

TEXTS: dict[str, tuple[str, Kind]] = {
    "PKCS #8": (private_text(RSA_KEY, PrivateFormat.PKCS8), Kind.PRIVATE),
    "PKCS #1": (private_text(RSA_KEY, PrivateFormat.TraditionalOpenSSL), Kind.PRIVATE),
    "SEC 1": (private_text(EC_KEY, PrivateFormat.TraditionalOpenSSL), Kind.PRIVATE),
    "OpenSSH": (private_text(EC_KEY, PrivateFormat.OpenSSH), Kind.PRIVATE),
    "encrypted": ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII\n-----END ENCRYPTED PRIVATE KEY-----", Kind.PRIVATE),
    "indented": ("\n    " + private_text(EC_KEY, PrivateFormat.PKCS8), Kind.PRIVATE),
    "JWK, private": (json.dumps(PRIVATE_JWK), Kind.PRIVATE),
    "JWK, private, the type last": (json.dumps(dict(reversed(PRIVATE_JWK.items())), indent=1), Kind.PRIVATE),
    "JWK, HMAC": (json.dumps(HMAC_JWK), Kind.PRIVATE),
    "JWK, public": (json.dumps(PUBLIC_JWK | {"kid": "d"}), Kind.PUBLIC),
    "SubjectPublicKeyInfo": (public_text(PublicFormat.SubjectPublicKeyInfo), Kind.PUBLIC),
    "PKCS #1, public": (public_text(PublicFormat.PKCS1), Kind.PUBLIC),
    "SSH, public": (public_text(PublicFormat.OpenSSH, Encoding.OpenSSH), Kind.PUBLIC),
    "SSH, public, RSA": ("ssh-rsa AAAAB3NzaC1yc2E alice", Kind.PUBLIC),
    "certificate": ("-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----", Kind.PUBLIC),
    "password": ("s3cr3t", Kind.SECRET),
    "that speaks of keys": ("my ssh-rsa PRIVATE KEY", Kind.SECRET),
    "JSON of another kind": ('{"d": 1, "k": 2}', Kind.SECRET),
    "non-ASCII": ("schlüssel", Kind.SECRET),
    "one blank": (" ", Kind.SECRET),
    "nothing": ("", Kind.EMPTY),
}

NO_KEYS: list[Constant] = [0, 1, 1.5, True, False]

UNKNOWN = Unknown("a call", 1)
PARAMETER = Unknown("a parameter", 2)
FIRST, SECOND = Known("first"), Known("second")


class TestKind:
    @pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
    def test_of_a_text(self, text: str, expected: Kind) -> None:
        assert kind(Known(text)) is expected

    @pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
    def test_of_bytes(self, text: str, expected: Kind) -> None:
        assert kind(Known(text.encode())) is expected

    @pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
    def test_pyjwt_takes_the_same_texts_for_secrets(self, text: str, expected: Kind) -> None:
        algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
        if expected is Kind.SECRET:
            assert algorithm.prepare_key(text) == text.encode()
        else:
            with pytest.raises(jwt.InvalidKeyError):
                algorithm.prepare_key(text)

    def test_none_is_an_empty_key(self) -> None:
        assert kind(Known(None)) is Kind.EMPTY

    @pytest.mark.parametrize("constant", NO_KEYS)
    def test_what_cannot_be_a_key(self, constant: Constant) -> None:
        assert kind(Known(constant)) is None

    @settings(deadline=None)
    @given(st.binary(min_size=1))
    def test_bytes_of_any_value(self, data: bytes) -> None:
        assert kind(Known(data)) in (Kind.SECRET, Kind.PUBLIC, Kind.PRIVATE)


class TestLiterals:
    """Each candidate as (literal, whether something better is asked for first, whether it is one on every path)."""

    @pytest.mark.parametrize(
        ("key", "expected"),
        {
            FIRST: [("first", False, True)],
            OneOf((FIRST, SECOND)): [("first", False, True), ("second", False, True)],
            OneOf((FIRST, PARAMETER)): [("first", False, False)],
            OneOf((FIRST, UNKNOWN)): [("first", True, False)],
            Environment("KEY", FIRST): [("first", True, False)],
            Environment("KEY", OneOf((FIRST, SECOND))): [("first", True, False), ("second", True, False)],
            Environment("KEY", Environment("OLD_KEY", FIRST)): [("first", True, False)],
            OneOf((Environment("KEY"), FIRST)): [("first", True, False)],
            OneOf((FIRST, Known(7))): [("first", False, True)],
            Environment("KEY"): [],
            Environment("KEY", UNKNOWN): [],
            Known(7): [],
            UNKNOWN: [],
            PARAMETER: [],
            Absent(): [],
        }.items(),
    )
    def test_what_a_key_can_be(self, key: Value, expected: list[tuple[str, bool, bool]]) -> None:
        found = [(candidate.literal.constant, candidate.fallback, candidate.sure) for candidate in literals(key)]
        assert found == expected

    def test_each_has_its_own_kind(self) -> None:
        found = literals(OneOf((FIRST, Known(""), Known(TEXTS["PKCS #8"][0]), Known(TEXTS["SSH, public"][0]))))
        assert [candidate.kind for candidate in found] == [Kind.SECRET, Kind.EMPTY, Kind.PRIVATE, Kind.PUBLIC]


def drawn(length: int | None) -> Produced:
    return Produced(RANDOM, Drawn(length, length))


def cut(of: Value, start: int | None, stop: int | None, step: int | None = None) -> Part:
    return Part(of, (start, stop, step), "slice")


class TestKnownLength:
    @pytest.mark.parametrize(
        ("key", "length"),
        [
            (Known("s3cr3t"), 6),
            (Known(""), 0),
            (Known("schlüssel"), 10),
            (Known("🔑"), 4),
            (Known("\udc80"), 3),
            (Known(b"schl\xfcssel"), 9),
            (drawn(16), 16),
            (drawn(None), None),
            (Part(drawn(36), "hex", "attribute"), 32),
            (Part(drawn(36), "int", "attribute"), None),
            (Part(UNKNOWN, "hex", "attribute"), None),
            (cut(UNKNOWN, None, 16), 16),
            (cut(UNKNOWN, 4, 16), 12),
            (cut(UNKNOWN, -4, 16), 16),
            (cut(UNKNOWN, 16, 4), 0),
            (cut(UNKNOWN, None, -4), None),
            (cut(UNKNOWN, 4, None), None),
            (cut(UNKNOWN, None, 16, 2), None),
            (cut(drawn(8), None, 16), 8),
            (cut(drawn(64), None, 16), 16),
            (cut(cut(UNKNOWN, None, 8), None, 16), 8),
            (Produced(PREDICTABLE, "random.random"), None),
            (Known(None), None),
            (Known(7), None),
            (Text(("key-", UNKNOWN)), None),
            (Environment("KEY"), None),
            (Environment("KEY", FIRST), None),
            (UNKNOWN, None),
        ],
    )
    def test_in_bytes(self, key: Value, length: int | None) -> None:
        assert known_length(key) == length

    @settings(deadline=None)
    @given(st.text())
    def test_a_text_is_as_long_as_it_is_encoded(self, text: str) -> None:
        assert known_length(Known(text)) == len(text.encode())

    @settings(deadline=None)
    @given(st.binary(), st.none() | st.integers(-8, 8), st.integers(1, 8))
    def test_a_slice_is_never_longer_than_is_said(self, data: bytes, start: int | None, stop: int) -> None:
        for inner in (Known(data), UNKNOWN):
            length = known_length(cut(inner, start, stop))
            assert length is not None
            assert length >= len(data[start:stop])
