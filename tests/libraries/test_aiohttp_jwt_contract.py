"""The contract of aiohttp-jwt, which backs the model `jwt_sast/libraries/aiohttp_jwt.py`, and its fixtures."""

from __future__ import annotations

import asyncio
import inspect
import secrets
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp_jwt import JWTMiddleware
from fixture_keys import load
from fixture_programs import framework

SECRET = secrets.token_hex(32)


async def _asked(app: web.Application, token: str) -> int:
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/report", headers={"Authorization": f"Bearer {token}"})
        return answer.status


def is_taken(token: str, app: web.Application) -> bool:
    """Whether the application takes a token."""
    return asyncio.run(_asked(app, token)) == 200


def application(**settings: Any) -> web.Application:
    """An application that wants a token."""

    async def report(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application(middlewares=[JWTMiddleware(SECRET, **settings)])
    app.router.add_get("/report", report)
    return app


def minted(key: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    """A token that somebody makes."""
    return jwt.encode({"sub": "meter", **claims}, key, algorithm)


def test_parameters() -> None:
    order = "secret_or_pub_key request_property credentials_required whitelist token_getter is_revoked store_token"
    assert list(inspect.signature(JWTMiddleware).parameters) == [
        *order.split(),
        "algorithms",
        "auth_scheme",
        "audience",
        "issuer",
    ]


def test_what_is_verified() -> None:
    assert is_taken(minted(exp=int(time.time()) + 60), application(algorithms=["HS256"]))
    assert is_taken(minted(), application(algorithms=["HS256"])), "a token without an expiry"
    assert not is_taken(minted(exp=1), application(algorithms=["HS256"]))
    assert not is_taken(minted(secrets.token_hex(32)), application(algorithms=["HS256"]))
    assert not is_taken(minted(SECRET * 2, "HS512"), application(algorithms=["HS256"]))
    assert not is_taken(jwt.encode({"sub": "meter"}, "", "none"), application(algorithms=["HS256", "none"]))


def test_without_a_list_nothing_is_taken() -> None:
    assert not is_taken(minted(), application())


def test_audience_and_issuer() -> None:
    foreign = minted(aud="office", iss="elsewhere")
    assert not is_taken(foreign, application(algorithms=["HS256"], audience="shop"))
    assert not is_taken(foreign, application(algorithms=["HS256"], audience="office", issuer="here"))
    assert is_taken(foreign, application(algorithms=["HS256"], audience="office", issuer="elsewhere"))


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(RuntimeError):
        JWTMiddleware("")


@framework("JWT501-hardcoded-key", "aiohttp_jwt")
def test_fixture(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert is_taken(minted(), load(path).make_app()) is path.name.startswith("good_")
