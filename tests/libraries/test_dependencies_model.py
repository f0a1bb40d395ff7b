"""What FastAPI passes for dependencies, as `jwt_sast/semantics/dependencies.py` has it.

The contract is `test_fastapi_passes_what_a_dependency_gives`; the shapes with settings are in tests/shapes.
"""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import jwt, time
from typing import Annotated, TypedDict
from fastapi import Depends
from pydantic import BaseModel
def claims(): return {"exp": int(time.time()) + 60}
"""

PROGRAMS = {
    "the class that the annotation names": """
        class Keys:
            def __init__(self):
                self.key = "dev"  # JWT501
        def route(keys: Annotated[Keys, Depends()]):
            jwt.encode(claims(), keys.key)
    """,
    "the class of a default without a function": """
        class Keys:
            def __init__(self):
                self.key = "dev"  # JWT501
        def route(keys: Annotated[Keys, "a note"] = Depends()):
            jwt.encode(claims(), keys.key)
    """,
    "a class named by a text": """
        def route(keys: "Keys" = Depends()):
            jwt.encode(claims(), keys.key)
        class Keys:
            def __init__(self):
                self.key = "dev"  # JWT501
    """,
    "no function and no class": """
        def route(key = Depends()):
            jwt.encode(claims(), key)
    """,
    "a dependency that refuses": """
        def get_key():
            raise RuntimeError("no key")
        def route(key: str = Depends(get_key)):
            jwt.encode(claims(), key)
    """,
    "an annotation with a note and a model": """
        class Body(BaseModel):
            key: str = "dev"  # JWT501
        def route(body: Annotated[Body, "a note"]):
            jwt.encode(claims(), body.key)
    """,
    "a dict that comes in": """
        class Body(TypedDict):
            sub: str
        def route(body: Body):
            jwt.encode(body, Depends)
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    verify(PROGRAMS[name], PRELUDE)
