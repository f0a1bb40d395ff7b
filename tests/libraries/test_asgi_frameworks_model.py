"""What the models of Litestar, starlette-authlib, aiohttp-jwt and sanic-jwt say of how they are set up."""

from __future__ import annotations

import pytest
from shape_programs import verify

LITESTAR = """\
import os
from datetime import datetime, timedelta, timezone
from litestar.security.jwt import JWTAuth, JWTCookieAuth, OAuth2PasswordBearerAuth, Token
KEY = os.environ["KEY"]
async def find(token, connection): return token.sub
"""
STARLETTE = """\
import os
from starlette.middleware import Middleware
from starlette_authlib.middleware import AuthlibMiddleware, SecretKey
KEY = os.environ["KEY"]
"""
AIOHTTP = """\
import os
from aiohttp_jwt import JWTMiddleware
KEY = os.environ["KEY"]
"""
SANIC = """\
import os
from sanic import Sanic
from sanic_jwt import Configuration, Initialize, initialize
KEY = os.environ["KEY"]
async def authenticate(request): return {"user_id": 1}
"""

PROGRAMS = {
    "Litestar's back ends": (
        LITESTAR,
        """
        JWTAuth(token_secret="not a secret any more", retrieve_user_handler=find)  # JWT501
        JWTAuth[str](token_secret=os.getenv("KEY", "not a secret any more"), retrieve_user_handler=find)  # JWT502
        JWTAuth[str](KEY, find, default_token_expiration=timedelta(days=90))  # JWT303
        JWTCookieAuth[str](KEY, find)  # JWT404
        JWTCookieAuth[str](KEY, find, secure=True, samesite="none")  # JWT406
        OAuth2PasswordBearerAuth(KEY, "/login", find, secure=False)  # JWT404
        OAuth2PasswordBearerAuth(KEY, "/login", find, secure=os.environ["SECURE"] == "1")
        def f(settings):
            JWTCookieAuth[str](**settings)
        """,
    ),
    "tokens of Litestar's back ends": (
        LITESTAR,
        """
        auth = JWTAuth[str](token_secret=KEY, retrieve_user_handler=find)
        def f():
            auth.login("alice", token_expiration=timedelta(days=90))  # JWT303
            auth.login("alice", token_expiration=None)
            return auth.create_token("alice", timedelta(days=90))  # JWT303
        """,
    ),
    "Litestar's tokens": (
        LITESTAR,
        """
        def f(end, token, key):
            now = datetime.now(timezone.utc)
            Token(exp=now + timedelta(hours=1), sub="alice").encode(secret=KEY, algorithm="HS256")
            Token(exp=now + timedelta(days=90), sub="alice").encode(KEY, "HS256")  # JWT303
            Token(exp=datetime.now() + timedelta(hours=1), sub="alice").encode(KEY, "HS256")  # JWT305
            Token(end, "alice").encode("not a secret any more", "HS256")  # JWT501
            Token(end, "alice").encode(key, "none")  # JWT101
            return Token.decode(token, KEY, "HS256", verify_exp=False)
        """,
    ),
    "starlette-authlib": (
        STARLETTE,
        """
        def f(app):
            app.add_middleware(AuthlibMiddleware, secret_key="not a secret any more", https_only=True)  # JWT501
            app.add_middleware(AuthlibMiddleware, secret_key=KEY)  # JWT404
            AuthlibMiddleware(app, KEY, https_only=True, max_age=365 * 24 * 3600)  # JWT303
            AuthlibMiddleware(app, KEY, https_only=True, max_age=None)
            AuthlibMiddleware(app, KEY, same_site="none", https_only=True)  # JWT406
            AuthlibMiddleware(app, SecretKey(KEY, "public"), https_only=True, jwt_alg="RS256")
            AuthlibMiddleware(app, SecretKey("not a secret any more", None), https_only=True)  # JWT501
            app.add_middleware(object, secret_key="of something else")
        middleware = [
            Middleware(AuthlibMiddleware, secret_key=KEY, https_only=True),
            Middleware(AuthlibMiddleware, secret_key=os.getenv("KEY", "dev"), https_only=True),  # JWT502
            Middleware(object, secret_key="of something else"),
        ]
        """,
    ),
    "aiohttp-jwt": (
        AIOHTTP,
        """
        JWTMiddleware(secret_or_pub_key="not a secret any more", algorithms=["HS256"])  # JWT501
        JWTMiddleware(KEY, algorithms=["HS256", "RS256"])  # JWT105
        JWTMiddleware(KEY, algorithms=["RS256"], credentials_required=False)
        JWTMiddleware(KEY)
        """,
    ),
    "sanic-jwt's own secret": (
        SANIC,
        """
        app = Sanic("one")
        app.config.SANIC_JWT_EXPIRATION_DELTA = 60
        Initialize(app, authenticate=authenticate)  # JWT502
        initialize(Sanic("two"), authenticate)  # JWT502
        """,
    ),
    "sanic-jwt's own secret is not used where there is another, or may be": (
        SANIC,
        """
        one = Sanic("one")
        one.config["SANIC_JWT_SECRET"] = KEY
        Initialize(one, authenticate=authenticate)
        two = Sanic("two")
        two.update_config("settings.py")
        Initialize(two, authenticate=authenticate)
        three = Sanic("three")
        three.config.update({"SANIC_JWT_SECRET": KEY})
        Initialize(three, authenticate=authenticate)
        four = Sanic("four")
        os.unknown(four)
        Initialize(four, authenticate=authenticate)
        Initialize(Sanic("five"), authenticate=authenticate, secret=KEY)
        Initialize(Sanic("six"), authenticate=authenticate, public_key=KEY, private_key=KEY, algorithm="RS256")
        Initialize(Sanic("seven"), authenticate=authenticate, retrieve_user_secret=authenticate)
        Initialize(Sanic("eight", config=KEY), authenticate=authenticate)
        def f(app, settings):
            Initialize(app, authenticate=authenticate)
            Initialize(Sanic("nine"), **settings)
        """,
    ),
    "sanic-jwt's settings": (
        SANIC,
        """
        app = Sanic("one")
        app.config.SANIC_JWT_SECRET = "not a secret any more"  # JWT501
        Initialize(app, authenticate=authenticate)
        class Own(Configuration):
            secret = "not a secret any more"  # JWT501
            verify_exp = False  # JWT302
            expiration_delta = 90 * 24 * 3600  # JWT303
        Initialize(Sanic("two"), authenticate=authenticate, configuration_class=Own)
        class Asks(Configuration):
            def get_secret(self):
                return KEY
        Initialize(Sanic("three"), authenticate=authenticate, configuration_class=Asks)
        def f(app):
            Initialize(app, secret=KEY, cookie_set=True, cookie_secure=False)  # JWT404
            Initialize(app, secret=KEY, cookie_set=True, cookie_secure=True, cookie_httponly=False)  # JWT405
            Initialize(app, secret=KEY, cookie_secure=False)
        """,
    ),
}


@pytest.mark.parametrize(("prelude", "code"), PROGRAMS.values(), ids=PROGRAMS)
def test_program(prelude: str, code: str) -> None:
    verify(code, prelude)
