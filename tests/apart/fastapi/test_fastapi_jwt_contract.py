"""The contract of fastapi-jwt, which backs the model `jwt_sast/libraries/fastapi_jwt.py`, and its fixtures.

Run with `nox -s 'apart(fastapi)'`.
"""

from __future__ import annotations

import inspect
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import fastapi_jwt
import pytest
from authlib.jose import jwt
from fastapi import FastAPI, Security
from fastapi.testclient import TestClient
from programs import claims, cookies_of, each, is_good, load, signs_with
from starlette.responses import Response

SECRET = secrets.token_hex(32)
CLASSES = [
    getattr(fastapi_jwt, f"Jwt{kind}{place}")
    for kind in ("Access", "Refresh")
    for place in ("Bearer", "Cookie", "BearerCookie")
]


@pytest.mark.parametrize("one", CLASSES)
def test_parameters(one: Any) -> None:
    order = "secret_key auto_error algorithm access_expires_delta refresh_expires_delta"
    assert list(inspect.signature(one).parameters) == order.split()
    for method in (one.create_access_token, one.create_refresh_token):
        assert list(inspect.signature(method).parameters) == ["self", "subject", "expires_delta", "unique_identifier"]


@pytest.mark.parametrize("nothing", [None, timedelta(0)])
def test_lifetimes(nothing: timedelta | None) -> None:
    auth = fastapi_jwt.JwtAccessBearer(SECRET, access_expires_delta=nothing, refresh_expires_delta=nothing)
    access = claims(auth.create_access_token({"name": "alice"}, expires_delta=nothing))
    assert access["exp"] - time.time() == pytest.approx(15 * 60, abs=60)
    refresh = claims(auth.create_refresh_token({"name": "alice"}))
    assert refresh["exp"] - time.time() == pytest.approx(31 * 86400, abs=60)
    long = claims(auth.create_access_token({"name": "alice"}, expires_delta=timedelta(days=2)))
    assert long["exp"] - time.time() == pytest.approx(2 * 86400, abs=60)


def test_the_default_algorithm() -> None:
    assert fastapi_jwt.JwtAccessBearer(SECRET).algorithm == "HS256"


def is_taken(token: str) -> bool:
    """Whether a route takes a token that wants one. With Authlib behind it some are refused by an error of its own."""
    app = FastAPI()
    app.get("/", dependencies=[Security(fastapi_jwt.JwtAccessBearer(SECRET))])(lambda: "welcome")

    client = TestClient(app, raise_server_exceptions=False)
    return client.get("/", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def minted(key: str = SECRET, algorithm: str = "HS256", **more: object) -> str:
    """A token that somebody makes."""
    token: bytes = jwt.encode({"alg": algorithm}, {"subject": {"name": "alice"}, "type": "access", **more}, key)
    return token.decode()


def test_what_is_verified() -> None:
    assert is_taken(minted(exp=int(time.time()) + 60))
    assert not is_taken(minted(exp=1))
    assert not is_taken(minted(secrets.token_hex(32)))
    assert not is_taken(minted(algorithm="HS512"))
    assert is_taken(minted()), "a token without an expiry"


@pytest.mark.parametrize(("kind", "http_only"), [("access", False), ("refresh", True)])
def test_the_flags_of_its_cookies_cannot_be_chosen(kind: str, http_only: bool) -> None:
    set_cookie = getattr(fastapi_jwt.JwtAccessCookie, f"set_{kind}_cookie")
    response = Response()
    set_cookie(response, "a.b.c")
    cookie = cookies_of(response.headers.getlist("set-cookie"))[f"{kind}_token_cookie"]
    assert not cookie["secure"]
    assert bool(cookie["httponly"]) is http_only
    assert cookie["samesite"] == "lax"
    assert list(inspect.signature(set_cookie).parameters) == ["response", f"{kind}_token", "expires_delta"]


@each("JWT501-hardcoded-key", "fastapi_jwt")
def test_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert signs_with(load(path).issue(), SECRET) is is_good(path)


@each("JWT404-insecure-cookie", "fastapi_jwt")
def test_cookie(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    headers = TestClient(load(path).app, base_url="https://shop.example.com").post("/login").headers
    (cookie,) = cookies_of(headers.get_list("set-cookie")).values()
    assert bool(cookie["secure"]) is is_good(path)
