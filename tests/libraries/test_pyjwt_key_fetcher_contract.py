"""The contract of pyjwt-key-fetcher, which backs the model `jwt_sast/libraries/pyjwt_key_fetcher.py`."""

from __future__ import annotations

import asyncio
import base64
import inspect
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from published_keys import publishing
from pyjwt_key_fetcher.errors import JWTInvalidIssuerError
from pyjwt_key_fetcher.fetcher import AsyncKeyFetcher
from pyjwt_key_fetcher.key import Key

pytestmark = pytest.mark.usefixtures("direct")


def octet(secret: str, **more: str) -> dict[str, str]:
    """A symmetric JWK (RFC 7517)."""
    return {"kty": "oct", "kid": "1", "k": base64.urlsafe_b64encode(secret.encode()).rstrip(b"=").decode(), **more}


def token_of(issuer: str, secret: str) -> str:
    return jwt.encode({"iss": issuer, "sub": "mallory"}, secret, headers={"kid": "1"})


def fetched(token: str, **settings: Any) -> Key:
    """The key that a fetcher finds for the token."""

    async def fetch() -> Key:
        return await AsyncKeyFetcher(**settings).get_key(token)

    return asyncio.run(fetch())


@pytest.mark.parametrize(
    ("function", "order"),
    [
        (
            AsyncKeyFetcher,
            "valid_issuers http_client cache_ttl cache_maxsize config_path static_issuer_config",
        ),
        (AsyncKeyFetcher.get_key, "self token"),
        (AsyncKeyFetcher.get_key_by_iss_and_kid, "self iss kid"),
        (AsyncKeyFetcher.get_issuer, "token"),
        (AsyncKeyFetcher.get_kid, "token"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_order(function: Callable[..., Any], order: str) -> None:
    assert list(inspect.signature(function).parameters) == order.split()


def test_the_key_is_what_decode_is_given(secret: str) -> None:
    with publishing(octet(secret, alg="HS256")) as issuer:
        token = token_of(issuer, secret)
        entry = fetched(token, valid_issuers=[issuer])
    assert set(entry) == {"key", "algorithms"}
    assert jwt.decode(token, **entry)["sub"] == "mallory"


@pytest.mark.parametrize("issuers", [None, []], ids=str)
def test_without_issuers_the_token_says_where_its_key_is(secret: str, issuers: list[str] | None) -> None:
    with publishing(octet(secret, alg="HS256")) as attacker:
        token = token_of(attacker, secret)
        assert jwt.decode(token, **fetched(token, valid_issuers=issuers))["sub"] == "mallory"


def test_with_issuers_it_does_not(secret: str) -> None:
    with publishing(octet(secret, alg="HS256")) as attacker:
        token = token_of(attacker, secret)
        with pytest.raises(JWTInvalidIssuerError):
            fetched(token, valid_issuers=["https://login.example.com"])


def test_a_key_without_an_algorithm_verifies_nothing(secret: str) -> None:
    with publishing(octet(secret)) as issuer:
        token = token_of(issuer, secret)
        entry = fetched(token)
    assert entry["algorithms"] == []
    with pytest.raises(jwt.DecodeError):
        jwt.decode(token, **entry)


def test_issuer_and_key_id_are_read_without_verification() -> None:
    token = token_of("https://login.example.com", "the key of an attacker, who knows how long")
    assert AsyncKeyFetcher.get_issuer(token) == "https://login.example.com"
    assert AsyncKeyFetcher.get_kid(token) == "1"
