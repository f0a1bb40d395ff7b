"""The contract of the installed PyJWT 2, which backs the model `jwt_sast/libraries/pyjwt.py`.

What differs in older releases is in `test_pyjwt1_contract.py`.
"""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from jwt.warnings import RemovedInPyjwt3Warning

# Untyped, because many calls below are mistakes that the library's own annotations refuse.
api: Any = jwt
UNVERIFIED: Any = {"verify_signature": False}

YEAR_2100 = 4_102_444_800


def algorithm_of(token: str) -> str:
    """The `alg` of the token's header."""
    return str(jwt.get_unverified_header(token)["alg"])


def as_jwk(secret: str) -> jwt.PyJWK:
    """The HMAC key as a JWK that names HS256."""
    return jwt.PyJWK({**jwt.algorithms.HMACAlgorithm.to_jwk(secret, as_dict=True), "alg": "HS256"})


class TestParameters:
    """Which parameter stands where, and what a wrong name does."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.encode, "payload key algorithm headers json_encoder sort_headers"),
            (
                jwt.decode,
                "jwt key algorithms options verify detached_payload audience subject issuer leeway kwargs",
            ),
            (
                jwt.decode_complete,
                "jwt key algorithms options verify detached_payload audience issuer subject leeway kwargs",
            ),
            (jwt.get_unverified_header, "jwt"),
            (jwt.PyJWT, "options"),
            (jwt.PyJWS, "algorithms options"),
            (jwt.PyJWS().encode, "payload key algorithm headers json_encoder is_payload_detached sort_headers"),
            (jwt.PyJWS().decode, "jwt key algorithms options detached_payload kwargs"),
            (jwt.PyJWS().decode_complete, "jwt key algorithms options detached_payload kwargs"),
            (jwt.PyJWS().get_unverified_header, "jwt"),
            (jwt.PyJWK, "jwk_data algorithm"),
        ],
        ids=lambda value: getattr(value, "__qualname__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    @pytest.mark.parametrize("name", ["encode", "decode", "decode_complete"])
    def test_the_module_functions_are_the_methods_of_a_pyjwt_object(self, name: str) -> None:
        assert getattr(jwt, name) == getattr(jwt.api_jwt, name)
        assert getattr(jwt, name).__func__ is getattr(jwt.PyJWT, name)
        assert getattr(jwt.api_jwt._jwt_global_obj, name) == getattr(jwt, name)

    @pytest.mark.parametrize("name", ["encode", "decode", "decode_complete", "get_unverified_header"])
    def test_the_functions_of_api_jws_are_the_methods_of_a_pyjws_object(self, name: str) -> None:
        assert getattr(jwt.api_jws, name).__func__ is getattr(jwt.PyJWS, name)
        assert jwt.api_jws.PyJWS is jwt.PyJWS
        assert jwt.api_jwt.PyJWT is jwt.PyJWT

    def test_the_token_is_not_called_token(self, valid: str, secret: str) -> None:
        with pytest.raises(TypeError, match="jwt"):
            api.decode(token=valid, key=secret, algorithms=["HS256"])

    @pytest.mark.parametrize("unknown", [{"iss": "us"}, {"aud": "us"}, {"verify_exp": False}, {"algorithm": "HS256"}])
    def test_unknown_keywords_are_swallowed(self, valid: str, secret: str, unknown: dict[str, Any]) -> None:
        with pytest.warns(RemovedInPyjwt3Warning):
            assert api.decode(valid, secret, algorithms=["HS256"], **unknown) == {"sub": "alice"}

    def test_algorithm_in_the_singular_is_no_allow_list(self, valid: str, secret: str) -> None:
        with pytest.warns(RemovedInPyjwt3Warning), pytest.raises(jwt.DecodeError, match="algorithms"):
            api.decode(valid, secret, algorithm="HS256")

    def test_verify_is_ignored(self, forged: str, secret: str) -> None:
        with pytest.warns(DeprecationWarning, match="verify"), pytest.raises(jwt.InvalidSignatureError):
            api.decode(forged, secret, algorithms=["HS256"], verify=False)

    def test_verify_alone_does_not_replace_the_allow_list(self, valid: str, secret: str) -> None:
        with pytest.warns(DeprecationWarning, match="verify"), pytest.raises(jwt.DecodeError, match="algorithms"):
            api.decode(valid, secret, verify=False)

    def test_false_in_third_place_is_an_empty_allow_list(self, valid: str, secret: str) -> None:
        with pytest.raises(jwt.DecodeError, match="algorithms"):
            api.decode(valid, secret, False)


class TestSigning:
    """What `encode` mints."""

    def test_the_default_algorithm_is_hs256(self, secret: str) -> None:
        assert algorithm_of(jwt.encode({}, secret)) == "HS256"

    @pytest.mark.parametrize("key", [None, ""])
    @pytest.mark.parametrize(
        "way",
        [{"algorithm": None}, {"algorithm": "none"}, {"algorithm": "HS256", "headers": {"alg": "none"}}],
        ids=["None", "none", "headers"],
    )
    def test_unsigned_tokens_are_minted_without_a_key(self, key: str | None, way: dict[str, Any]) -> None:
        token = api.encode({"sub": "mallory"}, key, **way)
        assert algorithm_of(token) == "none"
        assert token.endswith(".")

    def test_unsigned_tokens_are_not_minted_with_a_key(self, secret: str) -> None:
        with pytest.raises(jwt.InvalidKeyError):
            api.encode({}, secret, algorithm="none")

    @pytest.mark.parametrize("way", [{"algorithm": None}, {"algorithm": "none"}, {"headers": {"alg": "none"}}], ids=str)
    def test_raw_signatures_are_made_alike(self, secret: str, way: dict[str, Any]) -> None:
        assert algorithm_of(jwt.PyJWS().encode(b"{}", secret)) == "HS256"
        assert algorithm_of(api.PyJWS().encode(b"{}", None, **way)) == "none"

    def test_a_jwk_brings_its_algorithm(self, secret: str) -> None:
        members = {**jwt.algorithms.HMACAlgorithm.to_jwk(secret, as_dict=True)}
        assert algorithm_of(jwt.encode({}, jwt.PyJWK({**members, "alg": "HS512"}))) == "HS512"
        assert algorithm_of(jwt.encode({}, jwt.PyJWK({**members, "alg": "HS512"}, "HS384"))) == "HS384"

    @pytest.mark.parametrize("name", ["None", "NONE", "hs256"])
    def test_algorithm_names_are_case_sensitive(self, name: str) -> None:
        with pytest.raises(NotImplementedError):
            jwt.encode({}, "", algorithm=name)

    def test_the_alg_header_overrides_the_algorithm(self, secret: str) -> None:
        token = jwt.encode({"sub": "alice"}, secret, algorithm="HS256", headers={"alg": "HS512"})
        assert jwt.decode(token, secret, algorithms=["HS512"]) == {"sub": "alice"}

    def test_no_claim_is_added(self, secret: str) -> None:
        assert jwt.decode(jwt.encode({}, secret), secret, algorithms=["HS256"]) == {}

    def test_the_claims_are_left_as_they_were(self, secret: str) -> None:
        claims = {"exp": datetime(2100, 1, 1)}
        jwt.encode(claims, secret)
        assert claims == {"exp": datetime(2100, 1, 1)}

    @pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
    def test_a_naive_datetime_is_read_as_utc(self, secret: str, claim: str, nine_hours_east: None) -> None:
        token = jwt.encode({claim: datetime(2100, 1, 1)}, secret)
        assert jwt.decode(token, options=UNVERIFIED) == {claim: YEAR_2100}

    @pytest.mark.parametrize("claims", [{"exp": timedelta(hours=1)}, {"paid": datetime(2100, 1, 1)}])
    def test_a_duration_or_a_datetime_elsewhere_is_refused(self, secret: str, claims: dict[str, Any]) -> None:
        with pytest.raises(TypeError):
            jwt.encode(claims, secret)


class TestKeys:
    """Which keys HMAC takes."""

    def test_an_empty_key_is_refused(self, mint: Callable[..., str]) -> None:
        with pytest.raises(jwt.InvalidKeyError):
            jwt.encode({}, "", algorithm="HS256")
        with pytest.raises(jwt.InvalidKeyError):
            jwt.decode(mint({}, ""), "", algorithms=["HS256"])

    def test_none_is_refused(self, valid: str) -> None:
        with pytest.raises(TypeError):
            api.encode({}, None, algorithm="HS256")
        with pytest.raises(TypeError):
            api.decode(valid, None, algorithms=["HS256"])

    @pytest.mark.parametrize("half", ["public_pem", "private_pem", "public_der"])
    def test_an_asymmetric_key_is_refused(self, half: str, request: pytest.FixtureRequest) -> None:
        with pytest.raises(jwt.InvalidKeyError):
            jwt.encode({}, request.getfixturevalue(half), algorithm="HS256")

    def test_a_public_key_is_refused_under_a_mixed_list(self, mint: Callable[..., str], public_pem: str) -> None:
        with pytest.raises(jwt.InvalidKeyError):
            jwt.decode(mint({}, public_pem), public_pem, algorithms=["RS256", "HS256"])

    def test_the_body_of_a_pem_without_its_markers_is_accepted(
        self, mint: Callable[..., str], public_der: bytes
    ) -> None:
        body = base64.b64encode(public_der).decode()
        assert jwt.decode(mint({"sub": "mallory"}, body), body, algorithms=["HS256"]) == {"sub": "mallory"}

    def test_a_short_key_only_warns(self) -> None:
        with pytest.warns(jwt.InsecureKeyLengthWarning):
            token = jwt.encode({}, "short", algorithm="HS256")
        with pytest.warns(jwt.InsecureKeyLengthWarning):
            assert jwt.decode(token, "short", algorithms=["HS256"]) == {}

    def test_a_short_key_is_refused_on_request(self, mint: Callable[..., str]) -> None:
        with pytest.raises(jwt.InvalidKeyError):
            jwt.decode(mint({}, "short"), "short", algorithms=["HS256"], options={"enforce_minimum_key_length": True})

    @pytest.mark.parametrize("error", [jwt.InvalidKeyError, TypeError])
    def test_a_refused_key_is_not_an_invalid_token(self, error: type[Exception]) -> None:
        assert not issubclass(error, jwt.InvalidTokenError)


class TestAlgorithms:
    """What the allow-list lets through."""

    @pytest.mark.parametrize("arguments", [{}, {"algorithms": None}, {"algorithms": []}], ids=str)
    @pytest.mark.parametrize("function", [jwt.decode, jwt.decode_complete, jwt.PyJWS().decode])
    def test_a_list_is_mandatory(
        self, function: Callable[..., Any], arguments: dict[str, Any], valid: str, secret: str
    ) -> None:
        with pytest.raises(jwt.DecodeError, match="algorithms"):
            function(valid, secret, **arguments)

    def test_an_algorithm_outside_the_list_is_refused(self, valid: str, secret: str) -> None:
        with pytest.raises(jwt.InvalidAlgorithmError):
            jwt.decode(valid, secret, algorithms=["HS512"])

    @pytest.mark.parametrize("allowed", [["none"], ["HS256", "none"]], ids=str)
    @pytest.mark.parametrize("key", [None, "", "x" * 64], ids=["None", "empty", "key"])
    def test_none_never_verifies(self, mint: Callable[..., str], key: str | None, allowed: list[str]) -> None:
        with pytest.raises((jwt.InvalidSignatureError, jwt.InvalidKeyError)):
            api.decode(mint({}, "", alg="none"), key, algorithms=allowed)

    @pytest.mark.parametrize("name", ["None", "NONE", "nOnE"])
    def test_none_in_other_letter_case_is_unknown(self, mint: Callable[..., str], name: str) -> None:
        with pytest.raises(jwt.InvalidAlgorithmError):
            jwt.decode(mint({}, "", alg=name), "", algorithms=[name])

    @pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
    def test_a_list_read_from_the_token_allows_what_the_token_says(
        self, mint: Callable[..., str], secret: str, algorithm: str
    ) -> None:
        token = mint({"sub": "mallory"}, secret, alg=algorithm)
        assert jwt.decode(token, secret, algorithms=[algorithm_of(token)]) == {"sub": "mallory"}

    @pytest.mark.parametrize("text", ["HS256", "xHS256y"])
    def test_a_string_is_searched_for_the_algorithm(self, valid: str, secret: str, text: str) -> None:
        assert api.decode(valid, secret, algorithms=text) == {"sub": "alice"}

    def test_a_jwk_needs_no_list(self, valid: str, secret: str) -> None:
        assert jwt.decode(valid, as_jwk(secret)) == {"sub": "alice"}

    def test_a_jwk_pins_the_algorithm(self, mint: Callable[..., str], secret: str) -> None:
        with pytest.raises(jwt.InvalidTokenError):
            jwt.decode(mint({}, secret, alg="HS512"), as_jwk(secret), algorithms=["HS256", "HS512"])


class TestSignatureOption:
    """`verify_signature` and what it takes with it."""

    @pytest.mark.parametrize("value", [False, 0, None, ""])
    def test_a_false_value_switches_everything_off(self, forged: str, value: object) -> None:
        claims = api.decode(forged, audience="us", issuer="us", options={"verify_signature": value})
        assert claims == {"sub": "mallory", "exp": 1}

    @pytest.mark.parametrize("value", ["false", "False", 1])
    def test_any_other_value_leaves_it_on(self, forged: str, secret: str, value: object) -> None:
        with pytest.raises(jwt.InvalidSignatureError):
            api.decode(forged, secret, algorithms=["HS256"], options={"verify_signature": value})

    def test_explicit_checks_stay_on(self, forged: str) -> None:
        with pytest.raises(jwt.ExpiredSignatureError):
            jwt.decode(forged, options={"verify_signature": False, "verify_exp": True})

    def test_required_claims_stay_required(self, forged: str) -> None:
        with pytest.raises(jwt.MissingRequiredClaimError):
            jwt.decode(forged, options={"verify_signature": False, "require": ["aud"]})

    def test_decode_complete_reads_alike(self, forged: str) -> None:
        read = jwt.decode_complete(forged, options=UNVERIFIED)
        assert read["payload"] == {"sub": "mallory", "exp": 1}
        assert read["header"]["alg"] == "HS256"

    def test_on_the_constructor_it_leaves_the_signature_check_on(self, valid: str, forged: str, secret: str) -> None:
        reader = jwt.PyJWT(options=UNVERIFIED)
        with pytest.raises(jwt.InvalidSignatureError):
            reader.decode(forged, secret, algorithms=["HS256"])
        with pytest.raises(jwt.DecodeError, match="algorithms"):
            reader.decode(valid, secret)

    def test_on_the_constructor_it_takes_the_claim_checks_along(self, expired: str, secret: str) -> None:
        reader = jwt.PyJWT(options=UNVERIFIED)
        assert reader.decode(expired, secret, algorithms=["HS256"])["exp"] == 1

    @pytest.mark.parametrize("name", ["decode", "decode_complete"])
    def test_raw_signatures_are_switched_off_by_the_same_option(self, forged: str, name: str) -> None:
        assert getattr(jwt.PyJWS(), name)(forged, options=UNVERIFIED)
        assert getattr(jwt.PyJWS(options=UNVERIFIED), name)(forged)

    def test_the_list_of_a_raw_verifier_is_no_allow_list(self, valid: str, secret: str) -> None:
        with pytest.raises(jwt.DecodeError, match="algorithms"):
            jwt.PyJWS(algorithms=["HS256"]).decode(valid, secret)

    def test_the_parts_of_a_raw_token(self, forged: str, valid: str, secret: str) -> None:
        found = jwt.PyJWS().decode_complete(valid, secret, algorithms=["HS256"])
        assert (found["payload"], found["header"]["alg"]) == (b'{"sub": "alice"}', "HS256")
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.PyJWS().decode_complete(forged, secret, algorithms=["HS256"])

    def test_a_raw_verification_checks_no_claims(self, expired: str, secret: str) -> None:
        assert b'"exp": 1' in jwt.PyJWS().decode(expired, secret, algorithms=["HS256"])

    def test_the_header_is_read_without_verification(self, forged: str) -> None:
        assert jwt.get_unverified_header(forged) == {"typ": "JWT", "alg": "HS256"}


class TestClaimChecks:
    """Which claims are compared, and what switches that off."""

    @pytest.mark.parametrize(
        ("claims", "refusal"),
        [
            ({"exp": 1}, jwt.ExpiredSignatureError),
            ({"nbf": YEAR_2100}, jwt.ImmatureSignatureError),
            ({"iat": YEAR_2100}, jwt.ImmatureSignatureError),
            ({"aud": "them"}, jwt.InvalidAudienceError),
        ],
        ids=str,
    )
    def test_a_claim_is_checked_unless_its_option_is_off(
        self, mint: Callable[..., str], secret: str, claims: dict[str, Any], refusal: type[Exception]
    ) -> None:
        (claim,) = claims
        with pytest.raises(refusal):
            jwt.decode(mint(claims, secret), secret, algorithms=["HS256"])
        options = {f"verify_{claim}": False}
        assert api.decode(mint(claims, secret), secret, algorithms=["HS256"], options=options) == claims
        assert api.PyJWT(options=options).decode(mint(claims, secret), secret, algorithms=["HS256"]) == claims

    def test_an_issuer_is_compared_only_if_one_is_given(self, mint: Callable[..., str], secret: str) -> None:
        token = mint({"iss": "them"}, secret)
        assert jwt.decode(token, secret, algorithms=["HS256"]) == {"iss": "them"}
        with pytest.raises(jwt.InvalidIssuerError):
            jwt.decode(token, secret, algorithms=["HS256"], issuer="us")

    @pytest.mark.parametrize(("argument", "claim"), [("audience", "aud"), ("issuer", "iss")])
    @pytest.mark.parametrize("claims", [{}, {"aud": "them", "iss": "them"}], ids=["absent", "other"])
    def test_an_argument_is_inert_when_its_option_is_off(
        self, mint: Callable[..., str], secret: str, argument: str, claim: str, claims: dict[str, str]
    ) -> None:
        token = mint({key: value for key, value in claims.items() if key == claim}, secret)
        arguments = {"algorithms": ["HS256"], argument: "us"}
        with pytest.raises(jwt.InvalidTokenError):
            api.decode(token, secret, **arguments)
        api.decode(token, secret, **arguments, options={f"verify_{claim}": False})

    @pytest.mark.parametrize("claim", ["exp", "aud", "iss"])
    def test_a_claim_may_be_absent_unless_required(self, valid: str, secret: str, claim: str) -> None:
        assert jwt.decode(valid, secret, algorithms=["HS256"]) == {"sub": "alice"}
        with pytest.raises(jwt.MissingRequiredClaimError):
            jwt.decode(valid, secret, algorithms=["HS256"], options={"require": [claim]})
        with pytest.raises(jwt.MissingRequiredClaimError):
            api.PyJWT(options={"require": [claim]}).decode(valid, secret, algorithms=["HS256"])

    @pytest.mark.parametrize(
        "options",
        [{"require_exp": True}, {"verify_expiry": True}, {"issuer": "us"}, {"audience": "us"}],
        ids=str,
    )
    def test_unknown_options_are_ignored(self, valid: str, secret: str, options: dict[str, Any]) -> None:
        assert api.decode(valid, secret, algorithms=["HS256"], options=options) == {"sub": "alice"}

    def test_leeway_is_no_option(self, expired: str, secret: str) -> None:
        with pytest.raises(jwt.ExpiredSignatureError):
            api.decode(expired, secret, algorithms=["HS256"], options={"leeway": YEAR_2100})

    @pytest.mark.parametrize("leeway", [YEAR_2100, timedelta(seconds=YEAR_2100)], ids=str)
    def test_leeway_extends_the_life(self, expired: str, secret: str, leeway: float | timedelta) -> None:
        assert jwt.decode(expired, secret, algorithms=["HS256"], leeway=leeway)["exp"] == 1

    def test_an_exp_in_milliseconds_is_accepted_long_after(self, mint: Callable[..., str], secret: str) -> None:
        token = mint({"exp": 1_500_000_000_000}, secret)
        assert jwt.decode(token, secret, algorithms=["HS256"])["exp"] == 1_500_000_000_000


class TestAlgorithmObjects:
    def test_verify_answers(self) -> None:
        algorithm = jwt.get_algorithm_by_name("HS256")
        assert isinstance(algorithm, jwt.algorithms.HMACAlgorithm)
        assert algorithm.verify(b"message", b"k" * 32, algorithm.sign(b"message", b"k" * 32)) is True
        assert algorithm.verify(b"message", b"k" * 32, b"forged") is False

    def test_algorithms_of_public_keys_answer_too(self, public_pem: str) -> None:
        algorithm = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256)
        assert (
            api.algorithms.RSAAlgorithm.verify(algorithm, b"m", algorithm.prepare_key(public_pem), b"forged") is False
        )
