"""Comprehensions and generator expressions."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "lists": """
        probe([x + 1 for x in (1, 2)])  #= [2, 3]
        probe([x for x in [1, None, 2] if x])  #= [1, 2]
        probe([x for x in (1, 2) if p])  #= [1, 2, ...]
        probe([x for x in anything([1])])  #= [any, ...]
        probe([x for x in (1, None) if x is not None])  #= [1]
    """,
    "sets and generators": """
        probe({x for x in ("a", "b")})  #= {'a', 'b'}
        probe(list(x for x in (1, 2)))  #= [1, 2]
    """,
    "mappings": """
        probe({k: 1 for k in ("a", "b")})  #= {'a': 1, 'b': 1}
        probe({k: v for k, v in {"a": 1, "b": None}.items() if v is not None})  #= {'a': 1}
        probe({k: v for k, v in {"a": 1, "b": 2}.items() if k != "a"})  #= {'b': 2}
        probe({k: 1 for k in ("a", "b") if p})  #= {'a'~: 1, 'b'~: 1}
        probe({k: v for k, v in anything({"a": 1}).items()})  #= {...}
    """,
    "a mapping with what may be there": """
        d = {"a": 1}
        if p:
            d["b"] = 2
        probe({k: v for k, v in d.items()})  #= {'a': 1, 'b'?: 2}
        probe([k for k in d])  #= ['a', 'b', ...]
    """,
    "several loops": """
        probe([x + y for x in (1, 2) for y in (3, 4)])  #= [4 | 5 | 6, ...]
        probe({a + b: 1 for a in ("a", "b") for b in ("c",)})  #= {'ac'~: any | 1, 'bc'~: any | 1, ...}
    """,
    "names stay inside": """
        x = 0
        l = [x for x in (1, 2)]
        probe(x)  #= 0
    """,
    "a walrus goes outside": """
        y = 0
        l = [y for x in (1, 2) if (y := x)]
        probe(y)  #= 2
        probe([z := x for x in (1, 2)])  #= [1, 2]
        probe(z)  #= 2
        m = [w := x for x in () if (w := 1)]
    """,
    "effects": """
        d = {"a": 1}
        l = [d.pop("a") for x in (1,) if p]
        probe(d)  #= {'a'~: 1}
        e = {"n": 0}
        m = [e.update(n=e["n"] + 1) for x in anything((1, 2, 3))]
        probe(e)  #= {'n': 0 | 1 | 2 | any}
    """,
    "effects of each turn": """
        d = {}
        l = [d.setdefault(k, 1) for k in ("a", "b")]
        probe(d)  #= {'a': 1, 'b': 1}
    """,
    "a filter that is never passed": """
        probe([x for x in (1, 2) if x is None])  #= []
        probe({k: 1 for k in ("a",) if k == "b"})  #= {}
    """,
    "keys that are not known": """
        probe({p: 1 for x in (1,)})  #= {...}
        probe({(k if p else "c"): 1 for k in ("a", "b")})  #= {'a'~: 1, 'c'~: 1, 'b'~: 1}
    """,
    "many items": """
        probe([x for x in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)])  #= [any, ...]
        probe({k: 1 for k in anything(("a", "b"))})  #= {...}
    """,
    "a helper that raises": """
        def fail():
            raise ValueError
        x = 1
        try:
            l = [fail() for _ in (1, 2)]
            x = 2
        except ValueError:
            pass
        probe(x)  #= 2 | 1
    """,
    "an asynchronous one": """
        import asyncio
        async def main():
            async def numbers():
                yield 1
            return [x async for x in numbers()]
        probe(asyncio.run(main()))  #= [1, ...]
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
