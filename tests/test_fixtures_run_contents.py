"""Runs the programs about what is in a token: JWT203 and JWT204.

- JWT203: who has nothing but the token reads the secret in it.
- JWT204: a client that adds a role to its request has a token with that role.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jwt
import pytest
from fixture_keys import environment, load
from fixture_programs import bad, good
from flask import Flask
from starlette.applications import Starlette
from starlette.testclient import TestClient

SECRET = "tr0ub4dor&3"


@pytest.fixture(autouse=True)
def deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**environment(), "ACCOUNT_SECRET": SECRET, "API_KEY": f"alice.{SECRET}"}.items():
        monkeypatch.setenv(name, value)


class TestSensitiveClaim:
    FOLDER = "JWT203-sensitive-claim"

    @bad(FOLDER)
    def test_the_secret_is_read_without_a_key(self, path: Path) -> None:
        claims = jwt.decode(load(path).issue(), options={"verify_signature": False})
        assert SECRET in str(claims)

    @good(FOLDER)
    def test_no_secret_can_be_read(self, path: Path) -> None:
        token = load(path).issue()
        if token.count(".") == 2:
            assert SECRET not in str(jwt.decode(token, options={"verify_signature": False}))
        else:
            with pytest.raises(jwt.DecodeError):
                jwt.decode(token, options={"verify_signature": False})


class TestUntrustedClaims:
    FOLDER = "JWT204-untrusted-claims"

    @bad(FOLDER)
    def test_a_client_gives_itself_a_role(self, path: Path) -> None:
        assert claims_for(path, {"sub": "mallory", "role": "admin"})["role"] == "admin"

    @good(FOLDER)
    def test_a_client_gets_no_role(self, path: Path) -> None:
        claims = claims_for(path, {"sub": "mallory", "role": "admin"})
        assert claims["sub"]
        assert "role" not in claims


def claims_for(path: Path, sent: dict[str, str]) -> dict[str, Any]:
    """The claims of the token that the program gives a client for what it sends."""
    app = load(path).app
    as_form = "request.form" in path.read_text()
    how: dict[str, Any] = {"data": sent} if as_form else {"json": sent}
    if isinstance(app, Flask):
        token = app.test_client().post("/token", **how).text
    else:
        assert isinstance(app, Starlette)
        token = TestClient(app).post("/token", **how).text
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims
