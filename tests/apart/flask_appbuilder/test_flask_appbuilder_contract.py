"""The contract of Flask-AppBuilder, which backs the model `jwt_sast/libraries/flask_appbuilder.py`, and its fixtures.

Run with `nox -s 'apart(flask_appbuilder)'`.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask import Flask
from flask_appbuilder import AppBuilder
from flask_appbuilder.utils.legacy import get_sqla_class
from programs import claims as unverified
from programs import each, is_good, load

KEY, OTHER = secrets.token_hex(32), secrets.token_hex(32)


def login(**settings: Any) -> dict[str, Any]:
    """What the API gives to a user who logs in, of an application with these settings."""
    app = Flask("application")
    app.config.update(SQLALCHEMY_DATABASE_URI="sqlite://", **settings)
    with app.app_context():
        database = get_sqla_class()()
        database.init_app(app)
        builder = AppBuilder(app, database.session)
        password = secrets.token_hex(8)
        builder.sm.add_user("alice", "a", "b", "a@example.com", builder.sm.find_role("Admin"), password)
        credentials = {"username": "alice", "password": password, "provider": "db", "refresh": True}
        answer = app.test_client().post("/api/v1/security/login", json=credentials)
    assert answer.status_code == 200
    return dict(answer.get_json())


@pytest.mark.parametrize("settings", [{"SECRET_KEY": KEY}, {"SECRET_KEY": OTHER, "JWT_SECRET_KEY": KEY}])
def test_the_key(settings: dict[str, str]) -> None:
    assert jwt.decode(login(**settings)["access_token"], KEY, algorithms=["HS256"])["type"] == "access"


def test_default_lifetimes() -> None:
    made = [jwt.decode(login(SECRET_KEY=KEY)[f"{kind}_token"], KEY, ["HS256"]) for kind in ("access", "refresh")]
    assert [one["exp"] - one["iat"] for one in made] == [15 * 60, 30 * 24 * 3600]


@pytest.mark.parametrize("kind", ["access", "refresh"])
def test_tokens_for_ever(kind: str) -> None:
    tokens = login(SECRET_KEY=KEY, **{f"JWT_{kind.upper()}_TOKEN_EXPIRES": False})
    assert "exp" not in jwt.decode(tokens[f"{kind}_token"], KEY, ["HS256"])


@each("JWT304-expiry-disabled", "flask_appbuilder")
def test_the_expiry_of_fixtures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", KEY)
    assert ("exp" in unverified(load(path).issue())) is is_good(path)
