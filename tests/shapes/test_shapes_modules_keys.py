"""SHAPES B and C over two modules: libraries that come in by a detour, and keys that are set somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, confidences, findings, packaged, verify

VENDORED: dict[str, Files] = {
    "B5 through a module": {
        "app/vendor.py": """
            import jwt
        """,
        "app/service.py": """
            from app.vendor import jwt
            def f(u, key):
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "B5 through a package, under another name, or by a function": {
        "app/compat/__init__.py": """
            try:
                import jwt as pyjwt
            except ImportError:
                pyjwt = None
            from jwt import encode, decode as read
        """,
        "app/service.py": """
            import app.compat
            from app.compat import encode, pyjwt as jwt, read
            def f(u, t, key):
                jwt.encode({"sub": u}, key)  # JWT301
                encode({"sub": u}, key)  # JWT301
                app.compat.pyjwt.encode({"sub": u}, key)  # JWT301
                return read(t, options={"verify_signature": False})["sub"]  # JWT102
        """,
    },
    "B6 a star": {
        "app/vendor.py": """
            import jwt
            from jwt import *
        """,
        "app/service.py": """
            from app.vendor import *
            def f(u, key):
                jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "B2 inside a function": {
        "app/vendor.py": """
            import jwt
        """,
        "app/service.py": """
            def f(u, key):
                from .vendor import jwt
                return jwt.encode({"sub": u}, key)  # JWT301
        """,
    },
    "B3 one or the other": {
        "app/vendor.py": """
            try:
                import jwt
            except ImportError:
                from jose import jwt
        """,
        "app/service.py": """
            from app.vendor import jwt
            def f(t, key):
                return jwt.decode(t, key)  # JWT103
        """,
    },
    "B4 something else of the same name": {
        "app/extensions.py": """
            from flask_jwt_extended import JWTManager
            jwt = JWTManager()
        """,
        "app/service.py": """
            from app.extensions import jwt
            def f(t):
                return jwt.decode(t, options={"verify_signature": False})["sub"]
        """,
    },
    "B4 a module of the project of the same name": {
        "app/jwt.py": """
            def encode(claims, key):
                return sorted(claims)
        """,
        "app/service.py": """
            from app import jwt
            from app.jwt import encode
            def f(u, key):
                encode({"sub": u}, key)
                return jwt.encode({"sub": u}, "s3cr3t")
        """,
    },
}

CONSTANTS: dict[str, Files] = {
    "C2 C4 a constant": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            import jwt
            from .settings import SECRET
            def f(t):
                return jwt.decode(t, SECRET, algorithms=["HS256"])
        """,
    },
    "C2 C4 a constant with two uses": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            import jwt
            from app import settings
            def f(t, soon):
                jwt.encode({"exp": soon}, settings.SECRET)
                return jwt.decode(t, settings.SECRET, algorithms=["HS256"])
        """,
    },
    "C4 a star": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            import jwt
            from app.settings import *
            def f(t):
                return jwt.decode(t, SECRET, algorithms=["HS256"])
        """,
    },
    "C4 a dict in a dict": {
        "app/settings.py": """
            CONFIG = {
                "jwt": {
                    "secret": "s3cr3t",  # JWT501
                    "algorithm": "HS256",
                },
                "public": {"secret": "other"},
            }
        """,
        "app/service.py": """
            import jwt
            from app.settings import CONFIG
            def f(t):
                return jwt.decode(t, CONFIG["jwt"]["secret"], algorithms=[CONFIG["jwt"]["algorithm"]])
        """,
    },
    "C4 a dict that is asked": {
        "app/settings.py": """
            CONFIG = {"secret": "s3cr3t"}  # JWT501
        """,
        "app/service.py": """
            import jwt
            from app.settings import CONFIG
            def f(t):
                return jwt.decode(t, CONFIG.get("secret"), algorithms=["HS256"])
        """,
    },
    "C4 a dict that is asked, with a fallback that never counts": {
        "app/settings.py": """
            import os
            CONFIG = {"secret": os.environ["SECRET"]}
        """,
        "app/service.py": """
            import jwt
            from app.settings import CONFIG
            def f(t):
                return jwt.decode(t, CONFIG.get("secret", "dev"), algorithms=["HS256"])
        """,
    },
    "C3 a class's constant and an instance's attribute": {
        "app/settings.py": """
            class Config:
                SECRET = "s3cr3t"  # JWT501
            class Other:
                def __init__(self):
                    self.secret = "0ther"  # JWT501
            other = Other()
        """,
        "app/service.py": """
            import jwt
            from app.settings import Config, other
            def f(t):
                jwt.decode(t, Config.SECRET, algorithms=["HS256"])
                jwt.decode(t, other.secret, algorithms=["HS256"])
        """,
    },
    "C3 built of pieces of another module": {
        "app/settings.py": """
            PREFIX = "s3cr"
            ENCODED = "czNjcjN0"  # JWT501
        """,
        "app/service.py": """
            import base64
            import jwt
            from app.settings import ENCODED, PREFIX
            def f(t):
                jwt.decode(t, PREFIX + "3t", algorithms=["HS256"])  # JWT501
                jwt.decode(t, f"{PREFIX}3t", algorithms=["HS256"])  # JWT501
                jwt.decode(t, base64.b64decode(ENCODED), algorithms=["HS256"])
        """,
    },
    "C3 encoded here": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            import jwt
            from app.settings import SECRET
            def f(t):
                return jwt.decode(t, SECRET.encode("utf-8"), algorithms=["HS256"])
        """,
    },
    "C3 C15 an inherited attribute": {
        "app/base.py": """
            class Base:
                secret = "s3cr3t"  # JWT501
                algorithm = "HS256"
        """,
        "app/service.py": """
            import jwt
            from app.base import Base
            class Service(Base):
                def f(self, t):
                    return jwt.decode(t, self.secret, algorithms=[self.algorithm])
        """,
    },
    "C12 C13 PEM texts": {
        "app/pem.py": '''
            PRIVATE = """-----BEGIN RSA PRIVATE KEY-----  # JWT505
            MIIB
            -----END RSA PRIVATE KEY-----"""
            PUBLIC = """-----BEGIN PUBLIC KEY-----
            MIIB
            -----END PUBLIC KEY-----"""
        ''',
        "app/service.py": """
            import jwt
            from app.pem import PRIVATE, PUBLIC
            def f(t, soon):
                jwt.encode({"exp": soon}, PRIVATE, algorithm="RS256")
                jwt.decode(t, PUBLIC, algorithms=["RS256"])
                jwt.decode(t, PUBLIC, algorithms=["HS256"])  # JWT105
        """,
    },
    "C14 a key that can be guessed": {
        "app/settings.py": """
            import random, secrets
            SECRET = str(random.getrandbits(256))  # JWT506
            GOOD = secrets.token_hex(32)
        """,
        "app/service.py": """
            import jwt
            from app.settings import GOOD, SECRET
            def f(t):
                jwt.decode(t, SECRET, algorithms=["HS256"])
                jwt.decode(t, GOOD, algorithms=["HS256"])
        """,
    },
    "C4 split settings": {
        "app/settings/base.py": """
            SECRET_KEY = "s3cr3t"  # JWT501
            DEBUG = False
        """,
        "app/settings/dev.py": """
            from .base import *
            DEBUG = True
        """,
        "app/settings/production.py": """
            import os
            from .base import *
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
        "app/service.py": """
            import jwt
            from app.settings.dev import SECRET_KEY
            from app.settings import production
            def f(t):
                jwt.decode(t, SECRET_KEY, algorithms=["HS256"])
                jwt.decode(t, production.SECRET_KEY, algorithms=["HS256"])
        """,
    },
}

FALLBACKS: dict[str, Files] = {
    "C5 the environment, read elsewhere": {
        "app/settings.py": """
            import os, secrets
            A = os.environ["A"]
            B = os.getenv("B")
            C = os.getenv("C", "dev")  # JWT502
            D = os.environ.get("D") or "dev"  # JWT502
            E = os.getenv("E", secrets.token_hex(32))
            F = os.getenv("F", "")
        """,
        "app/service.py": """
            import jwt
            from app import settings
            def f(t):
                jwt.decode(t, settings.A, algorithms=["HS256"])
                jwt.decode(t, settings.B, algorithms=["HS256"])
                jwt.decode(t, settings.C, algorithms=["HS256"])
                jwt.decode(t, settings.D, algorithms=["HS256"])
                jwt.decode(t, settings.E, algorithms=["HS256"])
                jwt.decode(t, settings.F, algorithms=["HS256"])
        """,
    },
    "C5 a fallback of another module": {
        "app/defaults.py": """
            SECRET = "dev"  # JWT502
            NAME = "S"
        """,
        "app/service.py": """
            import os
            import jwt
            from app.defaults import NAME, SECRET
            def f(t):
                return jwt.decode(t, os.getenv(NAME, SECRET), algorithms=["HS256"])
        """,
    },
    "C5 a fallback here for what another module lacks": {
        "app/settings.py": """
            import os
            SECRET = os.environ.get("SECRET")
        """,
        "app/service.py": """
            import jwt
            from app.settings import SECRET
            KEY = SECRET or "dev"  # JWT502
            def f(t):
                return jwt.decode(t, KEY, algorithms=["HS256"])
        """,
    },
    "C6 an exception": {
        "app/settings.py": """
            import os
            try:
                S = os.environ["S"]
            except KeyError:
                S = "dev"  # JWT502
        """,
        "app/service.py": """
            import jwt
            from app.settings import S
            def f(t):
                return jwt.decode(t, S, algorithms=["HS256"])
        """,
    },
    "C7 a guard of another module": {
        "app/settings.py": """
            import os
            S = os.getenv("S", "dev")
            if S == "dev":
                raise RuntimeError("no key")
            T = os.getenv("T")
            if not T:
                T = "dev"  # JWT502
        """,
        "app/service.py": """
            import jwt
            from app.settings import S, T
            def f(t):
                jwt.decode(t, S, algorithms=["HS256"])
                jwt.decode(t, T, algorithms=["HS256"])
        """,
    },
    "C7 a guard here": {
        "app/settings.py": """
            import os
            S = os.getenv("S", "dev")
        """,
        "app/service.py": """
            import jwt
            from app.settings import S
            if S == "dev":
                raise RuntimeError("no key")
            def f(t):
                return jwt.decode(t, S, algorithms=["HS256"])
        """,
    },
    "C7 a guard with the refused value from another module": {
        "app/settings.py": """
            DEFAULT = "dev"
            WEAK = {"dev", "changeme"}
        """,
        "app/service.py": """
            import os
            import jwt
            from app.settings import DEFAULT, WEAK
            S = os.getenv("S", DEFAULT)
            if S == DEFAULT:
                raise RuntimeError("no key")
            T = os.getenv("T", "dev")
            if T in WEAK:
                raise RuntimeError("no key")
            def f(t):
                jwt.decode(t, S, algorithms=["HS256"])
                jwt.decode(t, T, algorithms=["HS256"])
        """,
    },
    "C17 the project's own helper": {
        "app/env.py": """
            import os
            def get_env_value(name, default=None):
                return os.environ.get(name, default)
            def required(name):
                value = os.environ.get(name)
                if value is None:
                    raise RuntimeError(name)
                return value
            class Env:
                def text(self, name, default):
                    return os.getenv(name, default)
            env = Env()
        """,
        "app/service.py": """
            import jwt
            from app.env import env, get_env_value, required
            KEY = get_env_value("TOKEN_SECRET", "literal")  # JWT502
            def f(t):
                jwt.decode(t, KEY, algorithms=["HS256"])
                jwt.decode(t, get_env_value("OTHER"), algorithms=["HS256"])
                jwt.decode(t, required("THIRD"), algorithms=["HS256"])
                jwt.decode(t, env.text("FOURTH", "dev"), algorithms=["HS256"])  # JWT502
        """,
    },
    "C17 the helper and its use in two other modules": {
        "app/env.py": """
            import os
            def get(name, default=None):
                return os.environ.get(name, default)
        """,
        "app/settings.py": """
            from app.env import get
            SECRET = get("SECRET", "dev")  # JWT502
        """,
        "app/service.py": """
            import jwt
            from app.settings import SECRET
            def f(t):
                return jwt.decode(t, SECRET, algorithms=["HS256"])
        """,
    },
    "C18 a command line": {
        "app/cli.py": """
            import argparse
            def options():
                parser = argparse.ArgumentParser()
                parser.add_argument("--secret", default="literal")  # JWT502
                return parser.parse_args()
        """,
        "app/service.py": """
            import jwt
            from app.cli import options
            def f(t):
                args = options()
                return jwt.decode(t, args.secret, algorithms=["HS256"])
        """,
    },
    "C19 a dict under a file": {
        "app/settings.py": """
            import json
            DEFAULTS = {"jwt_secret": "literal"}  # JWT502
            def load(path):
                cfg = dict(DEFAULTS)
                with open(path) as file:
                    cfg.update(json.load(file))
                return cfg
        """,
        "app/service.py": """
            import jwt
            from app.settings import load
            cfg = load("app.json")
            def f(t):
                return jwt.decode(t, cfg["jwt_secret"], algorithms=["HS256"])
        """,
    },
}

SETTINGS: dict[str, Files] = {
    "C8 a settings object": {
        "app/settings.py": """
            from pydantic import SecretStr
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret: str = "dev"  # JWT502
                required: str
                hidden: SecretStr = SecretStr("dev")  # JWT502
                @property
                def key(self):
                    return self.required
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import settings
            def f(t):
                jwt.decode(t, settings.secret, algorithms=["HS256"])
                jwt.decode(t, settings.required, algorithms=["HS256"])
                jwt.decode(t, settings.hidden.get_secret_value(), algorithms=["HS256"])
                jwt.decode(t, settings.key, algorithms=["HS256"])
        """,
    },
    "C8 a getter with a cache": {
        "app/settings.py": """
            from functools import lru_cache
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret: str = "dev"  # JWT502
            @lru_cache
            def get_settings():
                return Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import get_settings
            def f(t):
                return jwt.decode(t, get_settings().secret, algorithms=["HS256"])
        """,
    },
    "C8 a dependency": {
        "app/settings.py": """
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret: str = "dev"  # JWT502
                required: str
            def get_settings():
                return Settings()
        """,
        "app/service.py": """
            from typing import Annotated
            import jwt
            from fastapi import Depends
            from app.settings import Settings, get_settings
            def one(t, settings: Settings = Depends(get_settings)):
                return jwt.decode(t, settings.secret, algorithms=["HS256"])
            def two(t, settings: Annotated[Settings, Depends(get_settings)]):
                return jwt.decode(t, settings.required, algorithms=["HS256"])
        """,
    },
    "C8 a base class in a third module": {
        "app/base.py": """
            from pydantic_settings import BaseSettings
            class AppSettings(BaseSettings):
                secret: str = "dev"  # JWT502
        """,
        "app/settings.py": """
            from app.base import AppSettings
            class Settings(AppSettings):
                debug: bool = False
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import settings
            def f(t):
                return jwt.decode(t, settings.secret, algorithms=["HS256"])
        """,
    },
    "C8 a class whose base is elsewhere, used here": {
        "app/base.py": """
            from pydantic_settings import BaseSettings
            class AppSettings(BaseSettings):
                required: str
        """,
        "app/service.py": """
            import jwt
            from app.base import AppSettings
            class Settings(AppSettings):
                secret: str = "dev"  # JWT502
            settings = Settings()
            def f(t):
                jwt.decode(t, settings.secret, algorithms=["HS256"])
                jwt.decode(t, settings.required, algorithms=["HS256"])
        """,
    },
    "C8 plain records": {
        "app/settings.py": """
            from dataclasses import dataclass
            from pydantic import BaseModel
            class Settings(BaseModel):
                secret: str = "dev"  # JWT501
            @dataclass
            class Config:
                secret: str = "dev"  # JWT501
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import Config, settings
            def f(t):
                jwt.decode(t, settings.secret, algorithms=["HS256"])
                jwt.decode(t, Config().secret, algorithms=["HS256"])
        """,
    },
    "C15 a constructor in another module": {
        "app/jwt_service.py": """
            import jwt
            class TokenService:
                def __init__(self, key):
                    self.key = key
                def read(self, t):
                    return jwt.decode(t, self.key, algorithms=["HS256"])
        """,
        "app/main.py": """
            import os
            from app.jwt_service import TokenService
            def f(t):
                TokenService("s3cr3t").read(t)  # JWT501
                TokenService(os.environ["KEY"]).read(t)
                service = TokenService(os.getenv("KEY", "dev"))  # JWT502
                return service.read(t)
        """,
    },
    "C15 a constructor here, its argument elsewhere": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            import jwt
            from app.settings import SECRET
            class TokenService:
                def __init__(self, key):
                    self.key = key
                def read(self, t):
                    return jwt.decode(t, self.key, algorithms=["HS256"])
            service = TokenService(SECRET)
        """,
    },
    "C15 a service that a settings object is handed to": {
        "app/settings.py": """
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret: str = "dev"  # JWT502
            settings = Settings()
        """,
        "app/jwt_service.py": """
            import jwt
            class TokenService:
                def __init__(self, settings):
                    self.settings = settings
                def read(self, t):
                    return jwt.decode(t, self.settings.secret, algorithms=["HS256"])
        """,
        "app/main.py": """
            from app.jwt_service import TokenService
            from app.settings import settings
            service = TokenService(settings)
            def f(t):
                return service.read(t)
        """,
    },
    "C16 replaced in the other module": {
        "app/settings.py": """
            import secrets
            class Settings:
                secret: str = ""
                def __init__(self):
                    self.secret = self.secret or secrets.token_hex(32)
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from jose import jwt as jose
            from app.settings import settings
            def f(t):
                jwt.decode(t, settings.secret, algorithms=["HS256"])
                jose.decode(t, settings.secret, algorithms=["HS256"])
        """,
    },
    "C16 a placeholder that a function of the other module fills in": {
        "app/settings.py": """
            import os
            SECRET = ""
            class Settings:
                secret = None
            settings = Settings()
            def load():
                global SECRET
                SECRET = os.environ["SECRET"]
                settings.secret = SECRET
        """,
        "app/service.py": """
            from jose import jwt
            from app import settings as module
            from app.settings import settings
            def f(t):
                jwt.decode(t, module.SECRET, algorithms=["HS256"])
                jwt.decode(t, settings.secret, algorithms=["HS256"])
        """,
    },
    "C20 keys made of what is elsewhere": {
        "app/settings.py": """
            SECRET = "s3cr3t"  # JWT501
        """,
        "app/service.py": """
            from jose import jwk, jwt
            from app.settings import SECRET
            def f(t):
                return jwt.decode(t, jwk.construct(SECRET, "HS256"), algorithms=["HS256"])
        """,
    },
}

SHAPES = {**VENDORED, **CONSTANTS, **FALLBACKS, **SETTINGS}


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)


def test_a_default_that_a_validator_elsewhere_refuses_is_of_low_confidence(tmp_path: Path) -> None:
    files = {
        "app/settings.py": """
            from pydantic import field_validator
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret: str = "dev"
                @field_validator("secret")
                @classmethod
                def check(cls, value):
                    if value == "dev":
                        raise ValueError("not in production")
                    return value
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import settings
            def f(t):
                return jwt.decode(t, settings.secret, algorithms=["HS256"])
        """,
    }
    assert confidences(files, tmp_path, "JWT502") == ["low"]


def test_the_trace_of_a_key_tells_every_use_and_prints_no_key(tmp_path: Path) -> None:
    (found,) = findings(CONSTANTS["C2 C4 a constant with two uses"], tmp_path)
    assert [(step.location.path, step.location.line) for step in found.trace if "key" in step.message] == [
        ("app/service.py", 5),
        ("app/service.py", 6),
    ]
    assert "s3cr3t" not in " ".join((found.message, *(step.message for step in found.trace)))
