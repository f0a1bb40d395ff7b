"""The contract of joserfc, which backs the model `jwt_sast/libraries/joserfc.py`."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwe, jwk, jws, jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyTypeError,
    JoseError,
    MissingClaimError,
    MissingHeaderError,
    MissingKeyError,
    SecurityWarning,
    UnsupportedAlgorithmError,
    UnsupportedKeyAlgorithmError,
)
from joserfc.jwk import KeySet, OctKey, RSAKey
from older_releases import ask

# Short keys, PEM in an `oct` key and `none` are warned of; what is proved here is that a warning is all.
pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")

YEAR_2100 = 4_102_444_800
HS256 = {"alg": "HS256"}

Mint = Callable[..., str]


def octet(secret: str, **more: str) -> dict[str, Any]:
    """A symmetric JWK (RFC 7517)."""
    return {"kty": "oct", "k": base64.urlsafe_b64encode(secret.encode()).rstrip(b"=").decode(), **more}


def registry(claim: str, **request: Any) -> jwt.JWTClaimsRegistry:
    """A registry that asks something of one claim."""
    requests: dict[str, Any] = {claim: request}
    return jwt.JWTClaimsRegistry(**requests)


@pytest.fixture
def key(secret: str) -> OctKey:
    return OctKey.import_key(secret)


class TestParameters:
    """Which parameter stands where."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.encode, "header claims key algorithms registry encoder_cls default_type"),
            (jwt.decode, "value key algorithms registry decoder_cls"),
            (jwt.JWTClaimsRegistry, "now leeway kwargs"),
            (jwt.JWTClaimsRegistry().validate, "claims"),
            (jws.serialize_compact, "protected payload private_key algorithms registry"),
            (jws.serialize_json, "members payload private_key algorithms registry"),
            (jws.deserialize_compact, "value public_key algorithms registry payload"),
            (jws.deserialize_json, "value public_key algorithms registry"),
            (jws.extract_compact, "value payload registry"),
            (jws.validate_compact, "obj public_key algorithms registry"),
            (jws.JWSRegistry, "header_registry algorithms strict_check_header"),
            (jwk.import_key, "data key_type parameters"),
            (OctKey.import_key, "value parameters password"),
            (RSAKey.import_key, "value parameters password"),
            (KeySet, "keys"),
            (KeySet.import_key_set, "value parameters"),
        ],
        ids=lambda value: getattr(value, "__qualname__", "") if callable(value) else "",
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_the_size_of_what_is_drawn(self) -> None:
        assert next(iter(inspect.signature(OctKey.generate_key).parameters)) == "key_size"
        assert list(inspect.signature(jwk.generate_key).parameters)[:2] == ["key_type", "crv_or_size"]
        assert next(iter(inspect.signature(KeySet([]).get_by_kid).parameters)) == "kid"


class TestSigning:
    """What `encode` mints."""

    def test_the_header_names_the_algorithm(self, key: OctKey) -> None:
        with pytest.raises(MissingHeaderError):
            jwt.encode({}, {}, key)

    def test_no_claim_is_added(self, key: OctKey) -> None:
        assert jwt.decode(jwt.encode(HS256, {}, key), key).claims == {}

    @pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
    def test_a_naive_datetime_is_read_as_utc(self, key: OctKey, claim: str, nine_hours_east: None) -> None:
        token = jwt.encode(HS256, {claim: datetime(2100, 1, 1)}, key)
        assert jwt.decode(token, key).claims == {claim: YEAR_2100}

    def test_the_callers_claims_are_changed(self, key: OctKey) -> None:
        claims: dict[str, Any] = {"exp": datetime(2100, 1, 1)}
        jwt.encode(HS256, claims, key)
        assert claims == {"exp": YEAR_2100}

    def test_none_signs_only_where_it_is_listed(self) -> None:
        none: Any = None
        assert jwt.encode({"alg": "none"}, {}, none, algorithms=["none"]).endswith(".")
        assert jwt.encode({"alg": "none"}, {}, none, registry=jws.JWSRegistry(algorithms=["none"])).endswith(".")
        for allowed in (None, [], ["HS256"]):
            with pytest.raises(UnsupportedAlgorithmError):
                jwt.encode({"alg": "none"}, {}, none, algorithms=allowed)


class TestKeys:
    """Which keys are taken."""

    @pytest.mark.parametrize(("raw", "refusal"), [("x" * 64, ValueError), (None, MissingKeyError)], ids=["str", "None"])
    def test_a_key_is_an_object(self, valid: str, raw: Any, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            jwt.encode(HS256, {}, raw)
        with pytest.raises(refusal):
            jwt.decode(valid, raw)

    @pytest.mark.parametrize("raw", ["", {"kty": "oct", "k": ""}], ids=str)
    def test_an_empty_key_is_refused(self, raw: Any) -> None:
        with pytest.raises(ValueError, match="empty"):
            OctKey.import_key(raw)

    def test_a_short_key_is_only_warned_of(self, mint: Mint) -> None:
        with pytest.warns(SecurityWarning):
            short = OctKey.import_key("k")
        assert jwt.decode(mint({}, "k"), short).claims == {}

    @pytest.mark.parametrize("form", ["public_pem", "public_der"])
    def test_a_public_key_is_no_secret(self, form: str, request: pytest.FixtureRequest) -> None:
        with pytest.raises(ValueError, match="Asymmetric public keys"):
            OctKey.import_key(request.getfixturevalue(form))

    def test_a_private_pem_is_only_warned_of(self, private_pem: str, mint: Mint) -> None:
        with pytest.warns(SecurityWarning):
            key = OctKey.import_key(private_pem)
        assert jwt.decode(mint({}, private_pem), key).claims == {}

    def test_a_key_fits_one_kind_of_algorithm(self, mint: Mint, public_pem: str) -> None:
        with pytest.raises(InvalidKeyTypeError):
            jwt.decode(mint({}, public_pem), RSAKey.import_key(public_pem), algorithms=["HS256", "RS256"])

    def test_the_algorithm_of_a_jwk_counts(self, mint: Mint, secret: str) -> None:
        with pytest.raises(UnsupportedKeyAlgorithmError):
            jwt.decode(mint({}, secret), OctKey.import_key(octet(secret, alg="HS512")))

    def test_the_forms_of_a_key(self, valid: str, secret: str) -> None:
        keys: list[Any] = [
            OctKey.import_key(secret),
            OctKey.import_key(octet(secret)),
            jwk.import_key(secret, "oct"),
            jwk.import_key(secret),
            jwk.import_key(octet(secret)),
            lambda token: OctKey.import_key(secret),
        ]
        assert [jwt.decode(valid, key).claims for key in keys] == [{"sub": "alice"}] * len(keys)

    def test_sets_of_keys(self, secret: str) -> None:
        members = [octet(secret, kid="1"), octet("x" * 64, kid="2")]
        token = jwt.encode({"alg": "HS256", "kid": "1"}, {"sub": "alice"}, OctKey.import_key(octet(secret)))
        for keys in (KeySet.import_key_set({"keys": members}), KeySet([OctKey.import_key(one) for one in members])):
            for key in (keys, keys.get_by_kid("1")):
                assert jwt.decode(token, key).claims == {"sub": "alice"}

    def test_what_is_drawn(self) -> None:
        assert len(OctKey.generate_key().raw_value) == 32
        assert len(OctKey.generate_key(128).raw_value) == 16
        drawn: Any = jwk.generate_key("oct", 128)
        assert len(drawn.raw_value) == 16


def test_an_encrypted_token_is_made_with_the_header_first() -> None:
    key = OctKey.generate_key(256)
    token = jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM"}, b"payload", key)
    assert jwe.decrypt_compact(token, key).plaintext == b"payload"


class TestAlgorithms:
    """What the allow-list lets through."""

    @pytest.mark.parametrize("allowed", [None, []], ids=str)
    def test_without_a_list_the_recommended_ones_are_allowed(
        self, mint: Mint, secret: str, key: OctKey, allowed: list[str] | None
    ) -> None:
        assert jwt.decode(mint({}, secret), key, algorithms=allowed).claims == {}
        for other in ("HS384", "HS512", "none"):
            with pytest.raises(UnsupportedAlgorithmError):
                jwt.decode(mint({}, secret, alg=other), key, algorithms=allowed)

    def test_an_algorithm_outside_the_list_is_refused(self, valid: str, key: OctKey) -> None:
        with pytest.raises(UnsupportedAlgorithmError):
            jwt.decode(valid, key, algorithms=["HS512"])

    def test_a_registry_wins_over_the_list(self, mint: Mint, secret: str, key: OctKey) -> None:
        token = mint({}, secret, alg="HS512")
        registry = jws.JWSRegistry(algorithms=["HS512"])
        assert jwt.decode(token, key, algorithms=["HS256"], registry=registry).claims == {}

    def test_none_verifies_where_it_is_listed(self, mint: Mint, key: OctKey) -> None:
        token = mint({"sub": "mallory"}, "", alg="none")
        none: Any = None
        for given in (key, none):
            for listed in (["none"], ["HS256", "none"]):
                assert jwt.decode(token, given, algorithms=listed).claims == {"sub": "mallory"}
                registry = jws.JWSRegistry(algorithms=listed)
                assert jwt.decode(token, given, registry=registry).claims == {"sub": "mallory"}


class TestClaims:
    """What is checked, and when."""

    def test_a_forged_token_is_refused(self, forged: str, key: OctKey) -> None:
        with pytest.raises(BadSignatureError):
            jwt.decode(forged, key)

    @pytest.mark.parametrize(
        ("claims", "refusal"),
        [
            ({"exp": 1}, ExpiredTokenError),
            ({"nbf": YEAR_2100}, InvalidClaimError),
            ({"iat": YEAR_2100}, InvalidClaimError),
        ],
        ids=str,
    )
    def test_no_time_is_checked_before_a_registry_does(
        self, mint: Mint, secret: str, key: OctKey, claims: dict[str, Any], refusal: type[JoseError]
    ) -> None:
        decoded = jwt.decode(mint(claims, secret), key)
        assert decoded.claims == claims
        assert decoded.header["alg"] == "HS256"
        with pytest.raises(refusal):
            jwt.JWTClaimsRegistry().validate(decoded.claims)

    def test_the_plain_registry_checks_no_time(self) -> None:
        jwt.BaseClaimsRegistry(exp={"essential": True}).validate({"exp": 1})

    def test_validate_exp_checks_one_of_them(self) -> None:
        with pytest.raises(ExpiredTokenError):
            jwt.JWTClaimsRegistry().validate_exp(1)

    def test_leeway_is_the_registry_s(self) -> None:
        jwt.JWTClaimsRegistry(leeway=YEAR_2100).validate({"exp": 1})

    def test_an_exp_in_milliseconds_is_accepted_long_after(self) -> None:
        jwt.JWTClaimsRegistry().validate({"exp": 1_500_000_000_000})

    @pytest.mark.parametrize("claim", ["exp", "aud", "iss"])
    def test_a_claim_may_be_absent_unless_essential(self, claim: str) -> None:
        registry(claim, values=["us"]).validate({})
        with pytest.raises(MissingClaimError):
            registry(claim, essential=True).validate({})

    @pytest.mark.parametrize("claim", ["aud", "iss"])
    def test_a_claim_is_compared_only_if_a_value_is_asked_for(self, claim: str) -> None:
        jwt.JWTClaimsRegistry().validate({claim: "them"})
        with pytest.raises(InvalidClaimError):
            registry(claim, value="us").validate({claim: "them"})

    def test_a_member_of_a_request_that_is_not_known_is_ignored(self) -> None:
        request: Any = {"required": True, "valeu": "us"}
        jwt.JWTClaimsRegistry(iss=request).validate({"iss": "them"})
        jwt.JWTClaimsRegistry(iss=request).validate({})


class TestRawSignatures:
    """`jws`: no claims are checked, and `extract_compact` checks nothing at all."""

    def test_the_verification_checks_the_signature_only(self, expired: str, forged: str, key: OctKey) -> None:
        assert b'"exp": 1' in (jws.deserialize_compact(expired, key).payload or b"")
        with pytest.raises(BadSignatureError):
            jws.deserialize_compact(forged, key)

    def test_what_is_extracted_is_not_verified(self, forged: str, valid: str, key: OctKey) -> None:
        found = jws.extract_compact(forged.encode())
        assert b"mallory" in (found.payload or b"")
        assert found.headers()["alg"] == "HS256"
        assert not jws.validate_compact(found, key)
        assert jws.validate_compact(jws.extract_compact(valid.encode()), key)


ASK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from joserfc import jwt
from joserfc.jwk import OctKey
empty, unsigned, valid, expired, secret = json.load(sys.stdin)

def takes(token, key, **more):
    try:
        jwt.decode(token, key() if callable(key) else key, **more)
    except Exception:
        return False
    return True

print(json.dumps({
    "an empty key": takes(empty, lambda: OctKey.import_key("")),
    "none where it is listed": takes(unsigned, OctKey.import_key(secret), algorithms=["none"]),
    "a text for a key": takes(valid, secret),
    "an expired token": takes(expired, OctKey.import_key(secret)),
}))
"""


class TestOlderReleases:
    """What the model asks the declared release for."""

    @pytest.mark.parametrize(
        ("version", "accepted"),
        [
            ("1.0.0", {"an empty key", "a text for a key"}),
            ("1.1.0", {"an empty key", "none where it is listed", "a text for a key"}),
            ("1.2.0", {"an empty key", "none where it is listed"}),
            ("1.6.7", {"an empty key", "none where it is listed"}),
            ("1.7.0", {"none where it is listed"}),
        ],
    )
    def test_what_is_accepted(
        self, version: str, accepted: set[str], tmp_path: Path, mint: Mint, valid: str, expired: str, secret: str
    ) -> None:
        tokens = [mint({}, ""), mint({}, "", alg="none"), valid, expired, secret]
        answers = ask(f"joserfc=={version}", ASK, tokens, tmp_path)
        assert {name for name, taken in answers.items() if taken} == {*accepted, "an expired token"}
