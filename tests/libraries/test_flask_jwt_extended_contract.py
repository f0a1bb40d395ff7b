"""The contract of flask-jwt-extended 4 and quart-jwt-extended, which backs `jwt_extended.py` and the models on it."""

from __future__ import annotations

import asyncio
import inspect
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import flask
import flask_jwt_extended
import jwt
import pytest
import quart
import quart_jwt_extended
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

KEY, OTHER = secrets.token_hex(32), secrets.token_hex(32)
PACKAGES: dict[str, tuple[Any, ModuleType]] = {
    "flask": (flask.Flask, flask_jwt_extended),
    "quart": (quart.Quart, quart_jwt_extended),
}


class Extended:
    """An application with the extension; the settings come after it, which is how late they are read."""

    def __init__(self, application: Any, package: ModuleType) -> None:
        self.app, self.package = application("application"), package
        self.manager = package.JWTManager(self.app)
        self.app.config["JWT_SECRET_KEY"] = KEY

    def run(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """What a function of the package gives inside the application."""

        def call() -> Any:
            return getattr(self.package, function)(*args, **kwargs)

        return self.inside(call)

    def inside(self, call: Callable[[], Any]) -> Any:
        """What a call gives inside the application."""
        if isinstance(self.app, flask.Flask):
            with self.app.app_context():
                return call()

        async def run() -> Any:
            async with self.app.app_context():
                return call()

        return asyncio.run(run())

    def claims(self, function: str = "create_access_token", **options: Any) -> dict[str, Any]:
        """The claims of a token that is made."""
        return jwt.decode(self.run(function, "alice", **options), options={"verify_signature": False})

    def cookie(self, function: str = "set_access_cookies") -> str:
        """The header by which a token is put into a cookie, in lower case."""
        response = self.app.response_class("")
        token = self.run("create_access_token", "alice")
        self.run(function, response, token)
        headers = [one.lower() for one in response.headers.getlist("Set-Cookie")]
        return str(next(one for one in headers if token.lower() in one))


@pytest.fixture(params=list(PACKAGES.values()), ids=list(PACKAGES))
def extended(request: pytest.FixtureRequest) -> Extended:
    """An application with the extension and a key."""
    return Extended(*request.param)


class TestParameters:
    @pytest.mark.parametrize(
        ("function", "order"),
        [
            ("create_access_token", "identity fresh expires_delta"),
            ("create_refresh_token", "identity expires_delta"),
            ("decode_token", "encoded_token csrf_value allow_expired"),
            ("get_unverified_jwt_headers", "encoded_token"),
        ],
    )
    def test_order(self, extended: Extended, function: str, order: str) -> None:
        parameters = list(inspect.signature(getattr(extended.package, function)).parameters)
        assert parameters[: len(order.split())] == order.split()

    def test_claims_that_are_added(self) -> None:
        signatures = [
            list(inspect.signature(package.create_refresh_token).parameters)[2:] for _, package in PACKAGES.values()
        ]
        assert signatures == [["additional_claims", "additional_headers"], ["user_claims", "headers"]]


class TestKeys:
    def verify(self, token: str, key: Any, algorithm: str = "HS256") -> None:
        jwt.decode(token, key, algorithms=[algorithm])

    def test_the_key_and_the_default_algorithm(self, extended: Extended) -> None:
        self.verify(extended.run("create_access_token", "alice"), KEY)

    @pytest.mark.parametrize("missing", [None, ""])
    def test_the_application_s_key_stands_in(self, extended: Extended, missing: str | None) -> None:
        extended.app.config.update(JWT_SECRET_KEY=missing, SECRET_KEY=OTHER)
        self.verify(extended.run("create_access_token", "alice"), OTHER)

    def test_the_application_s_key_does_not_count_beside_another(self, extended: Extended) -> None:
        extended.app.config["SECRET_KEY"] = OTHER
        self.verify(extended.run("create_access_token", "alice"), KEY)

    def test_algorithms_of_public_keys_take_the_private_key(self, extended: Extended) -> None:
        key = rsa.generate_private_key(65537, 2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        extended.app.config.update(JWT_ALGORITHM="RS256", JWT_PRIVATE_KEY=pem)
        self.verify(extended.run("create_access_token", "alice"), key.public_key(), "RS256")

    def test_a_loader_takes_the_place_of_the_settings(self, extended: Extended) -> None:
        extended.manager.encode_key_loader(lambda identity: OTHER)
        self.verify(extended.run("create_access_token", "alice"), OTHER)


class TestLifetimes:
    KINDS = ({"function": "create_access_token"}, {"function": "create_refresh_token"})

    def test_defaults(self, extended: Extended) -> None:
        lifetimes = [claims["exp"] - claims["iat"] for claims in (extended.claims(**kind) for kind in self.KINDS)]
        assert lifetimes == [timedelta(minutes=15).total_seconds(), timedelta(days=30).total_seconds()]

    @pytest.mark.parametrize("never", [False, 0, timedelta(0)])
    @pytest.mark.parametrize("kind", ["ACCESS", "REFRESH"])
    def test_settings_that_make_tokens_for_ever(self, extended: Extended, kind: str, never: Any) -> None:
        extended.app.config[f"JWT_{kind}_TOKEN_EXPIRES"] = never
        assert "exp" not in extended.claims(f"create_{kind.lower()}_token")

    @pytest.mark.parametrize("lifetime", [3600, timedelta(hours=1)])
    def test_whole_numbers_are_seconds(self, extended: Extended, lifetime: Any) -> None:
        extended.app.config["JWT_ACCESS_TOKEN_EXPIRES"] = lifetime
        claims = extended.claims()
        assert claims["exp"] - claims["iat"] == 3600

    @pytest.mark.parametrize("refused", [None, True, 3600.0, "3600"])
    def test_settings_that_are_refused(self, extended: Extended, refused: Any) -> None:
        extended.app.config["JWT_ACCESS_TOKEN_EXPIRES"] = refused
        with pytest.raises(RuntimeError):
            extended.claims()

    @pytest.mark.parametrize("never", [False, timedelta(0)])
    @pytest.mark.parametrize("kind", KINDS, ids=["access", "refresh"])
    def test_arguments_that_make_tokens_for_ever(self, extended: Extended, kind: Any, never: Any) -> None:
        assert "exp" not in extended.claims(**kind, expires_delta=never)

    def test_none_stands_for_the_setting(self, extended: Extended) -> None:
        extended.app.config["JWT_ACCESS_TOKEN_EXPIRES"] = 3600
        claims = extended.claims(expires_delta=None)
        assert claims["exp"] - claims["iat"] == 3600

    def test_an_argument_is_no_number(self, extended: Extended) -> None:
        with pytest.raises(TypeError):
            extended.claims(expires_delta=3600)

    def test_additional_claims_come_last(self) -> None:
        extended = Extended(*PACKAGES["flask"])
        assert extended.claims(additional_claims={"exp": 4102444800, "type": "mine"})["exp"] == 4102444800
        assert extended.claims(additional_claims={"type": "mine"})["type"] == "mine"

    def test_user_claims_are_nested(self) -> None:
        claims = Extended(*PACKAGES["quart"]).claims(user_claims={"exp": 4102444800})
        assert claims["user_claims"] == {"exp": 4102444800}
        assert claims["exp"] < 4102444800


class TestVerification:
    def expired(self, extended: Extended) -> str:
        now = int(time.time())
        claims = {"sub": "alice", "identity": "alice", "type": "access", "iat": now - 60, "exp": now - 30}
        return jwt.encode(claims, KEY, algorithm="HS256")

    def test_expired_tokens(self, extended: Extended) -> None:
        with pytest.raises(jwt.ExpiredSignatureError):
            extended.run("decode_token", self.expired(extended))
        assert extended.run("decode_token", self.expired(extended), allow_expired=True)["type"] == "access"

    @pytest.mark.parametrize("options", [{}, {"allow_expired": True}])
    def test_the_signature_is_always_checked(self, extended: Extended, options: Any) -> None:
        token = jwt.encode({"sub": "alice", "identity": "alice"}, OTHER, algorithm="HS256")
        with pytest.raises(jwt.InvalidSignatureError):
            extended.run("decode_token", token, **options)

    def test_unsecured_tokens_are_refused(self, extended: Extended) -> None:
        token = jwt.encode({"sub": "alice", "identity": "alice"}, "", algorithm="none")
        with pytest.raises(jwt.InvalidTokenError):
            extended.run("decode_token", token)

    def test_headers_are_read_without_a_check(self, extended: Extended) -> None:
        token = jwt.encode({}, OTHER, headers={"kid": "1"})
        assert extended.run("get_unverified_jwt_headers", token)["kid"] == "1"


class TestCookies:
    def test_defaults(self, extended: Extended) -> None:
        extended.app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        header = extended.cookie()
        assert header.startswith("access_token_cookie=")
        assert "; secure" not in header
        assert "samesite" not in header
        assert "httponly" in header

    def test_settings(self, extended: Extended) -> None:
        extended.app.config.update(
            JWT_TOKEN_LOCATION="cookies", JWT_COOKIE_SECURE=True, JWT_COOKIE_SAMESITE="None", JWT_ACCESS_COOKIE_NAME="c"
        )
        header = extended.cookie()
        assert header.startswith("c=")
        assert "; secure" in header
        assert "samesite=none" in header

    def test_release_4_sets_cookies_whatever_the_location(self) -> None:
        assert "httponly" in Extended(*PACKAGES["flask"]).cookie()

    def test_the_port_of_release_3_does_not(self) -> None:
        with pytest.raises(RuntimeWarning):
            Extended(*PACKAGES["quart"]).cookie()


def view(extended: Extended) -> Any:
    """A client of the application with a view that wants a token."""
    package, app = extended.package, extended.app
    required = package.jwt_required() if package is flask_jwt_extended else package.jwt_required

    if package is flask_jwt_extended:
        app.add_url_rule("/", "view", required(lambda: "seen"), methods=["GET", "POST"])
    else:

        async def seen() -> str:
            return "seen"

        app.add_url_rule("/", "view", required(seen), methods=["GET", "POST"])
    return app.test_client()


def status(extended: Extended, method: str, path: str = "/", cookie: str = "") -> int:
    """What the view answers."""
    client = view(extended)
    headers = {"Cookie": f"access_token_cookie={cookie}"} if cookie else {}
    if isinstance(extended.app, flask.Flask) and cookie:
        # Its client keeps cookies of its own, and sends no others.
        client.set_cookie("access_token_cookie", cookie)
    answer = client.open(path, method=method, headers=headers)
    return int((asyncio.run(answer) if inspect.iscoroutine(answer) else answer).status_code)


class TestLocations:
    def test_only_headers_by_default(self, extended: Extended) -> None:
        token = extended.run("create_access_token", "alice")
        assert status(extended, "GET", f"/?jwt={token}", token) == 401

    def test_the_query(self, extended: Extended) -> None:
        extended.app.config["JWT_TOKEN_LOCATION"] = ["headers", "query_string"]
        token = extended.run("create_access_token", "alice")
        assert status(extended, "GET", f"/?jwt={token}") == 200

    @pytest.mark.parametrize(("protect", "expected"), [(True, 401), (False, 200)])
    def test_the_csrf_check_of_cookies(self, extended: Extended, protect: bool, expected: int) -> None:
        extended.app.config.update(JWT_TOKEN_LOCATION=["cookies"], JWT_COOKIE_CSRF_PROTECT=protect)
        token = extended.run("create_access_token", "alice")
        assert status(extended, "POST", cookie=token) == expected

    def test_the_csrf_check_is_on_by_default(self, extended: Extended) -> None:
        extended.app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        assert status(extended, "POST", cookie=extended.run("create_access_token", "alice")) == 401


def test_a_misspelt_setting_is_passed_over(extended: Extended) -> None:
    extended.app.config["JWT_ACCES_TOKEN_EXPIRES"] = timedelta(minutes=5)
    claims = extended.claims()
    assert claims["exp"] - claims["iat"] == timedelta(minutes=15).total_seconds()


@pytest.mark.parametrize(
    ("package", "loader"), [("flask", "token_in_blocklist_loader"), ("quart", "token_in_blacklist_loader")]
)
class TestRevocation:
    """Before the program names a function that looks tokens up, none is refused."""

    def test_a_list_is_up_to_the_program(self, package: str, loader: str) -> None:
        extended = Extended(*PACKAGES[package])
        extended.app.config.update(JWT_TOKEN_LOCATION=["cookies"], JWT_BLACKLIST_ENABLED=True)
        token = extended.run("create_access_token", "alice")
        getattr(extended.manager, loader)(lambda *_: True)
        assert status(extended, "GET", cookie=token) == 401

    def test_without_one_no_token_is_refused(self, package: str, loader: str) -> None:
        extended = Extended(*PACKAGES[package])
        extended.app.config["JWT_TOKEN_LOCATION"] = ["cookies"]
        assert status(extended, "GET", cookie=extended.run("create_access_token", "alice")) == 200
