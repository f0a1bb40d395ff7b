"""The contract of python-jose, which backs the model `jwt_sast/libraries/python_jose.py`."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from jose import jwe, jwk, jws, jwt
from jose.exceptions import ExpiredSignatureError, JOSEError, JWKError, JWSError, JWTClaimsError, JWTError
from jose.utils import base64url_decode

YEAR_2100 = 4_102_444_800


def _k(secret: str) -> str:
    return base64.urlsafe_b64encode(secret.encode()).rstrip(b"=").decode()


class TestParameters:
    """Which parameter stands where, and what a wrong name does."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.encode, "claims key algorithm headers access_token"),
            (jwt.decode, "token key algorithms options audience issuer subject access_token"),
            (jwt.get_unverified_header, "token"),
            (jwt.get_unverified_headers, "token"),
            (jwt.get_unverified_claims, "token"),
            (jws.sign, "payload key headers algorithm"),
            (jws.verify, "token key algorithms verify"),
            (jws.get_unverified_header, "token"),
            (jws.get_unverified_headers, "token"),
            (jws.get_unverified_claims, "token"),
            (jwk.construct, "key_data algorithm"),
            (jwk.construct("k", "HS256").verify, "msg sig"),
            (jwe.encrypt, "plaintext key encryption algorithm zip cty kid"),
            (jwe.get_unverified_header, "jwe_str"),
        ],
        ids=lambda value: f"{value.__module__}.{value.__name__}" if callable(value) else "",
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_the_key_is_mandatory(self, valid: str) -> None:
        with pytest.raises(TypeError):
            jwt.decode(valid)

    @pytest.mark.parametrize("unknown", [{"verify": False}, {"leeway": 10}, {"algorithm": "HS256"}], ids=str)
    def test_unknown_keywords_are_refused(self, valid: str, secret: str, unknown: dict[str, Any]) -> None:
        with pytest.raises(TypeError):
            jwt.decode(valid, secret, **unknown)

    @pytest.mark.parametrize("error", [JWTError, JWSError, JWKError])
    def test_every_refusal_is_a_jose_error(self, error: type[Exception]) -> None:
        assert issubclass(error, JOSEError)


class TestSigning:
    """What `jwt.encode` and `jws.sign` mint."""

    @pytest.mark.parametrize("sign", [jwt.encode, jws.sign])
    def test_the_default_algorithm_is_hs256(self, sign: Callable[..., str], secret: str) -> None:
        assert jws.get_unverified_header(sign({}, secret))["alg"] == "HS256"

    @pytest.mark.parametrize("sign", [jwt.encode, jws.sign])
    @pytest.mark.parametrize("algorithm", ["none", "None", None])
    def test_none_is_refused(self, sign: Callable[..., str], algorithm: str | None) -> None:
        with pytest.raises(JWSError):
            sign({}, "", algorithm=algorithm)

    def test_the_alg_header_leaves_the_signature_as_it_was(self, secret: str) -> None:
        token = jwt.encode({}, secret, headers={"alg": "HS512"})
        assert jwt.get_unverified_header(token)["alg"] == "HS512"
        with pytest.raises(JWTError):
            jwt.decode(token, secret)

    def test_no_claim_is_added(self, secret: str) -> None:
        assert jwt.get_unverified_claims(jwt.encode({}, secret)) == {}

    @pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
    def test_a_naive_datetime_is_read_as_utc(self, secret: str, claim: str, nine_hours_east: None) -> None:
        token = jwt.encode({claim: datetime(2100, 1, 1)}, secret)
        assert jwt.get_unverified_claims(token) == {claim: YEAR_2100}

    def test_the_callers_claims_are_changed(self, secret: str) -> None:
        claims: dict[str, Any] = {"exp": datetime(2100, 1, 1)}
        jwt.encode(claims, secret)
        assert claims == {"exp": YEAR_2100}


class TestKeys:
    """Which keys HMAC takes."""

    def test_an_empty_key_signs_and_verifies(self, mint: Callable[..., str]) -> None:
        assert jwt.encode({}, "")
        assert jwt.decode(mint({"sub": "mallory"}, ""), "", algorithms=["HS256"]) == {"sub": "mallory"}

    def test_none_is_refused(self, valid: str) -> None:
        with pytest.raises(JWSError):
            jwt.encode({}, None)
        with pytest.raises(JWKError):
            jwt.decode(valid, None, algorithms=["HS256"])

    def test_a_short_key_is_accepted(self, mint: Callable[..., str]) -> None:
        assert jwt.encode({}, "k")
        assert jwt.decode(mint({}, "k"), "k", algorithms=["HS256"]) == {}

    @pytest.mark.parametrize("half", ["public_pem", "private_pem"])
    def test_a_pem_is_refused(self, half: str, mint: Callable[..., str], request: pytest.FixtureRequest) -> None:
        key = request.getfixturevalue(half)
        with pytest.raises(JWSError):
            jwt.encode({}, key)
        with pytest.raises(JWKError):
            jwt.decode(mint({}, key), key, algorithms=["RS256", "HS256"])

    def test_der_is_accepted(self, mint: Callable[..., str], public_der: bytes) -> None:
        token = mint({"sub": "mallory"}, public_der)
        assert jwt.decode(token, public_der, algorithms=["HS256"]) == {"sub": "mallory"}

    def test_a_jwk_does_not_pin_the_algorithm(self, mint: Callable[..., str], secret: str) -> None:
        key = {"kty": "oct", "alg": "HS512", "k": _k(secret)}
        assert jwt.decode(mint({}, secret, alg="HS256"), key) == {}

    def test_any_key_of_several_verifies(self, valid: str, secret: str) -> None:
        for keys in (["another", secret], {"kid-1": "another", "kid-2": secret}):
            assert jwt.decode(valid, keys, algorithms=["HS256"]) == {"sub": "alice"}


class TestKeyObjects:
    """`jwk.construct` and `jwe`."""

    def test_a_key_object_answers_whether_the_signature_holds(self, valid: str, forged: str, secret: str) -> None:
        for key in (jwk.construct(secret, "HS256"), jwk.construct({"kty": "oct", "alg": "HS256", "k": _k(secret)})):
            answers = []
            for token in (valid, forged):
                message, signature = token.rsplit(".", 1)
                answers.append(key.verify(message.encode(), base64url_decode(signature.encode())))
            assert answers == [True, False]

    def test_an_empty_secret_makes_a_key_object(self, mint: Callable[..., str]) -> None:
        message, signature = mint({}, "").rsplit(".", 1)
        assert jwk.construct("", "HS256").verify(message.encode(), base64url_decode(signature.encode()))

    def test_the_algorithm_is_named_in_one_place_or_the_other(self, secret: str) -> None:
        with pytest.raises(JWKError):
            jwk.construct(secret)
        with pytest.raises(JWKError):
            jwk.construct({"kty": "oct", "k": _k(secret)})

    def test_the_header_of_an_encrypted_token_is_read_without_the_key(self) -> None:
        token = jwe.encrypt(b"payload", "k" * 32)
        assert jwe.get_unverified_header(token)["alg"] == "dir"
        assert jwe.decrypt(token, "k" * 32) == b"payload"


class TestAlgorithms:
    """What the allow-list lets through."""

    @pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
    @pytest.mark.parametrize("arguments", [{}, {"algorithms": None}], ids=str)
    def test_no_list_allows_any_algorithm(
        self, mint: Callable[..., str], secret: str, algorithm: str, arguments: dict[str, Any]
    ) -> None:
        assert jwt.decode(mint({}, secret, alg=algorithm), secret, **arguments) == {}
        assert jws.verify(mint({}, secret, alg=algorithm), secret, None) == b"{}"

    def test_the_raw_verification_asks_for_a_list(self, valid: str, secret: str) -> None:
        with pytest.raises(TypeError):
            jws.verify(valid, secret)

    @pytest.mark.parametrize("allowed", [["HS512"], []], ids=str)
    def test_an_algorithm_outside_the_list_is_refused(self, valid: str, secret: str, allowed: list[str]) -> None:
        with pytest.raises(JWTError):
            jwt.decode(valid, secret, algorithms=allowed)

    @pytest.mark.parametrize("text", ["HS256", "xHS256y"])
    def test_a_string_is_searched_for_the_algorithm(self, valid: str, secret: str, text: str) -> None:
        assert jwt.decode(valid, secret, algorithms=text) == {"sub": "alice"}

    @pytest.mark.parametrize("name", ["none", "None", "NONE"])
    @pytest.mark.parametrize("key", [None, "", "x" * 64], ids=["None", "empty", "key"])
    def test_none_never_verifies(self, mint: Callable[..., str], key: str | None, name: str) -> None:
        for allowed in (None, [name], ["HS256", name]):
            with pytest.raises(JWKError):
                jwt.decode(mint({}, "", alg=name), key, algorithms=allowed)


class TestWithoutSignature:
    """What reads claims without checking the signature."""

    @pytest.mark.parametrize("value", [False, 0, None])
    def test_the_option_switches_off_the_signature(self, mint: Callable[..., str], value: object) -> None:
        token = mint({"sub": "mallory"}, "key of the attacker")
        assert jwt.decode(token, "", options={"verify_signature": value}) == {"sub": "mallory"}

    def test_the_option_leaves_the_claim_checks_on(self, forged: str) -> None:
        with pytest.raises(ExpiredSignatureError):
            jwt.decode(forged, "", options={"verify_signature": False})

    def test_a_verification_refuses_a_forged_token(self, forged: str, secret: str) -> None:
        with pytest.raises(JWTError, match="Signature verification failed"):
            jwt.decode(forged, secret, algorithms=["HS256"])
        with pytest.raises(JWSError, match="Signature verification failed"):
            jws.verify(forged, secret, ["HS256"])

    def test_unverified_claims_are_read(self, forged: str) -> None:
        assert jwt.get_unverified_claims(forged) == {"sub": "mallory", "exp": 1}
        assert b"mallory" in jws.get_unverified_claims(forged)

    @pytest.mark.parametrize("module", [jwt, jws], ids=["jwt", "jws"])
    @pytest.mark.parametrize("name", ["get_unverified_header", "get_unverified_headers"])
    def test_unverified_headers_are_read(self, forged: str, module: Any, name: str) -> None:
        assert getattr(module, name)(forged)["alg"] == "HS256"

    def test_verify_false_switches_off_the_raw_verification(self, forged: str) -> None:
        assert b"mallory" in jws.verify(forged, "", None, verify=False)
        assert b"mallory" in jws.verify(forged, "", None, False)

    def test_the_raw_verification_checks_no_claims(self, expired: str, secret: str) -> None:
        assert b'"exp": 1' in jws.verify(expired, secret, ["HS256"])


class TestClaimChecks:
    """Which claims are compared, and what switches that off."""

    @pytest.mark.parametrize(
        ("claims", "refusal"),
        [({"exp": 1}, ExpiredSignatureError), ({"nbf": YEAR_2100}, JWTClaimsError), ({"aud": "them"}, JWTClaimsError)],
        ids=str,
    )
    def test_a_claim_is_checked_unless_its_option_is_off(
        self, mint: Callable[..., str], secret: str, claims: dict[str, Any], refusal: type[Exception]
    ) -> None:
        (claim,) = claims
        token = mint(claims, secret)
        with pytest.raises(refusal):
            jwt.decode(token, secret, algorithms=["HS256"])
        assert jwt.decode(token, secret, algorithms=["HS256"], options={f"verify_{claim}": False}) == claims

    @pytest.mark.parametrize(
        ("argument", "option"), [("audience", "verify_aud"), ("issuer", "verify_iss")], ids=["aud", "iss"]
    )
    def test_an_argument_is_inert_when_its_option_is_off(
        self, mint: Callable[..., str], secret: str, argument: str, option: str
    ) -> None:
        token = mint({"aud": "us", "iss": "us"}, secret)
        arguments = {"audience": "us", "issuer": "us", argument: "them"}
        with pytest.raises(JWTClaimsError):
            jwt.decode(token, secret, algorithms=["HS256"], **arguments)
        assert jwt.decode(token, secret, algorithms=["HS256"], options={option: False}, **arguments)

    def test_an_audience_may_be_absent_although_one_is_given(self, valid: str, secret: str) -> None:
        assert jwt.decode(valid, secret, algorithms=["HS256"], audience="us") == {"sub": "alice"}

    def test_an_issuer_may_not_be_absent_if_one_is_given(self, valid: str, secret: str) -> None:
        with pytest.raises(JWTClaimsError):
            jwt.decode(valid, secret, algorithms=["HS256"], issuer="us")

    def test_an_issuer_is_compared_only_if_one_is_given(self, mint: Callable[..., str], secret: str) -> None:
        assert jwt.decode(mint({"iss": "them"}, secret), secret, algorithms=["HS256"]) == {"iss": "them"}

    def test_an_iat_in_the_future_is_accepted(self, mint: Callable[..., str], secret: str) -> None:
        assert jwt.decode(mint({"iat": YEAR_2100}, secret), secret, algorithms=["HS256"])

    @pytest.mark.parametrize("claim", ["exp", "aud", "iss"])
    def test_a_claim_may_be_absent_unless_required(self, valid: str, secret: str, claim: str) -> None:
        assert jwt.decode(valid, secret, algorithms=["HS256"]) == {"sub": "alice"}
        with pytest.raises(JWTError, match="missing required key"):
            jwt.decode(valid, secret, algorithms=["HS256"], options={f"require_{claim}": True})

    def test_a_required_claim_is_checked_again(self, expired: str, secret: str) -> None:
        with pytest.raises(ExpiredSignatureError):
            jwt.decode(expired, secret, algorithms=["HS256"], options={"verify_exp": False, "require_exp": True})

    @pytest.mark.parametrize("options", [{"require": ["exp"]}, {"verify_expiry": True}], ids=str)
    def test_unknown_options_are_ignored(self, valid: str, secret: str, options: dict[str, Any]) -> None:
        assert jwt.decode(valid, secret, algorithms=["HS256"], options=options) == {"sub": "alice"}

    @pytest.mark.parametrize("leeway", [YEAR_2100, timedelta(seconds=YEAR_2100)], ids=str)
    def test_leeway_is_an_option(self, expired: str, secret: str, leeway: int | timedelta) -> None:
        assert jwt.decode(expired, secret, algorithms=["HS256"], options={"leeway": leeway})["exp"] == 1

    def test_an_exp_in_milliseconds_is_accepted_long_after(self, mint: Callable[..., str], secret: str) -> None:
        token = mint({"exp": 1_500_000_000_000}, secret)
        assert jwt.decode(token, secret, algorithms=["HS256"])["exp"] == 1_500_000_000_000


class TestKeysThatAnswer:
    def test_verify_answers(self) -> None:
        key = jwk.construct("s" * 32, "HS256")
        assert key.verify(b"message", key.sign(b"message")) is True
        assert key.verify(b"message", b"forged") is False


class TestEncryption:
    def test_the_key_is_taken_as_it_is_unless_told(self) -> None:
        token = jwe.encrypt(b"text", "k" * 32)
        assert jwe.get_unverified_header(token) == {"alg": "dir", "enc": "A256GCM"}
        assert jwe.decrypt(token, "k" * 32) == b"text"

    def test_rsa1_5_is_not_refused(self, public_pem: str, private_pem: str) -> None:
        token = jwe.encrypt(b"text", public_pem, algorithm="RSA1_5")
        assert jwe.decrypt(token, private_pem) == b"text"
