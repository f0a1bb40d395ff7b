"""The contract of flask-jwt, which backs the model `jwt_sast/libraries/flask_jwt.py`, and its fixtures.

Run with `nox -s 'apart(flask_jwt)'`.
"""

from __future__ import annotations

import collections
import collections.abc
import secrets
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

# The PyJWT that it wants looks for these where Pythons before 3.10 had them.
for name in ("Iterable", "Mapping"):
    setattr(collections, name, getattr(collections.abc, name))

import flask_jwt  # noqa: E402
import jwt  # noqa: E402
from programs import each, is_good, load, signs_with  # noqa: E402

KEY, OTHER = secrets.token_hex(32), secrets.token_hex(32)
ALICE = SimpleNamespace(id=1)


def application(**settings: Any) -> Flask:
    """An application with the extension and a view that wants a token."""
    app = Flask("application")
    app.config.update(settings)
    flask_jwt.JWT(app, lambda name, password: ALICE, lambda claims: ALICE)
    app.add_url_rule("/", "view", flask_jwt.jwt_required()(lambda: "seen"))
    return app


def claims(app: Flask, key: str = KEY) -> Any:
    """The claims of a token that the extension makes, which has to be signed with `key`."""
    with app.app_context():
        token = app.extensions["jwt"].jwt_encode_callback(ALICE)
    return jwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": False})


def status(app: Flask, *, key: str = KEY, lived: int = 0) -> int:
    """What the view answers to a token that was made `lived` seconds ago, for a minute."""
    made = int(time.time()) - lived
    token = jwt.encode({"identity": 1, "iat": made, "nbf": made, "exp": made + 60}, key).decode()
    return int(app.test_client().get("/", headers={"Authorization": f"JWT {token}"}).status_code)


def test_the_key_of_the_application_stands_in() -> None:
    assert claims(application(SECRET_KEY=KEY))
    assert claims(application(SECRET_KEY=OTHER, JWT_SECRET_KEY=KEY))


def test_the_default_lifetime() -> None:
    made = claims(application(SECRET_KEY=KEY))
    assert made["exp"] - made["iat"] == 300


def test_a_lifetime_is_a_length_of_time() -> None:
    made = claims(application(SECRET_KEY=KEY, JWT_EXPIRATION_DELTA=timedelta(days=400)))
    assert made["exp"] - made["iat"] == 400 * 24 * 3600


def test_no_length_of_time_is_no_lifetime_at_all() -> None:
    made = claims(application(SECRET_KEY=KEY, JWT_EXPIRATION_DELTA=timedelta(0)))
    assert made["exp"] == made["iat"]


@pytest.mark.parametrize("refused", [None, False, 3600])
def test_lifetimes_that_are_refused(refused: Any) -> None:
    with pytest.raises(TypeError):
        claims(application(SECRET_KEY=KEY, JWT_EXPIRATION_DELTA=refused))


@pytest.mark.parametrize("checked", [["signature", "exp", "nbf", "iat"], []])
def test_what_is_checked_cannot_be_switched_off(checked: list[str]) -> None:
    app = application(SECRET_KEY=KEY, JWT_VERIFY_CLAIMS=checked)
    assert status(app) == 200
    assert status(app, key=OTHER) == 401
    assert status(app, lived=3600) == 401


@each("JWT501-hardcoded-key", "flask_jwt")
def test_the_key_of_fixtures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", KEY)
    assert signs_with(load(path).issue(), KEY) is is_good(path)
