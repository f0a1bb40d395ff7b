"""The contract of python_jwt, which backs the model `jwt_sast/libraries/python_jwt.py`."""

from __future__ import annotations

import inspect
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hand_made_tokens import opened
from jwcrypto import jwk
from jwcrypto.jws import InvalidJWSSignature

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import python_jwt

FUTURE = 4_102_444_800
TIMES = {"iat": 1, "nbf": 1, "exp": FUTURE}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def key(secret: str) -> jwk.JWK:
    """The symmetric key of the tests."""
    return jwk.JWK.from_password(secret)


@pytest.mark.parametrize(
    ("function", "order"),
    [
        (python_jwt.generate_jwt, "claims priv_key algorithm lifetime expires not_before jti_size other_headers"),
        (python_jwt.verify_jwt, "jwt pub_key allowed_algs iat_skew checks_optional ignore_not_implemented"),
        (python_jwt.process_jwt, "jwt"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_order_of_parameters(function: Callable[..., Any], order: str) -> None:
    assert list(inspect.signature(function).parameters) == order.split()


class TestSigning:
    def test_the_default_algorithm_is_ps512(self, private_pem: str) -> None:
        token = python_jwt.generate_jwt({}, jwk.JWK.from_pem(private_pem.encode()))
        assert opened(token)[0]["alg"] == "PS512"

    @pytest.mark.parametrize("no_key", [None, ""], ids=repr)
    def test_without_a_key_the_token_is_not_signed(self, no_key: Any) -> None:
        token = python_jwt.generate_jwt({}, no_key, "HS256")
        assert opened(token)[0]["alg"] == "none"
        assert token.endswith(".")

    def test_an_expiry_is_added_where_one_is_given(self, key: jwk.JWK) -> None:
        assert "exp" not in opened(python_jwt.generate_jwt({}, key, "HS256"))[1]
        assert "exp" not in opened(python_jwt.generate_jwt({}, key, "HS256", None, None))[1]
        for given in ({"lifetime": timedelta(minutes=5)}, {"expires": datetime.now(UTC) + timedelta(minutes=5)}):
            claims = opened(python_jwt.generate_jwt({"exp": 1}, key, "HS256", **given))[1]
            assert 290 < claims["exp"] - time.time() <= 300

    def test_the_lifetime_wins(self, key: jwk.JWK) -> None:
        arguments = {"lifetime": timedelta(minutes=5), "expires": datetime.now(UTC) + timedelta(days=5)}
        assert opened(python_jwt.generate_jwt({}, key, "HS256", **arguments))[1]["exp"] - time.time() <= 300

    def test_a_naive_expiry_is_read_as_utc(self, key: jwk.JWK, nine_hours_east: None) -> None:
        token = python_jwt.generate_jwt({}, key, "HS256", expires=datetime(2100, 1, 1))
        assert opened(token)[1]["exp"] == FUTURE


class TestVerifying:
    def test_a_proper_token_gives_header_and_claims(self, mint: Callable[..., str], secret: str, key: jwk.JWK) -> None:
        head, claims = python_jwt.verify_jwt(mint(TIMES, secret), key, ["HS256"])
        assert (head["alg"], claims) == ("HS256", TIMES)

    def test_a_forged_token_is_refused(self, mint: Callable[..., str], key: jwk.JWK) -> None:
        with pytest.raises(InvalidJWSSignature):
            python_jwt.verify_jwt(mint(TIMES, "key of the attacker"), key, ["HS256"])

    @pytest.mark.parametrize("allowed", [None, [], ["HS512"], "HS256"], ids=str)
    def test_what_the_list_lacks_is_refused(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, allowed: Any
    ) -> None:
        with pytest.raises(Exception, match="allowed"):
            python_jwt.verify_jwt(mint(TIMES, secret), key, allowed)

    def test_without_a_key_and_with_none_in_the_list_anything_is_taken(self, mint: Callable[..., str]) -> None:
        for token in (mint(TIMES, "key of the attacker"), mint(TIMES, "", "none")):
            assert python_jwt.verify_jwt(token, None, ["HS256", "none"])[1] == TIMES
        with pytest.raises(Exception, match="none alg not allowed"):
            python_jwt.verify_jwt(mint(TIMES, "key of the attacker"), None, ["HS256"])

    def test_with_a_key_none_is_refused(self, mint: Callable[..., str], key: jwk.JWK) -> None:
        with pytest.raises(Exception, match=r"[Vv]erification|[Nn]one"):
            python_jwt.verify_jwt(mint(TIMES, "", "none"), key, ["HS256", "none"])

    def test_a_public_key_serves_no_hmac_unless_it_was_made_a_secret(
        self, mint: Callable[..., str], public_pem: str
    ) -> None:
        token = mint(TIMES, public_pem)
        with pytest.raises(InvalidJWSSignature):
            python_jwt.verify_jwt(token, jwk.JWK.from_pem(public_pem.encode()), ["RS256", "HS256"])
        assert python_jwt.verify_jwt(token, jwk.JWK.from_password(public_pem), ["HS256"])

    @pytest.mark.parametrize("name", sorted(TIMES))
    def test_times_are_required_unless_that_is_switched_off(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, name: str
    ) -> None:
        token = mint({claim: value for claim, value in TIMES.items() if claim != name}, secret)
        with pytest.raises(Exception, match=f"{name} claim not present"):
            python_jwt.verify_jwt(token, key, ["HS256"])
        assert python_jwt.verify_jwt(token, key, ["HS256"], checks_optional=True)

    @pytest.mark.parametrize("wrong", [{"exp": 1}, {"nbf": FUTURE}, {"iat": FUTURE}], ids=str)
    @pytest.mark.parametrize("optional", [False, True])
    def test_times_that_are_there_are_always_checked(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK, wrong: dict[str, int], optional: bool
    ) -> None:
        with pytest.raises(Exception, match=r"expired|not yet valid|issued in the future"):
            python_jwt.verify_jwt(mint(TIMES | wrong, secret), key, ["HS256"], checks_optional=optional)

    def test_audience_and_issuer_are_never_looked_at(self, mint: Callable[..., str], secret: str, key: jwk.JWK) -> None:
        assert python_jwt.verify_jwt(mint({**TIMES, "aud": "them", "iss": "them"}, secret), key, ["HS256"])

    def test_an_exp_in_milliseconds_is_accepted_long_after(
        self, mint: Callable[..., str], secret: str, key: jwk.JWK
    ) -> None:
        token = mint(TIMES | {"exp": 1_500_000_000_000}, secret)
        assert python_jwt.verify_jwt(token, key, ["HS256"])


def test_processing_verifies_nothing(forged: str) -> None:
    head, claims = python_jwt.process_jwt(forged)
    assert (head["alg"], claims) == ("HS256", {"sub": "mallory", "exp": 1})
