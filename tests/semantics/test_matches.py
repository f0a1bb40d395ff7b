"""The match statement."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "constants": """
        x = "a" if p else "b" if q else 3
        match x:
            case "a":
                y = 1
            case "b" | 3:
                y = 2
        probe(y)  #= 1 | 2
    """,
    "a case for all": """
        match p:
            case True:
                y = 1
            case _:
                y = 2
        probe(y)  #= 1 | 2
        match p:
            case other:
                probe(other)  #= any
        y = 4
    """,
    "nothing fits": """
        y = 0
        match p:
            case 5:
                y = 1
        probe(y)  #= 1 | 0
    """,
    "guards": """
        x = 1 if p else None
        match x:
            case value if value is None:
                probe(value)  #= None
            case value if value == 1:
                probe(value)  #= 1 | None
        probe(value)  #= None | 1
    """,
    "a guard that fails has bound": """
        v = 0
        match p:
            case v if v == 5:
                pass
        probe(v)  #= any | 0
    """,
    "a mapping": """
        d = {"a": 1, "b": 2}
        match d:
            case {"a": x, **rest}:
                probe(x)  #= any
                probe(rest)  #= any
    """,
    "a sequence": """
        match [1, 2, 3]:
            case [x, *rest]:
                probe(x)  #= any
                probe(rest)  #= any
            case (x, y):
                y = 0
    """,
    "a class and as": """
        match p:
            case bool() as x:
                probe(x)  #= any
            case (1 | 2) as x:
                x = 3
        class Point:
            __match_args__ = ("a",)
            def __init__(self, a):
                self.a = a
        match Point(1):
            case Point(a=x):
                probe(x)  #= any
        match Point(1):
            case Point(y) as z:
                probe(y)  #= any
                z.a = 2
                probe(z.a)  #= 2
    """,
    "every case leaves": """
        def f(x):
            match x:
                case 1:
                    return "one"
                case _:
                    return "other"
        probe(f(1 if p else 2))  #= 'one' | 'other'
    """,
    "a guard that narrows": """
        d = {}
        if p:
            d["a"] = 1
        match q:
            case True if "a" in d:
                probe(d)  #= {'a': 1}
            case _ if "a" not in d:
                probe(d)  #= {'a'!}
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
