"""SHAPES A15, A16, A27, C8, C15 and C16: classes that are records, settings classes, keys handed to constructors."""

from __future__ import annotations

import pytest
from shape_programs import PRELUDE as TIMES
from shape_programs import confidences, verify

PRELUDE = (
    TIMES
    + """\
import attr, attrs, dataclasses, secrets
from collections import namedtuple
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Optional, TypedDict
from fastapi import Depends, Security
from pydantic import BaseModel, ConfigDict, Field, SecretStr, computed_field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
def p():
    return {"sub": "u", "exp": int(time.time()) + 60}
"""
)

CLAIMS = {
    "A15 an attribute": """
        class Service:
            def __init__(self, u):
                self.claims = {"sub": u}
            def sign(self):
                return jwt.encode(self.claims, KEY)  # JWT301
    """,
    "A16 a model": """
        class Claims(BaseModel):
            sub: str
        class Full(BaseModel):
            sub: str
            exp: datetime
        def f(u):
            jwt.encode(Claims(sub=u).model_dump(), KEY)  # JWT301
            jwt.encode(Claims(sub=u).dict(), KEY)  # JWT301
            jwt.encode(dict(Claims(sub=u)), KEY)  # JWT301
            jwt.encode(vars(Claims(sub=u)), KEY)  # JWT301
            jwt.encode(Claims(sub=u).__dict__, KEY)  # JWT301
            jwt.encode({**Claims(sub=u).model_dump()}, KEY)  # JWT301
            jwt.encode(json.loads(Claims(sub=u).model_dump_json()), KEY)  # JWT301
            jwt.encode(Full(sub=u, exp=soon).model_dump(), KEY)
            jwt.encode(dict(Full(sub=u, exp=soon)), KEY)
            jwt.encode(Claims(sub=u).model_dump() | {"exp": soon}, KEY)
    """,
    "A16 dataclasses, attrs, named tuples, typed dicts": """
        @dataclass
        class A:
            sub: str
        @dataclass(frozen=True)
        class AE(A):
            exp: int = 5
        @attr.s
        class B:
            sub = attr.ib()
        @attrs.define
        class BE:
            sub: str
            exp: int
        class C(NamedTuple):
            sub: str
        CE = namedtuple("CE", "sub exp")
        class D(TypedDict, total=False):
            sub: str
            exp: int
        def f(u):
            jwt.encode(asdict(A(u)), KEY)  # JWT301
            jwt.encode(dataclasses.asdict(A(sub=u)), KEY)  # JWT301
            jwt.encode(asdict(AE(u)), KEY)
            jwt.encode(attr.asdict(B(u)), KEY)  # JWT301
            jwt.encode(attrs.asdict(BE(u, 1)), KEY)
            jwt.encode(C(u)._asdict(), KEY)  # JWT301
            jwt.encode(CE(u, 1)._asdict(), KEY)
            jwt.encode(D(sub=u), KEY)  # JWT301
            jwt.encode({**D(sub=u)}, KEY)  # JWT301
            jwt.encode(D(sub=u, exp=now + 5), KEY)
    """,
    "A16 a field that may be None": """
        class Claims(BaseModel):
            sub: str
            exp: datetime | None = None
        def f(u, e):
            jwt.encode(Claims(sub=u).model_dump(), KEY)
            jwt.encode(Claims(sub=u).model_dump(exclude_none=True), KEY)  # JWT301
            jwt.encode(Claims(sub=u).model_dump(exclude_unset=True), KEY)  # JWT301
            jwt.encode(Claims(sub=u).model_dump(exclude_defaults=True), KEY)  # JWT301
            jwt.encode(Claims(sub=u, exp=soon).model_dump(exclude_none=True), KEY)
            jwt.encode(Claims(sub=u, exp=soon).model_dump(exclude_unset=True), KEY)
            jwt.encode(Claims(sub=u, exp=e).model_dump(exclude_none=True), KEY)
            jwt.encode(Claims(sub=u, exp=soon).model_dump(exclude={"exp"}), KEY)  # JWT301
            jwt.encode(Claims(sub=u, exp=soon).model_dump(include={"sub"}), KEY)  # JWT301
            jwt.encode(Claims(sub=u, exp=soon).model_dump(exclude={"sub"}), KEY)
            jwt.encode(Claims(sub=u, exp=soon).model_dump(include=e), KEY)
    """,
    "A16 a field that is set later": """
        class Claims(BaseModel):
            sub: str
            exp: datetime | None = None
        def f(u, fill):
            c = Claims(sub=u)
            c.exp = soon
            jwt.encode(c.model_dump(exclude_none=True), KEY)
            d = Claims(sub=u)
            fill(d)
            jwt.encode(d.model_dump(exclude_none=True), KEY)
            e = Claims(sub=u).model_copy(update={"exp": soon})
            jwt.encode(e.model_dump(exclude_none=True), KEY)
    """,
    "A16 a field that some path sets": """
        class Claims(BaseModel):
            sub: str
            exp: datetime | None = None
        def f(u, short):
            c = Claims(sub=u)
            if short:
                c.exp = soon
            jwt.encode(c.model_dump(exclude_none=True), KEY)  # JWT301
    """,
    "A16 a validator or a factory fills it": """
        class One(BaseModel):
            sub: str
            exp: datetime | None = None
            @model_validator(mode="after")
            def fill(self):
                self.exp = self.exp or soon
                return self
        class Two(BaseModel):
            sub: str
            exp: datetime | None = None
            @model_validator(mode="before")
            @classmethod
            def fill(cls, data):
                data["exp"] = soon
                return data
        class Three(BaseModel):
            sub: str
            exp: datetime = Field(default_factory=lambda: datetime.now(timezone.utc) + timedelta(days=1))
        @dataclass
        class Four:
            sub: str
            exp: int = field(init=False)
            def __post_init__(self):
                self.exp = now + 60
        def f(u):
            jwt.encode(One(sub=u).model_dump(exclude_none=True), KEY)
            jwt.encode(Two(sub=u).model_dump(exclude_none=True), KEY)
            jwt.encode(Three(sub=u).model_dump(), KEY)
            jwt.encode(asdict(Four(u)), KEY)
    """,
    "A16 aliases": """
        class Claims(BaseModel):
            expires: int = Field(alias="exp")
        class Plain(BaseModel):
            exp: int = Field(alias="expires")
        def f(e):
            jwt.encode(Claims(exp=e).model_dump(by_alias=True), KEY)
            jwt.encode(Claims(exp=e).model_dump(), KEY)  # JWT301
            jwt.encode(Plain(expires=e).model_dump(), KEY)
            jwt.encode(Plain(expires=e).model_dump(by_alias=True), KEY)  # JWT301
    """,
    "A16 Annotated and computed fields": """
        class Claims(BaseModel):
            sub: Annotated[str, Field(alias="subject")]
            @computed_field
            @property
            def exp(self) -> int:
                return now + 60
        def f(u):
            jwt.encode(Claims(subject=u).model_dump(), KEY)
            jwt.encode(Claims(subject=u).model_dump(exclude={"exp"}), KEY)  # JWT301
    """,
    "A16 what may hold more": """
        from app.models import Base
        class One(BaseModel):
            model_config = ConfigDict(extra="allow")
            sub: str
        class Two(BaseModel):
            sub: str
            class Config:
                extra = "allow"
        class Three(Base):
            sub: str
        class Four(BaseModel, extra="allow"):
            sub: str
        class Five(BaseModel):
            model_config = ConfigDict(extra="forbid")
            sub: str
        def f(u, d):
            jwt.encode(One(sub=u, **d).model_dump(), KEY)
            jwt.encode(Two(sub=u).model_dump(), KEY)
            jwt.encode(Three(sub=u).model_dump(), KEY)
            jwt.encode(Four(sub=u).model_dump(), KEY)
            jwt.encode(Five(sub=u).model_dump(), KEY)  # JWT301
    """,
    "A16 a dump of its own": """
        class Claims(BaseModel):
            sub: str
            def model_dump(self, **options):
                data = super().model_dump(**options)
                data["exp"] = now + 60
                return data
        jwt.encode(Claims(sub="u").model_dump(), KEY)
    """,
    "A16 fields of bases": """
        class Expiring(BaseModel):
            exp: int
        class Claims(Expiring):
            sub: str
        class Bare(BaseModel):
            sub: str
        class More(Bare):
            role: str
        def f(u):
            jwt.encode(Claims(sub=u, exp=now + 5).model_dump(), KEY)
            jwt.encode(More(sub=u, role=u).model_dump(), KEY)  # JWT301
    """,
    "A16 an __init__ that hands on": """
        class Claims(BaseModel):
            sub: str
            exp: int
            def __init__(self, **data):
                super().__init__(exp=now + 60, **data)
        class Short(BaseModel):
            sub: str
            def __init__(self, **data):
                super().__init__(**data)
        def f(u):
            jwt.encode(Claims(sub=u).model_dump(), KEY)
            jwt.encode(Short(sub=u).model_dump(), KEY)  # JWT301
    """,
    "A16 as self": """
        class Claims(BaseModel):
            sub: str
            exp: int
            def sign(self):
                return jwt.encode(self.model_dump(), KEY)
        @dataclass
        class Bare:
            sub: str
            def sign(self):
                return jwt.encode(asdict(self), KEY)  # JWT301
        class Empty(BaseModel):
            sub: str
            exp: int | None = None
            def sign(self):
                return jwt.encode(self.model_dump(exclude_none=True), KEY)
    """,
    "A16 as a parameter": """
        class Claims(BaseModel):
            sub: str
            exp: int
        class Bare(BaseModel):
            sub: str
        class Base(BaseModel):
            sub: str
        class Child(Base):
            exp: int
        def f(c: Claims, b: Bare, s: Base, q: "Bare"):
            jwt.encode(c.model_dump(), KEY)
            jwt.encode(b.model_dump(), KEY)  # JWT301
            jwt.encode(s.model_dump(), KEY)
            jwt.encode(q.model_dump(), KEY)  # JWT301
            data = b.model_dump()
            data["exp"] = now + 60
            jwt.encode(data, KEY)
            data = b.model_dump()
            data.update({"exp": now + 60})
            jwt.encode(data, KEY)
    """,
    "A27 merged into a payload": """
        class Meta(BaseModel):
            exp: datetime
            sub: str
        def f(u):
            payload = {"a": 1}
            meta = Meta(exp=soon, sub=u)
            payload.update(meta.dict())
            jwt.encode(payload, KEY)
            other = {"a": 1}
            other.update(Meta(exp=soon, sub=u).model_dump(exclude={"exp"}))
            jwt.encode(other, KEY)  # JWT301
    """,
    "the times in a record": """
        class Claims(BaseModel):
            exp: datetime
        @dataclass
        class Plain:
            exp: int
        def f():
            jwt.encode(Claims(exp=int(time.time() * 1000) + 3600000).model_dump(), KEY)
            jwt.encode(Claims(exp=datetime.now(timezone.utc) + timedelta(days=3650)).model_dump(), KEY)  # JWT303
            jwt.encode(asdict(Plain(int(time.time() * 1000) + 3600000)), KEY)  # JWT306
    """,
    "the lifetime in settings": """
        class Settings(BaseSettings):
            minutes: int = 60 * 24 * 365
            short: int = 15
            span: timedelta = timedelta(days=3650)
            hours: int
        s = Settings()
        def f():
            start = datetime.now(timezone.utc)
            jwt.encode({"exp": start + timedelta(minutes=s.minutes)}, KEY)  # JWT303
            jwt.encode({"exp": start + s.span}, KEY)  # JWT303
            jwt.encode({"exp": now + s.minutes * 60}, KEY)  # JWT303
            jwt.encode({"exp": start + timedelta(minutes=s.short)}, KEY)
            jwt.encode({"exp": start + timedelta(hours=s.hours)}, KEY)
    """,
    "made of a dict": """
        class Claims(BaseModel):
            sub: str
        def f(d, u):
            jwt.encode(Claims(**d).model_dump(), KEY)  # JWT301
            jwt.encode(Claims.model_validate({"sub": u, "exp": 1}).model_dump(), KEY)  # JWT301
    """,
}

KEYS = {
    "C8 settings": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
            other: str
            third: SecretStr = SecretStr("dev")  # JWT502
            fourth: str = Field("dev", alias="X")  # JWT502
            fifth: str = Field(default="dev")  # JWT502
            sixth: str = Field(..., env="X")
            seventh: str = Field(validation_alias="X")
            eighth: Annotated[str, Field(default="dev")]  # JWT502
            ninth: SecretStr = "dev"  # JWT502
            tenth: str = ...
        settings = Settings()
        def f():
            jwt.encode(p(), settings.secret)
            jwt.encode(p(), settings.other)
            jwt.encode(p(), settings.third.get_secret_value())
            jwt.encode(p(), settings.fourth)
            jwt.encode(p(), settings.fifth)
            jwt.encode(p(), settings.sixth)
            jwt.encode(p(), settings.seventh)
            jwt.encode(p(), settings.eighth)
            jwt.encode(p(), settings.ninth.get_secret_value())
            jwt.encode(p(), settings.tenth)
    """,
    "C8 plain models": """
        class Settings(BaseModel):
            secret: str = "dev"  # JWT501
            other: SecretStr = Field(default=SecretStr("dev"))  # JWT501
        @dataclass
        class Config:
            secret: str = "dev"  # JWT501
        @attrs.define
        class Third:
            secret: str = attrs.field(default="dev")  # JWT501
        class Plain:
            secret = "dev"  # JWT501
        settings = Settings()
        def f():
            jwt.encode(p(), settings.secret)
            jwt.encode(p(), settings.other.get_secret_value())
            jwt.encode(p(), Config().secret)
            jwt.encode(p(), Third().secret)
            jwt.encode(p(), Plain.secret)
    """,
    "C8 given in the call": """
        class Settings(BaseSettings):
            secret: str = "dev"
        jwt.encode(p(), Settings(secret=KEY).secret)
        jwt.encode(p(), Settings(secret="s3cr3t").secret)  # JWT501
    """,
    "C8 a getter with a cache": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
        @lru_cache
        def get_settings():
            return Settings()
        def f():
            return jwt.encode(p(), get_settings().secret)
    """,
    "C8 a dependency": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
            required: str
        @lru_cache()
        def get_settings() -> Settings:
            return Settings()
        def one(settings: Settings = Depends(get_settings)):
            return jwt.encode(p(), settings.secret)
        def two(settings: Annotated[Settings, Depends(get_settings)]):
            return jwt.encode(p(), settings.required)
    """,
    "C8 a dependency, in brackets": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
        def get_settings():
            return Settings()
        Config = Annotated[Settings, Security(get_settings)]
        def two(settings: Config):
            return jwt.encode(p(), settings.secret)
    """,
    "C8 a dependency of a dependency": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
        def get_settings():
            return Settings()
        def get_key(settings: Settings = Depends(get_settings)):
            return settings.secret
        def route(key: str = Depends(get_key)):
            return jwt.encode(p(), key)
    """,
    "C8 a dependency without a function": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
        def route(settings: Settings = Depends()):
            return jwt.encode(p(), settings.secret)
    """,
    "C8 a base in between, and a property": """
        class AppSettings(BaseSettings):
            model_config = SettingsConfigDict(env_file=".env")
            secret: str = "dev"  # JWT502
        class Settings(AppSettings):
            debug: bool = False
            @property
            def key(self):
                return self.secret
        jwt.encode(p(), Settings().key)
    """,
    "C8 pydantic 1": """
        try:
            from pydantic_settings import BaseSettings as Base
        except ImportError:
            from pydantic import BaseSettings as Base
        class Settings(Base):
            secret: str = "dev"  # JWT502
            class Config:
                env_file = ".env"
        settings = Settings()
        def f():
            return jwt.encode(p(), settings.secret)
    """,
    "C8 in a method of its own": """
        class Settings(BaseSettings):
            secret: str = "dev"  # JWT502
            required: str
            def sign(self):
                return jwt.encode(p(), self.secret)
            def other(self):
                return jwt.encode(p(), self.required)
    """,
    "C8 a random or environment default": """
        class Settings(BaseSettings):
            secret: str = secrets.token_urlsafe(32)
            other: str = Field(default_factory=lambda: secrets.token_hex(32))
            third: str = os.environ["KEY"]
            fourth: str | None = None
        s = Settings()
        jwt.encode(p(), s.secret)
        jwt.encode(p(), s.other)
        jwt.encode(p(), s.third)
        jwt.encode(p(), s.fourth)
    """,
    "C15 a constructor's argument": """
        class TokenService:
            def __init__(self, key, algorithm="HS256"):
                self.key = key
            def sign(self):
                return jwt.encode(p(), self.key)
        def make():
            return TokenService("s3cr3t")  # JWT501
    """,
    "C15 at module level, by keyword, in another's __init__": """
        class TokenService:
            def __init__(self, key):
                self.key = key
            def sign(self):
                return jwt.encode(p(), self.key)
        class App:
            def __init__(self):
                self.tokens = TokenService(key="s3cr3t")  # JWT501
        service = TokenService("0ther")  # JWT501
        third = TokenService(os.environ["K"])
    """,
    "C15 a fallback": """
        class TokenService:
            def __init__(self, key):
                self.key = key
            def sign(self):
                return jwt.encode(p(), self.key)
        service = TokenService(os.getenv("K", "third"))  # JWT502
    """,
    "C15 a record": """
        @dataclass
        class Service:
            key: str
            def sign(self):
                return jwt.encode(p(), self.key)
        def make():
            return Service("s3cr3t")  # JWT501
    """,
    "C15 nobody is seen": """
        class TokenService:
            def __init__(self, key):
                self.key = key
            def sign(self):
                return jwt.encode(p(), self.key)
        @dataclass
        class Service:
            key: str
            def sign(self):
                return jwt.encode(p(), self.key)
        service = Service(os.environ["KEY"])
    """,
    "C16 replaced": """
        class Settings(BaseSettings):
            secret: str = ""
            other: str = ""
            third: str = ""
            def __init__(self, **data):
                super().__init__(**data)
                if not self.secret:
                    self.secret = secrets.token_hex(32)
            @field_validator("other")
            @classmethod
            def generate(cls, value):
                return value or secrets.token_hex(32)
            @model_validator(mode="after")
            def require(self):
                if not self.third:
                    raise ValueError("no key")
                return self
        s = Settings()
        jwt.encode(p(), s.secret)
        jwt.encode(p(), s.other)
        jwt.encode(p(), s.third)
    """,
    "C16 a default that is replaced": """
        class Settings(BaseSettings):
            secret: str = "change-me"
            @model_validator(mode="after")
            def replace(self):
                if self.secret == "change-me":
                    self.secret = secrets.token_hex(32)
                return self
        s = Settings()
        jwt.encode(p(), s.secret)
    """,
}

REFUSED = {
    "a field's validator": """
        class Settings(BaseSettings):
            secret: str = "dev"
            @field_validator("secret")
            @classmethod
            def check(cls, value):
                if value == "dev":
                    raise ValueError("not in production")
                return value
        jwt.encode(p(), Settings().secret)
    """,
    "a field's validator under a condition": """
        class Settings(BaseSettings):
            debug: bool = False
            secret: str = "dev"
            @field_validator("secret")
            @classmethod
            def check(cls, value, info):
                if value == "dev" and not info.data["debug"]:
                    raise ValueError("not in production")
                return value
        jwt.encode(p(), Settings().secret)
    """,
    "a model's validator": """
        class Settings(BaseSettings):
            secret: str = "dev"
            @model_validator(mode="after")
            def check(self):
                if self.secret == "dev":
                    raise ValueError("not in production")
                return self
        jwt.encode(p(), Settings().secret)
    """,
    "a validator of pydantic 1": """
        from pydantic import validator
        class Settings(BaseSettings):
            secret: str = "dev"
            @validator("secret")
            def check(cls, v):
                assert v != "dev"
                return v
        jwt.encode(p(), Settings().secret)
    """,
    "a method that __init__ calls": """
        class Config:
            def __init__(self):
                self.secret = os.getenv("SECRET", "dev")
                self.validate()
            def validate(self):
                if self.secret == "dev":
                    raise ValueError("not in production")
        jwt.encode(p(), Config().secret)
    """,
    "a method that __post_init__ calls": """
        @dataclass
        class Config:
            secret: str = os.getenv("SECRET", "dev")
            def __post_init__(self):
                self.validate()
            def validate(self):
                if self.secret == "dev":
                    raise ValueError("not in production")
        config = Config()
        def f():
            jwt.encode(p(), config.secret)
    """,
    "in model_post_init": """
        class Settings(BaseSettings):
            secret: str = "dev"
            def model_post_init(self, context):
                self.check()
            def check(self):
                if self.secret in ("dev", "test"):
                    raise ValueError("not in production")
        jwt.encode(p(), Settings().secret)
    """,
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims(name: str) -> None:
    verify(CLAIMS[name], PRELUDE)


@pytest.mark.parametrize("name", KEYS)
def test_keys(name: str) -> None:
    verify(KEYS[name], PRELUDE)


@pytest.mark.parametrize("name", REFUSED)
def test_a_default_that_a_validator_refuses_is_of_low_confidence(name: str) -> None:
    assert confidences(REFUSED[name], "JWT502", PRELUDE) == ["low"]


def test_a_validator_that_lets_the_default_pass_changes_nothing() -> None:
    code = REFUSED["a field's validator"].replace('value == "dev"', "len(value) < 2")
    assert confidences(code, "JWT502", PRELUDE) == ["high"]


def test_a_parameter_may_be_of_a_subclass() -> None:
    assert confidences(CLAIMS["A16 as a parameter"], "JWT301", PRELUDE) == ["medium", "medium"]
