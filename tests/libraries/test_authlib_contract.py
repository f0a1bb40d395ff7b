"""The contract of Authlib, which backs the model `jwt_sast/libraries/authlib.py`."""

from __future__ import annotations

import base64
import inspect
import json
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from older_releases import ask

with warnings.catch_warnings():
    # The module is deprecated in favour of joserfc, and says so.
    warnings.simplefilter("ignore")
    from authlib.jose import JsonWebEncryption, JsonWebKey, JsonWebSignature, JsonWebToken, KeySet, OctKey, RSAKey, jwt
    from authlib.jose.errors import (
        BadSignatureError,
        ExpiredTokenError,
        InsecureClaimError,
        InvalidClaimError,
        InvalidTokenError,
        JoseError,
        MissingAlgorithmError,
        MissingClaimError,
        UnsupportedAlgorithmError,
    )
    from authlib.oidc.core import UserInfo

YEAR_2100 = 4_102_444_800
HS256 = {"alg": "HS256"}

Mint = Callable[..., str]


def octet(secret: str, **more: str) -> dict[str, str]:
    """A symmetric JWK (RFC 7517)."""
    return {"kty": "oct", "k": base64.urlsafe_b64encode(secret.encode()).rstrip(b"=").decode(), **more}


def header_of(token: bytes) -> dict[str, Any]:
    head = token.partition(b".")[0]
    content: dict[str, Any] = json.loads(base64.urlsafe_b64decode(head + b"=" * (-len(head) % 4)))
    return content


class TestParameters:
    """Which parameter stands where."""

    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.encode, "header payload key check"),
            (jwt.decode, "s key claims_cls claims_options claims_params"),
            (JsonWebToken, "algorithms private_headers"),
            (JsonWebSignature, "algorithms private_headers"),
            (JsonWebSignature().serialize, "header payload key"),
            (JsonWebSignature().serialize_compact, "protected payload key"),
            (JsonWebSignature().serialize_json, "header_obj payload key"),
            (JsonWebSignature().deserialize, "s key decode"),
            (JsonWebSignature().deserialize_compact, "s key decode"),
            (JsonWebSignature().deserialize_json, "obj key decode"),
            (JsonWebKey.import_key, "raw options"),
            (JsonWebKey.import_key_set, "raw"),
            (JsonWebKey.generate_key, "kty crv_or_size options is_private"),
            (OctKey.import_key, "raw options"),
            (RSAKey.import_key, "raw options"),
            (OctKey.generate_key, "key_size options is_private"),
            (KeySet, "keys"),
            (KeySet([]).find_by_kid, "kid params"),
        ],
        ids=lambda value: getattr(value, "__qualname__", "") if callable(value) else "",
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_unknown_keywords_are_refused(self, valid: str, secret: str) -> None:
        with pytest.raises(TypeError):
            jwt.decode(valid, secret, algorithms=["HS256"])

    def test_an_instance_asks_for_a_list(self) -> None:
        with pytest.raises(TypeError):
            JsonWebToken()


class TestSigning:
    """What `encode` mints."""

    def test_the_header_names_the_algorithm(self, secret: str) -> None:
        assert header_of(jwt.encode({"alg": "HS512"}, {}, secret))["alg"] == "HS512"
        with pytest.raises(MissingAlgorithmError):
            jwt.encode({}, {}, secret)

    def test_no_claim_is_added(self, secret: str) -> None:
        assert jwt.decode(jwt.encode(dict(HS256), {}, secret), secret) == {}

    @pytest.mark.parametrize("claim", ["exp", "nbf", "iat"])
    def test_a_naive_datetime_is_read_as_utc(self, secret: str, claim: str, nine_hours_east: None) -> None:
        token = jwt.encode(dict(HS256), {claim: datetime(2100, 1, 1)}, secret)
        assert jwt.decode(token, secret) == {claim: YEAR_2100}

    def test_the_callers_claims_are_changed(self, secret: str) -> None:
        claims: dict[str, Any] = {"exp": datetime(2100, 1, 1)}
        jwt.encode(dict(HS256), claims, secret)
        assert claims == {"exp": YEAR_2100}

    def test_a_claim_that_looks_like_a_secret_is_refused(self, secret: str) -> None:
        with pytest.raises(InsecureClaimError):
            jwt.encode(dict(HS256), {"password": "p"}, secret)
        assert jwt.encode(dict(HS256), {"password": "p"}, secret, check=False)

    @pytest.mark.parametrize("key", [None, "", "x" * 64], ids=["None", "empty", "key"])
    def test_none_signs_only_where_it_is_listed(self, key: str | None) -> None:
        assert JsonWebToken(["HS256", "none"]).encode({"alg": "none"}, {}, key).endswith(b".")
        for other in (jwt, JsonWebToken(None), JsonWebToken(["HS256"])):
            with pytest.raises(UnsupportedAlgorithmError):
                other.encode({"alg": "none"}, {}, key)


class TestKeys:
    """Which keys are taken."""

    @pytest.mark.parametrize("key", [None, ""])
    def test_no_key_is_refused(self, mint: Mint, key: str | None) -> None:
        with pytest.raises(ValueError, match="empty"):
            jwt.encode(dict(HS256), {}, key)
        with pytest.raises(ValueError, match="empty"):
            jwt.decode(mint({}, ""), key)
        with pytest.raises(ValueError, match="empty"):
            OctKey.import_key("")

    def test_a_short_key_is_accepted(self, mint: Mint) -> None:
        assert jwt.encode(dict(HS256), {}, "k")
        assert jwt.decode(mint({}, "k"), "k") == {}

    def test_a_short_rsa_key_is_accepted(self) -> None:
        assert jwt.encode({"alg": "RS256"}, {}, rsa.generate_private_key(65537, 1024))

    @pytest.mark.parametrize("half", ["public_pem", "private_pem"])
    def test_a_pem_is_no_hmac_key(self, half: str, mint: Mint, request: pytest.FixtureRequest) -> None:
        key = request.getfixturevalue(half)
        with pytest.raises(ValueError, match="not be safe"):
            jwt.encode(dict(HS256), {}, key)
        for allowed in (jwt, JsonWebToken(["HS256", "RS256"])):
            with pytest.raises(ValueError, match="not be safe"):
                allowed.decode(mint({}, key), key)

    def test_der_is_accepted(self, mint: Mint, public_der: bytes) -> None:
        assert jwt.decode(mint({"sub": "mallory"}, public_der), public_der) == {"sub": "mallory"}

    def test_a_key_object_fits_one_kind_of_algorithm(self, mint: Mint, public_pem: str) -> None:
        key = JsonWebKey.import_key(public_pem)
        with pytest.raises(Exception):  # noqa: B017, PT011 - a KeyError at present, which is no interface
            jwt.decode(mint({}, public_pem), key)
        with pytest.raises(ValueError, match="Missing required field"):
            jwt.decode(mint({}, public_pem), key.as_dict())

    def test_a_jwk_pins_no_algorithm_of_its_kind(self, mint: Mint, secret: str) -> None:
        assert jwt.decode(mint({}, secret, alg="HS256"), octet(secret, alg="HS512")) == {}

    def test_the_forms_of_a_key(self, valid: str, secret: str) -> None:
        keys = [
            secret,
            octet(secret),
            json.dumps(octet(secret)),
            [octet(secret)],
            {"keys": [octet(secret)]},
            OctKey.import_key(secret),
            OctKey.import_key(octet(secret)),
            JsonWebKey.import_key(octet(secret)),
            JsonWebKey.import_key(secret, {"kty": "oct"}),
            lambda header, payload: secret,
        ]
        assert [jwt.decode(valid, key) for key in keys] == [{"sub": "alice"}] * len(keys)

    def test_sets_of_keys(self, secret: str) -> None:
        members = [octet(secret, kid="1"), octet("x" * 64, kid="2")]
        token = jwt.encode({"alg": "HS256", "kid": "1"}, {"sub": "alice"}, octet(secret))
        for raw in (members, {"keys": members}, json.dumps({"keys": members})):
            found = JsonWebKey.import_key_set(raw)
            assert jwt.decode(token, found) == jwt.decode(token, found.find_by_kid("1")) == {"sub": "alice"}
        assert jwt.decode(token, KeySet([JsonWebKey.import_key(one) for one in members])) == {"sub": "alice"}

    def test_what_is_drawn(self) -> None:
        assert len(OctKey.generate_key().get_op_key("sign")) == 32
        assert len(OctKey.generate_key(128).get_op_key("sign")) == 16
        assert len(JsonWebKey.generate_key("oct", 128, is_private=True).get_op_key("sign")) == 16

    def test_a_function_gives_the_key_for_signing_too(self, secret: str) -> None:
        token = jwt.encode(dict(HS256), {"sub": "alice"}, lambda header, payload: secret)
        assert jwt.decode(token, secret) == {"sub": "alice"}


def test_an_encrypted_token_is_made_with_the_header_first() -> None:
    key = OctKey.generate_key(256)
    token = JsonWebEncryption().serialize_compact({"alg": "dir", "enc": "A256GCM"}, b"payload", key)
    assert JsonWebEncryption().deserialize_compact(token, key)["payload"] == b"payload"


class TestAlgorithms:
    """What the allow-list lets through."""

    @pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
    def test_the_ready_instance_and_none_allow_every_algorithm(self, mint: Mint, secret: str, algorithm: str) -> None:
        token = mint({}, secret, alg=algorithm)
        assert jwt.decode(token, secret) == JsonWebToken(None).decode(token, secret) == {}
        assert JsonWebSignature().deserialize_compact(token, secret)["payload"] == b"{}"

    def test_the_ready_instance_takes_public_keys_too(self, private_pem: str, public_pem: str) -> None:
        assert jwt.decode(jwt.encode({"alg": "RS256"}, {"sub": "alice"}, private_pem), public_pem) == {"sub": "alice"}

    @pytest.mark.parametrize("allowed", [["HS512"], []], ids=str)
    def test_an_algorithm_outside_the_list_is_refused(self, valid: str, secret: str, allowed: list[str]) -> None:
        with pytest.raises(UnsupportedAlgorithmError):
            JsonWebToken(allowed).decode(valid, secret)

    def test_a_string_is_searched_for_the_algorithm(self, valid: str, secret: str) -> None:
        assert JsonWebToken("xHS256y").decode(valid, secret) == {"sub": "alice"}

    @pytest.mark.parametrize("key", [None, "", "x" * 64], ids=["None", "empty", "key"])
    def test_none_verifies_where_it_is_listed(self, mint: Mint, key: str | None) -> None:
        token = mint({"sub": "mallory"}, "", alg="none")
        for listed in (["none"], ["HS256", "none"]):
            assert JsonWebToken(listed).decode(token, key) == {"sub": "mallory"}
            assert JsonWebSignature(listed).deserialize_compact(token, key)["payload"] == b'{"sub": "mallory"}'
        for other in (jwt, JsonWebToken(None), JsonWebToken(["HS256"])):
            with pytest.raises(UnsupportedAlgorithmError):
                other.decode(token, key)

    @pytest.mark.parametrize("name", ["None", "NONE"])
    def test_none_in_other_letters_is_refused(self, mint: Mint, name: str) -> None:
        with pytest.raises(UnsupportedAlgorithmError):
            JsonWebToken([name]).decode(mint({}, "", alg=name), None)


class TestClaims:
    """What is checked, and when."""

    def test_a_forged_token_is_refused(self, forged: str, secret: str) -> None:
        with pytest.raises(BadSignatureError):
            jwt.decode(forged, secret)

    @pytest.mark.parametrize(
        ("claims", "refusal"),
        [
            ({"exp": 1}, ExpiredTokenError),
            ({"nbf": YEAR_2100}, InvalidTokenError),
            ({"iat": YEAR_2100}, InvalidTokenError),
            ({"exp": "tomorrow"}, InvalidClaimError),
        ],
        ids=str,
    )
    def test_no_time_is_checked_before_validate(
        self, mint: Mint, secret: str, claims: dict[str, Any], refusal: type[JoseError]
    ) -> None:
        decoded = jwt.decode(mint(claims, secret), secret)
        assert decoded == claims
        with pytest.raises(refusal):
            decoded.validate()

    def test_validate_exp_checks_one_of_them(self, expired: str, secret: str) -> None:
        with pytest.raises(ExpiredTokenError):
            jwt.decode(expired, secret).validate_exp(YEAR_2100, 0)

    def test_claims_are_a_dict_with_attributes(self, expired: str, secret: str) -> None:
        decoded = jwt.decode(expired, secret)
        assert decoded.exp == decoded["exp"] == decoded.get("exp") == 1
        assert isinstance(decoded, dict)

    def test_user_info_takes_them_as_they_are(self, expired: str, secret: str) -> None:
        claims = jwt.decode(expired, secret)
        assert UserInfo(claims) == claims

    def test_leeway_is_an_argument_of_validate(self, expired: str, secret: str) -> None:
        jwt.decode(expired, secret).validate(leeway=YEAR_2100)

    def test_an_exp_in_milliseconds_is_accepted_long_after(self, mint: Mint, secret: str) -> None:
        jwt.decode(mint({"exp": 1_500_000_000_000}, secret), secret).validate()

    def test_claims_may_be_absent_unless_essential(self, valid: str, secret: str) -> None:
        jwt.decode(valid, secret).validate()
        for claim in ("exp", "aud", "iss"):
            with pytest.raises(MissingClaimError):
                jwt.decode(valid, secret, claims_options={claim: {"essential": True}}).validate()

    def test_the_audience_is_compared_only_if_it_is_there(self, mint: Mint, secret: str) -> None:
        for request in ({"value": "us"}, {"values": ["us"]}):
            jwt.decode(mint({}, secret), secret, claims_options={"aud": request}).validate()
            with pytest.raises(InvalidClaimError):
                jwt.decode(mint({"aud": "them"}, secret), secret, claims_options={"aud": request}).validate()
        jwt.decode(mint({"aud": "them"}, secret), secret).validate()

    def test_the_issuer_is_compared_if_one_is_asked_for(self, mint: Mint, secret: str) -> None:
        for claims in ({}, {"iss": "them"}):
            jwt.decode(mint(claims, secret), secret).validate()
            with pytest.raises(InvalidClaimError):
                jwt.decode(mint(claims, secret), secret, claims_options={"iss": {"value": "us"}}).validate()

    def test_options_count_for_nothing_before_validate(self, mint: Mint, secret: str) -> None:
        token = mint({"iss": "them"}, secret)
        options = {"exp": {"essential": True}, "iss": {"value": "us"}}
        assert jwt.decode(token, secret, claims_options=options) == {"iss": "them"}

    def test_a_member_of_an_option_that_is_not_known_is_ignored(self, mint: Mint, secret: str) -> None:
        options = {"iss": {"valeu": "us", "required": True}}
        jwt.decode(mint({"iss": "them"}, secret), secret, claims_options=options).validate()

    def test_the_raw_verification_checks_no_claims(self, expired: str, forged: str, secret: str) -> None:
        raw = JsonWebSignature(["HS256"])
        for function in (raw.deserialize, raw.deserialize_compact):
            assert b'"exp": 1' in function(expired, secret)["payload"]
            with pytest.raises(BadSignatureError):
                function(forged, secret)


ASK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from authlib.jose import JsonWebToken, jwt
empty, unsigned, confused, pem, expired, secret = json.load(sys.stdin)

def takes(instance, token, key):
    try:
        instance.decode(token, key)
    except Exception:
        return False
    return True

print(json.dumps({
    "an empty key": takes(jwt, empty, ""),
    "none where it is listed": takes(JsonWebToken(["none"]), unsigned, None),
    "a public key as a secret": takes(jwt, confused, pem),
    "an expired token": takes(jwt, expired, secret),
}))
"""


class TestOlderReleases:
    """What the model asks the declared release for."""

    @pytest.mark.parametrize(
        ("version", "accepted"),
        [
            ("1.2.1", {"an empty key", "a public key as a secret"}),
            ("1.5.2", {"an empty key"}),
            ("1.6.0", {"an empty key", "none where it is listed"}),
            ("1.9.0", {"an empty key", "none where it is listed"}),
            ("1.9.1", {"none where it is listed"}),
        ],
    )
    def test_what_is_accepted(
        self,
        version: str,
        accepted: set[str],
        tmp_path: Path,
        mint: Mint,
        public_pem: str,
        expired: str,
        secret: str,
    ) -> None:
        tokens = [mint({}, ""), mint({}, "", alg="none"), mint({}, public_pem), public_pem, expired, secret]
        answers = ask(f"authlib=={version}", ASK, tokens, tmp_path)
        assert {name for name, taken in answers.items() if taken} == {*accepted, "an expired token"}
