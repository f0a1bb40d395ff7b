"""The contract of flask-praetorian, which backs the model `jwt_sast/libraries/flask_praetorian.py`, and its fixtures.

Run with `nox -s 'apart(flask_praetorian)'`.
"""

from __future__ import annotations

import importlib.util
import inspect
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask
import jwt
import pendulum
import pytest
from flask_praetorian import Praetorian, PraetorianError

KEY = secrets.token_hex(32)
DAY = 24 * 3600
FIXTURES = Path(__file__).parents[3] / "fixtures" / "JWT304-expiry-disabled" / "flask_praetorian"


class User:
    """What the extension asks of users."""

    identity, rolenames, password = 1, (), "hashed"

    @classmethod
    def lookup(cls, name: str) -> User:
        """The user of a name."""
        return cls()

    @classmethod
    def identify(cls, identity: int) -> User:
        """The user of a number."""
        return cls()


def claims(method: str = "encode_jwt_token", options: Any = None, **settings: Any) -> dict[str, Any]:
    """The claims of a token that is made under `settings`, which has to be signed with the key."""
    app = flask.Flask("application")
    app.config.update(SECRET_KEY=KEY, **settings)
    with app.app_context():
        token = getattr(Praetorian(app, User), method)(User(), **(options or {}))
    return jwt.decode(token, KEY, algorithms=["HS256"], options={"verify_sub": False})


def lifetime(claim: str = "exp", **settings: Any) -> int:
    """For how many seconds a token lives, or can be refreshed (`rf_exp`)."""
    made = claims(**settings)
    return int(made[claim] - made["iat"])


def test_defaults() -> None:
    assert lifetime() == 15 * 60
    assert lifetime("rf_exp") == 30 * DAY


def test_no_other_key_counts() -> None:
    assert claims(JWT_SECRET_KEY=secrets.token_hex(32))


@pytest.mark.parametrize("length", [timedelta(days=2), {"hours": 48}, {"days": 1, "hours": 24}, pendulum.duration(2)])
def test_lifespans(length: Any) -> None:
    assert lifetime(JWT_ACCESS_LIFESPAN=length) == 2 * DAY
    assert lifetime("rf_exp", JWT_REFRESH_LIFESPAN=length) == 2 * DAY


@pytest.mark.parametrize("refused", [None, 3600, False])
def test_lifespans_that_are_refused(refused: Any) -> None:
    with pytest.raises(PraetorianError):
        lifetime(JWT_ACCESS_LIFESPAN=refused)


def test_order_of_parameters() -> None:
    order = "self user override_access_lifespan override_refresh_lifespan"
    assert list(inspect.signature(Praetorian.encode_jwt_token).parameters)[:4] == order.split()


@pytest.mark.parametrize("length", [timedelta(days=2), {"days": 2}])
def test_lifespans_are_overridden(length: Any) -> None:
    assert lifetime(options={"override_access_lifespan": length}) == 2 * DAY


def test_a_lifespan_of_nothing_is_no_lifespan() -> None:
    with pytest.raises(jwt.ExpiredSignatureError):
        lifetime(JWT_ACCESS_LIFESPAN=timedelta(0))


def test_eternal_tokens_live_for_a_million_days() -> None:
    assert lifetime(method="encode_eternal_jwt_token") == 1_000_000 * DAY


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.py")), ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app = flask.Flask("application")
    app.config["SECRET_KEY"] = KEY
    with app.app_context():
        module.guard.init_app(app, User)
        made = jwt.decode(module.issue(User()), KEY, algorithms=["HS256"], options={"verify_sub": False})
    assert (made["exp"] - made["iat"] < DAY) is path.name.startswith("good_")
