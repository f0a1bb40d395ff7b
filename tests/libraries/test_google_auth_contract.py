"""The contract of google-auth, which backs the model `jwt_sast/libraries/google_auth.py`.

Certificates are not fetched from Google: a transport of our own hands out those of the tests.
"""

# The package says that it is typed, and most of it is not.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import inspect
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from google.auth import crypt, jwt, transport
from google.auth.exceptions import GoogleAuthError, InvalidValue, MalformedError
from google.oauth2 import id_token, service_account
from hand_made_tokens import mint, opened

FUTURE = 4_102_444_800
TIMES = {"iat": 1, "exp": FUTURE}
US = "us.apps.example.com"
GOOGLE = "https://accounts.google.com"


class Answer(transport.Response):
    """A response with a body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    @property
    def status(self) -> int:
        return HTTPStatus.OK

    @property
    def headers(self) -> dict[str, str]:
        return {}

    @property
    def data(self) -> bytes:
        return self._body


class Certificates(transport.Request):
    """A transport by which every address has the same certificates."""

    def __init__(self, certificates: dict[str, Any]) -> None:
        self._body = json.dumps(certificates).encode()

    def __call__(self, url: str, *args: Any, **kwargs: Any) -> Answer:
        return Answer(self._body)


@pytest.fixture(scope="module")
def signer(private_pem: str) -> Any:
    return crypt.RSASigner.from_string(private_pem)


@pytest.fixture(scope="module")
def request_(public_pem: str) -> Certificates:
    return Certificates({"current": public_pem})


@pytest.fixture
def signed(signer: Any) -> Callable[..., bytes]:
    """Makes a token with the claims of `TIMES` and others."""
    return lambda **claims: jwt.encode(signer, {**TIMES, **claims})


class TestParameters:
    @pytest.mark.parametrize(
        ("function", "order"),
        [
            (jwt.encode, "signer payload header key_id"),
            (jwt.decode, "token certs verify audience clock_skew_in_seconds"),
            (jwt.decode_header, "token"),
            (id_token.verify_token, "id_token request audience certs_url clock_skew_in_seconds"),
            (id_token.verify_oauth2_token, "id_token request audience clock_skew_in_seconds"),
            (id_token.verify_firebase_token, "id_token request audience clock_skew_in_seconds"),
            (crypt.RSASigner.from_string, "key key_id"),
            (crypt.ES256Signer.from_string, "key key_id"),
            (crypt.RSASigner.from_service_account_info, "info"),
            (service_account.Credentials.from_service_account_info, "info kwargs"),
        ],
        ids=lambda value: getattr(value, "__qualname__", ""),
    )
    def test_order(self, function: Callable[..., Any], order: str) -> None:
        assert list(inspect.signature(function).parameters) == order.split()

    def test_signers_have_several_names(self) -> None:
        assert crypt.RSASigner is crypt.rsa.RSASigner
        assert crypt.EsSigner is crypt.es.EsSigner
        assert crypt.ES256Signer is crypt.es256.ES256Signer


class TestSigning:
    def test_the_algorithm_is_that_of_the_signer_or_of_the_header(self, signer: Any) -> None:
        assert opened(jwt.encode(signer, {}))[0]["alg"] == "RS256"
        assert opened(jwt.encode(signer, {}, header={"alg": "PS256"}))[0]["alg"] == "PS256"

    def test_no_claim_is_added(self, signer: Any) -> None:
        assert opened(jwt.encode(signer, {}))[1] == {}

    def test_a_datetime_is_refused(self, signer: Any) -> None:
        with pytest.raises(TypeError):
            jwt.encode(signer, {"exp": datetime.now(UTC)})

    def test_a_service_account_brings_its_key(self, private_pem: str, public_pem: str) -> None:
        info = {"private_key": private_pem, "client_email": "us@example.com", "token_uri": "https://example.com"}
        by_signer = crypt.RSASigner.from_service_account_info(info)
        assert jwt.decode(jwt.encode(by_signer, TIMES), public_pem)
        credentials = service_account.Credentials.from_service_account_info(info)
        assert jwt.decode(jwt.encode(credentials.signer, TIMES), public_pem)

    @pytest.mark.parametrize(
        ("make", "arguments"),
        [
            (service_account.IDTokenCredentials, {"target_audience": "them"}),
            (jwt.OnDemandCredentials, {}),
            (jwt.Credentials, {"audience": "them"}),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_other_credentials_bring_it_as_well(
        self, private_pem: str, public_pem: str, make: Any, arguments: dict[str, str]
    ) -> None:
        info = {"private_key": private_pem, "client_email": "us@example.com", "token_uri": "https://example.com"}
        credentials = make.from_service_account_info(info, **arguments)
        assert jwt.decode(jwt.encode(credentials.signer, TIMES), public_pem)

    def test_credentials_sign_for_an_hour(self, private_pem: str, public_pem: str) -> None:
        info = {"private_key": private_pem, "client_email": "us@example.com", "token_uri": "https://example.com"}
        credentials = jwt.Credentials.from_service_account_info(info, audience="them")
        credentials.refresh(None)
        claims = jwt.decode(credentials.token, public_pem)
        assert claims["exp"] - time.time() <= 3600


class TestVerifying:
    def test_keys_are_certificates_alone_in_a_list_or_by_id(
        self, signed: Callable[..., bytes], public_pem: str
    ) -> None:
        for certs in (public_pem, public_pem.encode(), [public_pem], {"any": public_pem}):
            assert jwt.decode(signed(), certs) == TIMES

    def test_without_certificates_nothing_is_accepted(self, signed: Callable[..., bytes]) -> None:
        with pytest.raises(TypeError):
            jwt.decode(signed())

    def test_elliptic_curves_are_served(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        token = jwt.encode(crypt.ES256Signer.from_string(private), TIMES)
        assert opened(token)[0]["alg"] == "ES256"
        assert jwt.decode(token, public) == TIMES

    @pytest.mark.parametrize("alg", ["HS256", "none", "None"])
    def test_neither_hmac_nor_none_is_ever_accepted(self, public_pem: str, alg: str) -> None:
        with pytest.raises(InvalidValue, match="Unsupported"):
            jwt.decode(mint(TIMES, public_pem, alg), public_pem)

    def test_a_forged_token_is_refused(self, signed: Callable[..., bytes], public_pem: str) -> None:
        head, _, signature = signed().decode().split(".")
        _, claims, _ = mint({**TIMES, "sub": "mallory"}, "").split(".")
        with pytest.raises(MalformedError, match="signature"):
            jwt.decode(f"{head}.{claims}.{signature}", public_pem)

    @pytest.mark.parametrize("off", [False, None, 0])
    def test_verify_switches_everything_off(self, forged: str, off: Any) -> None:
        assert jwt.decode(forged, verify=off) == {"sub": "mallory", "exp": 1}
        assert jwt.decode(forged, None, off) == {"sub": "mallory", "exp": 1}

    def test_the_header_is_never_verified(self, forged: str) -> None:
        assert jwt.decode_header(forged)["alg"] == "HS256"


class TestClaims:
    @pytest.mark.parametrize("name", sorted(TIMES))
    def test_the_times_are_required(self, signer: Any, public_pem: str, name: str) -> None:
        token = jwt.encode(signer, {claim: value for claim, value in TIMES.items() if claim != name})
        with pytest.raises(MalformedError, match=name):
            jwt.decode(token, public_pem)

    @pytest.mark.parametrize("wrong", [{"exp": 2}, {"iat": FUTURE}], ids=str)
    def test_the_times_are_checked(self, signed: Callable[..., bytes], public_pem: str, wrong: dict[str, int]) -> None:
        with pytest.raises(InvalidValue):
            jwt.decode(signed(**wrong), public_pem)

    @pytest.mark.parametrize("other", [{"nbf": FUTURE}, {"iss": "them"}, {"aud": "them"}, {"sub": 1}], ids=str)
    def test_nothing_else_is_looked_at(
        self, signed: Callable[..., bytes], public_pem: str, other: dict[str, Any]
    ) -> None:
        assert jwt.decode(signed(**other), public_pem)

    @pytest.mark.parametrize("wrong", [{}, {"aud": "them"}, {"aud": ["us"]}], ids=str)
    def test_an_audience_that_is_asked_for_has_to_be_the_same_text(
        self, signed: Callable[..., bytes], public_pem: str, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(InvalidValue):
            jwt.decode(signed(**wrong), public_pem, audience="us")
        assert jwt.decode(signed(aud="us"), public_pem, audience=["us", "them"])

    def test_an_exp_in_milliseconds_is_accepted_long_after(self, signed: Callable[..., bytes], public_pem: str) -> None:
        assert jwt.decode(signed(exp=1_500_000_000_000), public_pem)


class TestIdTokens:
    def test_any_token_s_issuer_is_not_looked_at(self, signed: Callable[..., bytes], request_: Certificates) -> None:
        assert id_token.verify_token(signed(iss="them", aud="them"), request_)
        with pytest.raises(InvalidValue):
            id_token.verify_token(signed(iss="them", aud="them"), request_, US)

    def test_google_s_token_has_to_be_of_google(self, signed: Callable[..., bytes], request_: Certificates) -> None:
        assert id_token.verify_oauth2_token(signed(iss=GOOGLE, aud="them"), request_)
        with pytest.raises(GoogleAuthError):
            id_token.verify_oauth2_token(signed(iss="them", aud=US), request_, US)
        with pytest.raises(InvalidValue):
            id_token.verify_oauth2_token(signed(iss=GOOGLE, aud="them"), request_, US)

    def test_firebase_s_token_names_its_project_as_issuer(
        self, signed: Callable[..., bytes], request_: Certificates
    ) -> None:
        token = signed(iss="https://securetoken.google.com/them", aud="them", sub="alice")
        with pytest.warns(UserWarning, match="audience"):
            assert id_token.verify_firebase_token(token, request_)
        with pytest.raises(InvalidValue):
            id_token.verify_firebase_token(token, request_, "us")
        with pytest.raises(InvalidValue):
            id_token.verify_firebase_token(signed(iss=GOOGLE, aud="us", sub="alice"), request_, "us")

    @pytest.mark.parametrize("verify", [id_token.verify_token, id_token.verify_oauth2_token])
    def test_a_forged_or_expired_token_is_refused(
        self, signed: Callable[..., bytes], request_: Certificates, verify: Callable[..., Any]
    ) -> None:
        for token in (mint({**TIMES, "iss": GOOGLE}, "key of the attacker"), signed(iss=GOOGLE, exp=2)):
            with pytest.raises(InvalidValue):
                verify(token, request_)

    def test_a_key_set_is_served_by_pyjwt(self, rsa_key: Any, private_pem: str) -> None:
        member = pyjwt.algorithms.RSAAlgorithm.to_jwk(rsa_key.public_key(), as_dict=True)
        keys = Certificates({"keys": [{**member, "kid": "current", "alg": "RS256", "use": "sig"}]})
        token = pyjwt.encode({"iss": "them"}, private_pem, algorithm="RS256", headers={"kid": "current"})
        # PyJWT does not require the times.
        assert id_token.verify_token(token, keys) == {"iss": "them"}
