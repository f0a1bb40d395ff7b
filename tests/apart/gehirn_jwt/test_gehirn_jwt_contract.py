"""The contract of GehirnInc's `jwt`, which backs the model `jwt_sast/libraries/gehirn_jwt.py`.

Its import name is that of PyJWT, so it is tested apart: `nox -s 'apart(gehirn_jwt)'`.
"""

from __future__ import annotations

import importlib.metadata
import inspect
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hand_made_tokens import mint, opened, segment
from jwt import JWT, jwk_from_dict, jwk_from_pem
from jwt.exceptions import JWTDecodeError, JWTEncodeError
from jwt.jwk import OctetJWK
from jwt.utils import get_int_from_datetime

SECRET = "kept by the provider, drawn for these tests alone"
FUTURE = 4_102_444_800


def octets(secret: str | bytes) -> Any:
    """A symmetric key object."""
    return OctetJWK(secret.encode() if isinstance(secret, str) else secret)


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, bytes]:
    """An RSA key pair as PEM, the private half first."""
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class TestNames:
    """How it is told apart from PyJWT."""

    def test_it_is_the_distribution_jwt(self) -> None:
        assert importlib.metadata.version("jwt") == "1.4.0"

    @pytest.mark.parametrize("name", ["encode", "decode", "decode_complete", "get_unverified_header", "PyJWT", "PyJWK"])
    def test_what_pyjwt_has_is_not_there(self, name: str) -> None:
        assert not hasattr(jwt, name)

    @pytest.mark.parametrize("name", ["JWT", "JWKSet", "jwk_from_dict", "jwk_from_pem", "jwk_from_bytes"])
    def test_what_it_has_itself(self, name: str) -> None:
        assert hasattr(jwt, name)

    def test_the_same_things_lie_in_modules_of_their_own(self) -> None:
        assert jwt.jwt.JWT is JWT
        assert jwt.jwk.jwk_from_dict is jwk_from_dict
        assert jwt.jwk.OctetJWK is OctetJWK


class TestParameters:
    """Which parameter stands where."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (JWT().encode, "payload key alg optional_headers"),
            (JWT().decode, "message key do_verify algorithms do_time_check"),
            (jwk_from_dict, "dct"),
            (jwk_from_pem, "pem_content private_password options"),
            (OctetJWK, "key kid options"),
            (jwt.jwk_from_bytes, "content private_loader public_loader private_password backend options"),
            (jwt.jwk_from_der, "der_content private_password options"),
            (get_int_from_datetime, "value"),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    @pytest.mark.parametrize("method", ["encode", "decode"])
    def test_nothing_can_be_called_on_the_class(self, method: str) -> None:
        with pytest.raises(RuntimeError):
            getattr(JWT, method)(None, "")

    @pytest.mark.parametrize("unknown", ["verify", "options", "audience", "issuer", "leeway"])
    def test_unknown_keywords_are_refused(self, unknown: str) -> None:
        with pytest.raises(TypeError):
            JWT().decode(mint({}, SECRET), octets(SECRET), **{unknown: None})


class TestSigning:
    def test_the_default_algorithm_is_hs256(self) -> None:
        assert opened(JWT().encode({}, octets(SECRET)))[0]["alg"] == "HS256"

    def test_no_claim_is_added(self) -> None:
        assert opened(JWT().encode({}, octets(SECRET)))[1] == {}

    def test_the_argument_wins_over_the_header(self) -> None:
        assert opened(JWT().encode({}, octets(SECRET), optional_headers={"alg": "none"}))[0]["alg"] == "HS256"

    def test_none_is_unknown(self) -> None:
        with pytest.raises(JWTEncodeError):
            JWT().encode({}, None, alg="none")

    def test_a_datetime_is_refused(self) -> None:
        with pytest.raises(TypeError):
            JWT().encode({"exp": datetime.now(UTC)}, octets(SECRET))

    def test_the_helper_takes_a_naive_datetime_for_local_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", "JST-9")
        time.tzset()
        try:
            assert get_int_from_datetime(datetime(1970, 1, 1, 9)) == 0
        finally:
            monkeypatch.undo()
            time.tzset()


class TestKeys:
    @pytest.mark.parametrize("key", ["text", b"bytes", {"kty": "oct", "k": "AA"}], ids=str)
    def test_a_key_is_an_object(self, key: object) -> None:
        with pytest.raises(TypeError):
            JWT().encode({}, key)
        with pytest.raises(TypeError):
            JWT().decode(mint({}, SECRET), key)

    def test_without_a_key_nothing_verifies(self) -> None:
        with pytest.raises(Exception, match="key"):
            JWT().decode(mint({}, SECRET))

    def test_an_empty_key_signs_and_verifies(self) -> None:
        assert JWT().decode(mint({"sub": "mallory"}, ""), octets("")) == {"sub": "mallory"}
        assert JWT().decode(JWT().encode({}, jwk_from_dict({"kty": "oct", "k": ""})), octets("")) == {}

    def test_a_short_key_signs_and_verifies(self) -> None:
        assert JWT().decode(JWT().encode({}, octets("k")), octets("k")) == {}

    def test_a_jwk_holds_its_secret_in_base64url(self) -> None:
        key = jwk_from_dict({"kty": "oct", "k": segment(SECRET.encode())})
        assert JWT().decode(mint({}, SECRET), key) == {}

    def test_the_kind_of_the_key_decides_which_algorithms_it_serves(self, pair: tuple[bytes, bytes]) -> None:
        public = jwk_from_pem(pair[1])
        with pytest.raises(Exception, match="key"):
            JWT().decode(mint({}, pair[1]), public)
        assert JWT().decode(JWT().encode({}, jwk_from_pem(pair[0]), alg="RS256"), public) == {}


class TestVerifying:
    @pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
    def test_without_a_list_any_algorithm_of_the_key_s_kind_is_taken(self, alg: str) -> None:
        assert JWT().decode(mint({}, SECRET, alg), octets(SECRET)) == {}

    @pytest.mark.parametrize("allowed", [{"HS512"}, ["HS512"], set()], ids=str)
    def test_an_algorithm_outside_the_list_is_refused(self, allowed: Any) -> None:
        with pytest.raises(JWTDecodeError):
            JWT().decode(mint({}, SECRET), octets(SECRET), algorithms=allowed)

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    def test_none_never_verifies(self, name: str) -> None:
        for allowed in (None, {name}, {"HS256", name}):
            with pytest.raises(JWTDecodeError):
                JWT().decode(mint({}, "", name), octets(SECRET), algorithms=allowed)

    def test_a_forged_token_is_refused(self) -> None:
        with pytest.raises(JWTDecodeError):
            JWT().decode(mint({}, "key of the attacker"), octets(SECRET))

    def test_do_verify_switches_off_the_signature_and_nothing_else(self) -> None:
        assert JWT().decode(mint({}, "key of the attacker"), do_verify=False) == {}
        assert JWT().decode(mint({}, "key of the attacker"), None, False) == {}
        with pytest.raises(JWTDecodeError):
            JWT().decode(mint({"exp": 1}, "key of the attacker"), do_verify=False)
        assert JWT().decode(mint({"exp": 1}, "key of the attacker"), do_verify=False, do_time_check=False)


class TestClaims:
    @pytest.mark.parametrize("claims", [{"exp": 1}, {"nbf": FUTURE}], ids=str)
    def test_times_are_checked_unless_that_is_switched_off(self, claims: dict[str, int]) -> None:
        token = mint(claims, SECRET)
        with pytest.raises(JWTDecodeError):
            JWT().decode(token, octets(SECRET))
        assert JWT().decode(token, octets(SECRET), do_time_check=False) == claims
        assert JWT().decode(token, octets(SECRET), True, None, False) == claims

    @pytest.mark.parametrize("claims", [{}, {"iat": FUTURE}, {"aud": "them"}, {"iss": "them"}], ids=str)
    def test_nothing_else_is_looked_at_or_required(self, claims: dict[str, Any]) -> None:
        assert JWT().decode(mint(claims, SECRET), octets(SECRET)) == claims

    def test_an_exp_in_milliseconds_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="year"):
            JWT().decode(mint({"exp": FUTURE * 1000}, SECRET), octets(SECRET))
