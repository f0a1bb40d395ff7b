"""The contract of starlette-authlib, which backs `jwt_sast/libraries/starlette_authlib.py`, and its fixtures."""

from __future__ import annotations

import inspect
import secrets
import time
import warnings
from pathlib import Path
from typing import Any

import fastapi.middleware
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from fixture_keys import load
from fixture_programs import framework
from fixture_servers import cookies_of
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

with warnings.catch_warnings():
    # It is built upon a module that Authlib has given up, and looks for a file of settings.
    warnings.simplefilter("ignore")
    from starlette_authlib.middleware import AuthlibMiddleware, SecretKey

SECRET = secrets.token_hex(32)


async def login(request: Request) -> Response:
    """Puts something into the session."""
    request.session["plot"] = 12
    return Response()


def cookie(**settings: Any) -> Any:
    """The only cookie that is set, by its attributes."""
    middleware = [Middleware(AuthlibMiddleware, **{"secret_key": SECRET, **settings})]
    (found,) = cookies_of(Starlette(routes=[Route("/login", login, methods=["POST"])], middleware=middleware)).values()
    return found


def test_fastapi_has_the_same_middleware() -> None:
    assert fastapi.middleware.Middleware is Middleware
    assert issubclass(fastapi.FastAPI, Starlette)


def test_parameters() -> None:
    order = "app secret_key session_cookie max_age path same_site https_only domain jwt_alg"
    assert list(inspect.signature(AuthlibMiddleware).parameters) == order.split()
    assert SecretKey._fields == ("encode", "decode")


def test_its_flags() -> None:
    found = cookie()
    assert found.key == "session"
    assert not found["secure"]
    assert found["httponly"]
    assert found["samesite"] == "lax"


def test_with_other_flags() -> None:
    found = cookie(session_cookie="plots", https_only=True, same_site="none")
    assert found.key == "plots"
    assert found["secure"]
    assert found["samesite"] == "none"


@pytest.mark.parametrize(("settings", "seconds"), [({}, 14 * 86400), ({"max_age": 60}, 60), ({"max_age": None}, 0)])
def test_lifetime(settings: dict[str, Any], seconds: int) -> None:
    claims = jwt.decode(cookie(**settings).value, SECRET, algorithms=["HS256"], options={"verify_exp": False})
    assert claims["exp"] - time.time() == pytest.approx(seconds, abs=30)


def test_a_pair_of_keys_signs_with_the_first() -> None:
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    found = cookie(secret_key=SecretKey(private, public), jwt_alg="RS256")
    assert jwt.decode(found.value, public, algorithms=["RS256"])["plot"] == 12


@framework("JWT404-insecure-cookie", "starlette_authlib")
def test_fixture(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert bool(cookies_of(load(path).app)["session"]["secure"]) is path.name.startswith("good_")
