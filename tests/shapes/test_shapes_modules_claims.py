"""SHAPES A over two modules: claims, lifetimes, record classes and the functions that sign lie somewhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import Files, packaged, verify

CLAIMS: dict[str, Files] = {
    "A2 A3 a constant of another module": {
        "app/claims.py": """
            BASE = {"sub": "u"}
            FULL = {"sub": "u", "exp": 1}
        """,
        "app/service.py": """
            import jwt
            from app import claims
            from app.claims import BASE, FULL
            def f(key, soon):
                jwt.encode(BASE, key)  # JWT301
                jwt.encode(FULL, key)
                jwt.encode(claims.BASE, key)  # JWT301
                p = BASE
                jwt.encode(p, key)  # JWT301
        """,
    },
    "A4 A5 on one path": {
        "app/claims.py": """
            def either(u, ttl):
                p = {"sub": u}
                if ttl:
                    p["exp"] = ttl
                return p
            def both(u, ttl):
                p = {"sub": u}
                if ttl:
                    p["exp"] = ttl
                else:
                    p["exp"] = 60
                return p
        """,
        "app/service.py": """
            import jwt
            from app.claims import both, either
            def f(u, ttl, key):
                jwt.encode(either(u, ttl), key)  # JWT301
                jwt.encode(either(u, 60), key)
                jwt.encode(either(u, None), key)  # JWT301
                jwt.encode(both(u, ttl), key)
        """,
    },
    "A6 filled in here": {
        "app/claims.py": """
            def claims(u):
                return {"sub": u}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, e, key):
                a = claims(u)
                a["exp"] = e
                jwt.encode(a, key)
                b = claims(u)
                b.update({"exp": e})
                jwt.encode(b, key)
                c = claims(u)
                c.update(exp=e)
                jwt.encode(c, key)
                d = claims(u)
                d |= {"exp": e}
                jwt.encode(d, key)
                g = claims(u)
                g.setdefault("exp", e)
                jwt.encode(g, key)
                h = claims(u)
                h.update({"iss": e})
                jwt.encode(h, key)  # JWT301
                jwt.encode(claims(u) | {"exp": e}, key)
                jwt.encode(claims(u) | {"iss": e}, key)  # JWT301
        """,
    },
    "A7 A8 copies": {
        "app/claims.py": """
            BASE = {"iss": "me"}
            FULL = {"iss": "me", "exp": 1}
        """,
        "app/service.py": """
            import copy
            import jwt
            from app.claims import BASE, FULL
            def f(e, key):
                jwt.encode({**BASE, "exp": e}, key)
                jwt.encode({**BASE, "sub": e}, key)  # JWT301
                jwt.encode(dict(BASE, exp=e), key)
                jwt.encode(dict(BASE, sub=e), key)  # JWT301
                jwt.encode(BASE | {"exp": e}, key)
                jwt.encode(BASE | FULL, key)
                jwt.encode({"sub": e} | BASE, key)  # JWT301
                jwt.encode({**BASE, **FULL}, key)
                for_all = BASE.copy()
                jwt.encode(for_all, key)  # JWT301
                for_all["exp"] = e
                jwt.encode(for_all, key)
                jwt.encode(dict(BASE), key)  # JWT301
                jwt.encode(copy.deepcopy(BASE), key)  # JWT301
                jwt.encode({**BASE}, key)  # JWT301
                jwt.encode(copy.copy(FULL), key)
                jwt.encode(BASE, key)  # JWT301
        """,
    },
    "A9 the name of the claim": {
        "app/names.py": """
            EXP = "exp"
            ISS = "iss"
            class Claim:
                EXP = "exp"
                ISS = "iss"
        """,
        "app/service.py": """
            import jwt
            from app import names
            from app.names import EXP, ISS, Claim
            def f(u, e, key):
                jwt.encode({"sub": u, EXP: e}, key)
                jwt.encode({"sub": u, ISS: e}, key)  # JWT301
                jwt.encode({"sub": u, names.EXP: e}, key)
                jwt.encode({"sub": u, Claim.EXP: e}, key)
                jwt.encode({"sub": u, Claim.ISS: e}, key)  # JWT301
                p = {"sub": u}
                p[names.EXP] = e
                jwt.encode(p, key)
        """,
    },
    "A9 members of an enumeration": {
        "app/names.py": """
            from enum import Enum, StrEnum
            class Claim(StrEnum):
                EXP = "exp"
            class Name(str, Enum):
                EXP = "exp"
        """,
        "app/service.py": """
            import jwt
            from app.names import Claim, Name
            def f(u, e, key):
                jwt.encode({"sub": u, Claim.EXP: e}, key)
                jwt.encode({"sub": u, Name.EXP.value: e}, key)
        """,
    },
    "A10 A28 taken out here": {
        "app/claims.py": """
            def claims(u):
                return {"sub": u, "exp": 1}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, service, key):
                a = claims(u)
                del a["exp"]
                jwt.encode(a, key)  # JWT301
                b = claims(u)
                b.pop("exp")
                jwt.encode(b, key)  # JWT301
                c = claims(u)
                if service:
                    c.pop("exp", None)
                jwt.encode(c, key)  # JWT301
        """,
    },
    "A11 the usual function, called from elsewhere": {
        "app/jwt_tokens.py": """
            from datetime import datetime, timedelta, timezone
            import jwt
            from app.settings import ALGORITHM, SECRET_KEY
            def create_access_token(data: dict, expires_delta: timedelta | None = None):
                to_encode = data.copy()
                expire = datetime.now(timezone.utc) + (expires_delta or timedelta(minutes=15))
                to_encode.update({"exp": expire})
                return jwt.encode(to_encode, SECRET_KEY, algorithm=ALGORITHM)
        """,
        "app/settings.py": """
            import os
            ALGORITHM = "HS256"
            SECRET_KEY = os.environ["SECRET_KEY"]
        """,
        "app/service.py": """
            from datetime import timedelta
            from app.jwt_tokens import create_access_token
            from app.models import claims
            def f(u):
                create_access_token({"sub": u})
                create_access_token(claims(u), timedelta(minutes=5))
                return create_access_token(data={"sub": u}, expires_delta=None)
        """,
        "app/models.py": """
            def claims(u):
                return {"sub": u}
        """,
    },
    "A14 a function that makes the claims": {
        "app/claims.py": """
            from app.base import base
            def claims(u, **more):
                return {**base(), "sub": u, **more}
            async def later(u):
                return {"sub": u}
            class Maker:
                def __init__(self, issuer):
                    self.issuer = issuer
                def claims(self, u):
                    return {"iss": self.issuer, "sub": u}
                @staticmethod
                def short(u):
                    return {"sub": u, "exp": 1}
                @classmethod
                def own(cls, u):
                    return cls("me").claims(u)
                @property
                def default(self):
                    return {"iss": self.issuer}
            maker = Maker("me")
        """,
        "app/base.py": """
            def base():
                return {"iss": "me"}
        """,
        "app/service.py": """
            import jwt
            from app.claims import Maker, claims, later, maker
            async def f(u, e, key):
                jwt.encode(claims(u), key)  # JWT301
                jwt.encode(claims(u, exp=e), key)
                jwt.encode(claims(u, iss=e), key)  # JWT301
                jwt.encode(await later(u), key)  # JWT301
                jwt.encode(Maker("me").claims(u), key)  # JWT301
                jwt.encode(Maker.short(u), key)
                jwt.encode(Maker.own(u), key)  # JWT301
                jwt.encode(maker.claims(u), key)  # JWT301
                jwt.encode(maker.default, key)  # JWT301
                jwt.encode({**maker.default, "exp": e}, key)
        """,
    },
    "A15 an attribute of an object that is made here": {
        "app/claims.py": """
            class Session:
                def __init__(self, u):
                    self.claims = {"sub": u}
                def extend(self, e):
                    self.claims["exp"] = e
                    return self
        """,
        "app/service.py": """
            import jwt
            from app.claims import Session
            class Service:
                def __init__(self, u):
                    self.session = Session(u)
                def sign(self, key):
                    return jwt.encode(self.session.claims, key)  # JWT301
            def f(u, e, key):
                s = Session(u)
                jwt.encode(s.claims, key)  # JWT301
                s.extend(e)
                jwt.encode(s.claims, key)
                jwt.encode(Session(u).extend(e).claims, key)
                t = Session(u)
                t.claims["exp"] = e
                jwt.encode(t.claims, key)
        """,
    },
    "A18 A19 loops and what is not known": {
        "app/claims.py": """
            import json
            KEYS = ("iss", "aud")
            def read(text):
                return json.loads(text)
            def picked(d):
                return {k: v for k, v in d.items()}
            def fill(p, cfg):
                for k in KEYS:
                    p[k] = cfg[k]
                return p
        """,
        "app/service.py": """
            import jwt
            from app.claims import KEYS, fill, picked, read
            def f(u, cfg, e, key):
                jwt.encode(read(u), key)
                jwt.encode(picked(u), key)
                jwt.encode(fill({"sub": u, "exp": e}, cfg), key)
                p = {"sub": u}
                for k in KEYS:
                    p[k] = cfg[k]
                jwt.encode(p, key)  # JWT301
        """,
    },
}

SIGNING: dict[str, Files] = {
    "A12 A13 a name, a module's attribute, another name": {
        "app/jwt_tokens.py": """
            import jwt
            def issue(payload, key):
                return jwt.encode(payload, key)
        """,
        "app/service.py": """
            import app.jwt_tokens
            from app import jwt_tokens as tokens
            from app.jwt_tokens import issue, issue as sign
            def f(u, e, key):
                issue({"sub": u}, key)  # JWT301
                issue({"sub": u, "exp": e}, key)
                sign({"sub": u}, key)  # JWT301
                sign(payload={"sub": u, "exp": e}, key=key)
                tokens.issue({"sub": u}, key)  # JWT301
                app.jwt_tokens.issue(payload={"sub": u}, key=key)  # JWT301
        """,
    },
    "A13 through a package and a star": {
        "app/jwt_tokens.py": """
            import jwt
            def issue(payload, key):
                return jwt.encode(payload, key)
        """,
        "app/auth/__init__.py": """
            from ..jwt_tokens import *
        """,
        "app/service.py": """
            import jwt
            from app.auth import issue
            def f(u, key):
                issue({"sub": u}, key)  # JWT301
        """,
    },
    "A13 a method of an object that is built here": {
        "app/jwt_tokens.py": """
            import jwt
            class Tokens:
                def __init__(self, key):
                    self.key = key
                def issue(self, payload):
                    return jwt.encode(payload, self.key)
                @classmethod
                def make(cls, key):
                    return cls(key)
            def tokens(key):
                return Tokens(key)
        """,
        "app/service.py": """
            from app.jwt_tokens import Tokens, tokens
            class Service:
                def __init__(self, key):
                    self.tokens = Tokens(key)
                def log_in(self, u):
                    return self.tokens.issue({"sub": u})  # JWT301
            def f(u, e, key):
                Tokens(key).issue({"sub": u})  # JWT301
                Tokens(key).issue({"sub": u, "exp": e})
                Tokens.make(key).issue({"sub": u})  # JWT301
                tokens(key).issue({"sub": u})  # JWT301
                t = tokens(key)
                t.issue({"sub": u})  # JWT301
        """,
    },
    "A13 an instance of another module": {
        "app/jwt_tokens.py": """
            import os
            import jwt
            class Tokens:
                key = os.environ["KEY"]
                def issue(self, payload):
                    return jwt.encode(payload, self.key)
            tokens = Tokens()
        """,
        "app/service.py": """
            from app import jwt_tokens
            from app.jwt_tokens import tokens
            def f(u, e):
                tokens.issue({"sub": u})  # JWT301
                tokens.issue({"sub": u, "exp": e})
                jwt_tokens.tokens.issue({"sub": u})  # JWT301
        """,
    },
    "A17 keyword arguments": {
        "app/jwt_tokens.py": """
            import jwt
            def issue(key, **claims):
                return jwt.encode(claims, key)
        """,
        "app/service.py": """
            from app.jwt_tokens import issue
            def f(u, e, key):
                issue(key, sub=u)  # JWT301
                issue(key, sub=u, exp=e)
                issue(key, **{"sub": u, "exp": e})
        """,
    },
    "three modules": {
        "app/jwt_tokens.py": """
            import jwt
            def issue(payload, key):
                return jwt.encode(payload, key)
        """,
        "app/auth.py": """
            from app.jwt_tokens import issue
            def log_in(claims, key):
                return issue(claims, key)
        """,
        "app/service.py": """
            import jwt
            from app.auth import log_in
            def f(u, e, key):
                log_in({"sub": u}, key)  # JWT301
                log_in({"sub": u, "exp": e}, key)
        """,
    },
    "A23 A26 callables": {
        "app/jwt_tokens.py": """
            import functools, os
            import jwt
            KEY = os.environ["KEY"]
            sign = functools.partial(jwt.encode, key=KEY, algorithm="HS256")
            encode = jwt.encode
            HANDLERS = {"jwt": jwt.encode, "raw": str}
            issue = lambda p: jwt.encode(p, KEY)
        """,
        "app/service.py": """
            from app.jwt_tokens import HANDLERS, encode, issue, sign
            def f(u, e, key):
                sign({"sub": u})  # JWT301
                sign({"sub": u, "exp": e})
                encode({"sub": u}, key)  # JWT301
                HANDLERS["jwt"]({"sub": u}, key)  # JWT301
                issue({"sub": u})  # JWT301
        """,
    },
    "A24 A26 a base class that keeps the module and the function": {
        "app/jwt_base.py": """
            import jwt
            class Base:
                def __init__(self, key):
                    self._jwt = jwt
                    self._sign = jwt.encode
                    self.key = key
                def issue(self, p):
                    return self._sign(p, self.key)
        """,
        "app/service.py": """
            from app.jwt_base import Base
            class Service(Base):
                def a(self, u):
                    return self._jwt.encode({"sub": u}, self.key)  # JWT301
                def b(self, u):
                    return self._sign({"sub": u}, self.key)  # JWT301
                def c(self, u):
                    return self.issue({"sub": u})  # JWT301
                def d(self, u, e):
                    return self.issue({"sub": u, "exp": e})
                def e(self, u):
                    return super().issue({"sub": u})  # JWT301
        """,
    },
    "A25 handed on": {
        "app/jwt_tokens.py": """
            import jwt
            encode = jwt.encode
            def issue(payload, key):
                return jwt.encode(payload, key)
        """,
        "app/service.py": """
            import asyncio
            from app.jwt_tokens import encode, issue
            async def f(u, key):
                await asyncio.to_thread(encode, {"sub": u}, key)  # JWT301
                await asyncio.to_thread(issue, {"sub": u}, key)  # JWT301
        """,
    },
    "A25 a helper that calls what it is given": {
        "app/tools.py": """
            async def run(function, *args, **kwargs):
                return function(*args, **kwargs)
            def retry(function, n):
                for _ in range(n):
                    return function()
        """,
        "app/service.py": """
            import jwt
            from app.tools import retry, run
            async def f(u, key):
                await run(jwt.encode, {"sub": u}, key)  # JWT301
                retry(lambda: jwt.encode({"sub": u}, key), 3)  # JWT301
        """,
    },
    "a decorator of another module": {
        "app/tools.py": """
            import functools
            def logged(f):
                @functools.wraps(f)
                def inner(*args, **kwargs):
                    print(f.__name__)
                    return f(*args, **kwargs)
                return inner
            def named(name):
                def decorate(f):
                    @functools.wraps(f)
                    def inner(*args, **kwargs):
                        return f(*args, **kwargs)
                    return inner
                return decorate
        """,
        "app/service.py": """
            import jwt
            from app.tools import logged, named
            @logged
            def issue(p, key):
                return jwt.encode(p, key)
            @named("claims")
            def claims(u):
                return {"sub": u}
            def f(u, e, key):
                issue({"sub": u}, key)  # JWT301
                issue({"sub": u, "exp": e}, key)
                jwt.encode(claims(u), key)  # JWT301
        """,
    },
}

RECORDS: dict[str, Files] = {
    "A16 models": {
        "app/models.py": """
            from datetime import datetime
            from pydantic import BaseModel
            class Claims(BaseModel):
                sub: str
            class Full(Claims):
                exp: datetime
            class Maybe(Claims):
                exp: datetime | None = None
        """,
        "app/service.py": """
            import jwt
            from app import models
            from app.models import Claims, Full, Maybe
            def f(u, e, key):
                jwt.encode(Claims(sub=u).model_dump(), key)  # JWT301
                jwt.encode(Claims(sub=u).dict(), key)  # JWT301
                jwt.encode(dict(Claims(sub=u)), key)  # JWT301
                jwt.encode(Full(sub=u, exp=e).model_dump(), key)
                jwt.encode(models.Claims(sub=u).model_dump(), key)  # JWT301
                jwt.encode(models.Full(sub=u, exp=e).dict(), key)
                jwt.encode(Maybe(sub=u).model_dump(exclude_none=True), key)  # JWT301
                jwt.encode(Maybe(sub=u, exp=e).model_dump(exclude_none=True), key)
                jwt.encode({**Claims(sub=u).model_dump(), "exp": e}, key)
        """,
    },
    "A16 dataclasses, attrs, named tuples, typed dicts": {
        "app/models.py": """
            import attrs
            from collections import namedtuple
            from dataclasses import dataclass
            from typing import NamedTuple, TypedDict
            @dataclass
            class A:
                sub: str
            @dataclass
            class AE(A):
                exp: int = 5
            @attrs.define
            class B:
                sub: str
            class C(NamedTuple):
                sub: str
            CE = namedtuple("CE", "sub exp")
            class D(TypedDict, total=False):
                sub: str
                exp: int
        """,
        "app/service.py": """
            import attrs
            from dataclasses import asdict
            import jwt
            from app.models import A, AE, B, C, CE, D
            def f(u, e, key):
                jwt.encode(asdict(A(u)), key)  # JWT301
                jwt.encode(asdict(AE(u)), key)
                jwt.encode(vars(A(u)), key)  # JWT301
                jwt.encode(A(u).__dict__, key)  # JWT301
                jwt.encode(attrs.asdict(B(u)), key)  # JWT301
                jwt.encode(C(u)._asdict(), key)  # JWT301
                jwt.encode(CE(u, 1)._asdict(), key)
                jwt.encode(D(sub=u), key)  # JWT301
                jwt.encode(D(sub=u, exp=e), key)
                a = A(u)
                jwt.encode({"sub": a.sub}, key)  # JWT301
        """,
    },
    "A16 a record whose base is elsewhere": {
        "app/base.py": """
            from dataclasses import dataclass
            from pydantic import BaseModel
            class Expiring(BaseModel):
                exp: int
            class Plain(BaseModel):
                iss: str = "me"
            @dataclass
            class Timed:
                exp: int
            @dataclass
            class Untimed:
                iss: str
        """,
        "app/service.py": """
            from dataclasses import asdict, dataclass
            import jwt
            from app import base
            from app.base import Expiring, Plain, Timed, Untimed
            class A(Expiring):
                sub: str
            class B(Plain):
                sub: str
            class C(base.Plain):
                sub: str
            @dataclass
            class D(Timed):
                sub: str
            @dataclass
            class E(Untimed):
                sub: str
            def f(u, e, key):
                jwt.encode(A(sub=u, exp=e).model_dump(), key)
                jwt.encode(B(sub=u).model_dump(), key)  # JWT301
                jwt.encode(C(sub=u).model_dump(), key)  # JWT301
                jwt.encode(asdict(D(sub=u, exp=e)), key)
                jwt.encode(asdict(E("me", u)), key)  # JWT301
        """,
    },
    "A16 models and their base in two other modules": {
        "app/base.py": """
            from pydantic import BaseModel
            class Model(BaseModel):
                iss: str = "me"
            class Timed(Model):
                exp: int
        """,
        "app/models.py": """
            from .base import Model, Timed
            class Claims(Model):
                sub: str
            class Full(Timed):
                sub: str
        """,
        "app/service.py": """
            import jwt
            from app.models import Claims, Full
            def f(u, e, key):
                jwt.encode(Claims(sub=u).model_dump(), key)  # JWT301
                jwt.encode(Full(sub=u, exp=e).model_dump(), key)
        """,
    },
    "A16 a base that stays unseen": {
        "app/models.py": """
            from somewhere import Model
            class Claims(Model):
                sub: str
        """,
        "app/service.py": """
            import jwt
            from app.models import Claims
            def f(u, e, key):
                jwt.encode(Claims(sub=u).model_dump(), key)
                jwt.encode(Claims(sub=u).to_claims(), key)
        """,
    },
    "A16 a method that dumps": {
        "app/models.py": """
            from dataclasses import asdict, dataclass
            @dataclass
            class Claims:
                sub: str
                def to_claims(self):
                    return asdict(self)
                def full(self, e):
                    return {**self.to_claims(), "exp": e}
        """,
        "app/service.py": """
            import jwt
            from app.models import Claims
            def f(u, e, key):
                jwt.encode(Claims(u).to_claims(), key)  # JWT301
                jwt.encode(Claims(u).full(e), key)
        """,
    },
    "A27 a model's fields beside others": {
        "app/models.py": """
            from pydantic import BaseModel
            class Meta(BaseModel):
                exp: int
                sub: str
            class Bare(BaseModel):
                sub: str
        """,
        "app/service.py": """
            import jwt
            from app.models import Bare, Meta
            def f(u, e, key):
                p = {"iss": u}
                p.update(Meta(exp=e, sub=u).dict())
                jwt.encode(p, key)
                q = {"iss": u}
                q.update(Bare(sub=u).dict())
                jwt.encode(q, key)  # JWT301
        """,
    },
    "a parameter that is a model": {
        "app/models.py": """
            from pydantic import BaseModel
            class Claims(BaseModel):
                sub: str
        """,
        "app/service.py": """
            import jwt
            from app.models import Claims
            def f(claims: Claims, key):
                jwt.encode(claims.model_dump(), key)
        """,
    },
}

LIFETIMES: dict[str, Files] = {
    "A20 lengths of time": {
        "app/settings.py": """
            from datetime import timedelta
            DAYS = 365 * 10
            LONG = timedelta(days=365 * 10)
            SHORT = timedelta(minutes=15)
            SECONDS = 10**9
            class Settings:
                minutes = 60 * 24 * 365 * 10
                lifetime = timedelta(minutes=5)
            settings = Settings()
        """,
        "app/service.py": """
            import time
            from datetime import datetime, timedelta, timezone
            import jwt
            from app.settings import DAYS, LONG, SECONDS, SHORT, settings
            def f(u, key):
                now = datetime.now(timezone.utc)
                jwt.encode({"exp": now + timedelta(days=DAYS)}, key)  # JWT303
                jwt.encode({"exp": now + LONG}, key)  # JWT303
                jwt.encode({"exp": now + SHORT}, key)
                jwt.encode({"exp": int(time.time()) + SECONDS}, key)  # JWT303
                jwt.encode({"exp": now + timedelta(minutes=settings.minutes)}, key)  # JWT303
                jwt.encode({"exp": now + settings.lifetime}, key)
        """,
    },
    "A20 what says now": {
        "app/clock.py": """
            import time
            from datetime import datetime, timedelta, timezone
            def local():
                return datetime.now()
            def now():
                return datetime.now(timezone.utc)
            def in_ms():
                return int(time.time() * 1000)
            def skewed():
                return datetime.utcnow().timestamp()
            def after(**given):
                return now() + timedelta(**given)
            class Clock:
                def now(self):
                    return datetime.now()
            clock = Clock()
        """,
        "app/service.py": """
            from datetime import timedelta
            import jwt
            from app import clock as clocks
            from app.clock import after, clock, in_ms, local, now, skewed
            def f(u, key):
                d = timedelta(minutes=5)
                jwt.encode({"exp": local() + d}, key)  # JWT305
                jwt.encode({"exp": clocks.local() + d}, key)  # JWT305
                jwt.encode({"exp": now() + d}, key)
                jwt.encode({"exp": in_ms() + 3600000}, key)  # JWT306
                jwt.encode({"exp": skewed() + 60}, key)  # JWT305
                jwt.encode({"exp": after(minutes=5)}, key)
                jwt.encode({"exp": after(days=3650)}, key)  # JWT303
                jwt.encode({"exp": clock.now() + d}, key)  # JWT305
        """,
    },
    "A20 the whole point in time": {
        "app/times.py": """
            from datetime import datetime, timedelta, timezone
            LIFETIME = timedelta(minutes=15)
            def expiry(lifetime=LIFETIME):
                return datetime.now(timezone.utc) + lifetime
            def naive(minutes):
                return datetime.now() + timedelta(minutes=minutes)
        """,
        "app/service.py": """
            from datetime import timedelta
            import jwt
            from app.times import expiry, naive
            def f(u, key):
                jwt.encode({"sub": u, "exp": expiry()}, key)
                jwt.encode({"sub": u, "exp": expiry(timedelta(days=3650))}, key)  # JWT303
                jwt.encode({"sub": u, "exp": naive(5)}, key)  # JWT305
        """,
    },
    "A20 figures of another module in this one's function": {
        "app/settings.py": """
            import os
            MINUTES = int(os.environ.get("MINUTES", "15"))
            HOURS = 1
            class Config:
                DAYS = 3650
        """,
        "app/jwt_tokens.py": """
            from datetime import datetime, timedelta, timezone
            import jwt
            from app.settings import Config, HOURS, MINUTES
            def issue(p, key, lifetime):
                return jwt.encode({**p, "exp": datetime.now(timezone.utc) + lifetime}, key)
            def f(u, key):
                issue({"sub": u}, key, timedelta(minutes=MINUTES))
                issue({"sub": u}, key, timedelta(hours=HOURS))
        """,
    },
    "A21 what is put in": {
        "app/claims.py": """
            def claims(u, pw):
                return {"sub": u, "password": pw, "exp": 1}
        """,
        "app/service.py": """
            import jwt
            from app.claims import claims
            def f(u, pw, key):
                jwt.encode(claims(u, pw), key)  # JWT203
        """,
    },
}

QUIET: dict[str, Files] = {
    "a layered application": {
        "app/core/config.py": """
            from pydantic_settings import BaseSettings
            class Settings(BaseSettings):
                secret_key: str
                algorithm: str = "HS256"
                access_token_expire_minutes: int = 30
            settings = Settings()
        """,
        "app/core/security.py": """
            from datetime import datetime, timedelta, timezone
            from typing import Any
            import jwt
            from app.core.config import settings
            def create_access_token(subject: str | Any, expires_delta: timedelta) -> str:
                expire = datetime.now(timezone.utc) + expires_delta
                to_encode = {"exp": expire, "sub": str(subject)}
                return jwt.encode(to_encode, settings.secret_key, algorithm=settings.algorithm)
        """,
        "app/api/deps.py": """
            import jwt
            from fastapi import Depends, HTTPException
            from pydantic import ValidationError
            from app.core.config import settings
            from app.models import TokenPayload
            def get_current_user(token: str):
                try:
                    payload = jwt.decode(token, settings.secret_key, algorithms=[settings.algorithm])
                    data = TokenPayload(**payload)
                except (jwt.InvalidTokenError, ValidationError):
                    raise HTTPException(status_code=403, detail="no")
                return data.sub
        """,
        "app/models.py": """
            from pydantic import BaseModel
            class TokenPayload(BaseModel):
                sub: str | None = None
        """,
        "app/api/login.py": """
            from datetime import timedelta
            from app.core import security
            from app.core.config import settings
            def jwt_log_in(user):
                expires = timedelta(minutes=settings.access_token_expire_minutes)
                return security.create_access_token(user.id, expires_delta=expires)
        """,
    },
    "claims that somebody else completes": {
        "app/claims.py": """
            class Builder:
                def __init__(self):
                    self.claims = {}
                def subject(self, u):
                    self.claims["sub"] = u
                    return self
                def expires(self, e):
                    self.claims["exp"] = e
                    return self
                def build(self):
                    return self.claims
            def with_times(claims, e):
                return {**claims, "iat": 0, "exp": e}
            def standard(e):
                return dict(iss="me", exp=e)
        """,
        "app/service.py": """
            import jwt
            from app.claims import Builder, standard, with_times
            def f(u, e, key):
                jwt.encode(Builder().subject(u).expires(e).build(), key)
                jwt.encode(with_times({"sub": u}, e), key)
                jwt.encode({"sub": u, **standard(e)}, key)
                b = Builder()
                b.subject(u)
                b.expires(e)
                jwt.encode(b.claims, key)
        """,
    },
}

SHAPES = {**CLAIMS, **SIGNING, **RECORDS, **LIFETIMES, **QUIET}


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape(files: Files, tmp_path: Path) -> None:
    verify(files, tmp_path)


@pytest.mark.parametrize("files", SHAPES.values(), ids=SHAPES)
def test_shape_in_packages(files: Files, tmp_path: Path) -> None:
    verify(packaged(files), tmp_path)
