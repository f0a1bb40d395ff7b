"""What one module changes in another one's objects, and what another one's functions do to what they are given."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, packaged, verify

CHANGED_HERE: dict[str, Files] = {
    "a dict, key by key": {
        "app/claims.py": """
            A = {"sub": "u"}
            B = {"sub": "u"}
            C = {"sub": "u"}
            D = {"sub": "u", "exp": 1}
            E = {"sub": "u", "exp": 1}
            F = {"sub": "u"}
            G = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import A, B, C, D, E, F, G
            def f(e, key):
                A["exp"] = e
                jwt.encode(A, key)
                B.update({"exp": e})
                jwt.encode(B, key)
                C.setdefault("exp", e)
                jwt.encode(C, key)
                del D["exp"]
                jwt.encode(D, key)  # JWT301
                E.pop("exp")
                jwt.encode(E, key)  # JWT301
                F |= {"exp": e}
                jwt.encode(F, key)
                G["iss"] = e
                jwt.encode(G, key)  # JWT301
        """,
    },
    "a dict of a module that is named": {
        "app/claims.py": """
            A = {"sub": "u"}
            B = {"sub": "u"}
            C = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            import app.claims
            from app import claims
            def f(e, key):
                claims.A["exp"] = e
                jwt.encode(claims.A, key)
                app.claims.B.update(exp=e)
                jwt.encode(claims.B, key)
                claims.C |= {"exp": e}
                jwt.encode(claims.C, key)
        """,
    },
    "a dict, at module level": {
        "app/claims.py": """
            A = {"sub": "u"}
            B = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import A, B
            A["exp"] = 1
            def f(key):
                jwt.encode(A, key)
                jwt.encode(B, key)  # JWT301
        """,
    },
    "a dict on one path": {
        "app/claims.py": """
            A = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import A
            def f(e, short, key):
                if short:
                    A["exp"] = e
                jwt.encode(A, key)  # JWT301
        """,
    },
    "a copy leaves it as it was": {
        "app/claims.py": """
            A = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import A
            def f(e, key):
                a = A.copy()
                a["exp"] = e
                jwt.encode(a, key)
                jwt.encode(A, key)  # JWT301
        """,
    },
    "two names for one dict": {
        "app/claims.py": """
            A = {"sub": "u"}
            B = A
            def get():
                return A
        """,
        "app/service.py": """
            import jwt
            from app import claims
            from app.claims import A, B, get
            def f(e, key):
                B["exp"] = e
                jwt.encode(A, key)
                jwt.encode(claims.A, key)
                jwt.encode(get(), key)
        """,
    },
    "what a function gives": {
        "app/claims.py": """
            def claims(u):
                return {"sub": u}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, e, key):
                a = b = claims(u)
                b["exp"] = e
                jwt.encode(a, key)
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
    "a list": {
        "app/settings.py": """
            ALGORITHMS = ["HS256"]
            OTHER = ["HS256"]
            THIRD = ["HS256"]
        """,
        "app/service.py": """
            import jwt
            from app import settings
            from app.settings import ALGORITHMS, OTHER
            def f(t, key):
                ALGORITHMS.append("RS256")
                jwt.decode(t, key, algorithms=ALGORITHMS)  # JWT105
                jwt.decode(t, key, algorithms=OTHER)
                jwt.decode(t, key, algorithms=settings.THIRD + ["RS256"])  # JWT105
        """,
    },
    "an attribute of a settings object": {
        "app/settings.py": """
            class Settings:
                secret = "s3cr3t"
            settings = Settings()
        """,
        "app/service.py": """
            import os
            import jwt
            from app.settings import settings
            settings.secret = os.environ["SECRET"]
            def f(t):
                return jwt.decode(t, settings.secret, algorithms=["HS256"])
        """,
    },
    "an attribute that is set here to a literal": {
        "app/settings.py": """
            import os
            class Settings:
                def __init__(self):
                    self.secret = os.environ["SECRET"]
            settings = Settings()
        """,
        "app/service.py": """
            import jwt
            from app.settings import settings
            def f(t):
                settings.secret = "s3cr3t"  # JWT501
                return jwt.decode(t, settings.secret, algorithms=["HS256"])
        """,
    },
    "claims held by an instance": {
        "app/session.py": """
            class Session:
                def __init__(self, u):
                    self.claims = {"sub": u}
            session = Session("u")
            other = Session("u")
        """,
        "app/service.py": """
            import jwt
            from app.session import other, session
            def f(e, key):
                session.claims["exp"] = e
                jwt.encode(session.claims, key)
                jwt.encode(other.claims, key)  # JWT301
        """,
    },
    "an attribute of a class, set here": {
        "app/settings.py": """
            class Config:
                lifetime = None
                base = {"sub": "u"}
        """,
        "app/service.py": """
            import jwt
            from app.settings import Config
            Config.base = {"sub": "u", "exp": 1}
            def f(key):
                Config.base["exp"] = 2
                jwt.encode(Config.base, key)
        """,
    },
}

CHANGED_ELSEWHERE: dict[str, Files] = {
    "a function that adds what is needed": {
        "app/times.py": """
            def add_expiry(claims, seconds=60):
                claims["exp"] = seconds
            def with_expiry(claims):
                claims.update(exp=60)
                return claims
        """,
        "app/service.py": """
            import jwt
            from app import times
            from app.times import add_expiry, with_expiry
            def f(u, key):
                a = {"sub": u}
                add_expiry(a)
                jwt.encode(a, key)
                b = {"sub": u}
                times.add_expiry(claims=b)
                jwt.encode(b, key)
                jwt.encode(with_expiry({"sub": u}), key)
                c = {"sub": u}
                jwt.encode(c, key)  # JWT301
                add_expiry(c)
                jwt.encode(c, key)
        """,
    },
    "a function of a function": {
        "app/times.py": """
            def stamp(claims):
                claims["exp"] = 60
        """,
        "app/claims.py": """
            from app.times import stamp
            def finish(claims):
                stamp(claims)
                return claims
        """,
        "app/service.py": """
            import jwt
            from app.claims import finish
            def f(u, key):
                a = {"sub": u}
                finish(a)
                jwt.encode(a, key)
                jwt.encode(finish({"sub": u}), key)
        """,
    },
    "a method": {
        "app/times.py": """
            class Stamper:
                def stamp(self, claims):
                    claims["exp"] = 60
            stamper = Stamper()
        """,
        "app/service.py": """
            import jwt
            from app.times import Stamper, stamper
            def f(u, key):
                a = {"sub": u}
                Stamper().stamp(a)
                jwt.encode(a, key)
                b = {"sub": u}
                stamper.stamp(b)
                jwt.encode(b, key)
        """,
    },
    "what is inside of what is handed over": {
        "app/times.py": """
            def stamp(message):
                message["claims"]["exp"] = 60
            def stamp_all(messages):
                for message in messages:
                    message["exp"] = 60
            def stamp_session(session):
                session.claims["exp"] = 60
        """,
        "app/service.py": """
            import jwt
            from app.times import stamp, stamp_all, stamp_session
            class Session:
                def __init__(self, u):
                    self.claims = {"sub": u}
            def f(u, key):
                a = {"claims": {"sub": u}}
                stamp(a)
                jwt.encode(a["claims"], key)
                b = {"sub": u}
                stamp_all([b])
                jwt.encode(b, key)
                s = Session(u)
                stamp_session(s)
                jwt.encode(s.claims, key)
        """,
    },
    "a method that an object inherits": {
        "app/base.py": """
            class Base:
                def __init__(self, u):
                    self.claims = {"sub": u}
                def stamp(self):
                    self.claims["exp"] = 60
        """,
        "app/service.py": """
            import jwt
            from app.base import Base
            class Session(Base):
                def sign(self, key):
                    self.stamp()
                    return jwt.encode(self.claims, key)
                def sign_at_once(self, key):
                    return jwt.encode(self.claims, key)  # JWT301
            def f(u, key):
                s = Session(u)
                s.stamp()
                return jwt.encode(s.claims, key)
        """,
    },
    "an instance that other calls may have changed": {
        "app/session.py": """
            class Session:
                def __init__(self, u):
                    self.claims = {"sub": u}
                def stamp(self):
                    self.claims["exp"] = 60
            session = Session("u")
        """,
        "app/service.py": """
            import jwt
            from app.session import session
            def f(key):
                session.stamp()
                jwt.encode(session.claims, key)
        """,
    },
    "a decorator that adds what is needed": {
        "app/times.py": """
            import functools
            def expiring(function):
                @functools.wraps(function)
                def inner(*args, **kwargs):
                    claims = function(*args, **kwargs)
                    claims["exp"] = 60
                    return claims
                return inner
        """,
        "app/service.py": """
            import jwt
            from app.times import expiring
            @expiring
            def claims(u):
                return {"sub": u}
            def f(u, key):
                return jwt.encode(claims(u), key)
        """,
    },
    "a context manager": {
        "app/times.py": """
            from contextlib import contextmanager
            @contextmanager
            def stamping(claims):
                claims["exp"] = 60
                yield claims
        """,
        "app/service.py": """
            import jwt
            from app.times import stamping
            def f(u, key):
                with stamping({"sub": u}) as claims:
                    jwt.encode(claims, key)
        """,
    },
    "a function that is handed a function": {
        "app/times.py": """
            def built(build, u):
                claims = build(u)
                claims["exp"] = 60
                return claims
        """,
        "app/service.py": """
            import jwt
            from app.times import built
            def claims(u):
                return {"sub": u}
            def f(u, key):
                jwt.encode(built(claims, u), key)
        """,
    },
    "a helper that only looks": {
        "app/log.py": """
            def note(claims):
                print(claims["sub"])
        """,
        "app/service.py": """
            import jwt
            from app.log import note
            def f(u, e, key):
                a = {"sub": u, "exp": e}
                note(a)
                jwt.encode(a, key)
                del a["exp"]
                jwt.encode(a, key)  # JWT301
        """,
    },
}

SHAPES = {**CHANGED_HERE, **CHANGED_ELSEWHERE}


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)
