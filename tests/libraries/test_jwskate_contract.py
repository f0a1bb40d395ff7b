"""The contract of jwskate, which backs the models `jwt_sast/libraries/jwskate.py` and `jwskate_parts.py`."""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import jwskate
import pytest
from hand_made_tokens import opened, segment
from jwskate import (
    ExpectedAlgRequired,
    ExpiredJwt,
    InvalidClaim,
    InvalidSignature,
    Jwk,
    JwkSet,
    Jwt,
    JwtSigner,
    JwtVerifier,
    SignedJwt,
    SymmetricJwk,
    UnsupportedAlg,
    to_jwk,
)

FUTURE = 4_102_444_800

# It says how short a key is.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def key(secret: str) -> Jwk:
    """The symmetric key of the tests."""
    return SymmetricJwk.from_bytes(secret)


@pytest.fixture(scope="module")
def pair() -> Jwk:
    """A private key for ES256."""
    return Jwk.generate(alg="ES256")


class TestParameters:
    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (Jwt, "value max_size"),
            (SignedJwt, "value max_size"),
            (Jwt.sign, "claims key alg typ extra_headers"),
            (Jwt.sign_arbitrary, "claims headers key alg"),
            (Jwt.unprotected, "claims alg typ extra_headers"),
            (Jwt.timestamp, "delta_seconds"),
            (SignedJwt.verify, "self key alg algs"),
            (SignedJwt.verify_signature, "self key alg algs"),
            (SignedJwt.validate, "self key alg algs issuer audience check_exp kwargs"),
            (SignedJwt.is_expired, "self leeway"),
            (SignedJwt.get_claim, "self key default"),
            (JwtSigner, "key issuer alg default_lifetime default_leeway"),
            (JwtSigner.with_random_key, "issuer alg default_lifetime default_leeway kid"),
            (JwtSigner.sign, "self subject audience extra_claims extra_headers lifetime leeway"),
            (JwtVerifier, "jwkset issuer audience alg algs leeway verifiers"),
            (JwtVerifier.verify, "self jwt max_size"),
            (Jwk, "key kwargs"),
            (to_jwk, "key kty is_private is_symmetric"),
            (Jwk.from_pem, "pem password kwargs"),
            (SymmetricJwk.from_bytes, "k params"),
            (JwkSet, "jwks keys"),
        ],
        ids=lambda value: getattr(value, "__qualname__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_modules_of_its_own_have_the_same(self) -> None:
        assert (jwskate.jwt.Jwt, jwskate.jwt.SignedJwt, jwskate.jwk.Jwk) == (Jwt, SignedJwt, Jwk)
        assert (jwskate.jwt.JwtSigner, jwskate.jwt.JwtVerifier) == (JwtSigner, JwtVerifier)


class TestSigning:
    def test_an_algorithm_is_asked_for_or_comes_with_the_key(self, key: Jwk, pair: Jwk) -> None:
        with pytest.raises(ValueError, match="alg is required"):
            Jwt.sign({}, key)
        assert opened(str(Jwt.sign({}, key, alg="HS512")))[0]["alg"] == "HS512"
        assert opened(str(Jwt.sign({}, pair)))[0]["alg"] == "ES256"

    def test_no_claim_is_added(self, key: Jwk) -> None:
        for token in (Jwt.sign({}, key, alg="HS256"), Jwt.sign_arbitrary({}, {"typ": "at+jwt"}, key, alg="HS256")):
            assert opened(str(token))[1] == {}

    def test_a_naive_datetime_is_read_as_local_time(self, key: Jwk, nine_hours_east: None) -> None:
        token = Jwt.sign({"exp": datetime(2100, 1, 1, 9)}, key, alg="HS256")
        assert opened(str(token))[1] == {"exp": FUTURE}

    def test_unprotected_is_not_signed_whatever_the_header_says(self) -> None:
        assert opened(str(Jwt.unprotected({})))[0]["alg"] == "none"
        assert str(Jwt.unprotected({}, alg="HS256")).endswith(".")

    @pytest.mark.parametrize(
        ("constructor", "call", "lifetime"),
        [({}, {}, 60), ({"default_lifetime": 90}, {}, 90), ({"default_lifetime": 90}, {"lifetime": 30}, 30)],
        ids=str,
    )
    def test_a_signer_adds_the_expiry(
        self, key: Jwk, constructor: dict[str, Any], call: dict[str, Any], lifetime: int
    ) -> None:
        signer = JwtSigner(key, alg="HS256", **constructor)
        claims = opened(str(signer.sign(subject="alice", extra_claims={"exp": FUTURE}, **call)))[1]
        assert claims["exp"] - claims["iat"] == lifetime

    def test_a_signer_may_draw_its_key(self) -> None:
        assert JwtSigner.with_random_key(issuer="us", alg="ES256").sign(subject="alice").issuer == "us"

    def test_a_timestamp_is_in_seconds_from_now(self) -> None:
        assert Jwt.timestamp(60) - time.time() <= 60


class TestKeys:
    def test_a_key_is_a_jwk_its_text_or_the_bytes_of_a_secret(self, valid: str, secret: str) -> None:
        jwk = {"kty": "oct", "k": segment(secret.encode())}
        for key in (jwk, Jwk(jwk), Jwk(json.dumps(jwk)), secret.encode(), to_jwk(jwk), SymmetricJwk.from_bytes(secret)):
            assert SignedJwt(valid).verify(key, alg="HS256")
        for keys in (JwkSet(keys=[jwk]), JwkSet({"keys": [jwk]})):
            assert keys.jwks[0].k == jwk["k"]

    @pytest.mark.parametrize("text", ["", "k"])
    def test_an_empty_or_short_key_signs_and_verifies(self, mint: Callable[..., str], text: str) -> None:
        key = SymmetricJwk.from_bytes(text)
        assert Jwt.sign({}, key, alg="HS256").verify(key, alg="HS256")
        assert SignedJwt(mint({}, text)).verify(key, alg="HS256")

    def test_the_kind_of_the_key_decides_which_algorithms_it_serves(
        self, mint: Callable[..., str], public_pem: str
    ) -> None:
        token, public = SignedJwt(mint({}, public_pem)), Jwk.from_pem(public_pem)
        for algs in (["HS256"], ["HS256", "RS256"]):
            with pytest.raises(UnsupportedAlg):
                token.verify(public, algs=algs)
        assert token.verify(SymmetricJwk.from_bytes(public_pem), alg="HS256")

    def test_what_describes_a_key_leaves_it_the_same(self, key: Jwk) -> None:
        for other in (key.with_kid_thumbprint(), key.with_usage_parameters(alg="HS256"), key.as_jwks().jwks[0]):
            assert other["k"] == key["k"]


class TestVerifying:
    def test_without_an_algorithm_nothing_verifies(self, valid: str, key: Jwk) -> None:
        with pytest.raises(ExpectedAlgRequired):
            SignedJwt(valid).verify(key)

    def test_the_algorithm_of_the_token_does_not_matter(self, mint: Callable[..., str], secret: str, key: Jwk) -> None:
        with pytest.raises(InvalidSignature):
            SignedJwt(mint({}, secret, "HS512")).verify(key, alg="HS256")

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    def test_none_never_verifies(self, mint: Callable[..., str], key: Jwk, name: str) -> None:
        token = SignedJwt(mint({}, "", name))
        with pytest.raises(UnsupportedAlg):
            token.verify(key, alg=name)
        with pytest.raises(UnsupportedAlg):
            token.verify(key, algs=["HS256", name])

    def test_a_forged_token_is_refused(self, forged: str, valid: str, key: Jwk) -> None:
        with pytest.raises(InvalidSignature):
            SignedJwt(forged).verify(key, alg="HS256")
        with pytest.raises(InvalidSignature):
            SignedJwt(forged).validate(key, alg="HS256")
        token = SignedJwt(valid)
        assert token.verify(key, alg="HS256") is token

    def test_one_method_answers_and_does_not_raise(self, forged: str, valid: str, key: Jwk) -> None:
        assert SignedJwt(valid).verify_signature(key, "HS256")
        assert not SignedJwt(forged).verify_signature(key, "HS256")

    @pytest.mark.parametrize("make", [Jwt, SignedJwt])
    def test_the_claims_can_be_had_without_verification(self, forged: str, make: Callable[[str], Any]) -> None:
        token = make(forged)
        assert token.claims == {"sub": "mallory", "exp": 1}
        assert token["sub"] == token.get_claim("sub") == token.sub == token.subject == "mallory"
        assert token.headers["alg"] == "HS256"

    def test_properties_show_registered_claims(self, mint: Callable[..., str]) -> None:
        claims = {"iss": "us", "aud": "them", "exp": 3, "iat": 2, "nbf": 1, "jti": "1"}
        token = SignedJwt(mint(claims, ""))
        assert (token.issuer, token.audiences, token.jwt_token_id) == ("us", ["them"], "1")
        times = (token.expires_at, token.issued_at, token.not_before)
        assert [moment.timestamp() for moment in times if moment is not None] == [3, 2, 1]


class TestClaims:
    @pytest.mark.parametrize("claims", [{"exp": 1}, {"nbf": FUTURE}, {"iat": FUTURE}, {"aud": "them"}], ids=str)
    def test_a_signature_says_nothing_of_claims(
        self, mint: Callable[..., str], secret: str, key: Jwk, claims: dict[str, Any]
    ) -> None:
        assert SignedJwt(mint(claims, secret)).verify(key, alg="HS256")
        assert SignedJwt(mint(claims, secret)).verify_signature(key, "HS256")

    def test_a_validation_requires_an_expiry_unless_that_is_switched_off(
        self, valid: str, expired: str, key: Jwk
    ) -> None:
        with pytest.raises(InvalidClaim, match="exp"):
            SignedJwt(valid).validate(key, alg="HS256")
        with pytest.raises(ExpiredJwt):
            SignedJwt(expired).validate(key, alg="HS256")
        for token in (valid, expired):
            SignedJwt(token).validate(key, alg="HS256", check_exp=False)

    @pytest.mark.parametrize("claims", [{"nbf": FUTURE}, {"iat": FUTURE}, {"aud": "them"}, {"iss": "them"}], ids=str)
    def test_a_validation_looks_at_nothing_else(
        self, mint: Callable[..., str], secret: str, key: Jwk, claims: dict[str, Any]
    ) -> None:
        SignedJwt(mint({"exp": FUTURE, **claims}, secret)).validate(key, alg="HS256")

    @pytest.mark.parametrize("claims", [{}, {"aud": "them", "iss": "them"}], ids=str)
    @pytest.mark.parametrize("asked", ["audience", "issuer"])
    def test_what_is_asked_for_has_to_be_the_same(
        self, mint: Callable[..., str], secret: str, key: Jwk, claims: dict[str, Any], asked: str
    ) -> None:
        with pytest.raises(InvalidClaim):
            SignedJwt(mint({"exp": FUTURE, **claims}, secret)).validate(key, alg="HS256", **{asked: "us"})  # type: ignore[arg-type]

    def test_whether_a_token_is_expired_can_be_asked(self, expired: str, valid: str) -> None:
        assert SignedJwt(expired).is_expired() is True
        assert SignedJwt(valid).is_expired() is None


class TestVerifiers:
    """`JwtVerifier`."""

    def test_keys_are_public(self, key: Jwk, pair: Jwk) -> None:
        for private in (key, pair):
            with pytest.raises(ValueError, match="public"):
                JwtVerifier(private, issuer=None, alg="HS256")

    def test_an_expiry_is_checked_if_there_is_one(self, pair: Jwk) -> None:
        verifier = JwtVerifier(pair.public_jwk(), issuer=None)
        verifier.verify(str(Jwt.sign({}, pair)))
        verifier.verify(Jwt.sign({"nbf": FUTURE, "iat": FUTURE, "aud": "them"}, pair))
        with pytest.raises(ExpiredJwt):
            verifier.verify(Jwt.sign({"exp": 1}, pair))

    def test_leeway_works_the_other_way_round(self, pair: Jwk) -> None:
        with pytest.raises(ExpiredJwt):
            JwtVerifier(pair.public_jwk(), issuer=None).verify(Jwt.sign({"exp": Jwt.timestamp(5)}, pair))

    @pytest.mark.parametrize("claims", [{}, {"aud": "them", "iss": "them"}], ids=str)
    @pytest.mark.parametrize("asked", [{"issuer": "us"}, {"issuer": None, "audience": "us"}], ids=str)
    def test_what_is_asked_for_has_to_be_the_same(
        self, pair: Jwk, claims: dict[str, Any], asked: dict[str, Any]
    ) -> None:
        with pytest.raises(InvalidClaim):
            JwtVerifier(pair.public_jwk(), **asked).verify(Jwt.sign(claims, pair))

    def test_a_forged_token_is_refused(self, pair: Jwk) -> None:
        with pytest.raises(InvalidSignature):
            JwtVerifier(pair.public_jwk(), issuer=None).verify(Jwt.sign({}, Jwk.generate(alg="ES256")))
