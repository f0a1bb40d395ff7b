"""Which key has signed a token that is written into source, told without the token's signature."""

from __future__ import annotations

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from jwt_sast.tokens.challenges import challenge, met
from jwt_sast.tokens.written_tokens import challenges_in, tokens_in

pytestmark = pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")

KEY = "not a key that anybody uses, and long enough for every hash there is"


def signed(key: str | bytes = KEY, algorithm: str = "HS256") -> str:
    return jwt.encode({"sub": "alice"}, key, algorithm)


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("key", [KEY, KEY.encode()])
def test_the_key_meets_it_and_no_other(key: str | bytes, algorithm: str) -> None:
    (token,) = tokens_in(signed(algorithm=algorithm))
    assert token.challenge is not None
    assert met(key, [token.challenge]) == {token.challenge}
    assert met(KEY[1:], [token.challenge]) == frozenset()


@settings(deadline=None)
@given(st.binary(min_size=1))
def test_with_any_key(key: bytes) -> None:
    (token,) = tokens_in(signed(key))
    assert token.challenge is not None
    assert token.challenge.is_met(key)
    assert not token.challenge.is_met(key + b"!")


def test_it_does_not_hold_the_signature() -> None:
    token = signed()
    (one,) = challenges_in(f"T = {token!r}".encode())
    assert token.rpartition(".")[2] not in repr(one)
    assert one.content == token.rpartition(".")[0]


def test_a_key_pair_has_none() -> None:
    text = jwt.encode({"sub": "alice"}, ec.generate_private_key(ec.SECP256R1()), "ES256")
    (token,) = tokens_in(text)
    assert token.challenge is None
    assert challenge(text, "ES256", b"") is None
    assert challenges_in(f"T = {text!r}".encode()) == frozenset()


TOKEN = signed()
SOURCES = {
    "a text": f"T = '{TOKEN}'",
    "bytes": f"T = b'{TOKEN}'",
    "in pieces": f"T = '{TOKEN[:20]}' \\\n    '{TOKEN[20:]}'",
    "a template": f"T = f'Bearer {TOKEN} {{x}}'",
    "an invalid escape": f"T = '{TOKEN} \\d'",
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_found_in_a_source(source: str) -> None:
    assert len(challenges_in(source.encode())) == 1


@pytest.mark.parametrize(
    "source",
    [b"", b"T = 1, 'eyJ'", f"T = '{TOKEN}' if".encode(), f"T = '{TOKEN}' + '{'x' * 500_001}'".encode(), b"\0"],
    ids=["nothing", "no token", "no Python", "too long a line", "NUL"],
)
def test_not_found(source: bytes) -> None:
    assert challenges_in(source) == frozenset()
