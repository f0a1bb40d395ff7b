"""The contract of authx, which backs the model `jwt_sast/libraries/authx.py`, and its fixtures.

Run with `nox -s 'apart(fastapi)'`.
"""

from __future__ import annotations

import inspect
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from authx import AuthX, AuthXConfig, TokenPayload
from authx.exceptions import JWTDecodeError
from authx.token import create_token, decode_token
from programs import claims, cookies_of, each, is_good, load
from pydantic import ValidationError
from starlette.responses import Response

SECRET = secrets.token_hex(32)


def auth(**settings: object) -> AuthX:
    """An object that is set up with a secret and what else is given."""
    return AuthX(config=AuthXConfig(**{"JWT_SECRET_KEY": SECRET, **settings}))


def test_parameters() -> None:
    assert list(inspect.signature(AuthX).parameters)[:1] == ["config"]
    assert list(inspect.signature(AuthX.create_access_token).parameters)[:5] == [
        "self",
        "uid",
        "fresh",
        "headers",
        "expiry",
    ]
    assert list(inspect.signature(AuthX.create_refresh_token).parameters)[:4] == ["self", "uid", "headers", "expiry"]
    order = "uid key type jti expiry issued fresh csrf algorithm headers audience issuer additional_data not_before"
    assert list(inspect.signature(create_token).parameters) == [*order.split(), "data", "ignore_errors"]
    order = "token key algorithms audience issuer verify data"
    assert list(inspect.signature(decode_token).parameters) == order.split()
    assert list(inspect.signature(TokenPayload.decode).parameters)[:6] == order.split()[:6]


class TestConfiguration:
    def test_defaults_are_safe(self) -> None:
        config = AuthXConfig()
        assert config.JWT_SECRET_KEY is None
        assert config.JWT_ALGORITHM == "HS256"
        assert timedelta(minutes=15) == config.JWT_ACCESS_TOKEN_EXPIRES
        assert timedelta(days=20) == config.JWT_REFRESH_TOKEN_EXPIRES
        assert config.JWT_TOKEN_LOCATION == ["headers"]
        assert (config.JWT_COOKIE_SECURE, config.JWT_COOKIE_HTTP_ONLY, config.JWT_COOKIE_CSRF_PROTECT) == (True,) * 3
        assert config.JWT_COOKIE_SAMESITE == "lax"

    def test_what_is_given_comes_before_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JWT_SECRET_KEY", "from outside")
        assert AuthXConfig().JWT_SECRET_KEY == "from outside"
        assert AuthXConfig(JWT_SECRET_KEY=SECRET).JWT_SECRET_KEY == SECRET

    def test_the_environment_comes_before_a_subclass(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Config(AuthXConfig):
            JWT_SECRET_KEY: str = SECRET

        assert Config().JWT_SECRET_KEY == SECRET
        monkeypatch.setenv("JWT_SECRET_KEY", "from outside")
        assert Config().JWT_SECRET_KEY == "from outside"

    def test_fields_can_be_set_afterwards(self) -> None:
        config = AuthXConfig(JWT_SECRET_KEY=SECRET)
        config.JWT_ACCESS_TOKEN_EXPIRES = None
        assert "exp" not in claims(AuthX(config=config).create_access_token("alice"))

    def test_unsigned_tokens_cannot_be_asked_for(self) -> None:
        with pytest.raises(ValidationError):
            AuthXConfig(JWT_ALGORITHM="none")

    def test_a_key_is_needed(self) -> None:
        from authx.exceptions import BadConfigurationError

        with pytest.raises(BadConfigurationError):
            AuthX(config=AuthXConfig()).create_access_token("alice")

    def test_false_is_no_way_to_switch_the_expiry_off(self) -> None:
        token = auth(JWT_ACCESS_TOKEN_EXPIRES=False).create_access_token("alice")
        assert claims(token)["exp"] <= time.time()

    def test_the_previous_key_verifies_too(self) -> None:
        old = secrets.token_hex(32)
        token = create_token("alice", old, expiry=timedelta(minutes=1))
        assert auth(JWT_PREVIOUS_SECRET_KEY=old)._decode_token(token).sub == "alice"


class TestTokens:
    def test_lifetimes(self) -> None:
        assert claims(auth().create_access_token("alice"))["exp"] - time.time() == pytest.approx(900, abs=60)
        long = claims(auth().create_access_token("alice", expiry=timedelta(days=2)))
        assert long["exp"] - time.time() == pytest.approx(2 * 86400, abs=60)
        never = auth(JWT_ACCESS_TOKEN_EXPIRES=None, JWT_REFRESH_TOKEN_EXPIRES=None)
        assert "exp" not in claims(never.create_access_token("alice"))
        assert "exp" not in claims(never.create_refresh_token("alice"))

    def test_the_function_adds_no_expiry_of_its_own(self) -> None:
        assert "exp" not in claims(create_token("alice", SECRET))
        in_an_hour = datetime.now(UTC) + timedelta(hours=1)
        assert claims(create_token("alice", SECRET, expiry=in_an_hour))["exp"] == pytest.approx(in_an_hour.timestamp())
        length = claims(create_token("alice", SECRET, expiry=timedelta(hours=1)))
        assert length["exp"] == pytest.approx(in_an_hour.timestamp(), abs=60)

    def test_data_become_claims_and_additional_data_no_registered_ones(self) -> None:
        assert claims(create_token("alice", SECRET, data={"exp": 5}))["exp"] == 5
        assert "exp" not in claims(create_token("alice", SECRET, additional_data={"exp": 5}))

    @pytest.mark.parametrize("decode", [decode_token, TokenPayload.decode])
    def test_decoding(self, decode: Any) -> None:
        stranger = create_token("mallory", secrets.token_hex(32))
        with pytest.raises(JWTDecodeError):
            decode(stranger, SECRET)
        assert decode(stranger, SECRET, verify=False)
        with pytest.raises(JWTDecodeError):
            decode(jwt.encode({"sub": "alice", "type": "access", "exp": 1}, SECRET), SECRET)
        assert decode(create_token("alice", SECRET), SECRET)
        with pytest.raises(JWTDecodeError):
            decode(create_token("alice", SECRET * 2, algorithm="HS512"), SECRET * 2)


class TestCookies:
    def cookie(self, **settings: object) -> Any:
        """The cookie of an access token."""
        made = auth(JWT_TOKEN_LOCATION=["cookies"], **settings)
        response = Response()
        made.set_access_cookies(made.create_access_token("alice"), response)
        return cookies_of(response.headers.getlist("set-cookie"))["access_token_cookie"]

    def test_its_flags(self) -> None:
        cookie = self.cookie()
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "lax"

    def test_without_them(self) -> None:
        cookie = self.cookie(JWT_COOKIE_SECURE=False, JWT_COOKIE_HTTP_ONLY=False, JWT_COOKIE_SAMESITE="none")
        assert not cookie["secure"]
        assert not cookie["httponly"]
        assert cookie["samesite"] == "none"

    def test_csrf_protection(self) -> None:
        assert claims(auth(JWT_TOKEN_LOCATION=["cookies"]).create_access_token("alice"))["csrf"]
        off = auth(JWT_TOKEN_LOCATION=["cookies"], JWT_COOKIE_CSRF_PROTECT=False)
        assert not claims(off.create_access_token("alice")).get("csrf")


@each("JWT304-expiry-disabled", "authx")
def test_expiry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert ("exp" in claims(load(path).issue())) is is_good(path)
