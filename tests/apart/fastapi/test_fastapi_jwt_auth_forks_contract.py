"""The forks of fastapi-jwt-auth keep the contract of the original.

Run with `nox -s 'apart(fastapi)'`.
"""

from __future__ import annotations

import asyncio

import authjwt
from async_fastapi_jwt_auth import AuthJWT
from async_fastapi_jwt_auth.auth_jwt import AuthJWTBearer


class TestAsyncFastapiJwtAuth(authjwt.Contract):
    package = "async_fastapi_jwt_auth"

    def test_the_bearer_gives_one(self) -> None:
        assert isinstance(asyncio.run(_called(AuthJWTBearer())), AuthJWT)


class TestFastapiAnotherJwtAuth(authjwt.Contract):
    package = "fastapi_another_jwt_auth"


async def _called(bearer: AuthJWTBearer) -> object:
    made = bearer(req=None, res=None)
    return await made if asyncio.iscoroutine(made) else made
