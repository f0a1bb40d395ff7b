"""The contract of fastapi-users, which backs the model `jwt_sast/libraries/fastapi_users.py`, and its fixtures.

Run with `nox -s 'apart(fastapi_users)'`.
"""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import secrets
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from fastapi_users.authentication import CookieTransport, JWTStrategy
from fastapi_users.jwt import decode_jwt, generate_jwt

SECRET = secrets.token_hex(32)
USER: Any = SimpleNamespace(id="alice")
FIXTURES = Path(__file__).parents[3] / "fixtures" / "JWT304-expiry-disabled"


def claims(strategy: JWTStrategy) -> dict[str, Any]:
    """The claims of a token that a strategy makes."""
    token = asyncio.run(strategy.write_token(USER))
    return jwt.decode(token, options={"verify_signature": False})


def test_parameters_of_the_strategy() -> None:
    order = "secret lifetime_seconds token_audience algorithm public_key"
    assert list(inspect.signature(JWTStrategy).parameters) == order.split()


def test_the_lifetime_has_no_default() -> None:
    with pytest.raises(TypeError):
        JWTStrategy(SECRET)


@pytest.mark.parametrize("lifetime", [None, 0])
def test_without_a_lifetime_there_is_no_expiry(lifetime: int | None) -> None:
    assert "exp" not in claims(JWTStrategy(SECRET, lifetime))


def test_a_lifetime_is_in_seconds() -> None:
    assert claims(JWTStrategy(SECRET, 900))["exp"] - time.time() == pytest.approx(900, abs=60)


def test_the_default_algorithm() -> None:
    token = asyncio.run(JWTStrategy(SECRET, 900).write_token(USER))
    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    assert jwt.decode(token, SECRET, algorithms=["HS256"], audience="fastapi-users:auth")["sub"] == "alice"


def test_parameters_of_the_cookie() -> None:
    names = "name max_age path domain secure httponly samesite"
    assert list(inspect.signature(CookieTransport).parameters) == [f"cookie_{name}" for name in names.split()]


def cookie(**options: Any) -> str:
    """The header by which a transport sets its cookie, in lower case."""
    response = asyncio.run(CookieTransport(**options).get_login_response("a.b.c"))
    return response.headers["set-cookie"].lower()


def test_defaults_of_the_cookie() -> None:
    header = cookie()
    assert header.startswith("fastapiusersauth=a.b.c;")
    assert "; secure" in header
    assert "httponly" in header
    assert "samesite=lax" in header


def test_the_cookie_without_its_flags() -> None:
    header = cookie(cookie_secure=False, cookie_httponly=False, cookie_samesite="none")
    assert "; secure" not in header
    assert "httponly" not in header
    assert "samesite=none" in header


def fixture(path: Path) -> JWTStrategy:
    """What a fixture sets up."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    strategy = module.strategy()
    assert isinstance(strategy, JWTStrategy)
    return strategy


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.py")), ids=lambda path: path.stem)
def test_fixture(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert ("exp" in claims(fixture(path))) is path.name.startswith("good_")


def test_parameters_of_the_functions() -> None:
    assert list(inspect.signature(generate_jwt).parameters) == ["data", "secret", "lifetime_seconds", "algorithm"]
    assert list(inspect.signature(decode_jwt).parameters) == ["encoded_jwt", "secret", "audience", "algorithms"]


@pytest.mark.parametrize("lifetime", [None, 0])
def test_the_function_adds_an_expiry_where_it_is_told_one(lifetime: int | None) -> None:
    token = generate_jwt({"sub": "alice"}, SECRET, lifetime)
    assert jwt.decode(token, options={"verify_signature": False}) == {"sub": "alice"}
    token = generate_jwt({"sub": "alice", "exp": 1}, SECRET, 900)
    found = jwt.decode(token, options={"verify_signature": False})
    assert found["exp"] - time.time() == pytest.approx(900, abs=60)
    assert jwt.get_unverified_header(token)["alg"] == "HS256"


def test_what_the_other_function_verifies() -> None:
    whole = {"sub": "alice", "aud": "shop"}
    assert decode_jwt(generate_jwt(whole, SECRET), SECRET, ["shop"])["sub"] == "alice", "without an expiry"
    with pytest.raises(jwt.InvalidSignatureError):
        decode_jwt(generate_jwt(whole, secrets.token_hex(32)), SECRET, ["shop"])
    with pytest.raises(jwt.InvalidAlgorithmError):
        decode_jwt(generate_jwt(whole, SECRET * 2, algorithm="HS512"), SECRET * 2, ["shop"])
    with pytest.raises(jwt.InvalidAudienceError):
        decode_jwt(generate_jwt(whole, SECRET), SECRET, ["office"])
    with pytest.raises(jwt.ExpiredSignatureError):
        decode_jwt(generate_jwt({**whole, "exp": 1}, SECRET), SECRET, ["shop"])
