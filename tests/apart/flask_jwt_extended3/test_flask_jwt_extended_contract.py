"""The contract of flask-jwt-extended 3, which backs the model `jwt_sast/libraries/jwt_extended.py`.

Run with `nox -s 'apart(flask_jwt_extended3)'`.
"""

from __future__ import annotations

import inspect
import secrets
from datetime import timedelta
from typing import Any

import flask_jwt_extended
import jwt
import pytest
from flask import Flask, jsonify

KEY, OTHER = secrets.token_hex(32), secrets.token_hex(32)


@pytest.fixture
def app() -> Flask:
    """An application with the extension and a key."""
    application = Flask("application")
    flask_jwt_extended.JWTManager(application)
    application.config["JWT_SECRET_KEY"] = KEY
    return application


def run(app: Flask, function: str, *args: Any, **kwargs: Any) -> Any:
    """What a function of the package gives inside the application."""
    with app.test_request_context():
        return getattr(flask_jwt_extended, function)(*args, **kwargs)


def claims(app: Flask, function: str = "create_access_token", **options: Any) -> Any:
    """The claims of a token that is made."""
    return jwt.decode(run(app, function, "alice", **options), verify=False)


@pytest.mark.parametrize(
    ("function", "order"),
    [
        ("create_access_token", "identity fresh expires_delta user_claims headers"),
        ("create_refresh_token", "identity expires_delta user_claims headers"),
        ("decode_token", "encoded_token csrf_value allow_expired"),
        ("get_unverified_jwt_headers", "encoded_token"),
    ],
)
def test_order_of_parameters(function: str, order: str) -> None:
    assert list(inspect.signature(getattr(flask_jwt_extended, function)).parameters) == order.split()


def test_the_key_and_the_default_algorithm(app: Flask) -> None:
    assert jwt.decode(run(app, "create_access_token", "alice"), KEY, algorithms=["HS256"])["identity"] == "alice"


def test_the_key_of_the_application_stands_in(app: Flask) -> None:
    app.config.update(JWT_SECRET_KEY=None, SECRET_KEY=OTHER)
    assert jwt.decode(run(app, "create_access_token", "alice"), OTHER, algorithms=["HS256"])


def test_default_lifetimes(app: Flask) -> None:
    made = [claims(app, f"create_{kind}_token") for kind in ("access", "refresh")]
    assert [one["exp"] - one["iat"] for one in made] == [15 * 60, 30 * 24 * 3600]


@pytest.mark.parametrize("never", [False, 0, timedelta(0)])
@pytest.mark.parametrize("kind", ["ACCESS", "REFRESH"])
def test_settings_that_make_tokens_for_ever(app: Flask, kind: str, never: Any) -> None:
    app.config[f"JWT_{kind}_TOKEN_EXPIRES"] = never
    assert "exp" not in claims(app, f"create_{kind.lower()}_token")


def test_an_argument_that_makes_a_token_for_ever(app: Flask) -> None:
    assert "exp" not in claims(app, expires_delta=False)


def test_whole_numbers_are_seconds(app: Flask) -> None:
    app.config["JWT_ACCESS_TOKEN_EXPIRES"] = 3600
    made = claims(app)
    assert made["exp"] - made["iat"] == 3600


def test_user_claims_are_nested(app: Flask) -> None:
    assert claims(app, user_claims={"exp": 1})["user_claims"] == {"exp": 1}


def test_expired_tokens(app: Flask) -> None:
    token = run(app, "create_access_token", "alice", expires_delta=timedelta(seconds=-30))
    with pytest.raises(jwt.ExpiredSignatureError):
        run(app, "decode_token", token)
    assert run(app, "decode_token", token, allow_expired=True)["identity"] == "alice"


def test_cookies_lack_secure_by_default(app: Flask) -> None:
    app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
    with app.test_request_context():
        response = jsonify()
        flask_jwt_extended.set_access_cookies(response, flask_jwt_extended.create_access_token("alice"))
    header = response.headers.getlist("Set-Cookie")[0].lower()
    assert header.startswith("access_token_cookie=")
    assert "secure" not in header
    assert "httponly" in header


def test_cookies_are_set_only_where_the_settings_say_so(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(RuntimeWarning):
        flask_jwt_extended.set_access_cookies(jsonify(), "a.b.c")
