"""Binding, unpacking and deleting."""

from __future__ import annotations

import pytest
from probing import check

PROGRAMS = {
    "unpacking": """
        a, (b, c) = 1, (2, 3)
        probe(a)  #= 1
        probe(c)  #= 3
        [d, e] = [4, 5]
        probe(e)  #= 5
        f = g = {"a": 1}
        g["b"] = 2
        probe(f)  #= {'a': 1, 'b': 2}
        x: int = 3
        probe(x)  #= 3
        y: int
        y = 4
        probe(y)  #= 4
    """,
    "starred": """
        a, *b, c = [1, 2, 3, 4]
        probe(a)  #= 1
        probe(b)  #= [2, 3]
        probe(c)  #= 4
        *d, e = anything((1, 2))
        probe(e)  #= any
    """,
    "unpacking what is not known": """
        a, b = anything((1, 2))
        probe(a)  #= any
        c, d = "cd"
        probe(c)  #= any
        e, f = (1, 2) if p else (3, 4)
        probe(e)  #= 1 | 3
    """,
    "changing places": """
        a, b = 1, 2
        a, b = b, a
        probe(a)  #= 2
    """,
    "deleting": """
        a = 1
        del a
        a = 2
        probe(a)  #= 2
        d = {"a": 1, "b": 2}
        del d["a"], (d["b"])
        probe(d)  #= {'a'!, 'b'!}
    """,
    "deleting attributes": """
        class Box:
            x = 1
        b = Box()
        b.x = 2
        del b.x
        probe(b.x)  #= 1
        c = Box()
        c.x, d = 3, b
        e = c if p else d
        b.x = 4
        del e.x
        probe(b.x)  #= 4 | 1
    """,
    "an item of a parameter": """
        def fill(d):
            d["a"] = 1
            d[anything()] = 2
            probe(d)  #= {'a': 1 | 2, ...}; {'b': 0 | 2, 'a': 1 | 2, ...}
        fill({})
        e = {"b": 0}
        fill(e)
        probe(e)  #= {'b': 0 | 2, 'a': 1 | 2, ...}
    """,
    "slices and several indices": """
        class Grid(dict):
            pass
        g = anything() or Grid()
        g[1, 2] = 3
        l = [1, 2]
        l[0:1] = [3]
        probe(l)  #= [1, 2, ...]
    """,
    "globals": """
        LIMIT = 1
        def raise_it():
            global LIMIT
            LIMIT = 2
        def program(p):
            probe(LIMIT)  #= 1 | any | 2
            if p:
                raise_it()
            probe(LIMIT)  #= 1 | any | 2
    """,
    "a module's names": """
        from probes import probe as look
        TABLE = {"a": 1}
        TABLE["b"] = 2
        def program():
            probe(TABLE)  #= {'a': 1, 'b': 2}
            local = TABLE
            local["c"] = 3
            probe(TABLE)  #= {'a': 1, 'b': 2, 'c': 3}
    """,
    "a module's branches": """
        try:
            import json
        except ImportError:
            json = None
        if json:
            KIND = "json"
        else:
            KIND = None
        def program():
            probe(KIND)  #= 'json' | None
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    check(PROGRAMS[name])
