"""The contract of fastapi-login, which backs the model `jwt_sast/libraries/fastapi_login.py`, and its fixtures.

Run with `nox -s 'apart(fastapi)'`.
"""

from __future__ import annotations

import inspect
import secrets
import time
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi_login import LoginManager
from programs import claims, cookies_of, each, is_good, load, signs_with
from starlette.responses import Response

SECRET = secrets.token_hex(32)


def test_parameters() -> None:
    order = "secret token_url algorithm use_cookie use_header cookie_name not_authenticated_exception default_expiry"
    assert list(inspect.signature(LoginManager).parameters) == [*order.split(), "scopes", "out_of_scope_exception"]
    assert list(inspect.signature(LoginManager.create_access_token).parameters) == ["self", "data", "expires", "scopes"]


def test_lifetimes() -> None:
    manager = LoginManager(SECRET, "/login")
    for nothing in (None, timedelta(0)):
        found = claims(manager.create_access_token(data={"sub": "alice"}, expires=nothing))
        assert found["exp"] - time.time() == pytest.approx(15 * 60, abs=60)
    found = claims(manager.create_access_token(data={"sub": "alice"}, expires=timedelta(days=2)))
    assert found["exp"] - time.time() == pytest.approx(2 * 86400, abs=60)
    long = LoginManager(SECRET, "/login", default_expiry=timedelta(days=2))
    assert claims(long.create_access_token(data={}))["exp"] - time.time() == pytest.approx(2 * 86400, abs=60)


@pytest.mark.parametrize(("options", "name"), [({}, "access-token"), ({"cookie_name": "session"}, "session")])
def test_the_cookie(options: dict[str, str], name: str) -> None:
    response = Response()
    LoginManager(SECRET, "/login", use_cookie=True, **options).set_cookie(response, "a.b.c")
    cookie = cookies_of(response.headers.getlist("set-cookie"))[name]
    assert not cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "lax"


@each("JWT501-hardcoded-key", "fastapi_login")
def test_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert signs_with(load(path).issue(), SECRET) is is_good(path)
