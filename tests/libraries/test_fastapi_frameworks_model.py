"""What the models of FastAPI's packages for tokens say of how they are set up."""

from __future__ import annotations

import pytest
from shape_programs import verify

AUTHJWT = """\
import os
from datetime import timedelta
from fastapi import Depends
from pydantic import BaseModel
from pydantic_settings import BaseSettings
from fastapi_jwt_auth import AuthJWT
KEY = os.environ["KEY"]
"""
PROGRAMS = {
    "a model": """
        class Settings(BaseModel):
            authjwt_secret_key: str = "not a secret any more"  # JWT501
            authjwt_access_token_expires: timedelta = timedelta(days=90)  # JWT303
            authjwt_refresh_token_expires: bool = False  # JWT304
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "settings, their names in any case": """
        class Settings(BaseSettings):
            AUTHJWT_SECRET_KEY: str = "not a secret any more"  # JWT502
            AuthJWT_Access_Token_Expires: bool = False  # JWT304
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "pairs": """
        @AuthJWT.load_config
        def get_config():
            return [
                ("authjwt_secret_key", "not a secret any more"),  # JWT501
                ("AUTHJWT_ACCESS_TOKEN_EXPIRES", False),  # JWT304
            ]
    """,
    "a key that may be any": """
        class Settings(BaseSettings):
            authjwt_secret_key: str
            authjwt_access_token_expires: int = 3600
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "a function that gives up": """
        @AuthJWT.load_config
        def get_config():
            raise RuntimeError("not set up")
    """,
    "settings that are not seen": """
        from settings_of_the_house import settings, Base
        class Settings(Base):
            authjwt_token_location: set = {"cookies"}
        @AuthJWT.load_config
        def get_config():
            return Settings()
        @AuthJWT.load_config
        def get_other_config():
            return settings
    """,
    "no lifetime is an error and no way to switch it off": """
        @AuthJWT.load_config
        def get_config():
            return [("authjwt_secret_key", KEY), ("authjwt_access_token_expires", None)]
    """,
    "a private key's public one": """
        @AuthJWT.load_config
        def get_config():
            return [("authjwt_algorithm", "RS256"), ("authjwt_private_key", KEY), ("authjwt_public_key", "x")]
    """,
    "cookies by default": """
        class Settings(BaseModel):
            authjwt_secret_key: str = KEY
            authjwt_token_location: list = ["headers", "cookies"]
        @AuthJWT.load_config  # JWT404
        def get_config():
            return Settings()
    """,
    "cookies with their flags": """
        class Settings(BaseModel):
            authjwt_secret_key: str = KEY
            authjwt_token_location: set = {"cookies"}
            authjwt_cookie_secure: bool = True
            authjwt_cookie_samesite: str = "none"
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "cookies without a check": """
        class Settings(BaseSettings):
            authjwt_token_location: set = {"cookies"}
            authjwt_cookie_secure: bool = False  # JWT404
            authjwt_cookie_csrf_protect: bool = False  # JWT406
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "no cookies": """
        class Settings(BaseModel):
            authjwt_secret_key: str = KEY
            authjwt_cookie_secure: bool = False
        @AuthJWT.load_config
        def get_config():
            return Settings()
    """,
    "a single token": """
        def route(authorize: AuthJWT = Depends()):
            authorize.create_access_token("alice")
            authorize.create_access_token("alice", expires_time=None)
            authorize.create_access_token("alice", expires_time=0)
            authorize.create_access_token("alice", expires_time=True)
            authorize.create_access_token("alice", expires_time=timedelta(hours=1))
            authorize.create_access_token("alice", expires_time=timedelta(days=90))  # JWT303
            authorize.create_refresh_token("alice", expires_time=timedelta(days=90))
            return authorize.create_refresh_token("alice", expires_time=False)  # JWT304
    """,
    "raw claims are verified": """
        import jwt
        def route(token: str, authorize: AuthJWT = Depends()):
            name = jwt.decode(token, options={"verify_signature": False})["sub"]
            authorize.get_raw_jwt(token)
            return name
    """,
    "an annotation with a note": """
        from typing import Annotated
        def route(authorize: Annotated[AuthJWT, Depends()]):
            return authorize.create_access_token("alice", expires_time=False)  # JWT304
    """,
}
ASYNC = """\
from fastapi import Depends
from async_fastapi_jwt_auth import AuthJWT
from async_fastapi_jwt_auth.auth_jwt import AuthJWTBearer
bearer = AuthJWTBearer()
"""
OTHERS = {
    "the asynchronous fork": (
        ASYNC,
        """
        @AuthJWT.load_config
        def get_config():
            return [("authjwt_secret_key", "not a secret any more")]  # JWT501
        async def route(authorize: AuthJWT = Depends(bearer)):
            return await authorize.create_access_token(subject="alice", expires_time=False)  # JWT304
        """,
    ),
    "the other fork": (
        "import fastapi_another_jwt_auth as another\n",
        """
        @another.AuthJWT.load_config
        def get_config():
            return [("authjwt_secret_key", "not a secret any more")]  # JWT501
        """,
    ),
    "fastapi-jwt": (
        "import os\nfrom datetime import timedelta\nfrom fastapi_jwt import JwtAccessBearer, JwtRefreshCookie\n",
        """
        def f(key, response):
            JwtAccessBearer(secret_key="not a secret any more", auto_error=False)  # JWT501
            JwtAccessBearer(key, access_expires_delta=timedelta(days=90))  # JWT303
            JwtAccessBearer(key, refresh_expires_delta=timedelta(days=90))
            access = JwtAccessBearer(key, access_expires_delta=None)
            token = access.create_access_token({"name": "alice"}, expires_delta=timedelta(days=90))  # JWT303
            access.set_access_cookie(response, token)  # JWT404 JWT405
            JwtRefreshCookie(key).set_refresh_cookie(response, token)  # JWT404
        """,
    ),
    "fastapi-login": (
        "from datetime import timedelta\nfrom fastapi_login import LoginManager\n",
        """
        def f(key, response):
            LoginManager("not a secret any more", "/login")  # JWT501
            LoginManager(key, "/login", default_expiry=timedelta(days=90))  # JWT303
            manager = LoginManager(key, "/login", use_cookie=True)
            token = manager.create_access_token(data={}, expires=timedelta(days=90))  # JWT303
            manager.create_access_token(data={}, expires=None)
            manager.set_cookie(response, token)  # JWT404
        """,
    ),
    "authx, set up": (
        "import os\nfrom datetime import timedelta\nfrom authx import AuthX, AuthXConfig\nKEY = os.environ['KEY']\n",
        """
        config = AuthXConfig(JWT_SECRET_KEY="not a secret any more", JWT_TOKEN_LOCATION=["cookies"])  # JWT501
        config.JWT_COOKIE_SECURE = False  # JWT404
        config.JWT_COOKIE_CSRF_PROTECT = False  # JWT406
        AuthX(config=config)
        AuthX(AuthXConfig(JWT_SECRET_KEY=KEY, JWT_ACCESS_TOKEN_EXPIRES=None))  # JWT304
        AuthX(AuthXConfig(JWT_SECRET_KEY=KEY, JWT_COOKIE_SECURE=False))
        AuthX(AuthXConfig(JWT_SECRET_KEY=KEY, JWT_TOKEN_LOCATION=["headers", "cookies"]))
        AuthX(AuthXConfig(JWT_SECRET_KEY=os.getenv("KEY", "not a secret any more")))  # JWT502
        AuthXConfig(JWT_SECRET_KEY="nobody uses it")
        AuthX()
        def f(settings, config):
            AuthX(config=config)
            AuthX(config=AuthXConfig(**settings))
        """,
    ),
    "authx, a class of the project": (
        "from datetime import timedelta\nfrom authx import AuthX, AuthXConfig\n",
        """
        class Config(AuthXConfig):
            JWT_SECRET_KEY: str = "not a secret any more"  # JWT502
            JWT_REFRESH_TOKEN_EXPIRES: timedelta = timedelta(days=365)  # JWT303
        auth = AuthX(config=Config())
        def f():
            auth.create_access_token("alice", expiry=timedelta(days=90))  # JWT303
            auth.create_refresh_token("alice", expiry=timedelta(days=90))
            return auth.create_access_token("alice", expiry=None)
        """,
    ),
    "authx's functions": (
        "import os\nfrom datetime import timedelta\nfrom authx import TokenPayload\n"
        "from authx.token import create_token, decode_token\nKEY = os.environ['KEY']\n",
        """
        def f(uid, token, data, end):
            create_token(uid, KEY)  # JWT301
            create_token(uid, KEY, expiry=timedelta(minutes=5))
            create_token(uid, KEY, expiry=end)
            create_token(uid, KEY, expiry=None)  # JWT301
            create_token(uid, KEY, expiry=timedelta(minutes=5) if data else None)  # JWT301
            create_token(uid, KEY, expiry=end if data else None)
            create_token(uid, KEY, expiry=1900000000)
            create_token(uid, KEY, data=data)
            create_token(uid, KEY, data={"role": "admin"})  # JWT301
            create_token(uid, "not a secret any more", data={"exp": end})  # JWT501
            TokenPayload.decode(token, KEY)
            return decode_token(token, KEY)
        def g(token):
            return decode_token(token, KEY, verify=False)  # JWT102
        """,
    ),
    "fastapi-users' functions": (
        "import os\nfrom fastapi_users.jwt import decode_jwt, generate_jwt\nKEY = os.environ['KEY']\n",
        """
        def f(token, seconds):
            generate_jwt({"sub": "alice"}, KEY, 3600)
            generate_jwt({"sub": "alice"}, KEY, seconds)
            generate_jwt({"sub": "alice"}, KEY)  # JWT301
            generate_jwt({"sub": "alice"}, KEY, lifetime_seconds=365 * 24 * 3600)  # JWT303
            return decode_jwt(token, "not a secret any more", audience=["shop"])  # JWT501
        """,
    ),
}


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_fastapi_jwt_auth(code: str) -> None:
    verify(code, AUTHJWT)


@pytest.mark.parametrize(("prelude", "code"), OTHERS.values(), ids=OTHERS)
def test_program(prelude: str, code: str) -> None:
    verify(code, prelude)
