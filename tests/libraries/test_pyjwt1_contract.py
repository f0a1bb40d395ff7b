"""The contract of older releases of PyJWT, which backs what `jwt_sast/libraries/pyjwt.py` makes of the version.

Each release is installed beside the environment and called in a process of its own; "installed" is the environment's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import jwt
import pytest

YEAR_2100 = 4_102_444_800


def across(parameter: str, outcomes: dict[str, Any]) -> pytest.MarkDecorator:
    """Runs a test once per release in `outcomes`, with what that release does as the argument called `parameter`."""
    return pytest.mark.parametrize(("pyjwt", parameter), list(outcomes.items()), indirect=["pyjwt"])


def refusal(library: Callable[..., Any], path: str, *args: Any, **kwargs: Any) -> str | None:
    """The name of the exception that a call ends in, or None if it succeeds."""
    try:
        library(path, *args, **kwargs)
    except RuntimeError as error:
        return str(error)
    return None


@pytest.fixture
def pyjwt1(release: Callable[[str], Callable[..., Any]]) -> Callable[..., Any]:
    """The last release of PyJWT 1."""
    return release("1.7.1")


class TestSignature1:
    """How 1.7.1 is told not to verify."""

    @pytest.mark.parametrize(
        ("positional", "keywords"),
        [((), {"verify": False}), (("", False), {}), (("", 0), {}), (("", None), {})],
        ids=["keyword", "third place", "zero", "None"],
    )
    def test_verify_false_switches_off_signature_and_claims(
        self, pyjwt1: Callable[..., Any], forged: str, positional: tuple[Any, ...], keywords: dict[str, Any]
    ) -> None:
        assert pyjwt1("jwt.decode", forged, *positional, **keywords) == {"sub": "mallory", "exp": 1}

    def test_the_option_outweighs_verify_false(self, pyjwt1: Callable[..., Any], forged: str, secret: str) -> None:
        options = {"verify_signature": True}
        assert refusal(pyjwt1, "jwt.decode", forged, secret, verify=False, options=options) == "InvalidSignatureError"

    def test_the_option_switches_off_the_signature(self, pyjwt1: Callable[..., Any], mint: Callable[..., str]) -> None:
        token = mint({"sub": "mallory"}, "key of the attacker")
        assert pyjwt1("jwt.decode", token, options={"verify_signature": False}) == {"sub": "mallory"}

    def test_the_option_leaves_the_claim_checks_on(self, pyjwt1: Callable[..., Any], forged: str) -> None:
        assert refusal(pyjwt1, "jwt.decode", forged, options={"verify_signature": False}) == "ExpiredSignatureError"

    def test_a_verification_refuses_a_forged_token(self, pyjwt1: Callable[..., Any], forged: str, secret: str) -> None:
        assert refusal(pyjwt1, "jwt.decode", forged, secret, algorithms=["HS256"]) == "InvalidSignatureError"


class TestRaw1:
    """`PyJWS` of 1.7.1."""

    @pytest.mark.parametrize(
        ("settings", "positional", "keywords"),
        [
            ({}, ("", False), {}),
            ({}, (), {"verify": False}),
            ({}, (), {"options": {"verify_signature": False}}),
            ({"options": {"verify_signature": False}}, (), {}),
        ],
        ids=["third place", "keyword", "option", "option of the instance"],
    )
    def test_how_it_is_told_not_to_verify(
        self,
        pyjwt1: Callable[..., Any],
        forged: str,
        settings: dict[str, Any],
        positional: tuple[Any, ...],
        keywords: dict[str, Any],
    ) -> None:
        read = pyjwt1("__main__.on_instance", "jwt.PyJWS", settings, "decode", forged, *positional, **keywords)
        assert b"mallory" in read

    def test_no_list_allows_any_algorithm(
        self, pyjwt1: Callable[..., Any], mint: Callable[..., str], forged: str, secret: str
    ) -> None:
        token = mint({}, secret, alg="HS512")
        assert pyjwt1("__main__.on_instance", "jwt.PyJWS", {}, "decode", token, secret) == b"{}"
        assert refusal(pyjwt1, "__main__.on_instance", "jwt.PyJWS", {}, "decode", forged, secret) == (
            "InvalidSignatureError"
        )

    def test_an_empty_key_is_accepted(self, pyjwt1: Callable[..., Any], mint: Callable[..., str]) -> None:
        assert pyjwt1("__main__.on_instance", "jwt.PyJWS", {}, "decode", mint({}, ""), "") == b"{}"


class TestAlgorithms1:
    """What 1.7.1 lets through when it verifies."""

    @pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
    @pytest.mark.parametrize("arguments", [{}, {"algorithms": None}, {"algorithm": "HS256"}], ids=str)
    def test_no_list_allows_any_algorithm(
        self,
        pyjwt1: Callable[..., Any],
        mint: Callable[..., str],
        secret: str,
        arguments: dict[str, Any],
        algorithm: str,
    ) -> None:
        assert pyjwt1("jwt.decode", mint({}, secret, alg=algorithm), secret, **arguments) == {}

    def test_a_list_in_third_place_is_taken_for_verify(
        self, pyjwt1: Callable[..., Any], valid: str, secret: str
    ) -> None:
        assert pyjwt1("jwt.decode", valid, secret, ["HS512"]) == {"sub": "alice"}
        assert refusal(pyjwt1, "jwt.decode", valid, secret, True, ["HS512"]) == "InvalidAlgorithmError"

    @pytest.mark.parametrize("allowed", [None, ["none"], ["HS256", "none"]], ids=str)
    @pytest.mark.parametrize("key", [None, "", "x" * 64], ids=["None", "empty", "key"])
    def test_none_never_verifies(
        self, pyjwt1: Callable[..., Any], mint: Callable[..., str], key: str | None, allowed: list[str] | None
    ) -> None:
        error = refusal(pyjwt1, "jwt.decode", mint({}, "", alg="none"), key, algorithms=allowed)
        assert error in {"InvalidSignatureError", "InvalidKeyError"}

    @pytest.mark.parametrize("key", [None, ""])
    def test_algorithm_none_mints_unsigned_tokens(self, pyjwt1: Callable[..., Any], key: str | None) -> None:
        token = pyjwt1("jwt.encode", {"sub": "mallory"}, key, algorithm=None)
        assert jwt.get_unverified_header(token)["alg"] == "none"
        assert token.endswith(b".")


class TestKeys1:
    """Which keys 1.7.1 takes for HMAC."""

    def test_an_empty_key_signs_and_verifies(self, pyjwt1: Callable[..., Any], mint: Callable[..., str]) -> None:
        assert pyjwt1("jwt.encode", {}, "")
        assert pyjwt1("jwt.decode", mint({}, ""), "", algorithms=["HS256"]) == {}

    def test_none_is_refused(self, pyjwt1: Callable[..., Any], valid: str) -> None:
        assert refusal(pyjwt1, "jwt.encode", {}, None) == "TypeError"
        assert refusal(pyjwt1, "jwt.decode", valid, None) == "TypeError"

    @pytest.mark.parametrize(
        ("half", "error"), [("public_pem", "InvalidKeyError"), ("private_pem", None), ("public_der", None)]
    )
    def test_only_a_public_pem_is_refused(
        self, pyjwt1: Callable[..., Any], request: pytest.FixtureRequest, half: str, error: str | None
    ) -> None:
        assert refusal(pyjwt1, "jwt.encode", {}, request.getfixturevalue(half)) == error


class TestClaims1:
    """Which claims 1.7.1 compares."""

    @pytest.mark.parametrize(
        ("claims", "error"),
        [
            ({"exp": 1}, "ExpiredSignatureError"),
            ({"nbf": YEAR_2100}, "ImmatureSignatureError"),
            ({"aud": "them"}, "InvalidAudienceError"),
        ],
        ids=str,
    )
    def test_a_claim_is_checked_unless_its_option_is_off(
        self, pyjwt1: Callable[..., Any], mint: Callable[..., str], secret: str, claims: dict[str, Any], error: str
    ) -> None:
        (claim,) = claims
        token = mint(claims, secret)
        assert refusal(pyjwt1, "jwt.decode", token, secret) == error
        assert pyjwt1("jwt.decode", token, secret, options={f"verify_{claim}": False}) == claims

    def test_verify_expiration_false_switches_off_the_expiry(
        self, pyjwt1: Callable[..., Any], expired: str, secret: str
    ) -> None:
        assert pyjwt1("jwt.decode", expired, secret, verify_expiration=False)["exp"] == 1

    def test_exp_may_be_absent_unless_required(self, pyjwt1: Callable[..., Any], valid: str, secret: str) -> None:
        assert pyjwt1("jwt.decode", valid, secret) == {"sub": "alice"}
        error = refusal(pyjwt1, "jwt.decode", valid, secret, options={"require_exp": True})
        assert error == "MissingRequiredClaimError"

    def test_require_is_ignored(self, pyjwt1: Callable[..., Any], valid: str, secret: str) -> None:
        assert pyjwt1("jwt.decode", valid, secret, options={"require": ["exp"]}) == {"sub": "alice"}

    def test_unknown_keywords_are_swallowed(self, pyjwt1: Callable[..., Any], valid: str, secret: str) -> None:
        assert pyjwt1("jwt.decode", valid, secret, iss="us") == {"sub": "alice"}

    def test_an_exp_in_milliseconds_is_accepted_long_after(
        self, pyjwt1: Callable[..., Any], mint: Callable[..., str], secret: str
    ) -> None:
        assert pyjwt1("jwt.decode", mint({"exp": 1_500_000_000_000}, secret), secret)

    def test_a_naive_datetime_is_read_as_utc(self, pyjwt1: Callable[..., Any], secret: str) -> None:
        token = pyjwt1("jwt.encode", {"exp": datetime(2100, 1, 1)}, secret)
        assert pyjwt1("jwt.decode", token, secret) == {"exp": YEAR_2100}


class TestPositions:
    """Which parameter stands where, release by release."""

    @across("version", {version: version for version in ("1.7.1", "2.0.1", "2.10.1", "2.12.1")})
    def test_the_process_runs_the_release_asked_for(self, pyjwt: Callable[..., Any], version: str) -> None:
        assert pyjwt("__main__.resolve", "jwt.__version__") == version

    @across(
        "order",
        {
            "1.7.1": "jwt key verify algorithms options kwargs",
            "2.0.1": "jwt key algorithms options kwargs",
            "2.9.0": "jwt key algorithms options verify detached_payload audience issuer leeway kwargs",
            "2.10.1": "jwt key algorithms options verify detached_payload audience subject issuer leeway kwargs",
            "2.12.1": "jwt key algorithms options verify detached_payload audience subject issuer leeway kwargs",
        },
    )
    def test_decode(self, pyjwt: Callable[..., Any], order: str) -> None:
        assert pyjwt("__main__.parameters", "jwt.decode") == order.split()

    @across(
        "order",
        {
            "1.7.1": "payload key algorithm headers json_encoder",
            "2.0.1": "payload key algorithm headers json_encoder",
            "2.10.1": "payload key algorithm headers json_encoder sort_headers",
        },
    )
    def test_encode(self, pyjwt: Callable[..., Any], order: str) -> None:
        assert pyjwt("__main__.parameters", "jwt.encode") == order.split()

    @across(
        "order",
        {
            "2.10.1": "jwt key algorithms options verify detached_payload audience issuer subject leeway kwargs",
            "2.12.1": "jwt key algorithms options verify detached_payload audience issuer subject leeway kwargs",
        },
    )
    def test_decode_complete(self, pyjwt: Callable[..., Any], order: str) -> None:
        assert pyjwt("__main__.parameters", "jwt.decode_complete") == order.split()

    @across("error", {"1.7.1": "AttributeError", "2.0.1": "AttributeError", "2.10.1": None})
    def test_decode_complete_as_a_function(self, pyjwt: Callable[..., Any], error: str | None) -> None:
        assert refusal(pyjwt, "__main__.parameters", "jwt.decode_complete") == error


class TestBoundaries:
    """What changed between releases, with the releases on either side."""

    @across("error", {"1.7.1": None, "2.0.1": "DecodeError", "2.10.1": "DecodeError"})
    def test_a_list_of_algorithms_is_mandatory(
        self, pyjwt: Callable[..., Any], valid: str, secret: str, error: str | None
    ) -> None:
        assert refusal(pyjwt, "jwt.decode", valid, secret) == error

    @across("error", {"1.7.1": None, "2.0.1": "InvalidSignatureError", "2.10.1": "InvalidSignatureError"})
    def test_verify_false_is_ignored(
        self, pyjwt: Callable[..., Any], forged: str, secret: str, error: str | None
    ) -> None:
        assert refusal(pyjwt, "jwt.decode", forged, secret, algorithms=["HS256"], verify=False) == error

    @across("error", {"1.7.1": "ExpiredSignatureError", "2.0.1": None, "2.10.1": None, "installed": None})
    def test_the_signature_option_takes_the_claim_checks_along(
        self, pyjwt: Callable[..., Any], forged: str, error: str | None
    ) -> None:
        assert refusal(pyjwt, "jwt.decode", forged, options={"verify_signature": False}) == error

    @across("error", {"2.0.1": None, "2.10.1": "ExpiredSignatureError"})
    def test_an_explicit_check_survives_without_the_signature(
        self, pyjwt: Callable[..., Any], forged: str, error: str | None
    ) -> None:
        options = {"verify_signature": False, "verify_exp": True}
        assert refusal(pyjwt, "jwt.decode", forged, options=options) == error

    @across("error", {"1.7.1": "ExpiredSignatureError", "2.10.1": "ExpiredSignatureError", "2.12.1": None})
    def test_the_signature_option_of_a_constructor_takes_the_claim_checks_along(
        self, pyjwt: Callable[..., Any], expired: str, secret: str, error: str | None
    ) -> None:
        settings = {"options": {"verify_signature": False}}
        call = ("__main__.on_instance", "jwt.PyJWT", settings, "decode", expired, secret)
        assert refusal(pyjwt, *call, algorithms=["HS256"]) == error

    @across("effective", {"1.7.1": False, "2.0.1": False, "2.10.1": True, "installed": True})
    def test_the_alg_header_decides_the_signature(
        self, pyjwt: Callable[..., Any], secret: str, effective: bool
    ) -> None:
        token = pyjwt("jwt.encode", {}, secret, "HS256", {"alg": "HS512"})
        assert jwt.get_unverified_header(token)["alg"] == "HS512"
        verified = refusal(pyjwt, "jwt.decode", token, secret, algorithms=["HS512"]) is None
        assert verified is effective

    @across("minted", {"1.7.1": False, "2.0.1": False, "2.10.1": True, "2.12.1": True})
    def test_the_alg_header_none_mints_an_unsigned_token(self, pyjwt: Callable[..., Any], minted: bool) -> None:
        token = str(pyjwt("jwt.encode", {}, "", "HS256", {"alg": "none"}))
        assert token.rstrip("'").endswith(".") is minted

    @across("algorithm", {"1.7.1": "none", "2.0.1": "none", "2.10.1": "HS256", "2.12.1": "none", "installed": "none"})
    def test_algorithm_none_signs_with(self, pyjwt: Callable[..., Any], algorithm: str) -> None:
        assert jwt.get_unverified_header(pyjwt("jwt.encode", {}, "", None))["alg"] == algorithm

    @across("error", {"2.10.1": None, "2.12.1": "InvalidKeyError", "installed": "InvalidKeyError"})
    def test_algorithm_none_with_a_key(self, pyjwt: Callable[..., Any], secret: str, error: str | None) -> None:
        assert refusal(pyjwt, "jwt.encode", {}, secret, None) == error

    @across("error", {"2.0.1": None, "2.10.1": None, "2.12.1": None, "installed": "InvalidKeyError"})
    def test_an_empty_key(self, pyjwt: Callable[..., Any], mint: Callable[..., str], error: str | None) -> None:
        assert refusal(pyjwt, "jwt.encode", {}, "", "HS256") == error
        assert refusal(pyjwt, "jwt.decode", mint({}, ""), "", algorithms=["HS256"]) == error

    @across("error", {"2.0.1": None, "2.10.1": "InvalidKeyError"})
    def test_a_private_pem_as_hmac_secret(self, pyjwt: Callable[..., Any], private_pem: str, error: str | None) -> None:
        assert refusal(pyjwt, "jwt.encode", {}, private_pem, "HS256") == error

    @across("error", {"2.0.1": None, "2.12.1": None, "installed": "InvalidKeyError"})
    def test_a_public_der_as_hmac_secret(self, pyjwt: Callable[..., Any], public_der: bytes, error: str | None) -> None:
        assert refusal(pyjwt, "jwt.encode", {}, public_der, "HS256") == error

    @across("error", {"1.7.1": None, "2.0.1": None, "2.10.1": "ImmatureSignatureError"})
    def test_an_iat_in_the_future(
        self, pyjwt: Callable[..., Any], mint: Callable[..., str], secret: str, error: str | None
    ) -> None:
        assert refusal(pyjwt, "jwt.decode", mint({"iat": YEAR_2100}, secret), secret, algorithms=["HS256"]) == error

    @across("kind", {"1.7.1": bytes, "2.0.1": str})
    def test_encode_returns(self, pyjwt: Callable[..., Any], secret: str, kind: type) -> None:
        assert type(pyjwt("jwt.encode", {}, secret)) is kind
