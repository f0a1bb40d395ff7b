"""The contract of JWKs in PyJWT and python-jose, which backs `jwt_sast/tokens/jwk.py`."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jose import jwk as jose_jwk
from jose import jwt as jose_jwt
from jose.exceptions import JWKError
from published_keys import publishing

CLAIMS = {"sub": "alice"}


@pytest.fixture(scope="session")
def oct_jwk(secret: str) -> dict[str, str]:
    """The secret of the tests as a JWK."""
    return {
        "kty": "oct",
        "kid": "1",
        "alg": "HS256",
        "k": base64.urlsafe_b64encode(secret.encode()).rstrip(b"=").decode(),
    }


@pytest.fixture(scope="session")
def private_jwk(rsa_key: rsa.RSAPrivateKey) -> dict[str, Any]:
    return dict(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key, as_dict=True))


def as_key(jwk: dict[str, str]) -> jwt.PyJWK:
    return jwt.PyJWK(jwk)


MAKERS: dict[str, Callable[[dict[str, str]], jwt.PyJWK]] = {
    "PyJWK": as_key,
    "from_dict": jwt.PyJWK.from_dict,
    "from_json": lambda jwk: jwt.PyJWK.from_json(json.dumps(jwk)),
    "PyJWKSet": lambda jwk: jwt.PyJWKSet([jwk])["1"],
    "PyJWKSet.keys": lambda jwk: jwt.PyJWKSet([jwk]).keys[0],
    "PyJWKSet.from_dict": lambda jwk: jwt.PyJWKSet.from_dict({"keys": [jwk]})["1"],
    "PyJWKSet.from_json": lambda jwk: jwt.PyJWKSet.from_json(json.dumps({"keys": [jwk]}))["1"],
}


class TestPyJWT:
    @pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
    def test_a_symmetric_jwk_is_its_secret(
        self, make: Callable[[dict[str, str]], jwt.PyJWK], oct_jwk: dict[str, str], secret: str, valid: str
    ) -> None:
        assert make(oct_jwk).key == secret.encode()
        assert jwt.decode(valid, make(oct_jwk), algorithms=["HS256"]) == CLAIMS
        assert jwt.decode(jwt.encode(CLAIMS, make(oct_jwk)), secret, algorithms=["HS256"]) == CLAIMS

    def test_it_pins_the_algorithm(self, private_jwk: dict[str, Any], secret: str) -> None:
        public = {name: value for name, value in private_jwk.items() if name in ("kty", "n", "e")}
        token = jwt.encode(CLAIMS, secret, algorithm="HS256")
        with pytest.raises(jwt.InvalidAlgorithmError):
            jwt.decode(token, jwt.PyJWK(public), algorithms=["HS256", "RS256"])

    @pytest.mark.parametrize("form", [dict, json.dumps])
    def test_from_jwk_gives_the_key_itself(
        self, form: Callable[[dict[str, Any]], Any], oct_jwk: dict[str, str], private_jwk: dict[str, Any], secret: str
    ) -> None:
        assert jwt.algorithms.HMACAlgorithm.from_jwk(form(oct_jwk)) == secret.encode()
        assert isinstance(jwt.algorithms.RSAAlgorithm.from_jwk(form(private_jwk)), rsa.RSAPrivateKey)

    @pytest.mark.usefixtures("direct")
    def test_what_is_fetched(self, oct_jwk: dict[str, str], secret: str, mint: Callable[..., str]) -> None:
        with publishing(oct_jwk) as issuer:
            client = jwt.PyJWKClient(f"{issuer}/keys")
            token = jwt.encode(CLAIMS, secret, headers={"kid": "1"})
            keys = [
                client.get_signing_key("1"),
                client.get_signing_key_from_jwt(token),
                client.get_signing_keys()[0],
                client.get_jwk_set()["1"],
                client.get_jwk_set().keys[0],
                client.match_kid(client.get_signing_keys(), "1"),
            ]
        for key in keys:
            assert isinstance(key, jwt.PyJWK)
            assert jwt.decode(token, key) == CLAIMS
            with pytest.raises(jwt.InvalidAlgorithmError):
                jwt.decode(mint(CLAIMS, secret, alg="HS512"), key, algorithms=["HS256", "HS512"])

    @pytest.mark.usefixtures("direct")
    def test_looking_for_the_key_verifies_nothing(self, oct_jwk: dict[str, str]) -> None:
        with publishing(oct_jwk) as issuer:
            forged = jwt.encode(CLAIMS, "the key of an attacker, who knows how long", headers={"kid": "1"})
            assert jwt.PyJWKClient(f"{issuer}/keys").get_signing_key_from_jwt(forged).key_id == "1"

    def test_a_private_jwk_signs(self, private_jwk: dict[str, Any], public_pem: str) -> None:
        token = jwt.encode(CLAIMS, jwt.PyJWK(private_jwk), algorithm="RS256")
        assert jwt.decode(token, public_pem, algorithms=["RS256"]) == CLAIMS

    def test_a_dict_is_no_key(self, oct_jwk: dict[str, Any]) -> None:
        key: Any = oct_jwk
        with pytest.raises(TypeError):
            jwt.encode(CLAIMS, key)


class TestPythonJose:
    @pytest.mark.parametrize("form", [dict, json.dumps, lambda jwk: {"keys": [jwk]}, lambda jwk: [jwk]])
    def test_a_symmetric_jwk_verifies(
        self, form: Callable[[dict[str, str]], Any], oct_jwk: dict[str, str], valid: str
    ) -> None:
        assert jose_jwt.decode(valid, form(oct_jwk), algorithms=["HS256"]) == CLAIMS

    def test_a_key_object(self, oct_jwk: dict[str, str], secret: str, valid: str) -> None:
        for key in (jose_jwk.construct(secret, "HS256"), jose_jwk.construct(oct_jwk)):
            assert jose_jwt.decode(valid, key, algorithms=["HS256"]) == CLAIMS

    def test_a_text_is_no_jwk_to_construct(self, oct_jwk: dict[str, str]) -> None:
        text = json.dumps(oct_jwk)
        token = jose_jwt.encode(CLAIMS, jose_jwk.construct(text, "HS256"))
        assert jwt.decode(token, text, algorithms=["HS256"], options={"verify_signature": False}) == CLAIMS
        with pytest.raises(jose_jwt.JWTError):
            jose_jwt.decode(token, oct_jwk, algorithms=["HS256"])

    def test_a_public_jwk_is_no_hmac_secret(self, private_jwk: dict[str, Any]) -> None:
        with pytest.raises(JWKError):
            jose_jwk.construct({**private_jwk}, "HS256")
