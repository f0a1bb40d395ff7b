"""The contract of itsdangerous 2.0, the last with JWS, which backs the model `jwt_sast/libraries/itsdangerous.py`.

Frameworks want a later release, so it is tested apart: `nox -s 'apart(itsdangerous2)'`.
"""

from __future__ import annotations

import importlib.metadata
import inspect
import time
from collections.abc import Callable
from typing import Any

import itsdangerous
import pytest
from hand_made_tokens import mint, opened, segment
from itsdangerous import JSONWebSignatureSerializer, TimedJSONWebSignatureSerializer
from itsdangerous.exc import BadHeader, BadSignature, SignatureExpired

SECRET = "kept by the provider, drawn for these tests alone"
FUTURE = 4_102_444_800
HOUR = 3600

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_it_is_the_last_release_that_has_them() -> None:
    assert importlib.metadata.version("itsdangerous") == "2.0.1"
    assert itsdangerous.jws.JSONWebSignatureSerializer is JSONWebSignatureSerializer
    with pytest.warns(DeprecationWarning, match=r"removed in ItsDangerous 2\.1"):
        JSONWebSignatureSerializer(SECRET)


@pytest.mark.parametrize(
    ("function", "order"),
    [
        (
            JSONWebSignatureSerializer,
            "secret_key salt serializer serializer_kwargs signer signer_kwargs algorithm_name",
        ),
        (TimedJSONWebSignatureSerializer, "secret_key expires_in kwargs"),
        (JSONWebSignatureSerializer.dumps, "self obj salt header_fields"),
        (JSONWebSignatureSerializer.loads, "self s salt return_header"),
        (TimedJSONWebSignatureSerializer.loads, "self s salt return_header"),
        (JSONWebSignatureSerializer.load_payload, "self payload serializer return_header"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_order_of_parameters(function: Callable[..., Any], order: str) -> None:
    assert list(inspect.signature(function).parameters) == order.split()


class TestSigning:
    def test_the_default_algorithm_is_hs512(self) -> None:
        for chosen in ({}, {"algorithm_name": None}):
            assert opened(JSONWebSignatureSerializer(SECRET, **chosen).dumps({}))[0]["alg"] == "HS512"

    def test_without_times_no_claim_is_added(self) -> None:
        head, claims = opened(JSONWebSignatureSerializer(SECRET).dumps({"id": 1}))
        assert (head, claims) == ({"alg": "HS512"}, {"id": 1})

    @pytest.mark.parametrize(
        ("given", "lifetime"), [({}, HOUR), ({"expires_in": None}, HOUR), ({"expires_in": 60}, 60)]
    )
    def test_with_times_the_expiry_is_in_the_header(self, given: dict[str, Any], lifetime: int) -> None:
        head, claims = opened(TimedJSONWebSignatureSerializer(SECRET, **given).dumps({"id": 1}))
        assert head["exp"] - head["iat"] == lifetime
        assert claims == {"id": 1}

    def test_none_signs(self) -> None:
        assert JSONWebSignatureSerializer(SECRET, algorithm_name="none").dumps({}).endswith(b".")

    def test_other_algorithms_and_spellings_are_unknown(self) -> None:
        for name in ("None", "NONE", "RS256"):
            with pytest.raises(NotImplementedError):
                JSONWebSignatureSerializer(SECRET, algorithm_name=name)

    @pytest.mark.parametrize("key", ["", "k"])
    def test_an_empty_or_short_key_signs_and_verifies(self, key: str) -> None:
        serializer = JSONWebSignatureSerializer(key, algorithm_name="HS256")
        assert serializer.loads(mint({"id": 1}, key)) == {"id": 1}
        assert serializer.loads(serializer.dumps({"id": 1})) == {"id": 1}

    def test_any_key_of_several_verifies(self) -> None:
        serializer = JSONWebSignatureSerializer([SECRET, "a later key"], algorithm_name="HS256")
        assert serializer.loads(mint({"id": 1}, SECRET)) == {"id": 1}


class TestVerifying:
    @pytest.mark.parametrize("alg", ["HS256", "HS384", "none"])
    def test_only_the_one_algorithm_is_taken(self, alg: str) -> None:
        with pytest.raises(BadSignature):
            JSONWebSignatureSerializer(SECRET).loads(mint({}, SECRET, alg))

    def test_none_is_honoured_where_it_is_the_algorithm(self) -> None:
        serializer = JSONWebSignatureSerializer(SECRET, algorithm_name="none")
        assert serializer.loads(mint({"sub": "mallory"}, "", "none")) == {"sub": "mallory"}

    def test_a_forged_token_is_refused(self) -> None:
        with pytest.raises(BadSignature):
            JSONWebSignatureSerializer(SECRET, algorithm_name="HS256").loads(mint({}, "key of the attacker"))

    def test_without_times_no_claim_is_looked_at(self) -> None:
        claims = {"exp": 1, "nbf": FUTURE, "iat": FUTURE, "aud": "them", "iss": "them"}
        assert JSONWebSignatureSerializer(SECRET, algorithm_name="HS256").loads(mint(claims, SECRET)) == claims

    def test_with_times_the_header_has_to_have_an_expiry(self) -> None:
        serializer = TimedJSONWebSignatureSerializer(SECRET, algorithm_name="HS256")
        with pytest.raises(BadSignature, match="Missing expiry"):
            serializer.loads(mint({"exp": FUTURE}, SECRET))
        with pytest.raises(SignatureExpired):
            serializer.loads(mint({}, SECRET, exp=1))
        assert serializer.loads(mint({"exp": 1, "nbf": FUTURE}, SECRET, exp=int(time.time()) + 60))

    def test_a_header_may_be_asked_for(self) -> None:
        serializer = JSONWebSignatureSerializer(SECRET, algorithm_name="HS256")
        payload, head = serializer.loads(mint({"id": 1}, SECRET), return_header=True)
        assert (payload, head["alg"]) == ({"id": 1}, "HS256")


class TestWithoutSignature:
    def test_a_payload_is_loaded_without_verification(self) -> None:
        # It takes what comes before the signature.
        unsigned = mint({"sub": "mallory"}, "key of the attacker").rpartition(".")[0]
        serializer = JSONWebSignatureSerializer(SECRET, algorithm_name="HS256")
        assert serializer.load_payload(unsigned) == {"sub": "mallory"}
        assert serializer.load_payload(unsigned, return_header=True)[1]["alg"] == "HS256"

    def test_an_unsafe_load_says_whether_the_token_verifies(self) -> None:
        serializer = JSONWebSignatureSerializer(SECRET, algorithm_name="HS256")
        assert serializer.loads_unsafe(mint({"id": 1}, SECRET)) == (True, {"id": 1})
        assert serializer.loads_unsafe(mint({"id": 1}, "key of the attacker")) == (False, {"id": 1})


def test_a_header_of_another_algorithm_is_refused() -> None:
    head = segment(b'{"alg":"HS512"}')
    serializer = JSONWebSignatureSerializer(SECRET, algorithm_name="HS256")
    signed = serializer.make_signer().sign(f"{head}.{segment(b'{}')}".encode())
    with pytest.raises(BadHeader):
        serializer.loads(signed)
