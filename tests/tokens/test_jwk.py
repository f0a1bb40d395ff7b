"""JWKs as facts: what of them is a secret, a private key or nothing of interest. Contract: tests/libraries."""

from __future__ import annotations

import json

import pytest

from jwt_sast.semantics.values import Constant, Entry, Environment, Known, Mapping, Sequence, Unknown, Value
from jwt_sast.tokens import jwk

KEY = {"kty": "oct", "k": "c2VjcmV0", "kid": "1"}
PRIVATE = {"kty": "RSA", "n": "x", "d": "y"}
PUBLIC = {"kty": "RSA", "n": "x"}


def value(content: object) -> Value:
    """A literal as the interpreter has it."""
    if isinstance(content, dict):
        return Mapping({key: Entry(value(one)) for key, one in content.items()})
    if isinstance(content, list):
        return Sequence(tuple(map(value, content)))
    assert content is None or isinstance(content, str | int)
    return Known(content)


def constant(found: Value) -> Constant:
    assert isinstance(found, Known)
    return found.constant


class TestText:
    @pytest.mark.parametrize("text", ["not JSON", "[1]", "1", '"oct"', b"\xff{}"])
    def test_that_is_no_jwk_stays_what_it_is(self, text: str | bytes) -> None:
        assert jwk.parsed(Known(text)) == Known(text)

    def test_with_other_things_in_it(self) -> None:
        """Lists are read, for `keys` and `key_ops`; numbers and flags are no part of a key."""
        found = jwk.parsed(Known(json.dumps({"keys": [KEY], "version": 1})))
        assert isinstance(found, Mapping)
        assert isinstance(found.entries["version"].value, Unknown)
        assert constant(jwk.material(found)) == b"secret"


class TestMaterial:
    def test_of_a_symmetric_key(self) -> None:
        assert constant(jwk.material(value(KEY))) == b"secret"

    def test_of_one_with_a_fallback(self) -> None:
        key = Mapping({"kty": Entry(Known("oct")), "k": Entry(Environment("K", Known("c2VjcmV0")))})
        found = jwk.material(key)
        assert isinstance(found, Environment)
        assert found.fallback is not None
        assert constant(found.fallback) == b"secret"

    def test_of_one_that_is_not_base64(self) -> None:
        assert constant(jwk.material(value(KEY | {"k": "abcde"}))) == "abcde"

    def test_of_a_private_key_is_no_secret_of_its_own(self) -> None:
        assert json.loads(str(constant(jwk.material(value(PRIVATE))))) == {"kty": "RSA", "d": "y"}

    def test_of_a_public_key(self) -> None:
        assert isinstance(jwk.material(value(PUBLIC)), Unknown)

    def test_of_a_kind_that_is_not_known(self) -> None:
        key = Mapping({"kty": Entry(Unknown("a parameter", "here")), "k": Entry(Known("c2VjcmV0"))})
        assert jwk.material(key) is key

    @pytest.mark.parametrize("empty", [[], {"keys": []}, {"keys": None}, {"a": "b"}])
    def test_of_what_holds_no_key(self, empty: object) -> None:
        whole = value(empty)
        assert jwk.material(whole) is whole
