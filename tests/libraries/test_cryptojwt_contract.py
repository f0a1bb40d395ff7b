"""The contract of cryptojwt, which backs the model `jwt_sast/libraries/cryptojwt.py`."""

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable
from typing import Any

import cryptojwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptojwt.exception import BadSignature, JWKESTException, UnsupportedAlgorithm, VerificationError
from cryptojwt.jwk.hmac import SYMKey
from cryptojwt.jwk.jwk import key_from_jwk_dict
from cryptojwt.jwk.rsa import RSAKey
from cryptojwt.jws.exception import JWSException, NoSuitableSigningKeys, SignerAlgError
from cryptojwt.jws.jws import JWS, factory
from cryptojwt.jwt import JWT
from cryptojwt.key_jar import KeyJar
from hand_made_tokens import opened, segment

FUTURE = 4_102_444_800
ISSUER = "https://login.example.com"


@pytest.fixture(scope="module")
def jar(secret: str) -> KeyJar:
    """The keys of one issuer, and of us."""
    keys = KeyJar()
    keys.add_symmetric(ISSUER, secret, ["sig"])
    keys.add_symmetric("", secret, ["sig"])
    return keys


@pytest.fixture
def packed(jar: KeyJar) -> Callable[..., dict[str, Any]]:
    """The claims of a token that is packed with these arguments of the constructor."""

    def pack(payload: dict[str, Any] | None, **arguments: Any) -> dict[str, Any]:
        return opened(JWT(jar, iss=ISSUER, sign_alg="HS256", **arguments).pack(payload))[1]

    return pack


class TestParameters:
    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (
                JWT,
                "key_jar iss lifetime sign sign_alg encrypt enc_enc enc_alg msg_cls iss2msg_cls skew allowed_sign_algs "
                "allowed_enc_algs allowed_enc_encs allowed_max_lifetime zip typ2msg_cls",
            ),
            (JWT.pack, "self payload kid issuer_id recv aud iat jws_headers kwargs"),
            (JWT.unpack, "self token timestamp"),
            (JWS, "msg with_digest httpc kwargs"),
            (JWS.sign_compact, "self keys protected kwargs"),
            (JWS.verify_compact, "self jws keys allow_none sigalg"),
            (JWS.verify_compact_verbose, "self jws keys allow_none sigalg"),
            (factory, "token alg"),
            (SYMKey, "kty alg use kid x5c x5t x5u k key kwargs"),
            (key_from_jwk_dict, "jwk_dict private"),
            (inspect.unwrap(KeyJar.add_symmetric), "self issuer_id key usage"),
        ],
        ids=lambda value: getattr(value, "__qualname__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_the_package_gives_some_of_them_as_well(self) -> None:
        assert (cryptojwt.JWT, cryptojwt.JWS, cryptojwt.KeyJar) == (JWT, JWS, KeyJar)


class TestPacking:
    def test_the_default_algorithm_is_rs256(self, jar: KeyJar, secret: str) -> None:
        with pytest.raises(NoSuitableSigningKeys):
            JWT(jar).pack({})
        with pytest.raises(NoSuitableSigningKeys, match="RS256"):
            JWS("{}").sign_compact([SYMKey(key=secret)])

    @pytest.mark.parametrize("arguments", [{}, {"lifetime": 0}], ids=str)
    def test_without_a_lifetime_no_expiry_is_added(
        self, packed: Callable[..., dict[str, Any]], arguments: dict[str, Any]
    ) -> None:
        assert sorted(packed({"sub": "alice"}, **arguments)) == ["iat", "iss", "sub"]
        assert packed({"exp": FUTURE}, **arguments)["exp"] == FUTURE
        assert "exp" not in packed(None, **arguments)

    def test_a_lifetime_is_in_seconds_and_wins(self, packed: Callable[..., dict[str, Any]]) -> None:
        claims = packed({"exp": FUTURE}, lifetime=60)
        assert claims["exp"] - claims["iat"] == 60

    def test_lifetime_and_keys_may_be_set_later(self, secret: str) -> None:
        keys = KeyJar()
        packer = JWT(keys, sign_alg="HS256")
        keys.add_symmetric("", secret, ["sig"])
        packer.lifetime = 60
        assert "exp" in opened(packer.pack({}))[1]

    def test_the_caller_s_payload_is_not_changed(self, packed: Callable[..., dict[str, Any]]) -> None:
        payload: dict[str, Any] = {}
        packed(payload, lifetime=60)
        assert payload == {}

    def test_none_signs(self, jar: KeyJar) -> None:
        assert JWT(jar, sign_alg="none").pack({}).endswith(".")
        assert JWS("{}", alg="none").sign_compact().endswith(".")

    def test_what_is_not_signed_is_no_token(self, jar: KeyJar) -> None:
        assert json.loads(JWT(jar, sign=False).pack({"sub": "alice"}))["sub"] == "alice"


class TestKeys:
    @pytest.mark.parametrize("key", ["", "k" * 15])
    def test_an_empty_or_very_short_key_is_refused(self, key: str) -> None:
        with pytest.raises(UnsupportedAlgorithm):
            SYMKey(key=key)

    def test_a_key_shorter_than_its_hash_signs_and_verifies(self) -> None:
        key = SYMKey(key="k" * 16)
        assert JWS(alg="HS256").verify_compact(JWS("{}", alg="HS256").sign_compact([key]), [key]) == {}

    def test_a_jwk_holds_its_secret_in_base64url(self, valid: str, secret: str) -> None:
        text = segment(secret.encode())
        for key in (SYMKey(k=text), SYMKey(key=secret), key_from_jwk_dict({"kty": "oct", "k": text})):
            assert JWS(alg="HS256").verify_compact(valid, [key]) == {"sub": "alice"}

    def test_the_kind_of_the_key_decides_which_algorithms_it_serves(
        self, mint: Callable[..., str], rsa_key: RSAPrivateKey, public_pem: str
    ) -> None:
        token = mint({"sub": "mallory"}, public_pem)
        public = RSAKey(pub_key=rsa_key.public_key())
        with pytest.raises(JWKESTException):
            JWS(alg="HS256").verify_compact(token, [public])
        assert JWS(alg="HS256").verify_compact(token, [SYMKey(key=public_pem)])


class TestUnpacking:
    @pytest.mark.parametrize("alg", ["HS256", "HS384", "HS512"])
    def test_without_a_list_any_algorithm_of_the_key_s_kind_is_taken(
        self, mint: Callable[..., str], secret: str, jar: KeyJar, alg: str
    ) -> None:
        assert JWT(jar).unpack(mint({"iss": ISSUER}, secret, alg)) == {"iss": ISSUER}

    def test_a_list_is_kept_to(self, mint: Callable[..., str], secret: str, jar: KeyJar) -> None:
        with pytest.raises(SignerAlgError):
            JWT(jar, allowed_sign_algs=["HS512"]).unpack(mint({"iss": ISSUER}, secret))

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    def test_none_is_refused(self, mint: Callable[..., str], jar: KeyJar, name: str) -> None:
        for allowed in (None, [name]):
            with pytest.raises(Exception):  # noqa: B017, PT011 - one spelling raises Exception itself
                JWT(jar, allowed_sign_algs=allowed).unpack(mint({"iss": ISSUER}, "", name))

    def test_a_forged_token_is_refused(self, mint: Callable[..., str], jar: KeyJar) -> None:
        with pytest.raises(BadSignature):
            JWT(jar).unpack(mint({"iss": ISSUER}, "key of the attacker"))

    @pytest.mark.parametrize("wrong", [{"exp": 1}, {"nbf": FUTURE}], ids=str)
    def test_times_are_checked(self, mint: Callable[..., str], secret: str, jar: KeyJar, wrong: dict[str, int]) -> None:
        with pytest.raises(VerificationError):
            JWT(jar).unpack(mint({"iss": ISSUER, **wrong}, secret))

    def test_fifteen_seconds_are_allowed_for(self, mint: Callable[..., str], secret: str, jar: KeyJar) -> None:
        assert JWT(jar).unpack(mint({"iss": ISSUER, "exp": int(time.time()) - 5}, secret))
        with pytest.raises(VerificationError):
            JWT(jar).unpack(mint({"iss": ISSUER, "exp": int(time.time()) - 20}, secret))

    @pytest.mark.parametrize("other", [{}, {"iat": FUTURE}, {"aud": "them"}], ids=str)
    def test_nothing_else_is_looked_at_or_required(
        self, mint: Callable[..., str], secret: str, jar: KeyJar, other: dict[str, Any]
    ) -> None:
        assert JWT(jar, iss="us").unpack(mint({"iss": ISSUER, **other}, secret))

    def test_an_exp_in_milliseconds_is_accepted_long_after(
        self, mint: Callable[..., str], secret: str, jar: KeyJar
    ) -> None:
        assert JWT(jar).unpack(mint({"iss": ISSUER, "exp": 1_500_000_000_000}, secret))


class TestSignatures:
    """`JWS`, and what `factory` makes."""

    def test_without_an_algorithm_only_rs256_is_taken(self, valid: str, secret: str) -> None:
        with pytest.raises(SignerAlgError):
            JWS().verify_compact(valid, [SYMKey(key=secret)])
        assert JWS(alg=["HS256", "HS512"]).verify_compact(valid, [SYMKey(key=secret)])
        with pytest.raises(SignerAlgError):
            JWS(alg="HS256").verify_compact(valid, [SYMKey(key=secret)], sigalg="HS512")

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    def test_none_is_honoured_where_it_is_allowed_whatever_else_is_asked_for(
        self, mint: Callable[..., str], secret: str, name: str
    ) -> None:
        token, keys = mint({"sub": "mallory"}, "", name), [SYMKey(key=secret)]
        assert JWS(alg="HS256").verify_compact(token, keys, allow_none=True, sigalg="HS256") == {"sub": "mallory"}
        assert JWS().verify_compact(token, keys, True) == {"sub": "mallory"}
        with pytest.raises(JWSException):
            JWS(alg="none").verify_compact(token, keys)

    def test_no_claim_is_looked_at(self, expired: str, forged: str, secret: str) -> None:
        key = SYMKey(key=secret)
        assert JWS(alg="HS256").verify_compact(expired, [key])["exp"] == 1
        assert JWS(alg="HS256").verify_compact_verbose(expired, [key])["msg"]["exp"] == 1
        with pytest.raises(BadSignature):
            JWS(alg="HS256").verify_compact(forged, [key])

    def test_the_payload_can_be_had_without_verification(self, forged: str, valid: str, secret: str) -> None:
        found = factory(forged)
        assert found.jwt.payload() == {"sub": "mallory", "exp": 1}
        assert found.jwt.headers["alg"] == "HS256"
        assert factory(valid, "HS256").verify_compact(keys=[SYMKey(key=secret)]) == {"sub": "alice"}
