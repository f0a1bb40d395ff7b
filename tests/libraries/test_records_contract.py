"""The contract of pydantic, pydantic-settings and attrs, which backs `jwt_sast/semantics/record_kinds.py`.

Each program is run with the real packages and interpreted, and what `probe` sees in each is compared.
"""

from __future__ import annotations

from typing import Any

import fastapi
import pydantic.v1
import pytest
from fastapi.testclient import TestClient
from probing import check
from pydantic import BaseModel, field_validator
from pydantic_settings import BaseSettings

MODELS = {
    "defaults": """
        from pydantic import BaseModel, Field, SecretStr
        from typing import Annotated
        class M(BaseModel):
            a: int
            b: int = 2
            c: int = Field(3)
            d: int = Field(default=4)
            e: list = Field(default_factory=list)
            f: dict = {}
            g: Annotated[int, Field(default=7)]
            h: Annotated[int, Field(alias="H")] = 8
            s: SecretStr = SecretStr("text")
            _private: int = 9
        def program():
            m, n = M(a=1, unknown=5), M(a=1, H=9)
            m.e.append(1)
            m.f["x"] = 1
            probe([m.a, m.b, m.c, m.d, m.g, m.h])  #= [1, 2, 3, 4, 7, 8]
            probe([n.e, n.f, n.h])  #= [[], {}, 9]
            probe(m.s.get_secret_value())  #= 'text'
            probe(m.s.get_secret_value().upper())  #= 'TEXT'
    """,
    "dumps": """
        from pydantic import BaseModel, Field, computed_field
        class Inner(BaseModel):
            x: int | None = None
        class M(BaseModel):
            a: int = 1
            b: int | None = None
            c: Inner = Inner()
            d: int = Field(default=4, alias="D")
            e: int = Field(default=5, exclude=True)
            @computed_field
            @property
            def f(self) -> int:
                return self.a
        def program():
            m = M(a=2)
            probe(m.model_dump())  #= {'a': 2, 'b': None, 'c': {'x': None}, 'd': 4, 'e'!, 'f': 2}
            probe(m.model_dump(exclude_none=True))  #= {'a': 2, 'b'!, 'c': {'x'!}, 'd': 4, 'e'!, 'f': 2}
            probe(m.model_dump(exclude={"a", "f"}, by_alias=True)["D"])  #= 4
            probe("a" in m.model_dump(exclude={"a", "f"}))  #= False
            probe(m.model_dump(include={"a"}))  #= {'a': 2, 'b'!, 'c'!, 'd'!, 'e'!, 'f'!}
            probe(dict(m)["a"])  #= 2
            probe("f" in dict(m))  #= False
            probe(dict(m)["e"])  #= 5
            probe("b" in m.model_dump(exclude_unset=True))  #= False
            probe("a" in m.model_dump(exclude_unset=True))  #= any
            probe("b" in M(a=2, b=None).model_dump(exclude_unset=True))  #= any
            probe("d" in m.model_dump(exclude_defaults=True))  #= False
            probe("a" in M(a=1).model_dump(exclude_defaults=True))  #= False
    """,
    "a dump on one path": """
        from pydantic import BaseModel
        class M(BaseModel):
            a: int | None = None
        def program(p):
            m = M()
            if p:
                m.a = 1
            probe(m.model_dump(exclude_none=True))  #= {'a'?: 1 | None}
            probe(m.model_dump(exclude_none=p))  #= {'a'~: 1 | None}
    """,
    "round trips and copies": """
        import json
        from pydantic import BaseModel
        class M(BaseModel):
            a: int
            b: list = []
        def program():
            m = M(a=1)
            probe(json.loads(m.model_dump_json()))  #= {'a': 1, 'b': []}
            probe(m.model_copy(update={"a": 2}).a)  #= 2
            probe(M.model_validate({"a": 3}).a)  #= 3
            probe(vars(m))  #= {'a': 1, 'b': []}
            given = [1]
            n = M(a=1, b=given)
            given.append(2)
            probe(n.b)  #= [1]
    """,
    "extras": """
        from pydantic import BaseModel, ConfigDict
        class M(BaseModel):
            model_config = ConfigDict(extra="allow")
            a: int = 1
        class N(BaseModel, extra="allow"):
            a: int = 1
        class O(BaseModel):
            a: int = 1
        def program():
            probe(M(b=2).model_dump())  #= {'a': 1, ...}
            probe(N(b=2).model_dump())  #= {'a': 1, ...}
            probe(O(b=2).model_dump())  #= {'a': 1}
    """,
    "validators and hooks": """
        from pydantic import BaseModel, field_validator, model_validator
        class M(BaseModel):
            a: str = "a"
            b: str | None = None
            c: str = "c"
            @field_validator("a")
            @classmethod
            def other(cls, value):
                return value + "!"
            @model_validator(mode="after")
            def fill(self):
                self.b = self.b or "filled"
                return self
            def model_post_init(self, context):
                self.c = "post"
        def program():
            probe([M().a, M(a="x").a])  #= ['a', 'x!']
            probe([M().b, M(b="y").b])  #= ['filled', 'y']
            probe(M().c)  #= 'post'
    """,
    "a validator before": """
        from pydantic import BaseModel, model_validator
        class M(BaseModel):
            a: str | None = None
            @model_validator(mode="before")
            @classmethod
            def fill(cls, data):
                return {"a": "filled", **data}
        def program():
            probe(M().a)  #= any
    """,
    "an __init__ of its own, and bases": """
        from pydantic import BaseModel
        class Base(BaseModel):
            a: int = 1
            b: int = 2
        class M(Base):
            b: int = 3
            c: int = 4
            def __init__(self, **data):
                super().__init__(**data, c=5)
            def model_dump(self, **options):
                return super().model_dump(**options) | {"d": 6}
        def program():
            probe(M(a=7).model_dump())  #= {'a': 7, 'b': 3, 'c': 5, 'd': 6}
    """,
    "settings": """
        from pydantic import Field
        from pydantic_settings import BaseSettings
        class S(BaseSettings):
            secret_of_no_variable: str = "dev"
            other_of_no_variable: str = Field("dev", alias="x_of_no_variable")
            number_of_no_variable: int = 5
        class T(S):
            secret_of_no_variable: str = "test"
        def program():
            probe(S().secret_of_no_variable)  #= $SECRET_OF_NO_VARIABLE else 'dev'
            probe(T().secret_of_no_variable)  #= $SECRET_OF_NO_VARIABLE else 'test'
            probe(S(secret_of_no_variable="given").secret_of_no_variable)  #= 'given'
            probe(S().other_of_no_variable)  #= $X_OF_NO_VARIABLE else 'dev'
            probe(S().number_of_no_variable)  #= 5 | $NUMBER_OF_NO_VARIABLE
    """,
    "copies and validation of what is not seen": """
        from pydantic import BaseModel
        class M(BaseModel):
            a: int
            b: int = 2
        def program(p):
            m = M(a=1)
            same = m.model_copy()
            probe([same.a, same.b])  #= [1, 2]
            same.b = 3
            probe(m.b)  #= 2
            probe(m.model_copy(deep=True).a)  #= 1
            probe(m.model_copy(update=anything({"a": 4})).a)
            probe(M.model_validate(anything({"a": 5})).a)
            probe(M.model_validate({"a": 6}, strict=p).a)
    """,
    "options that are not seen": """
        from pydantic import BaseModel, Field
        options = anything({"default": 1})
        class M(BaseModel):
            a: int = Field(**options)
            b: int = Field(2, **anything({"alias": "c"}))
        def program(p):
            probe(M().a)
            probe(M().b)
            probe(M(c=3).b)
    """,
    "dumps of what is nested, odd or written by the model itself": """
        from datetime import datetime, timezone
        from pydantic import BaseModel, Field, model_serializer
        class Inner(BaseModel):
            x: int = 1
            y: int | None = None
        class Outer(BaseModel):
            inner: Inner = Inner()
            many: list = [Inner(x=2)]
            by_name: dict = {"k": Inner(x=3)}
            at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))
        class Own(BaseModel):
            a: int = 1
            @model_serializer
            def write(self):
                return {"b": self.a}
        class Renamed(BaseModel):
            a: int = Field(1, serialization_alias="z")
        def program(p):
            probe(Outer().model_dump(exclude_none=True)["inner"])  #= {'x': 1, 'y'!}
            probe(Outer().model_dump()["many"])
            probe(Outer().model_dump()["by_name"])
            probe(Outer().model_dump(mode="json")["at"])
            probe(Outer().model_dump(mode=anything("json"))["at"])
            probe(Own().model_dump())
            probe(Renamed().model_dump())  #= {'a': 1}
            probe(Renamed().model_dump(by_alias=True))  #= {'z': 1}
            probe(Renamed().model_dump(by_alias=p))
            probe(Renamed().model_dump(by_alias=anything(True)))
            probe(Renamed().model_dump(include=anything({"a"})))
            probe(Renamed().model_dump(**anything({"by_alias": True})))
    """,
    "validators of the old kind, and some that are not seen": """
        import os
        from pydantic import BaseModel, field_validator, model_validator
        from pydantic.v1 import BaseModel as Old, root_validator, validator
        from pydantic_settings import BaseSettings
        class Whole(Old):
            a: int = 1
            @root_validator
            def replace(cls, values):
                return {"a": 2}
        class Single(Old):
            a: int = 1
            @validator("a", always=True)
            def replace(cls, value):
                return value + 1
        class Unseen(BaseModel, validate_default=True):
            a: int = 1
            b: int | None = None
            replace = field_validator("a", "b", mode="before")(anything(lambda value: 3))
        class Refuses(BaseSettings):
            unset_in_tests: str = "x"
            other_unset: str = os.environ.get("UNSET_IN_TESTS", "y")
            @field_validator("unset_in_tests", "other_unset")
            @classmethod
            def check(cls, value):
                if value == "x" and anything(False):
                    raise ValueError("refused")
                return value
            @model_validator(mode="after")
            def check_all(self):
                if self.other_unset == "y" and anything(False):
                    raise ValueError("refused")
                return self
        def program(p):
            probe(Whole().a)
            probe(Single().a)
            probe(Unseen().a)
            probe(Unseen().b)
            probe(Refuses().unset_in_tests)
            probe(Refuses().other_unset)
    """,
    "annotations that say nothing of a field": """
        from pydantic import BaseModel, Field
        from typing import Annotated
        class M(BaseModel):
            a: Annotated[int, "a note"] = 1
            b: Annotated[int, "a note", Field(ge=0)] = 2
        def program(p):
            probe([M().a, M().b])  #= [1, 2]
    """,
}

ATTRS = {
    "old": """
        import attr
        @attr.s
        class A:
            x = attr.ib()
            y = attr.ib(default=2)
            z = attr.ib(default=attr.Factory(list))
            w = attr.ib(factory=dict, kw_only=True)
            n = attr.ib(default="5", converter=int)
            not_a_field: int = 6
        @attr.s(auto_attribs=True)
        class B:
            x: int
            _y: int = 2
        def program():
            a = A(1)
            probe([a.x, a.y, a.z, a.w])  #= [1, 2, [], {}]
            probe(A(1, 2, 3, w=4).w)  #= 4
            probe(A(1, n="7").n)  #= any
            probe(attr.asdict(B(1, y=3)))  #= {'x': 1, '_y': 3}
    """,
    "new": """
        import attrs
        @attrs.define
        class A:
            x: int
            y: int = attrs.field(default=2)
            z: int = attrs.field(init=False)
            def __attrs_post_init__(self):
                self.z = 3
        @attrs.define(kw_only=True)
        class B(A):
            w: int = 4
        def program():
            probe(attrs.asdict(A(1)))  #= {'x': 1, 'y': 2, 'z': 3}
            probe(attrs.evolve(A(1), x=5).x)  #= 5
            probe(B(1).w)  #= 4
            probe(attrs.asdict(A(1), filter=lambda a, v: a.name == "x"))  #= {...}
    """,
    "options and instances that are not seen": """
        import attrs, dataclasses
        from collections import namedtuple
        @attrs.define
        class A:
            a: int = attrs.field(**anything({"default": 1}))
            b: int = attrs.Factory(lambda self: self.a + 1, takes_self=True)
        @dataclasses.dataclass
        class D:
            a: int = 1
            b: int = 2
        Pair = namedtuple("Pair", anything("a b"))
        Triple = namedtuple("Triple", ("a", "b", "c"), defaults=(3,))
        def program(p):
            probe(A().a)
            probe(A().b)
            probe(dataclasses.replace(D(), **anything({"a": 4})).a)
            probe(dataclasses.replace(D(), **anything({"a": 4})).b)
            probe(Pair(1, 2).b)
            probe(Triple(1, 2).c)
    """,
}


@pytest.mark.parametrize("name", MODELS)
def test_pydantic(name: str) -> None:
    check(MODELS[name])


@pytest.mark.parametrize("name", ATTRS)
def test_attrs(name: str) -> None:
    check(ATTRS[name])


OLD = pydantic.v1.validator("secret", allow_reuse=True)


class TestDefaultsAndValidators:
    """Settings validate their defaults, models do not unless they are told to."""

    def _classes(self, base: Any, check: Any) -> Any:
        class Made(base):  # type: ignore[misc]
            secret: str = "dev"

            @check  # type: ignore[untyped-decorator]
            def _check(cls, value: str) -> str:  # noqa: N805
                raise ValueError("refused")

        return Made

    def test_settings(self) -> None:
        with pytest.raises(ValueError, match="refused"):
            self._classes(BaseSettings, field_validator("secret"))()
        with pytest.raises(ValueError, match="refused"):
            self._classes(pydantic.v1.BaseSettings, OLD)()

    def test_models(self) -> None:
        assert self._classes(BaseModel, field_validator("secret"))().secret == "dev"
        assert self._classes(pydantic.v1.BaseModel, OLD)().secret == "dev"

    def test_models_that_are_told_to(self) -> None:
        class Made(pydantic.v1.BaseModel):
            secret: str = "dev"

            @pydantic.v1.validator("secret", always=True)
            def _check(cls, value: str) -> str:  # noqa: N805
                raise ValueError("refused")

        with pytest.raises(ValueError, match="refused"):
            Made()


def test_the_environment_wins_over_a_default_and_loses_to_an_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    class Made(BaseSettings):
        secret: str = "dev"

    monkeypatch.setenv("SECRET", "outside")
    assert Made().secret == "outside"
    assert Made(secret="given").secret == "given"


def test_fastapi_passes_what_a_dependency_gives() -> None:
    app = fastapi.FastAPI()

    def inner() -> str:
        return "inner"

    def outer(one: str = fastapi.Depends(inner)) -> str:
        return f"{one} and outer"

    @app.get("/")
    def route(found: str = fastapi.Security(outer)) -> str:
        return found

    assert TestClient(app).get("/").json() == "inner and outer"
