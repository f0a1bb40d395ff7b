"""fastapi-jwt-auth keeps the contract that it shares with its forks, and its fixtures do what they say.

Run with `nox -s 'apart(fastapi_jwt_auth)'`.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import authjwt
import pytest
from programs import claims, each, is_good, load, signs_with

SECRET = secrets.token_hex(32)


class TestFastapiJwtAuth(authjwt.Contract):
    package = "fastapi_jwt_auth"


@each("JWT304-expiry-disabled", "fastapi_jwt_auth")
def test_expiry(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    assert ("exp" in claims(load(path).issue())) is is_good(path)


@each("JWT501-hardcoded-key", "fastapi_jwt_auth")
def test_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTHJWT_SECRET_KEY", SECRET)
    assert signs_with(load(path).issue(), SECRET) is is_good(path)
