"""SHAPES D over two modules: options, algorithms and helpers that verify lie somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, confidences, packaged, verify

WEAKENED: dict[str, Files] = {
    "D1 options of another module": {
        "app/options.py": """
            OFF = {"verify_signature": False}
            DEFAULTS = {"verify_exp": True}
            NAME = "verify_signature"
            def options():
                return {"verify_signature": False}
            class Options:
                off = {"verify_signature": False}
        """,
        "app/service.py": """
            import jwt
            from app import options as module
            from app.options import DEFAULTS, NAME, OFF, Options, options
            def f(t, key):
                jwt.decode(t.a, options=OFF)  # JWT102
                jwt.decode(t.b, options=options())  # JWT102
                jwt.decode(t.c, options=module.OFF)  # JWT102
                jwt.decode(t.d, options={NAME: False})  # JWT102
                jwt.decode(t.e, options={**DEFAULTS, "verify_signature": False})  # JWT102
                jwt.decode(t.f, key, algorithms=["HS256"], options=DEFAULTS)
                jwt.decode(t.g, options=Options.off)  # JWT102
                jwt.decode(t.h, options=dict(OFF))  # JWT102
                jwt.decode(t.i, key, algorithms=["HS256"], options={**OFF, "verify_signature": True})
        """,
    },
    "D1 a switch of another module": {
        "app/settings.py": """
            VERIFY = False
            CHECK = True
            class Settings:
                verify = False
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import CHECK, VERIFY, settings
            def f(t, key):
                jwt.decode(t.a, key, algorithms=["HS256"], options={"verify_signature": VERIFY})  # JWT102
                jwt.decode(t.b, key, algorithms=["HS256"], options={"verify_signature": CHECK})
                jwt.decode(t.c, key, algorithms=["HS256"], options={"verify_signature": settings.verify})  # JWT102
                jwt.decode(t.d, key, algorithms=["HS256"], options={"verify_signature": not CHECK})  # JWT102
        """,
    },
    "D3 keyword arguments of another module": {
        "app/options.py": """
            DECODE = {"options": {"verify_signature": False}}
            SAFE = {"algorithms": ["HS256"]}
            def arguments():
                return {"options": {"verify_signature": False}}
        """,
        "app/service.py": """
            import jwt
            from app.options import DECODE, SAFE, arguments
            def f(t, key):
                jwt.decode(t.a, **DECODE)  # JWT102
                jwt.decode(t.b, **arguments())  # JWT102
                jwt.decode(t.c, key, **SAFE)
        """,
    },
    "D4 D17 a flag of a helper elsewhere": {
        "app/jwt_tokens.py": """
            import jwt
            KEY = open("key.pem").read()
            def read(t, verify=True):
                return jwt.decode(t, KEY, algorithms=["RS256"], options={"verify_signature": verify})
            class Tokens:
                def read(self, t, options=None):
                    return jwt.decode(t, KEY, algorithms=["RS256"], options=options)
            tokens = Tokens()
        """,
        "app/service.py": """
            from app import jwt_tokens
            from app.jwt_tokens import Tokens, read, tokens
            def f(t):
                read(t.a)["sub"]
                read(t.b, verify=False)["sub"]  # JWT102
                jwt_tokens.read(t.c, False)["sub"]  # JWT102
                Tokens().read(t.d)["sub"]
                Tokens().read(t.e, options={"verify_signature": False})["sub"]  # JWT102
                tokens.read(t.f, {"verify_signature": False})["sub"]  # JWT102
                return tokens.read(t.g)["sub"]
        """,
    },
    "D17 a list of algorithms for a helper elsewhere": {
        "app/jwt_tokens.py": """
            import jwt
            def read(t, key, algorithms=("RS256",)):
                return jwt.decode(t, key, algorithms=algorithms)
        """,
        "app/service.py": """
            from app.jwt_tokens import read
            def f(t, key):
                read(t, key)
                read(t, key, algorithms=["RS256", "HS256"])  # JWT105
        """,
    },
    "D17 a flag from a third module": {
        "app/settings.py": """
            VERIFY = False
        """,
        "app/jwt_tokens.py": """
            import jwt
            def read(t, key, verify=True):
                return jwt.decode(t, key, algorithms=["RS256"], options={"verify_signature": verify})
        """,
        "app/service.py": """
            from app.jwt_tokens import read
            from app.settings import VERIFY
            def f(t, key):
                return read(t, key, VERIFY)["sub"]  # JWT102
        """,
    },
    "D7 while debugging": {
        "app/settings.py": """
            import os
            DEBUG = bool(os.environ.get("DEBUG"))
        """,
        "app/service.py": """
            import jwt
            from app import settings
            def f(t, key):
                options = {}
                if settings.DEBUG:
                    options = {"verify_signature": False}
                return jwt.decode(t, key, algorithms=["HS256"], options=options)  # JWT102
        """,
    },
    "D7 a constant that is off": {
        "app/settings.py": """
            DEBUG = False
            TESTING = False
        """,
        "app/service.py": """
            import jwt
            from app.settings import DEBUG, TESTING
            def f(t, key):
                options = {"verify_signature": not TESTING}
                if DEBUG:
                    options = {"verify_signature": False}
                return jwt.decode(t, key, algorithms=["HS256"], options=options)
        """,
    },
    "D12 checks that are switched off elsewhere": {
        "app/options.py": """
            NO_EXP = {"verify_exp": False}
            NO_AUD = {"verify_aud": False}
            ALL = {"verify_exp": True, "require": ["exp"]}
        """,
        "app/service.py": """
            import jwt
            from app.options import ALL, NO_AUD, NO_EXP
            def f(t, key):
                jwt.decode(t, key, algorithms=["HS256"], options=NO_EXP)  # JWT302
                jwt.decode(t, key, algorithms=["HS256"], options=NO_AUD)  # JWT201
                jwt.decode(t, key, algorithms=["HS256"], options=ALL)
        """,
    },
    "D15 arguments without effect": {
        "app/options.py": """
            WRONG = {"require_exp": True}
        """,
        "app/service.py": """
            import jwt
            from app.options import WRONG
            def f(t, key):
                jwt.decode(t, key, algorithms=["HS256"], options=WRONG)  # JWT112
        """,
    },
}

ALGORITHMS: dict[str, Files] = {
    "D10 lists of another module": {
        "app/settings.py": """
            MIXED = ["HS256", "RS256"]
            ONE = ["RS256"]
            NONE = ["none"]
            NAME = "HS256"
            PAIR = ("HS256", "RS256")
            class Settings:
                algorithms = ["HS256", "RS256"]
        """,
        "app/service.py": """
            import jwt
            from app import settings
            from app.settings import MIXED, NAME, NONE, ONE, PAIR, Settings
            def f(t, key):
                jwt.decode(t, key, algorithms=MIXED)  # JWT105
                jwt.decode(t, key, algorithms=ONE)
                jwt.decode(t, key, algorithms=settings.PAIR)  # JWT105
                jwt.decode(t, key, algorithms=[NAME])
                jwt.decode(t, key, algorithms=[NAME, *ONE])  # JWT105
                jwt.decode(t, key, algorithms=list(PAIR))  # JWT105
                jwt.decode(t, key, algorithms=Settings.algorithms)  # JWT105
                jwt.decode(t, key, algorithms=ONE + [NAME])  # JWT105
        """,
    },
    "D16 a list out of the environment": {
        "app/settings.py": """
            import os
            ALGS = os.environ.get("ALGS", "HS256,RS256")
            LIST = os.environ.get("ALGS", "HS256,RS256").split(",")
            FINE = os.environ.get("ALGS", "RS256").split(",")
        """,
        "app/service.py": """
            import jwt
            from app.settings import ALGS, FINE, LIST
            def f(t, key):
                jwt.decode(t, key, algorithms=ALGS.split(","))  # JWT105
                jwt.decode(t, key, algorithms=LIST)  # JWT105
                jwt.decode(t, key, algorithms=FINE)
        """,
    },
    "D8 the algorithm of the token itself": {
        "app/headers.py": """
            import jwt
            def algorithm(t):
                return jwt.get_unverified_header(t)["alg"]
            def header(t):
                return jwt.get_unverified_header(t)
        """,
        "app/service.py": """
            import jwt
            from app.headers import algorithm, header
            def f(t, key):
                jwt.decode(t, key, algorithms=[algorithm(t)])  # JWT104
                jwt.decode(t, key, algorithms=[header(t)["alg"]])  # JWT104
        """,
    },
    "D8 compared with a set of another module": {
        "app/settings.py": """
            ALLOWED = ("RS256", "ES256")
            ALGORITHM = "RS256"
            class Settings:
                algorithms = ["RS256"]
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import ALGORITHM, ALLOWED, settings
            def f(t, key):
                alg = jwt.get_unverified_header(t)["alg"]
                if alg not in ALLOWED:
                    raise PermissionError(alg)
                return jwt.decode(t, key, algorithms=[alg])
            def g(t, key):
                alg = jwt.get_unverified_header(t)["alg"]
                if alg != ALGORITHM:
                    raise PermissionError(alg)
                return jwt.decode(t, key, algorithms=[alg])
            def h(t, key):
                alg = jwt.get_unverified_header(t)["alg"]
                if alg not in settings.algorithms:
                    raise PermissionError(alg)
                return jwt.decode(t, key, algorithms=[alg])
        """,
    },
    "D8 compared by a helper of another module": {
        "app/checks.py": """
            ALLOWED = ("RS256", "ES256")
            def allowed(alg):
                if alg not in ALLOWED:
                    raise PermissionError(alg)
                return alg
        """,
        "app/service.py": """
            import jwt
            from app.checks import allowed
            def f(t, key):
                alg = allowed(jwt.get_unverified_header(t)["alg"])
                return jwt.decode(t, key, algorithms=[alg])
        """,
    },
}

PEEKING: dict[str, Files] = {
    "D5 verified by a helper elsewhere": {
        "app/jwt_tokens.py": """
            import jwt
            def verified(t, key):
                return jwt.decode(t, key, algorithms=["RS256"])
        """,
        "app/service.py": """
            import jwt
            from app.jwt_tokens import verified
            def f(t, key_for):
                issuer = jwt.decode(t, options={"verify_signature": False})["iss"]
                return verified(t, key_for(issuer))
        """,
    },
    "D5 a key id": {
        "app/keys.py": """
            import jwt
            KEYS = {}
            def key_of(t):
                header = jwt.get_unverified_header(t)
                return KEYS[header["kid"]]
        """,
        "app/service.py": """
            import jwt
            from app.keys import key_of
            def f(t):
                return jwt.decode(t, key_of(t), algorithms=["RS256"])
        """,
    },
    "D5 a helper that verifies something else": {
        "app/jwt_tokens.py": """
            import jwt
            def verified(t, key):
                return jwt.decode(t, key, algorithms=["RS256"])
        """,
        "app/service.py": """
            import jwt
            from app.jwt_tokens import verified
            def f(t, other, key):
                verified(other, key)
                return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
        """,
    },
    "D5 a method elsewhere": {
        "app/jwt_tokens.py": """
            import jwt
            class Verifier:
                def __init__(self, key):
                    self.key = key
                def verify(self, t):
                    return jwt.decode(t, self.key, algorithms=["RS256"])
        """,
        "app/service.py": """
            import jwt
            from app.jwt_tokens import Verifier
            class Service:
                def __init__(self, key):
                    self.verifier = Verifier(key)
                def f(self, t):
                    tenant = jwt.decode(t, options={"verify_signature": False})["tenant"]
                    return tenant, self.verifier.verify(t)
        """,
    },
    "D6 verification that fails open, its halves apart": {
        "app/jwt_tokens.py": """
            import jwt
            def verified(t, key):
                return jwt.decode(t, key, algorithms=["RS256"])
        """,
        "app/service.py": """
            import jwt
            from app.jwt_tokens import verified
            def f(t, key):
                try:
                    return verified(t, key)
                except jwt.InvalidTokenError:
                    return jwt.decode(t, options={"verify_signature": False})  # JWT110
        """,
    },
    "D19 a function that is overridden": {
        "app/jwt_base.py": """
            import jwt
            class Reader:
                def options(self):
                    return {"verify_signature": False}
                def decode(self, t):
                    return jwt.decode(t, self.key, algorithms=["RS256"], options=self.options())["sub"]  # JWT102
        """,
        "app/service.py": """
            from app.jwt_base import Reader
            class Safe(Reader):
                def options(self):
                    return {"verify_signature": True}
                def f(self, t):
                    return self.decode(t)
        """,
    },
}

SHAPES = {**WEAKENED, **ALGORITHMS, **PEEKING}


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)


def test_off_by_a_setting_of_another_module_is_of_medium_confidence(tmp_path: Path) -> None:
    assert confidences(WEAKENED["D7 while debugging"], tmp_path, "JWT102") == ["medium"]
