"""The contract of jwcrypto, which backs the models `jwt_sast/libraries/jwcrypto.py` and `jwcrypto_parts.py`."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hand_made_tokens import opened, segment
from jwcrypto import common, jwk, jws, jwt
from jwcrypto.common import JWException
from jwcrypto.jws import InvalidJWSOperation, InvalidJWSSignature
from jwcrypto.jwt import JWTExpired, JWTInvalidClaimValue, JWTMissingClaim, JWTNotYetValid

FUTURE = 4_102_444_800
MINUTES = 600


@pytest.fixture(scope="module")
def key(secret: str) -> jwk.JWK:
    """The symmetric key of the tests."""
    return jwk.JWK.from_password(secret)


def signed(key: jwk.JWK | None, claims: Any, **arguments: Any) -> str:
    """A token that the library has made."""
    token = jwt.JWT(**{"header": {"alg": "HS256"}, "claims": claims, **arguments})
    token.make_signed_token(key)
    text: str = token.serialize()
    return text


class TestParameters:
    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.JWT, "header claims jwt key algs default_claims check_claims expected_type strict_serialization"),
            (jwt.JWT.deserialize, "self jwt key"),
            (jwt.JWT.validate, "self key"),
            (jwt.JWT.from_jose_token, "token"),
            (jwt.JWT.make_signed_token, "self key"),
            (jws.JWS.deserialize, "self raw_jws key alg"),
            (jws.JWS.verify, "self key alg detached_payload"),
            (jws.JWS.add_signature, "self key alg protected header"),
            (jwk.JWK.from_json, "key"),
            (jwk.JWK.from_pem, "data password"),
            (jwk.JWK.from_password, "password"),
            (jwk.JWKSet.from_json, "keyset"),
            (jwk.JWKSet.add, "self elem"),
            (jwk.JWKSet.get_key, "self kid"),
            (common.json_encode, "string"),
            (common.json_decode, "string"),
        ],
        ids=lambda value: getattr(value, "__qualname__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_the_helpers_are_there_under_other_names(self) -> None:
        assert jwt.json_decode is jwk.json_decode is common.json_decode
        assert jwt.json_encode is jwk.json_encode is common.json_encode


class TestSigning:
    @pytest.mark.parametrize("written", [lambda value: value, json.dumps], ids=["dict", "text"])
    def test_header_and_claims_are_dicts_or_texts(self, key: jwk.JWK, written: Callable[[Any], Any]) -> None:
        token = jwt.JWT(header=written({"alg": "HS512"}), claims=written({"sub": "alice"}))
        token.make_signed_token(key)
        head, claims = opened(token.serialize())
        assert (head["alg"], claims) == ("HS512", {"sub": "alice"})

    def test_no_expiry_is_added(self, key: jwk.JWK) -> None:
        assert opened(signed(key, {}))[1] == {}
        assert "exp" not in opened(signed(key, {}, default_claims={"iat": None}))[1]

    def test_a_default_adds_an_expiry_of_ten_minutes(self, key: jwk.JWK) -> None:
        claims = opened(signed(key, {}, default_claims={"iat": None, "exp": None}))[1]
        assert claims["exp"] - claims["iat"] == MINUTES
        assert opened(signed(key, json.dumps({}), default_claims={"exp": FUTURE}))[1] == {"exp": FUTURE}

    def test_claims_may_be_set_later(self, key: jwk.JWK) -> None:
        token = jwt.JWT(header={"alg": "HS256"})
        token.claims = {"sub": "alice"}
        token.make_signed_token(key)
        assert opened(token.serialize())[1] == {"sub": "alice"}

    def test_the_claims_are_those_of_the_constructor(self, key: jwk.JWK) -> None:
        claims = {"sub": "alice"}
        token = jwt.JWT(header={"alg": "HS256"}, claims=claims)
        claims["exp"] = FUTURE  # type: ignore[assignment]
        token.make_signed_token(key)
        assert opened(token.serialize())[1] == {"sub": "alice"}

    def test_a_datetime_is_refused(self, key: jwk.JWK) -> None:
        with pytest.raises(TypeError):
            signed(key, {"exp": datetime.now(UTC)})

    def test_none_signs_where_the_list_has_it(self, key: jwk.JWK) -> None:
        token = signed(key, {}, header={"alg": "none"}, algs=["none"])
        assert token.endswith(".")
        with pytest.raises(JWException):
            signed(key, {}, header={"alg": "none"})

    def test_a_jws_takes_its_algorithm_from_the_argument_or_the_header(self, key: jwk.JWK) -> None:
        for alg, protected in (("HS256", {"alg": "HS256"}), (None, {"alg": "HS256"})):
            token = jws.JWS(b"{}")
            token.add_signature(key, alg, json.dumps(protected))
            assert opened(token.serialize(compact=True))[0]["alg"] == "HS256"


class TestKeys:
    def test_a_short_secret_neither_signs_nor_verifies(self, mint: Callable[..., str]) -> None:
        short = jwk.JWK.from_password("k" * 31)
        with pytest.raises(JWException):
            signed(short, {})
        with pytest.raises(InvalidJWSSignature):
            jwt.JWT(jwt=mint({}, "k" * 31), key=short)

    def test_a_jwk_holds_its_secret_in_base64url(self, mint: Callable[..., str], secret: str) -> None:
        text = segment(secret.encode())
        as_json = json.dumps({"kty": "oct", "k": text})
        for key in (jwk.JWK(kty="oct", k=text), jwk.JWK.from_json(as_json), jwk.JWK.from_password(secret)):
            assert jwt.JWT(jwt=mint({}, secret), key=key).claims == "{}"

    def test_a_set_takes_any_of_its_keys(self, mint: Callable[..., str], secret: str, key: jwk.JWK) -> None:
        keys = jwk.JWKSet()
        keys.add(jwk.JWK.generate(kty="oct", size=256))
        keys.add(key)
        assert jwt.JWT(jwt=mint({}, secret), key=keys).claims == "{}"

    def test_the_kind_of_the_key_decides_which_algorithms_it_serves(
        self, mint: Callable[..., str], public_pem: str, private_pem: str
    ) -> None:
        public = jwk.JWK.from_pem(public_pem.encode())
        with pytest.raises(InvalidJWSSignature):
            jwt.JWT(jwt=mint({}, public_pem), key=public)
        token = signed(jwk.JWK.from_pem(private_pem.encode()), {}, header={"alg": "RS256"})
        assert jwt.JWT(jwt=token, key=public).claims == "{}"

    def test_a_public_key_may_be_made_a_secret(self, mint: Callable[..., str], public_pem: str) -> None:
        token = mint({"sub": "mallory"}, public_pem)
        assert "mallory" in jwt.JWT(jwt=token, key=jwk.JWK.from_password(public_pem)).claims


class TestVerifying:
    def test_without_a_list_the_algorithms_of_the_key_s_kind_are_taken(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK
    ) -> None:
        lists: tuple[list[str] | None, ...] = (None, [])
        for alg in ("HS256", "HS384", "HS512"):
            for allowed in lists:
                assert jwt.JWT(jwt=mint({}, secret, alg), key=key, algs=allowed).claims == "{}"

    def test_a_list_is_kept_to(self, valid: str, key: jwk.JWK) -> None:
        with pytest.raises(InvalidJWSSignature):
            jwt.JWT(jwt=valid, key=key, algs=["HS512"])
        with pytest.raises(TypeError):
            jwt.JWT(jwt=valid, key=key, algs="HS256")

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    def test_none_never_verifies(self, mint: Callable[..., str], key: jwk.JWK, name: str) -> None:
        for allowed in (None, [name], ["HS256", name]):
            with pytest.raises(InvalidJWSSignature):
                jwt.JWT(jwt=mint({}, "", name), key=key, algs=allowed)

    def test_a_forged_token_is_refused(self, forged: str, key: jwk.JWK) -> None:
        with pytest.raises(InvalidJWSSignature):
            jwt.JWT(jwt=forged, key=key)
        later = jwt.JWT()
        later.deserialize(forged)
        with pytest.raises(InvalidJWSSignature):
            later.validate(key)

    @pytest.mark.parametrize("no_key", [None, "", b""], ids=repr)
    def test_without_a_key_nothing_is_verified_and_nobody_says_so(self, forged: str, no_key: Any) -> None:
        token = jwt.JWT(jwt=forged, key=no_key)
        assert b"mallory" in token.token.objects["payload"]
        assert b"mallory" in jwt.JWT.from_jose_token(forged).token.objects["payload"]

    def test_what_is_not_verified_does_not_give_its_claims(self, forged: str) -> None:
        token = jwt.JWT(jwt=forged)
        with pytest.raises(KeyError):
            _ = token.claims
        with pytest.raises(InvalidJWSOperation):
            _ = token.token.payload
        assert token.token.jose_header["alg"] == "HS256"

    def test_a_jws_checks_the_signature_and_no_claims(self, expired: str, forged: str, key: jwk.JWK) -> None:
        token = jws.JWS()
        token.deserialize(expired)
        assert b"alice" in token.objects["payload"]
        token.verify(key)
        assert b"alice" in token.payload
        with pytest.raises(InvalidJWSSignature):
            jws.JWS().deserialize(forged, key)


class TestClaims:
    @pytest.mark.parametrize(
        ("claims", "refusal"), [({"exp": 1}, JWTExpired), ({"nbf": FUTURE}, JWTNotYetValid)], ids=["exp", "nbf"]
    )
    def test_a_time_is_checked_unless_other_checks_are_asked_for(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, claims: dict[str, Any], refusal: type[Exception]
    ) -> None:
        (name,) = claims
        token = mint({**claims, "iss": "us"}, secret)
        for asked in (None, {name: None}, {"iss": "us", name: None}):
            with pytest.raises(refusal):
                jwt.JWT(jwt=token, key=key, check_claims=asked)
        unchecked: tuple[Any, ...] = ({}, {"iss": "us"}, False)
        for asked in unchecked:
            assert jwt.JWT(jwt=token, key=key, check_claims=asked).claims

    def test_leeway_is_a_minute(self) -> None:
        assert jwt.JWT().leeway == 60

    @pytest.mark.parametrize("claims", [{}, {"iat": FUTURE}, {"aud": "them"}, {"iss": "them"}], ids=str)
    def test_nothing_else_is_looked_at_or_required(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, claims: dict[str, Any]
    ) -> None:
        assert json.loads(jwt.JWT(jwt=mint(claims, secret), key=key).claims) == claims

    @pytest.mark.parametrize("name", ["exp", "aud", "iss"])
    def test_what_is_asked_for_has_to_be_there(self, valid: str, key: jwk.JWK, name: str) -> None:
        with pytest.raises(JWTMissingClaim):
            jwt.JWT(jwt=valid, key=key, check_claims={name: None})

    @pytest.mark.parametrize("name", ["aud", "iss"])
    def test_what_is_asked_for_has_to_be_the_same(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, name: str
    ) -> None:
        with pytest.raises(JWTInvalidClaimValue):
            jwt.JWT(jwt=mint({name: "them"}, secret), key=key, check_claims={name: "us"})

    def test_an_exp_in_milliseconds_is_accepted_long_after(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK
    ) -> None:
        assert jwt.JWT(jwt=mint({"exp": 1_500_000_000_000}, secret), key=key).claims
