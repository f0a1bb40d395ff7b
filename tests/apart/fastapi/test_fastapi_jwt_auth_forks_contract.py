"""The forks of fastapi-jwt-auth keep the contract of the original, and their fixtures do what they say.

Run with `nox -s 'apart(fastapi)'`.
"""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import authjwt
import pytest
from async_fastapi_jwt_auth import AuthJWT
from async_fastapi_jwt_auth.auth_jwt import AuthJWTBearer
from programs import each, is_good, load, signs_with

SECRET = secrets.token_hex(32)


class TestAsyncFastapiJwtAuth(authjwt.Contract):
    package = "async_fastapi_jwt_auth"

    def test_the_bearer_gives_one(self) -> None:
        assert isinstance(asyncio.run(_called(AuthJWTBearer())), AuthJWT)


class TestFastapiAnotherJwtAuth(authjwt.Contract):
    package = "fastapi_another_jwt_auth"


@each("JWT501-hardcoded-key", "async_fastapi_jwt_auth", "fastapi_another_jwt_auth")
def test_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTHJWT_SECRET_KEY", SECRET)
    assert signs_with(load(path).issue(), SECRET) is is_good(path)


async def _called(bearer: AuthJWTBearer) -> object:
    made = bearer(req=None, res=None)
    return await made if asyncio.iscoroutine(made) else made
