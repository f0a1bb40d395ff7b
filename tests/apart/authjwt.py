"""The contract of fastapi-jwt-auth and its forks, which backs the model `jwt_sast/libraries/fastapi_jwt_auth.py`.

The forks have the same API, one of them with coroutines, and want other releases of what they are built upon.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import secrets
import time
from datetime import timedelta
from typing import Any

import jwt
import pytest
from programs import claims, cookies_of
from starlette.responses import Response

SECRET = secrets.token_hex(32)


class Contract:
    """What is so in each of them; a subclass names the package."""

    package: str

    @pytest.fixture
    def auth(self) -> Any:
        """The class, set up with a secret and nothing else."""
        return self.set_up()

    def set_up(self, **settings: object) -> Any:
        """The class, set up anew."""
        auth = importlib.import_module(self.package).AuthJWT
        pairs = [("authjwt_secret_key", SECRET), *((f"authjwt_{name}", value) for name, value in settings.items())]
        auth.load_config(lambda: pairs)
        return auth

    def call(self, function: Any, *arguments: object, **named: object) -> Any:
        """What a method gives, or what its coroutine comes to."""
        result = function(*arguments, **named)
        return asyncio.run(_awaited(result)) if inspect.isawaitable(result) else result

    def made(self, auth: Any, **named: object) -> dict[str, Any]:
        """The claims of a new access token."""
        return claims(self.call(auth().create_access_token, "alice", **named))

    def test_parameters(self, auth: Any) -> None:
        access = "self subject fresh algorithm headers expires_time audience user_claims"
        assert list(inspect.signature(auth.create_access_token).parameters) == access.split()
        refresh = "self subject algorithm headers expires_time audience user_claims"
        assert list(inspect.signature(auth.create_refresh_token).parameters) == refresh.split()
        assert list(inspect.signature(auth.get_raw_jwt).parameters) == ["self", "encoded_token"]

    def test_a_settings_object_may_have_its_names_in_any_case(self) -> None:
        from pydantic import BaseModel

        class Settings(BaseModel):
            AuthJWT_Secret_Key: str = SECRET
            AUTHJWT_ACCESS_TOKEN_EXPIRES: bool = False

        auth = self.set_up()
        auth.load_config(Settings)
        assert "exp" not in self.made(auth)

    def test_the_function_is_called_at_once(self) -> None:
        called = []
        auth = self.set_up()
        auth.load_config(lambda: called.append(1) or [("authjwt_secret_key", SECRET)])
        assert called == [1]

    @pytest.mark.parametrize(("kind", "seconds"), [("access", 15 * 60), ("refresh", 30 * 24 * 3600)])
    def test_default_lifetimes(self, auth: Any, kind: str, seconds: int) -> None:
        token = self.call(getattr(auth(), f"create_{kind}_token"), "alice")
        assert claims(token)["exp"] - time.time() == pytest.approx(seconds, abs=60)

    def test_a_lifetime_is_in_seconds_or_a_length_of_time(self) -> None:
        for length in (600, timedelta(minutes=10)):
            found = self.made(self.set_up(access_token_expires=length))
            assert found["exp"] - time.time() == pytest.approx(600, abs=60)

    def test_false_switches_the_expiry_off(self, auth: Any) -> None:
        assert "exp" not in self.made(self.set_up(access_token_expires=False))
        assert "exp" not in self.made(self.set_up(), expires_time=False)

    def test_none_is_no_lifetime(self) -> None:
        with pytest.raises(TypeError):
            self.made(self.set_up(access_token_expires=None))

    @pytest.mark.parametrize("nothing", [None, 0, True])
    def test_nothing_for_one_token_stands_for_the_setting(self, auth: Any, nothing: object) -> None:
        assert self.made(auth, expires_time=nothing)["exp"] - time.time() == pytest.approx(900, abs=60)

    def test_an_unknown_algorithm_is_refused(self) -> None:
        with pytest.raises(ValueError, match="none"):
            self.made(self.set_up(algorithm="none"))

    def test_an_empty_secret_is_refused(self) -> None:
        with pytest.raises(ValueError, match="1 character"):
            self.set_up(secret_key="")

    def test_raw_claims_are_verified(self, auth: Any) -> None:
        bad = self.text(jwt.encode({"sub": "mallory", "type": "access"}, secrets.token_hex(32)))
        assert self.refusal(auth, bad) == "Signature verification failed"
        old = self.text(jwt.encode({"sub": "alice", "type": "access", "exp": 1}, SECRET))
        assert self.refusal(auth, old) == "Signature has expired"
        without_end = self.text(jwt.encode({"sub": "alice", "type": "access"}, SECRET))
        assert self.call(auth().get_raw_jwt, without_end)["sub"] == "alice"

    def test_a_header_is_read_without_verification(self, auth: Any) -> None:
        token = self.text(jwt.encode({}, secrets.token_hex(32)))
        assert self.call(auth().get_unverified_jwt_headers, token)["alg"] == "HS256"

    def refusal(self, auth: Any, token: str) -> str:
        """Why a token is refused."""
        errors = importlib.import_module(f"{self.package}.exceptions")
        with pytest.raises(errors.JWTDecodeError) as caught:
            self.call(auth().get_raw_jwt, token)
        return str(caught.value.message)

    def text(self, token: str | bytes) -> str:
        """A token as text: PyJWT 1 makes bytes."""
        return token if isinstance(token, str) else token.decode()

    def cookie(self, **settings: object) -> Any:
        """The cookie of an access token."""
        auth = self.set_up(token_location=["cookies"], **settings)()
        response = Response()
        self.call(auth.set_access_cookies, self.call(auth.create_access_token, "alice"), response)
        return cookies_of(response.headers.getlist("set-cookie"))["access_token_cookie"]

    def test_defaults_of_the_cookie(self) -> None:
        cookie = self.cookie()
        assert not cookie["secure"]
        assert cookie["httponly"]
        assert not cookie["samesite"]

    def test_flags_of_the_cookie(self) -> None:
        cookie = self.cookie(cookie_secure=True, cookie_samesite="lax")
        assert cookie["secure"]
        assert cookie["samesite"] == "lax"

    def test_cookies_have_to_be_asked_for(self, auth: Any) -> None:
        with pytest.raises(RuntimeWarning):
            self.call(auth().set_access_cookies, "token", Response())

    def test_csrf_protection_is_on_until_it_is_switched_off(self) -> None:
        assert "csrf" in self.made(self.set_up(token_location=["cookies"]))
        assert "csrf" not in self.made(self.set_up(token_location=["cookies"], cookie_csrf_protect=False))


async def _awaited(result: Any) -> Any:
    return await result
