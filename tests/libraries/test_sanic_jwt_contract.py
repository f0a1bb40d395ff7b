"""The contract of sanic-jwt, which backs the model `jwt_sast/libraries/sanic_jwt.py`, and its fixtures."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import secrets
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from fixture_keys import load
from fixture_programs import framework
from sanic import Sanic
from sanic_jwt import Configuration, Initialize, initialize

from jwt_sast.libraries.sanic_jwt import DEFAULT_SECRET

SECRET = secrets.token_hex(32)
_NUMBERS = itertools.count()
_SETTINGS = {"SANIC_JWT_SECRET": SECRET}
WAYS_TO_FILL: list[Callable[[Any], object]] = [
    lambda app: app.config.__setitem__("SANIC_JWT_SECRET", SECRET),
    lambda app: app.config.update(_SETTINGS),
    lambda app: app.config.update(SANIC_JWT_SECRET=SECRET),
    lambda app: app.config.update_config(_SETTINGS),
    lambda app: app.config.load(_SETTINGS),
    lambda app: app.update_config(_SETTINGS),
]


@pytest.fixture(autouse=True)
def surroundings() -> Iterator[None]:
    """Sanic-jwt warns of its own secret, PyJWT of its length and of an argument that is no more. It wants a loop as it
    is set up.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    asyncio.set_event_loop(None)
    loop.close()


def fresh(**settings: object) -> Any:
    """An application of a name that is not taken."""
    app: Any = Sanic(f"contract_{next(_NUMBERS)}")
    for name, value in settings.items():
        setattr(app.config, name, value)
    return app


async def authenticate(request: Any, *_: Any, **__: Any) -> dict[str, object]:
    """Lets everybody in."""
    return {"user_id": "alice"}


async def _answers(app: Any, requests: Sequence[tuple[str, str, str]]) -> list[httpx.Response]:
    """Runs an application as a server does, from its start to its end (the ASGI specification's lifespan)."""
    events, started = asyncio.Queue[dict[str, str]](), asyncio.Event()

    async def send(event: Mapping[str, str]) -> None:
        started.set()

    await events.put({"type": "lifespan.startup"})
    life = asyncio.ensure_future(app({"type": "lifespan"}, events.get, send))
    await started.wait()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://bees.example.com") as client:
        found = [
            await client.request(method, path, headers={"Authorization": f"Bearer {token}"}, json={"hive": "h-1"})
            for method, path, token in requests
        ]
    await events.put({"type": "lifespan.shutdown"})
    await life
    return found


def answers(app: Any, *requests: tuple[str, str, str]) -> list[httpx.Response]:
    """How an application answers requests: method, path and token of each."""
    return asyncio.get_event_loop().run_until_complete(_answers(app, requests))


def issued(app: Any) -> str:
    """The token that an application gives to who signs in."""
    (answer,) = answers(app, ("POST", "/auth", ""))
    return str(answer.json()["access_token"])


def is_taken(app: Any, token: str) -> bool:
    """Whether an application takes a token."""
    (answer,) = answers(app, ("GET", "/auth/verify", token))
    return answer.status_code == 200


def minted(key: str = SECRET, algorithm: str = "HS256", **claims: object) -> str:
    """A token that somebody makes."""
    return jwt.encode({"user_id": "alice", **claims}, key, algorithm)


def set_up(**settings: Any) -> Any:
    """An application that is set up with a secret and what else is given."""
    app = fresh()
    Initialize(app, **{"authenticate": authenticate, "secret": SECRET, **settings})
    return app


def signed_with(key: str, token: str) -> bool:
    """Whether a token is signed with a key."""
    try:
        jwt.decode(token, key, algorithms=["HS256"])
    except jwt.InvalidSignatureError:
        return False
    return True


def test_parameters() -> None:
    assert list(inspect.signature(Initialize).parameters) == ["instance", "app", "kwargs"]
    app = fresh()
    initialize(app, authenticate, secret=SECRET)
    assert signed_with(SECRET, issued(app))


class TestSettings:
    def test_without_a_secret_its_own_is_taken(self) -> None:
        app = fresh()
        Initialize(app, authenticate=authenticate)
        assert signed_with(DEFAULT_SECRET, issued(app))

    def test_an_argument_comes_before_a_class_and_a_class_before_the_application(self) -> None:
        class Own(Configuration):  # type: ignore[misc]
            secret = "b" * 40

        def token(**settings: Any) -> str:
            app = fresh(SANIC_JWT_SECRET="a" * 40)
            Initialize(app, authenticate=authenticate, **settings)
            return issued(app)

        assert signed_with("a" * 40, token())
        assert signed_with("b" * 40, token(configuration_class=Own))
        assert signed_with("c" * 40, token(configuration_class=Own, secret="c" * 40))

    def test_another_name_of_the_secret(self) -> None:
        app = fresh()
        Initialize(app, authenticate=authenticate, public_key=SECRET)
        assert signed_with(SECRET, issued(app))

    def test_a_class_may_make_a_secret(self) -> None:
        class Own(Configuration):  # type: ignore[misc]
            def set_secret(self) -> str:
                return SECRET

        app = fresh()
        Initialize(app, authenticate=authenticate, configuration_class=Own)
        assert signed_with(SECRET, issued(app))

    def test_each_user_may_have_a_secret(self) -> None:
        async def retrieve_user_secret(user_id: str, **_: object) -> str:
            return SECRET

        app = set_up(secret="x" * 40, retrieve_user_secret=retrieve_user_secret)
        assert signed_with(SECRET, issued(app))

    @pytest.mark.parametrize("secret", ["", None])
    def test_an_empty_secret_is_refused(self, secret: str | None) -> None:
        with pytest.raises(Exception, match="cannot be None nor an empty"):
            set_up(secret=secret)

    @pytest.mark.parametrize("fill", WAYS_TO_FILL)
    def test_the_ways_of_an_application_s_settings(self, fill: Callable[[Any], object]) -> None:
        app = fresh()
        fill(app)
        assert app.config.SANIC_JWT_SECRET == SECRET

    def test_the_environment_may_hold_the_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SANIC_SANIC_JWT_SECRET", SECRET)
        app = fresh()
        Initialize(app, authenticate=authenticate)
        assert signed_with(SECRET, issued(app))


class TestTokens:
    def test_lifetime(self) -> None:
        for settings, seconds in ({}, 1800), ({"expiration_delta": 60}, 60):
            claims = jwt.decode(issued(set_up(**settings)), SECRET, algorithms=["HS256"])
            assert claims["exp"] - time.time() == pytest.approx(seconds, abs=30)

    def test_what_is_verified(self) -> None:
        app = set_up()
        assert is_taken(app, minted(exp=int(time.time()) + 60))
        assert is_taken(set_up(), minted()), "a token without an expiry"
        assert not is_taken(set_up(), minted(exp=1))
        assert not is_taken(set_up(), minted(secrets.token_hex(32)))
        assert not is_taken(set_up(), minted(SECRET * 2, "HS512"))

    def test_expiry_can_be_switched_off(self) -> None:
        assert is_taken(set_up(verify_exp=False), minted(exp=1))

    def test_audience_and_issuer(self) -> None:
        foreign = minted(aud="office", iss="elsewhere")
        assert not is_taken(set_up(claim_aud="shop", claim_iss="elsewhere"), foreign)
        assert not is_taken(set_up(claim_aud="office", claim_iss="here"), foreign)
        assert is_taken(set_up(claim_aud="office", claim_iss="elsewhere"), foreign)


def test_defaults_of_the_cookie() -> None:
    """Only read and not run: the way in which it sets cookies is gone from Sanic."""
    config = Configuration({})
    assert (config.cookie_set(), config.cookie_secure(), config.cookie_httponly()) == (False, False, True)
    assert (config.cookie_samesite(), config.cookie_access_token_name()) == ("Lax", "access_token")
    (answer,) = answers(set_up(cookie_set=True), ("POST", "/auth", ""))
    assert answer.status_code == 500


@framework("JWT502-default-key", "sanic_jwt")
def test_fixture(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_SECRET", SECRET)
    token = issued(load(path).make_app(f"bees_{next(_NUMBERS)}"))
    assert signed_with(SECRET, token) is path.name.startswith("good_")
